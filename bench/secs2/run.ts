import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

type Figures = Record<string, number>;

const folder = __dirname;

function measureNode(library: string): Figures {
  const output = execFileSync(process.execPath, [join(folder, 'rows.mjs'), library], {
    encoding: 'utf8',
    cwd: folder,
  });
  return JSON.parse(output) as Figures;
}

/** Medians of the rounds that `go test` runs. */
function measureGo(): Figures {
  const args = ['test', '-run', '^$', '-bench', '.', '-count', '7', '-benchtime', '60ms', '.'];
  const output = execFileSync('go', args, { encoding: 'utf8', cwd: join(folder, '../../interop/secs2/go') });
  const rounds = new Map<string, number[]>();
  for (const [, name = '', time] of output.matchAll(/^Benchmark(\S+?)(?:-\d+)?\s+\d+\s+([\d.]+) ns\/op/gm)) {
    rounds.set(name, [...(rounds.get(name) ?? []), Number(time)]);
  }
  return Object.fromEntries(
    [...rounds].map(([name, times]) => [name, times.sort((a, b) => a - b)[times.length >> 1] ?? NaN]),
  );
}

const ns = (value: number | undefined): string =>
  value === undefined ? '' : value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
const times = (a: number | undefined, b: number | undefined): string =>
  a === undefined || b === undefined ? '' : `${(a / b).toFixed(1)}x`;

if (!existsSync(join(folder, 'secs4js/node_modules'))) {
  const npm = ['install', '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund'];
  execFileSync('npm', npm, { cwd: join(folder, 'secs4js'), stdio: 'inherit' });
}
const ours = measureNode('rxsecs');
const secs4js = measureNode('secs4js');
const go = measureGo();

console.log(
  `Node ${process.version}, ${execFileSync('go', ['version'], { encoding: 'utf8' }).trim()}, ${cpus()[0]?.model}`,
);
console.log('ns an operation, medians\n');
const header = [
  'row',
  'rxsecs',
  'secs4js',
  'secs4js/rxsecs',
  'go-secs',
  'rxsecs/go-secs',
  'floor',
  'rxsecs/floor',
];
const table = [header];
for (const [name, value] of Object.entries(ours)) {
  if (name.startsWith('Floor/')) continue;
  const [row, operation = ''] = name.split('/');
  const floor = /^(encode|decode\+read)$/.test(operation) ? ours[`Floor/${row}`] : undefined;
  table.push([
    name,
    ns(value),
    ns(secs4js[name]),
    times(secs4js[name], value),
    ns(go[name]),
    times(value, go[name]),
    ns(floor),
    times(value, floor),
  ]);
}
const widths = header.map((_, column) => Math.max(...table.map((cells) => (cells[column] ?? '').length)));
for (const cells of table)
  console.log(
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  '),
  );
