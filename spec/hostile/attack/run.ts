import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attacks, type Attack, type VictimSettings } from './attacks.js';

const MiB = 2 ** 20;
/** What the collector may leave lying about while a process works as fast as it can. */
const ALLOWANCE = 128 * MiB;
/** The p99 of a well-behaved peer under attack: at most so many times its own in quiet, or so many milliseconds. */
const LATENCY_FACTOR = 20;
const LATENCY_MS = 150;
const EXPECTED = Array.from({ length: 5 }, (_, index) => `127.0.9.${index + 1}`);

interface Latency {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly failures: number;
}

/** The value of an option such as `--seconds 5`. */
function option(name: string, fallback: string): string {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? fallback : (process.argv[index + 1] ?? fallback);
}

const start = (name: string, ...values: (string | number)[]): ChildProcess =>
  fork(join(__dirname, `${name}.ts`), values.map(String), {
    execArgv: ['-r', 'ts-node/register/transpile-only'],
  });

/** The next message of a process; fails when that ends or says nothing. */
async function hear<Message>(child: ChildProcess, seconds = 60): Promise<Message> {
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`a process ended: ${String(code ?? signal)}`);
  });
  ended.catch(() => {});
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('a process does not answer')), seconds * 1000).unref();
  });
  const [message] = (await Promise.race([once(child, 'message'), ended, late])) as [Message];
  return message;
}

async function ask<Message>(child: ChildProcess): Promise<Message> {
  const answer = hear<Message>(child);
  child.send('tell');
  return answer;
}

const pause = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** A figure of a process in bytes: `VmRSS` is its memory now, `VmHWM` the most since {@link forgetPeak}. */
function memoryOf({ pid }: ChildProcess, figure: 'VmRSS' | 'VmHWM'): number {
  const line = new RegExp(`${figure}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
  return Number(line?.[1]) * 1024;
}

const forgetPeak = ({ pid }: ChildProcess): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');

interface Row {
  readonly cells: readonly string[];
  readonly problems: readonly string[];
}

async function attackOnce(attack: Attack, seconds: number, scale: number): Promise<Row> {
  const settings: VictimSettings = { expected: EXPECTED, ...attack.settings };
  const victim = start('victim', JSON.stringify(settings));
  const children = [victim];
  try {
    const { port } = await hear<{ port: number }>(victim);
    const bystanders = start('bystanders', port, EXPECTED.join());
    children.push(bystanders);
    await pause(1 + seconds / 4);
    await ask<Latency>(bystanders);
    await pause(Math.max(1, seconds / 2));
    const quiet = await ask<Latency>(bystanders);
    const before = memoryOf(victim, 'VmRSS');
    forgetPeak(victim);
    const attacker = start('attacker', attack.name, port, seconds, scale);
    children.push(attacker);
    const done = await hear<Record<string, number>>(attacker, seconds + 120);
    const grown = memoryOf(victim, 'VmHWM') - before;
    const loud = await ask<Latency>(bystanders);
    const told = await ask<{ closes: object; refusals: object; queueFull: number; strangers: number }>(
      victim,
    );
    return judge(attack, grown, quiet, loud, { ...done, ...told });
  } catch (error) {
    return {
      cells: [attack.name, '-', '-', '-', '-', '-', '-'],
      problems: [`${attack.name}: ${String(error)}`],
    };
  } finally {
    for (const child of children) child.kill('SIGKILL');
  }
}

function judge(attack: Attack, grown: number, quiet: Latency, loud: Latency, told: object): Row {
  const [extra, from] = attack.ceiling;
  const ceiling = ALLOWANCE + extra;
  const bound = Math.max(quiet.p99 * LATENCY_FACTOR, attack.latencyMs ?? LATENCY_MS);
  const problems: string[] = [];
  if (!(grown <= ceiling)) problems.push(`${attack.name}: memory grew by ${toMiB(grown)} MiB`);
  if (!(loud.p99 <= bound)) problems.push(`${attack.name}: p99 ${loud.p99.toFixed(1)} ms`);
  if (loud.failures > 0) problems.push(`${attack.name}: ${loud.failures} requests of others failed`);
  if (loud.count === 0) problems.push(`${attack.name}: nobody else was served`);
  console.log(`   ${attack.name}: ${JSON.stringify(told)}`);
  const cells = [
    attack.name,
    `${toMiB(ceiling)} = ${toMiB(ALLOWANCE)} + ${from}`,
    toMiB(grown),
    `${quiet.p99.toFixed(1)} / ${loud.p99.toFixed(1)}`,
    bound.toFixed(0),
    loud.max.toFixed(0),
    problems.length === 0 ? 'ok' : 'FAILED',
  ];
  return { cells, problems };
}

const toMiB = (bytes: number): string => (bytes / MiB).toFixed(0);

async function main(): Promise<void> {
  const seconds = Number(option('seconds', '8'));
  const scale = Number(option('scale', '1'));
  const only = option('only', '').toLowerCase().split(';');
  const chosen = attacks.filter(({ name }) => only.some((part) => name.toLowerCase().includes(part)));
  const isNone = (part: string): boolean => attacks.every(({ name }) => !name.toLowerCase().includes(part));
  if (!(seconds > 0) || !(scale > 0) || only.some(isNone)) {
    throw new RangeError('--seconds and --scale take numbers above 0, --only parts of names');
  }
  console.log(
    `${chosen.length} attacks of ${seconds} s, each on a fresh process with ${EXPECTED.length} well-behaved peers. ` +
      `Allowed: p99 ${LATENCY_FACTOR} x quiet or ${LATENCY_MS} ms`,
  );
  const rows: Row[] = [];
  for (const attack of chosen) rows.push(await attackOnce(attack, seconds, scale));
  const heads = [
    'attack',
    'ceiling of growth, MiB',
    'grew, MiB',
    'p99 ms quiet / attacked',
    'allowed',
    'max ms',
    '',
  ];
  for (const cells of [heads, heads.map(() => '---'), ...rows.map((row) => row.cells)]) {
    console.log(`| ${cells.join(' | ')} |`);
  }
  const problems = rows.flatMap((row) => row.problems);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

void main();
