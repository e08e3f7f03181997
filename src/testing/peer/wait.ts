import type { Clock } from '../../clock.js';
import { TestFailure } from '../failure.js';
import { VirtualClock } from '../virtual-clock.js';

/** Tells those who wait that something has changed. */
export class Changes {
  readonly #listeners = new Set<() => void>();

  /** Something has changed. */
  tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /**
   * Waits until a condition holds: in virtual time by letting it pass, otherwise as time passes.
   * @param seconds how long at most
   * @returns whether it came to hold
   */
  async until(clock: Clock, condition: () => boolean, seconds: number): Promise<boolean> {
    if (condition()) return true;
    if (clock instanceof VirtualClock) {
      return clock.until(condition, { within: seconds }).then(
        () => true,
        (error: unknown) => {
          if (error instanceof TestFailure) return false;
          throw error;
        },
      );
    }
    return new Promise((resolve) => {
      const finish = (held: boolean): void => {
        timer.cancel();
        this.#listeners.delete(look);
        resolve(held);
      };
      const look = (): void => {
        if (condition()) finish(true);
      };
      const timer = clock.setTimer('expect', seconds, () => finish(condition()));
      this.#listeners.add(look);
    });
  }
}
