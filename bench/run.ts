import { spawnSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { compile } from './support/compile.js';

const BENCHMARKS = [
  { file: 'framing', title: 'Framing' },
  { file: 'loopback', title: 'Loopback' },
  { file: 'idle', title: 'Idle connections' },
] as const;

function printMachine(): void {
  const processors = cpus();
  const gibibytes = (totalmem() / 2 ** 30).toFixed(0);
  console.log('# rxsecs benchmarks\n');
  console.log(`- date: ${new Date().toISOString().slice(0, 10)}`);
  console.log(
    `- machine: ${processors.length} cores (${processors[0]?.model ?? 'unknown'}), ${gibibytes} GiB`,
  );
  console.log(`- Node ${process.version} on ${process.platform} ${process.arch}`);
}

function main(): void {
  printMachine();
  const { outDir, remove } = compile(__dirname);
  const library = process.env['RXSECS_BENCH_LIBRARY'] ?? join(__dirname, '../dist/cjs/index.js');
  const env = { ...process.env, RXSECS_BENCH_LIBRARY: resolve(library) };
  const only = process.argv.slice(2);
  try {
    for (const { file, title } of BENCHMARKS) {
      if (only.length > 0 && !only.includes(file)) continue;
      console.log(`\n## ${title}\n`);
      const { status } = spawnSync(process.execPath, ['--expose-gc', join(outDir, `${file}.js`)], {
        stdio: 'inherit',
        env,
      });
      if (status !== 0) process.exitCode = 1;
    }
  } finally {
    remove();
  }
}

main();
