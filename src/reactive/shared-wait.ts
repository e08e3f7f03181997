import { deferred, type Deferred } from './deferred.js';
import { toldAtEnd } from './told-at-end.js';

/**
 * What many may wait for at once, and wait for again. Each has a promise of its own: one that is not handled is heard of, whoever handles theirs. Should the program end meanwhile, it says
 * so: with nothing left to do, Node ends in silence, in the middle of an `await`.
 */
export class SharedWait {
  readonly #why: () => string | undefined;
  #pending: Deferred<void> | undefined;
  #waiting = 0;
  #heard: () => void = nothing;

  /** @param why it cannot come about as things stand; undefined where it may */
  constructor(why: () => string | undefined) {
    this.#why = why;
  }

  /** Resolves or rejects with the next {@link end} or {@link fail}, or rejects with the reason of the signal. */
  wait(signal?: AbortSignal): Promise<void> {
    if (this.#pending === undefined) {
      this.#pending = deferred();
      this.#heard = toldAtEnd(this.#why);
    }
    this.#waiting++;
    return signal === undefined
      ? this.#pending.promise.then(nothing)
      : this.#abortable(this.#pending, signal);
  }

  /** What was waited for has come. */
  end(): void {
    this.#take()?.resolve();
  }

  /** It will not come. */
  fail(error: () => Error): void {
    if (this.#pending !== undefined) this.#take()?.reject(error());
  }

  #take(): Deferred<void> | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    this.#waiting = 0;
    this.#heard();
    this.#heard = nothing;
    return pending;
  }

  async #abortable(pending: Deferred<void>, signal: AbortSignal): Promise<void> {
    const aborted = deferred();
    const onAbort = (): void => {
      // Nobody is left who waits for this.
      if (this.#pending === pending && --this.#waiting === 0) this.#take();
      aborted.reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await Promise.race([pending.promise, aborted.promise]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}

function nothing(): void {}
