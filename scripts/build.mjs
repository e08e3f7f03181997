// Builds dist/esm and dist/cjs from the same sources, each with its own type declarations; leaves alone what is built
// already from the very same files, unless --force is given.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const tsc = require.resolve('typescript/bin/tsc');
const stamp = `${root}.build/dist.sha256`;

const formats = [
  { type: 'module', outDir: 'dist/esm', options: [] },
  {
    type: 'commonjs',
    outDir: 'dist/cjs',
    // The first one has checked the types.
    options: ['--module', 'commonjs', '--verbatimModuleSyntax', 'false', '--noCheck'],
  },
];

const filesIn = (folder) =>
  readdirSync(`${root}${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`)
    .sort();

/** A digest of all that goes in, and of all that came out. */
function digest() {
  const hash = createHash('sha256').update(require('typescript').version);
  const inputs = [
    'tsconfig.json',
    'tsconfig.build.json',
    'package.json',
    'package-lock.json',
    'scripts/build.mjs',
  ];
  for (const path of [...inputs.map((name) => `${root}${name}`), ...filesIn('src'), ...filesIn('dist')]) {
    hash.update(`\0${path}\0`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

function isBuilt() {
  if (process.argv.includes('--force') || !existsSync(stamp) || !existsSync(`${root}dist`)) return false;
  return readFileSync(stamp, 'utf8') === digest();
}

function build() {
  rmSync(stamp, { force: true });
  rmSync(`${root}dist`, { recursive: true, force: true });
  for (const { type, outDir, options } of formats) {
    execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', outDir, ...options], {
      cwd: root,
      stdio: 'inherit',
    });
    writeFileSync(`${root}${outDir}/package.json`, `${JSON.stringify({ type })}\n`);
  }
  mkdirSync(`${root}.build`, { recursive: true });
  writeFileSync(stamp, digest());
}

if (!isBuilt()) build();
