import { LazyItem } from '../../secs2/codec/lazy-item.js';
import { WritableBytes } from '../../secs2/codec/writable-bytes.js';

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
  out = new WritableBytes(Buffer.allocUnsafeSlow(SLAB_BYTES));
  position = 0;
  codePage: string | undefined;
  isBusy = false;
  #start = 0;
  #slab = this.out;
  #large: WritableBytes | undefined;

  /** Makes room for further bytes. */
  reserve(count: number): void {
    if (this.position + count > this.out.bytes.length) this.#grow(count);
  }

  /** Takes the body out, and is ready for the next. */
  take(): LazyItem {
    const { out, position } = this;
    const start = this.#start;
    if (out === this.#slab && position - start <= SHARED_BYTES) {
      out.used = position;
      if (out.bytes.length - position < SHARED_BYTES) {
        this.#slab = new WritableBytes(Buffer.allocUnsafeSlow(SLAB_BYTES));
      }
      return new LazyItem(out.bytes, undefined, start, position);
    }
    return new LazyItem(Buffer.from(out.bytes.subarray(start, position)));
  }

  /** Is ready for the next body, whatever became of the last one. */
  reset(): void {
    if (this.#large !== undefined && this.#large.bytes.length > KEPT_BYTES) this.#large = undefined;
    this.out = this.#slab;
    this.position = this.#start = this.#slab.used;
  }

  #grow(count: number): void {
    const { bytes } = this.out;
    const start = this.#start;
    const needed = this.position - start + count;
    let grown = this.#large;
    if (grown === undefined || grown === this.out || grown.bytes.length < needed) {
      grown = new WritableBytes(Buffer.allocUnsafeSlow(Math.max(bytes.length * 2, needed)));
      this.#large = grown;
    }
    grown.bytes.set(bytes.subarray(start, this.position));
    this.out = grown;
    this.position -= start;
    this.#start = 0;
  }
}
