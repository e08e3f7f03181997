import type { EventEmitter } from 'node:events';
import {
  HsmsActiveConnection,
  HsmsPassiveConnection,
  HsmsSession,
  type SecsSession,
} from '../../../src/index.js';
import {
  defineEquipment,
  GemEquipment,
  GemHost,
  memoryStore,
  type DefinitionRecord,
  type GemStore,
  type HostMemory,
  type HostSetup,
  type ProfileFrom,
} from '../../../src/gem/index.js';
import { etcherDefinition } from '../../gem/support.js';
import { SETTINGS, T3 } from './settings.js';
import type { DayWorld, Part, Work } from './world.js';

const model = defineEquipment(etcherDefinition);
type Definition = typeof etcherDefinition;
type Setup = HostSetup<ProfileFrom<typeof model>>;

/** Wishes that follow each other: reports, traces and limits come and go. */
const WISHES: readonly Setup[] = [
  {
    reports: { Position: ['WaferId', 'Slot'], Chamber: ['ChamberPressure'] },
    events: { WaferStarted: ['Position', 'Chamber'], WaferDone: ['Position'], DoorOpened: [] },
    alarms: 'all',
    traces: {
      Pressure: { period: 20, samples: 1000, groupSize: 5, variables: ['ChamberPressure', 'Recipe'] },
    },
  },
  {
    reports: { Position: ['Slot', 'WaferId'] },
    events: { WaferStarted: ['Position'], DoorOpened: [] },
    alarms: ['DoorOpen'],
    limits: { ChamberPressure: { 1: { upper: 500, lower: 400 } } },
  },
];

interface Tool {
  readonly session: SecsSession;
  readonly equipment: GemEquipment<Definition>;
}

interface Host {
  readonly session: SecsSession;
  readonly host: GemHost<typeof model, Setup>;
}

