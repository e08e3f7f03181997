import type { CloseReason } from '../hsms/link/close-reason.js';
import type { HsmsConnection } from '../hsms/connection/connection.js';
import type { RefusalReason } from '../hsms/connection/notices.js';
import type { HsmsGeneralSession } from '../hsms/session/general-session.js';
import type { ControlEvent } from '../hsms/session/session-events.js';
import type { HsmsSession } from '../hsms/session/session.js';
import { endpointText } from '../network/socket-address.js';
import { CountsByName } from './counters.js';
import { LatencyHistogram } from './histogram.js';
import { listen, type Stop } from './listen.js';
import { SessionWatch } from './session-watch.js';
import type { ConnectionMetrics } from './snapshot.js';
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

/** Counts what one connection and its sessions tell. */
export class ConnectionWatch {
  readonly name: string;
  readonly #connection: HsmsConnection;
  readonly #observe: (observation: LatencyObservation) => void;
  readonly #received = new Traffic();
  readonly #sent = new Traffic();
  readonly #closes = new CountsByName<CloseReason['kind']>();
  readonly #refusals = new CountsByName<RefusalReason>();
  readonly #linktest = new LatencyHistogram();
  readonly #controls = new CountsByName<ControlEvent['outcome']>();
  readonly #sessions = new Map<HsmsSession | HsmsGeneralSession, Stop>();
  readonly #sessionWatches = new Set<SessionWatch>();
  readonly #stop: Stop;
  #established = 0;
  #connectFailures = 0;
  #unsent = 0;

  constructor(
    connection: HsmsConnection,
    name: string | undefined,
    observe: (observation: LatencyObservation) => void,
  ) {
    this.#connection = connection;
    this.name = name ?? endpointText(connection);
    this.#observe = observe;
    // A connection that is up already was established unseen, and is no reconnect.
    if (connection.remoteAddress !== undefined) this.#established = 1;
    this.#stop = listen(connection.events, {
      message: this.#received.count,
      sent: this.#sent.count,
      established: () => void this.#established++,
      closed: ({ reason, unsent }) => {
        this.#closes.add(reason.kind);
        this.#unsent += unsent;
      },
      notice: (notice) => {
        if (notice.kind === 'connectFailed') this.#connectFailures++;
        else if (notice.kind === 'refused') this.#refusals.add(notice.reason);
      },
    });
  }

  /** Counts a session of this connection as well, once. */
  addSession(session: HsmsSession): void {
    if (this.#sessions.has(session)) return;
    const watch = new SessionWatch(session, (sessionId, seconds) =>
      this.#observe({ kind: 'roundTrip', connection: this.name, sessionId, seconds }),
    );
    this.#sessionWatches.add(watch);
    const stopControl = listen(session.events, { control: (event) => this.#onControl(event) });
    this.#sessions.set(session, () => {
      stopControl();
      watch.stop();
    });
  }

  /** Counts all sessions of a general session, those added later as well. */
  addGeneral(general: HsmsGeneralSession): void {
    if (this.#sessions.has(general)) return;
    for (const session of general.sessions) this.addSession(session);
    const stop = listen(general.events, {
      added: (session) => this.addSession(session),
      control: (event) => this.#onControl(event),
    });
    this.#sessions.set(general, stop);
  }

  stop(): void {
    this.#stop();
    for (const stop of this.#sessions.values()) stop();
  }

  snapshot(): ConnectionMetrics {
    const { role, currentState, queued } = this.#connection;
    const controls = this.#controls.snapshot();
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
      sessions: [...this.#sessionWatches].map((watch) => watch.snapshot()),
    };
  }

  #onControl({ procedure, outcome, seconds }: ControlEvent): void {
    this.#controls.add(outcome);
    if (procedure !== 'linktest' || outcome !== 'done') return;
    this.#linktest.record(seconds);
    this.#observe({ kind: 'linktest', connection: this.name, seconds });
  }
}
