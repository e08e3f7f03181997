import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Observable } from 'rxjs';
import { timeOfDay, systemClock, type Clock, type Timer } from '../clock.js';
import type { HsmsConnection } from '../hsms/connection/connection.js';
import { GuardedObservable } from '../reactive/guarded-observable.js';
import type { HsmsMultiPassiveServer } from '../hsms/multi-passive/multi-passive-server.js';
import { reportOnConsole, reportSafely } from '../reactive/report.js';
import { checkSeconds } from '../hsms/link/settings.js';
import type { HsmsGeneralSession } from '../hsms/session/general-session.js';
import type { HsmsSession } from '../hsms/session/session.js';
import { ConnectionWatch, type LatencyObservation } from './connection-watch.js';
import { listen, type Stop } from './listen.js';
import type { MetricsSnapshot } from './snapshot.js';

/** What can be watched: a connection, all those of a server, and sessions, each together with its connection. */
export type MetricsTarget = HsmsConnection | HsmsMultiPassiveServer | HsmsSession | HsmsGeneralSession;

/** What the constructor takes. */
export interface HsmsMetricsOptions {
  /** Time source. Default: the system's. */
  readonly clock?: Clock;
}

/** How a target is watched. */
export interface WatchOptions {
  /** Name of the connection in the metrics. Default: its address and port. */
  readonly name?: string;
}

/**
 * Counts what connections and sessions do from when they are watched until they are disposed of. What is not watched
 * counts nothing: the connections themselves keep no counters.
 */
export class HsmsMetrics {
  readonly #clock: Clock;
  readonly #watches = new Map<HsmsConnection, ConnectionWatch>();
  readonly #stops = new Set<Stop>();
  readonly #latencyListeners = new Set<(observation: LatencyObservation) => void>();
  readonly #subscribers = new Set<() => void>();
  #closed = false;

  constructor(options: HsmsMetricsOptions = {}) {
    this.#clock = options.clock ?? systemClock;
  }

  /**
   * Watches a connection; all connections of a server, those added later as well; or a session or general session
   * together with its connection. What is watched already is not counted twice; what was disposed of is forgotten.
   */
  watch(target: MetricsTarget, options: WatchOptions = {}): void {
    if (this.#closed) return;
    const { name } = options;
    if ('connections' in target) this.#watchServer(target, name);
    else if ('addSession' in target) this.#watchConnection(target.connection, name).addGeneral(target);
    else if ('connection' in target) this.#watchConnection(target.connection, name).addSession(target);
    else this.#watchConnection(target, name);
  }

  /** Watches every connection and session that is made in this process from now on, through `node:diagnostics_channel`. */
  watchAll(): void {
    if (this.#closed) return;
    const onConnection = (message: unknown): void =>
      this.watch((message as { connection: HsmsConnection }).connection);
    const onSession = (message: unknown): void =>
      this.watch((message as { session: HsmsSession | HsmsGeneralSession }).session);
    subscribe('rxsecs:connection:created', onConnection);
    subscribe('rxsecs:session:created', onSession);
    this.#stops.add(() => {
      unsubscribe('rxsecs:connection:created', onConnection);
      unsubscribe('rxsecs:session:created', onSession);
    });
  }

  /** All that was counted, as plain JSON. */
  snapshot(): MetricsSnapshot {
    return {
      time: new Date(timeOfDay(this.#clock)).toISOString(),
      connections: [...this.#watches.values()].map((watch) => watch.snapshot()),
    };
  }

  /**
   * A snapshot every so many seconds, the first after that time. Cold: each subscriber has a timer of its own, which ends with
   * the subscription. Completes when the metrics are closed.
   * @throws HsmsArgumentError for a time that is not above 0.
   */
  snapshots(seconds: number): Observable<MetricsSnapshot> {
    checkSeconds('the interval of snapshots', seconds, false);
    return new GuardedObservable<MetricsSnapshot>(reportOnConsole, (subscriber) => {
      let timer: Timer | undefined;
      const complete = (): void => subscriber.complete();
      const arm = (): void => {
        timer = this.#clock.setTimer('metrics', seconds, () => {
          arm();
          subscriber.next(this.snapshot());
        });
      };
      if (this.#closed) complete();
      else arm();
      this.#subscribers.add(complete);
      return () => {
        timer?.cancel();
        this.#subscribers.delete(complete);
      };
    });
  }

  /**
   * Hands on each time that is measured, for a histogram elsewhere. What the listener throws is printed.
   * @returns a function that ends it
   */
  onLatency(listener: (observation: LatencyObservation) => void): () => void {
    this.#latencyListeners.add(listener);
    return () => void this.#latencyListeners.delete(listener);
  }

  /** Stops counting and completes the Observables. */
  close(): void {
    this.#closed = true;
    for (const stop of this.#stops) stop();
    this.#stops.clear();
    for (const watch of this.#watches.values()) watch.stop();
    for (const complete of [...this.#subscribers]) complete();
  }

  #watchServer(server: HsmsMultiPassiveServer, name: string | undefined): void {
    const add = (connection: HsmsConnection): void => {
      const { address } = connection;
      this.#watchConnection(connection, name === undefined ? undefined : `${name} ${address}`);
    };
    for (const connection of server.connections) add(connection);
    const stop = listen(server.events, { added: add, disposed: () => void this.#stops.delete(stop) });
    this.#stops.add(stop);
  }

  #watchConnection(connection: HsmsConnection, name: string | undefined): ConnectionWatch {
    const known = this.#watches.get(connection);
    if (known !== undefined) return known;
    const watch = new ConnectionWatch(connection, name, (observation) => this.#onLatency(observation));
    this.#watches.set(connection, watch);
    // Servers make and forget connections: what is kept of one must end with it.
    connection.events.once('disposed', () => {
      this.#watches.delete(connection);
      watch.stop();
    });
    return watch;
  }

  #onLatency(observation: LatencyObservation): void {
    for (const listener of this.#latencyListeners) {
      try {
        listener(observation);
      } catch (error) {
        reportSafely(reportOnConsole, error, 'a listener of onLatency');
      }
    }
  }
}
