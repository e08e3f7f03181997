import {
  HsmsActiveConnection,
  HsmsPacket,
  HsmsPassiveConnection,
  HsmsSession,
  type SecsPrimary,
} from '../../../src';
import {
  checkEquipment,
  defineEquipment,
  GemEquipment,
  memoryStore,
  profileOf,
  type CheckOptions,
  type OperatorTask,
  type RuleResult,
} from '../../../src/gem';
import { A, B, L, S, U2, type Item, type SecsMessage } from '../../../src/secs2';
import { SecsStream9Error } from '../../../src/session/errors';
import { createTestNetwork, type TestNetwork, type VirtualClock } from '../../../src/testing';
import { etcherDefinition } from '../support';

/** What a message of stream 9 is that a defect answers. */
type Stream9 = 'S9F3' | 'S9F5' | 'S9F7';

/** What a defective tool answers in place of its own answer. */
export type Wrong = Item | SecsMessage | 'abort' | 'silence' | Stream9 | undefined;

/** What is wrong with a tool: it stands between the tool and its host. */
export interface Defect {
  /** What it answers to a request; undefined: what the tool answers. `tool` carries a message out at the tool. */
  readonly asked?: (message: SecsMessage, between: Between) => Wrong | Promise<Wrong>;
  /** What becomes of the tool's own primaries: another message, nothing, or what it was. */
  readonly told?: (message: SecsMessage, between: Between) => SecsMessage | 'drop' | undefined;
}

const definition = {
  ...etcherDefinition,
  variables: {
    ...etcherDefinition.variables,
    ChamberPressure: { ...etcherDefinition.variables.ChamberPressure, min: 0, max: 1000 },
  },
} as const;

const checkedModel = defineEquipment(definition);

/** The tool of the specs and a link to it that can be made to lie: all in virtual time. */
export class Between {
  readonly network: TestNetwork<VirtualClock> = createTestNetwork();
  readonly clock = this.network.clock;
  readonly store = memoryStore({ spool: { maxMessages: 100 } });
  /** The host's side, given to what judges. */
  readonly session: HsmsSession;
  equipment: GemEquipment<typeof definition>;
  readonly defect: Defect;
  /** How many links the host has made. */
  links = 0;
  readonly #toolSession: HsmsSession;
  readonly #front: HsmsSession;
  readonly #back: HsmsSession;
  /** What a defect remembers. */
  readonly seen = new Map<string, number>();

