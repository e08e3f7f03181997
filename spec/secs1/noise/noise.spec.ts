import { BrokenPromise, noisyRun, type Mutant } from './noisy-run.js';

/** The first seed whose run breaks a promise, and how. */
async function firstBroken(runs: number, mutant: Mutant): Promise<string | undefined> {
  for (let seed = 1; seed <= runs; seed++) {
    try {
      await noisyRun(seed, mutant);
    } catch (error) {
      if (!(error instanceof BrokenPromise)) throw error;
      return `seed ${seed}: ${error.message}`;
    }
  }
  return undefined;
}

describe('a bad line', () => {
  it('B-81: lets each message arrive once and in order, or fail at its sender with a reason', async () => {
    expect(await firstBroken(400, 'none')).toBeUndefined();
  });

  it('B-81: would not, without the look for blocks that come twice (B-40)', async () => {
    expect(await firstBroken(200, 'duplicates')).toMatch(/arrived [2-9] times|did not arrive/);
  });

  it('B-81: would not, if nobody made way in contention (B-24)', async () => {
    expect(await firstBroken(200, 'contention')).toMatch(/failed on a good line/);
  });
});
