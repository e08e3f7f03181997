import type { SecsPrimary, SecsSession } from '../../../src';
import { defineEquipment, type EquipmentDefinition, type GemStore } from '../../../src/gem';
import { GemEquipment } from '../../../src/gem/equipment/equipment';
import type { GemRefusal, GemTransition, GemUndelivered } from '../../../src/gem/equipment/events';
import type { GemEquipmentOptions } from '../../../src/gem/equipment/options';
import { memoryStore } from '../../../src/gem/store/memory-store';
import { B, L, parseMessage, S, type Item, type SecsMessage } from '../../../src/secs2';
import { createTestNetwork, type TestNetwork, type VirtualClock } from '../../../src/testing';
import { etcherDefinition } from '../support';
import { equipmentSession, hostSession } from '../transport';

/** What the host answers a primary of the equipment: an item, SxF0, or nothing. */
export type HostAnswer = Item | 'abort' | 'silence';

export interface BedOptions extends GemEquipmentOptions {
  readonly t3?: number;
  /** Constants that the store has before the equipment is made, as the operator left them. */
  readonly online?: boolean;
}

/** An equipment and a host on a network in memory, in virtual time. */
export class Bed<const D extends EquipmentDefinition = typeof etcherDefinition> {
  readonly network: TestNetwork<VirtualClock>;
  readonly clock: VirtualClock;
  readonly equipment: GemEquipment<D>;
  readonly session: SecsSession;
  readonly host: SecsSession;
  readonly store: GemStore;
  /** Every primary of the equipment, in order. */
  readonly received: SecsMessage[] = [];
  readonly transitions: GemTransition[] = [];
  readonly refused: GemRefusal[] = [];
  readonly undelivered: GemUndelivered[] = [];
  readonly errors: string[] = [];
  readonly #answers = new Map<string, (message: SecsMessage) => HostAnswer>();

