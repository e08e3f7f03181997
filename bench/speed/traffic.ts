/** What every contestant says, in whatever language it is written: the same messages, counted in the same way. */

export const HOST = '127.0.0.1';
export const SESSION_ID = 1;
export const MODEL = 'MDLN';
export const REVISION = '1.0.0';
export const STATE = 'ABCDEFGHIJKLMNOP';
export const PROGRAM_NAME = 'RECIPE-01';
export const PROGRAM_BYTES = 15 * 2 ** 20;

/** Events sent before a sender waits for what it sent. */
export const WINDOW = 64;

/** Values of a report: U4, F8 and A in turn. */
export const VALUES = 20;

/**
 * Event number `n` is S6F11 `<L <U4 n> <U4 1001> <L <L <U4 2001> <L values>>>>`: value `k` is U4 `n + 1000k`, F8
 * `n / 2 + 1.5k` or A `ABCDEFGHIJKLMNOP`. A receiver adds up every number, and of every text its length and the code of its
 * first character; the sum of `count` events shows that it read them all.
 */
export function sumOfEvents(count: number): number {
  const numbers = (count * (count - 1)) / 2;
  return numbers * 11.5 + count * (3002 + 63_000 + 105 + 6 * (STATE.length + STATE.charCodeAt(0)));
}

/** Milliseconds since 1970 with their fractions: a time that two processes of one machine agree on. */
export function epochMilliseconds(): number {
  return performance.timeOrigin + performance.now();
}

/** What was received, and who waits for more of it. */
export class Tally {
  #count = 0;
  #sum = 0;
  #wanted = Infinity;
  #enough: ((end: number) => void) | undefined;

  add(value: number): void {
    this.#count++;
    this.#sum += value;
    if (this.#count >= this.#wanted) this.#enough?.(epochMilliseconds());
  }

  /** Resolves when `count` have been received since the last call of this. */
  async receive(count: number): Promise<{ end: number; sum: number }> {
    const end = await new Promise<number>((resolve) => {
      this.#wanted = count;
      this.#enough = resolve;
      if (this.#count >= count) resolve(epochMilliseconds());
    });
    const sum = this.#sum;
    this.#count = 0;
    this.#sum = 0;
    this.#wanted = Infinity;
    return { end, sum };
  }
}

/** One measurement of round trips. */
export interface RoundTrips {
  readonly count: number;
  readonly seconds: number;
  /** Latency in microseconds that half of them, and 99 %, stay below. */
  readonly p50: number;
  readonly p99: number;
}

const MAX_SAMPLES = 1 << 20;

/** Times round trips until their time is over. */
export class Stopwatch {
  readonly #samples = new Float64Array(MAX_SAMPLES);
  readonly #begin = performance.now();
  readonly #end: number;
  #count = 0;

  constructor(milliseconds: number) {
    this.#end = this.#begin + milliseconds;
  }

  /** A trip that began at `started` is back. Returns the time now, or undefined when no further trip is to begin. */
  lap(started: number): number | undefined {
    const now = performance.now();
    if (this.#count < MAX_SAMPLES) this.#samples[this.#count] = now - started;
    this.#count++;
    return now < this.#end ? now : undefined;
  }

  result(): RoundTrips {
    const seconds = (performance.now() - this.#begin) / 1000;
    const sorted = this.#samples.subarray(0, Math.min(this.#count, MAX_SAMPLES)).sort();
    const at = (part: number): number => (sorted[Math.floor(sorted.length * part)] ?? NaN) * 1000;
    return { count: this.#count, seconds, p50: at(0.5), p99: at(0.99) };
  }
}
