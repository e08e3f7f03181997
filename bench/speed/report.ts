import { median, print, printRounds, table } from '../support/statistics.js';
import { takesPart, type Contestant } from './contestants.js';
import type { Row, Sample } from './rows.js';

/** What one contestant achieved in one row: its samples, or why there are none. */
export interface Result {
  readonly row: Row;
  readonly name: string;
  readonly samples: Sample[];
  failure?: string;
}

/** Finds results by row and contestant. */
export class Results {
  readonly #results: Result[] = [];

  of(row: Row, name: string): Result {
    let result = this.#results.find((one) => one.row === row && one.name === name);
    if (result === undefined) {
      result = { row, name, samples: [] };
      this.#results.push(result);
    }
    return result;
  }

  /** How many times the rate of `other` that of `name` is: the median over rounds, each round's ratio on its own. */
  ratio(row: Row, name: string, other: string): number {
    const theirs = this.of(row, other).samples;
    return median(
      this.of(row, name).samples.flatMap(({ rate }, round) => {
        const their = theirs[round]?.rate;
        return their === undefined ? [] : [rate / their];
      }),
    );
  }
}

const HEAD = [
  'row',
  'contestant',
  'rate: median [least – greatest]',
  'to the floor',
  'p50 / p99 (µs)',
  'CPU: host / equipment (µs each)',
  'memory: host / equipment',
  'selected after; slowest tool, slowest 1 %',
];

/** The one table. */
export function speedTable(results: Results, rows: readonly Row[], taking: readonly Contestant[]): string {
  return table(
    HEAD,
    rows.flatMap((row) =>
      taking.filter((one) => takesPart(one, row)).map(({ name }) => line(results, row, name)),
    ),
  );
}

function line(results: Results, row: Row, name: string): string[] {
  const { samples, failure } = results.of(row, name);
  if (samples.length === 0 || failure !== undefined) {
    return [row.title, name, failure ?? 'not measured', '-', '-', '-', '-', '-'];
  }
  const of = (figure: keyof Sample): number => median(samples.map((sample) => sample[figure] ?? NaN));
  const both = (a: number, b: number, show: (value: number) => string): string =>
    Number.isNaN(a) ? '-' : `${show(a)} / ${show(b)}`;
  const bytes = row.tools === 'many' ? kibibytes : mebibytes;
  return [
    row.title,
    name,
    `${printRounds(samples.map(({ rate }) => rate))} ${row.unit}`,
    name === 'floor' ? '1' : results.ratio(row, name, 'floor').toFixed(2),
    both(of('p50'), of('p99'), print),
    both(of('hostCpu'), of('equipmentCpu'), print),
    both(of('hostMemory'), of('equipmentMemory'), bytes),
    row.tools === 'many' ? selection(of('selectSeconds'), of('slowest'), of('slowestHundredth')) : '-',
  ];
}

function selection(seconds: number, slowest: number, slowestHundredth: number): string {
  const selected = `${print(seconds)} s`;
  return Number.isNaN(slowest)
    ? selected
    : `${selected}; ${slowest.toFixed(2)}, ${slowestHundredth.toFixed(2)} of the median`;
}

/** The rates alone, a line for each row: for those who want one look. */
export function shortTable(results: Results, rows: readonly Row[], taking: readonly Contestant[]): string {
  const others = taking
    .filter(({ row, name }) => row === undefined && name !== 'rxsecs' && name !== 'floor')
    .map(({ name }) => name);
  const rate = (row: Row, name: string): string => {
    const { samples, failure } = results.of(row, name);
    return samples.length === 0 || failure !== undefined
      ? 'not able to'
      : print(median(samples.map((sample) => sample.rate)));
  };
  return table(
    ['median rate', 'rxsecs', 'to the floor', ...others],
    rows.map((row) => [
      `${row.title} (${row.unit})`,
      `**${rate(row, 'rxsecs')}**`,
      results.ratio(row, 'rxsecs', 'floor').toFixed(2),
      ...others.map((name) => rate(row, name)),
    ]),
  );
}

const kibibytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KiB a connection`;
const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB peak`;

/** What is aimed at, and whether it was met. */
export function goals(results: Results, rows: readonly Row[]): string[] {
  const lines: string[] = [];
  const [one, many, events, programs, connections, connecting] = rows;
  const check = (row: Row | undefined, other: string, least: number, name = 'rxsecs'): void => {
    if (row === undefined) return;
    const ratio = results.ratio(row, name, other);
    const verdict = ratio >= least ? '**met**' : '**missed**';
    const figure = Number.isNaN(ratio)
      ? `${other} has no figure to compare with`
      : `${ratio.toFixed(2)}, ${verdict}`;
    lines.push(`- ${row.title}: ${name} at least ${least} times ${other}: ${figure}`);
  };
  check(one, 'go-secs 2.8', 1);
  check(one, 'floor', 3, 'rxsecs, busyPoll 0.0002');
  check(many, 'floor', 0.9);
  if (many !== undefined) lines.push(slowestTrips(results, many));
  check(events, 'floor', 0.75);
  check(events, 'floor', 0.95, 'rxsecs, compiled');
  check(programs, 'floor', 0.7);
  check(connections, 'floor', 0.65);
  check(connecting, 'floor', 0.5);
  for (const row of [many, events, programs, connections]) {
    check(row, 'secs4js 0.4', 4);
    check(row, 'go-secs 2.8', 1);
  }
  return lines;
}

/** What a hundredth of the trips take longer than. */
function slowestTrips(results: Results, row: Row): string {
  const p99 = (name: string): number =>
    median(results.of(row, name).samples.map((sample) => sample.p99 ?? NaN));
  const ratio = p99('rxsecs') / p99('floor');
  const verdict = ratio <= 1.2 ? '**met**' : '**missed**';
  return `- ${row.title}: p99 of rxsecs at most 1.2 times floor: ${ratio.toFixed(2)}, ${verdict}`;
}
