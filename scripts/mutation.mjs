// Mutation testing: `npm run mutation -- [--room NAME]... [--file PATH]... [--again] [--report] [--break SCORE]`.
// Without a room it is all of them. `--again` runs what survived last time, `--report` runs nothing and prints that;
// `--break` fails a room whose score in per cent is lower.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { rooms } from './mutation-rooms.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}.build/mutation`;
const cli = `${root}node_modules/@stryker-mutator/core/bin/stryker.js`;

const { values: options } = parseArgs({
  options: {
    room: { type: 'string', multiple: true, default: Object.keys(rooms) },
    file: { type: 'string', multiple: true },
    again: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
    break: { type: 'string' },
    concurrency: { type: 'string', default: '1' },
  },
});

for (const room of options.room) {
  if (!Object.hasOwn(rooms, room)) {
    console.error(`there is no room ${room}: ${Object.keys(rooms).join(', ')} are`);
    process.exit(2);
  }
}
mkdirSync(folder, { recursive: true });

const KILLED = ['Killed', 'Timeout'];
const COUNTED = [...KILLED, 'Survived', 'NoCoverage'];

function readReport(room) {
  const path = `${folder}/${room}.json`;
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** The sources of a room: its patterns name one folder each, and what is left out by a leading `!`. */
function sources(patterns) {
  const expression = (pattern) =>
    new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('**/', '').replaceAll('*', '[^/]*')}$`);
  const [left, taken] = [true, false].map((out) =>
    patterns.filter((pattern) => pattern.startsWith('!') === out).map((pattern) => pattern.replace('!', '')),
  );
  return taken.flatMap((pattern) => {
    const folder = pattern.slice(0, pattern.indexOf('*')).replace(/[^/]*$/, '');
    return readdirSync(`${root}${folder}`)
      .map((name) => `${folder}${name}`)
      .filter((path) => expression(pattern).test(path) && !left.some((one) => expression(one).test(path)));
  });
}

/**
 * What is left of the last report decides what is not run again: with `--again` the mutants that were killed, with
 * `--file` those of the other files, else none.
 */
function forget(room) {
  const report = readReport(room);
  if (report === undefined) return;
  for (const [path, file] of Object.entries(report.files)) {
    const chosen = options.file?.some((name) => name.split(':')[0] === path) ?? true;
    file.mutants = file.mutants.filter(({ status }) => !chosen || (options.again && KILLED.includes(status)));
  }
  writeFileSync(`${folder}/${room}.json`, JSON.stringify(report));
}

/** The chosen files by the specs that must notice: a file with specs of its own is run with those alone. */
function portions(room) {
  const { specs, mutate, own = {} } = rooms[room];
  const files = options.file ?? (Object.keys(own).length === 0 ? undefined : sources(mutate));
  if (files === undefined) return [{ specs, mutate }];
  const bySpecs = new Map();
  for (const file of files) {
    const patterns = own[basename(file.split(':')[0], '.ts')] ?? specs;
    const key = patterns.join();
    bySpecs.set(key, { specs: patterns, mutate: [...(bySpecs.get(key)?.mutate ?? []), file] });
  }
  return [...bySpecs.values()];
}

function run(room) {
  forget(room);
  const started = performance.now();
  const statuses = portions(room).map((portion) => runPortion(room, portion));
  console.log(`${room}: ${Math.round((performance.now() - started) / 1000)} s`);
  return statuses.find((status) => status !== 0) ?? 0;
}

function runPortion(room, { specs, mutate }) {
  const setting = {
    room,
    runs: 50,
    without: '^$',
    ...rooms[room],
    specs,
    mutate,
    own: undefined,
    seed: 20261124,
    breakBelow: options.break === undefined ? null : Number(options.break),
  };
  const stryker = [cli, 'run', 'scripts/stryker.config.mjs', '--concurrency', options.concurrency];
  const { status } = spawnSync('nice', ['-n', '10', process.execPath, ...stryker], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, MUTATION_ROOM: JSON.stringify(setting) },
  });
  return status;
}

const count = (mutants, statuses) => mutants.filter(({ status }) => statuses.includes(status)).length;

function line(name, mutants) {
  const counted = count(mutants, COUNTED);
  const killed = count(mutants, KILLED);
  const score = counted === 0 ? 'n/a' : ((100 * killed) / counted).toFixed(1);
  const timeouts = count(mutants, ['Timeout']);
  const left = [counted - killed, count(mutants, ['NoCoverage'])];
  return `| ${name} | ${score} | ${counted} | ${killed - timeouts} | ${timeouts} | ${left[0] - left[1]} | ${left[1]} |`;
}

function print(room) {
  const report = readReport(room);
  if (report === undefined) return;
  console.log(`\n| ${room} | score % | mutants | killed | timed out | survived | not covered |`);
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  const files = Object.entries(report.files).sort();
  for (const [path, { mutants }] of files) console.log(line(basename(path), mutants));
  console.log(
    line(
      '**all**',
      files.flatMap(([, { mutants }]) => mutants),
    ),
  );
  console.log('');
  for (const [path, { mutants, source }] of files) {
    const lines = source.split('\n');
    for (const { status, location, mutatorName, replacement } of mutants) {
      if (!COUNTED.includes(status) || KILLED.includes(status)) continue;
      const { line: row, column } = location.start;
      console.log(`${path}:${row}:${column} ${status} ${mutatorName}`);
      console.log(`    ${lines[row - 1].trim()}\n    -> ${replacement.replace(/\s+/g, ' ').slice(0, 140)}`);
    }
  }
}

let failed = false;
for (const room of options.room) {
  const status = options.report ? 0 : run(room);
  failed ||= status !== 0;
  print(room);
}
process.exitCode = failed ? 1 : 0;
