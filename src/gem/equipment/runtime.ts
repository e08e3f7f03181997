import { setMaxListeners } from 'node:events';
import type { Clock } from '../../clock.js';
import { Publisher } from '../../reactive/publisher.js';
import { reportSafely } from '../../reactive/report.js';
import { L, S, U4, type Item, type SecsMessage } from '../../secs2/index.js';
import { outcomeOf } from '../../session/errors.js';
import { GemError } from '../errors.js';
import type { EquipmentModel, ModelEvent } from '../model/equipment-model.js';
import { memoryStore } from '../store/memory-store.js';
import type { GemStore } from '../store/store.js';
import { Alarms } from './reports/alarms.js';
import * as body from './messages/body.js';
import { Commands } from './commands.js';
import { Communication } from './states/communication.js';
import { Constants, loadConstants } from './values/constants.js';
import { Control } from './states/control.js';
import type { Core } from './core.js';
import { DataSets } from './programs/data-sets.js';
import { Definitions } from './reports/definitions.js';
import { EventReports } from './reports/event-reports.js';
import type { Delivery, GemEquipmentEvents } from './events.js';
import { FormattedPrograms } from './programs/formatted-programs.js';
import type { Handler, Handlers } from './messages/handler.js';
import { Inquiries } from './programs/inquiries.js';
import { Judge } from './messages/judge.js';
import { OneAtATime } from './messages/one-at-a-time.js';
import { Limits } from './reports/limits.js';
import type { GemEquipmentOptions } from './options.js';
import { Outbox } from './messages/outbox.js';
import type { SecsPrimary } from '../../session/primary.js';
import type { SecsSession } from '../../session/secs-session.js';
import { Processing } from './states/processing.js';
import { ProgramLibrary } from './programs/program-library.js';
import { Programs } from './programs/programs.js';
import { Reports } from './reports/reports.js';
import { mergeRules, type GemRules } from './rules.js';
import { Services } from './services.js';
import { Spooling } from './states/spooling.js';
import { Terminal } from './terminal.js';
import { Zone } from './values/time-format.js';
import { GemTime } from './values/time.js';
import { Traces } from './reports/trace.js';
import { Values } from './values/values.js';
import { Variables } from './values/variables.js';

/** All capabilities of one equipment, put together: who asks whom, and in which order things happen. */
export class Runtime implements Core {
  readonly model: EquipmentModel;
  readonly rules: GemRules;
  readonly clock: Clock;
  readonly session: SecsSession;
  readonly store: GemStore;
  readonly publisher: Publisher<GemEquipmentEvents>;
  readonly values: Values;
  readonly time: GemTime;
  readonly lane = new OneAtATime();
  readonly report: (error: unknown, where: string) => void;

  readonly communication: Communication;
  readonly control: Control;
  readonly processing: Processing;
  readonly alarms: Alarms;
  readonly commands: Commands;
  readonly constants: Constants;
  readonly terminal: Terminal;
  readonly programs: Programs | undefined;
  readonly library: ProgramLibrary | undefined;
  readonly spooling: Spooling | undefined;
  readonly outbox: Outbox;
  readonly handlers = new Map<string, Handler>();

  readonly #events: EventReports;
  readonly #traces: Traces;
  readonly #limits: Limits;
  readonly #inquiries: Inquiries;
  readonly #dataSets: DataSets | undefined;
  readonly #judge: Judge;
  /** Ends what waits for its turn on a line. */
  #waiting: AbortController | undefined;
  readonly #onPrimary = (primary: SecsPrimary): void => this.#judge.take(primary);

