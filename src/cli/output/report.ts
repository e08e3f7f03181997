import type { SocketAddress, WirePacket } from '../../index.js';
import type { MessageSet } from '../../e5/index.js';
import { isoTime, messageRecord } from '../../log/index.js';
import type { SmlLook } from './named-sml.js';
import { wallTime, type CliIo } from '../io.js';
import type { Lines } from './line-output.js';
import { arrow, lineHead, packetText, type Direction } from './message-text.js';
import type { Paint } from './paint.js';

/** The two ends of the connection that a packet crossed. */
export interface Ends {
  readonly local: SocketAddress | undefined;
  readonly remote: SocketAddress | undefined;
}

/** What is to be said about an event: plain JSON. */
export type EventFields = Readonly<Record<string, unknown>>;

/** Takes what happens, packet by packet and event by event. */
export interface Report {
  message(packet: WirePacket, dir: Direction, ends: Ends, note: string): void;
  /**
   * @param event its name in records
   * @param text the same for people
   */
  event(event: string, text: string, fields?: EventFields): void;
}

/** Prints for people: SML, with everything else in comments. */
export class TextReport implements Report {
  readonly #io: CliIo;
  readonly #lines: Lines;
  readonly #paint: Paint;
  readonly #sml: SmlLook;
  readonly #control: boolean;

  /** @param control whether control messages are printed */
  constructor(io: CliIo, lines: Lines, paint: Paint, sml: SmlLook = {}, control = true) {
    this.#io = io;
    this.#lines = lines;
    this.#paint = paint;
    this.#sml = sml;
    this.#control = control;
  }

  message(packet: WirePacket, dir: Direction, _ends: Ends, note: string): void {
    if (!this.#control && !packet.header.isData) return;
    const head = lineHead(wallTime(this.#io), arrow(dir, this.#paint), this.#paint);
    this.#lines.print(packetText(packet, head, this.#paint, note, this.#sml));
  }

  event(_event: string, text: string): void {
    const head = lineHead(wallTime(this.#io), this.#paint.yellow('--'), this.#paint);
    this.#lines.print(`${head} ${text.replaceAll('\n', '\n// ')}`);
  }
}

/** Prints records of a wire log, one a line. */
export class JsonReport implements Report {
  readonly #io: CliIo;
  readonly #lines: Lines;
  readonly #sml: boolean;
  readonly #names: MessageSet | undefined;

  /**
   * @param sml whether messages are there as SML too
   * @param names what knows what they are called
   */
  constructor(io: CliIo, lines: Lines, sml: boolean, names?: MessageSet) {
    this.#io = io;
    this.#lines = lines;
    this.#sml = sml;
    this.#names = names;
  }

  message(packet: WirePacket, dir: Direction, { local, remote }: Ends): void {
    const [from, to] = dir === 'out' ? [local, remote] : [remote, local];
    const time = wallTime(this.#io);
    const record = messageRecord(packet, { time, dir, from, to, sml: this.#sml, names: this.#names });
    this.#lines.print(JSON.stringify(record));
  }

  event(event: string, text: string, fields: EventFields = {}): void {
    this.#lines.print(
      JSON.stringify({ time: isoTime(wallTime(this.#io)), type: 'event', event, text, ...fields }),
    );
  }
}
