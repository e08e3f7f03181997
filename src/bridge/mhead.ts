import { HsmsHeader } from '../hsms/wire/header.js';
import { Secs1Header } from '../secs1/block/header.js';
import { B } from '../secs2/items/factories.js';
import { S, type SecsMessage } from '../secs2/message.js';
import { isStream9Function, mheadOf } from '../session/stream9.js';
import type { BridgeSide } from './events.js';

/** What the two sides call the same messages. */
export interface BridgeIds {
  /** Device ID on the line. */
  readonly line: number;
  /** Session ID on HSMS. */
  readonly hsms: number;
  /** R-bit of the messages that come from the line. */
  readonly lineRBit: boolean;
}

/** A stream 9 message of `from` for the other side, and the system bytes of what it reports. */
export interface Translated {
  readonly message: SecsMessage;
  readonly reported: number | undefined;
}

/**
 * Stream 9 names a message by its ten header bytes (MHEAD), and those are not the same on a line and on HSMS: they become those under which
 * the other side knows the message. Everything else stays as it is.
 */
export function translated(message: SecsMessage, from: BridgeSide, ids: BridgeIds): Translated {
  const { stream, function: fn } = message;
  const mhead = stream === 9 && isStream9Function(fn) ? mheadOf(message) : undefined;
  if (mhead === undefined) return { message, reported: undefined };
  const bytes = from === 'line' ? toHsms(mhead, ids) : toLine(mhead, ids);
  return { message: S(9, fn, B(bytes)), reported: mhead.readUInt32BE(6) };
}

function toHsms(mhead: Buffer, ids: BridgeIds): Buffer {
  const { sessionId, stream, function: fn, wBit, systemBytes } = Secs1Header.parse(mhead);
  const id = sessionId === ids.line ? ids.hsms : sessionId;
  return HsmsHeader.ofData(id, stream, fn, wBit, systemBytes).toBytes();
}

/** The message that is reported came from the line. */
function toLine(mhead: Buffer, ids: BridgeIds): Buffer {
  const { sessionId, stream, function: fn, wBit, systemBytes } = HsmsHeader.parse(mhead);
  // A session ID of HSMS has a bit more; the line knows no such device.
  const id = sessionId === ids.hsms ? ids.line : sessionId & 0x7fff;
  const fields = { sessionId: id, stream, function: fn, wBit, systemBytes };
  return Secs1Header.of({ ...fields, rBit: ids.lineRBit }).toBytes();
}
