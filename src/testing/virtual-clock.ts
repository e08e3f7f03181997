import { check, type KnownNames } from '../check.js';
import { systemClock, type Clock, type Timer } from '../clock.js';
import { TestFailure } from './failure.js';

/** Turns of the event loop without anything in memory under way, after which all is quiet. */
const QUIET_TURNS = 3;
/** Turns after which two ends that keep each other busy are taken for an endless loop. */
const MAX_TURNS = 100_000;
/** Timers that may fire at one instant. */
const MAX_AT_ONCE = 100_000;
/** Milliseconds by which sums of fractions of seconds may differ. */
const ROUNDING = 1e-6;
/** Seconds that `until` and `settled` let pass at most, where not told. */
const DEFAULT_WITHIN = 600;

/** A timer that is set and has not fired. */
export interface PendingTimer {
  /** Which timer it is: `t3`, `t5`, `t6`, `t7`, `t8`, `linktest`, `connect`, `send`, `close`, `network` … */
  readonly name: string;
  /** Seconds until it fires. */
  readonly seconds: number;
}

/** How long {@link VirtualClock.until} and {@link VirtualClock.settled} wait, and for what. */
export interface UntilOptions {
  /** Seconds of virtual time that may pass. Default 600. */
  readonly within?: number;
  /** What is awaited, for the message of the failure. */
  readonly what?: string;
}

const UNTIL: KnownNames<UntilOptions> = { owner: 'waiting', names: { within: true, what: true } };

interface Pending {
  readonly name: string;
  readonly at: number;
  readonly callback: () => void;
}

/**
 * A clock that stands still until it is told to advance. Give it to connections as the option `clock`, and to the
 * {@link TestNetwork} that carries them: T3 then takes no time, and nothing depends on how fast the machine is.
 *
 * It knows the timers of this library and the bytes under way in a test network. Files, real sockets and timers of the
 * program itself go on in real time.
 *
 * @example
 * ```ts
 * import { HsmsActiveConnection } from 'rxsecs';
 * import { createTestNetwork, VirtualClock } from 'rxsecs/testing';
 *
 * const clock = new VirtualClock(new Date('2026-01-01T00:00:00Z'));
 * const network = createTestNetwork({ clock });
 * const connection = new HsmsActiveConnection('127.0.0.1', 5000, 0, undefined, network.options);
 * await connection.enable();
 * await clock.advance(10); // T5, in no time
 * ```
 */
export class VirtualClock implements Clock {
  readonly #start: number;
  #now = 0;
  readonly #timers = new Set<Pending>();
  #polls = 0;

  /** @param start time of day at which the clock stands first, for the times in logs; 1970-01-01 UTC where left out */
  constructor(start: Date = new Date(0)) {
    check.instance('start', start, Date, 'a Date');
    if (Number.isNaN(start.getTime()))
      check.fail('start must be a Date that is one, received an invalid Date');
    this.#start = start.getTime();
  }

  /** Milliseconds since the clock was made. */
  now(): number {
    return this.#now;
  }

  /** Milliseconds since 1970-01-01 UTC. */
  wallTime(): number {
    return this.#start + this.#now;
  }

