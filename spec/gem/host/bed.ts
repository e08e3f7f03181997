import type { SecsPrimary, SecsSession } from '../../../src';
import {
  defineEquipment,
  GemEquipment,
  GemHost,
  memoryStore,
  type EquipmentDefinition,
  type EquipmentModel,
  type GemEquipmentOptions,
  type GemHostOptions,
  type GemStore,
  type HostEvent,
  type HostSetup,
  type HostWarning,
  type ProfileFrom,
  type ProfileSource,
} from '../../../src/gem';
import { A, B, L, U1, type Item, type SecsMessage } from '../../../src/secs2';
import { createTestNetwork, type TestNetwork, type VirtualClock } from '../../../src/testing';
import { etcherDefinition } from '../support';
import { equipmentSession, hostSession } from '../transport';

export const etcherModel: EquipmentModel<typeof etcherDefinition> = defineEquipment(etcherDefinition);

/** A wish that has something of everything. */
export const etcherSetup = {
  reports: { Position: ['WaferId', 'Slot'], Chamber: ['ChamberPressure'] },
  events: { WaferStarted: ['Position', 'Chamber'], WaferDone: ['Position'], DoorOpened: [] },
  alarms: 'all',
} as const satisfies HostSetup<ProfileFrom<typeof etcherModel>>;

/** Lets a tool of the bed answer by itself: an item, a message, `silence`; undefined: what GEM answers. */
type Override = (message: SecsMessage) => Item | SecsMessage | 'silence' | undefined;

/** A sender in the place of an equipment: answers what the spec says, and sends what it wants. */
export class Tool {
  readonly session: SecsSession;
  /** Every primary of the host, in order. */
  readonly received: SecsMessage[] = [];
  readonly #answers = new Map<string, Override>();

  constructor(network: TestNetwork<VirtualClock>, port = 5000, t3 = 45) {
    this.session = equipmentSession(network.options, { port, t3, autoS9: false });
    this.session.events.on('primary', (primary: SecsPrimary) => this.#onPrimary(primary));
  }

  on(name: string, answer: Override | Item | SecsMessage | 'silence'): this {
    this.#answers.set(name, typeof answer === 'function' ? answer : () => answer);
    return this;
  }

  /** What came of these messages since the last call, as SML on one line. */
  taken(...names: readonly string[]): string[] {
    return this.received
      .splice(0)
      .filter(({ name }) => names.length === 0 || names.includes(name))
      .map((message) => `${message.name} ${oneLine(message.item)}`.trim());
  }

  #onPrimary(primary: SecsPrimary): void {
    const { message } = primary;
    this.received.push(message);
    if (!primary.wantsReply) return;
    const answer = this.#answers.get(message.name)?.(message);
    if (answer === 'silence') return;
    if (answer === undefined) {
      void this.session.reportError(5, primary.header);
      return;
    }
    void primary.reply(answer);
  }
}

/** A host and a network; the other side is an equipment of ours, or a {@link Tool}. */
export class HostSide<T extends ProfileSource, S extends HostSetup<ProfileFrom<T>>> {
  readonly session: SecsSession;
  readonly host: GemHost<T, S>;
  readonly events: HostEvent[] = [];
  readonly warnings: HostWarning[] = [];
  readonly states: string[] = [];
  readonly steps: string[] = [];
  readonly errors: string[] = [];

  constructor(
    readonly network: TestNetwork<VirtualClock>,
    profile: T,
    setup: S,
    options: GemHostOptions & {
      readonly t3?: number;
      readonly port?: number;
      readonly deviceId?: number;
    } = {},
  ) {
    const { t3: sessionT3 = 45, port = 5000, deviceId = 0, ...rest } = options;
    this.session = hostSession(network.options, { port, t3: sessionT3, sessionId: deviceId });
    this.host = new GemHost<T, S>(this.session, {
      profile,
      setup,
      timeZone: 'UTC',
      onError: (error, where) => this.errors.push(`${where}: ${String(error)}`),
      ...rest,
    });
    this.host.events.subscribe((event) => this.events.push(event));
    this.host.warnings.subscribe((warning) => this.warnings.push(warning));
    this.host.transitions.subscribe(({ to }) => this.states.push(to));
    this.host.progress.subscribe(({ step }) => this.steps.push(step));
  }

