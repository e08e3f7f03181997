import type { Clock, Timer } from '../../clock.js';
import type { Value } from '../../e5/index.js';
import { Publisher } from '../../reactive/publisher.js';
import { reportSafely } from '../../reactive/report.js';
import type { SecsPrimary } from '../../session/primary.js';
import type { SecsSession } from '../../session/secs-session.js';
import { Zone } from '../equipment/values/time-format.js';
import type { Id } from '../model/id.js';
import type { ProfileIndex } from '../profile/profile-index.js';
import { ActiveAlarms } from './incoming/active-alarms.js';
import { BacklogUnload } from './incoming/backlog.js';
import { Definitions } from './incoming/definitions.js';
import { askOnLine, establish, type ToolIdentity } from './establishing.js';
import { EventReader, type ReadEvent } from './incoming/event-reader.js';
import type { GemHostEvents, HostWarning, SetupProblem } from './events.js';
import { hostStep, isCommunicating, type HostCause, type HostEffect, type HostState } from './host-state.js';
import { Silence } from './incoming/silence.js';
import { Incoming } from './incoming/incoming.js';
import { Learning } from './learning.js';
import type { GemHostOptions, HostHandler } from './options.js';
import { SetupKeeper, type SetupPort } from './setup/setup-keeper.js';
import type { SetupPlan } from './setup/setup-run.js';
import type { HostSetup } from './setup/setup.js';
import { Talk } from './talk.js';
import type { Wish } from './setup/wish.js';

/** Seconds after which the tool's own S1F13 is no longer one that crossed ours. */
const ESTABLISH_TIMEOUT = 10;
const ON_LINE_RETRY = 30;
const SPOOL_SILENCE = 5;
/** How long after its S1F1 a tool may be about to go ON-LINE. */
const ATTEMPT_MS = 5000;
const SOON = 1;

/** One host: its state, the wish, and how it is made true (G-110 to G-113). */
export class HostRuntime {
  readonly session: SecsSession;
  readonly index: ProfileIndex;
  readonly clock: Clock;
  readonly zone: Zone;
  readonly publisher: Publisher<GemHostEvents>;
  readonly talk: Talk;
  readonly definitions = new Definitions();
  readonly handlers = new Map<string, HostHandler>();
  readonly alarms: ActiveAlarms;
  readonly incoming: Incoming;
  readonly reader: EventReader;
  readonly report: (error: unknown, where: string) => void;
  readonly #options: GemHostOptions;
  readonly #backlog: BacklogUnload;
  readonly #silence: Silence;
  readonly learning: Learning;
  readonly #keeper: SetupKeeper;
  #started = false;
  #state: HostState = 'disconnected';
  #timer: Timer | undefined;
  /** Tells the S1F13 that counts from those that do not any more. */
  #attempt: object | undefined;
  /** The work under way on this link: it ends with it. */
  #life = new AbortController();
  #establishedAt = -Infinity;
  #toolHasEstablished = false;
  /** When the tool's own S1F1 was last answered. */
  #attemptedAt = -Infinity;
  /** The definitions of before are known; without a memory there are none. */
  #isLoaded: boolean;
  readonly #early: SecsPrimary[] = [];
  identity: ToolIdentity | undefined;

