import { PREFIX_BYTES } from '../../hsms/wire/frame-decoder.js';
import type { Budget } from '../budget.js';

const FIRST_ALLOCATION_BYTES = 2048;
const EMPTY = Buffer.alloc(0);

/** Gathers a frame that spans segments. What it holds is at most twice what has come, and counted in a budget. */
export class FramePieces {
  readonly #budget: Budget;
  #buffer = EMPTY;
  #bytes = 0;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  /** Bytes held, prefix included. */
  get bytes(): number {
    return this.#bytes;
  }

  /** They themselves. Valid until the next call. */
  get held(): Buffer {
    return this.#buffer.subarray(0, this.#bytes);
  }

  /** Message length as the prefix tells it; undefined while it is not whole. */
  get length(): number | undefined {
    return this.#bytes < PREFIX_BYTES ? undefined : this.#buffer.readUInt32BE(0);
  }

  /** Bytes still to come: 0 between frames, undefined while the prefix does not tell. */
  get missing(): number | undefined {
    if (this.#bytes === 0) return 0;
    const { length } = this;
    return length === undefined ? undefined : PREFIX_BYTES + length - this.#bytes;
  }

  /**
   * Takes what belongs to the frame: first the prefix, alone, then the rest.
   * @returns how many bytes; undefined when there is no room for them.
   */
  add(bytes: Buffer, start: number, end: number): number | undefined {
    const wanted = this.#bytes < PREFIX_BYTES ? PREFIX_BYTES - this.#bytes : (this.missing ?? 0);
    const taken = Math.min(wanted, end - start);
    if (!this.#reserve(this.#bytes + taken, this.#bytes + wanted)) return undefined;
    bytes.copy(this.#buffer, this.#bytes, start, start + taken);
    this.#bytes += taken;
    return taken;
  }

  /** Hands over the whole frame and begins anew. */
  take(): Buffer {
    const frame = this.held;
    this.forget();
    return frame;
  }

  /** Gives back what is held. */
  forget(): void {
    this.#budget.give(this.#buffer.length);
    this.#buffer = EMPTY;
    this.#bytes = 0;
  }

  #reserve(bytes: number, whole: number): boolean {
    if (bytes <= this.#buffer.length) return true;
    const size = Math.min(whole, Math.max(bytes * 2, FIRST_ALLOCATION_BYTES));
    const more = size - this.#buffer.length;
    // A prefix always finds room: it tells how much has to be passed over where the rest does not.
    if (size <= PREFIX_BYTES) this.#budget.force(more);
    else if (!this.#budget.take(more)) return false;
    const grown = Buffer.allocUnsafeSlow(size);
    this.#buffer.copy(grown, 0, 0, this.#bytes);
    this.#buffer = grown;
    return true;
  }
}
