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
  /** Calls back once, `seconds` (fractions allowed) from now. `name` says which timer this is: `t5`, `t8` … */
  setTimer(name: string, seconds: number, callback: () => void): Timer;
  /**
   * Calls back once the bytes that the kernel holds already have been read. A timer that fires after the process
   * was busy has seen none of them yet, so an expiry is confirmed here first.
   */
  afterPoll(callback: () => void): Timer;
}

/** The clock of the running process. */
export const systemClock: Clock = {
  now: () => performance.now(),
  setTimer(_name, seconds, callback) {
    const handle = setTimeout(callback, seconds * 1000);
    return { cancel: () => clearTimeout(handle) };
  },
  afterPoll(callback) {
    const handle = setImmediate(callback);
    return { cancel: () => clearImmediate(handle) };
  },
};
