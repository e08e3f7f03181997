import { systemClock, type Clock, type Timer } from '../../../src/index.js';

/** The clock of the process, which knows the timers that have been set and neither fired nor been cancelled. */
export class CountedClock implements Clock {
  readonly #live = new Set<{ readonly name: string }>();

  /** Names of the timers that run, sorted. */
  get timers(): string[] {
    return [...this.#live].map(({ name }) => name).sort();
  }

  now(): number {
    return systemClock.now();
  }

  setTimer(name: string, seconds: number, callback: () => void): Timer {
    return this.#count(name, (fired) => systemClock.setTimer(name, seconds, fired), callback);
  }

  afterPoll(callback: () => void): Timer {
    return this.#count('afterPoll', (fired) => systemClock.afterPoll(fired), callback);
  }

  #count(name: string, set: (fired: () => void) => Timer, callback: () => void): Timer {
    const entry = { name };
    this.#live.add(entry);
    const timer = set(() => {
      this.#live.delete(entry);
      callback();
    });
    return {
      cancel: () => {
        this.#live.delete(entry);
        timer.cancel();
      },
    };
  }
}