  constructor(session: SecsSession, index: ProfileIndex, setup: HostSetup, options: GemHostOptions) {
    this.session = session;
    this.index = index;
    this.#options = options;
    this.clock = options.clock ?? session.connection.clock;
    this.zone = new Zone(options.timeZone);
    const report = options.onError ?? session.connection.onError;
    this.report = (error, where) => reportSafely(report, error, where);
    this.publisher = new Publisher(this.report);
    this.talk = new Talk(session, index);
    this.learning = new Learning(index, (profile, what) => {
      try {
        options.learn?.(profile, what);
      } catch (error) {
        this.report(error, 'learn');
      }
    });
    this.alarms = new ActiveAlarms(index, (alarms) => this.publisher.publish('activeAlarms', alarms));
    this.#isLoaded = options.memory === undefined;
    this.reader = new EventReader(index, this.definitions, (warning) => this.warn(warning));
    this.incoming = this.#makeIncoming();
    this.#backlog = new BacklogUnload({
      index,
      talk: this.talk,
      clock: this.clock,
      silence: options.spoolSilence ?? SPOOL_SILENCE,
      unacknowledged: () => this.incoming.unacknowledged,
    });
    this.#silence = new Silence(this.clock, () => this.incoming.unacknowledged);
    this.#keeper = new SetupKeeper(this.#setupPort(), setup);
    session.events.on('availability', this.#onAvailability);
    session.connection.events.on('notice', this.#onNotice);
    session.events.on('primary', this.#onPrimary);
  }

  get state(): HostState {
    return this.#state;
  }

  get problems(): readonly SetupProblem[] {
    return this.#keeper.problems;
  }

  get wish(): Wish {
    return this.#keeper.wish;
  }

  /** What the step `read` of the last set-up found. */
  get values(): ReadonlyMap<string, Value | undefined> {
    return this.#keeper.values;
  }

  get isStarted(): boolean {
    return this.#started;
  }

  start(): void {
    this.#started = true;
    void this.#begin();
  }

  /** What comes before the definitions of before are known waits: it could not be read. */
  async #begin(): Promise<void> {
    if (!this.#isLoaded) await this.#keeper.loadMemory();
    this.#isLoaded = true;
    const early = this.#early.splice(0);
    for (const primary of early) this.incoming.take(primary);
    this.#onAvailability();
  }

  stop(): void {
    this.#started = false;
    this.#do('stop', 'stop');
    this.session.events.off('availability', this.#onAvailability);
    this.session.connection.events.off('notice', this.#onNotice);
    this.session.events.off('primary', this.#onPrimary);
  }

  /** Another wish. What is set up goes on from what was applied. */
  apply(setup: HostSetup): void {
    this.#keeper.change(setup);
    this.#do('apply', 'apply');
  }

  /** What would be sent for a wish, or for the present one from the start. */
  plan(setup?: HostSetup): SetupPlan {
    return this.#keeper.plan(setup);
  }

  warn(warning: HostWarning): void {
    this.publisher.publish('warning', warning);
  }

  get signal(): AbortSignal {
    return this.#life.signal;
  }

  readonly #onPrimary = (primary: SecsPrimary): void => {
    if (this.#isLoaded) this.incoming.take(primary);
    else this.#early.push(primary);
  };

  /** A message that could not be sent in any try is a communication failure, though the link is up (SECS-I). */
  readonly #onNotice = ({ kind }: { readonly kind: string }): void => {
    if (kind !== 'messageFailed' || !isCommunicating(this.#state)) return;
    this.#do('linkDown', 'a message could not be sent');
    this.#onAvailability();
  };

  readonly #onAvailability = (): void => {
    const isUsable = this.session.currentAvailability === 'usable';
    if (!isUsable) {
      this.incoming.forget();
      this.#do('linkDown', 'the link is down');
      return;
    }
    this.#do('linkUp', 'the link is up');
    if (this.#started && this.#isLoaded) this.#do('begin', 'started');
  };

  #do(cause: HostCause, why: string): void {
    const from = this.#state;
    const { state, effects } = hostStep(from, cause);
    this.#state = state;
    if (cause === 'linkUp' && from !== state) this.#toolHasEstablished = false;
    if (state !== from) {
      this.publisher.publish('transition', { from, to: state, cause: why });
      this.publisher.publish('state', state);
    }
    for (const effect of effects) this.#effect(effect);
  }

  #effect(effect: HostEffect): void {
    switch (effect) {
      case 'send S1F13':
        void this.#establish();
        break;
      case 'forget S1F13':
        this.#attempt = undefined;
        break;
      case 'start timer':
        this.#startTimer();
        break;
      case 'stop timer':
        this.#timer?.cancel();
        break;
      case 'ask on-line':
        void this.#askOnLine();
        break;
      case 'set up':
        void this.#setUp('start');
        break;
      case 'stop set-up':
        this.#life.abort(new Error('the link has gone, or the set-up begins anew'));
        break;
      case 'send difference':
        void this.#setUp('change');
        break;
    }
  }

  #startTimer(): void {
    this.#timer?.cancel();
    const { establishTimeout = ESTABLISH_TIMEOUT, onLineRetry = ON_LINE_RETRY } = this.#options;
    const again = (): void => this.#do('timer', 'again');
    if (this.#state === 'establishing') {
      this.#timer = this.clock.setTimer('establish', establishTimeout, again);
      return;
    }
    // The tool has asked by S1F1 a moment ago: it will be ON-LINE when it has had the answer.
    const isComing = this.clock.now() - this.#attemptedAt < ATTEMPT_MS;
    this.#timer = this.clock.setTimer('onLine', isComing ? SOON : onLineRetry, again);
  }

  #newLife(): AbortSignal {
    this.#life.abort(new Error('the set-up begins anew'));
    this.#life = new AbortController();
    return this.#life.signal;
  }

  async #establish(): Promise<void> {
    const attempt = {};
    this.#attempt = attempt;
    const leftOut = this.index.quirks.leaveOut.includes('establish');
    const { accepted, identity, why } = leftOut
      ? { accepted: true, identity: undefined, why: '' }
      : await establish(this.talk, this.index);
    // Told in any case: the tool may have established by its own, and yet not know whom it hears.
    if (!accepted && this.session.currentAvailability === 'usable')
      this.warn({ kind: 'notEstablished', text: why });
    // An answer that comes when the tool's own S1F13 has established already changes nothing (T-1).
    if (this.#attempt !== attempt) return;
    this.#attempt = undefined;
    if (identity !== undefined) this.#identify(identity);
    if (accepted) this.#establishedAt = this.clock.now();
    this.#do(accepted ? 'accepted' : 'refused', accepted ? 'S1F14' : `not established: ${why}`);
  }

  #identify(identity: ToolIdentity): void {
    const isSame = this.identity?.model === identity.model;
    this.identity = identity;
    this.learning.identity(identity);
    const { model } = this.index.profile;
    if (isSame || model === undefined || model.trimEnd() === identity.model) return;
    this.warn({ kind: 'otherModel', text: `the tool is a ${identity.model}, the profile is for ${model}` });
  }

  #onToolEstablishes(identity: ToolIdentity | undefined): void {
    if (identity !== undefined) this.#identify(identity);
    if (!isCommunicating(this.#state)) {
      this.#toolHasEstablished = true;
      this.#establishedAt = this.clock.now();
      this.#do('toolEstablishes', 'S1F13 of the tool');
      return;
    }
    if (this.index.quirks.establishBy === 'S1F1') return;
    const { establishTimeout = ESTABLISH_TIMEOUT, reconnect } = this.#options;
    const crosses = this.clock.now() - this.#establishedAt < establishTimeout * 1000;
    if (!this.#toolHasEstablished && crosses) {
      this.#toolHasEstablished = true;
      return;
    }
    this.#keeper.restarted();
    this.publisher.publish('restarted', undefined);
    if (reconnect !== 'never') this.#do('toolEstablishes', 'S1F13 of the tool: it was restarted');
  }

  async #askOnLine(): Promise<void> {
    const signal = this.#newLife();
    const leftOut = this.index.quirks.leaveOut.includes('onLine');
    const answer = leftOut
      ? 'onLine'
      : await askOnLine(this.talk, this.index, signal).catch(() => 'gone' as const);
    if (signal.aborted || answer === 'gone') return;
    this.#do(answer, answer === 'onLine' ? 'the tool is ON-LINE' : 'the tool is OFF-LINE');
  }

  async #setUp(kind: 'start' | 'change'): Promise<void> {
    const signal = kind === 'start' ? this.#life.signal : this.#newLife();
    const release = await this.#options.turn?.(signal).catch(() => undefined);
    if (signal.aborted) {
      release?.();
      return;
    }
    const end = await this.#keeper.run(kind, signal);
    release?.();
    switch (end) {
      case 'stopped':
        break;
      case 'offLine':
        this.#do('offLine', 'the tool is OFF-LINE');
        break;
      case 'changed':
        void this.#setUp('change');
        break;
      case 'whole':
        this.#do('wishTrue', 'the wish is true');
        break;
      case 'partly':
        this.#do('wishPartly', `${this.problems.length} of it is not true`);
    }
  }

  #setupPort(): SetupPort {
    const { index, definitions, talk, zone, clock, alarms, publisher, report, learning } = this;
    return {
      ...{ index, definitions, talk, zone, clock, alarms, publisher, report, learning },
      options: this.#options,
      identity: () => this.identity,
      warn: (warning) => this.warn(warning),
      unload: (wish, signal) => this.#unload(wish, signal),
      quiet: (rptids, signal) => this.#quiet(rptids, signal),
    };
  }

  async #quiet(rptids: readonly Id[], signal: AbortSignal): Promise<void> {
    if (await this.#silence.of(rptids, signal)) return;
    const text = `the reports ${rptids.join(', ')} get another meaning while events with the old one come: they may be misread`;
    this.warn({ kind: 'redefined', text });
  }

  async #unload(wish: Wish, signal: AbortSignal): Promise<void> {
    const count = wish.spool === 'ask' ? await this.#backlog.count(signal) : undefined;
    const what = wish.spool === 'ask' ? await (this.#options.backlog?.(count) ?? 'transmit') : wish.spool;
    if (what !== 'leave') await this.#backlog.run(what, signal);
  }

  /** The program has taken it OFF-LINE: it stays so until it comes back by itself, or by `control.onLine()`. */
  wentOffLine(): void {
    this.#do('offLine', 'S1F15');
  }

  /** Has what the spool holds sent, or thrown away, now. */
  unload(what: 'transmit' | 'purge'): Promise<void> {
    return this.#backlog.run(what, this.#life.signal);
  }

  spoolCount(): Promise<number | undefined> {
    return this.#backlog.count(this.#life.signal);
  }

  #makeIncoming(): Incoming {
    const { ack = 'auto', maxUnacknowledged = 1000, others = 'abort' } = this.#options;
    const { index, clock, zone, publisher, handlers, reader } = this;
    return new Incoming({
      ...{ index, clock, zone, publisher, handlers, reader, others, maxUnacknowledged },
      manual: ack === 'manual',
      isUnloading: () => this.#backlog.isActive,
      trace: (trid) => this.#keeper.wish.traces.get(trid) ?? this.#keeper.applied?.traces.get(trid),
      warn: (warning) => this.warn(warning),
      report: this.report,
      onEstablish: (identity) => this.#onToolEstablishes(identity),
      admits: () => this.#options.admit?.() !== false,
      onAreYouThere: () => {
        this.#attemptedAt = this.clock.now();
        this.#do('attempt', 'S1F1 of the tool');
      },
      onEvent: (event) => this.#onEvent(event),
      onAlarm: (alid, set, category, text) => this.alarms.change(alid, set, category, text),
      onHeard: () => this.#backlog.heard(),
    });
  }

  /** Told of every event that is read, before the program is. */
  onEventRead: (event: ReadEvent) => void = () => undefined;

  #onEvent(event: ReadEvent): void {
    this.onEventRead(event);
    for (const { rptid } of event.reports) this.#silence.heard(rptid);
    const { name } = event;
    if (name === undefined) return;
    const { index } = this;
    if (name === index.roleEvent('SpoolingDeactivated')?.name) this.#backlog.deactivated();
    // What comes out of a spool tells of another time.
    if (this.#backlog.isActive) return;
    if (name === index.roleEvent('EquipmentOFFLINE')?.name) this.#do('offLine', 'CE EquipmentOFFLINE');
    const isOnLineNow =
      name === index.roleEvent('ControlStateLOCAL')?.name ||
      name === index.roleEvent('ControlStateREMOTE')?.name;
    if (isOnLineNow) this.#do('attempt', `CE ${name}`);
  }
}
