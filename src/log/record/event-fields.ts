import type { ClosedOn, Tagged } from '../../connection/events.js';
import type { ConnectionNotice, LinkEstablished, SecsConnection } from '../../connection/secs-connection.js';
import type { ControlEvent } from '../../hsms/session/session-events.js';
import type { SessionWarning, TransactionEvent } from '../../session/events.js';
import { nameOf, type DataHeader } from '../../session/header.js';
import { describeSessionEnd, type SessionEnd } from '../../session/session-end.js';
import { addressText } from './message-record.js';

/** How much an event matters, in the words that loggers have for it. */
export type EventLevel = 'debug' | 'info' | 'warn' | 'error';

/** Something that happened to a connection or session, for people and for programs. */
export interface LoggedEvent {
  readonly event: string;
  readonly level: EventLevel;
  /** A sentence for people. */
  readonly text: string;
  /** What is to be said about it, in plain JSON. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A link is up; one without addresses, a serial line, is told without them. */
export function establishedEvent({ local, remote }: LinkEstablished): LoggedEvent {
  if (local === undefined || remote === undefined) {
    return { event: 'established', level: 'info', text: 'connected', fields: {} };
  }
  const [from, to] = [addressText(local), addressText(remote)];
  return {
    event: 'established',
    level: 'info',
    text: `connected: ${from} with ${to}`,
    fields: { local: from, remote: to },
  };
}

export function stateEvent(state: string): LoggedEvent {
  return { event: 'state', level: 'debug', text: `the connection is ${state}`, fields: { state } };
}

/** `beforeClosed`, and `closed` with the packets that were not sent. */
export function closingEvent(
  event: 'beforeClosed' | 'closed',
  closing: Omit<ClosedOn<SecsConnection, Tagged, Tagged>, 'unsent'> & { readonly unsent?: number },
): LoggedEvent {
  const { connection, reason, hint, unsent } = closing;
  const orderly = ['local', 'separate', 'remoteClosed'].includes(reason.kind) && (unsent ?? 0) === 0;
  const after = orderly ? 'info' : 'warn';
  const text = connection.describeReason(reason);
  const said = hintFields(hint, connection);
  return {
    event,
    level: event === 'closed' ? after : 'debug',
    text: `${event === 'closed' ? 'closed' : 'about to close'}: ${withHint(text, said)}`,
    fields: { reason: reason.kind, text, ...said, ...(unsent !== undefined && { unsent }) },
  };
}

/** @param connection that it is about; undefined where it concerns none, as of a server's port */
export function noticeEvent(notice: ConnectionNotice, connection?: SecsConnection): LoggedEvent {
  const { kind, hint } = notice;
  const error = notice.error === undefined ? {} : errorFields(notice.error);
  const message = notice.error?.message ?? '';
  const said = connection === undefined ? {} : hintFields(hint, connection);
  const event = 'notice';
  switch (kind) {
    case 'connectFailed': {
      const { attempt, retrySeconds } = notice;
      const text = withHint(`attempt ${attempt ?? 1} failed: ${message}`, said);
      return {
        event,
        level: 'warn',
        text,
        fields: { notice: kind, attempt, retrySeconds, ...error, ...said },
      };
    }
    case 'refused': {
      const { reason = '', remote: peer } = notice;
      const remote = peer === undefined ? 'a peer' : addressText(peer);
      const text = `refused ${remote}: ${reason}`;
      return { event, level: 'warn', text, fields: { notice: kind, remote, reason, ...error } };
    }
    case 'openToAnyone': {
      const local = notice.local === undefined ? 'the port' : addressText(notice.local);
      return { event, level: 'info', text: `${local} takes any peer`, fields: { notice: kind, local } };
    }
    case 'nobodyConnected': {
      const { seconds } = notice;
      const text = withHint(`no connection within ${seconds ?? 0} s`, said);
      return { event, level: 'warn', text, fields: { notice: kind, seconds, ...said } };
    }
    case 'listenFailed':
    case 'acceptFailed': {
      const text = `${kind === 'listenFailed' ? 'cannot listen' : 'cannot accept'}: ${message}`;
      return { event, level: 'error', text, fields: { notice: kind, ...error } };
    }
    default: {
      const { text: told, fields } = lineNotice(notice);
      const what = message === '' ? told : `${kind}: ${message}`;
      const text =
        hint !== undefined && message.includes(said.hintText ?? kind) ? what : withHint(what, said);
      return { event, level: 'warn', text, fields: { notice: kind, ...fields, ...error, ...said } };
    }
  }
}

/** What notices of SECS-I have besides. */
interface LineNotice extends ConnectionNotice {
  readonly header?: DataHeader;
  readonly byte?: number;
}

/** A notice about a block, a message or a byte on a line. */
function lineNotice({ kind, reason, header, byte }: LineNotice): Pick<LoggedEvent, 'text' | 'fields'> {
  const about = header === undefined ? '' : ` ${nameOf(header)}, system bytes ${header.systemBytes}`;
  const of =
    byte === undefined ? about : ` byte 0x${byte.toString(16).padStart(2, '0')} means nothing where it came`;
  const why = reason === undefined ? '' : `, ${reason}`;
  return {
    text: of === '' ? kind : `${kind}:${of}${why}`,
    fields: {
      ...(header !== undefined && { sf: nameOf(header), system: header.systemBytes }),
      ...(reason !== undefined && { reason }),
      ...(byte !== undefined && { byte }),
    },
  };
}

/** A session can be used: HSMS says that it is selected. */
export function selectedEvent(session: number, protocol: SecsConnection['protocol']): LoggedEvent {
  const text = protocol === 'hsms' ? `session ${session} is selected` : `device ${session} is usable`;
  return { event: 'selected', level: 'info', text, fields: { session } };
}

export function endedEvent(session: number, end: SessionEnd, connection: SecsConnection): LoggedEvent {
  const text = end.kind === 'closed' ? describeSessionEnd(end) : end.kind;
  const ended =
    connection.protocol === 'hsms' ? `session ${session} has ended` : `device ${session} is no longer usable`;
  const why =
    end.kind === 'closed' ? { reason: end.reason.kind, text, ...hintFields(end.hint, connection) } : {};
  return {
    event: 'ended',
    level: 'info',
    text: `${ended}: ${text}`,
    fields: { session, by: end.kind, ...why },
  };
}

export function warningEvent(session: number, { kind, header }: SessionWarning): LoggedEvent {
  return {
    event: 'warning',
    level: 'warn',
    text: `session ${session} got data of session ${header.sessionId}`,
    fields: { session, warning: kind, header: header.toBytes().toString('hex') },
  };
}

/** A request that was not answered. */
export function transactionEvent(
  session: number,
  { header, outcome, seconds }: TransactionEvent,
): LoggedEvent {
  const sf = nameOf(header);
  return {
    event: 'transaction',
    level: 'warn',
    text: `${sf} of session ${session} (system bytes ${header.systemBytes}) was not answered: ${outcome} after ${rounded(seconds)} s`,
    fields: { session, sf, system: header.systemBytes, outcome, seconds: rounded(seconds) },
  };
}

/** A Select, Deselect or Linktest that did not end well. */
export function controlEvent({ procedure, sessionId, outcome, seconds }: ControlEvent): LoggedEvent {
  return {
    event: 'control',
    level: 'warn',
    text: `${procedure} ended with ${outcome} after ${rounded(seconds)} s`,
    fields: {
      procedure,
      ...(sessionId !== undefined && { session: sessionId }),
      outcome,
      seconds: rounded(seconds),
    },
  };
}

interface HintFields {
  readonly hint?: string;
  readonly hintText?: string;
}

function hintFields(hint: Tagged | undefined, connection: SecsConnection): HintFields {
  return hint === undefined ? {} : { hint: hint.kind, hintText: connection.describeHint(hint) };
}

function withHint(text: string, { hintText }: HintFields): string {
  return hintText === undefined ? text : `${text}. ${hintText}`;
}

function errorFields(error: Error): { error: string; code?: unknown } {
  return { error: error.message, ...('code' in error && { code: error.code }) };
}

/** Microseconds are what a time can be trusted to. */
function rounded(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}
