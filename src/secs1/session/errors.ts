import { SecsRequestError } from '../../session/errors.js';
import { nameOf, type DataHeader } from '../../session/header.js';

/**
 * The peer does not want the message for which `request` asked a grant (E5). The message was not sent.
 *
 * @example
 * ```ts
 * import { dialLine, Secs1GrantError, Secs1Connection, Secs1Session } from 'rxsecs/secs1';
 * import { A, L, S } from 'rxsecs/secs2';
 *
 * const session = new Secs1Session(new Secs1Connection(dialLine('127.0.0.1', 4000), 1));
 * try {
 *   await session.request(S(7, 3).w(L(A('ETCH-1'), A('STEP 1'))));
 * } catch (error) {
 *   if (error instanceof Secs1GrantError) console.log(error.grant);
 * }
 * ```
 */
export class Secs1GrantError extends SecsRequestError {
  /** The code of the grant; undefined where the answer to the inquire has none. */
  readonly grant: number | undefined;

  constructor(
    message: Pick<DataHeader, 'stream' | 'function'>,
    inquire: Pick<DataHeader, 'stream' | 'function'>,
    grant: number | undefined,
  ) {
    super(
      'SECS1_GRANT_REFUSED',
      'unsent',
      `${nameOf(message)} was not sent: the peer answered ${nameOf(inquire)} with ${grant === undefined ? 'no code' : `code ${grant}`}, where 0 permits`,
    );
    this.grant = grant;
  }
}

/**
 * A reply began to come and was not finished within T4, or its blocks did not follow each other (E4).
 *
 * @example
 * ```ts
 * import { dialLine, Secs1BrokenReplyError, Secs1Connection, Secs1Session } from 'rxsecs/secs1';
 * import { A, L, S } from 'rxsecs/secs2';
 *
 * const session = new Secs1Session(new Secs1Connection(dialLine('127.0.0.1', 4000), 1));
 * try {
 *   await session.request(S(7, 3).w(L(A('ETCH-1'), A('STEP 1'))));
 * } catch (error) {
 *   if (error instanceof Secs1BrokenReplyError) console.log(error.message);
 * }
 * ```
 */
export class Secs1BrokenReplyError extends SecsRequestError {
  constructor(primary: DataHeader, reason: 't4' | 'broken', seconds: number) {
    super(
      'SECS1_T4_TIMEOUT',
      't3',
      `the reply to ${nameOf(primary)} began to come and ${reason === 't4' ? `paused for longer than T4, ${seconds} s` : 'then its blocks did not follow each other'}`,
    );
  }
}
