import { timeOfDay } from '../../clock.js';
import { smlText } from '../../log/record/format.js';
import { isoTime } from '../../log/record/time.js';
import type { SecsSession } from '../../session/secs-session.js';
import type { WirePacket } from '../../session/wire-packet.js';

const format = smlText(undefined, undefined);

/** Notes what goes over a link, as a wire log for people has it: the trace of each rule. */
export class Tracer {
  readonly #session: SecsSession;
  #lines: string[] = [];
  readonly #sent = (packet: WirePacket): void => this.#note('out', packet);
  readonly #came = (packet: WirePacket): void => this.#note('in', packet);
  readonly #up = (): void => this.say('the link is up');
  readonly #down = (): void => this.say('the link has ended');

  constructor(session: SecsSession) {
    this.#session = session;
    const { events } = session.connection;
    events.on('sent', this.#sent).on('message', this.#came);
    events.on('established', this.#up).on('closed', this.#down);
  }

  /** The records since the last call. */
  take(): string[] {
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }

  /** Adds records of before. */
  add(lines: readonly string[]): void {
    this.#lines.push(...lines);
  }

  /** Notes something that is no message. */
  say(text: string): void {
    this.#lines.push(`// ${isoTime(timeOfDay(this.#session.connection.clock))} ${text}`);
  }

  stop(): void {
    const { events } = this.#session.connection;
    events.off('sent', this.#sent).off('message', this.#came);
    events.off('established', this.#up).off('closed', this.#down);
  }

  #note(dir: 'in' | 'out', packet: WirePacket): void {
    if (!packet.header.isData) return;
    const time = timeOfDay(this.#session.connection.clock);
    const entry = { kind: 'packet', time, bytes: 0, dir, packet } as const;
    this.#lines.push(format({ ...entry, from: undefined, to: undefined, name: undefined }).trimEnd());
  }
}
