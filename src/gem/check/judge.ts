import { faultOf, type Probe } from './probe.js';
import { RuleSkip, type GemRule, type RuleResult } from './rule.js';

/** What a run may do. */
export interface Allowed {
  readonly change: boolean | 'all';
  /** Ids of rules, or their beginnings; all by default. */
  readonly rules: readonly string[] | undefined;
  readonly operator: boolean;
}

/** Why a rule is not judged; undefined where it may be. */
function notAllowed({ changes, loses, operator }: GemRule<never>, allowed: Allowed): string | undefined {
  if (changes !== undefined && allowed.change === false) return `it alters something: it ${changes}`;
  if (loses !== undefined && allowed.change !== 'all') return `it loses something for good: ${loses}`;
  return operator === true && !allowed.operator ? 'it takes somebody who operates the tool' : undefined;
}

/** Whether a rule is among those that are wanted: `G-40` names G-40a and G-40b, and not G-401. */
export function isWanted(id: string, wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || wanted.some((name) => id === name || id.replace(/[a-z]$/, '') === name);
}

/** Judges rules one after the other. @throws what a request rejects with where the link ends; the signal's reason. */
export async function judgeAll<Context extends Probe>(
  rules: readonly GemRule<Context>[],
  probe: Context,
  allowed: Allowed,
  onResult: ((result: RuleResult) => void) | undefined,
  signal: AbortSignal | undefined,
): Promise<readonly RuleResult[]> {
  const results: RuleResult[] = [];
  for (const rule of rules.filter(({ id }) => isWanted(id, allowed.rules))) {
    signal?.throwIfAborted();
    const result = await judge(rule, probe, allowed);
    results.push(result);
    onResult?.(result);
  }
  return results;
}

async function judge<Context extends Probe>(
  rule: GemRule<Context>,
  probe: Context,
  allowed: Allowed,
): Promise<RuleResult> {
  const { id, what } = rule;
  const why = notAllowed(rule, allowed);
  if (why !== undefined) return { id, what, verdict: 'SKIP', reason: why, trace: [] };
  await probe.ready();
  probe.forget();
  let [verdict, reason]: [RuleResult['verdict'], string] = ['PASS', ''];
  try {
    await rule.run(probe);
  } catch (error) {
    [verdict, reason] = [error instanceof RuleSkip ? 'SKIP' : 'FAIL', faultOf(error)];
  }
  const { left, trace } = await probe.endRule();
  if (left.length > 0) {
    reason = [reason, ...left.map((text) => `not put back: ${text}`)]
      .filter((text) => text !== '')
      .join('; ');
    verdict = 'FAIL';
  }
  return { id, what, verdict, reason, trace };
}
