import type { HsmsPacket } from '../../hsms/wire/packet.js';
import type { DecodeOptions } from '../../secs2/index.js';
import type { Budget } from '../budget.js';
import type { CaptureEvent, CaptureListener, Passage } from '../events.js';
import { StreamFramer, type Damage, type FramerListener, type SearchCause } from '../framing/framer.js';
import { HalfStream, type StreamSink } from './half-stream.js';

/** After this many bytes without a message a stream is not searched any further. */
const FOREIGN_BYTES = 1024 * 1024;
/** Events before the first message wait for it: until then the connection may not be HSMS at all. */
const MAX_EARLY_EVENTS = 64;

/** What the connections of a capture share. */
export interface ConnectionContext {
  readonly maxPacketBytes: number;
  readonly budget: Budget;
  readonly decoding: DecodeOptions | undefined;
  readonly onEvent: CaptureListener;
}

/** A TCP segment: flags, and the payload in `bytes` from `start` to `end`. */
export interface TcpSegment {
  readonly seq: number;
  /** Undefined without the ACK flag. */
  readonly ack: number | undefined;
  readonly syn: boolean;
  readonly fin: boolean;
  readonly rst: boolean;
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** Size of the payload on the wire. */
  readonly wireBytes: number;
  readonly time: number;
}

/** One direction of a connection: its stream, and the messages cut from it. */
export class Side implements StreamSink, FramerListener {
  readonly from: string;
  readonly to: string;
  /** Payload bytes seen, repeated ones included. */
  bytes = 0;
  half: HalfStream | undefined;
  /** Sequence number of the first byte of the stream. */
  first: number | undefined;
  #framer: StreamFramer | undefined;
  readonly #connection: Connection;

  constructor(connection: Connection, from: string, to: string) {
    this.#connection = connection;
    this.from = from;
    this.to = to;
  }

  /** Begins the stream at a sequence number; `atMessage` where a SYN showed that this is its first byte. */
  begin(next: number, atMessage: boolean): HalfStream {
    const { context, trusted } = this.#connection;
    const { maxPacketBytes, budget, decoding } = context;
    const known = trusted ? 'message' : 'perhaps';
    const start = atMessage ? known : 'anywhere';
    this.#framer = new StreamFramer(this, { maxPacketBytes, budget, decoding, start });
    this.first = next;
    this.half = new HalfStream(next, this, budget);
    return this.half;
  }

  data(bytes: Buffer, start: number, end: number, time: number): void {
    const framer = this.#framer;
    if (framer === undefined) return;
    const foreign = !this.#connection.isHsms && framer.messages === 0 && framer.skipped > FOREIGN_BYTES;
    if (foreign) framer.pass(end - start);
    else framer.data(bytes, start, end, time);
  }

  gap(bytes: number, time: number): void {
    this.#tell({ kind: 'gap', ...this.#passage(time), bytes });
    this.#framer?.gap(bytes, time);
  }

  /** Nothing more comes. */
  finish(time: number): void {
    this.half?.finish(time);
    this.#framer?.end(time);
  }

  onMessage(packet: HsmsPacket, time: number): void {
    this.#connection.recognise();
    this.#tell({ kind: 'message', ...this.#passage(time), packet });
  }

  onDamaged({ header, length, missing, cause }: Damage, time: number): void {
    this.#tell({ kind: 'damaged', ...this.#passage(time), header, length, missing, cause });
  }

  onSkipped(bytes: number, cause: SearchCause, time: number): void {
    this.#tell({ kind: 'skipped', ...this.#passage(time), bytes, cause });
  }

  #tell(event: CaptureEvent): void {
    this.#connection.tell(event);
  }

  #passage(time: number): Passage {
    return passage(this, time);
  }
}

