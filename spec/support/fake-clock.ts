import type { Clock, Timer } from '../../src/clock.js';

interface Pending {
  readonly name: string;
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that stands still until it is told to advance. `afterPoll` stays real: sockets are. */
export class FakeClock implements Clock {
  #now = 0;
  readonly #pending = new Set<Pending>();

  /** Names of the timers that are set, sorted. */
  get timers(): string[] {
    return [...this.#pending].map(({ name }) => name).sort();
  }

  now(): number {
    return this.#now;
  }

  setTimer(name: string, seconds: number, callback: () => void): Timer {
    const pending = { name, at: this.#now + seconds * 1000, callback };
    this.#pending.add(pending);
    return { cancel: () => void this.#pending.delete(pending) };
  }

  afterPoll(callback: () => void): Timer {
    const handle = setImmediate(callback);
    return { cancel: () => clearImmediate(handle) };
  }

  /** Lets time pass; timers fire in the order of their times. */
  advance(seconds: number): void {
    const end = this.#now + seconds * 1000;
    for (;;) {
      const due = [...this.#pending].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#pending.delete(due);
      this.#now = due.at;
      due.callback();
    }
    this.#now = end;
  }

  /** Lets time pass, then lets what waits for the event loop run. */
  async pass(seconds: number): Promise<void> {
    this.advance(seconds);
    await turns();
  }
}

/** Some turns of the event loop: what was about to happen has happened. */
export async function turns(count = 3): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}