  constructor(session: SecsSession, model: EquipmentModel, options: GemEquipmentOptions) {
    this.session = session;
    this.#waiting = session.protocol === 'hsms' ? undefined : manyListeners();
    this.model = model;
    this.rules = mergeRules(options.rules);
    this.clock = options.clock ?? session.connection.clock;
    const report = options.onError ?? session.connection.onError;
    this.report = (error, where) => reportSafely(report, error, where);
    this.publisher = new Publisher(this.report);
    this.store = options.store ?? memoryStore(model.spool === undefined ? {} : { spool: model.spool });
    this.values = new Values(model, this.clock, this.rules.valueTimeout, this.report);
    const vanished = (what: string): void =>
      this.report(
        new GemError('GEM_INVALID_MODEL', `what was kept does not fit the model: ${what}`),
        'the store',
      );
    loadConstants(model, this.store, this.values, vanished);
    this.time = new GemTime(this.clock, new Zone(options.timeZone), () => this.constant('TimeFormat'));
    const definitions = new Definitions(model, this.store, this.values, vanished);
    this.#events = new EventReports(this, definitions);
    this.outbox = this.#makeOutbox();
    this.communication = new Communication(this, {
      onCommunicating: () => this.#onCommunicating(),
      onSetAside: () => this.#onSetAside(),
      onEnabled: () => session.configure({ autoS9: { t3: true } }),
      onAbandon: () => this.#onAbandon(),
      onLink: (up) => this.#onLink(up),
      admits: () => options.admitHost?.() !== false,
    });
    this.control = new Control(this, {
      admitsOnline: () => options.admitOnline?.() !== false,
      onOffline: () => this.#traces.stop(),
    });
    this.processing = new Processing(this);
    this.alarms = new Alarms(this, vanished);
    this.commands = new Commands(this);
    this.constants = new Constants(
      this,
      () => options.checkConstants,
      (name) => this.#onConstant(name),
    );
    this.terminal = new Terminal(this);
    this.#traces = new Traces(this);
    this.#limits = new Limits(this, vanished);
    this.values.onSet = (slot) => this.#limits.onSet(slot);
    this.#inquiries = new Inquiries(this);
    this.spooling = model.spool === undefined ? undefined : new Spooling(this);
    if (this.spooling !== undefined) this.spooling.onInactive = () => this.outbox.pump();
    this.library =
      model.processPrograms === undefined ? undefined : new ProgramLibrary(this, model.processPrograms);
    this.programs =
      this.library && new Programs(this, this.library, this.#inquiries, () => options.checkPrograms);
    this.#dataSets =
      model.processPrograms?.large === true && this.library ? new DataSets(this, this.library) : undefined;
    for (const handlers of this.#allHandlers(definitions, options)) this.#register(handlers);
    this.#judge = this.#makeJudge();
    session.configure({ autoS9: { device: true, stream: false, function: false, body: false, t3: true } });
    session.events.on('primary', this.#onPrimary);
  }

  /** Starts the state models (transitions 1 of G-10 and G-20). */
  start(): void {
    this.control.start();
    if (this.constant('InitCommState') !== 0) this.communication.enable('start');
    if (this.model.capabilities.has('limits')) this.#limits.start();
  }

  /** Ends timers, and lets the session go: nothing of it is heard any more. */
  stop(): void {
    this.communication.disable('stop');
    this.communication.detach();
    this.session.events.off('primary', this.#onPrimary);
    this.#traces.stop();
    this.#limits.stop();
    this.#inquiries.stop();
  }

  constant(name: string): number | undefined {
    const slot = this.values.named(name);
    const { item } = slot ?? {};
    if (item === undefined) return undefined;
    return item.format === 'BOOLEAN' ? Number(item.boolean[0]) : Number(item.bigint);
  }

  raise(
    name: string,
    data?: Readonly<Record<string, Item>>,
    post?: (message: SecsMessage | Promise<SecsMessage>) => Promise<Delivery>,
  ): Promise<Delivery> {
    const event = this.model.events.get(name);
    if (event === undefined) return Promise.resolve('disabled');
    const known = Object.entries(data ?? {}).filter(
      ([variable]) => this.values.named(variable) !== undefined,
    );
    return this.raiseEvent(event, known.length === 0 ? undefined : new Map(known), post);
  }

  raiseEvent(
    event: ModelEvent,
    data?: ReadonlyMap<string, Item>,
    post?: (message: SecsMessage | Promise<SecsMessage>) => Promise<Delivery>,
  ): Promise<Delivery> {
    this.commands.onRaised(event);
    // The last event of being ON-LINE is raised when the state has changed already (G-22).
    if (!this.isOnline() && event.name !== 'EquipmentOFFLINE') {
      this.#events.note(event, data);
      return Promise.resolve('dropped');
    }
    return this.#events.raise(event, data, post);
  }

  post(message: SecsMessage | Promise<SecsMessage>, name: string): Promise<Delivery> {
    if (!this.isOnline() && name !== 'EquipmentOFFLINE') return Promise.resolve('dropped');
    return this.outbox.post(message, name);
  }

  isOnline(): boolean {
    return this.control.isOnline;
  }

  isLocal(): boolean {
    return this.control.state === 'LOCAL';
  }

  isCommunicating(): boolean {
    return this.communication.isCommunicating;
  }

  isProcessing(): boolean {
    return this.processing.isProcessing;
  }

  #register(handlers: Handlers): void {
    for (const [name, handler] of Object.entries(handlers)) this.handlers.set(name, handler);
  }

  #allHandlers(definitions: Definitions, options: GemEquipmentOptions): Handlers[] {
    const { capabilities, processPrograms } = this.model;
    const formatted = processPrograms?.formatted;
    const on = (is: boolean, handlers: () => Handlers | undefined): Handlers =>
      is ? (handlers() ?? {}) : {};
    return [
      this.communication.handlers,
      this.control.handlers,
      new Variables(this).handlers,
      this.constants.handlers,
      new Reports(this, definitions).handlers,
      new Services(this, () => options.setClock).handlers,
      this.#inquiries.handlers,
      on(capabilities.has('alarms'), () => this.alarms.handlers),
      on(capabilities.has('commands'), () => this.commands.handlers),
      on(capabilities.has('trace'), () => this.#traces.handlers),
      on(capabilities.has('limits'), () => this.#limits.handlers),
      on(capabilities.has('terminals'), () => this.terminal.handlers),
      on(capabilities.has('spool'), () => this.spooling?.handlers),
      on(capabilities.has('processPrograms'), () => this.programs?.handlers),
      this.#dataSets?.handlers ?? {},
      this.library === undefined || formatted === undefined
        ? {}
        : new FormattedPrograms(this, this.library, formatted, () => options.verifyProgram).handlers,
    ];
  }

  #makeJudge(): Judge {
    return new Judge({
      rules: this.rules,
      communication: () => this.communication.state,
      control: () => this.control.state,
      isCommunicating: () => this.isCommunicating(),
      isOnline: () => this.isOnline(),
      handlers: this.handlers,
      onOtherMessage: () => this.communication.onOtherMessage(),
      onMessage: (name, item) => this.#inquiries.onMessage(name, item),
      reportError: (fn, header) => {
        this.session.reportError(fn, header).catch((error: unknown) => this.report(error, `S9F${fn}`));
      },
      refused: (refusal) => this.publisher.publish('refused', refusal),
      onError: this.report,
    });
  }

  #makeOutbox(): Outbox {
    return new Outbox({
      route: (message) => this.#route(message),
      request: (message) => this.#request(message),
      send: (message) => this.session.send(message, this.#options()),
      isLinkFailure: (error) => isLinkFailure(error) || this.session.currentAvailability !== 'usable',
      spool: (message) => this.spooling?.append(message) ?? Promise.resolve('dropped'),
      undelivered: (message, delivery, why) =>
        this.publisher.publish('undelivered', { message, delivery, why }),
      onError: this.report,
      window: this.rules.eventWindow,
      maxQueued: this.rules.maxQueued,
    });
  }

  #route(message: SecsMessage): 'send' | 'wait' | 'spool' | 'drop' {
    if (this.spooling?.isActive === true) {
      if (this.spooling.takes(message)) return 'spool';
      this.spooling.count();
      return 'drop';
    }
    if (this.isCommunicating()) return 'send';
    return this.communication.state === 'WAIT CRA' ? 'wait' : 'drop';
  }

  /** A long report, or the verdict on a program, may have to be asked for first (G-44, G-72). */
  async #request(message: SecsMessage): Promise<SecsMessage> {
    const inquire = this.#inquireFor(message);
    const options = this.#options();
    if (inquire === undefined) return this.session.request(message, options);
    const granted = await this.session.request(inquire, options);
    const code = body.code(granted.item, inquire.stream === 6 ? 'GRANT6' : 'PPGNT');
    if (code !== 0)
      throw new GemError('GEM_NOT_DELIVERED', `the host answered ${inquire.name} with code ${code}`);
    return this.session.request(message, options);
  }

  /** What is set aside must not be sent as well: on a line it would wait for its turn all the same. HSMS drops it with its link. */
  #options(): { readonly signal: AbortSignal } | undefined {
    return this.#waiting && { signal: this.#waiting.signal };
  }

