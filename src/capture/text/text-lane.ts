import { DEFAULT_MAX_PACKET_BYTES } from '../../hsms/wire/frame-decoder.js';
import type { CaptureOptions } from '../capture-options.js';
import type { CaptureListener } from '../events.js';
import { HEAD_BYTES, headFits } from '../framing/plausible.js';
import type { PacketDecoder } from '../packet-decoder.js';
import { loosePart } from './loose-parts.js';
import { packetBytesOf } from './packet-bytes.js';
import type { Way } from './way.js';
import { WayStream } from './way-stream.js';

/** So much is held to tell what it is; more than any packet of IP. */
const MAX_HELD_BYTES = 128 * 1024;
const PREFIX_BYTES = 4;

/** What the lanes of a text share. */
export interface LaneContext {
  readonly onEvent: CaptureListener;
  readonly options: CaptureOptions;
  /** Takes packets that were captured whole. */
  readonly packets: () => PacketDecoder;
}

/**
 * One direction of a text. Between messages it holds what comes until it is clear what that is: frames, whole packets of a
 * network, or a part of a message.
 */
export class TextLane {
  readonly #context: LaneContext;
  readonly #way: Way;
  readonly #max: number;
  #stream: WayStream;
  #lines: Buffer[] = [];
  #held = 0;
  /** Once so much is held, it is a whole frame. */
  #need = Infinity;
  #time = NaN;
  /** Whether a piece of the text ended before what comes next. */
  #settled = false;

  constructor(context: LaneContext, way: Way) {
    this.#context = context;
    this.#way = way;
    this.#max = context.options.maxPacketBytes ?? DEFAULT_MAX_PACKET_BYTES;
    this.#stream = this.#open();
  }

  /** Whether the next byte begins something new. */
  get isBetween(): boolean {
    return this.#held === 0 && this.#stream.isBetween;
  }

  /** Whether bytes begin with a frame's head. */
  begins(bytes: Buffer): boolean {
    return bytes.length >= HEAD_BYTES && headFits(bytes, 0, this.#max);
  }

  /** Takes the bytes of a line; `fresh` where a dump begins anew. */
  push(bytes: Buffer, time: number, fresh: boolean): void {
    if (fresh) this.settle();
    // What begins with a message does not go on with the one before.
    const anew = fresh || this.#stream.isSearching || (this.#settled && this.#isWhole(bytes));
    this.#settled = false;
    if (anew && !this.isBetween && this.begins(bytes)) {
      this.#stream.end();
      this.#stream = this.#open();
    }
    if (!this.#stream.isBetween) {
      this.#stream.push(bytes, time);
      return;
    }
    this.#lines.push(bytes);
    this.#held += bytes.length;
    this.#time = time;
    if (this.#need === Infinity) this.#look();
    if (this.#held >= this.#need) this.#flush();
    else if (this.#held > MAX_HELD_BYTES) this.settle();
  }

  /** Notes that bytes are missing. */
  gap(bytes: number): void {
    this.#flush();
    this.#stream.gap(bytes);
  }

  /** What is held is all of it: a piece of the text ends. */
  settle(): void {
    this.#settled = true;
    if (this.#held === 0) return;
    const lines = this.#lines;
    const bytes = this.#bytes();
    if (this.#tellParts(lines, bytes)) return;
    if (this.#tellPackets(lines)) return;
    this.#flush();
  }

  /** Nothing more comes. */
  end(): void {
    this.settle();
    this.#stream.end();
  }

  #isWhole(bytes: Buffer): boolean {
    return this.begins(bytes) && bytes.length === PREFIX_BYTES + bytes.readUInt32BE(0);
  }

  #open(): WayStream {
    return new WayStream(this.#way, this.#context.onEvent, this.#context.options);
  }

  #look(): void {
    if (this.#held < HEAD_BYTES) return;
    const bytes = this.#bytes();
    this.#need = headFits(bytes, 0, this.#max) ? PREFIX_BYTES + bytes.readUInt32BE(0) : MAX_HELD_BYTES;
  }

  #bytes(): Buffer {
    const [first] = this.#lines;
    return this.#lines.length === 1 && first !== undefined ? first : Buffer.concat(this.#lines);
  }

  /** Cuts what is held into messages. */
  #flush(): void {
    if (this.#held === 0) return;
    const bytes = this.#bytes();
    this.#clear();
    this.#stream.push(bytes, this.#time);
  }

  #clear(): void {
    this.#lines = [];
    this.#held = 0;
    this.#need = Infinity;
  }

  /** Parts of messages: all that is held, or each line of it. */
  #tellParts(lines: readonly Buffer[], all: Buffer): boolean {
    const whole = loosePart(all);
    const parts = whole === undefined && lines.length > 1 ? lines.map(loosePart) : [whole];
    if (parts.includes(undefined)) return false;
    this.#clear();
    const time = Number.isNaN(this.#time) ? undefined : this.#time;
    for (const part of parts)
      if (part !== undefined) this.#context.onEvent({ kind: 'part', time, ...this.#way, ...part });
    return true;
  }

  /** Whole packets, one behind the other; each begins on a line of its own. */
  #tellPackets(lines: readonly Buffer[]): boolean {
    if (packetBytesOf(Buffer.concat(lines)) === undefined) return false;
    this.#clear();
    let packet: Buffer = Buffer.alloc(0);
    for (const line of lines) {
      const known = packetBytesOf(packet);
      const whole = known !== undefined && packet.length >= known.end;
      if (whole && packetBytesOf(line) !== undefined) {
        this.#record(packet);
        packet = line;
      } else packet = Buffer.concat([packet, line]);
    }
    this.#record(packet);
    return true;
  }

  #record(bytes: Buffer): void {
    const { linkType } = packetBytesOf(bytes) ?? { linkType: 1 };
    const { length } = bytes;
    this.#context
      .packets()
      .record({ bytes, start: 0, end: length, wireBytes: length, linkType, time: this.#time });
  }
}
