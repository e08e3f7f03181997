import type { EventEmitter } from 'node:events';
import { check } from '../check.js';
import type { SecsConnection } from '../connection/secs-connection.js';
import type { SecsSession } from '../session/secs-session.js';
import { listen, type Stop } from './listen.js';

/** One port and the connections of many peers, such as `HsmsMultiPassiveServer`. Its event `added` has a connection. */
export interface ConnectionGroup {
  readonly connections: readonly SecsConnection[];
  readonly events: EventEmitter;
}

/** Several sessions on one connection, such as `HsmsGeneralSession`. Its event `added` has a session. */
export interface SessionGroup {
  readonly connection: SecsConnection;
  readonly sessions: readonly SecsSession[];
  readonly events: EventEmitter;
}

/** What can be watched: a connection, all those of a server, and sessions, each together with its connection. */
export type WatchTarget = SecsConnection | ConnectionGroup | SecsSession | SessionGroup;

/** What is done with each thing that the walker comes to, once each. Each gives how to stop. */
export interface Visitor<Context> {
  /** A connection: what is kept of it, which its sessions get as well. */
  connection(
    connection: SecsConnection,
    name: string | undefined,
    group: ConnectionGroup | undefined,
  ): { readonly context: Context; readonly stop: Stop };
  /** @param single whether the session is the only one of its connection, so that control events are its own */
  session(session: SecsSession, context: Context, single: boolean): Stop;
  sessionGroup(group: SessionGroup, context: Context): Stop;
  connectionGroup?(group: ConnectionGroup, name: string | undefined): Stop;
}

/**
 * Walks over connections, servers and sessions for those who watch them, log and metrics: also over those that are added later.
 * Each is visited once however often it is added, and let go when its connection is disposed of.
 */
export class Walker<Context> {
  readonly #visitor: Visitor<Context>;
  readonly #contexts = new Map<SecsConnection, Context>();
  readonly #visited = new Set<object>();
  readonly #stops = new Set<Stop>();

  constructor(visitor: Visitor<Context>) {
    this.#visitor = visitor;
  }

  /** What is kept of the connections, in the order in which they were added. */
  get contexts(): readonly Context[] {
    return [...this.#contexts.values()];
  }

  /**
   * Visits a target and what belongs to it.
   * @param name of the connection, or of the server
   * @returns how to stop with what this call has added
   * @throws HsmsArgumentError for what cannot be watched.
   */
  add(target: WatchTarget, name?: string): Stop {
    checkTarget(target);
    const stops = new Set<Stop>();
    if ('connections' in target) this.#connectionGroup(target, name, stops);
    else if ('sessions' in target) this.#sessionGroup(target, name, stops);
    else if ('connection' in target) {
      this.#session(target, this.#connection(target.connection, name, stops), true, stops);
    } else this.#connection(target, name, stops);
    const stop = (): void => {
      this.#stops.delete(stop);
      for (const step of [...stops]) step();
      stops.clear();
    };
    this.#stops.add(stop);
    return stop;
  }

  /** Stops with everything. */
  stop(): void {
    for (const stop of [...this.#stops]) stop();
  }

  #connectionGroup(group: ConnectionGroup, name: string | undefined, stops: Set<Stop>): void {
    const add = (connection: SecsConnection): void => void this.#connection(connection, name, stops, group);
    for (const connection of group.connections) add(connection);
    this.#once(group, stops, () => [
      listen(group.events, { added: add }),
      this.#visitor.connectionGroup?.(group, name),
    ]);
  }

  #sessionGroup(group: SessionGroup, name: string | undefined, stops: Set<Stop>): void {
    const context = this.#connection(group.connection, name, stops);
    const add = (session: SecsSession): void => this.#session(session, context, false, stops);
    for (const session of group.sessions) add(session);
    this.#once(group, stops, () => [
      listen(group.events, { added: add }),
      this.#visitor.sessionGroup(group, context),
    ]);
  }

  #session(session: SecsSession, context: Context, single: boolean, stops: Set<Stop>): void {
    this.#once(session, stops, () => [this.#visitor.session(session, context, single)]);
  }

  #connection(
    connection: SecsConnection,
    name: string | undefined,
    stops: Set<Stop>,
    group?: ConnectionGroup,
  ): Context {
    const known = this.#contexts.get(connection);
    if (known !== undefined) return known;
    const { context, stop } = this.#visitor.connection(connection, name, group);
    this.#contexts.set(connection, context);
    this.#once(connection, stops, () => [() => this.#contexts.delete(connection), stop]);
    return context;
  }

  /** Visits a thing unless that was done, and lets it go when it is disposed of: servers make and forget connections. */
  #once(thing: { readonly events: EventEmitter }, stops: Set<Stop>, visit: () => (Stop | undefined)[]): void {
    if (this.#visited.has(thing)) return;
    this.#visited.add(thing);
    const ends = visit();
    const stop = (): void => {
      stops.delete(stop);
      this.#visited.delete(thing);
      forget();
      for (const end of ends) end?.();
    };
    const forget = listen(thing.events, { disposed: stop });
    stops.add(stop);
  }
}

function checkTarget(target: WatchTarget): void {
  const { events } = check.fields('target', target, ['events']);
  const { on, prependListener } = (events ?? {}) as Partial<EventEmitter>;
  if (typeof on === 'function' && typeof prependListener === 'function') return;
  check.refuse('target', 'a connection, a session, a general session or a server', target);
}
