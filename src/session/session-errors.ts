import { HsmsError, type HsmsErrorCode } from '../errors.js';
import type { HsmsHeader } from '../hsms/wire/header.js';
import { describeHint, type HsmsHint } from '../hsms/link/hints.js';
import type { SessionEnd } from '../hsms/session/session-core.js';

/** A request that failed; `hint` says what to look at, where that can be told. */
export class HsmsRequestError extends HsmsError {
  readonly hint: HsmsHint | undefined;

  constructor(code: HsmsErrorCode, message: string, hint?: HsmsHint) {
    super(code, hint === undefined ? message : `${message}. ${describeHint(hint)}`);
    this.hint = hint;
  }
}

/** T3 passed without a reply; the connection stays (E37). */
export class HsmsT3TimeoutError extends HsmsRequestError {
  constructor(
    name: string,
    /** How long the reply was waited for, in seconds. */
    readonly seconds: number,
  ) {
    super('HSMS_T3_TIMEOUT', `${name} was not answered within T3, ${seconds} s`);
  }
}

/** The peer answered with function 0: it gave the transaction up (E5). */
export class HsmsTransactionAbortedError extends HsmsRequestError {
  constructor(name: string) {
    super('HSMS_TRANSACTION_ABORTED', `${name} was aborted by the peer (function 0)`);
  }
}

/** The peer answered with Reject.req (E37). */
export class HsmsTransactionRejectedError extends HsmsRequestError {
  constructor(
    name: string,
    /** Reason code of the Reject.req; see `RejectReason`. */
    readonly rejectReason: number,
  ) {
    super('HSMS_TRANSACTION_REJECTED', `${name} was rejected by the peer with reason ${rejectReason}`);
  }
}

/** The peer, an equipment, answered with a message of stream 9 that names the request's header (E5). */
export class HsmsStream9Error extends HsmsRequestError {
  constructor(
    name: string,
    /** Function of the stream 9 message: 1, 3, 5, 7, 9 or 11. */
    readonly errorFunction: number,
    header: HsmsHeader,
  ) {
    super(
      'HSMS_STREAM_9',
      `${name} was answered by S9F${errorFunction}: ${stream9Text[errorFunction] ?? 'error'}`,
      errorFunction === 1 ? { kind: 'unknownDevice', sessionId: header.sessionId } : undefined,
    );
  }
}

/** The session ended while a request was open, and the connection did not: by Deselect or Separate. */
export class HsmsSessionEndedError extends HsmsRequestError {
  constructor(
    /** How it ended. */
    readonly end: SessionEnd,
  ) {
    super('HSMS_SESSION_ENDED', `no reply will come: the session was ended by ${end.kind}`);
  }
}

const stream9Text: Readonly<Record<number, string>> = {
  1: 'unrecognised device ID',
  3: 'unrecognised stream',
  5: 'unrecognised function',
  7: 'illegal data',
  9: 'transaction timer timeout',
  11: 'data too long',
};
