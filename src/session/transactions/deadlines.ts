import { afterPoll, type Clock, type Timer } from '../../clock.js';

/** A timer may fire early by less than its resolution. */
const EARLY_MS = 0.5;

const NO_CHAINS: readonly DeadlineChain[] = [];

/** Something that expires unless it is cancelled before: one of a chain, in the order in which they expire. */
export abstract class Deadline {
  /** @internal The chain it waits in; undefined while it is not set. */
  chain: DeadlineChain | undefined = undefined;
  /** @internal */
  before: Deadline | undefined = undefined;
  /** @internal */
  after: Deadline | undefined = undefined;
  /** @internal When it expires, in milliseconds of the clock. */
  at = 0;

  /** The time is over. Not called once the deadline is cancelled. */
  abstract onDeadline(): void;

  /** Nothing happens any more. Does nothing where the deadline is not set. */
  cancelDeadline(): void {
    this.chain?.cancel(this);
  }
}

/**
 * The deadlines of one length and the one timer they share. They are a chain and not a Set: what is added to a Set and deleted
 * again thousands of times a second outlives many collections of garbage.
 */
class DeadlineChain {
  first: Deadline | undefined;
  timer: Timer | undefined;
  #last: Deadline | undefined;
  readonly #onEmpty: (chain: DeadlineChain) => void;

  constructor(
    readonly seconds: number,
    onEmpty: (chain: DeadlineChain) => void,
  ) {
    this.#onEmpty = onEmpty;
  }

  add(deadline: Deadline, at: number): void {
    deadline.chain = this;
    deadline.at = at;
    deadline.before = this.#last;
    if (this.#last === undefined) this.first = deadline;
    else this.#last.after = deadline;
    this.#last = deadline;
  }

  cancel(deadline: Deadline): void {
    this.remove(deadline);
    if (this.first === undefined) this.#onEmpty(this);
  }

  remove(deadline: Deadline): void {
    const { before, after } = deadline;
    if (before === undefined) this.first = after;
    else before.after = after;
    if (after === undefined) this.#last = before;
    else after.before = before;
    deadline.chain = deadline.before = deadline.after = undefined;
  }
}

/**
 * Many timeouts of few lengths, as the T3 of ten thousand open transactions, on one timer for each length. An expiry
 * is confirmed once the bytes that the kernel holds have been read, so that a busy process does not miss a reply that
 * has long arrived.
 */
export class Deadlines {
  readonly #clock: Clock;
  readonly #name: string;
  /** One for each length that is in use: few. */
  #chains: readonly DeadlineChain[] = NO_CHAINS;

  /** @param name name of the timers: `t3`, say */
  constructor(clock: Clock, name: string) {
    this.#clock = clock;
    this.#name = name;
  }

  /**
   * Lets a deadline expire in `seconds`, unless cancelled. It must not be set already.
   * @param now the time, where it is known: to look at the clock takes longer than all of this
   */
  set(deadline: Deadline, seconds: number, now: number = this.#clock.now()): void {
    const chain = this.#chain(seconds);
    chain.add(deadline, now + seconds * 1000);
    if (chain.timer === undefined) this.#arm(chain, seconds);
  }

  /** Ends the timers that were left running although no deadline is set. */
  stopIdleTimers(): void {
    for (const chain of this.#chains) if (chain.first === undefined) this.#end(chain);
  }

  #chain(seconds: number): DeadlineChain {
    for (const chain of this.#chains) if (chain.seconds === seconds) return chain;
    const chain = new DeadlineChain(seconds, (empty) => this.#onEmpty(empty));
    this.#chains = [...this.#chains, chain];
    return chain;
  }

  /** The last chain keeps its timer. Otherwise requests that follow one another would each set and clear one. */
  #onEmpty(chain: DeadlineChain): void {
    if (this.#chains.length > 1) this.#end(chain);
  }

  #end(chain: DeadlineChain): void {
    chain.timer?.cancel();
    chain.timer = undefined;
    this.#chains = this.#chains.length === 1 ? NO_CHAINS : this.#chains.filter((other) => other !== chain);
  }

  #arm(chain: DeadlineChain, seconds: number): void {
    chain.timer = this.#clock.setTimer(this.#name, seconds, () => {
      // Those due by now; by the time the poll is done, some may have been cancelled.
      const now = this.#clock.now();
      if (chain.first === undefined || chain.first.at > now + EARLY_MS) this.#goOn(chain);
      else chain.timer = afterPoll(this.#clock, () => this.#expire(chain, now));
    });
  }

  #expire(chain: DeadlineChain, now: number): void {
    for (let next = chain.first; next !== undefined && next.at <= now + EARLY_MS; next = chain.first) {
      chain.remove(next);
      next.onDeadline();
    }
    if (this.#chains.includes(chain)) this.#goOn(chain);
  }

  /** Waits for the next one of a chain, or ends it. */
  #goOn(chain: DeadlineChain): void {
    if (chain.first === undefined) this.#end(chain);
    else this.#arm(chain, Math.max(0.001, (chain.first.at - this.#clock.now()) / 1000));
  }
}