  async down(): Promise<void> {
    this.host.stop();
    await this.session.connection.dispose();
  }
}

/** The equipment of the specs. */
export class EquipmentSide<const D extends EquipmentDefinition = typeof etcherDefinition> {
  readonly session: SecsSession;
  readonly equipment: GemEquipment<D>;
  readonly store: GemStore;
  /** Every primary of the host, in order. */
  readonly received: SecsMessage[] = [];

  constructor(
    network: TestNetwork<VirtualClock>,
    model: EquipmentModel<D>,
    options: GemEquipmentOptions & { readonly t3?: number; readonly port?: number } = {},
  ) {
    const { t3 = 45, port = 5000, ...rest } = options;
    this.session = equipmentSession(network.options, { port, t3 });
    this.session.events.on('primary', (primary: SecsPrimary) => this.received.push(primary.message));
    this.store = options.store ?? memoryStore({ spool: { maxMessages: 1000 } });
    this.equipment = new GemEquipment<D>(this.session, model, {
      timeZone: 'UTC',
      ...rest,
      store: this.store,
    });
    this.equipment.start();
  }

  taken(...names: readonly string[]): string[] {
    return this.received
      .splice(0)
      .filter(({ name }) => names.length === 0 || names.includes(name))
      .map((message) => `${message.name} ${oneLine(message.item)}`.trim());
  }

  async down(): Promise<void> {
    this.equipment.stop();
    await this.session.connection.dispose();
  }
}

export const testNetwork = (): TestNetwork<VirtualClock> => createTestNetwork();

/** Our host and our equipment, up. */
export async function pair<const S extends HostSetup<ProfileFrom<typeof etcherModel>> = typeof etcherSetup>(
  setup?: S,
): Promise<{ tool: EquipmentSide; side: HostSide<typeof etcherModel, S> }> {
  const network = testNetwork();
  const tool = new EquipmentSide(network, etcherModel);
  const side = new HostSide(network, etcherModel, (setup ?? etcherSetup) as S);
  await tool.session.connection.enable();
  await side.session.connection.enable();
  side.host.start();
  await network.clock.advanceAsync(5);
  return { tool, side };
}

/** A tool that the spec scripts, ON-LINE, which accepts everything. */
export async function scripted(
  setup: object,
  change: (tool: Tool) => void = () => undefined,
  options = {},
): Promise<{ tool: Tool; side: HostSide<typeof etcherModel, object> }> {
  const network = testNetwork();
  const tool = new Tool(network)
    .on('S1F13', L(B(0), L(A('ETCHER'), A('1.0'))))
    .on('S1F17', B(0))
    .on('S2F13', L(U1(1)))
    .on('S6F23', B(2))
    .on('S5F5', L());
  for (const name of ['S2F31', 'S2F33', 'S2F35', 'S2F37', 'S5F3', 'S2F15', 'S2F23']) tool.on(name, B(0));
  change(tool);
  const side = new HostSide(network, etcherModel, setup, options);
  await tool.session.connection.enable();
  await side.session.connection.enable();
  side.host.start();
  await network.clock.advanceAsync(5);
  return { tool, side };
}

/** An item as SML on one line. */
export function oneLine(item: Item | undefined): string {
  if (item === undefined) return '';
  return String(item)
    .replace(/\s+/g, ' ')
    .replace(/\[\d+\]/g, '')
    .replace(/> >/g, '>>')
    .replace(/ >/g, '>')
    .replace(/<A>/g, '<A "">');
}
