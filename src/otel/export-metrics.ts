import { check } from '../check.js';
import type { BatchObservableCallback, Histogram, Meter } from '@opentelemetry/api';
import type { SecsMetrics } from '../metrics/index.js';
import { connectionInstruments, sessionInstruments } from './instruments.js';

/** Bounds of the buckets in seconds, half a millisecond to two minutes: what a SECS transaction may take. */
const BUCKETS = [
  ...[0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5],
  ...[1, 2.5, 5, 10, 20, 45, 60, 120],
];

/**
 * Makes instruments of OpenTelemetry for all that is watched: read when they are collected, and times recorded as they are
 * measured. The attribute `connection` has the name of the connection, `session` the session ID.
 *
 * @example
 * ```ts
 * import { metrics as opentelemetry } from '@opentelemetry/api';
 * import { SecsMetrics } from 'rxsecs/metrics';
 * import { exportMetrics } from 'rxsecs/otel';
 *
 * const metrics = new SecsMetrics();
 * metrics.watchAll();
 * const stop = exportMetrics(metrics, opentelemetry.getMeter('rxsecs'));
 * stop();
 * ```
 * @param meter of `@opentelemetry/api`: `metrics.getMeter('rxsecs')`, or that of a MeterProvider
 * @returns a function that ends it
 * @throws HsmsArgumentError for what are no metrics, or no meter.
 */
export function exportMetrics(metrics: SecsMetrics, meter: Meter): () => void {
  check.methods('metrics', metrics, ['snapshot', 'onLatency'], 'an SecsMetrics');
  const made = ['createObservableCounter', 'createObservableGauge', 'createHistogram'];
  const batched = ['addBatchObservableCallback', 'removeBatchObservableCallback'];
  check.methods('meter', meter, [...made, ...batched], 'a Meter of @opentelemetry/api');
  const ofConnections = connectionInstruments(meter);
  const ofSessions = sessionInstruments(meter);
  const observables = [...ofConnections, ...ofSessions].map(({ observable }) => observable);
  const collect: BatchObservableCallback = (result) => {
    for (const connection of metrics.snapshot().connections) {
      const attributes = { connection: connection.name };
      for (const { observe } of ofConnections) observe(result, connection, attributes);
      for (const session of connection.sessions) {
        const both = { ...attributes, session: session.sessionId };
        for (const { observe } of ofSessions) observe(result, session, both);
      }
    }
  };
  meter.addBatchObservableCallback(collect, observables);
  const roundTrips = histogram(meter, 'rxsecs.request.duration', 'From request to reply');
  const linktests = histogram(meter, 'rxsecs.linktest.duration', 'From Linktest.req to Linktest.rsp');
  const stopLatencies = metrics.onLatency(({ kind, connection, sessionId, seconds }) => {
    if (kind === 'linktest') linktests.record(seconds, { connection });
    else roundTrips.record(seconds, { connection, session: sessionId });
  });
  return () => {
    stopLatencies();
    meter.removeBatchObservableCallback(collect, observables);
  };
}

function histogram(meter: Meter, name: string, description: string): Histogram {
  return meter.createHistogram(name, {
    unit: 's',
    description,
    advice: { explicitBucketBoundaries: BUCKETS },
  });
}
