import { percentile } from './statistics.js';

/** Size of a frame without its body: length prefix and header (E37). */
export const OVERHEAD = 14;

/** Every frame of the benchmarks is S1; the function says what the peer does with it. */
export const STREAM = 1;
/** Counted, not answered. */
export const BULK = 1;
/** Sent back at once with function + 1. */
export const ECHO = 3;

/** Whether a frame with this function wants to be sent back. */
export function wantsEcho(functionCode: number): boolean {
  return functionCode === ECHO;
}

/** What one one-way measurement gives. */
export interface OneWay {
  readonly packets: number;
  /** Counted from the first `send` until the peer has answered a packet sent behind the last one. */
  readonly packetsPerSecond: number;
}

/** The result of `packets` packets sent since `begin` and answered now. */
export function oneWayResult(packets: number, begin: number): OneWay {
  return { packets, packetsPerSecond: (packets * 1000) / (performance.now() - begin) };
}

/** What one round-trip measurement gives. */
export interface RoundTrips {
  readonly tripsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
}

const MAX_SAMPLES = 1 << 20;

/**
 * Keeps count of round trips: which are under way, how long each took, and when to stop. The same for every
 * implementation, so that the cost of measuring is the same in all of them.
 */
export class TripMeter {
  readonly #started: Float64Array;
  readonly #samples = new Float64Array(MAX_SAMPLES);
  readonly #begin = performance.now();
  readonly #end: number;
  readonly #resolve: (result: RoundTrips) => void;
  #trips = 0;
  #underWay: number;

  constructor(inFlight: number, milliseconds: number, resolve: (result: RoundTrips) => void) {
    this.#started = new Float64Array(inFlight).fill(this.#begin);
    this.#end = this.#begin + milliseconds;
    this.#underWay = inFlight;
    this.#resolve = resolve;
  }

  /** The echo of trip `slot` has arrived. Returns whether the slot is to make another trip. */
  arrived(slot: number): boolean {
    const now = performance.now();
    if (this.#trips < MAX_SAMPLES) this.#samples[this.#trips] = now - (this.#started[slot] ?? NaN);
    this.#trips++;
    if (now < this.#end) {
      this.#started[slot] = now;
      return true;
    }
    if (--this.#underWay === 0) this.#finish(now);
    return false;
  }

  #finish(now: number): void {
    const sorted = this.#samples.subarray(0, this.#trips).sort();
    this.#resolve({
      tripsPerSecond: (this.#trips * 1000) / (now - this.#begin),
      p50: percentile(sorted, 0.5) * 1000,
      p99: percentile(sorted, 0.99) * 1000,
    });
  }
}
