const NOTHING = Buffer.alloc(0);

const FIRST_ALLOCATION_BYTES = 512;

/** From this size on a frame is gathered piece by piece until half of it is there; then it gets all the memory that it needs. */
const LARGE_BYTES = 256 * 1024;

/** Chunks smaller than this, or than half of the memory they lie in, are copied side by side instead of kept. */
const KEPT_BYTES = 16 * 1024;

/** Such copies lie in pieces of this size. */
const PIECE_BYTES = 64 * 1024;

/**
 * The bytes of a frame that has begun and is not whole. What they take grows with the bytes received, never with the size that
 * the frame claims to have: at most twice the bytes, and 64 KiB; as much as the bytes again while pieces are joined.
 */
export class PartialFrame {
  #bytes = 0;
  /** A small frame; of a large one the piece that takes the next small chunks. */
  #memory: Buffer = NOTHING;
  #used = 0;
  /** Of a large frame, what comes before that. */
  #pieces: Buffer[] | undefined;

  /** Bytes held. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The first four bytes, read as a number, while no more are held. */
  get prefix(): number {
    return this.#memory.readUInt32BE(0);
  }

  /**
   * Adds bytes of a chunk, which must not change afterwards.
   * @param whole size of the whole frame in bytes; 0 where it is not known yet
   */
  add(chunk: Buffer, start: number, end: number, whole: number): void {
    const bytes = end - start;
    const inPieces = whole >= LARGE_BYTES && 2 * (this.#bytes + bytes) < whole;
    if (inPieces && bytes >= KEPT_BYTES && 2 * bytes >= chunk.buffer.byteLength) {
      this.#endPiece();
      this.#pieces?.push(chunk.subarray(start, end));
    } else {
      if (inPieces) this.#roomInPiece(bytes);
      else if (this.#pieces !== undefined) this.#join(whole);
      else this.#roomInFrame(this.#used + bytes, whole);
      chunk.copy(this.#memory, this.#used, start, end);
      this.#used += bytes;
    }
    this.#bytes += bytes;
  }

  /** Hands over the frame, which is whole, at the beginning of a buffer, and begins anew. */
  take(): Buffer {
    const frame = this.#memory;
    this.forget();
    return frame;
  }

  /** Gives up what is held. */
  forget(): void {
    this.#bytes = 0;
    this.#memory = NOTHING;
    this.#used = 0;
    this.#pieces = undefined;
  }

  /** What the memory holds becomes one of the pieces. */
  #endPiece(): void {
    this.#pieces ??= [];
    if (this.#used > 0) this.#pieces.push(this.#memory.subarray(0, this.#used));
    this.#memory = NOTHING;
    this.#used = 0;
  }

  /** What came so far goes where all of the frame has room. */
  #join(whole: number): void {
    this.#endPiece();
    const frame = Buffer.allocUnsafeSlow(whole);
    for (const piece of this.#pieces ?? []) this.#used += piece.copy(frame, this.#used);
    this.#memory = frame;
    this.#pieces = undefined;
  }

  #roomInPiece(bytes: number): void {
    if (this.#used + bytes <= this.#memory.length) return;
    this.#endPiece();
    this.#memory = Buffer.allocUnsafeSlow(Math.max(bytes, PIECE_BYTES));
  }

  #roomInFrame(bytes: number, whole: number): void {
    if (bytes <= this.#memory.length) return;
    const grown = Buffer.allocUnsafeSlow(whole === 0 ? FIRST_ALLOCATION_BYTES : sizeFor(bytes, whole));
    this.#memory.copy(grown, 0, 0, this.#used);
    this.#memory = grown;
  }
}

/**
 * The least of `whole`, its half, its quarter … that holds `bytes`, which are more than a first allocation. The last step
 * is the exact size, so that the whole is not moved once more for its last bytes.
 */
function sizeFor(bytes: number, whole: number): number {
  let size = whole;
  for (;;) {
    const half = Math.ceil(size / 2);
    if (half < bytes) return size;
    size = half;
  }
}
