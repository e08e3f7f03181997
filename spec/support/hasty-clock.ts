import { systemClock, type Clock } from '../../src/clock.js';

/** How much faster than the world a {@link hastyClock} runs. */
const HASTE = 20;

/**
 * For specs with real sockets: time runs 20 times as fast, and so do the timers of these names. All other timers keep the time of the
 * world, which is what peers need to answer.
 */
export function hastyClock(...names: readonly string[]): Clock {
  return {
    now: () => systemClock.now() * HASTE,
    setTimer: (name, seconds, callback) =>
      systemClock.setTimer(name, names.includes(name) ? seconds / HASTE : seconds, callback),
    afterPoll: (callback) => systemClock.afterPoll(callback),
  };
}
