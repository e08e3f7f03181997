import { LazyItem } from '../../secs2/codec/lazy-item.js';

/** @internal A value that cannot be written. */
export class WriteFailure extends Error {}

/** Small bodies share memory of this size, as small Buffers of Node do; a body that is kept keeps no more than that. */
const SLAB_BYTES = 8 * 1024;
/** A larger body has memory of its own. */
const SHARED_BYTES = 2 * 1024;
/** Memory for large bodies beyond this is given back after each. */
const KEPT_BYTES = 1024 * 1024;

/** @internal Where bodies are written, one after the other: memory that grows where a body needs more. */
export class BodyWriter {
  bytes: Buffer = Buffer.allocUnsafeSlow(SLAB_BYTES);
  position = 0;
  codePage: string | undefined;
  isBusy = false;
  #start = 0;
  #slab = this.bytes;
  #slabStart = 0;
  #large: Buffer | undefined;

  /** Makes room for further bytes. */
  reserve(count: number): void {
    if (this.position + count > this.bytes.length) this.#grow(count);
  }

  /** Takes the body out, and is ready for the next. */
  take(): LazyItem {
    const { bytes, position } = this;
    const start = this.#start;
    if (bytes === this.#slab && position - start <= SHARED_BYTES) {
      this.#slabStart = position;
      if (bytes.length - position < SHARED_BYTES) {
        this.#slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
        this.#slabStart = 0;
      }
      return new LazyItem(bytes, undefined, start, position);
    }
    return new LazyItem(Buffer.from(bytes.subarray(start, position)));
  }

  /** Is ready for the next body, whatever became of the last one. */
  reset(): void {
    if (this.#large !== undefined && this.#large.length > KEPT_BYTES) this.#large = undefined;
    this.bytes = this.#slab;
    this.position = this.#slabStart;
    this.#start = this.#slabStart;
  }

  #grow(count: number): void {
    const { bytes, position } = this;
    const start = this.#start;
    const needed = position - start + count;
    let grown = this.#large;
    if (grown === undefined || grown === bytes || grown.length < needed) {
      grown = Buffer.allocUnsafeSlow(Math.max(bytes.length * 2, needed));
      this.#large = grown;
    }
    grown.set(bytes.subarray(start, position));
    this.bytes = grown;
    this.position = position - start;
    this.#start = 0;
  }
}
