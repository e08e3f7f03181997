import { EventEmitter } from 'node:events';
import { Fifo } from './fifo.js';
import { reportRejection, reportSafely, type ErrorReporter } from './report.js';

/** Names of events and the arguments their listeners get, as node:events declares them. */
type EventMap<Events> = Record<keyof Events, unknown[]>;

type Listener = (...args: unknown[]) => unknown;

/**
 * A node:events emitter on which one listener cannot harm another: what a listener throws, or its promise rejects
 * with, is reported, and the remaining listeners are called.
 */
export class IsolatingEmitter<Events extends EventMap<Events>> extends EventEmitter<Events> {
  readonly #report: ErrorReporter;
  #disposed = false;

  constructor(report: ErrorReporter) {
    super();
    this.#report = report;
    // Many subscribers of one connection are ordinary: a warning above ten would be noise.
    this.setMaxListeners(0);
  }

  /** Whether the event `disposed`, the last one, has been emitted. */
  get disposed(): boolean {
    return this.#disposed;
  }

  override emit(name: unknown, ...args: unknown[]): boolean {
    if (name === 'disposed') this.#disposed = true;
    const listeners = this.rawListeners(name as never) as unknown as Listener[];
    for (const listener of listeners) {
      try {
        const result = listener.apply(this, args);
        if (result !== undefined) reportRejection(result, this.#report, `a listener of '${String(name)}'`);
      } catch (error) {
        reportSafely(this.#report, error, `a listener of '${String(name)}'`);
      }
    }
    return listeners.length > 0;
  }
}

/**
 * The single point from which events leave: a run-to-completion queue. What a listener causes is published after
 * every listener has seen the event at hand, so that all listeners see one order.
 */
export class EventPublisher<Events extends EventMap<Events>> {
  readonly emitter: IsolatingEmitter<Events>;
  readonly #queue = new Fifo<() => void>();
  #running = false;

  constructor(report: ErrorReporter) {
    this.emitter = new IsolatingEmitter<Events>(report);
  }

  /**
   * Publishes one event, now or, from within a listener, after the events before it.
   * @param after called when every listener has been called
   */
  publish<Name extends keyof Events & string>(name: Name, value: Events[Name][0], after?: () => void): void {
    if (this.#running) {
      this.#queue.push(() => this.#emit(name, value, after));
      return;
    }
    this.#running = true;
    this.#emit(name, value, after);
    // Listeners may have added to the queue, and what they added may add more.
    while (this.#queue.length > 0) this.#queue.shift()?.();
    this.#running = false;
  }

  #emit(name: string, value: unknown, after?: () => void): void {
    this.emitter.emit(name, value);
    after?.();
  }
}