  /** The timers that are set, the next one first. */
  get pending(): readonly PendingTimer[] {
    return [...this.#timers]
      .sort((a, b) => a.at - b.at)
      .map(({ name, at }) => ({ name, seconds: (at - this.#now) / 1000 }));
  }

  setTimer(name: string, seconds: number, callback: () => void): Timer {
    check.text('name', name);
    checkAmount('seconds', seconds);
    check.fn('callback', callback);
    const pending = { name, at: this.#now + seconds * 1000, callback };
    this.#timers.add(pending);
    return { cancel: () => void this.#timers.delete(pending) };
  }

  /** Calls back in the next turn of the real event loop. */
  afterPoll(callback: () => void): Timer {
    check.fn('callback', callback);
    let done = false;
    const finish = (): void => {
      if (!done) this.#polls--;
      done = true;
    };
    this.#polls++;
    const timer = systemClock.afterPoll(() => {
      finish();
      callback();
    });
    return {
      cancel: () => {
        finish();
        timer.cancel();
      },
    };
  }

  /**
   * Lets time pass at once: timers fire in the order of their times, with nothing in between. What they lead to, the
   * confirmation of an expiry included, happens in later turns of the event loop; {@link advanceAsync} waits for it.
   *
   * @throws HsmsArgumentError for seconds that are negative or not finite.
   */
  advance(seconds: number): void {
    const end = this.#endOf(seconds);
    while (this.#fireNext(end));
    this.#now = Math.max(this.#now, end);
  }

  /**
   * Lets time pass, and lets promises, callbacks and bytes in memory come to rest before the first timer, after each
   * instant at which timers fire, and at the end.
   *
   * @throws HsmsArgumentError as `advance` does; TestFailure where the ends keep each other busy for ever.
   */
  async advanceAsync(seconds: number): Promise<void> {
    const end = this.#endOf(seconds);
    await this.settle();
    while (this.#fireNext(end)) await this.settle();
    this.#now = Math.max(this.#now, end);
  }

  /** Lets promises, callbacks and bytes in memory come to rest; no time passes. @throws TestFailure where they never do. */
  settle(): Promise<void> {
    return this.#rest(() => false);
  }

  /**
   * Lets time pass, timer by timer, until a condition holds, and not a timer longer.
   *
   * @throws TestFailure, with the timers pending, when it does not hold within the time allowed.
   */
  async until(condition: () => boolean, options?: UntilOptions | null): Promise<void> {
    check.fn('condition', condition);
    const given = check.options('options', options, UNTIL);
    const { within = DEFAULT_WITHIN, what = 'the condition' } = given;
    check.text('what', what);
    const start = this.#now;
    const end = this.#endOf(within);
    do {
      await this.#rest(condition);
      if (condition()) return;
    } while (this.#fireNext(end));
    this.#now = Math.max(this.#now, end);
    throw new TestFailure(
      `waited ${within} s of virtual time in vain for ${what} (${start / 1000} s to ${end / 1000} s)\n${this.describePending()}`,
    );
  }

  /**
   * Lets time pass until a promise is settled: `await clock.settled(host.request(S(1, 1).w()))`.
   *
   * @returns what it resolves with. Rejects with what it rejects with, or as {@link until} does.
   */
  async settled<T>(promise: Promise<T>, options?: UntilOptions | null): Promise<T> {
    void check.instance('promise', promise, Promise, 'a promise');
    const given = check.options('options', options, UNTIL);
    let done = false;
    const finish = (): void => void (done = true);
    promise.then(finish, finish);
    await this.until(() => done, { what: 'the promise', ...given });
    return promise;
  }

  /** The timers pending as one line: `timers pending: t3 in 45 s, linktest in 30 s`. */
  describePending(): string {
    const timers = this.pending.map(({ name, seconds }) => `${name} in ${Number(seconds.toFixed(3))} s`);
    return `timers pending: ${timers.length === 0 ? 'none' : timers.join(', ')}`;
  }

  /** Turns the event loop until nothing in memory is under way, or the condition holds. */
  async #rest(enough: () => boolean): Promise<void> {
    let quiet = 0;
    for (let turns = 0; quiet < QUIET_TURNS && !enough(); turns++) {
      if (turns === MAX_TURNS) {
        throw new TestFailure(
          `still busy after ${MAX_TURNS} turns of the event loop: two ends keep each other busy without time passing`,
        );
      }
      await new Promise<void>((resolve) => systemClock.afterPoll(resolve));
      quiet = this.#polls === 0 ? quiet + 1 : 0;
    }
  }

  /** Fires every timer of the next instant up to `end`; returns whether there was one. */
  #fireNext(end: number): boolean {
    const instant = this.#next()?.at;
    if (instant === undefined || instant > end + ROUNDING) return false;
    this.#now = Math.max(this.#now, instant);
    let fired = 0;
    for (let next = this.#next(); next !== undefined && next.at <= this.#now; next = this.#next()) {
      if (++fired > MAX_AT_ONCE) {
        throw new TestFailure(`timer ${next.name} is set again and again without time passing`);
      }
      this.#timers.delete(next);
      next.callback();
    }
    return true;
  }

  /** The first of those that are due first. */
  #next(): Pending | undefined {
    let next: Pending | undefined;
    for (const timer of this.#timers) if (next === undefined || timer.at < next.at) next = timer;
    return next;
  }

  #endOf(seconds: number): number {
    return this.#now + checkAmount('seconds', seconds) * 1000;
  }
}

/**
 * Checks a number that must be finite and not negative.
 * @throws HsmsArgumentError
 */
export function checkAmount(name: string, value: number): number {
  if (Number.isFinite(value) && value >= 0) return value;
  return check.refuse(name, 'a finite number from 0', value);
}
