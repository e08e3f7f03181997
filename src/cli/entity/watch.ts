import {
  describeClose,
  describeHint,
  endpointText,
  type CloseReason,
  type HsmsConnection,
  type HsmsHint,
  type HsmsNotice,
  type HsmsPacket,
  type HsmsSession,
  type SocketAddress,
} from '../../index.js';
import { CliError, ExitCode } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import type { Report } from '../output/report.js';

/** How many requests are remembered, to say how long their replies took. */
const OPEN_REQUESTS = 10_000;

/**
 * Reports every packet of a connection and what happens to it. To be called before a session is made on it, so that a
 * packet is reported before what it causes.
 * @param isFinal whether a notice ends the command, which fails with it: it is not reported then
 */
export function watchConnection(
  connection: HsmsConnection,
  io: CliIo,
  report: Report,
  isFinal: (notice: HsmsNotice) => boolean = () => false,
): void {
  const { events } = connection;
  const asked = new Map<number, number>();
  const ends = (): { local: SocketAddress | undefined; remote: SocketAddress | undefined } => ({
    local: connection.localAddress,
    remote: connection.remoteAddress,
  });
  events.on('sent', (packet) => {
    remember(asked, packet, io.clock.now());
    report.message(packet, 'out', ends(), '');
  });
  events.on('message', (packet) => {
    report.message(packet, 'in', ends(), replyNote(asked, packet, io.clock.now()));
  });
  events.on('established', ({ local, remote }) => {
    const text = `connected: ${endpointText(local)} to ${endpointText(remote)}`;
    report.event('established', text, { local: endpointText(local), remote: endpointText(remote) });
  });
  events.on('closed', ({ reason, hint, unsent }) => {
    asked.clear();
    const lost = unsent > 0 ? `. ${unsent} messages were not sent` : '';
    report.event('closed', `closed: ${closeText(reason, hint)}${lost}`, {
      reason: reason.kind,
      ...(hint && { hint: describeHint(hint) }),
      unsent,
    });
  });
  events.on('notice', (notice) => {
    if (isFinal(notice)) return;
    report.event('notice', noticeText(notice), {
      notice: notice.kind,
      ...('hint' in notice && notice.hint && { hint: describeHint(notice.hint) }),
    });
  });
}

/** Reports what happens to a session. */
export function watchSession({ events, sessionId }: HsmsSession, report: Report): void {
  events.on('state', (state) => {
    if (state === 'selected') report.event('selected', 'selected', { session: sessionId });
  });
  events.on('ended', (end) => {
    // The end of the connection is reported as such.
    if (end.kind === 'closed') return;
    const text = `not selected any more: ended by ${end.kind === 'deselect' ? 'Deselect' : 'Separate'}`;
    report.event('ended', text, { session: sessionId, by: end.kind });
  });
  events.on('message', ({ late, message, header }) => {
    if (!late) return;
    report.event('late', `${message.name} came after T3: no request waits for it`, {
      system: header.systemBytes,
    });
  });
  events.on('warning', ({ header }) => {
    const text = `data for session ${header.sessionId}, this side is session ${sessionId}: compare the device ID`;
    report.event('warning', text, { warning: 'foreignSessionId', session: header.sessionId });
  });
}

/** A notice as a sentence. */
function noticeText(notice: HsmsNotice): string {
  switch (notice.kind) {
    case 'connectFailed':
      return `${notice.error.message}. Next attempt in ${notice.retrySeconds} s${hintText(notice.hint)}`;
    case 'refused':
      return `${endpointText(notice.remote)} was turned away: ${refusalText[notice.reason]}`;
    case 'openToAnyone':
      return `${endpointText(notice.local)} takes any peer: --from names the only one to serve`;
    case 'nobodyConnected':
      return `no connection within ${notice.seconds} s${hintText(notice.hint)}`;
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
export function connectFailure({ error, hint }: Extract<HsmsNotice, { kind: 'connectFailed' }>): CliError {
  return new CliError(`${error.message}${hintText(hint)}`, ExitCode.notConnected, { cause: error });
}

/** Why a connection was closed, and what to look at. */
export function closeText(reason: CloseReason, hint: HsmsHint | undefined): string {
  return describeClose(reason, hint);
}

/** A hint behind a sentence. */
function hintText(hint: HsmsHint | undefined): string {
  return hint === undefined ? '' : `. ${describeHint(hint)}`;
}

function remember(asked: Map<number, number>, { header }: HsmsPacket, now: number): void {
  if (!header.isData || !header.wBit) return;
  asked.set(header.systemBytes, now);
  if (asked.size <= OPEN_REQUESTS) return;
  for (const oldest of asked.keys()) {
    asked.delete(oldest);
    return;
  }
}

function replyNote(asked: Map<number, number>, packet: HsmsPacket, now: number): string {
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
