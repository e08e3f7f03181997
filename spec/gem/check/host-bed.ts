import {
  HsmsActiveConnection,
  HsmsPacket,
  HsmsPassiveConnection,
  HsmsSession,
  type SecsPrimary,
} from '../../../src';
import {
  checkHost,
  defineEquipment,
  GemHost,
  profileOf,
  type HostCheckOptions,
  type HostSetup,
  type ProfileFrom,
  type RuleResult,
} from '../../../src/gem';
import { B, L, S, type Item, type SecsMessage } from '../../../src/secs2';
import { SecsStream9Error } from '../../../src/session/errors';
import { createTestNetwork, type TestNetwork, type VirtualClock } from '../../../src/testing';
import { etcherDefinition } from '../support';

/** What a defective host answers in place of its own answer. */
export type WrongAnswer = Item | SecsMessage | 'abort' | 'silence' | 'S9F5' | undefined;

/** What is wrong with a host: it stands between the host and its tool. */
export interface HostDefect {
  /** What it answers to a primary of the tool; undefined: what the host answers. */
  readonly answers?: (message: SecsMessage, between: HostBetween) => WrongAnswer;
  /** What becomes of the host's own primaries: another message, nothing, or what it was. */
  readonly asks?: (message: SecsMessage, between: HostBetween) => SecsMessage | 'drop' | undefined;
  /** A reply to the host has come through. */
  readonly heard?: (reply: SecsMessage | string, asked: SecsMessage, between: HostBetween) => void;
}

const model = defineEquipment(etcherDefinition);

const setup = {
  reports: { Position: ['WaferId', 'Slot'], Chamber: ['ChamberPressure'] },
  events: { WaferStarted: ['Position', 'Chamber'], WaferDone: ['Position'], DoorOpened: ['Chamber'] },
  alarms: 'all',
} as const satisfies HostSetup<ProfileFrom<typeof model>>;

/** Our host and a link to it that can be made to lie: all in virtual time. */
export class HostBetween {
  readonly network: TestNetwork<VirtualClock> = createTestNetwork();
  readonly clock = this.network.clock;
  /** The tool's side, given to what judges. */
  readonly session: HsmsSession;
  readonly host: GemHost<typeof model, typeof setup>;
  readonly defect: HostDefect;
  /** How many links the tool has had. */
  links = 0;
  /** It does not answer S1F1 any more. */
  isDeaf = false;
  readonly #hostSession: HsmsSession;
  readonly #front: HsmsSession;
  readonly #back: HsmsSession;
  readonly #seen = new Map<string, number>();

  constructor(defect: HostDefect = {}) {
    this.defect = defect;
    const { options } = this.network;
    const passive = (port: number): HsmsPassiveConnection =>
      new HsmsPassiveConnection('127.0.0.1', port, 0, undefined, options);
    const active = (port: number): HsmsActiveConnection =>
      new HsmsActiveConnection('127.0.0.1', port, 0, undefined, { ...options, t5: 1 });
    this.session = new HsmsSession(passive(5000), { entity: 'equipment', autoS9: false });
    this.#back = new HsmsSession(active(5000), { autoSelect: true });
    this.#front = new HsmsSession(passive(5001), { entity: 'equipment', autoS9: false });
    this.#hostSession = new HsmsSession(active(5001));
    this.host = new GemHost(this.#hostSession, {
      profile: model,
      setup,
      timeZone: 'UTC',
      onError: () => undefined,
    });
    this.#back.events.on('primary', (primary: SecsPrimary) => void this.#onTool(primary));
    this.#front.events.on('primary', (primary: SecsPrimary) => void this.#onHost(primary));
    this.#back.events.on('state', (state) => {
      if (state !== 'selected') return;
      this.links++;
      void this.#front.connection.enable();
    });
    this.#back.connection.events.on('closed', () => void this.#front.connection.disable());
  }

  /** Judges the host, from its first link on. */
  async check(options: HostCheckOptions = {}): Promise<readonly RuleResult[]> {
    const run = checkHost(this.session, options);
    run.catch(() => undefined);
    await this.session.connection.enable();
    await this.#back.connection.enable();
    this.host.start();
    await this.#hostSession.connection.enable();
    return this.clock.settled(run, { within: 100_000 });
  }

  judge(...rules: readonly string[]): Promise<readonly RuleResult[]> {
    return this.check({ change: true, profile: profileOf(model), ...(rules.length > 0 && { rules }) });
  }

  async down(): Promise<void> {
    this.host.stop();
    for (const one of [this.session, this.#front, this.#back, this.#hostSession])
      await one.connection.dispose();
  }

  /** Sends something to the tool that the host has not sent. */
  toTool(message: SecsMessage): void {
    const packet = HsmsPacket.ofMessage(message, { sessionId: 0, systemBytes: 0xffff_0000 });
    this.#back.connection.send(packet).catch(() => undefined);
  }

  /** Sends a request to the tool that the host has not sent. */
  ahead(message: SecsMessage): void {
    this.#back.request(message).catch(() => undefined);
  }

  /** How often this has been asked. */
  times(what: string): number {
    const n = (this.#seen.get(what) ?? 0) + 1;
    this.#seen.set(what, n);
    return n;
  }

  async #onTool(primary: SecsPrimary): Promise<void> {
    const { message } = primary;
    if (this.isDeaf && message.name === 'S1F1') return;
    const wrong = this.defect.answers?.(message, this);
    if (wrong === 'silence') return;
    if (wrong === 'S9F5') return this.toTool(S(9, 5, B(primary.header.toBytes())));
    if (wrong !== undefined) return this.#answer(primary, wrong === 'abort' ? S(message.stream, 0) : wrong);
    try {
      await this.#front.usable();
      if (!primary.wantsReply) return await this.#front.send(message);
      this.#answer(primary, await this.#front.request(message));
    } catch (error) {
      if ((error as { outcome?: string }).outcome === 'aborted') this.#answer(primary, S(message.stream, 0));
    }
  }

  async #onHost(primary: SecsPrimary): Promise<void> {
    const { message } = primary;
    const made = this.defect.asks?.(message, this);
    if (made === 'drop') return this.#answer(primary, acknowledged(message));
    try {
      const sent = made ?? message;
      if (!sent.wBit) {
        await this.#back.send(sent);
        this.#answer(primary, acknowledged(message));
        return;
      }
      const reply = await this.#back.request(sent);
      this.defect.heard?.(reply, message, this);
      this.#answer(primary, reply);
    } catch (error) {
      this.defect.heard?.((error as { outcome?: string }).outcome ?? 'error', message, this);
      if (error instanceof SecsStream9Error)
        void this.#front.reportError(error.errorFunction as 5, primary.header);
      else if ((error as { outcome?: string }).outcome === 'aborted')
        this.#answer(primary, S(message.stream, 0));
    }
  }

  #answer(primary: SecsPrimary, answer: Item | SecsMessage): void {
    if (primary.wantsReply && !primary.replied) primary.reply(answer).catch(() => undefined);
  }
}

/** What a tool that takes everything answers. */
function acknowledged({ name, stream, function: fn }: SecsMessage): SecsMessage {
  if (name === 'S1F13') return S(1, 14, L(B(0), L()));
  return S(stream, fn + 1, B(0));
}
