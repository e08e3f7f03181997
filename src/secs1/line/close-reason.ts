import { check } from '../../check.js';

/**
 * Why a line was closed: a union told apart by `kind`.
 *
 * - `local`: `disable()` or `dispose()` of this side.
 * - `remoteClosed`: the peer closed the connection (FIN). `reset`: it, or something between, reset it.
 * - `networkError`: the network failed.
 * - `portLost`: the serial port has gone: an adapter was pulled, say.
 * - `portError`: the serial port failed.
 * - `retryLimit`: a block failed in every try, and `onRetryLimit` is `reopen`.
 * - `takenOver`: the peer had gone silent and its new connection replaced this one.
 */
export type Secs1CloseReason =
  | { readonly kind: 'local' | 'remoteClosed' | 'takenOver' }
  | { readonly kind: 'reset' | 'networkError' | 'portLost' | 'portError'; readonly error: Error }
  | { readonly kind: 'retryLimit'; readonly tries: number };

const A_REASON = 'the reason of a close';

/**
 * A close reason as a sentence for a log. @throws HsmsArgumentError for what is none.
 *
 * @example
 * ```ts
 * import { dialLine, describeSecs1CloseReason, Secs1Connection } from 'rxsecs/secs1';
 *
 * const connection = new Secs1Connection(dialLine('127.0.0.1', 4000), 1);
 * connection.closed.subscribe(({ reason }) => console.log(describeSecs1CloseReason(reason)));
 * ```
 */
export function describeSecs1CloseReason(reason: Secs1CloseReason): string {
  check.tagged('reason', reason, A_REASON);
  switch (reason.kind) {
    case 'local':
      return 'closed by this side';
    case 'remoteClosed':
      return 'closed by the peer';
    case 'takenOver':
      return 'the silent connection was replaced by a new one from the same peer';
    case 'reset':
      return `reset: ${reason.error.message}`;
    case 'networkError':
      return `network error: ${reason.error.message}`;
    case 'portLost':
      return `the serial port has gone: ${reason.error.message}`;
    case 'portError':
      return `the serial port failed: ${reason.error.message}`;
    case 'retryLimit':
      return `a block failed in ${reason.tries} tries`;
    default:
      return check.refuse('reason', A_REASON, reason);
  }
}
