import type { Clock, Timer } from '../../clock.js';

/** Something that expires: one of a chain, in the order in which they expire. */
class Deadline implements Timer {
  before: Deadline | undefined;
  after: Deadline | undefined;

  constructor(
    /** The lane it waits in; undefined once it has expired or was cancelled. */
    public lane: Lane | undefined,
    readonly at: number,
    readonly expired: () => void,
  ) {}

  cancel(): void {
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
  readonly #onEmpty: () => void;

  constructor(
    readonly seconds: number,
    onEmpty: () => void,
  ) {
    this.#onEmpty = onEmpty;
  }

  add(at: number, expired: () => void): Deadline {
    const deadline = new Deadline(this, at, expired);
    deadline.before = this.#last;
    if (this.#last === undefined) this.first = deadline;
    else this.#last.after = deadline;
    this.#last = deadline;
    return deadline;
  }

  cancel(deadline: Deadline): void {
    this.remove(deadline);
    if (this.first !== undefined) return;
    this.timer?.cancel();
    this.#onEmpty();
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

  /** Calls back in `seconds`, unless cancelled. */
  set(seconds: number, expired: () => void): Timer {
    const lane = this.#lane(seconds);
    const deadline = lane.add(this.#clock.now() + seconds * 1000, expired);
    if (lane.timer === undefined) this.#arm(lane, seconds);
    return deadline;
  }

  #lane(seconds: number): Lane {
    let lane = this.#lanes.get(seconds);
    if (lane === undefined) {
      lane = new Lane(seconds, () => this.#lanes.delete(seconds));
      this.#lanes.set(seconds, lane);
    }
    return lane;
  }

  #arm(lane: Lane, seconds: number): void {
    lane.timer = this.#clock.setTimer(this.#name, seconds, () => {
      // Those due by now; by the time the poll is done, some may have been cancelled.
      const now = this.#clock.now();
      lane.timer = this.#clock.afterPoll(() => this.#expire(lane, now));
    });
  }

  #expire(lane: Lane, now: number): void {
    // Half a millisecond: a timer may fire early by less than its resolution.
    for (let next = lane.first; next !== undefined && next.at <= now + 0.5; next = lane.first) {
      lane.remove(next);
      next.expired();
    }
    if (lane.first === undefined) {
      if (this.#lanes.get(lane.seconds) === lane) this.#lanes.delete(lane.seconds);
    } else this.#arm(lane, Math.max(0.001, (lane.first.at - this.#clock.now()) / 1000));
  }
}
