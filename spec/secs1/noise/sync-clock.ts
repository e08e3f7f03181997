import type { Clock, Timer } from '../../../src/clock.js';

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly callback: () => void;
  cancelled: boolean;
}

/** A clock that runs through everything that was set on it, in the order of its times, without a turn of the event loop. */
export class SyncClock implements Clock {
  #now = 0;
  #order = 0;
  /** A heap by time, then by the order in which they were set. */
  readonly #heap: Entry[] = [];

  now(): number {
    return this.#now;
  }

  setTimer(_name: string, seconds: number, callback: () => void): Timer {
    const entry = { at: this.#now + seconds * 1000, order: this.#order++, callback, cancelled: false };
    this.#push(entry);
    return { cancel: () => void (entry.cancelled = true) };
  }

  afterPoll(callback: () => void): Timer {
    return this.setTimer('poll', 0, callback);
  }

  /** Runs until nothing is set any more. @throws Error after so many steps */
  run(maxSteps = 1_000_000): void {
    for (let steps = 0; ; steps++) {
      if (steps === maxSteps) throw new Error(`still busy after ${maxSteps} steps, ${this.#now / 1000} s`);
      const next = this.#pop();
      if (next === undefined) return;
      if (next.cancelled) continue;
      this.#now = Math.max(this.#now, next.at);
      next.callback();
    }
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let i = heap.push(entry) - 1;
    for (let parent = (i - 1) >> 1; i > 0 && before(entry, heap[parent] as Entry); parent = (i - 1) >> 1) {
      heap[i] = heap[parent] as Entry;
      i = parent;
    }
    heap[i] = entry;
  }

  #pop(): Entry | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Entry, heap[child] as Entry)) child++;
      if (!before(heap[child] as Entry, last)) break;
      heap[i] = heap[child] as Entry;
      i = child;
    }
    heap[i] = last;
    return first;
  }
}

function before(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
