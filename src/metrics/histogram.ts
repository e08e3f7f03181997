import { check } from '../check.js';

/** Buckets to each doubling of the time: a bucket is 1/32 of its power of two wide. */
const PER_DOUBLING = 32;
const SHIFT = 5;
const MAX_MICROS = 0x7fff_ffff;
const BUCKETS = (31 - SHIFT + 1) * PER_DOUBLING;

/** What a histogram holds, in seconds. Times are those of the events; quantiles are right within 2 %. */
export interface LatencySnapshot {
  readonly count: number;
  readonly sum: number;
  /** Undefined, as what follows is, where nothing was recorded. */
  readonly min?: number;
  readonly max?: number;
  readonly p50?: number;
  readonly p90?: number;
  readonly p99?: number;
}

/**
 * Counts times in buckets that grow with them, 1 microsecond to 35 minutes; longer ones count as that in the quantiles.
 * Takes 7 KiB once something has been recorded.
 *
 * @example
 * ```ts
 * import { LatencyHistogram } from 'rxsecs/metrics';
 *
 * const histogram = new LatencyHistogram();
 * histogram.record(0.004); // seconds
 * console.log(histogram.snapshot());
 * ```
 */
export class LatencyHistogram {
  #buckets: Float64Array | undefined;
  #count = 0;
  #sum = 0;
  #min = Infinity;
  #max = 0;

  /** @throws HsmsArgumentError for a time that is none. */
  record(seconds: number): void {
    check.number('seconds', seconds, 0);
    const buckets = (this.#buckets ??= new Float64Array(BUCKETS));
    const index = indexOf(seconds);
    buckets[index] = (buckets[index] ?? 0) + 1;
    this.#count++;
    this.#sum += seconds;
    if (seconds < this.#min) this.#min = seconds;
    if (seconds > this.#max) this.#max = seconds;
  }

  snapshot(): LatencySnapshot {
    if (this.#count === 0) return { count: 0, sum: 0 };
    return {
      count: this.#count,
      sum: this.#sum,
      min: this.#min,
      max: this.#max,
      p50: this.#quantile(0.5),
      p90: this.#quantile(0.9),
      p99: this.#quantile(0.99),
    };
  }

  #quantile(fraction: number): number {
    const rank = Math.ceil(fraction * this.#count);
    let seen = 0;
    let index = 0;
    for (const count of this.#buckets ?? []) {
      seen += count;
      if (seen >= rank) break;
      index++;
    }
    // No quantile lies outside of what was seen.
    return Math.min(this.#max, Math.max(this.#min, middleOf(index)));
  }
}

function indexOf(seconds: number): number {
  const micros = Math.min(MAX_MICROS, Math.max(0, Math.round(seconds * 1e6)));
  if (micros < PER_DOUBLING) return micros;
  const exponent = 31 - Math.clz32(micros);
  return (exponent - SHIFT + 1) * PER_DOUBLING + ((micros >>> (exponent - SHIFT)) & (PER_DOUBLING - 1));
}

/** The middle of a bucket, in seconds. */
function middleOf(index: number): number {
  if (index < PER_DOUBLING) return index / 1e6;
  const doublings = Math.floor(index / PER_DOUBLING) - 1;
  const low = (PER_DOUBLING + (index % PER_DOUBLING)) * 2 ** doublings;
  return (low + 2 ** doublings / 2) / 1e6;
}
