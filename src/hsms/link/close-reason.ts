import { check } from '../../check.js';
import { rejectReasonText, selectStatusText } from '../wire/control-text.js';

/**
 * Why a TCP connection ended: a union told apart by `kind`.
 *
 * - `local`: `disable()` or `dispose()` of this side.
 * - `remoteClosed`: the peer closed (FIN). `partialBytes` above 0 means that it stopped in the middle of a frame.
 * - `reset`: the peer or something between reset the connection (RST, broken pipe).
 * - `networkError`: the network failed: host unreachable, keep-alive unanswered …
 * - `t8`: longer than T8 passed between two bytes of one frame (E37).
 * - `frameTimeout`: a frame took longer than `frameTimeout`.
 * - `frameTooShort`, `frameTooLong`: a message length below a header or above `maxPacketBytes`.
 * - `sendTimeout`: the peer took no byte for `sendTimeout` seconds while there was something to send.
 * - `unreadAnswers`: the peer kept asking for answers and did not read them; `answers` of them were waiting.
 * - `takenOver`: the peer had gone silent and its new connection replaced this one.
 * - `separate`: the peer ended the session with Separate.req.
 * - `t6`: Select.req or Deselect.req was not answered within T6.
 * - `t7`: no session was selected within T7.
 * - `linktest`: `failures` Linktest.req in a row were not answered within T6.
 * - `selectRefused`: the peer answered our Select.req with this status, or rejected it with this reason.
 */
export type CloseReason =
  | { readonly kind: 'local' }
  | { readonly kind: 'remoteClosed'; readonly partialBytes: number }
  | { readonly kind: 'reset'; readonly error: Error }
  | { readonly kind: 'networkError'; readonly error: Error }
  | { readonly kind: 't8'; readonly seconds: number; readonly partialBytes: number }
  | { readonly kind: 'frameTimeout'; readonly seconds: number; readonly partialBytes: number }
  | { readonly kind: 'frameTooShort'; readonly length: number }
  | { readonly kind: 'frameTooLong'; readonly length: number; readonly maxPacketBytes: number }
  | { readonly kind: 'sendTimeout'; readonly seconds: number; readonly queuedBytes: number }
  | { readonly kind: 'unreadAnswers'; readonly answers: number }
  | { readonly kind: 'takenOver' }
  | { readonly kind: 'separate' }
  | { readonly kind: 't6'; readonly procedure: 'select' | 'deselect'; readonly seconds: number }
  | { readonly kind: 't7'; readonly seconds: number }
  | { readonly kind: 'linktest'; readonly failures: number; readonly seconds: number }
  | { readonly kind: 'selectRefused'; readonly status?: number; readonly rejectReason?: number };

const A_REASON = 'a close reason, as the events beforeClosed and closed have';

/**
 * A close reason as a sentence for a log: what happened and, where it can be told, what to look at.
 *
 * @example
 * ```ts
 * // given a connection
 * import { describeCloseReason } from 'rxsecs';
 *
 * connection.closed.subscribe(({ reason }) => console.log(describeCloseReason(reason)));
 * ```
 * @throws HsmsArgumentError for what is none.
 */
export function describeCloseReason(reason: CloseReason): string {
  check.tagged('reason', reason, A_REASON);
  switch (reason.kind) {
    case 'local':
      return 'closed by this side';
    case 'remoteClosed':
      return reason.partialBytes === 0
        ? 'closed by the peer'
        : `closed by the peer in the middle of a frame, after ${reason.partialBytes} of its bytes`;
    case 'reset':
      return `reset: ${reason.error.message}`;
    case 'networkError':
      return `network error: ${reason.error.message}`;
    case 't8':
      return `T8: the peer paused for more than ${reason.seconds} s after ${reason.partialBytes} bytes of a frame`;
    case 'frameTimeout':
      return `the peer took more than frameTimeout ${reason.seconds} s for one frame, ${reason.partialBytes} bytes of it came`;
    case 'frameTooShort':
      return `message length ${reason.length} is below a header: the peer does not speak HSMS or is out of step`;
    case 'frameTooLong':
      return `message length ${reason.length} is above maxPacketBytes ${reason.maxPacketBytes}`;
    case 'sendTimeout':
      return `the peer took no byte for ${reason.seconds} s; ${reason.queuedBytes} bytes were waiting`;
    case 'unreadAnswers':
      return `the peer does not read: ${reason.answers} answers to its own messages were waiting`;
    case 'takenOver':
      return 'the silent connection was replaced by a new one from the same peer';
    case 'separate':
      return 'the peer ended the session (Separate.req)';
    case 't6':
      return `T6: the peer did not answer ${reason.procedure === 'select' ? 'Select.req' : 'Deselect.req'} within ${reason.seconds} s`;
    case 't7':
      return `T7: no session was selected within ${reason.seconds} s`;
    case 'linktest':
      return `${reason.failures} Linktest.req in a row went unanswered for ${reason.seconds} s each`;
    case 'selectRefused':
      return reason.status === undefined
        ? `the peer rejected Select.req with reason ${reason.rejectReason === undefined ? 'unknown' : rejectReasonText(reason.rejectReason)}`
        : `the peer refused Select.req with status ${selectStatusText(reason.status)}`;
    default:
      return check.refuse('reason', A_REASON, reason);
  }
}

const resetCodes: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);

/** Sorts an error of a socket into `reset` or `networkError`. */
export function reasonOfSocketError(error: Error): CloseReason {
  const code = 'code' in error ? String(error.code) : '';
  return { kind: resetCodes.has(code) ? 'reset' : 'networkError', error };
}
