import type { Observable } from 'rxjs';
import { check, type KnownNames } from '../check.js';
import { HsmsError } from '../errors.js';
import { Fifo } from './fifo.js';
import { deferred, type Deferred } from './deferred.js';

/** Options of an iteration with a bounded buffer. */
export interface BufferOptions {
  /** How many may wait for the consumer, from 1. Default 1024. */
  readonly limit?: number;
  /**
   * What happens beyond the limit: `fail` ends the iteration with an HsmsError `HSMS_BUFFER_FULL`, after what waits
   * has been consumed; `dropOldest` drops what has waited longest and counts it. Default `fail`.
   */
  readonly policy?: 'fail' | 'dropOldest';
  /** Ends the iteration. */
  readonly signal?: AbortSignal;
}

const BUFFER_OPTIONS: KnownNames<BufferOptions> = {
  owner: 'an iteration',
  names: { limit: true, policy: true, signal: true },
};

/** An iteration over a stream, for a consumer that is slower than the stream. */
export interface BufferedIterator<T> extends AsyncIterableIterator<T> {
  /** How many were dropped so far under `dropOldest`. */
  readonly dropped: number;
}

/**
 * Iterates over a hot stream through a bounded buffer. Buffering begins with this call and ends with the stream, the
 * signal, or the loop.
 * @throws HsmsArgumentError for a limit that is no whole number from 1.
 */
export function iterate<T>(source: Observable<T>, options?: BufferOptions | null): BufferedIterator<T> {
  const given = check.options('options', options, BUFFER_OPTIONS);
  const { limit = 1024, policy = 'fail', signal } = given;
  check.integer('limit', limit, 1);
  check.oneOf('policy', policy, ['fail', 'dropOldest']);
  check.signal('signal', signal);
  return new Buffered(source, limit, policy, signal);
}

class Buffered<T> implements BufferedIterator<T> {
  readonly #waiting = new Fifo<T>();
  readonly #takers = new Fifo<Deferred<IteratorResult<T>>>();
  readonly #stop: () => void;
  #dropped = 0;
  #ended = false;
  #error: Error | undefined;

  constructor(source: Observable<T>, limit: number, policy: 'fail' | 'dropOldest', signal?: AbortSignal) {
    const onAbort = (): void => this.#end();
    const subscription = source.subscribe({
      next: (value) => this.#add(value, limit, policy),
      complete: () => this.#end(),
    });
    this.#stop = () => {
      subscription.unsubscribe();
      signal?.removeEventListener('abort', onAbort);
    };
    if (signal?.aborted) this.#end();
    else signal?.addEventListener('abort', onAbort, { once: true });
  }

  get dropped(): number {
    return this.#dropped;
  }

  next(): Promise<IteratorResult<T>> {
    if (this.#waiting.length > 0) {
      return Promise.resolve({ done: false, value: this.#waiting.shift() as T });
    }
    if (this.#error !== undefined) {
      const error = this.#error;
      this.#error = undefined;
      return Promise.reject(error);
    }
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    const taker = deferred<IteratorResult<T>>();
    this.#takers.push(taker);
    return taker.promise;
  }

  return(): Promise<IteratorResult<T>> {
    this.#end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #add(value: T, limit: number, policy: 'fail' | 'dropOldest'): void {
    if (this.#ended) return;
    const taker = this.#takers.shift();
    if (taker !== undefined) {
      taker.resolve({ done: false, value });
      return;
    }
    if (this.#waiting.length >= limit) {
      if (policy === 'fail') {
        this.#error = new HsmsError(
          'HSMS_BUFFER_FULL',
          `more than ${limit} were waiting for a slow consumer`,
        );
        this.#end();
        return;
      }
      this.#waiting.shift();
      this.#dropped++;
    }
    this.#waiting.push(value);
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#stop?.();
    for (let taker = this.#takers.shift(); taker !== undefined; taker = this.#takers.shift()) {
      taker.resolve({ done: true, value: undefined });
    }
  }
}
