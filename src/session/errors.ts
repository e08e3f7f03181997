import { isInstance } from '../check.js';
import type { Tagged } from '../connection/events.js';
import { SecsError } from '../errors.js';
import { nameOf, type DataHeader } from './header.js';
import { describeSessionEnd, type SessionEnd } from './session-end.js';
import { stream9Text } from './stream9.js';

/**
 * How a request of ours ended.
 *
 * - `answered`: by its reply.
 * - `t3`: T3 passed. `aborted`: by function 0. `rejected`: by Reject.req (HSMS). `stream9`: by a message of stream 9.
 * - `ended`, `closed`: the session, or the link, ended first.
 * - `cancelled`: by its AbortSignal. `unsent`: it could not be sent.
 */
export type TransactionOutcome =
  'answered' | 't3' | 'aborted' | 'rejected' | 'stream9' | 'ended' | 'closed' | 'cancelled' | 'unsent';

/** The transports, each with its own prefix of error codes. */
export type Protocol = 'hsms' | 'secs1';

const PREFIXES = { hsms: 'HSMS', secs1: 'SECS1' } as const;

type Prefix = (typeof PREFIXES)[Protocol];

/** The codes that errors of a session have, whatever the transport. */
export type SecsSessionErrorCode =
  | `${Prefix}_T3_TIMEOUT`
  | `${Prefix}_TRANSACTION_ABORTED`
  | `${Prefix}_STREAM_9`
  | `${Prefix}_SESSION_ENDED`
  | `${Prefix}_ALREADY_REPLIED`;

/** The code of a transport: `HSMS_T3_TIMEOUT` of `hsms` and `T3_TIMEOUT`. */
function codeOf<Name extends string>(protocol: Protocol, name: Name): `${Prefix}_${Name}` {
  return `${PREFIXES[protocol]}_${name}`;
}

/**
 * A request, or another act of a session, that failed. Programs branch on `outcome`, the same for each transport.
 *
 * @example
 * ```ts
 * // given a selected session
 * import { SecsRequestError } from 'rxsecs';
 * import { S } from 'rxsecs/secs2';
 *
 * try {
 *   await session.request(S(1, 1).w());
 * } catch (error) {
 *   if (!(error instanceof SecsRequestError)) throw error;
 *   console.log(error.outcome, error.message);
 * }
 * ```
 */
export class SecsRequestError extends SecsError {
  /** How the transaction ended. */
  readonly outcome: Exclude<TransactionOutcome, 'answered'>;
  /** What to look at, where that can be told; the message says it in words. */
  readonly hint: Tagged | undefined;

  constructor(
    code: string,
    outcome: Exclude<TransactionOutcome, 'answered'>,
    message: string,
    options: ErrorOptions & { readonly hint?: Tagged } = {},
  ) {
    super(code, message, 'cause' in options ? { cause: options.cause } : undefined);
    this.outcome = outcome;
    this.hint = options.hint;
  }
}

/**
 * T3 passed without a reply; the connection stays (E5).
 *
 * @example
 * ```ts
 * // given a selected session
 * import { SecsT3TimeoutError } from 'rxsecs';
 * import { S } from 'rxsecs/secs2';
 *
 * try {
 *   await session.request(S(1, 1).w());
 * } catch (error) {
 *   if (!(error instanceof SecsT3TimeoutError)) throw error;
 *   console.log(error.message);
 * }
 * ```
 */
export class SecsT3TimeoutError extends SecsRequestError {
  /** How long the reply was waited for, in seconds. */
  readonly seconds: number;

  /** @param received the session ID of a message that would have been the reply, had it been ours */
  constructor(protocol: Protocol, header: DataHeader, seconds: number, received?: number) {
    const text = `${nameOf(header)} was not answered within T3, ${seconds} s`;
    const { sessionId } = header;
    const hint: OtherSessionId | undefined =
      received === undefined ? undefined : { kind: 'otherSessionId', sessionId, received };
    super(
      codeOf(protocol, 'T3_TIMEOUT'),
      't3',
      hint === undefined ? text : `${text}. ${otherSessionIdText(hint)}`,
      hint === undefined ? {} : { hint },
    );
    this.seconds = seconds;
  }
}

/**
 * The peer answered with function 0: it gave the transaction up (E5).
 *
 * @example
 * ```ts
 * // given a selected session
 * import { SecsTransactionAbortedError } from 'rxsecs';
 * import { S } from 'rxsecs/secs2';
 *
 * try {
 *   await session.request(S(1, 1).w());
 * } catch (error) {
 *   if (!(error instanceof SecsTransactionAbortedError)) throw error;
 *   console.log(error.message);
 * }
 * ```
 */
