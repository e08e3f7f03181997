import { afterPoll, type Clock } from '../clock.js';
import { HsmsError } from '../errors.js';
import { deferred } from '../reactive/deferred.js';
import { askedDeferred, rejected, type AskedDeferred } from '../reactive/rejected.js';
import { reportSafely, type ErrorReporter } from '../reactive/report.js';

/** What an {@link EnableSwitch} switches. */
export interface Switched {
  /** Goes to work. When it rejects, the switch is off again. */
  start(): Promise<void>;
  /** Whether it is at work by the time `start` returns, and never rejects. */
  readonly startsAtOnce?: boolean;
  /** Stops all work; also called while `start` has not settled, which must then reject soon. Never rejects. */
  stop(): Promise<void>;
  /**
   * `start` rejected, and not because of `stop`.
   * @param isHeard whether whoever called `enable()` asked what became of it, which is known at the end of this turn
   */
  onStartFailed(error: unknown, isHeard: () => boolean): void;
}

/** Reports a failed `enable()`, unless its caller hears of it by the promise. */
export function reportUnheard(
  error: unknown,
  isHeard: () => boolean,
  { clock, onError }: { readonly clock: Clock; readonly onError: ErrorReporter },
): void {
  afterPoll(clock, () => {
    if (!isHeard()) reportSafely(onError, error, 'enable()');
  });
}

const STARTED = Promise.resolve();

/**
 * The order of `enable()` and `disable()`: each is idempotent, may be called while the other has not settled or
 * from within what the other causes, and the last call wins.
 */
export class EnableSwitch {
  readonly #switched: Switched;
  #on = false;
  #enabling: Promise<void> | undefined;
  #disabling: Promise<void> | undefined;
  #disposal: Promise<void> | undefined;

  constructor(switched: Switched) {
    this.#switched = switched;
  }

  /** Whether the last call was `enable()`, and it has not failed. */
  get on(): boolean {
    return this.#on;
  }

  /** Whether `stop` is at work. */
  get stopping(): boolean {
    return this.#disabling !== undefined;
  }

  /** Resolves when started; rejects with what `start` rejected with, `HSMS_DISABLED` or `HSMS_DISPOSED`. */
  enable(): Promise<void> {
    if (this.#disposal !== undefined) {
      return rejected(new HsmsError('HSMS_DISPOSED', 'this object was disposed of: construct a new one'));
    }
    if (!this.#on) {
      this.#on = true;
      // In place before anything happens: what happens may call enable() again.
      if (this.#switched.startsAtOnce === true && this.#disabling === undefined) {
        this.#enabling = STARTED;
        void this.#switched.start();
        return STARTED;
      }
      const enabling = askedDeferred();
      this.#enabling = enabling.promise;
      this.#start(enabling).then(enabling.resolve, enabling.reject);
    }
    return this.#enabling ?? Promise.resolve();
  }

  /** Resolves when stopped. Never rejects. */
  disable(): Promise<void> {
    if (this.#on) {
      this.#on = false;
      if (this.#disabling === undefined) {
        const { promise, resolve } = deferred();
        this.#disabling = promise;
        const stopped = (): void => {
          this.#disabling = undefined;
          resolve();
        };
        // It promises never to reject; if it does, nothing can be stopped any more.
        this.#switched.stop().then(stopped, stopped);
      }
    }
    return this.#disabling ?? Promise.resolve();
  }

  /** Disables for good, once. Resolves when `finish` has been called and has called back. */
  dispose(finish: (done: () => void) => void): Promise<void> {
    if (this.#disposal === undefined) {
      const { promise, resolve } = deferred();
      this.#disposal = promise;
      void this.disable().then(() => finish(resolve));
    }
    return this.#disposal;
  }

  async #start(enabling: AskedDeferred): Promise<void> {
    if (this.#disabling !== undefined) await this.#disabling;
    if (this.#enabling !== enabling.promise || !this.#on) {
      throw new HsmsError('HSMS_DISABLED', 'disable() was called before enable() had taken effect');
    }
    try {
      await this.#switched.start();
    } catch (error) {
      if (this.#enabling === enabling.promise && this.#on) {
        this.#on = false;
        this.#switched.onStartFailed(error, () => enabling.asked);
      }
      throw error;
    }
  }
}
