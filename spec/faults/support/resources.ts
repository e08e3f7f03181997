import type { FairTime } from './fair-time.js';
import { waitFor } from './waits.js';

/** What keeps this process busy, by kind, as far as sockets and timers go. */
export function resources(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/** Waits until nothing is left beyond `before`; returns what is. */
export async function leftovers(fair: FairTime, before: ReadonlyMap<string, number>): Promise<string[]> {
  const left = (): string[] =>
    [...resources()]
      .map(([kind, count]) => ({ kind, more: count - (before.get(kind) ?? 0) }))
      // The wait itself has a timer.
      .filter(({ kind, more }) => more > (kind === 'Timeout' ? 1 : 0))
      .map(({ kind, more }) => `${more} ${kind}`);
  await waitFor(fair, 1500, () => left().length === 0);
  return left();
}
