import type { SecsMessage } from '../../../secs2/index.js';
import { outcomeOf } from '../../../session/errors.js';
import type { HostStep, StepContext } from './steps.js';
import { failureOf } from '../talk.js';

/** How a set-up ended. */
export type SetupOutcome =
  /** All steps were carried out. */
  | 'done'
  /** The link has gone, or the set-up begins anew. */
  | 'stopped'
  /** The tool is OFF-LINE. */
  | 'offLine';

/** What the set-up tells while it runs. */
export interface SetupPort {
  progress(step: string, n: number, of: number): void;
  /** The tool does not serve a step. */
  notServed(step: HostStep, error: unknown): void;
  /** Whether the tool says that it is OFF-LINE, asked where it aborts what it should know. */
  isOffLine(): Promise<boolean>;
}

/** The steps that have something to do. */
const stepsToDo = (steps: readonly HostStep[], context: StepContext): HostStep[] =>
  steps.filter((step) => step.plan === undefined || step.plan(context).length > 0);

/** Carries out one step after the other. */
export async function runSetup(
  steps: readonly HostStep[],
  context: StepContext,
  port: SetupPort,
): Promise<SetupOutcome> {
  const some = stepsToDo(steps, context);
  for (const [i, step] of some.entries()) {
    if (context.signal.aborted) return 'stopped';
    port.progress(step.name, i + 1, some.length);
    try {
      await step.run(context);
    } catch (error) {
      if (context.signal.aborted) return 'stopped';
      // What a step or a callback of the program throws is nothing that has become of the link.
      const failure = outcomeOf(error) === 'cancelled' ? 'malformed' : failureOf(error);
      if (failure === 'gone') return 'stopped';
      // SxF0 in answer to what it knows: perhaps it is just OFF-LINE (T-8).
      if (failure === 'aborted' && (await port.isOffLine())) return 'offLine';
      if (isStopped(context)) return 'stopped';
      port.notServed(step, error);
    }
  }
  return isStopped(context) ? 'stopped' : 'done';
}

/** Looked at anew: it may have changed while something was awaited. */
const isStopped = ({ signal }: StepContext): boolean => signal.aborted;

/** One step of a plan, and what it would send. */
export interface PlannedStep {
  readonly step: string;
  readonly messages: readonly SecsMessage[];
}

/**
 * What a set-up would send, if the tool accepts everything.
 *
 * @example
 * ```ts
 * // given a session
 * import { GemHost } from 'rxsecs/gem';
 *
 * const host = new GemHost(session, { profile: { variables: { Pressure: { id: 2001 } }, constants: { Temperature: { id: 101 } } } });
 * const plan = host.plan();
 * console.log(String(plan)); // what would be sent, as SML
 * for (const step of plan.steps) console.log(step);
 * ```
 */
export class SetupPlan {
  readonly steps: readonly PlannedStep[];

  constructor(steps: readonly PlannedStep[]) {
    this.steps = steps;
  }

  /** As SML, each step under its name. */
  toString(): string {
    return this.steps
      .map(({ step, messages }) => [`/* ${step} */`, ...messages.map(String)].join('\n'))
      .join('\n');
  }
}

export function planOf(steps: readonly HostStep[], context: StepContext): SetupPlan {
  const planned = steps.map((step) => ({ step: step.name, messages: step.plan?.(context) ?? [] }));
  return new SetupPlan(planned.filter(({ messages }) => messages.length > 0));
}
