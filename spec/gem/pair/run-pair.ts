import type { SecsSession } from '../../../src';
import {
  GemEquipment,
  GemHost,
  memoryStore,
  type DefinitionRecord,
  type GemStore,
  type HostEvent,
  type HostMemory,
  type HostSetup,
  type ProfileFrom,
  type Received,
} from '../../../src/gem';
import { createTestNetwork, type TestNetwork, type VirtualClock } from '../../../src/testing';
import { etcherModel } from '../host/bed';
import { equipmentSession, hostSession, type Wanted } from '../transport';
import { random, type Random } from './random';

type Setup = HostSetup<ProfileFrom<typeof etcherModel>>;

/** Wishes that contradict one another: the same RPTID for something else, the same event with other reports. */
const WISHES: readonly Setup[] = [
  { reports: { P: ['WaferId', 'Slot'] }, events: { WaferStarted: ['P'], DoorOpened: [] }, alarms: 'all' },
  { reports: { P: ['Slot', 'WaferId'] }, events: { WaferStarted: ['P'] }, alarms: ['DoorOpen'] },
  {
    reports: { A: ['WaferId'], B: ['Slot', 'ChamberPressure'] },
    events: { WaferStarted: ['A', 'B'], WaferDone: ['A'] },
    alarms: 'none',
    constants: { Temperature: 100 },
  },
  { reports: { P: { id: 7, values: ['WaferId'] } }, events: { WaferStarted: ['P'], WaferDone: ['P'] } },
  { reports: { P: { id: 7, values: ['Slot'] } }, events: { WaferStarted: ['P'] } },
];

interface ToolSide {
  readonly session: SecsSession;
  readonly equipment: GemEquipment<(typeof etcherModel)['definition']>;
}

interface HostPart {
  readonly session: SecsSession;
  readonly host: GemHost<typeof etcherModel, Setup>;
}

/** An event that was raised, and what became of it. */
interface Raised {
  readonly wafer: string;
  readonly slot: number;
  delivery: string;
}

/** What a run found wrong. */
export interface PairOutcome {
  readonly seed: number;
  readonly problems: readonly string[];
  /** What the run did, for whoever looks for the cause. */
  readonly trace: readonly string[];
  readonly raised: number;
  readonly spooled: number;
}

/** A reply whose link is cut fails: that is what is tried here. */
const LINK: Wanted = { t5: 1, watched: true, onError: () => undefined };

/** Messages of the tool that were seen to be spooled have to come within this time, in seconds, once all is well. */
const AFTERWARDS = 900;

/** One run: our host and our equipment through cuts, restarts and other wishes, from a seed. */
export class PairRun {
  readonly #random: Random;
  readonly #seed: number;
  readonly #network: TestNetwork<VirtualClock> = createTestNetwork();
  readonly #store: GemStore = memoryStore({ spool: { maxMessages: 10_000 } });
  readonly #memory: HostMemory;
  readonly #seen: HostEvent[] = [];
  readonly #raised: Raised[] = [];
  readonly #problems: string[] = [];
  readonly #trace: string[] = [];
  #wish: Setup = WISHES[0] as Setup;
  #tool: ToolSide;
  #host: HostPart;
  /** Messages of the host until the next cut; 0: none. */
  #untilCut = 0;
  #isManual = false;

