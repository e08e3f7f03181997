import { EventEmitter } from 'node:events';
import { reportRejection, reportSafely, type ErrorReporter } from './report.js';

/** Names of events and the arguments their listeners get, as node:events declares them. */
export type EventMap<Events> = Record<keyof Events, unknown[]>;

type Listener = (...args: unknown[]) => unknown;

/** The name of no event. It is a string because comparing a symbol with strings takes longer. */
const NONE = '(none)';

/**
 * A node:events emitter on which one listener cannot harm another: what a listener throws, or its promise rejects
 * with, is reported, and the remaining listeners are called.
 */
class Isolating<Events extends EventMap<Events>> extends EventEmitter<Events> {
  readonly #report: ErrorReporter;
  /** Two events and their listeners, as they were looked up last: events are many, and listeners seldom come or go. */
  #name: unknown = NONE;
  #listeners: readonly Listener[] = [];
  #nameBefore: unknown = NONE;
  #listenersBefore: readonly Listener[] = [];
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

  /** Whether this event has a listener. */
  hasListeners(name: unknown): boolean {
    return this.#listenersOf(name).length > 0;
  }

  override emit(name: unknown, ...args: unknown[]): boolean {
    if (args.length < 2) return this.deliver(name, args[0]);
    for (const listener of this.#listenersOf(name)) {
      try {
        this.#watch(name, listener.apply(this, args));
      } catch (error) {
        this.#failed(name, error);
      }
    }
    return this.hasListeners(name);
  }

  /** As `emit`, for the one value that an event has. */
  deliver(name: unknown, value: unknown): boolean {
    if (name === 'disposed') this.#disposed = true;
    const listeners = this.#listenersOf(name);
    for (let i = 0; i < listeners.length; i++) {
      try {
        this.#watch(name, (listeners[i] as Listener).call(this, value));
      } catch (error) {
        this.#failed(name, error);
      }
    }
    return listeners.length > 0;
  }

  #watch(name: unknown, result: unknown): void {
    if (result !== undefined) reportRejection(result, this.#report, `a listener of '${String(name)}'`);
  }

  #failed(name: unknown, error: unknown): void {
    reportSafely(this.#report, error, `a listener of '${String(name)}'`);
  }

  override on(name: unknown, listener: unknown): this {
    super.on(name as never, listener as never);
    this.#forget();
    return this;
  }

  override addListener(name: unknown, listener: unknown): this {
    return this.on(name, listener);
  }

  override prependListener(name: unknown, listener: unknown): this {
    super.prependListener(name as never, listener as never);
    this.#forget();
    return this;
  }

  override off(name: unknown, listener: unknown): this {
    this.#forget();
    return super.off(name as never, listener as never);
  }

  override removeListener(name: unknown, listener: unknown): this {
    return this.off(name, listener);
  }

  override removeAllListeners(name?: unknown): this {
    this.#forget();
    return name === undefined ? super.removeAllListeners() : super.removeAllListeners(name as never);
  }

  #forget(): void {
    this.#name = NONE;
    this.#nameBefore = NONE;
  }

  #listenersOf(name: unknown): readonly Listener[] {
    if (name === this.#name) return this.#listeners;
    if (name === this.#nameBefore) return this.#listenersBefore;
    this.#nameBefore = this.#name;
    this.#listenersBefore = this.#listeners;
    this.#name = name;
    this.#listeners = this.rawListeners(name as never) as unknown as Listener[];
    return this.#listeners;
  }
}

/** Typed as node:events types it; what is overridden above takes anything. */
export type IsolatingEmitter<Events extends EventMap<Events>> = EventEmitter<Events> & Isolating<Events>;

/** Makes an emitter whose listeners cannot harm one another. */
export function isolatingEmitter<Events extends EventMap<Events>>(
  report: ErrorReporter,
): IsolatingEmitter<Events> {
  return new Isolating<Events>(report);
}
