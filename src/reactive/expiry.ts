import { afterPoll, type Clock, type Timer } from '../clock.js';

/**
 * Sets a timer whose expiry is confirmed: when it fires, the bytes that the kernel already holds are read first, and only then
 * is `onExpired` called, unless it was cancelled meanwhile. A process that was busy does not blame its peer for a silence of its own.
 * @param name of the timer: `t7`, say
 */
export function expiry(clock: Clock, name: string, seconds: number, onExpired: () => void): Timer {
  return new Expiry(clock, name, seconds, onExpired);
}

class Expiry implements Timer {
  #timer: Timer;

  constructor(clock: Clock, name: string, seconds: number, onExpired: () => void) {
    this.#timer = clock.setTimer(name, seconds, () => {
      this.#timer = afterPoll(clock, onExpired);
    });
  }

  cancel(): void {
    this.#timer.cancel();
  }
}
