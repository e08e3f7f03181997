import { EventEmitter } from 'node:events';

/** Names of events and the arguments their listeners get, as node:events declares them. */
export type EventMap<Events> = Record<keyof Events, unknown[]>;

export type Listener = (...args: unknown[]) => unknown;

/** Who calls the listeners, and hears when they change. */
interface Hub {
  deliver(name: unknown, value: unknown, more: readonly unknown[]): boolean;
  changed(): void;
}

/**
 * The node:events emitter of an object: it keeps the listeners, and others call them. What is overridden here takes anything; its users
 * see it as node:events types it.
 */
export class IsolatingEmitter extends EventEmitter {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    super();
    this.#hub = hub;
    // Many subscribers of one connection are ordinary: a warning above ten would be noise.
    this.setMaxListeners(0);
  }

  override emit(name: unknown, ...args: unknown[]): boolean {
    return this.#hub.deliver(name, args[0], args.slice(1));
  }

  override on(name: unknown, listener: unknown): this {
    super.on(name as never, listener as never);
    this.#hub.changed();
    return this;
  }

  override addListener(name: unknown, listener: unknown): this {
    return this.on(name, listener);
  }

  override prependListener(name: unknown, listener: unknown): this {
    super.prependListener(name as never, listener as never);
    this.#hub.changed();
    return this;
  }

  override off(name: unknown, listener: unknown): this {
    this.#hub.changed();
    return super.off(name as never, listener as never);
  }

  override removeListener(name: unknown, listener: unknown): this {
    return this.off(name, listener);
  }

  override removeAllListeners(name?: unknown): this {
    this.#hub.changed();
    return name === undefined ? super.removeAllListeners() : super.removeAllListeners(name as never);
  }
}
