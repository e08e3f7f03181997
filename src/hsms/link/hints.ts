import { check } from '../../check.js';
import {
  otherSessionIdText,
  unknownDeviceText,
  type OtherSessionId,
  type UnknownDevice,
} from '../../session/errors.js';
import { describeCloseReason, type CloseReason } from './close-reason.js';

/**
 * A guess at the cause behind a failure, from what was seen on the wire.
 *
 * - `secs1Peer`: the peer sends the hand-shake bytes of SECS-I (E4).
 * - `bothPassive`: the peer connected and sent nothing, or has not connected at all: it waits as this side does.
 * - `bothActive`: nothing listens at the peer's port: it may be set up to connect as this side is.
 * - `tlsPeer`: the peer sends a handshake or an alert of TLS.
 * - `telnetPeer`: the peer negotiates options of telnet.
 * - `textPeer`: the peer sends text where a length is due: HTTP, SSH … `text` is how it begins.
 * - `unknownDevice`: the peer does not know the session ID (device ID) of our messages.
 * - `otherSessionId`: what would have been the reply came with a session ID that is not ours.
 * - `otherHost`: the peer closed the connection before it answered Select.req.
 * - `noSelectAnswer`: something accepts the connection and never answers Select.req.
 * - `silentNetwork`: the connection was up and then nothing came any more, not even a FIN.
 */
export type HsmsHint =
  | {
      readonly kind:
        | 'secs1Peer'
        | 'tlsPeer'
        | 'telnetPeer'
        | 'otherHost'
        | 'bothPassive'
        | 'bothActive'
        | 'noSelectAnswer'
        | 'silentNetwork';
    }
  | { readonly kind: 'textPeer'; readonly text: string }
  | UnknownDevice
  | OtherSessionId;

/** The hints that tell more than what was wrong with the bytes: the peer speaks something other than HSMS. */
const FOREIGN: ReadonlySet<HsmsHint['kind']> = new Set(['secs1Peer', 'tlsPeer', 'telnetPeer', 'textPeer']);

const A_HINT = 'a hint, as notices, closes and failed requests have';

/**
 * A hint as a sentence for an operator.
 *
 * @example
 * ```ts
 * // given a connection
 * import { describeHint } from 'rxsecs';
 *
 * connection.closed.subscribe(({ hint }) => {
 *   if (hint !== undefined) console.log(describeHint(hint));
 * });
 * ```
 * @throws HsmsArgumentError for what is none.
 */
export function describeHint(hint: HsmsHint): string {
  check.tagged('hint', hint, A_HINT);
  switch (hint.kind) {
    case 'secs1Peer':
      return 'The peer sends bytes of SECS-I (ENQ, EOT): is its port set up for SECS-I instead of HSMS?';
    case 'tlsPeer':
      return 'The peer speaks TLS: is a TLS tunnel missing here?';
    case 'telnetPeer':
      return 'The peer speaks telnet: is this the port of a terminal server?';
    case 'textPeer':
      return `The peer sends text, ${JSON.stringify(hint.text)} …: something other than HSMS has this port`;
    case 'bothPassive':
      return 'Nothing came from the peer: are both sides set up as passive?';
    case 'bothActive':
      return 'Nothing listens there: is the peer switched off, or set up as active as well? Or is another host connected, which it serves alone?';
    case 'unknownDevice':
      return unknownDeviceText(hint.sessionId);
    case 'otherSessionId':
      return otherSessionIdText(hint);
    case 'otherHost':
      return 'The peer took the connection and closed it without answering Select.req: is another host connected?';
    case 'noSelectAnswer':
      return 'The port accepts connections and does not answer Select.req: is it HSMS, and free for another host?';
    case 'silentNetwork':
      return 'The connection went silent without being closed: a firewall, a cable, or a stopped peer?';
    default:
      return check.refuse('hint', A_HINT, hint);
  }
}

/**
 * Why a connection closed and what to look at, as one text with the half first that helps.
 *
 * @example
 * ```ts
 * // given a connection
 * import { describeClose } from 'rxsecs';
 *
 * connection.closed.subscribe(({ reason, hint }) => console.log(describeClose(reason, hint)));
 * ```
 * @throws HsmsArgumentError for what is no reason, and no hint.
 */
export function describeClose(reason: CloseReason, hint?: HsmsHint): string {
  const text = describeCloseReason(reason);
  if (hint === undefined) return text;
  const lookAt = describeHint(hint);
  return FOREIGN.has(hint.kind) ? `${lookAt} (${text})` : `${text}. ${lookAt}`;
}

/** ENQ, EOT, ACK and NAK of SECS-I (E4): an HSMS frame below 16 MiB begins with a zero byte. */
const secs1Bytes: ReadonlySet<number> = new Set([0x05, 0x04, 0x06, 0x15]);

/** Whether the first byte that a peer ever sent is one of SECS-I. */
function looksLikeSecs1(firstByte: number | undefined): boolean {
  return firstByte !== undefined && secs1Bytes.has(firstByte);
}

/**
 * What a close tells about its cause.
 * @param firstByte that the peer sent on that connection, if any
 * @param awaitsSelect whether our Select.req was sent and not answered
 */
export function hintForClose(
  reason: CloseReason,
  firstByte: number | undefined,
  awaitsSelect = false,
): HsmsHint | undefined {
  if (reason.kind === 'local') return undefined;
  const foreign = reason.kind === 'frameTooLong' ? hintForLength(reason.length) : undefined;
  if (foreign !== undefined) return foreign;
  if (looksLikeSecs1(firstByte)) return { kind: 'secs1Peer' };
  if (awaitsSelect && (reason.kind === 'remoteClosed' || reason.kind === 'reset'))
    return { kind: 'otherHost' };
  if (reason.kind === 't7' && firstByte === undefined) return { kind: 'bothPassive' };
  if (reason.kind === 't6' && reason.procedure === 'select') return { kind: 'noSelectAnswer' };
  if (reason.kind === 'linktest') return { kind: 'silentNetwork' };
  return undefined;
}

/** What the four bytes in the place of a length show to be no HSMS at all. */
function hintForLength(length: number): HsmsHint | undefined {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  // An alert or a handshake of TLS; IAC and WILL, WONT, DO or DONT of telnet.
  if ((bytes[0] === 0x15 || bytes[0] === 0x16) && bytes[1] === 3) return { kind: 'tlsPeer' };
  if (bytes[0] === 0xff && (bytes[1] ?? 0) >= 0xfb) return { kind: 'telnetPeer' };
  const text = bytes.toString('latin1');
  return /^[\x20-\x7e\r\n]{4}$/.test(text) ? { kind: 'textPeer', text } : undefined;
}

/** What a failed attempt to connect tells about its cause. */
export function hintForDial(error: Error): HsmsHint | undefined {
  const { cause } = error;
  const refused =
    typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ECONNREFUSED';
  return refused ? { kind: 'bothActive' } : undefined;
}
