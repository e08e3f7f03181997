import type { Clock } from '../clock.js';

/** How long one wait is polled for where the setting is `auto`, in milliseconds. */
const AUTO_MS = 0.2;

/** Waits that sleep for longer than this, in the middle, are no case for polling: what wakes them is not the delay. */
const WORTH_TRYING_MS = 0.5;

/** Polling has to shorten the waits to this part, or it does not pay. */
const WORTH_KEEPING = 0.75;

/** Waits that are measured each way before they are compared. */
const MEASURED = 16;

/** Polled waits until both ways are measured again. */
const KEPT = 8192;

/** Of this many polled waits in a row, a quarter may be longer than is polled for. */
const WINDOW = 64;

/** Waits that sleep until polling is tried again: as many at first, twice as many each time that it does not pay, and the most. */
const REST = { first: 64, most: 4096 } as const;

/**
 * Learns whether polling pays for the waits of one connection: measures some that sleep and some that are polled, and keeps to
 * what is better. Knows no clock.
 */
export class PollLearner {
  #phase: 'sleeps' | 'tries' | 'keeps' | 'rests' = 'sleeps';
  #measured: number[] = [];
  #sleepingMs = 0;
  #left = 0;
  #long = 0;
  #rest: number = REST.first;

  /** Whether the next wait is to be polled. */
  get polls(): boolean {
    return this.#phase === 'tries' || this.#phase === 'keeps';
  }

  /** A wait has ended. */
  took(ms: number): void {
    switch (this.#phase) {
      case 'rests':
        if (--this.#left === 0) this.#phase = 'sleeps';
        break;
      case 'keeps':
        this.#keep(ms);
        break;
      case 'sleeps':
      case 'tries':
        this.#measured.push(ms);
        if (this.#measured.length === MEASURED) this.#compare();
    }
  }

  #compare(): void {
    const measured = this.#measured.sort((a, b) => a - b);
    const middle = measured[MEASURED / 2] as number;
    this.#measured = [];
    if (this.#phase === 'sleeps') {
      this.#sleepingMs = middle;
      if (middle > WORTH_TRYING_MS) this.#restLonger();
      else this.#phase = 'tries';
      return;
    }
    const long = measured.filter((ms) => ms > AUTO_MS).length;
    if (middle > this.#sleepingMs * WORTH_KEEPING || long > MEASURED / 4) {
      this.#restLonger();
      return;
    }
    this.#phase = 'keeps';
    this.#left = KEPT;
    this.#long = 0;
    this.#rest = REST.first;
  }

  #keep(ms: number): void {
    if (ms > AUTO_MS) this.#long++;
    this.#left--;
    if (this.#left % WINDOW === 0) {
      if (this.#long > WINDOW / 4) this.#restLonger();
      else if (this.#left === 0) this.#phase = 'sleeps';
      this.#long = 0;
    }
  }

  #restLonger(): void {
    this.#phase = 'rests';
    this.#left = this.#rest;
    this.#rest = Math.min(this.#rest * 2, REST.most);
  }
}

/** Keeps the event loop from falling asleep: one chain of immediates for all connections of the process. */
class Chain {
  #until = 0;
  #runs = false;
  #clock: Clock | undefined;

  /** Stays awake until this time of the clock. */
  stayAwake(clock: Clock, until: number): void {
    this.#clock = clock;
    if (until > this.#until) this.#until = until;
    if (this.#runs) return;
    this.#runs = true;
    clock.afterPoll(this.#turn);
  }

  /** What this time was asked for has come; somebody else may have asked for a later one. */
  noLonger(until: number): void {
    if (this.#until === until) this.#until = 0;
  }

  readonly #turn = (): void => {
    const clock = this.#clock;
    this.#runs = clock !== undefined && clock.now() < this.#until;
    if (this.#runs) clock?.afterPoll(this.#turn);
  };
}

const chain = new Chain();

/** With more waits than this begun by others meanwhile, the process was awake anyhow: such a wait tells nothing of what it costs to wake up. */
const CROWD = 8;

/** Waits of a connection that are not looked at after one that was spent in a crowd. */
const SKIPPED = 64;

/** How many waits have begun in this process. */
let begun = 0;

/**
 * Polls the sockets for a moment instead of sleeping, while an answer of one peer is due: waking up costs a process tens of
 * microseconds, several times what the answer itself takes.
 */
export class BusyPoll {
  readonly #clock: Clock;
  /** Made for the first wait that tells something. */
  #learner: PollLearner | undefined;
  #since = -1;
  #until = 0;
  /** How many waits had begun when this one did. */
  #before = 0;
  #skip = 0;

  /** @param clock of the system: a virtual one waits for nothing */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * A wait begins: for a reply, or for what the peer sends next. Also when another one is under way.
   * @param setting longest time to poll for, in seconds; `auto` polls where that has proved to shorten the waits
   */
  begin(setting: number | 'auto'): void {
    begun++;
    if (setting === 'auto' && this.#skip > 0) {
      this.#skip--;
      return;
    }
    const now = this.#clock.now();
    this.#since = now;
    this.#until = 0;
    this.#before = begun;
    if (setting === 'auto' && this.#learner?.polls !== true) return;
    this.#until = now + (setting === 'auto' ? AUTO_MS : setting * 1000);
    chain.stayAwake(this.#clock, this.#until);
  }

  /** Bytes of the peer have come. */
  arrived(): void {
    if (this.#since < 0) return;
    if (begun - this.#before > CROWD) this.#skip = SKIPPED;
    else (this.#learner ??= new PollLearner()).took(this.#clock.now() - this.#since);
    this.#since = -1;
    if (this.#until > 0) chain.noLonger(this.#until);
  }
}
