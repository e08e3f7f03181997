import { SecsRequestError } from '../../session/errors.js';
import type { CloseReason } from './close-reason.js';
import { describeClose, type HsmsHint } from './hints.js';

/**
 * The connection ended before, or while, the packet was handed to the socket. `reason` says why it ended.
 *
 * @example
 * ```ts
 * // given a selected session
 * import { HsmsConnectionClosedError } from 'rxsecs';
 * import { S } from 'rxsecs/secs2';
 *
 * try {
 *   await session.request(S(1, 1).w());
 * } catch (error) {
 *   if (!(error instanceof HsmsConnectionClosedError)) throw error;
 *   console.log(error.reason.kind, error.message);
 * }
 * ```
 */
export class HsmsConnectionClosedError extends SecsRequestError {
  declare readonly code: 'HSMS_CONNECTION_CLOSED';
  /** Why the connection ended. */
  readonly reason: CloseReason;
  declare readonly hint: HsmsHint | undefined;

  constructor(reason: CloseReason, hint?: HsmsHint, what = 'the packet was not sent') {
    super('HSMS_CONNECTION_CLOSED', 'closed', `${what}: ${describeClose(reason, hint)}`, {
      ...('error' in reason && { cause: reason.error }),
      ...(hint !== undefined && { hint }),
    });
    this.reason = reason;
  }
}
