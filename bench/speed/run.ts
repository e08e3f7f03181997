import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compile } from '../support/compile.js';
import { machine, machineSize, record, recordRates, today } from '../support/results.js';
import { contestants, Pair, takesPart, type Contestant } from './contestants.js';
import { goals, Results, shortTable, speedTable } from './report.js';
import { ROWS, type Plan, type Row } from './rows.js';

const FULL: Plan = {
  rounds: 7,
  warmUpMilliseconds: 1000,
  milliseconds: 500,
  tools: 2000,
  programs: 6,
  limitSeconds: 30,
};
/** In the quick form no peer may hold up the others for longer than this. */
const QUICK_PEER_SECONDS = 3;
/** Shows that every row comes out; too short for its figures to mean much. */
const QUICK: Plan = {
  rounds: 1,
  warmUpMilliseconds: 100,
  milliseconds: 100,
  tools: 100,
  programs: 1,
  limitSeconds: 20,
};

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    milliseconds: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
    row: { type: 'string', multiple: true, default: [] },
  },
});

const plan: Plan = {
  ...(options.quick ? QUICK : FULL),
  ...(options.rounds && { rounds: Number(options.rounds) }),
  ...(options.milliseconds && { milliseconds: Number(options.milliseconds) }),
};
const rows = ROWS.filter((_, index) => options.row.length === 0 || options.row.includes(String(index + 1)));
const library = resolve(process.env['RXSECS_BENCH_LIBRARY'] ?? join(__dirname, '../../dist/cjs/index.js'));
const results = new Results();
/** These need nothing installed, and must come out. */
const OWN: readonly string[] = [
  'floor',
  'rxsecs',
  'rxsecs, busyPoll 0',
  'rxsecs, busyPoll 0.0002',
  'rxsecs, compiled',
];

function planFor(name: string): Plan {
  return options.quick && !OWN.includes(name) ? { ...plan, limitSeconds: QUICK_PEER_SECONDS } : plan;
}

/** Measures one row of one contestant on its pair; what goes wrong becomes its result for the whole run. */
async function slice(row: Row, { name }: Contestant, pair: Pair): Promise<boolean> {
  const result = results.of(row, name);
  try {
    result.samples.push(await row.measure(pair, planFor(name)));
    return true;
  } catch (error) {
    const complaint = pair.host.complaint || pair.equipment.complaint;
    result.failure = `${(error as Error).message}${complaint && ` (${complaint})`}`
      .replaceAll('|', '/')
      .slice(0, 200);
    console.error(`${name}, ${row.title}: ${result.failure}`);
    return false;
  }
}

/** One round, in fresh processes, so that the luck of the JIT averages out; the contestants take turns in each row. */
async function round(number: number, taking: readonly Contestant[], compiled: string): Promise<void> {
  const pairs = new Map<Contestant, Pair>();
  const inTurn = [...taking.slice(number % taking.length), ...taking.slice(0, number % taking.length)];
  const fresh = (one: Contestant): Pair => new Pair(one, compiled, library);
  try {
    for (const row of rows) {
      for (const one of inTurn) {
        if (!takesPart(one, row) || results.of(row, one.name).failure !== undefined) continue;
        if (row.tools === 'many') {
          const pair = fresh(one);
          await slice(row, one, pair);
          await pair.end();
          continue;
        }
        let pair = pairs.get(one);
        if (pair === undefined) {
          pair = fresh(one);
          pairs.set(one, pair);
          await pair.connect(1, plan.limitSeconds);
        }
        if (await slice(row, one, pair)) continue;
        pairs.delete(one);
        await pair.end();
      }
      if (rows.indexOf(row) === rows.findIndex(({ tools }) => tools === 'many') - 1) await endAll(pairs);
    }
  } finally {
    await endAll(pairs);
  }
}

async function endAll(pairs: Map<Contestant, Pair>): Promise<void> {
  await Promise.all([...pairs.values()].map((pair) => pair.end()));
  pairs.clear();
}

function assertComplete(own: readonly Contestant[]): void {
  for (const row of rows) {
    for (const { name } of own.filter((one) => takesPart(one, row))) {
      const { samples, failure } = results.of(row, name);
      const whole = samples.length === plan.rounds && samples.every(({ rate }) => rate > 0);
      if (failure === undefined && whole) continue;
      console.error(`${name}: no figures for ${row.title}: ${failure ?? 'too few samples'}`);
      process.exitCode = 1;
    }
  }
}

async function main(): Promise<void> {
  const { outDir, remove } = compile(join(__dirname, '..'));
  try {
    const all = contestants(outDir).filter(
      ({ name }) => options.only.length === 0 || options.only.includes(name),
    );
    const taking = all.filter(({ installed }) => installed);
    for (const { name } of all.filter(({ installed }) => !installed)) {
      console.error(`${name} is not installed and left out: interop/setup.sh installs it`);
    }
    for (let number = 0; number < plan.rounds; number++) {
      await round(number, taking, outDir);
      console.error(`round ${number + 1} of ${plan.rounds}`);
    }
    const text = [
      `${plan.rounds} rounds of ${plan.milliseconds} ms each row, in fresh processes; ${plan.tools} connections in the last row.`,
      speedTable(results, rows, taking),
      'Goals:',
      goals(results, ROWS).join('\n'),
    ].join('\n\n');
    console.log(`${machine()}\n\n${text}`);
    assertComplete(taking.filter(({ name }) => OWN.includes(name)));
    const complete =
      !options.quick && !options.milliseconds && options.only.length === 0 && options.row.length === 0;
    if (complete && process.exitCode === undefined) {
      record('Speed', `${machine()}\n${peers()}\n\n${text}`);
      recordRates(`${today()}, ${machineSize()}:\n\n${shortTable(results, rows, taking)}`);
    }
  } finally {
    remove();
  }
}

/** The versions of what the peers run on. */
function peers(): string {
  const say = (command: string, ...args: string[]): string =>
    spawnSync(command, args, { encoding: 'utf8' }).stdout?.trim() ?? 'missing';
  const python = join(__dirname, '../../interop/.venv/bin/python');
  return `- ${say('go', 'version')}; ${say(python, '--version')}; secs4js 0.4.7, secsgem 0.3.0, go-secs 2.8.0`;
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
