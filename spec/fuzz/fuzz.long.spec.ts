import { fuzzFrames } from './frames/check.js';
import { Random } from './secs2/random.js';
import { fuzzSession } from './session/check.js';
import { fuzzSml } from './sml/check.js';
import { ALLOWED, growthOf } from './sml/growth.js';

/** Seeds that lie apart. */
const seeds = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 0);

describe('fuzzing, in short', () => {
  it('frames: any segmentation of any bytes reads the same', () => {
    const packets = seeds(300).map((seed) => fuzzFrames(new Random(seed)));
    expect(packets.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(1000);
  });

  it('session: any frames at any time', async () => {
    let steps = 0;
    for (const seed of seeds(80)) steps += await fuzzSession(new Random(seed));
    expect(steps).toBeGreaterThan(1500);
  }, 30_000);

  it('SML: reads back, or is refused with a place in the text', () => {
    const read = seeds(1500).filter((seed) => fuzzSml(new Random(seed))).length;
    expect(read).toBeGreaterThan(300);
    expect(read).toBeLessThan(1400);
  });
});

describe('the check of growth', () => {
  const make = (count: number): string => 'x'.repeat(count);
  const [linear, quadratic] = [
    (text: string) => text.length / 1000,
    (text: string) => (text.length / 5000) ** 2,
  ];

  it('tells what is linear from what is quadratic', () => {
    expect(growthOf(make, linear)).toBeCloseTo(8);
    expect(growthOf(make, quadratic)).toBeCloseTo(64);
    // The power that a square root on top of each character makes is noticed too.
    expect(growthOf(make, (text) => text.length ** 1.5 / 100_000)).toBeGreaterThan(ALLOWED);
  });

  it('measures anew where the machine was busy, and is not talked out of what is slow each time', () => {
    let calls = 0;
    const busyAtFirst = (text: string): number =>
      linear(text) * (calls++ < 9 && text.length >= 80_000 ? 5 : 1);
    expect(growthOf(make, busyAtFirst)).toBeCloseTo(8);
    expect(calls).toBeGreaterThan(9);
    const jitter = (text: string): number => quadratic(text) * (1 + (calls++ % 3));
    expect(growthOf(make, jitter)).toBeGreaterThan(ALLOWED);
  });

  it('is not misled by what takes no time at all', () => {
    expect(growthOf(make, () => 0)).toBe(0);
    expect(growthOf(make, (text) => (text.length >= 1_280_000 ? 100 : 0.01))).toBeGreaterThan(ALLOWED);
  });
});
