import type { HsmsConnection } from '../hsms/connection/connection.js';
import type { HsmsNotice } from '../hsms/connection/notices.js';
import type { BeforeClosedEvent, ClosedEvent, EstablishedEvent } from '../hsms/connection/connection.js';
import type { ConnectionState } from '../connection/events.js';
import type { ServerNoticeEvent } from '../hsms/multi-passive/multi-passive-events.js';
import type { HsmsMultiPassiveServer } from '../hsms/multi-passive/multi-passive-server.js';
import type { HsmsGeneralSession } from '../hsms/session/general-session.js';
import type { HsmsSessionEnd, ControlEvent, SessionState } from '../hsms/session/session-events.js';
import type { SessionWarning, TransactionEvent } from '../session/events.js';
import type { HsmsSession } from '../hsms/session/session.js';
import type { HsmsPacket } from '../hsms/wire/packet.js';
import {
  closingEvent,
  controlEvent,
  endedEvent,
  establishedEvent,
  noticeEvent,
  selectedEvent,
  stateEvent,
  transactionEvent,
  warningEvent,
  type LoggedEvent,
} from './event-fields.js';
import { addressText } from './message-record.js';

/** What can be logged: a connection, all those of a server, and sessions, each together with its connection. */
export type LogTarget = HsmsConnection | HsmsMultiPassiveServer | HsmsSession | HsmsGeneralSession;

/** Where a packet or event comes from. */
export interface LogSource {
  /** Name of the connection, where it has one. */
  readonly name: string | undefined;
  /** This side and the peer of the TCP connection that is up, or was up last: `address:port`. */
  readonly local: string | undefined;
  readonly remote: string | undefined;
}

/** Takes what happens. */
export interface LogListener {
  onPacket?(dir: 'in' | 'out', packet: HsmsPacket, source: LogSource): void;
  onEvent?(event: LoggedEvent, source: LogSource): void;
}

/** What has to be done to stop. */
type Stops = Set<() => void>;

interface EmitterLike {
  prependListener(name: never, listener: never): unknown;
  off(name: never, listener: never): unknown;
}

/** Listens on targets, each once however often it is added, and stops when told to. */
export class Taps {
  readonly #listener: LogListener;
  readonly #connections = new Map<HsmsConnection, ConnectionSource>();
  readonly #stops = new Set<() => void>();

  constructor(listener: LogListener) {
    this.#listener = listener;
  }

  /** Listens on a target; returns how to stop. */
  add(target: LogTarget, name?: string): () => void {
    const stops: Stops = new Set();
    if ('connections' in target) this.#server(target, name, stops);
    else if ('addSession' in target) this.#general(target, name, stops);
    else if ('connection' in target) this.#session(target, name, stops, true);
    else this.#connection(target, name, stops);
    const stop = (): void => {
      this.#stops.delete(stop);
      for (const step of stops) step();
      stops.clear();
    };
    this.#stops.add(stop);
    return stop;
  }

  /** Stops listening on everything. */
  stop(): void {
    for (const stop of [...this.#stops]) stop();
  }

  #server(server: HsmsMultiPassiveServer, name: string | undefined, stops: Stops): void {
    const nameOf = ({ address }: HsmsConnection): string =>
      name === undefined ? address : `${name} ${address}`;
    const add = (connection: HsmsConnection): void =>
      void this.#connection(connection, nameOf(connection), stops);
    for (const connection of server.connections) add(connection);
    const source: LogSource = { name, local: undefined, remote: undefined };
    listen(stops, server.events, {
      added: add,
      notice: ({ connection, notice }: ServerNoticeEvent) => {
        if (connection === undefined) this.#listener.onEvent?.(noticeEvent(notice), source);
      },
    });
  }

  #general(general: HsmsGeneralSession, name: string | undefined, stops: Stops): void {
    const source = this.#connection(general.connection, name, stops);
    const add = (session: HsmsSession): void => this.#session(session, name, stops, false);
    for (const session of general.sessions) add(session);
    listen(stops, general.events, { added: add, control: this.#onControl(source) });
  }

  #session(session: HsmsSession, name: string | undefined, stops: Stops, single: boolean): void {
    const source = this.#connection(session.connection, name, stops);
    const { sessionId } = session;
    const tell = (event: LoggedEvent): void => this.#listener.onEvent?.(event, source);
    listen(stops, session.events, {
      state: (state: SessionState) => state === 'selected' && tell(selectedEvent(sessionId)),
      ended: (end: HsmsSessionEnd) => tell(endedEvent(sessionId, end)),
      warning: (warning: SessionWarning) => tell(warningEvent(sessionId, warning)),
      transaction: (event: TransactionEvent) =>
        event.outcome !== 'answered' && tell(transactionEvent(sessionId, event)),
      ...(single && { control: this.#onControl(source) }),
    });
  }

  #onControl(source: LogSource): (event: ControlEvent) => void {
    return (event) => {
      // What was never begun is the caller's affair.
      if (event.outcome !== 'done' && event.outcome !== 'notNow') {
        this.#listener.onEvent?.(controlEvent(event), source);
      }
    };
  }

  #connection(connection: HsmsConnection, name: string | undefined, stops: Stops): LogSource {
    const known = this.#connections.get(connection);
    if (known !== undefined) return known;
    const source = new ConnectionSource(connection, name);
    this.#connections.set(connection, source);
    const own: Stops = new Set();
    const stop = (): void => {
      stops.delete(stop);
      this.#connections.delete(connection);
      for (const step of own) step();
    };
    stops.add(stop);
    const listener = this.#listener;
    if (listener.onPacket !== undefined) {
      listen(own, connection.events, {
        message: (packet: HsmsPacket) => listener.onPacket?.('in', packet, source),
        sent: (packet: HsmsPacket) => listener.onPacket?.('out', packet, source),
      });
    }
    listen(own, connection.events, {
      established: (event: EstablishedEvent) => {
        source.connected(event);
        listener.onEvent?.(establishedEvent(event), source);
      },
      // Servers make and forget connections: what is kept of one must end with it.
      disposed: stop,
    });
    if (listener.onEvent !== undefined) {
      const tell = (event: LoggedEvent): void => listener.onEvent?.(event, source);
      listen(own, connection.events, {
        beforeClosed: (event: BeforeClosedEvent) => tell(closingEvent('beforeClosed', event)),
        closed: (event: ClosedEvent) => tell(closingEvent('closed', event)),
        state: (state: ConnectionState) => tell(stateEvent(state)),
        notice: (notice: HsmsNotice) => tell(noticeEvent(notice)),
      });
    }
    return source;
  }
}

/** The names of both ends, made once for each TCP connection. */
class ConnectionSource implements LogSource {
  local: string | undefined;
  remote: string | undefined;

  constructor(
    connection: HsmsConnection,
    readonly name: string | undefined,
  ) {
    const { localAddress: local, remoteAddress: remote } = connection;
    if (local !== undefined && remote !== undefined) this.connected({ local, remote });
  }

  connected(event: Pick<EstablishedEvent, 'local' | 'remote'>): void {
    this.local = addressText(event.local);
    this.remote = addressText(event.remote);
  }
}

/** Adds listeners, and to `stops` how to remove them. */
function listen(
  stops: Stops,
  emitter: EmitterLike,
  listeners: Readonly<Record<string, (value: never) => unknown>>,
): void {
  for (const [name, listener] of Object.entries(listeners)) {
    // First in line: what a listener causes comes after what caused it.
    emitter.prependListener(name as never, listener as never);
    stops.add(() => emitter.off(name as never, listener as never));
  }
}
