import {
  describeClose,
  endpointText,
  type CloseReason,
  type ConnectionNotice,
  type HsmsConnection,
  type HsmsHint,
  type HsmsNotice,
  type SecsConnection,
  type SecsSession,
  type SessionEnd,
  type SessionMessage,
  type SessionWarning,
  type SocketAddress,
  type Tagged,
  type WirePacket,
} from '../../index.js';
import { CliError, describeError, ExitCode } from '../exit-codes.js';
import type { Secs1Notice } from '../../secs1/index.js';
import type { CliIo } from '../io.js';
import type { Report } from '../output/report.js';

/** How many requests are remembered, to say how long their replies took. */
const OPEN_REQUESTS = 10_000;

/** The event `closed` of a connection, whatever the transport. */
export interface LinkClosed {
  readonly reason: Tagged;
  readonly hint?: Tagged;
  readonly unsent: number;
}

/**
 * Reports every packet of a connection and what happens to it. To be called before a session is made on it, so that a
 * packet is reported before what it causes.
 * @param isFinal whether a notice ends the command, which fails with it: it is not reported then
 */
export function watchConnection(
  connection: HsmsConnection,
  io: CliIo,
  report: Report,
  isFinal: (notice: ConnectionNotice) => boolean = () => false,
): void {
  watchPackets(connection, io, report);
  connection.events.on('established', ({ local, remote }) => {
    const text = `connected: ${endpointText(local)} to ${endpointText(remote)}`;
    report.event('established', text, { local: endpointText(local), remote: endpointText(remote) });
  });
  connection.events.on('notice', (notice) => {
    if (!isFinal(notice)) reportNotice(connection, notice, noticeText(connection, notice), report);
  });
}

/** Reports the packets of a connection, and its end. */
export function watchPackets(connection: SecsConnection, io: CliIo, report: Report): void {
  const { events } = connection;
  const asked = new Map<number, number>();
  const ends = (): { local: SocketAddress | undefined; remote: SocketAddress | undefined } => ({
    local: connection.localAddress,
    remote: connection.remoteAddress,
  });
  events.on('sent', (packet: WirePacket) => {
    remember(asked, packet, io.clock.now());
    report.message(packet, 'out', ends(), '');
  });
  events.on('message', (packet: WirePacket) => {
    report.message(packet, 'in', ends(), replyNote(asked, packet, io.clock.now()));
  });
  events.on('closed', ({ reason, hint, unsent }: LinkClosed) => {
    asked.clear();
    const lost = unsent > 0 ? `. ${unsent} messages were not sent` : '';
    report.event('closed', `closed: ${closeText(connection, reason, hint)}${lost}`, {
      reason: reason.kind,
      ...(hint && { hint: connection.describeHint(hint) }),
      unsent,
    });
  });
}

/** Reports a notice by a sentence. */
export function reportNotice(
  connection: SecsConnection,
  notice: ConnectionNotice,
  text: string,
  report: Report,
): void {
  report.event('notice', text, {
    notice: notice.kind,
    ...(notice.hint && { hint: connection.describeHint(notice.hint) }),
  });
}

/** Reports what happens to a session. */
export function watchSession({ events, sessionId, protocol }: SecsSession, report: Report): void {
  // An open line is usable, and was told of as such.
  if (protocol === 'hsms') {
    events.on('state', (state: string) => {
      if (state === 'selected') report.event('selected', 'selected', { session: sessionId });
    });
  }
  events.on('ended', (end: SessionEnd) => {
    // The end of the connection is reported as such.
    if (end.kind === 'closed') return;
    const text = `not selected any more: ended by ${end.kind === 'deselect' ? 'Deselect' : 'Separate'}`;
    report.event('ended', text, { session: sessionId, by: end.kind });
  });
  events.on('message', ({ late, message, header }: SessionMessage) => {
    if (!late) return;
    report.event('late', `${message.name} came after T3: no request waits for it`, {
      system: header.systemBytes,
    });
  });
  events.on('warning', (warning: SessionWarning) => {
    const { header } = warning;
    if (warning.kind === 'replyFailed') {
      const text = `a reply was not sent: ${describeError(warning.error)}`;
      report.event('warning', text, { warning: warning.kind, system: header.systemBytes });
      return;
    }
    const text = `data for session ${header.sessionId}, this side is session ${sessionId}: compare the device ID`;
    report.event('warning', text, { warning: 'foreignSessionId', session: header.sessionId });
  });
}

/** A notice as a sentence. */
export function noticeText(
  connection: SecsConnection,
  notice: HsmsNotice | Extract<Secs1Notice, { kind: HsmsNotice['kind'] }>,
): string {
  switch (notice.kind) {
    case 'connectFailed':
      return `${notice.error.message}. Next attempt in ${notice.retrySeconds} s${hintText(connection, notice.hint)}`;
    case 'refused':
      return `${endpointText(notice.remote)} was turned away: ${refusalText[notice.reason]}`;
    case 'openToAnyone':
      return `${endpointText(notice.local)} takes any peer: --from names the only one to serve`;
    case 'nobodyConnected':
      return `no connection within ${notice.seconds} s${hintText(connection, notice.hint)}`;
    case 'listenFailed':
    case 'acceptFailed':
      return notice.error.message;
  }
}

const refusalText = {
  unexpectedAddress: 'the peer is expected from another address',
  nameNotResolved: 'the name of the expected peer cannot be resolved',
  alreadyConnected: 'there is a connection already',
  disabled: 'the connection is disabled',
  tooManyUnselected: 'too many connections are not selected',
} as const;

/** What a command fails with when the connection cannot be made. */
export function connectFailure(
  connection: SecsConnection,
  { error, hint }: Pick<ConnectionNotice, 'error' | 'hint'>,
): CliError {
  const text = `${error?.message ?? 'no connection was made'}${hintText(connection, hint)}`;
  return new CliError(text, ExitCode.notConnected, { cause: error });
}

/** Why a connection was closed, and what to look at. */
export function closeText(connection: SecsConnection, reason: Tagged, hint: Tagged | undefined): string {
  if (connection.protocol === 'hsms')
    return describeClose(reason as CloseReason, hint as HsmsHint | undefined);
  return `${connection.describeReason(reason)}${hintText(connection, hint)}`;
}

/** A hint behind a sentence. */
function hintText(connection: SecsConnection, hint: Tagged | undefined): string {
  return hint === undefined ? '' : `. ${connection.describeHint(hint)}`;
}

function remember(asked: Map<number, number>, { header }: WirePacket, now: number): void {
  if (!header.isData || !header.wBit) return;
  asked.set(header.systemBytes, now);
  if (asked.size <= OPEN_REQUESTS) return;
  for (const oldest of asked.keys()) {
    asked.delete(oldest);
    return;
  }
}

function replyNote(asked: Map<number, number>, packet: WirePacket, now: number): string {
  const { header } = packet;
  if (!header.isData || packet.message.isPrimary) return '';
  const since = asked.get(header.systemBytes);
  if (since === undefined) return '';
  asked.delete(header.systemBytes);
  return `after ${duration(now - since)}`;
}

/** A time for people: `1.3 ms`, `2.25 s`. */
export function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}
