import { parseArgs } from 'node:util';
import { emptyTally, noisyRun, type Mutant, type Tally } from './noisy-run.js';

/** Seeded runs of two ends on a bad line: npm run secs1:noise -- --runs 2000 --seed 1 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      mutant: { type: 'string', default: 'none' },
    },
  });
  const [runs, seed] = [Number(values.runs), Number(values.seed)];
  const total = emptyTally();
  const begun = process.hrtime.bigint();
  for (let i = 0; i < runs; i++) {
    try {
      const tally = await noisyRun(seed + i, values.mutant as Mutant);
      for (const name of Object.keys(total) as (keyof Tally)[]) total[name] += tally[name];
    } catch (error) {
      console.error(`seed ${seed + i}: ${(error as Error).message}`);
      console.error(`again: npm run secs1:noise -- --runs 1 --seed ${seed + i}`);
      process.exitCode = 1;
      return;
    }
  }
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  console.log(`${runs} runs from seed ${seed} in ${seconds.toFixed(1)} s:`, total);
}

void main();