  constructor(seed: number) {
    this.#seed = seed;
    this.#random = random(seed);
    let record: DefinitionRecord | undefined;
    this.#memory = {
      load: () => record,
      save: (given) => void (record = structuredClone<DefinitionRecord>(given)),
    };
    this.#tool = this.#makeTool();
    this.#host = this.#makeHost();
  }

  async run(): Promise<PairOutcome> {
    await this.#start();
    for (let i = 0; i < 14; i++) {
      await this.#act();
      await this.#network.clock.advanceAsync(this.#random.pick([0, 0, 0.2, 1, 3, 12]));
    }
    this.#untilCut = 0;
    this.#network.heal();
    await this.#network.clock.advanceAsync(AFTERWARDS);
    await this.#check();
    this.#host.host.stop();
    this.#tool.equipment.stop();
    await this.#network.clock.settled(
      Promise.all([this.#host.session.connection.dispose(), this.#tool.session.connection.dispose()]),
    );
    const spooled = this.#raised.filter(({ delivery }) => delivery === 'spooled').length;
    return {
      seed: this.#seed,
      problems: this.#problems,
      trace: this.#trace,
      raised: this.#raised.length,
      spooled,
    };
  }

  #note(text: string): void {
    this.#trace.push(`${this.#network.clock.now().toFixed(0)} ${text}`);
  }

  #makeTool(): ToolSide {
    const session = equipmentSession(this.#network.options, LINK);
    const equipment = new GemEquipment(session, etcherModel, {
      store: this.#store,
      timeZone: 'UTC',
      onError: () => undefined,
    });
    session.events.on('primary', () => this.#onMessage());
    return { session, equipment };
  }

  #makeHost(): HostPart {
    const session = hostSession(this.#network.options, LINK);
    this.#isManual = this.#random.chance(0.3);
    const host = new GemHost<typeof etcherModel, Setup>(session, {
      profile: etcherModel,
      setup: this.#wish,
      memory: this.#memory,
      ack: this.#isManual ? 'manual' : 'auto',
      timeZone: 'UTC',
      onError: (error, where) => this.#problems.push(`${where}: ${String(error)}`),
    });
    host.progress.subscribe(({ step }) => this.#note(`step ${step}`));
    host.transitions.subscribe(({ to, cause }) => this.#note(`${to}: ${cause}`));
    const acknowledge = (received: Received): void => {
      if (!this.#isManual) return;
      this.#network.clock.setTimer(
        'slow',
        this.#random.pick([0.01, 0.3, 2]),
        () => void received.acknowledge(),
      );
    };
    host.events.subscribe((event) => {
      this.#seen.push(event);
      acknowledge(event);
    });
    host.alarms.subscribe(acknowledge);
    return { session, host };
  }

  async #start(): Promise<void> {
    this.#tool.equipment.start();
    await this.#tool.equipment.operator.setConstant('EnableSpooling', true);
    if (this.#random.chance(0.3)) await this.#tool.equipment.operator.setConstant('MaxSpoolTransmit', 2);
    await this.#tool.session.connection.enable();
    await this.#enableHost();
    if (this.#random.chance(0.7)) await this.#network.clock.advanceAsync(30);
  }

  async #enableHost(): Promise<void> {
    await this.#host.session.connection.enable();
    this.#host.host.start();
  }

  async #act(): Promise<void> {
    const action = this.#random.pick([
      ...(['raise', 'raise', 'raise', 'burst', 'alarm', 'cut', 'heal', 'heal', 'reset'] as const),
      ...(['cutSoon', 'cutSoon', 'restartHost', 'restartTool', 'apply'] as const),
    ]);
    this.#note(`${action} (${this.#host.host.state})`);
    switch (action) {
      case 'raise':
        this.#raise();
        break;
      case 'burst':
        for (let i = 0; i < 20; i++) this.#raise();
        break;
      case 'alarm':
        void this.#tool.equipment[this.#random.chance(0.5) ? 'setAlarm' : 'clearAlarm']('DoorOpen');
        break;
      case 'cut':
        this.#network.cut();
        break;
      case 'heal':
        this.#network.heal();
        break;
      case 'reset':
        this.#network.reset();
        break;
      case 'cutSoon':
        // In the middle of the set-up: after so many of its messages.
        this.#network.heal();
        this.#network.reset();
        this.#untilCut = this.#random.below(16) + 1;
        await this.#network.clock.advanceAsync(4);
        break;
      case 'restartHost':
        await this.#restartHost();
        break;
      case 'restartTool':
        await this.#restartTool();
        break;
      case 'apply':
        this.#wish = this.#random.pick(WISHES);
        void this.#host.host.apply(this.#wish).catch(() => undefined);
        break;
    }
  }

  #onMessage(): void {
    if (this.#untilCut === 0 || --this.#untilCut > 0) return;
    this.#network.reset();
  }

  #raise(): void {
    const n = this.#raised.length + 1;
    const raised: Raised = { wafer: `W-${n}`, slot: n % 256, delivery: 'pending' };
    this.#raised.push(raised);
    void this.#tool.equipment
      .raise('WaferStarted', { WaferId: raised.wafer, Slot: raised.slot })
      .then((delivery) => (raised.delivery = delivery));
  }

  async #restartHost(): Promise<void> {
    this.#host.host.stop();
    await this.#network.clock.settled(this.#host.session.connection.dispose());
    if (this.#random.chance(0.6)) this.#wish = this.#random.pick(WISHES);
    this.#host = this.#makeHost();
    await this.#enableHost();
  }

  async #restartTool(): Promise<void> {
    this.#tool.equipment.stop();
    await this.#network.clock.settled(this.#tool.session.connection.dispose());
    this.#tool = this.#makeTool();
    this.#tool.equipment.start();
    await this.#tool.session.connection.enable();
  }

  async #check(): Promise<void> {
    const { host } = this.#host;
    if (host.state !== 'ready')
      this.#problems.push(`the host is ${host.state}: ${host.degraded.map(({ text }) => text).join('; ')}`);
    else await this.#checkWish();
    if (this.#tool.equipment.spoolState !== 'INACTIVE')
      this.#problems.push(`the spool is ${this.#tool.equipment.spoolState}`);
    const lost = this.#raised.filter((raised) => this.#isMissing(raised));
    // While a wish is being changed an event stands without its reports for a moment: it comes without a value to know it by.
    const bare = this.#seen.filter(({ name, reports }) => name === 'WaferStarted' && reports.length === 0);
    if (lost.length > bare.length)
      this.#problems.push(
        `never came: ${lost.map(({ wafer, delivery }) => `${wafer} (${delivery})`).join(', ')}`,
      );
    for (const event of this.#seen) this.#checkSeen(event);
  }

  /** What the tool has is what is wished: it is asked by other messages than those that set it up. */
  async #checkWish(): Promise<void> {
    const { host } = this.#host;
    const { clock } = this.#network;
    const wanted = Object.entries(this.#wish.events ?? {}) as [
      keyof typeof etcherModel.definition.events,
      readonly string[],
    ][];
    const { EventsEnabled: enabled } = await clock.settled(host.read('EventsEnabled'));
    const ceids = wanted.map(([name]) => etcherModel.events.get(name)?.id);
    same(this.#problems, 'EventsEnabled', [...((enabled ?? []) as number[])].sort(), [...ceids].sort());
    for (const [name, reports] of wanted) {
      const asked = (await clock.settled(host.askEvent(name))) as unknown as Pick<HostEvent, 'reports'>;
      same(
        this.#problems,
        `reports of ${name}`,
        asked.reports.map((report) => report.name),
        [...reports],
      );
      const values = asked.reports.map((report) => report.values.length);
      const lengths = reports.map((report) => {
        const wish = this.#wish.reports?.[report];
        return wish === undefined
          ? 0
          : 'values' in wish && !Array.isArray(wish)
            ? wish.values.length
            : (wish as readonly string[]).length;
      });
      same(this.#problems, `values of ${name}`, values, lengths);
    }
    const set = host.currentAlarms?.map(({ name }) => name) ?? 'unknown';
    const isKept =
      this.#wish.alarms === 'all' ||
      (Array.isArray(this.#wish.alarms) && this.#wish.alarms.includes('DoorOpen'));
    if (isKept)
      same(
        this.#problems,
        'active alarms',
        set,
        this.#tool.equipment.isAlarmSet('DoorOpen') ? ['DoorOpen'] : [],
      );
    if (this.#wish.constants !== undefined)
      same(this.#problems, 'Temperature', this.#tool.equipment.constant('Temperature'), 100);
  }

  /** What the tool counts as delivered or keeps for later has come. */
  #isMissing({ wafer, slot, delivery }: Raised): boolean {
    if (delivery !== 'sent' && delivery !== 'spooled') return false;
    return !this.#seen.some(
      ({ values }) =>
        values['WaferId'] === wafer || (values['WaferId'] === undefined && values['Slot'] === slot),
    );
  }

  /** What came was read by the definitions it was made with. */
  #checkSeen({ name, values, spooled, reports }: HostEvent): void {
    if (name !== 'WaferStarted') return;
    const { WaferId: wafer, Slot: slot } = values;
    const isRight =
      (wafer === undefined || (typeof wafer === 'string' && wafer.startsWith('W-'))) &&
      (slot === undefined || typeof slot === 'number') &&
      (wafer === undefined ||
        slot === undefined ||
        this.#raised[Number(String(wafer).slice(2)) - 1]?.slot === slot);
    const isKnown = reports.every((report) => report.name !== undefined);
    if (!isRight || !isKnown) {
      this.#problems.push(
        `misread${spooled ? ' from the spool' : ''}: ${JSON.stringify({ values, reports })}`,
      );
    }
  }
}

function same(problems: string[], what: string, found: unknown, wanted: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) {
    problems.push(`${what} must be ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`);
  }
}
