import { HsmsFrameError } from '../../errors.js';
import { HEADER_BYTES, HsmsHeader } from './header.js';
import { HsmsPacket } from './packet.js';

/** Size of the length prefix of a frame in bytes (E37). */
export const PREFIX_BYTES = 4;

/** Default `maxPacketBytes`: a body of 16 MiB and its header. */
export const DEFAULT_MAX_PACKET_BYTES = 16 * 1024 * 1024 + HEADER_BYTES;

/** Largest message length that four bytes can tell. */
export const MAX_MESSAGE_LENGTH = 0xffffffff;

const FIRST_ALLOCATION_BYTES = 512;
const BYTE_LOOP_LIMIT = 48;

/**
 * Cuts a TCP byte stream into packets (E37 message format), however the bytes are segmented or coalesced.
 *
 * A frame that lies within one chunk is read in place. A frame that spans chunks is gathered in one buffer which
 * at most doubles as bytes arrive and ends at the exact size: memory follows the bytes received, never the length
 * claimed. A body that is much smaller than its chunk is copied out, so that a retained packet never pins more
 * than twice its own size.
 */
export class FrameDecoder {
  readonly #onPacket: (packet: HsmsPacket) => void;
  #maxPacketBytes: number;
  /** Bytes of the frame that is not yet whole, prefix included. */
  #partial: Buffer = Buffer.allocUnsafeSlow(0);
  #partialBytes = 0;
  /** Size of that frame with its prefix; 0 while the prefix itself is incomplete. */
  #frameBytes = 0;
  #packets = 0;
  #stopped = false;

  /**
   * @param onPacket called for each packet, in order, from within {@link push}
   * @param maxPacketBytes cap on the message length in bytes, header included
   */
  constructor(onPacket: (packet: HsmsPacket) => void, maxPacketBytes: number = DEFAULT_MAX_PACKET_BYTES) {
    this.#onPacket = onPacket;
    this.#maxPacketBytes = maxPacketBytes;
  }

  /** Bytes held of a frame that has begun and is not whole, its prefix included; 0 between frames. */
  get partialBytes(): number {
    return this.#partialBytes;
  }

  /** Number of packets cut so far. */
  get packets(): number {
    return this.#packets;
  }

  /** Changes the cap; it holds from the next length prefix on. */
  setMaxPacketBytes(maxPacketBytes: number): void {
    this.#maxPacketBytes = maxPacketBytes;
  }

  /** Forgets what is held and ignores every further byte. May be called from within `onPacket`. */
  stop(): void {
    this.#stopped = true;
    this.#forgetPartial();
  }

  /**
   * Takes the next bytes of the stream. The chunk must not change afterwards.
   * @returns the error that ended the stream, once, after the packets before it were delivered: a length below a
   * header or above the cap leaves no way to tell where the next frame begins, so every later byte is ignored.
   */
  push(chunk: Buffer): HsmsFrameError | undefined {
    let offset = 0;
    while (offset < chunk.length && !this.#stopped) {
      if (this.#partialBytes === 0 && chunk.length - offset >= PREFIX_BYTES) {
        const length = readLength(chunk, offset);
        const error = this.#checkLength(length);
        if (error !== undefined) return error;
        const end = offset + PREFIX_BYTES + length;
        if (end <= chunk.length) {
          this.#emit(chunk, offset + PREFIX_BYTES, end);
          offset = end;
          continue;
        }
      }
      const taken = this.#gather(chunk, offset);
      if (taken instanceof HsmsFrameError) return taken;
      offset += taken;
    }
    return undefined;
  }

  /** Adds to the partial frame what belongs to it and delivers the frame when it is whole. */
  #gather(chunk: Buffer, offset: number): number | HsmsFrameError {
    // The prefix comes first and alone: it says how much may follow.
    const wanted = (this.#frameBytes === 0 ? PREFIX_BYTES : this.#frameBytes) - this.#partialBytes;
    const taken = Math.min(wanted, chunk.length - offset);
    this.#reserve(this.#partialBytes + taken);
    chunk.copy(this.#partial, this.#partialBytes, offset, offset + taken);
    this.#partialBytes += taken;
    if (taken < wanted) return taken;

    if (this.#frameBytes === 0) {
      const length = readLength(this.#partial, 0);
      const error = this.#checkLength(length);
      if (error !== undefined) return error;
      this.#frameBytes = PREFIX_BYTES + length;
    } else {
      const frame = this.#partial;
      const end = this.#frameBytes;
      this.#forgetPartial();
      this.#emit(frame, PREFIX_BYTES, end);
    }
    return taken;
  }

  #reserve(bytes: number): void {
    if (bytes <= this.#partial.length) return;
    const doubled = Math.max(FIRST_ALLOCATION_BYTES, bytes, this.#partial.length * 2);
    const size = this.#frameBytes === 0 ? doubled : Math.min(this.#frameBytes, doubled);
    const grown = Buffer.allocUnsafeSlow(size);
    this.#partial.copy(grown, 0, 0, this.#partialBytes);
    this.#partial = grown;
  }

  #forgetPartial(): void {
    this.#partial = Buffer.allocUnsafeSlow(0);
    this.#partialBytes = 0;
    this.#frameBytes = 0;
  }

  #checkLength(length: number): HsmsFrameError | undefined {
    let error: HsmsFrameError | undefined;
    if (length < HEADER_BYTES) error = new HsmsFrameError('HSMS_FRAME_TOO_SHORT', length, HEADER_BYTES);
    else if (length > this.#maxPacketBytes) {
      error = new HsmsFrameError('HSMS_FRAME_TOO_LONG', length, this.#maxPacketBytes);
    }
    if (error !== undefined) this.stop();
    return error;
  }

  #emit(bytes: Buffer, start: number, end: number): void {
    this.#packets++;
    const header = HsmsHeader.parse(bytes, start);
    const bodyStart = start + HEADER_BYTES;
    this.#onPacket(
      bodyStart === end ? new HsmsPacket(header) : new HsmsPacket(header, detach(bytes, bodyStart, end)),
    );
  }
}

function readLength(bytes: Buffer, offset: number): number {
  return (
    (((bytes[offset] as number) << 24) |
      ((bytes[offset + 1] as number) << 16) |
      ((bytes[offset + 2] as number) << 8) |
      (bytes[offset + 3] as number)) >>>
    0
  );
}

/** The bytes from `start` to `end`: a view when they are most of their memory, a copy when they are not. */
function detach(bytes: Buffer, start: number, end: number): Buffer {
  const length = end - start;
  if (length * 2 >= bytes.buffer.byteLength) return bytes.subarray(start, end);
  const copy = Buffer.allocUnsafe(length);
  // Below some tens of bytes a loop beats the call into the runtime.
  if (length <= BYTE_LOOP_LIMIT) {
    for (let i = 0; i < length; i++) copy[i] = bytes[start + i] as number;
  } else {
    bytes.copy(copy, 0, start, end);
  }
  return copy;
}
