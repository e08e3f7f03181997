export type { LatencyObservation } from './connection-watch.js';
export { LatencyHistogram, type LatencySnapshot } from './histogram.js';
export {
  SecsMetrics,
  type SecsMetricsOptions,
  type MetricsTarget,
  type WatchOptions,
} from './secs-metrics.js';
export type {
  ConnectionMetrics,
  ControlMetrics,
  Counts,
  MetricsSnapshot,
  SessionMetrics,
  TrafficMetrics,
} from './snapshot.js';
