import { check } from '../../check.js';
import { HsmsFrameError } from '../../errors.js';
import { checkDecodeOptions } from '../../secs2/check.js';
import type { DecodeOptions } from '../../secs2/index.js';
import { HEADER_BYTES, HsmsHeader } from './header.js';
import { HsmsPacket } from './packet.js';
import { PartialFrame } from './partial-frame.js';

/** Size of the length prefix of a frame in bytes (E37). */
export const PREFIX_BYTES = 4;

/**
 * Default `maxPacketBytes`: a body of 16 MiB and its header.
 *
 * @example
 * ```ts
 * import { DEFAULT_MAX_PACKET_BYTES, HsmsActiveConnection } from 'rxsecs';
 *
 * const options = { maxPacketBytes: 4 * DEFAULT_MAX_PACKET_BYTES };
 * const connection = new HsmsActiveConnection('127.0.0.1', 5000, 0, undefined, options);
 * ```
 */
export const DEFAULT_MAX_PACKET_BYTES = 16 * 1024 * 1024 + HEADER_BYTES;

/** Largest message length that four bytes can tell. */
export const MAX_MESSAGE_LENGTH = 0xffffffff;

/** A packet that is kept pins this much memory at the most, or twice its own size. */
const PINNED_BYTES = 8 * 1024;

/** Small frames are copied out of a large chunk in runs, side by side into this. One for the process: packets of several connections may share it. */
let slab = Buffer.alloc(0);
let used = 0;

/** Frames larger than this get memory of their own. */
const SHARED_BYTES = PINNED_BYTES / 2;

/**
 * Cuts a TCP byte stream into packets (E37 message format), however the bytes are segmented or coalesced.
 *
 * A frame that lies within one chunk is read in place. A frame that spans chunks is gathered in
 * memory that follows the bytes received, never the length claimed. Frames
 * much smaller than their chunk are copied out of it, several at a time, so that a packet that is kept pins no more
 * than 8 KiB or twice its own size.
 *
 * @example
 * ```ts
 * import { encodeFrame, FrameDecoder, HsmsPacket } from 'rxsecs';
 *
 * const decoder = new FrameDecoder((packet) => console.log(String(packet)));
 * const error = decoder.push(encodeFrame(HsmsPacket.selectReq(1)));
 * if (error !== undefined) console.error(error.message); // nothing after it can be read
 * ```
 */
export class FrameDecoder {
  readonly #onPacket: (packet: HsmsPacket) => void;
  readonly #decoding: DecodeOptions | undefined;
  #maxPacketBytes: number;
  /** The frame that is not yet whole, prefix included; made for the first that does not come whole. */
  #partial: PartialFrame | undefined;
  /** Size of that frame with its prefix; 0 while the prefix itself is incomplete. */
  #frameBytes = 0;
  #packets = 0;
  #unread = 0;
  #stopped = false;

  /**
   * @param onPacket called for each packet, in order, from within {@link push}
   * @param maxPacketBytes cap on the message length in bytes, header included
   * @param decoding how the packets decode their bodies
   */
  constructor(
    onPacket: (packet: HsmsPacket) => void,
    maxPacketBytes: number = DEFAULT_MAX_PACKET_BYTES,
    decoding?: DecodeOptions,
  ) {
    this.#onPacket = check.fn('onPacket', onPacket);
    this.#decoding = checkDecodeOptions(decoding);
    this.#maxPacketBytes = check.integer('maxPacketBytes', maxPacketBytes, HEADER_BYTES, MAX_MESSAGE_LENGTH);
  }

  /** Bytes held of a frame that has begun and is not whole, its prefix included; 0 between frames. */
  get partialBytes(): number {
    return this.#partial === undefined ? 0 : this.#partial.bytes;
  }

  /** Number of packets cut so far. */
  get packets(): number {
    return this.#packets;
  }

  /** How many bytes at the end of the last chunk are to be pushed again. */
  get unread(): number {
    return this.#unread;
  }

  /** Changes the cap; it holds from the next length prefix on. */
  setMaxPacketBytes(maxPacketBytes: number): void {
    this.#maxPacketBytes = check.integer('maxPacketBytes', maxPacketBytes, HEADER_BYTES, MAX_MESSAGE_LENGTH);
  }

