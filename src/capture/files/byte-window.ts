const EMPTY = Buffer.alloc(0);

/**
 * Bytes of a stream that have come and were not taken yet. What is asked for is made contiguous once, so records are
 * read in place: `buffer` from `at` on.
 */
export class ByteWindow {
  /** Holds at least what {@link ensure} was last asked for, from {@link at} on. */
  buffer: Buffer = EMPTY;
  /** Where the next byte lies in {@link buffer}. */
  at = 0;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #taken = 0;

  /** Bytes that have come and were not taken. */
  get available(): number {
    return this.buffer.length - this.at + this.#waitingBytes;
  }

  /** Bytes taken so far: the offset of the next byte in the stream. */
  get offset(): number {
    return this.#taken;
  }

  /** Takes the next bytes of the stream; they must not change until they were taken. */
  push(chunk: Buffer): void {
    if (this.at === this.buffer.length && this.#waitingBytes === 0) {
      this.buffer = chunk;
      this.at = 0;
      return;
    }
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
  }

  /** Whether this many bytes are there; they lie side by side in {@link buffer} then. */
  ensure(bytes: number): boolean {
    if (this.buffer.length - this.at >= bytes) return true;
    if (this.available < bytes) return false;
    this.buffer = Buffer.concat([this.buffer.subarray(this.at), ...this.#waiting]);
    this.at = 0;
    this.#waiting = [];
    this.#waitingBytes = 0;
    return true;
  }

  /** Passes over bytes that {@link ensure} found to be there. */
  take(bytes: number): void {
    this.at += bytes;
    this.#taken += bytes;
  }

  /** Skips up to this many bytes, contiguous or not. @returns how many there were. */
  skip(bytes: number): number {
    const skipped = Math.min(bytes, this.available);
    this.ensure(skipped);
    this.take(skipped);
    return skipped;
  }
}
