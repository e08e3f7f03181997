import { sTypeName } from '../hsms/wire/codes.js';
import type { HsmsPacket } from '../hsms/wire/packet.js';
import type { TrafficMetrics } from './snapshot.js';

const PREFIX_BYTES = 4;
/** STypes 0 to 9 have counters of their own; 8, and those above, share one. */
const TYPES = 10;
const OTHER = 8;

/** Counts the packets of one direction: a few additions for each. */
export class Traffic {
  #bytes = 0;
  readonly #byType: number[] = new Array<number>(TYPES).fill(0);

  readonly count = ({ length, header }: HsmsPacket): void => {
    this.#bytes += PREFIX_BYTES + length;
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
