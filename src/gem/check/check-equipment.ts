import type { KnownNames } from '../../check.js';
import type { SecsSession } from '../../session/secs-session.js';
import type { ToolProfile } from '../profile/tool-profile.js';
import { check } from '../check-values.js';
import { checkProfile } from '../profile/check-profile.js';
import { checkedRun, checkSession, RUN_NAMES, type CheckRunOptions } from './check-options.js';
import { EQUIPMENT_RULES } from './equipment/rules.js';
import { ToolProbe, type CheckCommand, type OperatorTask } from './equipment/support/tool-probe.js';
import { isWanted, judgeAll } from './judge.js';
import { descriptionOf, type RuleDescription, type RuleResult } from './rule.js';

/** Options of a conformance run on an equipment. */
export interface CheckOptions extends CheckRunOptions {
  /**
   * Judges the rules that alter the tool too, and puts back what they change. `'all'`: also those after which something cannot be
   * put back. Default false: they are SKIP.
   */
  readonly change?: boolean | 'all';
  /** What the tool calls things, and the formats of its ids, where it does not tell them. */
  readonly profile?: ToolProfile;
  /** A remote command that may be carried out, with parameters that are right. Without it some rules are SKIP. */
  readonly command?: CheckCommand;
  /** Has somebody do something at the tool; resolves with true when it is done. Without it some rules are SKIP. */
  readonly operator?: (task: OperatorTask) => Promise<boolean>;
}

/**
 * The rules that an equipment is judged by, in their order.
 *
 * @example
 * ```ts
 * import { equipmentRules } from 'rxsecs/gem';
 *
 * for (const rule of equipmentRules()) console.log(rule);
 * ```
 */
export function equipmentRules(): readonly RuleDescription[] {
  return EQUIPMENT_RULES.map(descriptionOf);
}

/**
 * What a run with these options changes on a tool, rule by rule; nothing without `change`.
 *
 * @example
 * ```ts
 * import { equipmentChanges } from 'rxsecs/gem';
 *
 * for (const rule of equipmentChanges()) console.log(rule);
 * ```
 */
export function equipmentChanges(options?: CheckOptions): readonly RuleDescription[] {
  const { change, rules, operator } = checked(options);
  if (change === false) return [];
  return equipmentRules().filter(
    (rule) =>
      rule.changes !== undefined &&
      isWanted(rule.id, rules) &&
      (rule.loses === undefined || change === 'all') &&
      (rule.operator === undefined || operator !== undefined),
  );
}

/**
 * Judges an equipment by what GEM (E30) wants of it, on a session of a host that can be used and that nobody else uses meanwhile:
 * one rule at a time. It only reads, unless `change` is given. What the tool sends by itself is acknowledged.
 *
 * @example
 * ```ts
 * import { HsmsActiveConnection, HsmsSession } from 'rxsecs';
 * import { checkEquipment } from 'rxsecs/gem';
 *
 * const session = new HsmsSession(new HsmsActiveConnection('127.0.0.1', 5000, 0));
 * await session.connection.enable();
 * await session.selected();
 * for (const { id, verdict, reason } of await checkEquipment(session)) console.log(id, verdict, reason);
 * ```
 * @throws GemArgumentError for an option that is not as it must be; what `request` rejects with where the link is lost; the signal's
 * reason.
 */
export async function checkEquipment(
  session: SecsSession,
  options?: CheckOptions,
): Promise<readonly RuleResult[]> {
  checkSession(session, 'host');
  const { change, profile, command, operator, rules, times, signal, onResult } = checked(options);
  const probe = new ToolProbe(session, times, signal, { profile, command, operator, change });
  try {
    await probe.begin();
    const allowed = { change, rules, operator: operator !== undefined };
    return await judgeAll(EQUIPMENT_RULES, probe, allowed, onResult, signal);
  } finally {
    probe.stop();
  }
}

/** The options of a run, checked. @throws GemArgumentError */
function checked(
  options: CheckOptions | undefined,
): ReturnType<typeof checkedRun<CheckOptions>> & { readonly change: boolean | 'all' } {
  const known = EQUIPMENT_RULES.map(({ id }) => id);
  const read = checkedRun(options, OPTIONS, known);
  const { change = false, profile, command, operator } = read;
  if (profile !== undefined) checkProfile(profile);
  if (typeof change !== 'boolean' && (change as unknown) !== 'all')
    check.refuse('change', "true, false or 'all'", change);
  if (command !== undefined) check.text('command.name', check.fields('command', command, ['name']).name);
  if (operator !== undefined) check.fn('operator', operator);
  return { ...read, change };
}

const OPTIONS: KnownNames<CheckOptions> = {
  owner: 'checkEquipment',
  names: { ...RUN_NAMES, change: true, profile: true, command: true, operator: true },
};
