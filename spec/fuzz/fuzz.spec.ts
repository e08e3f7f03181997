import { fuzzFrames } from './frames/check.js';
import { Random } from './secs2/random.js';
import { fuzzSession } from './session/check.js';
import { fuzzSml } from './sml/check.js';

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