/** One TCP connection of a capture. */
export class Connection {
  readonly context: ConnectionContext;
  /** Told by the user to be HSMS. */
  readonly trusted: boolean;
  /** The two directions, that of the first segment seen first. */
  readonly sides: readonly [Side, Side];
  /** By which it is found, for segments of either side. */
  readonly keys: readonly [string, string];
  /** When it was last heard of, counted in captured packets. */
  lastSeen = 0;
  /** Bytes that came for the first time when the connection had ended. */
  late = 0;
  #early: CaptureEvent[] | undefined = [];
  #finished = false;
  #closing: 'fin' | 'rst' | undefined;

  constructor(
    context: ConnectionContext,
    trusted: boolean,
    from: string,
    to: string,
    keys: readonly [string, string],
  ) {
    this.keys = keys;
    this.context = context;
    this.trusted = trusted;
    this.sides = [new Side(this, from, to), new Side(this, to, from)];
    if (trusted) this.#early = undefined;
  }

  /** Whether a message was found in it, or the user said so. */
  get isHsms(): boolean {
    return this.#early === undefined;
  }

  /** Whether it has ended, so that only segments that come again are expected. */
  get finished(): boolean {
    return this.#finished;
  }

  /** Payload bytes of both directions. */
  get bytes(): number {
    return this.sides[0].bytes + this.sides[1].bytes;
  }

  /** Bytes that came more than once. */
  get repeated(): number {
    return this.sides.reduce((sum, { half }) => sum + (half?.repeated ?? 0), 0);
  }

  /** Tells that the connection begins, or is seen for the first time. */
  open(side: Side, fromStart: boolean, time: number): void {
    this.tell({ kind: 'opened', ...passage(side, time), fromStart });
  }

  /** It is HSMS: what was kept back is told. */
  recognise(): void {
    const early = this.#early;
    if (early === undefined) return;
    this.#early = undefined;
    for (const event of early) this.context.onEvent(event);
  }

  tell(event: CaptureEvent): void {
    if (this.#early === undefined) this.context.onEvent(event);
    else if (this.#early.length < MAX_EARLY_EVENTS) this.#early.push(event);
  }

  /** Takes a segment of one side, whose stream has begun. */
  segment(side: Side, segment: TcpSegment): void {
    const { seq, bytes, start, end, wireBytes, time } = segment;
    const other = this.other(side);
    const payload = segment.syn ? (seq + 1) >>> 0 : seq;
    side.half?.segment(payload, bytes, start, end, wireBytes, time);
    if (segment.ack !== undefined) other.half?.acknowledge(segment.ack, time);
    if (segment.fin || segment.rst) this.#ending(side, segment, (payload + wireBytes) >>> 0);
    this.#endIfDone(side, time);
  }

  /** Ends what is left of both streams. Done once. */
  finish(time: number, how?: 'reused'): void {
    if (this.#finished) return;
    this.#finished = true;
    for (const side of this.sides) side.finish(time);
    const known = this.#closing ?? how;
    if (known !== undefined) this.tell({ kind: 'closed', ...passage(this.sides[0], time), how: known });
  }

  /** The other direction. */
  other(side: Side): Side {
    return side === this.sides[0] ? this.sides[1] : this.sides[0];
  }

  #ending(side: Side, { rst, time }: TcpSegment, end: number): void {
    this.#closing = rst ? 'rst' : (this.#closing ?? 'fin');
    const half = side.half ?? (rst ? this.other(side).half : undefined);
    if (half === undefined) return;
    // A RST may carry any sequence number where the connection was not accepted.
    half.endsAt(rst && (half !== side.half || !half.fits(end)) ? half.next : end, time);
  }

  #endIfDone(side: Side, time: number): void {
    if (this.#closing === undefined || this.#finished) return;
    const both = this.sides.every(({ half }) => half === undefined || half.done);
    const reset = this.#closing === 'rst' && this.sides.some(({ half }) => half?.done === true);
    if (!both && !reset) return;
    this.#finished = true;
    for (const each of this.sides) each.finish(time);
    this.tell({ kind: 'closed', ...passage(side, time), how: this.#closing });
  }
}

function passage({ from, to }: Side, time: number): Passage {
  return { time: Number.isNaN(time) ? undefined : time, from, to };
}
