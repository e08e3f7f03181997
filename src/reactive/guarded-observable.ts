import { config, Observable, Subscriber, type Observer, type Operator, type Subscription } from 'rxjs';
import { reportRejection, reportSafely, type ErrorReporter } from './report.js';

type Consumer<T> = Partial<Observer<T>> | ((value: T) => void) | null | undefined;

/**
 * An Observable whose subscribers cannot bring the process down. rxjs throws what a subscriber throws, or an error
 * that is not handled, from a timer: an uncaught exception. Here it is reported and the subscription goes on, also
 * behind operators of `pipe`. If the application has set rxjs' own `config.onUnhandledError`, errors go there.
 */
export class GuardedObservable<T> extends Observable<T> {
  readonly #report: ErrorReporter;
  /** What is observed, for the report: `'message'`. */
  readonly #what: string;

  constructor(report: ErrorReporter, what: string, start?: (subscriber: Subscriber<T>) => () => void) {
    super(start);
    this.#report = report;
    this.#what = what;
  }

  // rxjs 7 makes the result of each operator by `lift`: without this, what a subscriber throws behind a `pipe` would end the process.
  // rxjs 8 has no `lift`; the peer range is ^7.8.
  override lift<R>(operator?: Operator<T, R>): Observable<R> {
    const lifted = new GuardedObservable<R>(this.#report, this.#what);
    lifted.source = this;
    lifted.operator = operator as Operator<unknown, R> | undefined;
    return lifted;
  }

  override subscribe(
    consumer?: Consumer<T>,
    error?: ((error: unknown) => void) | null,
    complete?: (() => void) | null,
  ): Subscription {
    // Operators subscribe with a Subscriber of their own, which hands errors on.
    if (consumer instanceof Subscriber) return super.subscribe(consumer);
    const observer: Partial<Observer<T>> =
      typeof consumer === 'function' || consumer === null || consumer === undefined
        ? {
            ...(consumer ? { next: consumer } : {}),
            ...(error ? { error } : {}),
            ...(complete ? { complete } : {}),
          }
        : consumer;
    return super.subscribe({
      // Written out: a closure for each value would cost as much as all the rest.
      next: (value) => {
        try {
          const result: unknown = observer.next?.(value);
          if (result !== undefined) this.#watch(result);
        } catch (error) {
          this.#handle(error);
        }
      },
      error: (problem: unknown) =>
        observer.error
          ? this.#guard(() => observer.error?.(problem))
          : this.#handle(problem, `an operator behind ${this.#what}, which ends this subscription,`),
      complete: () => this.#guard(() => observer.complete?.()),
    });
  }

  #guard(call: () => unknown): void {
    try {
      this.#watch(call());
    } catch (error) {
      this.#handle(error);
    }
  }

  #watch(result: unknown): void {
    reportRejection(result, (error) => this.#handle(error), this.#subscriber);
  }

  get #subscriber(): string {
    return `a subscriber of ${this.#what}`;
  }

  #handle(error: unknown, where = this.#subscriber): void {
    const { onUnhandledError } = config;
    const report = onUnhandledError === null ? this.#report : (problem: unknown) => onUnhandledError(problem);
    reportSafely(report, error, where);
  }
}
