import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fuzzBodies } from './secs2/check.js';
import { Random } from './secs2/random.js';
import { fuzzFrames } from './frames/check.js';
import { fuzzSession } from './session/check.js';
import { fuzzSml } from './sml/check.js';

/** The value of an option such as `--seconds 60`. */
function option(name: string, fallback: number): number {
  const index = process.argv.indexOf(`--${name}`);
  const value = index < 0 ? fallback : Number(process.argv[index + 1]);
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`--${name} must be a number from 0`);
  return value;
}

interface Fuzzer {
  readonly name: string;
  /** One case; tells how much there was in it. */
  readonly one: (random: Random, seed: number) => number | Promise<number>;
  readonly unit: string;
}

const fuzzers: readonly Fuzzer[] = [
  { name: 'frames', one: fuzzFrames, unit: 'packets' },
  { name: 'session', one: fuzzSession, unit: 'steps' },
  { name: 'sml', one: (random) => Number(fuzzSml(random)), unit: 'read back, the others refused' },
  {
    name: 'items',
    one: (_random, seed) => fuzzBodies(seed, 1000).valid,
    unit: 'of the bodies, 1000 in each, came back byte for byte, the others refused',
  },
];

/** Runs cases until the time is up; each has its own seed, which alone repeats it. */
async function fuzz({ name, one, unit }: Fuzzer, seconds: number, first: number): Promise<void> {
  const begun = performance.now();
  let cases = 0;
  let sum = 0;
  for (; cases === 0 || performance.now() - begun < seconds * 1000; cases++) {
    // Seeds that follow one another make like beginnings: they are spread.
    const seed = Math.imul(first + cases, 0x9e3779b1) >>> 0;
    try {
      sum += await one(new Random(seed), seed);
    } catch (error) {
      throw new Error(`${name}: again with --seed ${first + cases}`, { cause: error });
    }
  }
  const took = ((performance.now() - begun) / 1000).toFixed(0);
  console.log(`${name}: ${cases} cases, ${sum} ${unit}, ${took} s`);
}

/** The time that SML takes, in a process of its own: it wants another heap. */
function checkGrowth(): void {
  const args = ['--max-semi-space-size=1', '-r', 'ts-node/register/transpile-only'];
  const { status } = spawnSync(process.execPath, [...args, join(__dirname, 'sml/run.ts')], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('SML takes longer than it should');
}

async function main(): Promise<void> {
  const seconds = option('seconds', 60);
  const seed = option('seed', (Date.now() ^ process.pid) >>> 0);
  console.log(`fuzz: ${seconds} s, seed ${seed} (again with --seed ${seed})`);
  const unhandled: unknown[] = [];
  process.on('unhandledRejection', (error) => unhandled.push(error));
  for (const fuzzer of fuzzers) await fuzz(fuzzer, seconds / fuzzers.length, seed);
  checkGrowth();
  if (unhandled.length > 0)
    throw new Error('a promise was rejected and not handled', { cause: unhandled[0] });
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