  constructor(definition: D, options: BedOptions = {}) {
    this.network = createTestNetwork();
    this.clock = this.network.clock;
    const { t3 = 45, ...rest } = options;
    this.store = options.store ?? memoryStore({ spool: { maxMessages: 100 } });
    this.session = equipmentSession(this.network.options, { t3 });
    this.equipment = new GemEquipment<D>(this.session, defineEquipment(definition), {
      timeZone: 'UTC',
      onError: (error, where) =>
        this.errors.push(`${where}: ${error instanceof Error ? error.message : String(error)}`),
      ...rest,
      store: this.store,
    });
    this.equipment.events.on('transition', (transition) => this.transitions.push(transition));
    this.equipment.events.on('refused', (refusal) => this.refused.push(refusal));
    this.equipment.events.on('undelivered', (undelivered) => this.undelivered.push(undelivered));
    this.host = hostSession(this.network.options, { t3 });
    this.host.events.on('primary', (primary: SecsPrimary) => this.#onPrimary(primary));
    this.on('S1F13', () => L(B(0), L()));
    this.on('S1F1', () => L());
    for (const name of ['S5F1', 'S6F1', 'S6F11', 'S6F13', 'S6F5', 'S10F1', 'S7F27'])
      this.on(name, () => B(0));
  }

  /** What the host answers from now on. */
  on(name: string, answer: (message: SecsMessage) => HostAnswer): void {
    this.#answers.set(name, answer);
  }

  /** Both sides up, communications established, the equipment ON-LINE. */
  async up(): Promise<this> {
    this.equipment.start();
    await this.connect();
    return this;
  }

  async connect(): Promise<void> {
    await this.session.connection.enable();
    await this.host.connection.enable();
    await this.settle();
  }

  settle(): Promise<void> {
    return this.clock.settle();
  }

  pass(seconds: number): Promise<void> {
    return this.clock.advanceAsync(seconds);
  }

  /** The host's request, as SML or a message; its reply. */
  async ask(message: SecsMessage | string): Promise<SecsMessage> {
    const sent = typeof message === 'string' ? parseMessage(message) : message;
    return this.clock.settled(this.host.request(sent));
  }

  /** The reply's body as SML on one line. */
  async reply(message: SecsMessage | string): Promise<string> {
    return oneLine((await this.ask(message)).item);
  }

  /** As `reply`, but a failed request gives its outcome. */
  async outcome(message: SecsMessage | string): Promise<string> {
    try {
      const reply = await this.ask(message);
      return `${reply.name} ${oneLine(reply.item)}`.trim();
    } catch (error) {
      const { outcome, errorFunction } = error as { outcome?: string; errorFunction?: number };
      return errorFunction === undefined ? (outcome ?? String(error)) : `S9F${errorFunction}`;
    }
  }

  /** Messages of the equipment since the last call, as SML on one line each; S1F1 and S1F13 left out. */
  taken(...names: readonly string[]): string[] {
    const lines = this.received
      .splice(0)
      .filter(({ name }) => (names.length === 0 ? name !== 'S1F1' && name !== 'S1F13' : names.includes(name)))
      .map((message) => `${message.name}${message.wBit ? ' W' : ''} ${oneLine(message.item)}`.trim());
    return lines;
  }

  /** Numbers of the transitions of one state model since the last call. */
  numbers(model: GemTransition['model']): number[] {
    const numbers = this.transitions
      .filter((transition) => transition.model === model)
      .flatMap((one) => one.numbers);
    this.transitions.splice(0);
    return numbers;
  }

  /** Enables all events and alarms. */
  async enableAll(): Promise<void> {
    await this.ask('S2F37 W <L <BOOLEAN T> <L>>');
    await this.ask('S5F3 W <L <B 0x80> <U4>>');
  }

  /** Defines one report of these VIDs, links it to events and enables them. */
  async report(rptid: number, vids: readonly number[], ceids: readonly number[]): Promise<void> {
    const list = vids.map((vid) => `<U4 ${vid}>`).join(' ');
    expect(await this.reply(`S2F33 W <L <U4 1> <L <L <U4 ${rptid}> <L ${list}>>>>`)).toBe('<B 0x00>');
    const links = ceids.map((ceid) => `<L <U4 ${ceid}> <L <U4 ${rptid}>>>`).join(' ');
    expect(await this.reply(`S2F35 W <L <U4 1> <L ${links}>>`)).toBe('<B 0x00>');
    const events = ceids.map((ceid) => `<U4 ${ceid}>`).join(' ');
    expect(await this.reply(`S2F37 W <L <BOOLEAN T> <L ${events}>>`)).toBe('<B 0x00>');
  }

  /** The link goes down and stays down until `heal`. */
  async cut(): Promise<void> {
    await this.host.connection.disable();
    await this.settle();
  }

  async heal(): Promise<void> {
    await this.host.connection.enable();
    await this.settle();
  }

  async down(): Promise<void> {
    this.equipment.stop();
    await this.host.connection.dispose();
    await this.session.connection.dispose();
  }

  #onPrimary(primary: SecsPrimary): void {
    const { message } = primary;
    this.received.push(message);
    if (!primary.wantsReply) return;
    const answer = this.#answers.get(message.name)?.(message) ?? 'silence';
    if (answer === 'silence') return;
    void primary.reply(answer === 'abort' ? S(message.stream, 0) : answer);
  }
}

/** An etcher that is up. */
export const etcher = (options?: BedOptions): Promise<Bed> => new Bed(etcherDefinition, options).up();

/** An item as SML without counts on one line. */
function oneLine(item: Item | undefined): string {
  if (item === undefined) return '';
  return String(item)
    .replace(/\s+/g, ' ')
    .replace(/\[\d+\]/g, '')
    .replace(/> >/g, '>>')
    .replace(/ >/g, '>')
    .replace(/<A>/g, '<A "">');
}
