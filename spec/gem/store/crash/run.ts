// Kills processes that keep a store busy, at random moments, and looks at what they left:
//   npm run gem:crash -- --runs 2000 --seed 1 --jobs 2
// Each run is a store; three processes after each other are killed over it. After each kill the store must hold what was
// acknowledged, with the step that was under way or without, and nothing else. Ends with 1 when one does not.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openFileStore } from '../../../../src/gem/store/file-store.js';
import { randomNumbers } from '../support/random.js';
import { after, contentsOf, EMPTY, textOf, type Contents } from '../support/oracle.js';
import { loadOf } from './plan.js';

const ROOT = resolve(__dirname, '../../../..');
/** Where the process is built once, since it is started so often. */
const BUILT = join(ROOT, '.build/gem-crash');
const KILLS = 3;
/** Steps after the first at which a process is killed, at most. */
const MOST_STEPS = 60;

interface Lived {
  /** Steps that were begun and that were done, of all. */
  readonly begun: number;
  readonly done: number;
  readonly said: string;
  readonly code: number | null;
}

interface Tally {
  kills: number;
  inStep: number;
  steps: number;
  torn: number;
  readonly failures: string[];
}

function build(): void {
  const tsc = require.resolve('typescript/bin/tsc');
  const options =
    '--ignoreConfig --noCheck --skipLibCheck --target es2022 --module commonjs --moduleResolution bundler';
  const child = join(__dirname, 'child.ts');
  execFileSync(
    process.execPath,
    [tsc, ...options.split(' '), '--types', 'node', '--rootDir', ROOT, '--outDir', BUILT, child],
    { stdio: 'inherit' },
  );
  writeFileSync(join(BUILT, 'package.json'), '{ "type": "commonjs" }\n');
}

/** Runs a process from this step on; it is killed some microseconds after a random step began. */
function live(folder: string, seed: number, first: number, random: () => number): Promise<Lived> {
  const child = spawn(
    process.execPath,
    [join(BUILT, 'spec/gem/store/crash/child.js'), folder, String(seed), String(first)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const target = first + Math.floor(random() * MOST_STEPS);
  const delay = BigInt(Math.floor(random() ** 2 * 3_000_000));
  let begun = first;
  let done = first;
  let said = '';
  let rest = '';
  let killed = false;
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  child.stdout.on('data', (text: Buffer) => {
    const lines = (rest + text.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [word, index] = line.split(' ');
      if (word === 'begin') begun = Number(index) + 1;
      else if (word === 'done') done = Number(index) + 1;
    }
    if (killed || begun <= target) return;
    killed = true;
    const from = process.hrtime.bigint();
    while (process.hrtime.bigint() - from < delay);
    child.kill('SIGKILL');
  });
  return new Promise((settle, fail) => {
    child.once('error', fail);
    child.once('close', (code) => settle({ begun, done, said, code }));
  });
}

/** One store, killed several times. */
async function run(seed: number, folder: string, tally: Tally): Promise<void> {
  const random = randomNumbers(seed);
  for (let n = 0; n < 5; n++) random();
  const { ops, options } = loadOf(seed);
  let contents = EMPTY;
  let step = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const lived = await live(folder, seed, step, random);
    if (lived.code !== null) throw new Error(`the process ended with ${lived.code}: ${lived.said}`);
    tally.kills++;
    tally.steps += lived.done - step;
    for (; step < lived.done; step++) contents = after(contents, ops[step] ?? { kind: 'remove' });
    const op = lived.begun > lived.done ? ops[step] : undefined;
    if (op !== undefined) tally.inStep++;
    const allowed: Contents[] = [contents, ...(op === undefined ? [] : [after(contents, op)])];
    contents = await look(folder, `${folder}-copy`, allowed, tally, options);
    if (op !== undefined) step++;
  }
}

/** Compares a copy of what was left, since looking at a spool empties it; the contents that were found. */
async function look(
  folder: string,
  copy: string,
  allowed: readonly Contents[],
  tally: Tally,
  options: object,
): Promise<Contents> {
  cpSync(folder, copy, { recursive: true });
  try {
    const store = await openFileStore(copy, { ...options, fsync: 'never' });
    if (store.opening.torn !== undefined) tally.torn++;
    const found = await contentsOf(store);
    await store.close();
    const match = allowed.find((contents) => textOf(contents) === textOf(found));
    if (match === undefined) {
      throw new Error(`found ${textOf(found)}\n  where ${allowed.map(textOf).join('\n  or ')} is allowed`);
    }
    return match;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      jobs: { type: 'string', default: '2' },
    },
  });
  build();
  const runs = Math.ceil(Number(values.runs) / KILLS);
  const base = mkdtempSync(join(tmpdir(), 'rxsecs-crash-'));
  const tally: Tally = { kills: 0, inStep: 0, steps: 0, torn: 0, failures: [] };
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < runs) {
      const seed = Number(values.seed) * 1_000_003 + next++;
      const folder = join(base, String(seed));
      await run(seed, folder, tally).catch((error: Error) => {
        tally.failures.push(`seed ${seed}: ${error.message}`);
      });
      rmSync(folder, { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, work));
  rmSync(base, { recursive: true, force: true });
  console.log(
    `${tally.kills} processes killed over ${runs} stores, ${tally.inStep} of them within a step; ` +
      `${tally.steps} steps acknowledged; ${tally.torn} writes were cut off; ${tally.failures.length} failures`,
  );
  for (const failure of tally.failures) console.error(failure);
  if (tally.failures.length > 0 || tally.kills === 0) process.exitCode = 1;
}

void main();
