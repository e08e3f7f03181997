import type { KnownNames } from '../../check.js';
import type { SecsSession } from '../../session/secs-session.js';
import { check } from '../check-values.js';
import { checkProfile } from '../profile/check-profile.js';
import type { ToolProfile } from '../profile/tool-profile.js';
import { checkedRun, checkSession, RUN_NAMES, type CheckRunOptions } from './check-options.js';
import { HostProbe } from './host/host-probe.js';
import { HOST_RULES } from './host/rules.js';
import { judgeAll } from './judge.js';
import { descriptionOf, type RuleDescription, type RuleResult } from './rule.js';

/** Options of a conformance run on a host. */
export interface HostCheckOptions extends CheckRunOptions {
  /** Judges the rules that leave something with the host too. Default false: they are SKIP. */
  readonly change?: boolean;
  /** What the tool that is played has: names, ids and formats of values. */
  readonly profile?: ToolProfile;
}

/**
 * The rules that a host is judged by, in their order.
 *
 * @example
 * ```ts
 * import { hostRules } from 'rxsecs/gem';
 *
 * for (const rule of hostRules()) console.log(rule);
 * ```
 */
export function hostRules(): readonly RuleDescription[] {
  return HOST_RULES.map(descriptionOf);
}

/**
 * Judges a host by what it makes of a tool, which is played: it accepts whatever the host defines, tells of events and alarms,
 * restarts, loses the link, and does not answer. The session is that of an equipment, with `autoS9: false`, and nobody else uses it
 * meanwhile; the run begins when it can be used. Links are ended and made again: the host has to connect again, or to listen on.
 *
 * @example
 * ```ts
 * import { HsmsPassiveConnection, HsmsSession } from 'rxsecs';
 * import { checkHost } from 'rxsecs/gem';
 *
 * const connection = new HsmsPassiveConnection('', 5000, 0);
 * const session = new HsmsSession(connection, { entity: 'equipment', autoS9: false });
 * await connection.enable();
 * for (const { id, verdict, reason } of await checkHost(session)) console.log(id, verdict, reason);
 * ```
 * @throws GemArgumentError for an option that is not as it must be; what `request` rejects with where the link is lost; the signal's
 * reason.
 */
export async function checkHost(
  session: SecsSession,
  options?: HostCheckOptions,
): Promise<readonly RuleResult[]> {
  checkSession(session, 'equipment');
  const known = HOST_RULES.map(({ id }) => id);
  const read = checkedRun(options, OPTIONS, known);
  const { change = false, profile, rules, times, signal, onResult } = read;
  check.boolean('change', change);
  if (profile !== undefined) checkProfile(profile);
  const probe = new HostProbe(session, times, signal, profile);
  try {
    await session.usable(signal === undefined ? {} : { signal });
    await probe.establish();
    const { enabled, linked, silenced } = probe.definitions;
    const trace = probe.takeTrace();
    const restore = probe.definitions.keep();
    probe.first = { enabled, linked, silenced, trace, restore, requests: [...probe.requests] };
    const allowed = { change, rules, operator: false };
    return await judgeAll(HOST_RULES, probe, allowed, onResult, signal);
  } finally {
    probe.stop();
  }
}

const OPTIONS: KnownNames<HostCheckOptions> = {
  owner: 'checkHost',
  names: { ...RUN_NAMES, change: true, profile: true },
};
