import type { Clock } from '../../clock.js';

/** Milliseconds within which probes count as coming at once. */
const WINDOW_MS = 10;

/** How many of them are not put off. */
const AT_ONCE = 16;

/** The part of its interval by which a probe is put off at most. */
const MOST = 0.05;

/** Multiples of the golden ratio, less their whole parts, fill the range from 0 to 1 evenly, wherever they stop. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Spreads the Linktests of a process. Thousands of sessions that were selected in the same moment have their probes due
 * in the same moment as well, interval after interval. All but the first few of a moment are put off, each by a share of
 * its own: where they are still crowded an interval later, they move apart by as much again.
 */
export class LinktestSpread {
  #windowBegan = -Infinity;
  #inWindow = 0;
  #places = 0;

  /** A share for one session, above 0 and below 1: as far from those given before as can be. */
  nextShare(): number {
    return (++this.#places * GOLDEN) % 1;
  }

  /** Counts a probe that is due now; returns whether it has to be put off. */
  isCrowded(now: number): boolean {
    if (now - this.#windowBegan >= WINDOW_MS) {
      this.#windowBegan = now;
      this.#inWindow = 0;
    }
    return ++this.#inWindow > AT_ONCE;
  }
}

/** Seconds by which a session with this share puts off its probe. */
export function putOff(interval: number, share: number): number {
  return interval * MOST * share;
}

/** One for each clock, which is one for a process, or a test. */
const spreads = new WeakMap<Clock, LinktestSpread>();

/** The spread of all sessions that go by this clock. */
export function linktestSpread(clock: Clock): LinktestSpread {
  let spread = spreads.get(clock);
  if (spread === undefined) spreads.set(clock, (spread = new LinktestSpread()));
  return spread;
}
