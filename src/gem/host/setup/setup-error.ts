import { GemError } from '../../errors.js';
import type { SetupProblem } from '../events.js';

/**
 * The wish is not true: what is wrong, each with its step, id and code.
 *
 * @example
 * ```ts
 * // given a session
 * import { GemHost, GemSetupError } from 'rxsecs/gem';
 *
 * const host = new GemHost(session, { profile: { variables: { Pressure: { id: 2001 } }, constants: { Temperature: { id: 101 } } } });
 * try {
 *   await host.ready();
 * } catch (error) {
 *   if (error instanceof GemSetupError) for (const { step, text } of error.problems) console.log(step, text);
 * }
 * ```
 */
export class GemSetupError extends GemError {
  readonly problems: readonly SetupProblem[];

  constructor(problems: readonly SetupProblem[]) {
    const lines = problems.map(({ step, text }) => `\n  ${step}: ${text}`);
    super('GEM_SETUP_INCOMPLETE', `the set-up is not whole:${lines.join('')}`);
    this.problems = problems;
  }
}
