import { parseArgs } from 'node:util';
import { PairRun } from './run-pair';

/** `npm run gem:pair -- --runs 300 --seed 1`: our host and our equipment through faults; exits with 1 where a run finds something wrong. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '300' },
      seed: { type: 'string', default: '1' },
      verbose: { type: 'boolean', default: false },
    },
  });
  const first = Number(values.seed);
  const runs = Number(values.runs);
  if (!Number.isInteger(first) || !Number.isInteger(runs) || runs < 1)
    throw new Error('--runs and --seed must be whole numbers');
  let failed = 0;
  let raised = 0;
  let spooled = 0;
  const start = performance.now();
  for (let seed = first; seed < first + runs; seed++) {
    const outcome = await new PairRun(seed).run();
    raised += outcome.raised;
    spooled += outcome.spooled;
    if (outcome.problems.length === 0) continue;
    failed++;
    console.error(`seed ${seed}:\n  ${outcome.problems.slice(0, 5).join('\n  ')}`);
    if (values.verbose) console.error(`  ${outcome.trace.join('\n  ')}`);
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `${runs} runs from seed ${first} in ${seconds} s: ${raised} events raised, ${spooled} spooled, ${failed} runs failed`,
  );
  if (failed > 0) process.exitCode = 1;
}

void main();
