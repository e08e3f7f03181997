import { HsmsError } from '../errors.js';

/**
 * A line that is no record of a wire log, or a record that cannot be used; the message says which and why.
 *
 * @example
 * ```ts
 * import { readWireLog, WireLogError } from 'rxsecs/log';
 *
 * try {
 *   for await (const record of readWireLog(['no record'])) console.log(record);
 * } catch (error) {
 *   if (error instanceof WireLogError) console.log(error.line, error.message);
 * }
 * ```
 */
export class WireLogError extends HsmsError {
  /** Number of the line, from 1; undefined for a record that was not read from a log. */
  readonly line: number | undefined;

  constructor(message: string, line?: number, options?: ErrorOptions) {
    super(
      'HSMS_WIRE_LOG',
      line === undefined ? message : `line ${line} of the wire log: ${message}`,
      options,
    );
    this.line = line;
  }
}
