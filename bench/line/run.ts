import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Side, type Program } from '../speed/side.js';
import { compile } from '../support/compile.js';
import { machine, record } from '../support/results.js';
import { median, print, printRounds, table } from '../support/statistics.js';
import type { Done } from './answer.js';

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, milliseconds: { type: 'string', default: '1000' } },
});
const [rounds, milliseconds] = [Number(options.rounds), Number(options.milliseconds)];
const WARM_UP = milliseconds / 2;
const LIMIT_SECONDS = 60;

/** A block of E4 carries 244 bytes. */
const BULK_BYTES = 100_000;
const BULK_BLOCKS = Math.ceil((BULK_BYTES + 14) / 244) + 1;

/** B-84: single-block messages a second on the line in memory. */
const GOAL = 20_000;

interface Row {
  readonly title: string;
  readonly unit: string;
  readonly question: 'trips' | 'bulk' | 'memory';
  readonly values: readonly number[];
  /** How many of the unit each thing done counts for. */
  readonly each: number;
}

const ROWS: readonly Row[] = [
  {
    ...{ title: 'single-block messages on a line in memory, one way', unit: 'messages/s' },
    ...{ question: 'memory', values: [], each: 1 },
  },
  {
    ...{ title: 'S1F1 → S1F2 over loopback TCP, 1 in flight', unit: 'trips/s' },
    ...{ question: 'trips', values: [], each: 1 },
  },
  {
    ...{ title: `S7F3 of ${print(BULK_BYTES)} bytes → S7F4 over loopback TCP`, unit: 'blocks/s' },
    ...{ question: 'bulk', values: [BULK_BYTES], each: BULK_BLOCKS },
  },
];

interface Contestant {
  readonly name: string;
  readonly program: (role: string, port: number) => Program;
  readonly hasMemory: boolean;
}

function contestants(compiled: string): readonly Contestant[] {
  const library = resolve(process.env['RXSECS_BENCH_LIBRARY'] ?? join(__dirname, '../../dist/cjs/index.js'));
  const goSecs = join(__dirname, '../../interop/.build/go-secs-line-speed');
  const node = (file: string, ...more: string[]): Contestant['program'] => {
    return (role, port) => ({
      command: process.execPath,
      args: [join(compiled, 'line', file), role, String(port), ...more],
    });
  };
  const all = [
    { name: 'floor', program: node('floor.js'), hasMemory: true },
    { name: 'rxsecs', program: node('rxsecs.js', library), hasMemory: true },
    {
      name: 'go-secs 2.8',
      program: (role: string, port: number) => ({ command: goSecs, args: [role, String(port)] }),
      hasMemory: false,
    },
  ];
  if (existsSync(goSecs)) return all;
  console.error('go-secs is not installed and left out: interop/setup.sh installs it');
  return all.slice(0, -1);
}

/** What one round gave: a rate, and the CPU time of both sides for each of the unit, in microseconds. */
interface Sample {
  readonly rate: number;
  readonly cpu: number;
}

/** By row and contestant, one a round. */
const results = new Map<string, Sample[]>();
const keyOf = (row: Row, name: string): string => `${row.title} ${name}`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

/** A row of a contestant in fresh processes. */
async function measure(row: Row, one: Contestant): Promise<void> {
  const port = await freePort();
  const sides = (['equipment', 'host'] as const).map(
    (role) => new Side(one.program(role, port), process.env),
  );
  const [equipment, host] = sides as [Side, Side];
  try {
    if (row.question !== 'memory') {
      await equipment.ask('up', [], LIMIT_SECONDS);
      await host.ask('up', [], LIMIT_SECONDS);
    }
    await host.ask(row.question, [WARM_UP, ...row.values], LIMIT_SECONDS);
    const before = host.cpu() + equipment.cpu();
    const done = await host.ask<Done>(row.question, [milliseconds, ...row.values], LIMIT_SECONDS);
    const count = done.count * row.each;
    const sample = { rate: count / done.seconds, cpu: (host.cpu() + equipment.cpu() - before) / count };
    results.set(keyOf(row, one.name), [...(results.get(keyOf(row, one.name)) ?? []), sample]);
  } catch (error) {
    const { complaint } = host;
    throw new Error(`${one.name}, ${row.title}: ${(error as Error).message} ${complaint}`, { cause: error });
  } finally {
    await Promise.all(sides.map((side) => side.end()));
  }
}

function report(all: readonly Contestant[]): string {
  const lines = ROWS.flatMap((row) => {
    const floor = results.get(keyOf(row, 'floor')) ?? [];
    return all.flatMap(({ name }) => {
      const samples = results.get(keyOf(row, name));
      if (samples === undefined) return [];
      const ratio = median(samples.map(({ rate }, round) => rate / (floor[round]?.rate ?? NaN)));
      const rates = `${printRounds(samples.map(({ rate }) => rate))} ${row.unit}`;
      return [[row.title, name, rates, ratio.toFixed(2), print(median(samples.map(({ cpu }) => cpu)))]];
    });
  });
  const [memory] = ROWS as [Row];
  const reached = median((results.get(keyOf(memory, 'rxsecs')) ?? []).map(({ rate }) => rate));
  return [
    `${rounds} rounds of ${milliseconds} ms each row, in fresh processes; the contestants take turns.`,
    table(
      ['row', 'contestant', 'rate: median [least – greatest]', 'to the floor', 'CPU of both sides (µs each)'],
      lines,
    ),
    `Goal: ${print(GOAL)} single-block messages a second in memory; ${reached >= GOAL ? 'reached' : 'missed'}, ${print(reached)}.`,
  ].join('\n\n');
}

async function main(): Promise<void> {
  const { outDir, remove } = compile(join(__dirname, '..'));
  try {
    const all = contestants(outDir);
    for (let round = 0; round < rounds; round++) {
      for (const row of ROWS) {
        const taking = all.filter(({ hasMemory }) => hasMemory || row.question !== 'memory');
        const first = round % taking.length;
        for (const one of [...taking.slice(first), ...taking.slice(0, first)]) await measure(row, one);
      }
      console.error(`round ${round + 1} of ${rounds}`);
    }
    const text = report(all);
    console.log(`${machine()}\n\n${text}`);
    // A short run shows that the rows come out, not how fast.
    if (rounds >= 7 && milliseconds >= 1000) record('SECS-I', `${machine()}\n- go-secs 2.8.0\n\n${text}`);
  } finally {
    remove();
  }
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