/** A GEM equipment with a spool, and its GEM host. */
export class GemPart implements Part {
  readonly name = 'gem';
  readonly works: readonly Work[] = [
    { seconds: 10, act: () => this.#raise() },
    { seconds: 25, act: () => this.#talk() },
  ];
  readonly #store: GemStore = memoryStore({ spool: { maxMessages: 50 } });
  readonly #memory: HostMemory;
  #tool!: Tool;
  #host!: Host;
  #wish = WISHES[0] as Setup;
  #turn = 0;
  #wafer = 0;

  constructor(
    readonly world: DayWorld,
    readonly port: number,
  ) {
    let record: DefinitionRecord | undefined;
    this.#memory = {
      load: () => record,
      save: (given) => void (record = structuredClone<DefinitionRecord>(given)),
    };
  }

  async start(): Promise<void> {
    await this.#startTool();
    await this.#tool.equipment.operator.setConstant('EnableSpooling', true);
    await this.#startHost();
  }

  isReady(): boolean {
    const { pending, spoolState } = this.#tool.equipment;
    return this.#host.host.state === 'ready' && pending === 0 && spoolState === 'INACTIVE';
  }

  async incident(): Promise<void> {
    const incidents: readonly (() => unknown)[] = [
      () => this.#reset(),
      () => this.#cut(),
      () => this.#restart('host'),
      () => this.#restart('tool'),
      () => this.#apply(),
      () => this.#offLine(),
      () => this.#replaceHost(),
    ];
    await incidents[this.#turn++ % incidents.length]?.();
    this.world.count('incident: gem');
    await this.world.until('the GEM host to be ready again', () => this.isReady(), 900);
  }

  async stop(): Promise<void> {
    this.#host.host.stop();
    this.#tool.equipment.stop();
    await Promise.all([this.#host.session.connection.dispose(), this.#tool.session.connection.dispose()]);
  }

  sessions(): readonly SecsSession[] {
    return [this.#host.session, this.#tool.session];
  }

  emitters(): readonly EventEmitter[] {
    return [
      ...this.sessions().flatMap(({ events, connection }) => [events, connection.events]),
      this.#host.host.emitter,
      this.#tool.equipment.events,
    ];
  }

  async #startTool(): Promise<void> {
    const { world, port } = this;
    const connection = new HsmsPassiveConnection('', port, 0, undefined, this.#options());
    const session = new HsmsSession(connection, { t3: T3, entity: 'equipment', linktestInterval: 50 });
    const equipment = new GemEquipment<Definition>(session, model, {
      store: this.#store,
      timeZone: 'UTC',
      clock: world.clock,
      onError: (error) => world.failed('the equipment', error),
    });
    equipment.events.on('undelivered', () => world.count('undelivered'));
    equipment.commands.PURGE.handle(({ Seconds }) => (Number(Seconds) > 500 ? 2 : 0));
    this.#tool = { session, equipment };
    equipment.start();
    await connection.enable();
  }

  async #startHost(): Promise<void> {
    const { world, port } = this;
    const connection = new HsmsActiveConnection('127.0.0.1', port, 0, undefined, this.#options());
    const session = new HsmsSession(connection, { t3: T3, linktestInterval: 30 });
    const host = this.#makeHost(session);
    connection.established.subscribe(() => world.count('connects'));
    connection.notices.subscribe(({ kind }) => world.count(`notice: ${kind}`));
    this.#host = { session, host };
    await connection.enable();
    host.start();
  }

  #makeHost(session: SecsSession): GemHost<typeof model, Setup> {
    const { world } = this;
    const host = new GemHost<typeof model, Setup>(session, {
      profile: model,
      setup: this.#wish,
      memory: this.#memory,
      timeZone: 'UTC',
      onError: (error) => world.failed('the host', error),
    });
    host.events.subscribe(() => world.count('gem events'));
    host.alarms.subscribe(() => world.count('gem alarms'));
    host.traces.subscribe(() => world.count('gem traces'));
    host.transitions.subscribe(({ to }) => world.count(`gem host: ${to}`));
    return host;
  }

  #options(): ConstructorParameters<typeof HsmsActiveConnection>[4] {
    const { world } = this;
    return { ...world.network.options, ...SETTINGS, onError: world.onError };
  }

  async #raise(): Promise<void> {
    const { equipment } = this.#tool;
    const wafer = ++this.#wafer;
    equipment.set('ChamberPressure', wafer % 1000);
    const given = { WaferId: `W-${wafer % 1000}`, Slot: wafer % 25 };
    const raised = [
      equipment.raise('WaferStarted', given),
      equipment.raise('WaferDone', { WaferId: given.WaferId }),
    ];
    if (wafer % 5 === 0) raised.push(equipment[wafer % 2 === 0 ? 'setAlarm' : 'clearAlarm']('DoorOpen'));
    // Deliveries may wait for the link: nobody here waits for them.
    for (const delivery of raised) void delivery.then((told) => this.world.count(`delivery: ${told}`));
    await Promise.resolve();
  }

  async #talk(): Promise<void> {
    const { host } = this.#host;
    if (host.state !== 'ready') return;
    await host.read('ChamberPressure', 'Total');
    await host.command('PURGE', { Seconds: 1 + this.world.random.below(600) });
    await host.constants.set({ Temperature: this.world.random.below(400) });
    await host.readAlarms();
    await host.terminal.show('hello');
    this.world.count('gem talks');
  }

  async #reset(): Promise<void> {
    this.world.network.reset(this.port);
    await this.world.pass(1);
  }

  /** Long enough for the spool to overflow. */
  async #cut(): Promise<void> {
    const { network } = this.world;
    network.cut(this.port);
    await this.world.pass(400);
    network.heal(this.port);
  }

  async #restart(which: 'host' | 'tool'): Promise<void> {
    if (which === 'host') {
      this.#host.host.stop();
      await this.#host.session.connection.dispose();
      await this.#startHost();
    } else {
      this.#tool.equipment.stop();
      await this.#tool.session.connection.dispose();
      await this.#startTool();
    }
  }

  async #apply(): Promise<void> {
    this.#wish = (this.#wish === WISHES[0] ? WISHES[1] : WISHES[0]) as Setup;
    const problems = await this.#host.host.apply(this.#wish);
    for (const { text } of problems) this.world.fault(`a set-up: ${text}`);
  }

  async #offLine(): Promise<void> {
    const { operator } = this.#tool.equipment;
    await operator.offLine();
    await this.world.pass(5);
    await operator.onLine();
  }

  /** Another host on the same session. */
  async #replaceHost(): Promise<void> {
    const { session, host } = this.#host;
    host.stop();
    await this.world.pass(5);
    this.#host = { session, host: this.#makeHost(session) };
    this.#host.host.start();
  }
}
