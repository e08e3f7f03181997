import type { EventEmitter } from 'node:events';
import { filter, type Observable } from 'rxjs';
import type { SecsSession } from '../../session/secs-session.js';
import { check, checkedSignal, checkPrimaryName } from '../check-values.js';
import { checkSession } from '../check-session.js';
import { toldAtEnd } from '../../reactive/told-at-end.js';
import { inVain } from '../../session/in-vain.js';
import { GemError } from '../errors.js';
import { profileFrom } from '../profile/profile-of.js';
import { ProfileIndex } from '../profile/profile-index.js';
import type { ToolProfile } from '../profile/tool-profile.js';
import type {
  HostCommandName,
  HostEventName,
  HostParameters,
  HostValue,
  HostValueName,
  ProfileFrom,
  ProfileSource,
} from '../profile/types.js';
import { checkedConfiguration } from './check-options.js';
import type {
  ActiveAlarm,
  GemHostEvents,
  HostAlarm,
  HostEvent,
  HostTrace,
  HostTransition,
  HostWarning,
  RecipeNotice,
  SetupProblem,
  SetupProgress,
  TerminalInput,
} from './events.js';
import type { ToolIdentity } from './establishing.js';
import type { HostState } from './host-state.js';
import type { HostEventValues, NamedHostEvent } from './host-types.js';
import type { GemHostOptions, HostHandler } from './options.js';
import { HostRuntime } from './runtime.js';
import { HostCommands, type CommandOptions, type HostCommandResult } from './requests/commands.js';
import { readActiveAlarms } from './setup/other-steps.js';
import { HostRecipes } from './requests/recipes.js';
import { HostClock, HostControl, HostLimits, HostSpool, HostTerminal } from './requests/services.js';
import { askEvent, HostConstants, readValues, type HostValues } from './requests/values.js';
import { GemSetupError } from './setup/setup-error.js';
import type { SetupPlan } from './setup/setup-run.js';
import type { HostSetup } from './setup/setup.js';

/** What a host is made with. */
export interface GemHostConfiguration<
  T extends ProfileSource,
  S extends HostSetup<ProfileFrom<T>>,
> extends GemHostOptions {
  /** What is known of the tool: a profile, or the model of an equipment. Default: nothing. */
  readonly profile?: T;
  /** What is wanted of it. Default: nothing. */
  readonly setup?: S;
}

/**
 * A GEM host (E30) on a session: it establishes communications, takes the tool ON-LINE, applies the wish until it is true,
 * through restarts of either side, and gives events, alarms and traces by name.
 *
 * Its Observables are hot, never error, and complete with `stop()`.
 *
 * @example
 * ```ts
 * import { HsmsActiveConnection, HsmsSession } from 'rxsecs';
 * import { defineEquipment, GemHost } from 'rxsecs/gem';
 *
 * const etcher = defineEquipment({
 *   model: 'ETCHER',
 *   softwareRevision: '1.0',
 *   variables: { WaferId: { id: 2101, format: 'A', class: 'DV' }, Slot: { id: 2102, format: 'U1', class: 'DV' } },
 *   events: { WaferStarted: { id: 100, values: ['WaferId', 'Slot'] } },
 * });
 * const session = new HsmsSession(new HsmsActiveConnection('127.0.0.1', 5000, 0));
 * const host = new GemHost(session, {
 *   profile: etcher,
 *   setup: { reports: { Position: ['WaferId', 'Slot'] }, events: { WaferStarted: ['Position'] }, alarms: 'all' },
 * });
 * host.event('WaferStarted').subscribe(({ values }) => console.log(values.WaferId, values.Slot));
 * host.start();
 * await host.ready();
 * ```
 */
export class GemHost<
  const T extends ProfileSource = ToolProfile,
  const S extends HostSetup<ProfileFrom<T>> = HostSetup<ProfileFrom<T>>,
