import type { SecsMessage } from '../secs2/message.js';
import type { DataHeader } from '../session/header.js';

/** The two sides of a bridge. */
export type BridgeSide = 'line' | 'hsms';

/** A message has gone over: acknowledged by the peer on a line, handed to the system on HSMS. */
export interface BridgePassed {
  /** Where it came from. */
  readonly from: BridgeSide;
  /** Its header as it came. */
  readonly header: DataHeader;
  readonly message: SecsMessage;
}

/**
 * How the sender of a message that did not go over was told.
 *
 * - `abort`: by function 0 of its stream. `s9f11`: by S9F11, data too long.
 * - `separate`: its HSMS session was ended, so that an equipment spools.
 * - `nobody`: it wanted no reply, or has gone itself.
 */
export type BridgeTold = 'abort' | 's9f11' | 'separate' | 'nobody';

/**
 * What an operator wants to know of a bridge, told apart by `kind`.
 *
 * - `undelivered`: a message of `from` did not go over, and why; `told` is what its sender heard of it.
 * - `unanswered`: a message of `from` went over, and the other side has gone before its reply.
 * - `lineFailed`: the line could not be opened, for want of the package serialport, say.
 */
export type BridgeNotice =
  | {
      readonly kind: 'undelivered' | 'unanswered';
      readonly from: BridgeSide;
      readonly header: DataHeader;
      readonly error: Error;
      readonly told: BridgeTold;
    }
  | { readonly kind: 'lineFailed'; readonly error: Error };

/** The events of a bridge, and what their listeners get. */
export interface BridgeEvents {
  passed: [event: BridgePassed];
  notice: [notice: BridgeNotice];
  /** The bridge was disposed of: nothing follows. */
  disposed: [];
}

/** What has gone over since the bridge was made. */
export interface BridgeCounters {
  /** Messages from the line, and from HSMS, that went over. */
  readonly fromLine: number;
  readonly fromHsms: number;
  /** Messages that did not go over. */
  readonly undelivered: number;
  /** Messages that went over and whose reply cannot come any more. */
  readonly unanswered: number;
}
