import { GemError } from '../../errors.js';
import type { SetupProblem } from '../events.js';

/** The wish is not true: what is wrong, each with its step, id and code. */
export class GemSetupError extends GemError {
  readonly problems: readonly SetupProblem[];

  constructor(problems: readonly SetupProblem[]) {
    const lines = problems.map(({ step, text }) => `\n  ${step}: ${text}`);
    super('GEM_SETUP_INCOMPLETE', `the set-up is not whole:${lines.join('')}`);
    this.problems = problems;
  }
}
