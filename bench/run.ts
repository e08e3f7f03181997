import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { compile } from './support/compile.js';
import { machine, record } from './support/results.js';

const BENCHMARKS = [
  { file: 'framing', title: 'Framing' },
  { file: 'loopback', title: 'Packets over loopback' },
  { file: 'idle', title: 'Idle connections' },
] as const;

function main(): void {
  const { outDir, remove } = compile(__dirname);
  const library = process.env['RXSECS_BENCH_LIBRARY'] ?? join(__dirname, '../dist/cjs/index.js');
  const env = { ...process.env, RXSECS_BENCH_LIBRARY: resolve(library) };
  const only = process.argv.slice(2);
  try {
    for (const { file, title } of BENCHMARKS) {
      if (only.length > 0 && !only.includes(file)) continue;
      const { status, stdout } = spawnSync(process.execPath, ['--expose-gc', join(outDir, `${file}.js`)], {
        stdio: ['ignore', 'pipe', 'inherit'],
        encoding: 'utf8',
        env,
      });
      const text = `${machine()}\n\n${stdout.trim()}`;
      console.log(`## ${title}\n\n${text}\n`);
      if (status === 0) record(title, text);
      else process.exitCode = 1;
    }
  } finally {
    remove();
  }
}

main();
