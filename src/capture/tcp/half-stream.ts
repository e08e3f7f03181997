import type { Budget } from '../budget.js';

/** How long, in the capture's time, a hole that the receiver has acknowledged waits for a segment captured late. */
const LATE_MICROSECONDS = 1_000_000;
/** How many more segments of the connection it waits for. */
const LATE_SEGMENTS = 256;
/** How long a hole waits for its retransmission where the receiver's side was not captured. */
const RETRANSMIT_MICROSECONDS = 120_000_000;
/** What is held behind a hole, at the most. */
const MAX_HELD_BYTES = 8 * 1024 * 1024;
/** Segments are small objects of their own: many empty ones cost too. */
const MAX_HELD_SEGMENTS = 16_384;
/** A sequence number so far off belongs to another connection of the same ports. */
const FAR = 1 << 28;
const FAR_BEHIND = 1 << 26;

/** Takes the bytes of one direction in their order. */
export interface StreamSink {
  data(bytes: Buffer, start: number, end: number, time: number): void;
  gap(bytes: number, time: number): void;
}

interface Held {
  readonly seq: number;
  readonly bytes: Buffer;
  readonly wireBytes: number;
}

/** Signed distance of two sequence numbers, which wrap. */
export function distance(from: number, to: number): number {
  return (to - from) | 0;
}

/**
 * One direction of a TCP connection: puts its segments in order, leaves out what came before, and tells of bytes that
 * are missing once nothing can bring them any more. Of overlapping segments the first counts.
 */
export class HalfStream {
  /** Sequence number of the next byte. */
  next: number;
  /** Bytes that came more than once. */
  repeated = 0;
  readonly #sink: StreamSink;
  readonly #budget: Budget;
  /** In the order of their sequence numbers. */
  #held: Held[] = [];
  #heldBytes = 0;
  #holeTime = NaN;
  #holeSegments = 0;
  /** What the receiver has acknowledged; undefined while it was not seen to. */
  #acknowledged: number | undefined;
  #end: number | undefined;
  #done = false;

  constructor(next: number, sink: StreamSink, budget: Budget) {
    this.next = next;
    this.#sink = sink;
    this.#budget = budget;
  }

  /** Whether all bytes up to FIN have been handed on, or nothing more is taken. */
  get done(): boolean {
    return this.#done;
  }

  /** Whether a segment with this sequence number can belong to this stream. */
  fits(seq: number): boolean {
    const ahead = distance(this.next, seq);
    return ahead < FAR && ahead > -FAR_BEHIND;
  }

  /** How many bytes of a segment were not handed on yet. */
  ahead(seq: number, wireBytes: number): number {
    return Math.min(wireBytes, Math.max(0, distance(this.next, (seq + wireBytes) >>> 0)));
  }

  /** Takes a segment; `wireBytes` is its payload on the wire, of which `start` to `end` was captured. */
  segment(seq: number, bytes: Buffer, start: number, end: number, wireBytes: number, time: number): void {
    if (this.#done || wireBytes === 0) return;
    const ahead = distance(this.next, seq);
    if (ahead > 0) this.#hold(seq, bytes.subarray(start, end), wireBytes, time);
    else {
      this.#deliver(seq, bytes, start, end, wireBytes, time);
      this.#drain(time);
    }
    this.#checkHole(time);
  }

  /** The receiver has acknowledged all bytes before this one. */
  acknowledge(seq: number, time: number): void {
    if (this.#acknowledged === undefined || distance(this.#acknowledged, seq) > 0) this.#acknowledged = seq;
    if (this.#held.length > 0) this.#checkHole(time);
  }

  /** The stream ends before this sequence number (FIN, or RST). */
  endsAt(seq: number, time: number): void {
    this.#end ??= seq;
    this.#drain(time);
  }

  /** Nothing more comes: holes are missing for good. */
  finish(time: number): void {
    this.#giveUpHoles(time);
    const known = this.#end ?? this.#acknowledged;
    // An acknowledged FIN that was not captured counts as one.
    const left = known === undefined || this.#done ? 0 : distance(this.next, known);
    if (left > (this.#end === undefined ? 1 : 0) && left < FAR) this.#sink.gap(left, time);
    this.#done = true;
  }

  #deliver(seq: number, bytes: Buffer, start: number, end: number, wireBytes: number, time: number): void {
    const seen = -distance(this.next, seq);
    const fresh = wireBytes - seen;
    this.repeated += Math.min(seen, wireBytes);
    if (fresh <= 0) return;
    const captured = end - start - seen;
    this.next = (this.next + fresh) >>> 0;
    if (captured > 0) this.#sink.data(bytes, start + seen, end, time);
    const cut = fresh - Math.max(captured, 0);
    if (cut > 0) this.#sink.gap(cut, time);
  }

  #hold(seq: number, bytes: Buffer, wireBytes: number, time: number): void {
    if (!this.#budget.take(bytes.length)) {
      // No room: what is behind the hole is worth more than what may still fill it.
      this.#giveUpHoles(time);
      if (distance(this.next, seq) > 0) this.#jump(seq, time);
      this.#deliver(seq, bytes, 0, bytes.length, wireBytes, time);
      return;
    }
    if (this.#held.length === 0) {
      this.#holeTime = time;
      this.#holeSegments = 0;
    }
    let at = this.#held.length;
    while (at > 0 && distance(this.#held[at - 1]?.seq ?? seq, seq) < 0) at--;
    this.#held.splice(at, 0, { seq, bytes: Buffer.from(bytes), wireBytes });
    this.#heldBytes += bytes.length;
  }

  /** Hands on what is no longer behind a hole. */
  #drain(time: number): void {
    let drained = 0;
    for (const { seq, bytes, wireBytes } of this.#held) {
      if (distance(this.next, seq) > 0) break;
      drained++;
      this.#release(bytes.length);
      this.#deliver(seq, bytes, 0, bytes.length, wireBytes, time);
    }
    if (drained > 0) {
      this.#held = this.#held.slice(drained);
      this.#holeTime = time;
      this.#holeSegments = 0;
    }
    if (this.#end !== undefined && distance(this.next, this.#end) <= 0) this.#done = true;
  }

  #checkHole(time: number): void {
    const first = this.#held[0];
    if (first === undefined) return;
    this.#holeSegments++;
    if (this.#heldBytes > MAX_HELD_BYTES || this.#held.length > MAX_HELD_SEGMENTS) {
      this.#giveUpHole(time);
      return;
    }
    const waited = time - this.#holeTime;
    if (this.#acknowledged === undefined) {
      if (waited > RETRANSMIT_MICROSECONDS) this.#giveUpHole(time);
      return;
    }
    // The receiver has the bytes; they are not sent again.
    const has = distance(this.next, this.#acknowledged) > 0;
    if (has && (waited > LATE_MICROSECONDS || this.#holeSegments > LATE_SEGMENTS)) this.#giveUpHole(time);
  }

  #giveUpHoles(time: number): void {
    while (this.#held.length > 0) this.#giveUpHole(time);
  }

  #giveUpHole(time: number): void {
    const first = this.#held[0];
    if (first === undefined) return;
    this.#jump(first.seq, time);
    this.#drain(time);
  }

  #jump(seq: number, time: number): void {
    const missing = distance(this.next, seq);
    this.next = seq;
    if (missing > 0) this.#sink.gap(missing, time);
  }

  #release(bytes: number): void {
    this.#heldBytes -= bytes;
    this.#budget.give(bytes);
  }
}
