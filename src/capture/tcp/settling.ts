import type { Budget } from '../budget.js';
import type { Side, TcpSegment } from './connection.js';
import { distance } from './half-stream.js';

const MAX_SEGMENTS = 64;
const MAX_BYTES = 256 * 1024;
const MAX_MICROSECONDS = 1_000_000;

/**
 * The first segments of a connection that was under way when the capture began: which of them comes first is known only
 * once some more have come. At most 64 segments, 256 KiB and, in the capture's time, one second are held.
 */
export class Settling {
  readonly #since: number;
  readonly #budget: Budget;
  readonly #held: { readonly side: Side; readonly segment: TcpSegment }[] = [];
  #bytes = 0;

  constructor(since: number, budget: Budget) {
    this.#since = since;
    this.#budget = budget;
  }

  /** Holds a segment. @returns whether that is enough. */
  hold(side: Side, segment: TcpSegment): boolean {
    const bytes = Buffer.from(segment.bytes.subarray(segment.start, segment.end));
    this.#held.push({ side, segment: { ...segment, bytes, start: 0, end: bytes.length } });
    this.#bytes += bytes.length;
    this.#budget.force(bytes.length);
    const ending = segment.fin || segment.rst;
    return ending || this.#held.length >= MAX_SEGMENTS || this.#bytes >= MAX_BYTES;
  }

  /** Whether the time to hold segments is over. */
  isOver(time: number): boolean {
    return time - this.#since > MAX_MICROSECONDS;
  }

  /** Whether a SYN with this sequence number can have come late, after segments of its own connection. */
  admits(side: Side, seq: number): boolean {
    const first = this.first(side);
    if (first === undefined) return false;
    const ahead = distance((seq + 1) >>> 0, first);
    return ahead >= 0 && ahead < MAX_BYTES;
  }

  /**
   * The sequence number at which one direction begins as far as was seen: that of its first byte or, where it sent
   * none, the one that it is at. Undefined where nothing of it was seen.
   */
  first(side: Side): number | undefined {
    let least: number | undefined;
    let reached: number | undefined;
    for (const held of this.#held) {
      if (held.side !== side) continue;
      const { syn, wireBytes } = held.segment;
      const seq = syn ? (held.segment.seq + 1) >>> 0 : held.segment.seq;
      if (reached === undefined || distance(reached, seq) > 0) reached = seq;
      if (!syn && wireBytes === 0) continue;
      if (least === undefined || distance(least, seq) < 0) least = seq;
    }
    return least ?? reached;
  }

  /** Whether the SYN of one direction is among the segments. */
  hasSyn(side: Side): boolean {
    return this.#held.some((held) => held.side === side && held.segment.syn);
  }

  /** Hands over the segments, in the order they came. */
  release(each: (side: Side, segment: TcpSegment) => void): void {
    this.#budget.give(this.#bytes);
    for (const { side, segment } of this.#held) each(side, segment);
  }
}
