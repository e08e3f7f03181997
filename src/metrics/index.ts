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
  LineMetrics,
  MetricsSnapshot,
  SessionMetrics,
  TrafficMetrics,
} from './snapshot.js';
