import { performance } from 'node:perf_hooks';

/** A timer that has been set; it has one owner, who cancels it. */
export interface Timer {
  /** Stops the timer. Calling it again, or after the timer has fired, does nothing. */
  cancel(): void;
}

/**
 * The one place that touches time. A connection takes another clock as an option, so that specs run in virtual
 * time.
 */
export interface Clock {
  /** Milliseconds on a monotonic scale of unknown origin. */
  now(): number;
  /**
   * Milliseconds since 1970-01-01 UTC, with fractions, for the times in logs. It follows the clock of the machine, so it may step.
   * Default, where a clock has none: `now()`.
   */
  wallTime?(): number;
  /** Calls back once, `seconds` (fractions allowed) from now. `name` says which timer this is: `t5`, `t8` … */
  setTimer(name: string, seconds: number, callback: () => void): Timer;
  /**
   * Calls back once the bytes that the kernel holds already have been read. A timer that fires after the process
   * was busy has seen none of them yet, so an expiry is confirmed here first.
   */
  afterPoll(callback: () => void): Timer;
}

/** The time of day on a clock, in milliseconds since 1970-01-01 UTC; of a clock that has none, its `now()`. */
export function timeOfDay(clock: Clock): number {
  return clock.wallTime?.() ?? clock.now();
}

/** How far the two scales may drift apart before the machine's clock counts as having been set. */
const STEP_MS = 5;

/** What is added to the monotonic scale, which has the fractions, to get the time of day. */
let wallOffset = Date.now() - performance.now();

/** A timer of Node: an object and no closure, because thousands of connections have some each. */
class SystemTimer implements Timer {
  readonly #handle: NodeJS.Timeout;

  constructor(handle: NodeJS.Timeout) {
    this.#handle = handle;
  }

  cancel(): void {
    clearTimeout(this.#handle);
  }
}

/**
 * The clock of the running process.
 *
 * @example
 * ```ts
 * import { systemClock } from 'rxsecs';
 *
 * const timer = systemClock.setTimer('idle', 30, () => console.log('nothing for 30 s'));
 * timer.cancel();
 * ```
 */
export const systemClock: Clock = {
  now: () => performance.now(),
  wallTime() {
    const monotonic = performance.now();
    const machine = Date.now();
    if (Math.abs(machine - monotonic - wallOffset) > STEP_MS) wallOffset = machine - monotonic;
    return monotonic + wallOffset;
  },
  setTimer(_name, seconds, callback) {
    return new SystemTimer(setTimeout(callback, seconds * 1000));
  },
  afterPoll(callback) {
    const handle = setImmediate(callback);
    return { cancel: () => clearImmediate(handle) };
  },
};

/** As `afterPoll` of a clock. One of somebody's own may throw: the turn comes by that of the process then, for who waits would wait for ever. */
export function afterPoll(clock: Clock, callback: () => void): Timer {
  try {
    return clock.afterPoll(callback);
  } catch {
    return systemClock.afterPoll(callback);
  }
}
