import { checkPacket } from './check.js';
import { HsmsFrameError } from '../../errors.js';
import { WritableBytes } from '../../secs2/codec/writable-bytes.js';
import { PREFIX_BYTES } from './frame-decoder.js';
import { HEADER_BYTES } from './header.js';
import type { HsmsPacket } from './packet.js';

/** Size of a frame without its body: length prefix and header. */
export const FRAME_OVERHEAD_BYTES = PREFIX_BYTES + HEADER_BYTES;

/** Size in bytes of the frame of `packet`: prefix, header and body. */
export function frameBytes(packet: HsmsPacket): number {
  return PREFIX_BYTES + packet.length;
}

/**
 * Checks that a packet may be sent under a cap.
 * @param maxPacketBytes cap on the message length in bytes, header included
 * @returns the error for the caller, or undefined when the packet fits.
 */
export function checkPacketLength(packet: HsmsPacket, maxPacketBytes: number): HsmsFrameError | undefined {
  return packet.length > maxPacketBytes
    ? new HsmsFrameError('HSMS_FRAME_TOO_LONG', packet.length, maxPacketBytes)
    : undefined;
}

/**
 * Writes length prefix and header of `packet` into `target` at `offset`.
 * @returns the offset behind them, where the body belongs.
 */
export function writeFrameHead(packet: HsmsPacket, target: Uint8Array, offset: number): number {
  const length = packet.length;
  target[offset] = length >>> 24;
  target[offset + 1] = length >>> 16;
  target[offset + 2] = length >>> 8;
  target[offset + 3] = length;
  packet.header.write(target, offset + PREFIX_BYTES);
  return offset + FRAME_OVERHEAD_BYTES;
}

/**
 * Writes the whole frame of `packet` into `target` at `offset`.
 * @returns the offset behind it.
 */
export function writeFrame(packet: HsmsPacket, target: WritableBytes, offset: number): number {
  const bodyOffset = writeFrameHead(packet, target.bytes, offset);
  packet.writeBody(target, bodyOffset);
  return offset + frameBytes(packet);
}

/**
 * The frame of `packet` as it goes over the wire, in a new Buffer: length prefix, header, body (E37).
 *
 * @example
 * ```ts
 * import { encodeFrame, HsmsPacket } from 'rxsecs';
 *
 * console.log(encodeFrame(HsmsPacket.selectReq(1)).toString('hex'));
 * ```
 */
export function encodeFrame(packet: HsmsPacket): Buffer {
  checkPacket(packet);
  const frame = new WritableBytes(Buffer.allocUnsafeSlow(frameBytes(packet)));
  writeFrame(packet, frame, 0);
  return frame.bytes;
}
