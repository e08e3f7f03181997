// Builds dist/esm and dist/cjs from the same sources, each with its own type declarations. With --once, a build that is
// there by the time this one is done stays.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

const formats = [
  { type: 'module', folder: 'esm', options: [] },
  {
    type: 'commonjs',
    folder: 'cjs',
    options: ['--module', 'commonjs', '--verbatimModuleSyntax', 'false'],
  },
];

// Built aside, then put in place: whoever runs the build meanwhile finds the old one or the new one.
const made = mkdtempSync(`${root}.dist-`);
try {
  for (const { type, folder, options } of formats) {
    execFileSync(
      process.execPath,
      [tsc, '-p', 'tsconfig.build.json', '--outDir', `${made}/${folder}`, ...options],
      {
        cwd: root,
        stdio: 'inherit',
      },
    );
    writeFileSync(`${made}/${folder}/package.json`, `${JSON.stringify({ type })}\n`);
  }
  chmodSync(made, 0o755);
  putInPlace();
} finally {
  rmSync(made, { recursive: true, force: true });
}

/** Another build may be putting its own in place at the same time, which somebody may be loading already. */
function putInPlace(attempts = 10) {
  if (!process.argv.includes('--once')) rmSync(`${root}dist`, { recursive: true, force: true });
  try {
    renameSync(made, `${root}dist`);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error;
    if (process.argv.includes('--once')) return;
    if (attempts === 0) throw error;
    putInPlace(attempts - 1);
  }
}
