import type { Observable } from 'rxjs';
import { GuardedObservable } from './guarded-observable.js';
import type { Listeners } from './listeners.js';
import type { ErrorReporter } from './report.js';

/** Every emitter that is observed ends with this event. */
interface Disposable {
  disposed: [];
}

/**
 * A hot Observable of one event; it completes with the event `disposed`.
 * @param first when given, a subscriber first gets what this returns
 */
export function observe<
  Events extends Record<keyof Events, unknown[]> & Disposable,
  Name extends keyof Events,
>(
  listeners: Listeners<Events>,
  name: Name,
  report: ErrorReporter,
  first?: () => Events[Name][0],
): Observable<Events[Name][0]> {
  return new GuardedObservable(report, `'${String(name)}'`, (subscriber) => {
    const next = (value: Events[Name][0]): void => subscriber.next(value);
    const complete = (): void => subscriber.complete();
    if (listeners.disposed) complete();
    else if (first !== undefined) next(first());
    listeners.on(name as never, next);
    listeners.on('disposed' as never, complete);
    return () => {
      listeners.off(name as never, next);
      listeners.off('disposed' as never, complete);
    };
  });
}
