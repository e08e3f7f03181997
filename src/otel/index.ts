export { exportMetrics } from './export-metrics.js';
