import { SecsRequestError } from '../../session/errors.js';
import { nameOf, type DataHeader } from '../../session/header.js';
import { describeSecs1CloseReason, type Secs1CloseReason } from './close-reason.js';
import { describeSecs1Hint, type Secs1Hint } from './hints.js';

/**
 * Why a try to send a block failed.
 *
 * - `noEot`: no EOT came for ENQ within T2. `noAck`: no ACK came for the block within T2. `naked`: NAK came.
 * - `notWritten`: the line took the block not within `sendTimeout`.
 * - `yieldFailed`: this side made way for the peer, whose block then did not come. `interrupted`: the peer sent ENQ in place of ACK.
 */
export type TryFailure = 'noEot' | 'noAck' | 'naked' | 'notWritten' | 'yieldFailed' | 'interrupted';

const TEXTS: Readonly<Record<TryFailure, string>> = {
  noEot: 'no EOT came for ENQ',
  noAck: 'no ACK came for the block',
  naked: 'the peer answered the block with NAK',
  notWritten: 'the line did not take the block',
  yieldFailed: 'the peer asked for the line and then sent no good block',
  interrupted: 'the peer sent ENQ in place of ACK',
};

/**
 * A block failed in RTY + 1 tries (E4). The link stays.
 *
 * @example
 * ```ts
 * import { dialLine, RetryLimitError, Secs1Connection, Secs1Session } from 'rxsecs/secs1';
 * import { A, L, S } from 'rxsecs/secs2';
 *
 * const session = new Secs1Session(new Secs1Connection(dialLine('127.0.0.1', 4000), 1));
 * try {
 *   await session.request(S(7, 3).w(L(A('ETCH-1'), A('STEP 1'))));
 * } catch (error) {
 *   if (error instanceof RetryLimitError) console.log(error.tries, error.lastFailure);
 * }
 * ```
 */
export class RetryLimitError extends SecsRequestError {
  /** How many times the block was tried. */
  readonly tries: number;
  /** Why the last try failed. */
  readonly lastFailure: TryFailure;
  declare readonly hint: Secs1Hint | undefined;

  constructor(header: DataHeader, tries: number, lastFailure: TryFailure, hint: Secs1Hint | undefined) {
    const advice = hint === undefined ? '' : `. ${describeSecs1Hint(hint)}`;
    super(
      'SECS1_RETRY_LIMIT',
      'unsent',
      `${nameOf(header)} was not sent: ${TEXTS[lastFailure]}, the last of ${tries} tries${advice}`,
      hint === undefined ? {} : { hint },
    );
    this.tries = tries;
    this.lastFailure = lastFailure;
  }
}

/**
 * The line closed before a message had been sent, or before its reply came.
 *
 * @example
 * ```ts
 * import { dialLine, Secs1ConnectionClosedError, Secs1Connection, Secs1Session } from 'rxsecs/secs1';
 * import { A, L, S } from 'rxsecs/secs2';
 *
 * const session = new Secs1Session(new Secs1Connection(dialLine('127.0.0.1', 4000), 1));
 * try {
 *   await session.request(S(7, 3).w(L(A('ETCH-1'), A('STEP 1'))));
 * } catch (error) {
 *   if (error instanceof Secs1ConnectionClosedError) console.log(error.reason.kind);
 * }
 * ```
 */
export class Secs1ConnectionClosedError extends SecsRequestError {
  /** Why the line closed. */
  readonly reason: Secs1CloseReason;

  constructor(reason: Secs1CloseReason) {
    super('SECS1_CONNECTION_CLOSED', 'closed', `the line was closed: ${describeSecs1CloseReason(reason)}`);
    this.reason = reason;
  }
}
