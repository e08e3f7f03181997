// Builds dist/esm and dist/cjs from the same sources, each with its own type declarations.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

const formats = [
  { type: 'module', outDir: 'dist/esm', options: [] },
  {
    type: 'commonjs',
    outDir: 'dist/cjs',
    options: ['--module', 'commonjs', '--verbatimModuleSyntax', 'false'],
  },
];

rmSync(`${root}dist`, { recursive: true, force: true });
for (const { type, outDir, options } of formats) {
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', outDir, ...options], {
    cwd: root,
    stdio: 'inherit',
  });
  writeFileSync(`${root}${outDir}/package.json`, `${JSON.stringify({ type })}\n`);
}
