import { runFaults, type Failure } from './runner.js';

const HELP = `npm run faults -- [--runs N] [--seed N] [--jobs N]

Two real entities, and between them a proxy that delays, splits, coalesces, corrupts, drops, stalls, half-opens and resets.
  --runs N   how many runs, default 200
  --seed N   seed of the first run, those that follow have the next ones; default: a random one, which is printed
  --jobs N   how many runs go side by side, default 32`;

/** The value of an option such as `--runs 1000`. */
function option(name: string, fallback: number): number {
  const index = process.argv.indexOf(`--${name}`);
  const value = index < 0 ? fallback : Number(process.argv[index + 1]);
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`--${name} must be a whole number`);
  return value;
}

function report({ seed, runs, violations }: Failure): void {
  console.log(
    `\nFAILED: seed ${seed}, again with: npm run faults -- --seed ${seed} --runs ${runs} --jobs ${Math.min(runs, 32)}`,
  );
  for (const violation of violations.slice(0, 12)) console.log(`  - ${violation}`);
  if (violations.length > 12) console.log(`  … and ${violations.length - 12} more`);
}

async function main(): Promise<void> {
  const runs = option('runs', 200);
  const seed = option('seed', (Date.now() ^ (process.pid << 8)) >>> 0);
  const jobs = Math.max(1, option('jobs', 32));
  console.log(
    `faults: ${runs} runs, seeds ${seed} to ${seed + runs - 1} (again with --seed ${seed} --runs ${runs})`,
  );
  const started = performance.now();
  let told = 0;
  const { failures, tally } = await runFaults({
    seed,
    runs,
    jobs,
    onProgress: (done, soFar) => {
      if (done - told < 500 && done < runs) return;
      told = done;
      const seconds = Math.round((performance.now() - started) / 1000);
      console.log(`${done} runs, ${seconds} s, ${soFar.length} failed`);
    },
  });
  for (const line of tally.lines()) console.log(line);
  for (const failure of failures) report(failure);
  console.log(failures.length === 0 ? 'every promise was kept' : `${failures.length} failed`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

if (process.argv.includes('--help')) console.log(HELP);
else void main();
