import { SecsError } from '../errors.js';

/** Why a bridge did not pass a message on, where the connection on the other side does not say it. */
export type BridgeErrorCode =
  | 'BRIDGE_NOT_USABLE'
  | 'BRIDGE_QUEUE_TIMEOUT'
  | 'BRIDGE_SENDER_GONE'
  | 'BRIDGE_FOREIGN_ID'
  | 'BRIDGE_OVERFLOW';

/**
 * A bridge did not pass a message on.
 *
 * @example
 * ```ts
 * import { HsmsPassiveConnection } from 'rxsecs';
 * import { BridgeError, SecsBridge } from 'rxsecs/bridge';
 * import { Secs1Connection, serialLine } from 'rxsecs/secs1';
 *
 * const tool = new Secs1Connection(serialLine('/dev/ttyUSB0'), 1);
 * const bridge = new SecsBridge(tool, new HsmsPassiveConnection('', 5000, 1));
 * bridge.notices.subscribe(({ error }) => {
 *   if (error instanceof BridgeError) console.log(error.code);
 * });
 * ```
 */
export class BridgeError extends SecsError {
  declare readonly code: BridgeErrorCode;

  constructor(code: BridgeErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}
