import type { Clock, Timer } from '../../../clock.js';
import type { Id } from '../../model/id.js';

/** How long nothing must have come, in seconds. */
const SILENCE = 1;
/** How long to wait at the most, in seconds. */
const AT_MOST = 60;

/** Waits until a tool has sent what it had queued: no message of the protocol tells that. */
export class Silence {
  readonly #clock: Clock;
  readonly #unacknowledged: () => number;
  #awaited: ReadonlySet<Id> | undefined;
  #heardAt = 0;

  /** @param unacknowledged messages of the tool that wait for their acknowledge: it sends no more meanwhile */
  constructor(clock: Clock, unacknowledged: () => number) {
    this.#clock = clock;
    this.#unacknowledged = unacknowledged;
  }

  /** A report has come. */
  heard(rptid: Id): void {
    if (this.#awaited?.has(rptid) === true) this.#heardAt = this.#clock.now();
  }

  /**
   * Resolves when none of these reports has come for a second, and all that came is acknowledged; after a minute in any case.
   * @returns whether it is quiet. Rejects with the signal's reason.
   */
  async of(rptids: readonly Id[], signal: AbortSignal): Promise<boolean> {
    this.#awaited = new Set(rptids);
    this.#heardAt = this.#clock.now();
    const end = this.#heardAt + AT_MOST * 1000;
    try {
      while (this.#clock.now() < end) {
        const left = SILENCE - (this.#clock.now() - this.#heardAt) / 1000;
        if (left <= 0 && this.#unacknowledged() === 0) return true;
        if (this.#unacknowledged() > 0) this.#heardAt = this.#clock.now();
        await this.#sleep(Math.max(left, 0.05), signal);
      }
      return false;
    } finally {
      this.#awaited = undefined;
    }
  }

  #sleep(seconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        timer.cancel();
        reject(signal.reason as Error);
      };
      const timer: Timer = this.#clock.setTimer('silence', seconds, () => {
        signal.removeEventListener('abort', abort);
        resolve();
      });
      if (signal.aborted) abort();
      else signal.addEventListener('abort', abort, { once: true });
    });
  }
}