export class SecsTransactionAbortedError extends SecsRequestError {
  constructor(protocol: Protocol, header: DataHeader) {
    super(
      codeOf(protocol, 'TRANSACTION_ABORTED'),
      'aborted',
      `${nameOf(header)} was aborted by the peer (function 0)`,
    );
  }
}

/**
 * The peer, an equipment, answered with a message of stream 9 that names the request's header (E5).
 *
 * @example
 * ```ts
 * // given a selected session
 * import { SecsStream9Error } from 'rxsecs';
 * import { S } from 'rxsecs/secs2';
 *
 * try {
 *   await session.request(S(1, 1).w());
 * } catch (error) {
 *   if (!(error instanceof SecsStream9Error)) throw error;
 *   console.log(error.message);
 * }
 * ```
 */
export class SecsStream9Error extends SecsRequestError {
  /** Function of the stream 9 message: 1, 3, 5, 7, 9 or 11. */
  readonly errorFunction: number;

  constructor(protocol: Protocol, header: DataHeader, errorFunction: number) {
    const text = `${nameOf(header)} was answered by S9F${errorFunction}: ${stream9Text(errorFunction)}`;
    const { sessionId } = header;
    const unknown = errorFunction === 1;
    super(
      codeOf(protocol, 'STREAM_9'),
      'stream9',
      unknown ? `${text}. ${unknownDeviceText(sessionId)}` : text,
      unknown ? { hint: { kind: 'unknownDevice', sessionId } as UnknownDevice } : {},
    );
    this.errorFunction = errorFunction;
  }
}

/**
 * The session ended while a request was open, and the link did not: by Deselect or Separate (E37).
 *
 * @example
 * ```ts
 * // given a selected session
 * import { SecsSessionEndedError } from 'rxsecs';
 * import { S } from 'rxsecs/secs2';
 *
 * try {
 *   await session.request(S(1, 1).w());
 * } catch (error) {
 *   if (!(error instanceof SecsSessionEndedError)) throw error;
 *   console.log(error.message);
 * }
 * ```
 */
export class SecsSessionEndedError extends SecsRequestError {
  /** How it ended. */
  readonly end: SessionEnd;

  constructor(protocol: Protocol, end: SessionEnd) {
    super(
      codeOf(protocol, 'SESSION_ENDED'),
      'ended',
      `no reply will come: the session was ${describeSessionEnd(end)}`,
    );
    this.end = end;
  }
}

/** A hint: what would have been the reply came with a session ID that is not ours. */
export interface OtherSessionId {
  readonly kind: 'otherSessionId';
  /** Ours. */
  readonly sessionId: number;
  /** That of the message. */
  readonly received: number;
}

export function otherSessionIdText({ sessionId, received }: OtherSessionId): string {
  return (
    `A reply with its system bytes came with session ID ${received}, ours is ${sessionId}: ` +
    'compare the device ID on both sides'
  );
}

/** A hint: the peer does not know the session ID (device ID) of our messages. */
export interface UnknownDevice {
  readonly kind: 'unknownDevice';
  readonly sessionId: number;
}

export function unknownDeviceText(sessionId: number): string {
  return `The peer does not know session ID ${sessionId}: compare the device ID on both sides`;
}

/**
 * How a request ended that failed with this; what is no error of this library is the reason of a signal.
 *
 * @example
 * ```ts
 * // given a selected session
 * import { outcomeOf } from 'rxsecs';
 * import { S } from 'rxsecs/secs2';
 *
 * try {
 *   await session.request(S(1, 1).w());
 * } catch (error) {
 *   if (outcomeOf(error) === 't3') console.log('no reply in time');
 * }
 * ```
 */
export function outcomeOf(error: unknown): Exclude<TransactionOutcome, 'answered'> {
  if (isInstance(error, SecsRequestError)) return error.outcome;
  return isInstance(error, SecsError) ? 'unsent' : 'cancelled';
}

/**
 * A reply that cannot be given: the primary was answered already, or the session that it came in has ended.
 *
 * @example
 * ```ts
 * // given a session
 * import { SecsReplyError } from 'rxsecs';
 *
 * session.primaries.subscribe(async (primary) => {
 *   await primary.reply();
 *   try {
 *     await primary.reply();
 *   } catch (error) {
 *     if (error instanceof SecsReplyError) console.log(error.message); // replied already
 *   }
 * });
 * ```
 */
export class SecsReplyError extends SecsError {
  declare readonly code: SecsSessionErrorCode;

  constructor(protocol: Protocol, name: 'ALREADY_REPLIED' | 'SESSION_ENDED', message: string) {
    super(codeOf(protocol, name), message);
  }
}
