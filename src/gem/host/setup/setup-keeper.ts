import { timeOfDay, type Clock } from '../../../clock.js';
import type { Value } from '../../../e5/index.js';
import type { Publisher } from '../../../reactive/publisher.js';
import type { SecsMessage } from '../../../secs2/index.js';
import type { Zone } from '../../equipment/values/time-format.js';
import type { Id } from '../../model/id.js';
import type { ProfileIndex } from '../../profile/profile-index.js';
import { checkedSteps } from '../check-options.js';
import { isOnLine, type ToolIdentity } from '../establishing.js';
import type { GemHostEvents, HostWarning, SetupProblem } from '../events.js';
import type { ActiveAlarms } from '../incoming/active-alarms.js';
import type { Definitions } from '../incoming/definitions.js';
import type { Learning } from '../learning.js';
import type { GemHostOptions } from '../options.js';
import { failureOf, NotServedError, type Talk } from '../talk.js';
import { difference } from './difference.js';
import { planOf, runSetup, type SetupPlan } from './setup-run.js';
import type { HostSetup } from './setup.js';
import { CHANGE, RESUME, START_UP } from './start-up.js';
import type { HostStep, Refusal, StepContext } from './steps.js';
import { EMPTY_WISH, wishOf, type Wish } from './wish.js';

/** What the keeper of a wish asks of its host. */
export interface SetupPort {
  readonly index: ProfileIndex;
  readonly definitions: Definitions;
  readonly talk: Talk;
  readonly zone: Zone;
  readonly clock: Clock;
  readonly alarms: ActiveAlarms;
  readonly publisher: Publisher<GemHostEvents>;
  readonly options: GemHostOptions;
  readonly learning: Learning;
  readonly identity: () => ToolIdentity | undefined;
  readonly warn: (warning: HostWarning) => void;
  readonly report: (error: unknown, where: string) => void;
  /** Has the tool send its spool, or throw it away, as the wish says. */
  readonly unload: (wish: Wish, signal: AbortSignal) => Promise<void>;
  /** Resolves when nothing with these RPTIDs has come for a while. */
  readonly quiet: (rptids: readonly Id[], signal: AbortSignal) => Promise<void>;
}

/** How the making true of a wish has ended. */
export type SetupEnd =
  /** The link has gone, or another set-up has begun. */
  | 'stopped'
  /** The tool is OFF-LINE. */
  | 'offLine'
  /** Another wish has come meanwhile. */
  | 'changed'
  | 'whole'
  /** But for what is named. */
  | 'partly';

/** Keeps a wish and makes it true (G-110, G-112), and remembers what was defined for it. */
export class SetupKeeper {
  readonly #port: SetupPort;
  readonly #startUp: readonly HostStep[];
  #setup: HostSetup;
  #wish: Wish;
  /** The wish that was last made true, or as true as could be. */
  #applied: Wish | undefined;
  /** SOFTREV when it was. */
  #appliedRevision: string | undefined;
  #isRestarted = false;
  #problems: SetupProblem[] = [];
  #step = '';
  /** What the step `read` of the last set-up found. */
  values: ReadonlyMap<string, Value | undefined> = new Map();

  constructor(port: SetupPort, setup: HostSetup) {
    this.#port = port;
    this.#setup = setup;
    this.#wish = wishOf(setup, port.index, new Map());
    const { steps } = port.options;
    this.#startUp = this.#withoutLeftOut(steps === undefined ? START_UP : checkedSteps(steps(START_UP)));
  }

  get problems(): readonly SetupProblem[] {
    return this.#problems;
  }

  get wish(): Wish {
    return this.#wish;
  }

  get applied(): Wish | undefined {
    return this.#applied;
  }

  /** The tool was restarted: what it was told may be gone. */
  restarted(): void {
    this.#isRestarted = true;
  }

  /** Another wish. What is set up goes on from what was applied. */
  change(setup: HostSetup): void {
    const wish = this.#wishOf(setup);
    this.#setup = setup;
    this.#wish = wish;
  }

