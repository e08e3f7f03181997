/** How often the clock looks at the time, and how much of a longer pause it counts, in milliseconds. */
const TICK_MS = 5;
const COUNTED_MS = 10;
/** A pause of so long is a fault of the machine: it may let a short timer expire that should not. */
const STALL_MS = 30;

/**
 * Time in which this process was able to run, in milliseconds. A machine that is busy with other things stops it, so a
 * bound measured on it blames nobody for what the machine did; a loop that waits for something that never comes does not.
 */
export class FairTime {
  #counted = 0;
  #last = performance.now();
  #stalled = 0;
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#timer = setInterval(() => this.#advance(), TICK_MS);
  }

  now(): number {
    this.#advance();
    return this.#counted;
  }

  /** When the process last stood still. */
  get stalled(): number {
    return this.#stalled;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #advance(): void {
    const now = performance.now();
    const passed = now - this.#last;
    this.#counted += Math.min(passed, COUNTED_MS);
    this.#last = now;
    if (passed > STALL_MS) this.#stalled = this.#counted;
  }
}
