import { systemClock, type Clock, type Timer } from '../../../src/index.js';

/** The clock of the process, which knows the timers that have been set and neither fired nor been cancelled. */
export class CountedClock implements Clock {
  readonly #live = new Set<{ readonly name: string; timer?: Timer }>();

  /** Names of the timers that run, sorted. */
  get timers(): string[] {
    return [...this.#live].map(({ name }) => name).sort();
  }

  /** Cancels what still runs: what a broken entity left behind must not keep the process alive. */
  stop(): void {
    for (const { timer } of this.#live) timer?.cancel();
    this.#live.clear();
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
    const entry: { readonly name: string; timer?: Timer } = { name };
    this.#live.add(entry);
    const timer = set(() => {
      this.#live.delete(entry);
      callback();
    });
    entry.timer = timer;
    return {
      cancel: () => {
        this.#live.delete(entry);
        timer.cancel();
      },
    };
  }
}
