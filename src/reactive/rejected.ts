import { afterPoll, type Clock } from '../clock.js';
import type { Deferred } from './deferred.js';

/** A promise that knows whether anybody asked what became of it. */
class AskedPromise<T> extends Promise<T> {
  asked = false;

  // `await` of a subclass calls this as well.
  override then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.asked = true;
    return super.then(onFulfilled, onRejected);
  }

  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }
}

/** A promise that is settled from outside, and knows whether a handler was added. */
export interface AskedDeferred extends Deferred<void> {
  readonly asked: boolean;
}

/** As `deferred`. The promise raises no `unhandledRejection`. */
export function askedDeferred(): AskedDeferred {
  let resolve: () => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new AskedPromise<void>((resolvePromise, rejectPromise) => {
    resolve = resolvePromise;
    reject = rejectPromise;
  });
  promise.catch(() => {});
  promise.asked = false;
  return {
    promise,
    resolve,
    reject,
    get asked() {
      return promise.asked;
    },
  };
}

/** As `rejected`; `tell` is called where no handler was added by the end of this turn of the event loop. */
export function rejectedAloud(error: unknown, clock: Clock, tell: () => void): Promise<never> {
  const promise = new AskedPromise<never>((_resolve, reject) => reject(error));
  promise.catch(() => {});
  promise.asked = false;
  afterPoll(clock, () => {
    if (!promise.asked) tell();
  });
  return promise;
}

/** The same promise, marked as handled: it raises no `unhandledRejection`. */
export function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** A promise rejected with `error`. It raises no `unhandledRejection`. */
export function rejected(error: unknown): Promise<never> {
  return handled(
    Promise.resolve().then((): never => {
      throw error;
    }),
  );
}
