import type { HsmsPacket } from '../../src/index.js';

/** Where a counted copy went. */
interface Target {
  readonly buffer: ArrayBufferLike;
  readonly start: number;
  readonly end: number;
}

/**
 * Counts bytes that are copied while it is in force, by taking the place of `Buffer.prototype.copy` and
 * `Uint8Array.prototype.set`. A loop over bytes goes through neither: {@link packet} finds it by its result, a body
 * that lies in memory which is neither the chunk's nor the target of a counted copy.
 */
export class CopyCounter {
  bytes = 0;
  #last: Target | undefined;

  /** Runs `work` with copies counted. */
  count(work: () => void): void {
    // Taken as they are, to be put back: the prototype of Buffer is typed as any.
    const buffers = Buffer.prototype as Buffer;
    const arrays = Uint8Array.prototype;
    /* eslint-disable @typescript-eslint/unbound-method */
    const { copy } = buffers;
    const { set } = arrays;
    /* eslint-enable @typescript-eslint/unbound-method */
    const note = (target: Uint8Array, at: number, length: number): void => {
      const start = target.byteOffset + at;
      this.bytes += length;
      this.#last = { buffer: target.buffer, start, end: start + length };
    };
    buffers.copy = function (
      this: Buffer,
      target: Uint8Array,
      targetStart = 0,
      sourceStart = 0,
      sourceEnd = this.length,
    ) {
      const copied = copy.call(this, target, targetStart, sourceStart, sourceEnd);
      note(target, targetStart, copied);
      return copied;
    };
    arrays.set = function (source, at = 0) {
      set.call(this, source, at);
      note(this, at, source.length);
    };
    try {
      work();
    } finally {
      buffers.copy = copy;
      arrays.set = set;
    }
  }

  /** Takes a decoded packet and the chunk it came in or ended in. */
  packet({ body }: HsmsPacket, chunk: Buffer): void {
    const last = this.#last;
    const counted =
      last !== undefined &&
      body.buffer === last.buffer &&
      body.byteOffset < last.end &&
      body.byteOffset + body.length > last.start;
    if (body.buffer !== chunk.buffer && !counted) this.bytes += body.length;
  }
}
