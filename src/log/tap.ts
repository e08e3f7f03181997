import type { ConnectionNotice, LinkEstablished, SecsConnection } from '../connection/secs-connection.js';
import type { BeforeClosedOn, ClosedOn, ConnectionState, Tagged } from '../connection/events.js';
import type { ControlEvent } from '../hsms/session/session-events.js';
import type { Availability, SessionWarning, TransactionEvent } from '../session/events.js';
import type { SecsSession } from '../session/secs-session.js';
import type { SessionEnd } from '../session/session-end.js';
import type { WirePacket } from '../session/wire-packet.js';
import { listen, type Stop } from '../watch/listen.js';
import { Walker, type ConnectionGroup, type Visitor, type WatchTarget } from '../watch/walker.js';
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
} from './record/event-fields.js';
import type { LineBytesSeen } from './record/line-event.js';
import { addressText } from './record/message-record.js';

/** What can be logged: a connection, all those of a server, and sessions, each together with its connection. */
export type LogTarget = WatchTarget;

/** Where a packet or event comes from. */
export interface LogSource {
  /** Name of the connection, where it has one. */
  readonly name: string | undefined;
  /** This side and the peer of the link that is up, or was up last: `address:port`. */
  readonly local: string | undefined;
  readonly remote: string | undefined;
}

/** Takes what happens. */
export interface LogListener {
  onPacket?(dir: 'in' | 'out', packet: WirePacket, source: LogSource): void;
  onEvent?(event: LoggedEvent, source: LogSource): void;
  /** Bytes have come, or left, on a line of SECS-I. */
  onLine?(bytes: LineBytesSeen, source: LogSource): void;
}

/** Listens on targets, each once however often it is added, and stops when told to. */
export class LogTap {
  readonly #walker: Walker<ConnectionSource>;

  constructor(listener: LogListener) {
    this.#walker = new Walker(new LogVisitor(listener));
  }

  /** Listens on a target; returns how to stop. */
  add(target: LogTarget, name?: string): Stop {
    return this.#walker.add(target, name);
  }

  /** Stops listening on everything. */
  stop(): void {
    this.#walker.stop();
  }
}

class LogVisitor implements Visitor<ConnectionSource> {
  readonly #listener: LogListener;

  constructor(listener: LogListener) {
    this.#listener = listener;
  }

  connection(
    connection: SecsConnection,
    name: string | undefined,
    group: ConnectionGroup | undefined,
  ): { context: ConnectionSource; stop: Stop } {
    const source = new ConnectionSource(connection, group === undefined ? name : ofGroup(connection, name));
    const listener = this.#listener;
    const tell = (event: LoggedEvent): void => listener.onEvent?.(event, source);
    const stop = listen(connection.events, {
      ...(listener.onPacket !== undefined && {
        message: (packet: WirePacket) => listener.onPacket?.('in', packet, source),
        sent: (packet: WirePacket) => listener.onPacket?.('out', packet, source),
      }),
      ...(listener.onLine !== undefined && {
        bytes: (bytes: LineBytesSeen) => listener.onLine?.(bytes, source),
      }),
      established: (event: LinkEstablished) => {
        source.connected(event);
        tell(establishedEvent(event));
      },
      ...(listener.onEvent !== undefined && {
        beforeClosed: (event: BeforeClosedOn<SecsConnection, Tagged, Tagged>) =>
          tell(closingEvent('beforeClosed', event)),
        closed: (event: ClosedOn<SecsConnection, Tagged, Tagged>) => tell(closingEvent('closed', event)),
        state: (state: ConnectionState) => tell(stateEvent(state)),
        notice: (notice: ConnectionNotice) => tell(noticeEvent(notice, connection)),
      }),
    });
    return { context: source, stop };
  }

  session(session: SecsSession, source: ConnectionSource, single: boolean): Stop {
    const { sessionId, connection } = session;
    const tell = (event: LoggedEvent): void => this.#listener.onEvent?.(event, source);
    return listen(session.events, {
      availability: (availability: Availability) => {
        if (availability === 'usable') tell(selectedEvent(sessionId, connection.protocol));
      },
      ended: (end: SessionEnd) => tell(endedEvent(sessionId, end, connection)),
      warning: (warning: SessionWarning) => tell(warningEvent(sessionId, warning)),
      transaction: (event: TransactionEvent) => {
        if (event.outcome !== 'answered') tell(transactionEvent(sessionId, event));
      },
      ...(single && { control: this.#onControl(source) }),
    });
  }

  sessionGroup(group: { readonly events: SecsSession['events'] }, source: ConnectionSource): Stop {
    return listen(group.events, { control: this.#onControl(source) });
  }

  connectionGroup(group: ConnectionGroup, name: string | undefined): Stop {
    const source: LogSource = { name, local: undefined, remote: undefined };
    return listen(group.events, {
      notice: ({ connection, notice }: { connection?: SecsConnection; notice: ConnectionNotice }) => {
        if (connection === undefined) this.#listener.onEvent?.(noticeEvent(notice), source);
      },
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
}

/** The name of a connection of a server. */
function ofGroup({ address }: SecsConnection, name: string | undefined): string {
  return [name, address].filter((part) => part !== undefined).join(' ');
}

/** The names of both ends, made once for each link. */
class ConnectionSource implements LogSource {
  local: string | undefined;
  remote: string | undefined;
  readonly name: string | undefined;

  constructor(connection: SecsConnection, name: string | undefined) {
    this.name = name;
    const { localAddress: local, remoteAddress: remote } = connection;
    if (local !== undefined && remote !== undefined) this.connected({ local, remote });
  }

  connected({ local, remote }: Pick<LinkEstablished, 'local' | 'remote'>): void {
    if (local === undefined || remote === undefined) return;
    this.local = addressText(local);
    this.remote = addressText(remote);
  }
}
