import type { KnownNames } from '../../check.js';
import type { SecsSession } from '../../session/secs-session.js';
import { check, checkFunctions, checkSeconds } from '../check-values.js';
import { isWanted } from './judge.js';
import type { ProbeTimes } from './probe.js';
import type { RuleResult } from './rule.js';

/** Options of every conformance run. */
export interface CheckRunOptions {
  /** Rules to judge, by their ids; `G-40` stands for G-40a, G-40b and so on. Default: all. */
  readonly rules?: readonly string[];
  /** Seconds that the peer may take for what it does by itself. Default 10. */
  readonly patience?: number;
  /** Seconds after which what has not come counts as not coming. Default 2. */
  readonly quiet?: number;
  /** Told of each rule as it ends. */
  readonly onResult?: (result: RuleResult) => void;
  /** Ends the run. */
  readonly signal?: AbortSignal;
}

/** The names of the options that every run has. */
export const RUN_NAMES = { rules: true, patience: true, quiet: true, onResult: true, signal: true } as const;

/** @throws GemArgumentError for what is not the session of this side. */
export function checkSession(session: SecsSession, entity: 'host' | 'equipment'): void {
  check.methods('session', session, ['request', 'send', 'usable'], 'a SecsSession, as HsmsSession');
  const read = check.fields('session', session, ['entity', 'connection', 'events']);
  const side = entity === 'host' ? 'a host' : 'an equipment';
  check.oneOf(`the entity of the session, which judges as ${side},`, read.entity, [entity]);
}

/** Checks what a conformance run is given. @throws GemArgumentError naming the value and what is allowed */
export function checkedRun<T extends CheckRunOptions>(
  given: T | null | undefined,
  names: KnownNames<T>,
  known: readonly string[],
): T & { readonly times: ProbeTimes } {
  const options = check.options('options', given, names);
  const { rules, patience = 10, quiet = 2 } = options;
  checkSeconds({ patience, quiet }, 'patience', 'quiet');
  checkFunctions({ onResult: options.onResult }, 'onResult');
  check.signal('signal', options.signal);
  for (const rule of rules === undefined ? [] : check.array('rules', rules, 'an array of ids of rules')) {
    const isKnown = typeof rule === 'string' && known.some((id) => isWanted(id, [rule]));
    if (!isKnown) check.refuse('rules', `an array of ids of rules (${known.join(', ')})`, rule);
  }
  return { ...options, times: { patience, quiet } };
}