  /** What would be sent for a wish, or for the present one from the start. */
  plan(setup?: HostSetup): SetupPlan {
    const wish = setup === undefined ? this.#wish : this.#wishOf(setup);
    const isChange = setup !== undefined && this.#applied !== undefined;
    const before = isChange ? (this.#applied ?? EMPTY_WISH) : EMPTY_WISH;
    const context = this.#context(wish, before, new AbortController().signal);
    return planOf(isChange ? this.#withoutLeftOut(CHANGE) : this.#startUp, context);
  }

  /** Makes the wish true: all of it after a start, what has changed after `change`. */
  async run(kind: 'start' | 'change', signal: AbortSignal): Promise<SetupEnd> {
    const wish = kind === 'start' ? (this.#wish = this.#wishOf(this.#setup)) : this.#wish;
    this.#problems = [];
    const resumes = kind === 'start' && (await this.#isStillSetUp(wish, signal));
    if (signal.aborted) return 'stopped';
    const before = kind === 'start' ? EMPTY_WISH : (this.#applied ?? EMPTY_WISH);
    const context = this.#context(wish, before, signal);
    const steps = kind === 'change' ? this.#withoutLeftOut(CHANGE) : this.#startUp;
    await this.#saveMemory(wish);
    const outcome = await runSetup(resumes ? steps.filter(({ name }) => RESUME.has(name)) : steps, context, {
      progress: (step, n, of) => {
        this.#step = step;
        this.#port.publisher.publish('progress', { step, n, of });
      },
      notServed: (step, error) => this.#notServed(step, error),
      isOffLine: async () => {
        const { talk, index } = this.#port;
        return (await isOnLine(talk, index, signal).catch(() => 'onLine' as const)) === 'offLine';
      },
    });
    if (outcome !== 'stopped') await this.#saveMemory();
    if (signal.aborted || outcome === 'stopped') return 'stopped';
    if (outcome === 'offLine') return 'offLine';
    this.#applied = wish;
    this.#appliedRevision = this.#port.identity()?.softwareRevision;
    this.#isRestarted = false;
    if (this.#wish !== wish) return 'changed';
    return this.#problems.length === 0 ? 'whole' : 'partly';
  }

  /** Takes what was kept of the definitions of before. */
  async loadMemory(): Promise<void> {
    const { options, definitions, index, report } = this.#port;
    try {
      const record = await options.memory?.load();
      if (record !== undefined) definitions.restore(record, index);
    } catch (error) {
      report(error, 'the memory of definitions');
    }
  }

  /** Kept before it is sent, so that what the tool was told is known after a crash; and what it has taken, afterwards. */
  async #saveMemory(wish?: Wish): Promise<void> {
    const { options, definitions, identity, report } = this.#port;
    try {
      await options.memory?.save(definitions.record(identity()?.softwareRevision, wish?.reports));
    } catch (error) {
      report(error, 'the memory of definitions');
    }
  }

  #wishOf(setup: HostSetup): Wish {
    return wishOf(setup, this.#port.index, this.#port.definitions.known);
  }

  #withoutLeftOut(steps: readonly HostStep[]): readonly HostStep[] {
    return steps.filter(({ name }) => !this.#port.index.quirks.leaveOut.includes(name));
  }

  #notServed(step: HostStep, error: unknown): void {
    const text = `${step.name}: ${error instanceof Error ? error.message : String(error)}`;
    if (step.required === true) this.#problem({ message: messageOf(error), text });
    else this.#port.warn({ kind: 'unsupported', text });
  }

  #problem({ message, code, name, id, text }: Refusal): void {
    const problem = { step: this.#step, message, code, name, id, text };
    this.#problems.push(problem);
    this.#port.publisher.publish('problem', problem);
  }

  /** Whether the tool still has what was set up (G-112). */
  async #isStillSetUp(wish: Wish, signal: AbortSignal): Promise<boolean> {
    const { options, index, talk, identity } = this.#port;
    const { reconnect = 'always' } = options;
    if (reconnect === 'always' || this.#applied === undefined) return false;
    if (reconnect === 'never') return true;
    if (this.#isRestarted || identity()?.softwareRevision !== this.#appliedRevision) return false;
    const known = index.roleValue('EventsEnabled');
    if (known === undefined) return false;
    try {
      const value = (await talk.read([known], { signal })).get(known.name);
      const enabled = new Set(
        Array.isArray(value) || ArrayBuffer.isView(value) ? Array.from(value as ArrayLike<Id>) : [],
      );
      return enabled.size === wish.events.size && [...wish.events.keys()].every((ceid) => enabled.has(ceid));
    } catch (error) {
      return failureOf(error) === 'gone';
    }
  }

  /** A request of the set-up: not sent where the profile says that it is not served (G-110). */
  async #request(message: SecsMessage, options: { t3?: number; signal: AbortSignal }): Promise<SecsMessage> {
    const { index, talk, learning } = this.#port;
    if (index.unsupported.has(message.name)) throw new NotServedError(message.name);
    try {
      return await talk.request(message, options);
    } catch (error) {
      learning.failed(message.name, error);
      throw error;
    }
  }

  #context(wish: Wish, before: Wish, signal: AbortSignal): StepContext {
    const { index, definitions, talk, zone, clock, alarms, options, warn, unload, quiet } = this.#port;
    const { t3 } = options;
    return {
      wish,
      difference: difference(before, wish),
      ...{ index, definitions, talk, zone, signal, warn },
      now: () => timeOfDay(clock),
      request: (message) => this.#request(message, { signal, ...(t3 === undefined ? {} : { t3 }) }),
      problem: (refusal) => this.#problem(refusal),
      setActiveAlarms: (active) => alarms.replace(active),
      setValues: (values) => (this.values = values),
      unload: () => unload(wish, signal),
      quiet: (rptids) => quiet(rptids, signal),
    };
  }
}

/** The message that failed, out of the words of its error. */
function messageOf(error: unknown): string {
  const match = /\bS\d{1,3}F\d{1,3}\b/.exec(error instanceof Error ? error.message : '');
  return match?.[0] ?? '';
}
