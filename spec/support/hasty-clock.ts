import { systemClock, type Clock } from '../../src/clock.js';

/** Seconds that pass at once, and how long the world takes for them: time runs 20 times as fast. */
const STEP = 0.1;
const REAL_STEP = 0.005;

/**
 * For specs with real sockets: while a timer of one of these names waits, time runs 20 times as fast for those. All other timers keep the
 * time of the world, which is what peers need to answer. A machine that is busy makes a step longer, never two of one: whatever is under
 * way goes on between them.
 */
export function hastyClock(...names: readonly string[]): Clock {
  const waiting = new Set<{ seconds: number; readonly callback: () => void }>();
  let ahead = 0;
  let isStepping = false;
  const arm = (): void => {
    if (isStepping || waiting.size === 0) return;
    isStepping = true;
    systemClock.setTimer('step', REAL_STEP, step);
  };
  const step = (): void => {
    isStepping = false;
    ahead += STEP - REAL_STEP;
    for (const timer of [...waiting]) {
      timer.seconds -= STEP;
      if (timer.seconds <= 0 && waiting.delete(timer)) timer.callback();
    }
    arm();
  };
  return {
    now: () => systemClock.now() + ahead * 1000,
    setTimer(name, seconds, callback) {
      if (!names.includes(name)) return systemClock.setTimer(name, seconds, callback);
      const timer = { seconds, callback };
      waiting.add(timer);
      arm();
      return { cancel: () => void waiting.delete(timer) };
    },
    afterPoll: (callback) => systemClock.afterPoll(callback),
  };
}
