// What loading the catalogue costs a program that has loaded rxsecs/secs2 already. Needs the build. `npm run bench:e5`.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const dist = join(__dirname, '../../dist');
const ROUNDS = 15;

interface Cost {
  readonly wall: number;
  readonly processor: number;
}

const timed = (before: string, load: string): string => `
  ${before};
  const cpu = process.cpuUsage(), start = process.hrtime.bigint();
  ${load};
  const { user, system } = process.cpuUsage(cpu);
  console.log(JSON.stringify({ wall: Number(process.hrtime.bigint() - start) / 1e6, processor: (user + system) / 1e3 }));`;
const required = (room: string): string => `require(${JSON.stringify(join(dist, 'cjs', room, 'index.js'))})`;
const imported = (room: string): string =>
  `await import(${JSON.stringify(pathToFileURL(join(dist, 'esm', room, 'index.js')).href)})`;

const programs: Readonly<Record<string, readonly string[]>> = {
  'CommonJS, rxsecs/secs2': ['-e', timed('', required('secs2'))],
  'CommonJS, rxsecs/e5 behind it': ['-e', timed(required('secs2'), required('e5'))],
  'ES modules, rxsecs/secs2': ['--input-type=module', '-e', timed('', imported('secs2'))],
  'ES modules, rxsecs/e5 behind it': ['--input-type=module', '-e', timed(imported('secs2'), imported('e5'))],
};

/** Prints what each takes in a process of its own: milliseconds, and those of the processor, all threads together. */
export function showLoading(): void {
  const found = new Map<string, Cost[]>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, args] of Object.entries(programs)) {
      const cost = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Cost;
      found.set(name, [...(found.get(name) ?? []), cost]);
    }
  }
  console.log('loading, medians (least)');
  for (const [name, costs] of found) {
    const text = (of: readonly number[]): string => {
      const sorted = [...of].sort((a, b) => a - b);
      return `${(sorted[sorted.length >> 1] ?? NaN).toFixed(1)} (${(sorted[0] ?? NaN).toFixed(1)})`;
    };
    const wall = text(costs.map((cost) => cost.wall));
    console.log(
      `  ${name.padEnd(36)} ${wall.padStart(16)} ms, of the processor ${text(costs.map((cost) => cost.processor))} ms`,
    );
  }
}