  #inquireFor({ name, stream, body: bytes, item }: SecsMessage): SecsMessage | undefined {
    if (bytes.length <= this.rules.inquireAbove) return undefined;
    if (stream === 6) return S(6, 5).w(L(item?.at(0) ?? U4(0), U4(bytes.length)));
    return name === 'S7F27' ? S(7, 29).w(U4(bytes.length)) : undefined;
  }

  #onCommunicating(): void {
    this.control.onCommunicating();
    this.spooling?.onCommunicating();
    this.outbox.pump();
  }

  #onSetAside(): void {
    const waiting = this.#waiting;
    this.#waiting = waiting && manyListeners();
    this.spooling?.onFailure('communication failure');
    this.outbox.setAside();
    waiting?.abort(new Error('communications have failed: what waited was set aside'));
  }

  /** Open transactions end unheard: what they are answered counts no more, nor does T3 (G-10, 3). */
  #onAbandon(): void {
    this.session.configure({ autoS9: { t3: false } });
    this.spooling?.onAbandon();
    this.outbox.abandon();
  }

  #onLink(up: boolean): void {
    if (!up) this.#dataSets?.closeAll();
  }

  #onConstant(name: string): void {
    if (name !== 'LimitsDelay') return;
    this.#limits.stop();
    this.#limits.start();
  }
}

/** One for many requests at a time. */
function manyListeners(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

/** Whether a request failed with the link, so that it is not known whether the host got the message. */
function isLinkFailure(error: unknown): boolean {
  const outcome = outcomeOf(error);
  return outcome === 'ended' || outcome === 'closed';
}