  constructor(defect: Defect = {}) {
    this.defect = defect;
    const { options } = this.network;
    const passive = (port: number): HsmsPassiveConnection =>
      new HsmsPassiveConnection('127.0.0.1', port, 0, undefined, options);
    const active = (port: number): HsmsActiveConnection =>
      new HsmsActiveConnection('127.0.0.1', port, 0, undefined, options);
    this.#toolSession = new HsmsSession(passive(5001), { entity: 'equipment' });
    this.#back = new HsmsSession(active(5001));
    this.#front = new HsmsSession(passive(5000), { entity: 'equipment', autoS9: false });
    this.session = new HsmsSession(active(5000));
    this.equipment = this.#makeEquipment();
    this.#back.events.on('primary', (primary: SecsPrimary) => void this.#onTold(primary));
    this.#front.events.on('primary', (primary: SecsPrimary) => void this.#onAsked(primary));
    this.#front.events.on('state', (state) => {
      if (state !== 'selected') return;
      this.links++;
      void this.#back.connection.enable();
    });
    this.#front.connection.events.on('closed', () => void this.#back.connection.disable());
  }

  async up(): Promise<this> {
    await this.equipment.programs.write('ETCH', A('etch 30 s'));
    this.equipment.start();
    await this.#toolSession.connection.enable();
    await this.#front.connection.enable();
    await this.session.connection.enable();
    const polite = (primary: SecsPrimary): void => this.#answer(primary, acknowledged(primary.message));
    this.session.events.on('primary', polite);
    await this.clock.advanceAsync(2);
    const steps = L(A('STEPS'), A('ETCHER'), A('1.0'), L(L(A('ETCH'), L(U2(30)))));
    await this.clock.settled(this.session.request(S(7, 23).w(steps)));
    await this.clock.advanceAsync(1);
    this.session.events.off('primary', polite);
    return this;
  }

  async down(): Promise<void> {
    this.equipment.stop();
    for (const one of [this.session, this.#front, this.#back, this.#toolSession])
      await one.connection.dispose();
  }

  /** Carries a message out at the tool, whatever the host asked. */
  async atTool(message: SecsMessage): Promise<SecsMessage | undefined> {
    return this.#back.request(message.wBit ? message : message.w()).catch(() => undefined);
  }

  /** Sends something to the host that the tool has not sent. */
  toHost(message: SecsMessage): void {
    (message.wBit ? this.#front.request(message) : this.#sendAny(message)).catch(() => undefined);
  }

  /** How often this has been asked. */
  times(what: string): number {
    const n = (this.seen.get(what) ?? 0) + 1;
    this.seen.set(what, n);
    return n;
  }

  /** Judges the tool. */
  check(options: CheckOptions = {}): Promise<readonly RuleResult[]> {
    return this.clock.settled(checkEquipment(this.session, options), { within: 100_000 });
  }

  /** Judges it by all rules, or by some, with all that they need. */
  judge(...rules: readonly string[]): Promise<readonly RuleResult[]> {
    return this.check({
      change: 'all',
      profile: profileOf(checkedModel),
      command: { name: 'START', parameters: { PPID: A('ETCH') } },
      operator: (task) => this.operate(task),
      ...(rules.length > 0 && { rules }),
    });
  }

  /** What somebody at the tool does. */
  async operate({ kind, id, value }: OperatorTask): Promise<boolean> {
    const { equipment } = this;
    const { operator } = equipment;
    switch (kind) {
      case 'local':
        return operator.local().then(() => true);
      case 'remote':
        return operator.remote().then(() => true);
      case 'offLine':
        return operator.offLine().then(() => true);
      case 'onLine':
        void operator.onLine();
        return true;
      case 'setAlarm':
        void equipment.setAlarm(id === 1 ? 'ChamberHot' : 'DoorOpen');
        return true;
      case 'clearAlarm':
        void equipment.clearAlarm(id === 1 ? 'ChamberHot' : 'DoorOpen');
        return true;
      case 'changeConstant':
        void operator.setConstant(id === 12 ? 'LimitsDelay' : 'Temperature', 33);
        return true;
      case 'sendMessage':
        void operator.message('help');
        return true;
      case 'readMessage':
        void operator.acknowledge();
        return true;
      case 'giveCommand':
        void operator.command('STOP');
        return true;
      case 'setValue':
        equipment.set('ChamberPressure', value ?? 0);
        return true;
      case 'restart':
        equipment.stop();
        this.equipment = this.#makeEquipment();
        this.equipment.start();
        return true;
    }
  }

  /** Also what is no primary, which a session does not send by itself. */
  async #sendAny(message: SecsMessage): Promise<void> {
    const packet = HsmsPacket.ofMessage(message, { sessionId: 0, systemBytes: 0xffff_0000 });
    await this.#front.connection.send(packet);
  }

  #pass(seconds: number): Promise<void> {
    return new Promise((resolve) => void this.clock.setTimer('spec', seconds, resolve));
  }

  #makeEquipment(): GemEquipment<typeof definition> {
    const equipment = new GemEquipment<typeof definition>(this.#toolSession, checkedModel, {
      timeZone: 'UTC',
      store: this.store,
      onError: () => undefined,
      verifyProgram: () => [],
    });
    equipment.commands.START.handle(() => {
      if (equipment.controlState === 'LOCAL') return 2;
      void this.#pass(1).then(() => equipment.raise('ProcessingCompleted'));
      return 4;
    });
    equipment.commands.STOP.handle(() => 0);
    return equipment;
  }

  async #onAsked(primary: SecsPrimary): Promise<void> {
    const { message } = primary;
    const wrong = await this.defect.asked?.(message, this);
    if (wrong === 'silence') return;
    if (wrong === 'abort') return this.#answer(primary, S(message.stream, 0));
    if (typeof wrong === 'string')
      return void this.#front.reportError(Number(wrong.slice(3)) as 3 | 5 | 7, primary.header);
    if (wrong !== undefined) return this.#answer(primary, wrong);
    try {
      await this.#back.usable();
      if (!primary.wantsReply) return await this.#back.send(message);
      this.#answer(primary, await this.#back.request(message));
    } catch (error) {
      if (error instanceof SecsStream9Error)
        return void this.#front.reportError(error.errorFunction as 3 | 5 | 7, primary.header);
      if ((error as { outcome?: string }).outcome === 'aborted') this.#answer(primary, S(message.stream, 0));
    }
  }

  async #onTold(primary: SecsPrimary): Promise<void> {
    const { message } = primary;
    if (message.stream === 9 && message.function < 9) return;
    // What was answered before it leaves before it.
    await new Promise((resolve) => setImmediate(resolve));
    const made = this.defect.told?.(message, this);
    if (made === 'drop') return this.#answer(primary, acknowledged(message));
    const sent = made ?? message;
    try {
      if (!sent.wBit) {
        await this.#front.send(sent);
        this.#answer(primary, acknowledged(message));
      } else this.#answer(primary, await this.#front.request(sent));
    } catch (error) {
      if ((error as { outcome?: string }).outcome === 'aborted') this.#answer(primary, S(message.stream, 0));
    }
  }

  #answer(primary: SecsPrimary, answer: Item | SecsMessage): void {
    if (primary.wantsReply && !primary.replied) primary.reply(answer).catch(() => undefined);
  }
}

/** What a host that takes everything answers. */
function acknowledged({ name, stream, function: fn }: SecsMessage): SecsMessage {
  if (name === 'S1F13') return S(1, 14, L(B0, L()));
  return name === 'S1F1' ? S(1, 2, L()) : S(stream, fn + 1, B0);
}

const B0 = B(0);
