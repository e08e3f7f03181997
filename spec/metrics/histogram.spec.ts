import fc from 'fast-check';
import { LatencyHistogram } from '../../src/metrics/index.js';

const quantile = (sorted: readonly number[], fraction: number): number =>
  sorted[Math.ceil(fraction * sorted.length) - 1] ?? NaN;

describe('LatencyHistogram', () => {
  it('has nothing to say about nothing', () => {
    expect(new LatencyHistogram().snapshot()).toEqual({ count: 0, sum: 0 });
  });

  it('gives quantiles within 2 % and a microsecond, and the rest exactly', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 2000, noNaN: true }), { minLength: 1, maxLength: 300 }),
        (seconds) => {
          const histogram = new LatencyHistogram();
          for (const value of seconds) histogram.record(value);
          const snapshot = histogram.snapshot();
          const sorted = [...seconds].sort((a, b) => a - b);
          expect(snapshot).toMatchObject({ count: seconds.length, min: sorted[0], max: sorted.at(-1) });
          expect(snapshot.sum).toBeCloseTo(
            seconds.reduce((sum, value) => sum + value, 0),
            6,
          );
          for (const [found, fraction] of [
            [snapshot.p50, 0.5],
            [snapshot.p90, 0.9],
            [snapshot.p99, 0.99],
          ] as const) {
            const exact = quantile(sorted, fraction);
            expect(Math.abs((found ?? NaN) - exact)).toBeLessThanOrEqual(exact * 0.02 + 1e-6);
          }
        },
      ),
    );
  });

  it('takes a single time of any size for all its quantiles', () => {
    for (const seconds of [0, 1e-7, 31e-6, 32e-6, 0.5, 2147, 1e6]) {
      const histogram = new LatencyHistogram();
      histogram.record(seconds);
      expect(histogram.snapshot()).toMatchObject({ p50: seconds, p99: seconds, sum: seconds });
    }
  });
});
