import { SecsError } from '../errors.js';

/** The codes that are SECS-I's alone. Those of its sessions are in `SecsSessionErrorCode`. */
export type Secs1ErrorCode =
  | 'SECS1_MESSAGE_TOO_LONG'
  | 'SECS1_NOT_CONNECTED'
  | 'SECS1_CONNECTION_CLOSED'
  | 'SECS1_RETRY_LIMIT'
  | 'SECS1_QUEUE_FULL'
  | 'SECS1_NOT_USABLE'
  | 'SECS1_T4_TIMEOUT'
  | 'SECS1_GRANT_REFUSED'
  | 'SECS1_SERIALPORT_MISSING'
  | 'SECS1_PORT_FAILED';

/**
 * An error of a SECS-I connection or session that others do not have.
 *
 * @example
 * ```ts
 * import { Secs1Connection, Secs1Error, serialLine } from 'rxsecs/secs1';
 *
 * const connection = new Secs1Connection(serialLine('/dev/ttyUSB0', { baudRate: 9600 }), 1);
 * try {
 *   await connection.enable();
 * } catch (error) {
 *   if (error instanceof Secs1Error) console.log(error.code); // SECS1_SERIALPORT_MISSING, SECS1_PORT_FAILED …
 * }
 * ```
 */
export class Secs1Error extends SecsError {
  declare readonly code: Secs1ErrorCode;

  constructor(code: Secs1ErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}
