import type { GemRule, RuleDescription } from '../../rule.js';
import type { ToolProbe } from './tool-probe.js';

type Run = (tool: ToolProbe) => Promise<void>;

/** A rule that only reads. */
export const reading = (id: string, what: string, run: Run): GemRule<ToolProbe> => ({ id, what, run });

/** A rule that alters the tool. @param changes what it does, in the third person */
export const altering = (
  id: string,
  what: string,
  changes: string,
  run: Run,
  more: Pick<RuleDescription, 'loses' | 'operator'> = {},
): GemRule<ToolProbe> => ({ id, what, changes, run, ...more });
