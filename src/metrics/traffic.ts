import { sTypeName } from '../hsms/wire/codes.js';
import type { WirePacket } from '../session/wire-packet.js';
import type { TrafficMetrics } from './snapshot.js';

/** STypes 0 to 9 have counters of their own; 8, and those above, share one. */
const TYPES = 10;
const OTHER = 8;

/** Counts the packets of one direction: a few additions for each. */
export class Traffic {
  readonly #overhead: number;
  #bytes = 0;
  readonly #byType: number[] = new Array<number>(TYPES).fill(0);

  /** @param overhead bytes that each packet takes on the wire besides header and body */
  constructor(overhead: number) {
    this.#overhead = overhead;
  }

  readonly count = ({ length, header }: WirePacket): void => {
    this.#bytes += this.#overhead + length;
    const { sType } = header;
    const index = sType < TYPES ? sType : OTHER;
    this.#byType[index] = (this.#byType[index] ?? 0) + 1;
  };

  snapshot(): TrafficMetrics {
    const byType: Record<string, number> = {};
    let packets = 0;
    for (const [sType, count] of this.#byType.entries()) {
      packets += count;
      if (count > 0) byType[sType === OTHER ? 'other' : sTypeName(sType).toLowerCase()] = count;
    }
    return { packets, bytes: this.#bytes, byType };
  }
}
