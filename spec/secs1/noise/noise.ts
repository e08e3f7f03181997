import { ACK } from '../../../src/secs1/line/machine.js';
import type { Carried } from '../../../src/secs1/index.js';

/** Numbers from 0 to 1 that a seed determines. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Fault = 'drop' | 'flip' | 'double' | 'insert' | 'cut' | 'delay';

const FAULTS: readonly Fault[] = ['drop', 'flip', 'double', 'insert', 'cut', 'delay'];

/**
 * What a bad line makes of what is written to it. Each write suffers one fault at most: the sum of E4 cannot tell two that cancel each
 * other out, and no line machine could.
 */
export class Noise {
  /** Writes that a fault befell, by the end that wrote. */
  readonly faults = { first: 0, second: 0 };
  readonly #random: () => number;
  readonly #rate: number;
  readonly #longest: number;
  /** When the last bytes of each end arrive: a line keeps their order. */
  readonly #busyUntil = { first: 0, second: 0 };

  /**
   * @param rate of the writes that suffer a fault
   * @param longest delay in seconds
   */
  constructor(random: () => number, rate: number, longest: number) {
    this.#random = random;
    this.#rate = rate;
    this.#longest = longest;
  }

  carry(bytes: Buffer, from: 'first' | 'second', now: number): Carried[] {
    const isHit = this.#random() < this.#rate;
    const fault = isHit ? FAULTS[Math.floor(this.#random() * FAULTS.length)] : undefined;
    if (isHit) this.faults[from]++;
    const at = now / 1000 + (fault === 'delay' ? this.#random() * this.#longest : 0);
    this.#busyUntil[from] = Math.max(this.#busyUntil[from], at);
    const altered = fault === undefined ? bytes : this.#alter(bytes, fault);
    return altered.length === 0 ? [] : [{ bytes: altered, seconds: this.#busyUntil[from] - now / 1000 }];
  }

  #alter(bytes: Buffer, fault: Fault): Buffer {
    const index = Math.floor(this.#random() * bytes.length);
    const [head, tail] = [bytes.subarray(0, index), bytes.subarray(index)];
    switch (fault) {
      case 'drop':
        return Buffer.concat([head, tail.subarray(1)]);
      case 'double':
        return Buffer.concat([head, tail.subarray(0, 1), tail]);
      case 'cut':
        return head;
      case 'insert':
        return Buffer.concat([head, this.#notAck(), tail]);
      case 'flip': {
        const flipped = Buffer.from(bytes);
        flipped[index] = (flipped[index] as number) ^ (1 << Math.floor(this.#random() * 8));
        // EOT is one bit away from ACK.
        return bytes.length === 1 && flipped[0] === ACK ? bytes : flipped;
      }
      case 'delay':
        return bytes;
    }
  }

  /** An ACK out of nowhere cannot be told from a real one. */
  #notAck(): Buffer {
    const byte = Math.floor(this.#random() * 256);
    return Buffer.of(byte === ACK ? 0 : byte);
  }
}