> {
  readonly session: SecsSession;
  /** The profile that is in force. */
  readonly profile: ToolProfile;
  /** Every event report, in order. Hot. */
  readonly events: Observable<HostEvent>;
  /** Alarms as they are set and cleared. Hot. */
  readonly alarms: Observable<HostAlarm>;
  /** The alarms that are set, each time they change; undefined while they are not known. A subscriber first gets what is known. */
  readonly activeAlarms: Observable<readonly ActiveAlarm[] | undefined>;
  /** Samples of traces. Hot. */
  readonly traces: Observable<HostTrace>;
  /** What the operator of the tool typed. Hot. */
  readonly terminalInput: Observable<TerminalInput>;
  /** What the tool tells of its process programs. Hot. */
  readonly recipeNotices: Observable<RecipeNotice>;
  /** Where the host stands. A subscriber first gets the present state. */
  readonly states: Observable<HostState>;
  readonly transitions: Observable<HostTransition>;
  /** Each step of a set-up as it begins: `step`, `n` of `of`. Hot. */
  readonly progress: Observable<SetupProgress>;
  /** Something odd that did no harm. Hot. */
  readonly warnings: Observable<HostWarning>;
  /** Reads and sets constants. */
  readonly constants: HostConstants<ProfileFrom<T>>;
  /** Uploads, downloads, lists and deletes process programs. */
  readonly recipes: HostRecipes;
  readonly clock: HostClock;
  readonly terminal: HostTerminal;
  readonly limits: HostLimits<ProfileFrom<T>>;
  readonly spool: HostSpool;
  readonly control: HostControl;
  readonly #runtime: HostRuntime;
  readonly #commands: HostCommands;
  #isStopped = false;

  /**
   * Made before or after its connection is enabled; nothing happens before `start()`.
   * @throws GemArgumentError for a profile or set-up that is not one, naming the entry, the value and what is allowed.
   */
  constructor(session: SecsSession, configuration?: GemHostConfiguration<T, S>) {
    checkSession(session);
    const { profile, setup, ...options } = checkedConfiguration<GemHostConfiguration<T, S>>(configuration);
    this.session = session;
    this.profile = profile === undefined ? {} : profileFrom(profile);
    const index = new ProfileIndex(this.profile);
    this.#runtime = new HostRuntime(session, index, setup ?? {}, options);
    this.constants = new HostConstants(this.#runtime);
    this.recipes = new HostRecipes(this.#runtime);
    this.clock = new HostClock(this.#runtime);
    this.terminal = new HostTerminal(this.#runtime);
    this.limits = new HostLimits(this.#runtime);
    this.spool = new HostSpool(this.#runtime);
    this.control = new HostControl(this.#runtime);
    this.#commands = new HostCommands(this.#runtime);
    this.#runtime.onEventRead = (event) => this.#commands.onEvent(event);
    const { publisher } = this.#runtime;
    this.events = publisher.observe('event');
    this.alarms = publisher.observe('alarm');
    this.activeAlarms = publisher.observeState('activeAlarms', undefined);
    this.traces = publisher.observe('trace');
    this.terminalInput = publisher.observe('terminal');
    this.recipeNotices = publisher.observe('recipe');
    this.states = publisher.observeState('state', this.#runtime.state);
    this.transitions = publisher.observe('transition');
    this.progress = publisher.observe('progress');
    this.warnings = publisher.observe('warning');
  }

  /** The typed node:events emitter under the Observables. */
  get emitter(): EventEmitter<GemHostEvents> {
    return this.#runtime.publisher.emitter;
  }

  /** Where the host stands with its tool (G-111). */
  get state(): HostState {
    return this.#runtime.state;
  }

  /** What of the wish is not true: each with its step, its code, its name and id. Empty while `ready`. */
  get degraded(): readonly SetupProblem[] {
    return this.#runtime.problems;
  }

  /** MDLN and SOFTREV of the tool; undefined before it has said. */
  get identity(): ToolIdentity | undefined {
    return this.#runtime.identity;
  }

  /** Messages of the tool that wait for `acknowledge()`. */
  get unacknowledged(): number {
    return this.#runtime.incoming.unacknowledged;
  }

  /** The alarms that are set now; undefined while they are not known. */
  get currentAlarms(): readonly ActiveAlarm[] | undefined {
    return this.#runtime.alarms.all;
  }

  /** What the last set-up has read (`setup.read`). @throws GemArgumentError where the profile has none of that name. */
  initial<N extends HostValueName<ProfileFrom<T>>>(name: N): HostValue<ProfileFrom<T>, N> | undefined {
    this.#runtime.index.value(name);
    return this.#runtime.values.get(name) as HostValue<ProfileFrom<T>, N> | undefined;
  }

  /** One event by name, with the values that the set-up has for it. @throws GemArgumentError where the profile has none of that name. */
  event<N extends HostEventName<ProfileFrom<T>>>(name: N): Observable<NamedHostEvent<ProfileFrom<T>, S, N>> {
    this.#runtime.index.event(name);
    const events = this.events.pipe(filter((event) => event.name === name));
    return events as unknown as Observable<NamedHostEvent<ProfileFrom<T>, S, N>>;
  }

  /**
   * Goes to work: now, or when the session can be used.
   * @throws GemError `GEM_DISPOSED` once it has been stopped.
   */
  start(): void {
    if (this.#isStopped) throw new GemError('GEM_DISPOSED', 'the host was stopped: make another one');
    this.#runtime.start();
  }

  /** Ends what is under way, and the Observables, for good. The session stays as it is: another host may be made on it. */
  stop(): void {
    this.#isStopped = true;
    this.#runtime.stop();
    this.#commands.stop();
    this.#runtime.publisher.publish('disposed', undefined);
  }

  /**
   * Resolves when the wish is true: at once, if it is.
   * @throws GemSetupError with all that is wrong, when the set-up has ended and is not whole; the signal's reason.
   */
  async ready(options?: { readonly signal?: AbortSignal }): Promise<void> {
    const problems = await this.settled(options);
    if (problems.length > 0) throw new GemSetupError(problems);
  }

  /** As `ready`, but a set-up that is not whole resolves with what is wrong. */
  async settled(options?: { readonly signal?: AbortSignal }): Promise<readonly SetupProblem[]> {
    const signal = checkedSignal(options);
    const isSettled = (state: HostState): boolean => state === 'ready' || state === 'degraded';
    if (isSettled(this.state)) return this.degraded;
    const heard = toldAtEnd(() =>
      this.#runtime.isStarted
        ? inVain('the set-up of a host', this.session.connection)
        : 'the set-up of a host that was not started. Call start() first',
    );
    return await new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        heard();
        this.emitter.off('state', onState);
        this.emitter.off('disposed', onDisposed);
        signal?.removeEventListener('abort', onAbort);
        settle();
      };
      const onState = (state: HostState): void => {
        if (isSettled(state)) end(() => resolve(this.degraded));
      };
      const onDisposed = (): void => end(() => reject(new GemError('GEM_DISPOSED', 'the host was stopped')));
      const onAbort = (): void => end(() => reject(signal?.reason as Error));
      if (signal?.aborted === true) {
        heard();
        reject(signal.reason as Error);
        return;
      }
      this.emitter.on('state', onState);
      this.emitter.on('disposed', onDisposed);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  /**
   * What would be sent, as messages by step and as SML (`String(plan)`), if the tool accepts everything: for the present wish from
   * the start, or for another one what differs from what is applied.
   */
  plan(setup?: HostSetup<ProfileFrom<T>>): SetupPlan {
    return this.#runtime.plan(setup);
  }

  /**
   * Another wish: what differs is sent, now or when the tool can be set up.
   * @returns what is wrong in the end, as `settled`
   * @throws GemArgumentError for a set-up that is not one; the old one stays.
   */
  async apply(
    setup: HostSetup<ProfileFrom<T>>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly SetupProblem[]> {
    const signal = checkedSignal(options);
    this.#runtime.apply(setup);
    return this.settled(signal === undefined ? {} : { signal });
  }

  /**
   * Values of variables and constants by name (S1F3, S2F13); undefined is one that the tool does not have.
   * @throws GemArgumentError where the profile has none of that name; what `request` of the session rejects with.
   */
  read<N extends HostValueName<ProfileFrom<T>>>(
    ...names: readonly N[]
  ): Promise<HostValues<ProfileFrom<T>, N>> {
    return readValues<ProfileFrom<T>, N>(this.#runtime, names);
  }

  /** What an event would report now, without its having happened (S6F15). */
  askEvent<N extends HostEventName<ProfileFrom<T>>>(
    name: N,
  ): Promise<{ readonly values: HostEventValues<ProfileFrom<T>, S, N> }> {
    return askEvent(this.#runtime, name) as unknown as Promise<{
      readonly values: HostEventValues<ProfileFrom<T>, S, N>;
    }>;
  }

  /**
   * Sends a remote command (S2F41). A refusal is a result; `completed` waits for the event that tells of its end. It is never sent
   * twice.
   *
   * @example
   * ```ts
   * import { HsmsActiveConnection, HsmsSession } from 'rxsecs';
   * import { GemHost } from 'rxsecs/gem';
   *
   * const session = new HsmsSession(new HsmsActiveConnection('127.0.0.1', 5000, 0));
   * const host = new GemHost(session, { profile: { commands: { START: { parameters: { PPID: { format: 'A' } } } } } });
   * const started = await host.command('START', { PPID: 'ETCH-7' });
   * if (started.accepted) await started.completed;
   * else console.log(started.text);
   * ```
   * @throws GemArgumentError for a name or value that the profile does not have; GemError `GEM_OUTCOME_UNKNOWN` where the link was lost
   * before it was answered; what `request` of the session rejects with.
   */
  command<N extends HostCommandName<ProfileFrom<T>>>(
    name: N,
    parameters?: HostParameters<ProfileFrom<T>, N>,
    options?: CommandOptions,
  ): Promise<HostCommandResult> {
    return this.#commands.send(name, parameters ?? {}, options);
  }

  /** The alarms that are set, asked of the tool now (S5F5). */
  async readAlarms(): Promise<readonly ActiveAlarm[]> {
    const { talk, index, alarms } = this.#runtime;
    const set = await readActiveAlarms({ talk, index, request: (message) => talk.request(message) });
    alarms.replace(set);
    return set;
  }

  /** Answers a primary of the tool that GEM has nothing for, or in another way: a vendor's own, S7F3, S7F5. */
  handle(name: string, handler: HostHandler): void {
    checkPrimaryName(name);
    check.fn('handler', handler);
    this.#runtime.handlers.set(name, handler);
  }

  /** @internal What `console.log` shows. */
  [Symbol.for('nodejs.util.inspect.custom')](
    _depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    return `${this.constructor.name} (${this.state}) on ${inspect(this.session, options)}`;
  }
}
