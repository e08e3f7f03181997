import { SecsError } from '../errors.js';

/** Why a bridge did not pass a message on, where the connection on the other side does not say it. */
export type BridgeErrorCode =
  | 'BRIDGE_NOT_USABLE'
  | 'BRIDGE_QUEUE_TIMEOUT'
  | 'BRIDGE_SENDER_GONE'
  | 'BRIDGE_FOREIGN_ID'
  | 'BRIDGE_OVERFLOW';

/** A bridge did not pass a message on. */
export class BridgeError extends SecsError {
  declare readonly code: BridgeErrorCode;

  constructor(code: BridgeErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}
