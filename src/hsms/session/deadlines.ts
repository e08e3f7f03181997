import type { Clock, Timer } from '../../clock.js';

/** Something that expires. */
interface Deadline {
  readonly at: number;
  readonly expired: () => void;
}

/** The deadlines of one length, in the order in which they expire, and the one timer they share. */
interface Lane {
  readonly seconds: number;
  readonly deadlines: Set<Deadline>;
  timer: Timer | undefined;
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
    let lane = this.#lanes.get(seconds);
    if (lane === undefined) {
      lane = { seconds, deadlines: new Set(), timer: undefined };
      this.#lanes.set(seconds, lane);
    }
    const set = lane;
    const deadline = { at: this.#clock.now() + seconds * 1000, expired };
    set.deadlines.add(deadline);
    if (set.timer === undefined) this.#arm(set, seconds);
    return { cancel: () => this.#cancel(set, deadline) };
  }

  #cancel(lane: Lane, deadline: Deadline): void {
    if (!lane.deadlines.delete(deadline) || lane.deadlines.size > 0) return;
    lane.timer?.cancel();
    this.#lanes.delete(lane.seconds);
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
    for (const deadline of lane.deadlines) {
      if (deadline.at > now + 0.5) break;
      lane.deadlines.delete(deadline);
      deadline.expired();
    }
    const [first] = lane.deadlines;
    if (first === undefined) {
      if (this.#lanes.get(lane.seconds) === lane) this.#lanes.delete(lane.seconds);
    } else this.#arm(lane, Math.max(0.001, (first.at - this.#clock.now()) / 1000));
  }
}
