import type { KnownNames } from '../../check.js';
import { check } from '../check-values.js';
import { Secs2Error, type SecsMessage } from '../../secs2/index.js';
import { outcomeOf, SecsStream9Error } from '../../session/errors.js';
import type { SecsSession } from '../../session/secs-session.js';
import { EQUIPMENT_RULES } from './equipment-rules.js';
import { RuleFailure, RuleSkip, type GemRule, type RuleContext } from './rule.js';

/** What a rule came to. */
export interface RuleResult {
  readonly id: string;
  readonly what: string;
  readonly verdict: 'PASS' | 'FAIL' | 'SKIP';
  /** Why it is FAIL or SKIP; empty for PASS. */
  readonly reason: string;
  /** What was sent and what came, as SML, in order. */
  readonly trace: readonly string[];
}

/** Options of a conformance run. */
export interface CheckOptions {
  /** Judges the rules that alter the tool too. Default false: they are SKIP. */
  readonly change?: boolean;
  /** Told of each rule as it ends. */
  readonly onResult?: (result: RuleResult) => void;
  readonly signal?: AbortSignal;
}

/** What a run with `change` would change on a tool, rule by rule. */
export function equipmentChanges(): readonly Pick<GemRule, 'id' | 'changes'>[] {
  return EQUIPMENT_RULES.filter(({ changes }) => changes !== undefined).map(({ id, changes = '' }) => ({
    id,
    changes,
  }));
}

/**
 * Judges an equipment by what GEM (E30) wants of it, on a session that can be used: one request at a time, each rule on its own.
 * It only reads, unless `change` is given.
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
 * @throws what `request` rejects with where the link is lost; the signal's reason.
 */
export async function checkEquipment(
  session: Pick<SecsSession, 'request'>,
  options?: CheckOptions,
): Promise<readonly RuleResult[]> {
  check.methods('session', session, ['request'], 'a SecsSession, as HsmsSession');
  const { change = false, onResult, signal } = checkedOptions(options);
  const results: RuleResult[] = [];
  for (const rule of EQUIPMENT_RULES) {
    signal?.throwIfAborted();
    const result = await judge(session, rule, change);
    results.push(result);
    onResult?.(result);
  }
  return results;
}

const OPTIONS: KnownNames<CheckOptions> = {
  owner: 'checkEquipment',
  names: { change: true, onResult: true, signal: true },
};

function checkedOptions(given: CheckOptions | undefined): CheckOptions {
  const options = check.options('options', given, OPTIONS);
  if (options.change !== undefined) check.boolean('change', options.change);
  if (options.onResult !== undefined) check.fn('onResult', options.onResult);
  check.signal('signal', options.signal);
  return options;
}

async function judge(
  session: Pick<SecsSession, 'request'>,
  rule: GemRule,
  change: boolean,
): Promise<RuleResult> {
  const { id, what } = rule;
  const trace: string[] = [];
  if (rule.changes !== undefined && !change)
    return { id, what, verdict: 'SKIP', reason: `it alters the tool: it ${rule.changes}`, trace };
  try {
    await rule.run(contextOf(session, trace));
    return { id, what, verdict: 'PASS', reason: '', trace };
  } catch (error) {
    if (error instanceof RuleFailure) return { id, what, verdict: 'FAIL', reason: error.message, trace };
    if (error instanceof RuleSkip) return { id, what, verdict: 'SKIP', reason: error.message, trace };
    // What came is not what it is read as: that is the tool's fault.
    if (error instanceof Secs2Error)
      return { id, what, verdict: 'FAIL', reason: `the reply cannot be read: ${error.message}`, trace };
    throw error;
  }
}

/** How a request ends by what the tool does; anything else is no verdict on it. */
const OF_THE_TOOL: ReadonlySet<string> = new Set(['t3', 'aborted', 'stream9', 'rejected']);

function contextOf(session: Pick<SecsSession, 'request'>, trace: string[]): RuleContext {
  const ask = async (message: SecsMessage): Promise<SecsMessage | string> => {
    trace.push(String(message));
    try {
      const reply = await session.request(message);
      trace.push(String(reply));
      return reply;
    } catch (error) {
      const outcome = outcomeOf(error);
      if (!OF_THE_TOOL.has(outcome)) throw error;
      const how = error instanceof SecsStream9Error ? `S9F${error.errorFunction}` : outcome;
      trace.push(`/* ${how} */`);
      return how;
    }
  };
  return {
    ask,
    async body(message) {
      const reply = await ask(message);
      if (reply === 'S9F3' || reply === 'S9F5')
        throw new RuleSkip(`the tool does not serve ${message.name}: ${reply}`);
      if (reply === 'aborted') throw new RuleSkip(`the tool aborts ${message.name}: it may be OFF-LINE`);
      if (typeof reply === 'string') throw new RuleFailure(`${message.name} was not answered: ${reply}`);
      if (reply.item === undefined) throw new RuleFailure(`${reply.name} has no body`);
      return reply.item;
    },
  };
}
