import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Observable } from 'rxjs';
import { check, type KnownNames } from '../check.js';
import { timeOfDay, systemClock, type Clock, type Timer } from '../clock.js';
import type { SecsConnection } from '../connection/secs-connection.js';
import { GuardedObservable } from '../reactive/guarded-observable.js';
import { reportOnConsole, reportSafely } from '../reactive/report.js';
import type { SecsSession } from '../session/secs-session.js';
import type { Stop } from '../watch/listen.js';
import { Walker, type ConnectionGroup, type SessionGroup, type WatchTarget } from '../watch/walker.js';
import { ConnectionWatch, type LatencyObservation } from './connection-watch.js';
import type { MetricsSnapshot } from './snapshot.js';

/** What can be watched: a connection, all those of a server, and sessions, each together with its connection. */
export type MetricsTarget = WatchTarget;

/** What the constructor takes. */
export interface SecsMetricsOptions {
  /** Time source. Default: the system's. */
  readonly clock?: Clock;
}

/** How a target is watched. */
export interface WatchOptions {
  /** Name of the connection in the metrics. Default: its address and port. */
  readonly name?: string;
}

const METRICS: KnownNames<SecsMetricsOptions> = { owner: 'SecsMetrics', names: { clock: true } };

const WATCH: KnownNames<WatchOptions> = { owner: 'watch()', names: { name: true } };

/**
 * Counts what connections and sessions do from when they are watched until they are disposed of. What is not watched
 * counts nothing: the connections themselves keep no counters.
 *
 * @example
 * ```ts
 * import { HsmsActiveConnection, HsmsSession } from 'rxsecs';
 * import { SecsMetrics } from 'rxsecs/metrics';
 *
 * const session = new HsmsSession(new HsmsActiveConnection('127.0.0.1', 5000, 0));
 * const metrics = new SecsMetrics();
 * metrics.watch(session, { name: 'etcher' });
 * console.log(metrics.snapshot()); // plain JSON
 * ```
 */
export class SecsMetrics {
  readonly #clock: Clock;
  readonly #walker = new Walker<ConnectionWatch>({
    connection: (connection, name, group) => this.#watchConnection(connection, name, group),
    session: (session, watch, single) => watch.addSession(session, single),
    sessionGroup: (group, watch) => watch.addControls(group),
  });
  readonly #stops = new Set<Stop>();
  readonly #latencyListeners = new Set<(observation: LatencyObservation) => void>();
  readonly #subscribers = new Set<() => void>();
  #closed = false;
  /** What was counted until `close`. */
  #final: readonly ConnectionWatch[] | undefined;

  /** @throws HsmsArgumentError for an option that is not as it must be. */
  constructor(options?: SecsMetricsOptions | null) {
    const { clock = systemClock } = check.options('options', options, METRICS);
    this.#clock = check.clock(clock);
  }

  /**
   * Watches a connection; all connections of a server, those added later as well; or a session or general session
   * together with its connection. What is watched already is not counted twice; what was disposed of is forgotten.
   * @throws HsmsArgumentError for what cannot be watched.
   */
  watch(target: MetricsTarget, options?: WatchOptions | null): void {
    const { name } = check.options('options', options, WATCH);
    if (name !== undefined) check.text('name', name);
    if (!this.#closed) this.#walker.add(target, name);
  }

  /** Watches every connection and session that is made in this process from now on, through `node:diagnostics_channel`. */
  watchAll(): void {
    if (this.#closed) return;
    const onConnection = (message: unknown): void =>
      this.watch((message as { connection: SecsConnection }).connection);
    const onSession = (message: unknown): void =>
      this.watch((message as { session: SecsSession | SessionGroup }).session);
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
      connections: (this.#final ?? this.#walker.contexts).map((watch) => watch.snapshot()),
    };
  }

  /**
   * A snapshot every `seconds`, the first after that time. Cold: each subscriber has a timer of its own, which ends with
   * the subscription. Completes when the metrics are closed.
   * @throws HsmsArgumentError for a time that is not above 0.
   */
  snapshots(seconds: number): Observable<MetricsSnapshot> {
    check.seconds('seconds', seconds);
    return new GuardedObservable<MetricsSnapshot>(reportOnConsole, 'snapshots', (subscriber) => {
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
    check.fn('listener', listener);
    this.#latencyListeners.add(listener);
    return () => void this.#latencyListeners.delete(listener);
  }

  /** Stops counting and completes the Observables. */
  close(): void {
    this.#closed = true;
    this.#final ??= this.#walker.contexts;
    for (const stop of this.#stops) stop();
    this.#stops.clear();
    this.#walker.stop();
    for (const complete of [...this.#subscribers]) complete();
  }

  #watchConnection(
    connection: SecsConnection,
    name: string | undefined,
    group: ConnectionGroup | undefined,
  ): { context: ConnectionWatch; stop: Stop } {
    const { address = '' } = connection;
    const full = group !== undefined && name !== undefined ? `${name} ${address}` : name;
    const watch = new ConnectionWatch(connection, full, (observation) => this.#onLatency(observation));
    return { context: watch, stop: () => watch.stop() };
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
