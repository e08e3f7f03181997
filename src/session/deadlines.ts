import type { Clock, Timer } from '../clock.js';

/** A timer may fire early by less than its resolution. */
const EARLY_MS = 0.5;

/** Something that expires unless it is cancelled before: one of a chain, in the order in which they expire. */
export abstract class Deadline {
  /** @internal The lane it waits in; undefined while it is not set. */
  lane: Lane | undefined = undefined;
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
    this.lane?.cancel(this);
  }
}

/**
 * The deadlines of one length and the one timer they share. They are a chain and not a Set: what is added to a Set and deleted
 * again thousands of times a second outlives many collections of garbage.
 */
class Lane {
  first: Deadline | undefined;
  timer: Timer | undefined;
  #last: Deadline | undefined;
  readonly #onEmpty: (lane: Lane) => void;

  constructor(
    readonly seconds: number,
    onEmpty: (lane: Lane) => void,
  ) {
    this.#onEmpty = onEmpty;
  }

  add(deadline: Deadline, at: number): void {
    deadline.lane = this;
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
    deadline.lane = deadline.before = deadline.after = undefined;
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
  readonly #lanes = new Map<number, Lane>();

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
    const lane = this.#lane(seconds);
    lane.add(deadline, now + seconds * 1000);
    if (lane.timer === undefined) this.#arm(lane, seconds);
  }

  /** Ends the timers that were left running although no deadline is set. */
  stopIdleTimers(): void {
    for (const lane of this.#lanes.values()) if (lane.first === undefined) this.#end(lane);
  }

  #lane(seconds: number): Lane {
    let lane = this.#lanes.get(seconds);
    if (lane === undefined) {
      lane = new Lane(seconds, (empty) => this.#onEmpty(empty));
      this.#lanes.set(seconds, lane);
    }
    return lane;
  }

  /** One lane keeps its timer: requests that follow one another would else set and clear one each. */
  #onEmpty(lane: Lane): void {
    if (this.#lanes.size > 1) this.#end(lane);
  }

  #end(lane: Lane): void {
    lane.timer?.cancel();
    lane.timer = undefined;
    this.#lanes.delete(lane.seconds);
  }

  #arm(lane: Lane, seconds: number): void {
    lane.timer = this.#clock.setTimer(this.#name, seconds, () => {
      // Those due by now; by the time the poll is done, some may have been cancelled.
      const now = this.#clock.now();
      if (lane.first === undefined || lane.first.at > now + EARLY_MS) this.#goOn(lane);
      else lane.timer = this.#clock.afterPoll(() => this.#expire(lane, now));
    });
  }

  #expire(lane: Lane, now: number): void {
    for (let next = lane.first; next !== undefined && next.at <= now + EARLY_MS; next = lane.first) {
      lane.remove(next);
      next.onDeadline();
    }
    if (this.#lanes.get(lane.seconds) === lane) this.#goOn(lane);
  }

  /** Waits for the next one of a lane, or ends it. */
  #goOn(lane: Lane): void {
    if (lane.first === undefined) this.#end(lane);
    else this.#arm(lane, Math.max(0.001, (lane.first.at - this.#clock.now()) / 1000));
  }
}
