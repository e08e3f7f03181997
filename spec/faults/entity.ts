import { getEventListeners } from 'node:events';
import type { Observable, Subscription } from 'rxjs';
import {
  HsmsSession,
  type HsmsConnection,
  type HsmsPacket,
  type HsmsSessionOptions,
} from '../../src/index.js';
import type { EntityHistory, EntityLife } from './history.js';
import type { Side } from './plan.js';
import type { CountedClock } from './support/counted-clock.js';
import { frameKey } from './support/wire-frames.js';

/** Lays hands on what a side is seen to do, for the harness to be tested by: nothing does so in a real run. */
export interface Sabotage {
  /** May change the history while it is written. */
  readonly onReceived?: (life: EntityLife, key: string) => void;
  readonly onPacket?: (life: EntityLife, key: string) => void;
}

/** One side: a connection and its session, and everything that is seen of them. */
export class Entity {
  readonly history: EntityHistory;
  readonly session: HsmsSession;
  /** The connection that is up. */
  life: EntityLife | undefined;
  /** Signals that were given to requests. */
  readonly signals: AbortSignal[] = [];
  readonly #subscriptions: Subscription[] = [];
  #completed = 0;
  #observed = 0;
  readonly #off: (() => void)[] = [];

  constructor(
    readonly connection: HsmsConnection,
    readonly clock: CountedClock,
    side: Side,
    options: HsmsSessionOptions,
    history: EntityHistory,
    readonly sabotage: Sabotage = {},
  ) {
    this.history = history;
    // Before the session, so that each connection is known before anything is sent on it.
    this.#recordConnection();
    this.session = new HsmsSession(connection, options);
    this.#recordSession();
  }

  /** Notes what is left when all is disposed of. `fresh`: listeners that a fresh one has, disposed of. */
  inspect(fresh: number): void {
    for (const off of this.#off) off();
    this.history.timersLeft = this.clock.timers;
    this.clock.stop();
    this.history.listenersLeft = countListeners(this.connection, this.session) - fresh;
    this.history.incomplete = this.#observed - this.#completed;
    this.history.signalListenersLeft = this.signals.reduce(
      (count, signal) => count + getEventListeners(signal, 'abort').length,
      0,
    );
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
  }

  #recordConnection(): void {
    const { connection, history } = this;
    const note = (name: string): void => {
      if (this.life === undefined) history.strays.push(name);
      else this.life.events.push(name);
    };
    this.#observe(connection.established, ({ local, remote }) => {
      if (this.life !== undefined) history.strays.push('established');
      this.life = newLife(local, remote);
      history.lives.push(this.life);
      note('established');
    });
    this.#observe(connection.message, (packet) => this.#onPacket(packet, note));
    // A listener of the emitter, as the Observable is not there for every packet that is sent.
    const onSent = (packet: HsmsPacket): void => {
      const life = this.life ?? history.lives.at(-1);
      life?.sentPackets.push(frameKey(packet.header.toBytes(), packet.body));
    };
    connection.events.on('sent', onSent);
    this.#off.push(() => connection.events.off('sent', onSent));
    this.#observe(connection.beforeClosed, ({ reason }) => {
      note('beforeClosed');
      this.life?.reasons.push(reason);
    });
    this.#observe(connection.closed, ({ reason }) => {
      note('closed');
      this.life?.reasons.push(reason);
      this.life = undefined;
      const count = history.lives.length;
      setImmediate(() => {
        const open = history.requests.filter(
          (request) => request.life === count && request.outcome === undefined,
        );
        history.outliving.push(...open.map((request) => request.name));
      });
    });
    this.#observe(connection.state, () => {});
    this.#observe(connection.notices, () => {});
  }

  #onPacket(packet: HsmsPacket, note: (name: string) => void): void {
    const { life } = this;
    if (life === undefined || life.events.length !== 1) note('message?');
    const key = frameKey(packet.header.toBytes(), packet.body);
    if (life === undefined) return;
    if (this.sabotage.onPacket === undefined) life.packets.push(key);
    else this.sabotage.onPacket(life, key);
  }

  #recordSession(): void {
    const { session, history } = this;
    this.#observe(session.messages, ({ message }) => {
      const { life } = this;
      // Stream 9 is sent by the library itself.
      if (message.stream === 9) return;
      const key = messageKey(message.name, message.body);
      if (life === undefined) history.strays.push(key);
      else if (this.sabotage.onReceived === undefined) life.received.push(key);
      else this.sabotage.onReceived(life, key);
    });
    this.#observe(session.state, (state) => {
      if (state === 'selected') history.selectedCount++;
    });
    this.#observe(session.ended, (end) => {
      history.endedCount++;
      if (end.kind === 'deselect' && this.life !== undefined) this.life.deselected = true;
    });
    this.#observe(session.warnings, () => {});
  }

  #observe<T>(source: Observable<T>, next: (value: T) => void): void {
    this.#observed++;
    this.#subscriptions.push(source.subscribe({ next, complete: () => this.#completed++ }));
  }
}

/** Names a data message. Its system bytes are left out: those of a request are known to nobody but the library. */
export function messageKey(name: string, body: Buffer): string {
  return `${name} ${frameKey(Buffer.alloc(0), body)}`;
}

/** Listeners of a connection and its session. */
export function countListeners(
  ...emitters: { readonly events: { eventNames(): unknown[]; listenerCount(name: never): number } }[]
): number {
  return emitters.reduce(
    (count, { events }) =>
      count + events.eventNames().reduce<number>((sum, name) => sum + events.listenerCount(name as never), 0),
    0,
  );
}

export function newHistory(side: Side): EntityHistory {
  return {
    side,
    lives: [],
    strays: [],
    requests: [],
    outliving: [],
    reported: [],
    selectedCount: 0,
    endedCount: 0,
    refused: [],
    controls: [],
    timersLeft: [],
    listenersLeft: 0,
    incomplete: 0,
    signalListenersLeft: 0,
  };
}

function newLife(local: EntityLife['local'], remote: EntityLife['remote']): EntityLife {
  return {
    local,
    remote,
    events: [],
    reasons: [],
    packets: [],
    sentPackets: [],
    sent: [],
    received: [],
    deselected: false,
  };
}
