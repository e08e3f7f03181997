import type { ClosedOn, Tagged } from '../connection/events.js';
import type { ConnectionNotice, SecsConnection } from '../connection/secs-connection.js';
import type { QueueDepth } from '../connection/sending.js';
import type { ControlEvent } from '../hsms/session/session-events.js';
import { endpointText } from '../network/socket-address.js';
import type { SecsSession } from '../session/secs-session.js';
import { listen, type Stop } from '../watch/listen.js';
import { CountsByName } from './counters.js';
import { LatencyHistogram } from './histogram.js';
import { SessionWatch } from './session-watch.js';
import type { ConnectionMetrics, LineMetrics } from './snapshot.js';
import { Traffic } from './traffic.js';

/** A time that was measured, as it is recorded. */
export interface LatencyObservation {
  /** `roundTrip`: a request that was answered. `linktest`: Linktest.req to Linktest.rsp. */
  readonly kind: 'roundTrip' | 'linktest';
  /** The connection, as in its metrics. */
  readonly connection: string;
  /** Of a round trip. */
  readonly sessionId?: number;
  readonly seconds: number;
}

/** What some transports have besides: a line has neither address nor queue. */
interface WatchedConnection extends SecsConnection {
  readonly role?: 'active' | 'passive';
  readonly port?: number;
  readonly queued?: QueueDepth;
  /** What has happened on the lines of a SECS-I connection since it was made. */
  readonly counters?: Readonly<LineMetrics>;
}

const EMPTY_QUEUE: QueueDepth = { packets: 0, bytes: 0 };

/** The length before each message (E37). */
const HSMS_PREFIX_BYTES = 4;

/** Counts what one connection and its sessions tell. */
export class ConnectionWatch {
  readonly name: string;
  readonly #connection: WatchedConnection;
  readonly #observe: (observation: LatencyObservation) => void;
  readonly #received: Traffic;
  readonly #sent: Traffic;
  readonly #closes = new CountsByName<string>();
  readonly #refusals = new CountsByName<string>();
  readonly #linktest = new LatencyHistogram();
  readonly #controls = new CountsByName<ControlEvent['outcome']>();
  readonly #sessions = new Set<SessionWatch>();
  readonly #stop: Stop;
  /** The counters of the line when it was first watched, and when it was let go. */
  readonly #lineBefore: LineMetrics | undefined;
  #lineAfter: LineMetrics | undefined;
  #established = 0;
  #connectFailures = 0;
  #unsent = 0;

  constructor(
    connection: WatchedConnection,
    name: string | undefined,
    observe: (observation: LatencyObservation) => void,
  ) {
    this.#connection = connection;
    this.name = name ?? defaultName(connection);
    this.#observe = observe;
    const overhead = connection.protocol === 'hsms' ? HSMS_PREFIX_BYTES : 0;
    this.#lineBefore = connection.counters && { ...connection.counters };
    this.#received = new Traffic(overhead);
    this.#sent = new Traffic(overhead);
    // A connection that is up already was established unseen, and is no reconnect.
    if (connection.currentState === 'connected') this.#established = 1;
    this.#stop = listen(connection.events, {
      message: this.#received.count,
      sent: this.#sent.count,
      established: () => void this.#established++,
      closed: ({ reason, unsent }: ClosedOn<SecsConnection, Tagged, Tagged>) => {
        this.#closes.add(reason.kind);
        this.#unsent += unsent;
      },
      notice: ({ kind, reason }: ConnectionNotice) => {
        if (kind === 'connectFailed') this.#connectFailures++;
        else if (kind === 'refused' && reason !== undefined) this.#refusals.add(reason);
      },
    });
  }

  /** Counts a session of this connection as well; what it counted stays when it is let go. */
  addSession(session: SecsSession, single: boolean): Stop {
    const watch = new SessionWatch(session, (sessionId, seconds) =>
      this.#observe({ kind: 'roundTrip', connection: this.name, sessionId, seconds }),
    );
    this.#sessions.add(watch);
    const stopControl = single ? this.addControls(session) : undefined;
    return () => {
      stopControl?.();
      watch.stop();
    };
  }

  /** Counts the control transactions that something tells of. */
  addControls({ events }: Pick<SecsSession, 'events'>): Stop {
    return listen(events, { control: (event: ControlEvent) => this.#onControl(event) });
  }

  stop(): void {
    this.#lineAfter = this.#line();
    this.#stop();
  }

  snapshot(): ConnectionMetrics {
    const { role = 'active', currentState, queued = EMPTY_QUEUE } = this.#connection;
    const controls = this.#controls.snapshot();
    const line = this.#line();
    return {
      name: this.name,
      role,
      state: currentState,
      established: this.#established,
      reconnects: Math.max(0, this.#established - 1),
      connectFailures: this.#connectFailures,
      refusals: this.#refusals.snapshot(),
      closes: this.#closes.snapshot(),
      unsent: this.#unsent,
      received: this.#received.snapshot(),
      sent: this.#sent.snapshot(),
      queue: queued,
      control: {
        t6Expiries: controls.t6 ?? 0,
        refused: controls.refused ?? 0,
        rejected: controls.rejected ?? 0,
        linktest: this.#linktest.snapshot(),
      },
      ...(line !== undefined && { line }),
      sessions: [...this.#sessions].map((watch) => watch.snapshot()),
    };
  }

  #line(): LineMetrics | undefined {
    const { counters } = this.#connection;
    if (counters === undefined || this.#lineAfter !== undefined) return this.#lineAfter;
    const counted = Object.entries(counters) as [keyof LineMetrics, number][];
    return Object.fromEntries(
      counted.map(([name, value]) => [name, value - (this.#lineBefore?.[name] ?? 0)]),
    ) as unknown as LineMetrics;
  }

  #onControl({ procedure, outcome, seconds }: ControlEvent): void {
    this.#controls.add(outcome);
    if (procedure !== 'linktest' || outcome !== 'done') return;
    this.#linktest.record(seconds);
    this.#observe({ kind: 'linktest', connection: this.name, seconds });
  }
}

function defaultName({ protocol, address, port, sessionId }: WatchedConnection): string {
  return address === undefined || port === undefined
    ? `${protocol} ${sessionId}`
    : endpointText({ address, port });
}
