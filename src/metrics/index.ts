export type { LatencyObservation } from './connection-watch.js';
export { LatencyHistogram, type LatencySnapshot } from './histogram.js';
export {
  HsmsMetrics,
  type HsmsMetricsOptions,
  type MetricsTarget,
  type WatchOptions,
} from './hsms-metrics.js';
export type {
  ConnectionMetrics,
  ControlMetrics,
  Counts,
  MetricsSnapshot,
  SessionMetrics,
  TrafficMetrics,
} from './snapshot.js';
