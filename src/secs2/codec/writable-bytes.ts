/**
 * Memory that items are written into: its bytes, and a view of the same bytes, which writes a number in the order of the wire
 * (big-endian, E5) in one go.
 */
export class WritableBytes {
  readonly bytes: Buffer;
  readonly view: DataView;
  /** How many of the bytes have been taken. */
  used = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Takes the next bytes, which have been written. */
  take(length: number): Buffer {
    const { used } = this;
    this.used = used + length;
    return this.bytes.subarray(used, used + length);
  }
}

/** Small encoded items share memory of this size, as small Buffers of Node do: a view costs as much to make as a small item. */
const SLAB_BYTES = 8 * 1024;
/** A larger one has memory of its own. */
const SHARED_BYTES = SLAB_BYTES / 4;

let slab = new WritableBytes(Buffer.alloc(0));

/** Memory with room for `length` bytes behind those that are used. They are written and then taken, before anybody else asks. */
export function roomFor(length: number): WritableBytes {
  if (length > SHARED_BYTES) return new WritableBytes(Buffer.allocUnsafe(length));
  if (slab.used + length > slab.bytes.length) slab = new WritableBytes(Buffer.allocUnsafeSlow(SLAB_BYTES));
  return slab;
}
