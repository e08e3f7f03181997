import { SecsError } from '../errors.js';

/** The stable codes of the errors of this room. Programs branch on these, never on messages. */
export type GemErrorCode =
  | 'GEM_INVALID_MODEL'
  | 'GEM_INVALID_ARGUMENT'
  | 'GEM_NOT_ALLOWED'
  | 'GEM_NOT_DELIVERED'
  | 'GEM_DISPOSED'
  | 'GEM_SETUP_INCOMPLETE'
  | 'GEM_REFUSED'
  | 'GEM_NOT_SERVED'
  | 'GEM_NOT_COMPLETED'
  | 'GEM_OUTCOME_UNKNOWN'
  | 'GEM_STORE_DAMAGED'
  | 'GEM_STORE_FORMAT'
  | 'GEM_STORE_LOCKED'
  | 'GEM_STORE_CLOSED'
  | 'GEM_STORE_FAILED'
  | 'GEM_STORE_FULL'
  | 'GEM_STORE_NOT_FOUND';

/**
 * Base class of the errors of GEM: a stable `code`, and a message that names the value at fault.
 *
 * @example
 * ```ts
 * import { defineEquipment, GemError } from 'rxsecs/gem';
 *
 * try {
 *   defineEquipment({ model: '', softwareRevision: '1.0' });
 * } catch (error) {
 *   if (error instanceof GemError) console.log(error.code, error.message);
 * }
 * ```
 */
export class GemError extends SecsError {
  declare readonly code: GemErrorCode;

  constructor(code: GemErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}

/**
 * An argument is outside what is allowed; the message names it and what is allowed.
 *
 * @example
 * ```ts
 * // given a session
 * import { GemArgumentError, GemHost } from 'rxsecs/gem';
 *
 * const host = new GemHost(session, { profile: { commands: { START: { parameters: {} } } } });
 * try {
 *   await host.command('START', { PPID: 'ETCH-1' });
 * } catch (error) {
 *   if (error instanceof GemArgumentError) console.log(error.message); // the profile knows no PPID
 * }
 * ```
 */
export class GemArgumentError extends GemError {
  constructor(message: string) {
    super('GEM_INVALID_ARGUMENT', message);
  }
}

/** What is wrong with one entry of a model. */
export interface ModelProblem {
  /** Where it stands: `variables.ChamberPressure.id`. */
  readonly path: string;
  /** What is wrong, as a sentence without the path: `must be …, received …`. */
  readonly message: string;
}

/**
 * A model does not describe an equipment: every problem at once, each naming its entry.
 *
 * @example
 * ```ts
 * import { defineEquipment, GemModelError } from 'rxsecs/gem';
 *
 * try {
 *   defineEquipment({ model: 'ETCHER', softwareRevision: '1.0', commands: { GO: {} } });
 * } catch (error) {
 *   if (error instanceof GemModelError) console.log(error.message); // a line for each entry that is wrong
 * }
 * ```
 */
export class GemModelError extends GemError {
  readonly problems: readonly ModelProblem[];

  constructor(problems: readonly ModelProblem[]) {
    const lines = problems.map(({ path, message }) => `\n  ${path} ${message}`);
    super('GEM_INVALID_MODEL', `the model has ${count(problems.length)}:${lines.join('')}`);
    this.problems = problems;
  }
}

function count(problems: number): string {
  return problems === 1 ? 'one problem' : `${problems} problems`;
}
