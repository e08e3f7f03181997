import type { Observable } from 'rxjs';
import { GuardedObservable } from './guarded-observable.js';
import type { IsolatingEmitter } from './isolating-emitter.js';
import type { ErrorReporter } from './report.js';

/** Every emitter that is observed ends with this event. */
interface Disposable {
  disposed: [];
}

/**
 * A hot Observable of one event of an emitter; it completes with the event `disposed`.
 * @param first when given, a subscriber first gets what this returns
 */
export function observe<
  Events extends Record<keyof Events, unknown[]> & Disposable,
  Name extends keyof Events,
>(
  emitter: IsolatingEmitter<Events>,
  name: Name,
  report: ErrorReporter,
  first?: () => Events[Name][0],
): Observable<Events[Name][0]> {
  return new GuardedObservable(report, `'${String(name)}'`, (subscriber) => {
    const next = (value: Events[Name][0]): void => subscriber.next(value);
    const complete = (): void => subscriber.complete();
    if (emitter.disposed) complete();
    else if (first !== undefined) next(first());
    emitter.on(name as never, next as never);
    emitter.on('disposed' as never, complete as never);
    return () => {
      emitter.off(name as never, next as never);
      emitter.off('disposed' as never, complete as never);
    };
  });
}
