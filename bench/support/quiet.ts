import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { ControlEvent } from '../../src/index.js';

const CHANNEL = 'rxsecs:control:settled';
const WINDOW_MS = 10;

/** What a time with nothing but Linktests was like. Times are in milliseconds. */
export interface Quiet {
  readonly linktests: number;
  readonly failed: number;
  /** Linktest.req that left within the same 10 ms, at most. */
  readonly atOnce: number;
  /** From Linktest.req to its answer. */
  readonly p50: number;
  readonly slowest: number;
  /** For how long the event loop was held up, at most. */
  readonly heldUp: number;
}

/** Watches all sessions of this process for some seconds. */
export async function watchQuiet(seconds: number): Promise<Quiet> {
  const begun: number[] = [];
  const times: number[] = [];
  let failed = 0;
  const onSettled = (message: unknown): void => {
    const { event } = message as { readonly event: ControlEvent };
    if (event.procedure !== 'linktest') return;
    const took = event.seconds * 1000;
    begun.push(performance.now() - took);
    times.push(took);
    if (event.outcome !== 'done') failed++;
  };
  const loop = monitorEventLoopDelay({ resolution: 1 });
  subscribe(CHANNEL, onSettled);
  loop.enable();
  await delay(seconds * 1000);
  loop.disable();
  unsubscribe(CHANNEL, onSettled);
  times.sort((a, b) => a - b);
  return {
    linktests: times.length,
    failed,
    atOnce: mostWithin(begun, WINDOW_MS),
    p50: times[Math.floor(times.length / 2)] ?? NaN,
    slowest: times.at(-1) ?? NaN,
    heldUp: loop.max / 1e6,
  };
}

/** The most of these moments that lie within a span of so many milliseconds. */
function mostWithin(moments: number[], span: number): number {
  moments.sort((a, b) => a - b);
  let most = 0;
  let first = 0;
  moments.forEach((moment, index) => {
    while (moment - (moments[first] ?? moment) > span) first++;
    most = Math.max(most, index - first + 1);
  });
  return most;
}
