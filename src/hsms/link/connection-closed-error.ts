import { SecsRequestError } from '../../session/errors.js';
import type { CloseReason } from './close-reason.js';
import { describeClose, type HsmsHint } from './hints.js';

/** The connection ended before, or while, the packet was handed to the socket. `reason` says why it ended. */
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
