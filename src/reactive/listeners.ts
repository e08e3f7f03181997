import type { EventEmitter } from 'node:events';
import { IsolatingEmitter, type EventMap, type Listener } from './isolating-emitter.js';
import { reportRejection, reportSafely, type ErrorReporter } from './report.js';

/** The name of no event. It is a string because comparing a symbol with strings takes longer. */
const NONE = '(none)';
const NOBODY: readonly Listener[] = [];

/** An event, and one that listens to it: one of a chain, in the order in which they came. */
interface Heard {
  readonly name: unknown;
  readonly listener: Listener;
  next: Heard | undefined;
}
const NO_MORE: readonly unknown[] = [];

/**
 * Those who listen to the events of one object. One cannot harm another: what a listener throws, or its promise rejects
 * with, is reported, and the remaining listeners are called.
 *
 * The node:events emitter is made when somebody asks for it: of thousands of connections most have none but the library's own listeners
 * and those of Observables, and an emitter takes more memory than all of these.
 */
export class Listeners<Events extends EventMap<Events>> {
  readonly #report: ErrorReporter;
  #emitter: IsolatingEmitter | undefined;
  /** As long as there is no emitter. */
  #first: Heard | undefined;
  #last: Heard | undefined;
  /** Two events and their listeners, as they were looked up last: events are many, and listeners seldom come or go. */
  #name: unknown = NONE;
  #listeners = NOBODY;
  #nameBefore: unknown = NONE;
  #listenersBefore = NOBODY;
  #disposed = false;

  constructor(report: ErrorReporter) {
    this.#report = report;
  }

  /** The typed emitter that the listeners are on from now on. */
  get emitter(): EventEmitter<Events> {
    if (this.#emitter === undefined) {
      const emitter = new IsolatingEmitter(this);
      for (let one = this.#first; one !== undefined; one = one.next) emitter.on(one.name, one.listener);
      this.#first = this.#last = undefined;
      this.#emitter = emitter;
      this.changed();
    }
    return this.#emitter as unknown as EventEmitter<Events>;
  }

  /** Whether the event `disposed`, the last one, has been delivered. */
  get disposed(): boolean {
    return this.#disposed;
  }

  /** Whether an event has a listener. */
  has(name: unknown): boolean {
    return this.#of(name).length > 0;
  }

  /** Adds a listener behind those that are there. */
  on<Name extends keyof Events & string>(name: Name, listener: (...args: Events[Name]) => unknown): void {
    if (this.#emitter !== undefined) {
      this.#emitter.on(name, listener);
      return;
    }
    const heard: Heard = { name, listener: listener as Listener, next: undefined };
    if (this.#last === undefined) this.#first = heard;
    else this.#last.next = heard;
    this.#last = heard;
    this.changed();
  }

  /** Takes a listener away: of those that were added more than once the last. */
  off<Name extends keyof Events & string>(name: Name, listener: (...args: Events[Name]) => unknown): void {
    if (this.#emitter !== undefined) {
      this.#emitter.off(name, listener);
      return;
    }
    let before: Heard | undefined;
    let found: { readonly heard: Heard; readonly before: Heard | undefined } | undefined;
    for (let one = this.#first; one !== undefined; one = one.next) {
      if (one.name === name && one.listener === listener) found = { heard: one, before };
      before = one;
    }
    if (found === undefined) return;
    if (found.before === undefined) this.#first = found.heard.next;
    else found.before.next = found.heard.next;
    if (this.#last === found.heard) this.#last = found.before;
    this.changed();
  }

  /** The listeners have changed. */
  changed(): void {
    this.#name = NONE;
    this.#nameBefore = NONE;
  }

  /** Calls the listeners of an event. The library's own have one value. */
  deliver(name: unknown, value: unknown, more: readonly unknown[] = NO_MORE): boolean {
    if (name === 'disposed') this.#disposed = true;
    const listeners = this.#of(name);
    for (let i = 0; i < listeners.length; i++) {
      try {
        const listener = listeners[i] as Listener;
        // A spread, even of nothing, costs as much as the rest.
        const result: unknown =
          more === NO_MORE
            ? listener.call(this.#emitter, value)
            : listener.call(this.#emitter, value, ...more);
        if (result !== undefined) reportRejection(result, this.#report, `a listener of '${String(name)}'`);
      } catch (error) {
        reportSafely(this.#report, error, `a listener of '${String(name)}'`);
      }
    }
    return listeners.length > 0;
  }

  #of(name: unknown): readonly Listener[] {
    if (name === this.#name) return this.#listeners;
    if (name === this.#nameBefore) return this.#listenersBefore;
    this.#nameBefore = this.#name;
    this.#listenersBefore = this.#listeners;
    this.#name = name;
    this.#listeners = this.#lookUp(name);
    return this.#listeners;
  }

  #lookUp(name: unknown): readonly Listener[] {
    if (this.#emitter !== undefined) return this.#emitter.rawListeners(name as string) as Listener[];
    let found: Listener[] | undefined;
    for (let one = this.#first; one !== undefined; one = one.next) {
      if (one.name !== name) continue;
      if (found === undefined) found = [one.listener];
      else found.push(one.listener);
    }
    return found ?? NOBODY;
  }
}
