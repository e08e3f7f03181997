import { describeControl, HsmsHeader, type WirePacket } from '../../index.js';
import { messageSml, type SmlLook } from './named-sml.js';
import type { Paint } from './paint.js';

/** Which way a packet went, seen from this side. */
export type Direction = 'in' | 'out';

/** `2026-11-23 22:01:07.123` in the time zone of the machine. */
function localTime(milliseconds: number): string {
  const date = new Date(milliseconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  return (
    `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ` +
    `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.` +
    String(date.getMilliseconds()).padStart(3, '0')
  );
}

/** What stands before a packet or an event: time and direction, as the start of a comment of SML. */
export function lineHead(time: number, mark: string, paint: Paint): string {
  return `${paint.dim(`// ${localTime(time)}`)} ${mark}`;
}

/** The arrow of a direction; `between` names who sends and who gets it, for an onlooker. */
export function arrow(dir: Direction, paint: Paint): string {
  return dir === 'out' ? paint.green('->') : paint.cyan('<-');
}

/**
 * A packet for people, as SML: what E5 does not know of (time, direction, session ID, system bytes, control messages)
 * stands in comments, so that what is printed can be read as SML again.
 */
export function packetText(
  packet: WirePacket,
  head: string,
  paint: Paint,
  note: string,
  sml: SmlLook,
): string {
  const { header } = packet;
  const ids = `session ${header.sessionId} system ${header.systemBytes}`;
  const rest = note === '' ? '' : `, ${note}`;
  if (header.isData) return `${head} ${ids}${rest}\n${smlOf(packet, sml)}`;
  const body = packet.length > 10 ? `, ${packet.length - 10} bytes of body` : '';
  const what = header instanceof HsmsHeader ? describeControl(header) : `SType ${header.sType}`;
  return `${head} ${paint.magenta(what)} ${ids}${body}${rest}`;
}

/** The message as SML; a body that is no SECS-II item as its bytes in a comment. */
function smlOf({ message }: WirePacket, options: SmlLook): string {
  return message.itemError === undefined ? messageSml(message, options) : String(message);
}
