import { SecsRequestError } from '../../session/errors.js';
import { nameOf, type DataHeader } from '../../session/header.js';
import { rejectReasonText } from '../wire/control-text.js';

/**
 * The peer answered a request with Reject.req (E37).
 *
 * @example
 * ```ts
 * // given a selected session
 * import { HsmsTransactionRejectedError } from 'rxsecs';
 * import { S } from 'rxsecs/secs2';
 *
 * try {
 *   await session.request(S(1, 1).w());
 * } catch (error) {
 *   if (!(error instanceof HsmsTransactionRejectedError)) throw error;
 *   console.log(error.message);
 * }
 * ```
 */
export class HsmsTransactionRejectedError extends SecsRequestError {
  declare readonly code: 'HSMS_TRANSACTION_REJECTED';
  /** Reason code of the Reject.req; see `RejectReason`. */
  readonly rejectReason: number;

  constructor(header: DataHeader, rejectReason: number) {
    super(
      'HSMS_TRANSACTION_REJECTED',
      'rejected',
      `${nameOf(header)} was rejected by the peer with reason ${rejectReasonText(rejectReason)}`,
    );
    this.rejectReason = rejectReason;
  }
}
