import { describeCloseReason, type CloseReason } from '../hsms/link/close-reason.js';
import type { HsmsNotice } from '../hsms/connection/notices.js';
import type { ClosedEvent, EstablishedEvent } from '../hsms/connection/connection.js';
import { describeHint, type HsmsHint } from '../hsms/link/hints.js';
import type { HsmsSessionEnd } from '../hsms/session/session-events.js';
import type { ControlEvent } from '../hsms/session/session-events.js';
import type { SessionWarning, TransactionEvent } from '../session/events.js';
import { addressText } from './message-record.js';
import { nameOf } from '../session/header.js';

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

export function establishedEvent({ local, remote }: EstablishedEvent): LoggedEvent {
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
  closing: Pick<ClosedEvent, 'reason' | 'hint'> & { readonly unsent?: number },
): LoggedEvent {
  const { reason, hint, unsent } = closing;
  const orderly = ['local', 'separate', 'remoteClosed'].includes(reason.kind) && (unsent ?? 0) === 0;
  const after = orderly ? 'info' : 'warn';
  const told = reasonFields(reason, hint);
  return {
    event,
    level: event === 'closed' ? after : 'debug',
    text: `${event === 'closed' ? 'closed' : 'about to close'}: ${withHint(told.text, hint)}`,
    fields: { ...told, ...(unsent !== undefined && { unsent }) },
  };
}

export function noticeEvent(notice: HsmsNotice): LoggedEvent {
  const { kind } = notice;
  const error = 'error' in notice && notice.error !== undefined ? errorFields(notice.error) : {};
  if (kind === 'connectFailed') {
    const { attempt, retrySeconds, hint } = notice;
    return {
      event: 'notice',
      level: 'warn',
      text: withHint(`attempt ${attempt} failed: ${notice.error.message}`, hint),
      fields: { notice: kind, attempt, retrySeconds, ...error, ...hintFields(hint) },
    };
  }
  if (kind === 'refused') {
    const remote = addressText(notice.remote);
    return {
      event: 'notice',
      level: 'warn',
      text: `refused ${remote}: ${notice.reason}`,
      fields: { notice: kind, remote, reason: notice.reason, ...error },
    };
  }
  const text = `${kind === 'listenFailed' ? 'cannot listen' : 'cannot accept'}: ${notice.error.message}`;
  return { event: 'notice', level: 'error', text, fields: { notice: kind, ...error } };
}

export function selectedEvent(session: number): LoggedEvent {
  return { event: 'selected', level: 'info', text: `session ${session} is selected`, fields: { session } };
}

export function endedEvent(session: number, end: HsmsSessionEnd): LoggedEvent {
  const why = end.kind === 'closed' ? reasonFields(end.reason, end.hint) : {};
  const text = end.kind === 'closed' ? describeCloseReason(end.reason) : end.kind;
  return {
    event: 'ended',
    level: 'info',
    text: `session ${session} has ended: ${text}`,
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

function reasonFields(reason: CloseReason, hint?: HsmsHint): { reason: string; text: string; hint?: string } {
  return { reason: reason.kind, text: describeCloseReason(reason), ...hintFields(hint) };
}

function hintFields(hint: HsmsHint | undefined): { hint?: string; hintText?: string } {
  return hint === undefined ? {} : { hint: hint.kind, hintText: describeHint(hint) };
}

function withHint(text: string, hint: HsmsHint | undefined): string {
  return hint === undefined ? text : `${text}. ${describeHint(hint)}`;
}

function errorFields(error: Error): { error: string; code?: unknown } {
  return { error: error.message, ...('code' in error && { code: error.code }) };
}

/** Microseconds are what a time can be trusted to. */
function rounded(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}
