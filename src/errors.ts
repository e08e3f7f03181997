/**
 * Base class of every error this library creates: a stable `code`, and a message that names the value at fault and what
 * to do about it. An underlying error is its `cause`. Each room has its own codes.
 *
 * @example
 * ```ts
 * // given a selected session
 * import { SecsError } from 'rxsecs';
 * import { S } from 'rxsecs/secs2';
 *
 * try {
 *   await session.request(S(1, 1).w());
 * } catch (error) {
 *   if (error instanceof SecsError) console.log(error.code); // HSMS_T3_TIMEOUT, SECS1_T3_TIMEOUT …
 * }
 * ```
 */
export abstract class SecsError extends Error {
  /** Stable and machine-readable: programs branch on this, never on messages. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The codes of an {@link HsmsError}. Those of requests, of every transport, are in `SecsSessionErrorCode`. */
export type HsmsErrorCode =
  | 'HSMS_INVALID_ARGUMENT'
  | 'HSMS_FRAME_TOO_SHORT'
  | 'HSMS_FRAME_TOO_LONG'
  | 'HSMS_NOT_CONNECTED'
  | 'HSMS_QUEUE_FULL'
  | 'HSMS_ADDRESS_IN_USE'
  | 'HSMS_LISTEN_FAILED'
  | 'HSMS_CONNECT_FAILED'
  | 'HSMS_CONNECT_TIMEOUT'
  | 'HSMS_NAME_NOT_RESOLVED'
  | 'HSMS_DISABLED'
  | 'HSMS_DISPOSED'
  | 'HSMS_NOT_SELECTED'
  | 'HSMS_CONTROL_REFUSED'
  | 'HSMS_T6_TIMEOUT'
  | 'HSMS_TRANSACTION_REJECTED'
  | 'HSMS_SESSION_ENDED'
  | 'HSMS_BUFFER_FULL'
  | 'HSMS_WIRE_LOG'
  | 'HSMS_CAPTURE_FORMAT'
  | 'HSMS_TEST_FAILED';

/**
 * An error of an HSMS connection, and of what connections of every transport share.
 *
 * @example
 * ```ts
 * // given a passive connection
 * import { HsmsError } from 'rxsecs';
 *
 * try {
 *   await passive.enable();
 * } catch (error) {
 *   if (error instanceof HsmsError && error.code === 'HSMS_ADDRESS_IN_USE') console.log(error.message);
 * }
 * ```
 */
export class HsmsError extends SecsError {
  declare readonly code: HsmsErrorCode;

  constructor(code: HsmsErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}

/**
 * An argument or a setting is outside what is allowed; the message names the value and the allowed range.
 *
 * @example
 * ```ts
 * import { HsmsActiveConnection, HsmsArgumentError } from 'rxsecs';
 *
 * try {
 *   new HsmsActiveConnection('http://tool-7', 5000, 0);
 * } catch (error) {
 *   if (error instanceof HsmsArgumentError) console.log(error.message); // says what is allowed
 * }
 * ```
 */
export class HsmsArgumentError extends HsmsError {
  constructor(message: string) {
    super('HSMS_INVALID_ARGUMENT', message);
  }
}

/**
 * A frame's length cannot be accepted: below the ten bytes of a header (`HSMS_FRAME_TOO_SHORT`) or above
 * `maxPacketBytes` (`HSMS_FRAME_TOO_LONG`). Inbound it ends the connection, outbound it fails the one `send`.
 *
 * @example
 * ```ts
 * import { FrameDecoder, HsmsFrameError, type HsmsPacket } from 'rxsecs';
 *
 * const packets: HsmsPacket[] = [];
 * try {
 *   new FrameDecoder((packet) => packets.push(packet)).push(Buffer.from('00000003', 'hex'));
 * } catch (error) {
 *   if (error instanceof HsmsFrameError) console.log(error.code, error.message);
 * }
 * ```
 */
export class HsmsFrameError extends HsmsError {
  /** The length at fault, in bytes: header and body, without the length prefix (E37 message length). */
  readonly length: number;
  /** The bound that was broken, in bytes, counted as `length` is. */
  readonly limit: number;

  constructor(code: 'HSMS_FRAME_TOO_SHORT' | 'HSMS_FRAME_TOO_LONG', length: number, limit: number) {
    super(
      code,
      code === 'HSMS_FRAME_TOO_SHORT'
        ? `HSMS message length ${length} is below ${limit}, the size of a header: the byte stream is not HSMS or is out of step`
        : `HSMS message length ${length} is above maxPacketBytes ${limit}: raise maxPacketBytes if this message is legitimate`,
    );
    this.length = length;
    this.limit = limit;
  }
}