  /** Forgets what is held and ignores every further byte. May be called from within `onPacket`. */
  stop(): void {
    this.#stopped = true;
    this.#partial?.forget();
    this.#frameBytes = 0;
  }

  /**
   * Takes the next bytes of the stream. The chunk must not change afterwards.
   * @returns the error that ended the stream, once, after the packets before it were delivered: a length below a
   * header or above the cap leaves no way to tell where the next frame begins, so every later byte is ignored.
   * @param maxPackets about how many packets to deliver at most; what then is left of the chunk is {@link unread}
   */
  push(chunk: Buffer, maxPackets = Infinity): HsmsFrameError | undefined {
    check.bytes('chunk', chunk);
    check.number('maxPackets', maxPackets, 0);
    const enough = this.#packets + maxPackets;
    let offset = 0;
    this.#unread = 0;
    let pinned: number | undefined;
    while (offset < chunk.length && !this.#stopped) {
      if (this.#packets >= enough) {
        this.#unread = chunk.length - offset;
        return undefined;
      }
      if (this.partialBytes === 0 && chunk.length - offset >= PREFIX_BYTES) {
        const length = readLength(chunk, offset);
        const error = this.#checkLength(length);
        if (error !== undefined) return error;
        const end = offset + PREFIX_BYTES + length;
        if (end <= chunk.length) {
          // Asked of a chunk once: it costs as much as a small packet.
          pinned ??= chunk.buffer.byteLength;
          offset = this.#emitFrom(chunk, pinned, offset, end);
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
    const partial = (this.#partial ??= new PartialFrame());
    // The prefix comes first and alone: it says how much may follow.
    const wanted = (this.#frameBytes === 0 ? PREFIX_BYTES : this.#frameBytes) - partial.bytes;
    const taken = Math.min(wanted, chunk.length - offset);
    partial.add(chunk, offset, offset + taken, this.#frameBytes);
    if (taken < wanted) return taken;

    if (this.#frameBytes === 0) {
      const length = partial.prefix;
      const error = this.#checkLength(length);
      if (error !== undefined) return error;
      this.#frameBytes = PREFIX_BYTES + length;
    } else {
      const end = this.#frameBytes;
      this.#frameBytes = 0;
      this.#emit(partial.take(), PREFIX_BYTES, end);
    }
    return taken;
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

  /**
   * Delivers the frame between `offset` and `end`, and those that are copied with it.
   * @param pinned bytes of memory that the chunk holds on to
   * @returns where the next frame begins
   */
  #emitFrom(chunk: Buffer, pinned: number, offset: number, end: number): number {
    if (pinned <= PINNED_BYTES || pinned <= 2 * (end - offset)) {
      this.#emit(chunk, offset + PREFIX_BYTES, end);
      return end;
    }
    if (end - offset > SHARED_BYTES) {
      const own = Buffer.allocUnsafeSlow(end - offset);
      chunk.copy(own, 0, offset, end);
      this.#emit(own, PREFIX_BYTES, own.length);
      return end;
    }
    if (used + end - offset > slab.length) {
      slab = Buffer.allocUnsafeSlow(PINNED_BYTES);
      used = 0;
    }
    const run = slab;
    const runEnd = this.#endOfRun(chunk, offset, end, run.length - used);
    let at = used;
    used += chunk.copy(run, used, offset, runEnd);
    for (const last = used; at < last && !this.#stopped;) {
      const next = at + PREFIX_BYTES + readLength(run, at);
      this.#emit(run, at + PREFIX_BYTES, next);
      at = next;
    }
    return runEnd;
  }

  /** Where the frames that may be copied together with the first one, into so many bytes, end. */
  #endOfRun(chunk: Buffer, offset: number, firstEnd: number, room: number): number {
    let end = firstEnd;
    while (chunk.length - end >= PREFIX_BYTES) {
      const length = readLength(chunk, end);
      const next = end + PREFIX_BYTES + length;
      // A length at fault is left to be found when its turn comes.
      if (length < HEADER_BYTES || length > this.#maxPacketBytes) break;
      if (next > chunk.length || next - offset > room) break;
      end = next;
    }
    return end;
  }

  #emit(bytes: Buffer, start: number, end: number): void {
    this.#packets++;
    const header = HsmsHeader.read(bytes, start);
    this.#onPacket(new HsmsPacket(header, bytes, start + HEADER_BYTES, end, this.#decoding, null));
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
