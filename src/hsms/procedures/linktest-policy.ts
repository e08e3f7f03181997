import type { Clock, Timer } from '../../clock.js';
import { linktestSpread, putOff } from './linktest-spread.js';

/** What the policy asks and wants done. */
export interface LinktestOwner {
  readonly clock: Clock;
  /** Seconds of idleness after which to probe; 0 for never. */
  linktestInterval(): number;
  /** A control message of ours waits for its answer: that will tell whether the peer lives, by T6. */
  probing(): boolean;
  /** A reply is outstanding: it will tell, by T3. */
  busy(): boolean;
  /** Sends Linktest.req. */
  probe(): void;
  /** The timer cannot be set: from now on nothing would find out that the peer is gone. */
  failed(error: unknown): void;
}

/**
 * Decides when to send a Linktest.req: at an interval, while the connection is selected and idle (P-27). Where many
 * sessions are to send one in the same moment, some do so a little later.
 */
export class LinktestPolicy {
  readonly #owner: LinktestOwner;
  #timer: Timer | undefined;
  #lastSign = 0;
  #doubtful = false;
  /** Which part of the time for that this session puts a probe off; 0: it never had to. */
  #share = 0;
  #isPutOff = false;

  constructor(owner: LinktestOwner) {
    this.#owner = owner;
  }

  /** A session was selected, or the interval was changed. */
  start(): void {
    this.stop();
    this.#lastSign = this.#owner.clock.now();
    this.#doubtful = false;
    this.#isPutOff = false;
    const interval = this.#owner.linktestInterval();
    if (interval > 0) this.#arm(interval);
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  /** A frame was accepted, at this time of the clock. */
  alive(now: number): void {
    // The timer is left as it runs and looks at the time of the last sign when it fires.
    this.#lastSign = now;
    this.#doubtful = false;
  }

  /**
   * T3 has ended a transaction. Until the next sign of life other open ones put a probe off no longer: requests that
   * overlap would hide a dead peer for as long as they are made.
   */
  unanswered(): void {
    this.#doubtful = true;
  }

  #arm(seconds: number): void {
    this.#timer = this.#owner.clock.setTimer('linktest', seconds, () => {
      try {
        this.#onTimer();
      } catch (error) {
        this.#owner.failed(error);
      }
    });
  }

  #onTimer(): void {
    const interval = this.#owner.linktestInterval();
    if (interval <= 0) {
      this.stop();
      return;
    }
    const now = this.#owner.clock.now();
    const idle = (now - this.#lastSign) / 1000;
    const wasPutOff = this.#isPutOff;
    this.#isPutOff = false;
    // A millisecond less than the interval is the interval: timers are no more exact than that.
    if (idle < interval - 0.001) {
      this.#arm(interval - idle);
      return;
    }
    const isWanted = !this.#owner.probing() && (this.#doubtful || !this.#owner.busy());
    if (isWanted && !wasPutOff && this.#isCrowded(now)) {
      this.#isPutOff = true;
      this.#arm(putOff(interval, this.#share));
      return;
    }
    this.#arm(interval);
    if (isWanted) this.#owner.probe();
  }

  #isCrowded(now: number): boolean {
    const spread = linktestSpread(this.#owner.clock);
    if (!spread.isCrowded(now)) return false;
    if (this.#share === 0) this.#share = spread.nextShare();
    return true;
  }
}
