import type { EventEmitter } from 'node:events';
import type { Observable } from 'rxjs';
import { Fifo } from './fifo.js';
import type { EventMap } from './isolating-emitter.js';
import { Listeners } from './listeners.js';
import { observe } from './observe.js';
import { reportSafely, type ErrorReporter } from './report.js';

/** The last event of every publisher: its Observables complete. */
interface Disposable {
  disposed: [];
}

const NONE: readonly never[] = [];

/** An event that is observed. */
interface Observed<Events> {
  readonly name: keyof Events;
  readonly observable: Observable<unknown>;
}

/**
 * The single point from which events leave: a run-to-completion queue. What a listener causes is published after every
 * listener has seen the current event, so that all listeners see one order.
 */
export class Publisher<Events extends EventMap<Events> & Disposable> {
  readonly #listeners: Listeners<Events>;
  readonly #report: ErrorReporter;
  #queue: Fifo<() => void> | undefined;
  /** Few: a list takes less than a Map. */
  #observed: readonly Observed<Events>[] = NONE;
  /** The last value of each state that is observed. */
  #states: Map<string, { value: unknown }> | undefined;
  #running = false;

  /** @param report takes what a listener or subscriber throws, or what its promise rejects with */
  constructor(report: ErrorReporter) {
    this.#report = report;
    this.#listeners = new Listeners(report);
  }

  /** The typed emitter that the listeners are on, made when it is first asked for. */
  get emitter(): EventEmitter<Events> {
    return this.#listeners.emitter;
  }

  /** Whether the last event was published. */
  get disposed(): boolean {
    return this.#listeners.disposed;
  }

  /** Adds a listener, without an emitter if there is none. */
  on<Name extends keyof Events & string>(name: Name, listener: (...args: Events[Name]) => unknown): void {
    this.#listeners.on(name, listener);
  }

  /** Takes a listener away. */
  off<Name extends keyof Events & string>(name: Name, listener: (...args: Events[Name]) => unknown): void {
    this.#listeners.off(name, listener);
  }

  /** Whether this event has a listener. */
  hasListeners(name: keyof Events): boolean {
    return this.#listeners.has(name);
  }

  /** The hot Observable of one event, made when it is first asked for: most never are. It completes with `disposed`. */
  observe<Name extends keyof Events>(name: Name): Observable<Events[Name][0]> {
    return this.#kept(name) ?? this.#keep(name, observe(this.#listeners, name, this.#report));
  }

  /** As `observe`. Each subscriber first gets the last value published or, before the first one, what is current when it is made. */
  observeState<Name extends keyof Events & string>(
    name: Name,
    current: Events[Name][0],
  ): Observable<Events[Name][0]> {
    const kept = this.#kept(name);
    if (kept !== undefined) return kept;
    const last = { value: current };
    this.#states ??= new Map();
    this.#states.set(name, last);
    return this.#keep(
      name,
      observe(this.#listeners, name, this.#report, () => last.value),
    );
  }

  #kept<Name extends keyof Events>(name: Name): Observable<Events[Name][0]> | undefined {
    return this.#observed.find((one) => one.name === name)?.observable;
  }

  #keep<T>(name: keyof Events, observable: Observable<T>): Observable<T> {
    this.#observed = [...this.#observed, { name, observable }];
    return observable;
  }

  /**
   * Publishes one event: now or, from within a listener, after the events before it.
   * @param after called when every listener has been called
   */
  publish<Name extends keyof Events & string>(name: Name, value: Events[Name][0], after?: () => void): void {
    if (this.#running) {
      this.#queue ??= new Fifo();
      this.#queue.push(() => this.#emit(name, value, after));
      return;
    }
    this.#running = true;
    this.#emit(name, value, after);
    // Listeners may have added to the queue, and what they added may add more.
    if (this.#queue !== undefined) while (this.#queue.length > 0) this.#queue.shift()?.();
    this.#running = false;
  }

  /** Publishes two events of one cause: nothing that a listener of the first causes comes between them. */
  publishBoth<First extends keyof Events & string, Second extends keyof Events & string>(
    first: First,
    firstValue: Events[First][0],
    second: Second,
    secondValue: Events[Second][0],
  ): void {
    const next = (): void => this.#emit(second, secondValue);
    if (this.#running) {
      this.publish(first, firstValue);
      this.#queue?.push(next);
      return;
    }
    (this.#queue ??= new Fifo()).push(next);
    this.publish(first, firstValue);
  }

  #emit(name: string, value: unknown, after?: () => void): void {
    if (this.#states !== undefined) {
      const last = this.#states.get(name);
      if (last !== undefined) last.value = value;
    }
    this.#listeners.deliver(name, value);
    if (after === undefined) return;
    try {
      after();
    } catch (error) {
      // Thrown on, it would leave the queue marked as running: nothing would be published any more.
      reportSafely(this.#report, error, `what follows '${name}'`);
    }
  }
}
