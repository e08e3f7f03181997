import type { FairTime } from './fair-time.js';

const POLL_MS = 4;

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** However busy the machine is, nothing is waited for longer than this, in milliseconds. */
const HARD_LIMIT_MS = 60_000;

/**
 * Waits for a condition, for `limitMs` of fair time at most; returns how long it took, or undefined.
 * @param sinceStall the limit counts from when the process last stood still: that was one more fault
 */
export async function waitFor(
  fair: FairTime,
  limitMs: number,
  condition: () => boolean,
  sinceStall = false,
): Promise<number | undefined> {
  const start = fair.now();
  const hardEnd = performance.now() + HARD_LIMIT_MS;
  while (!condition()) {
    const since = sinceStall ? Math.max(start, fair.stalled) : start;
    if (fair.now() - since > limitMs || performance.now() > hardEnd) return undefined;
    await sleep(POLL_MS);
  }
  return fair.now() - start;
}

/** Waits for a promise to settle, for `limitMs` of fair time at most; returns how long it took, or undefined. */
export function settling(
  fair: FairTime,
  limitMs: number,
  promise: Promise<unknown>,
): Promise<number | undefined> {
  let settled = false;
  const done = (): void => void (settled = true);
  promise.then(done, done);
  return waitFor(fair, limitMs, () => settled);
}
