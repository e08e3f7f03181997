// Builds dist/esm and dist/cjs from the same sources, each with its own type declarations; leaves alone what is built
// already from the very same files, unless --force is given. With --once, a build that is there by the time this one is
// done stays.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const tsc = require.resolve('typescript/bin/tsc');
const stamp = `${root}.build/dist.sha256`;

const formats = [
  { type: 'module', folder: 'esm', options: [] },
  {
    type: 'commonjs',
    folder: 'cjs',
    // The first one has checked the types, and its maps lead to the sources: once is enough.
    options: ['--module', 'commonjs', '--verbatimModuleSyntax', 'false', '--noCheck', '--sourceMap', 'false'],
  },
];

const filesIn = (folder) =>
  readdirSync(`${root}${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, path, name }) => `${parentPath ?? path}/${name}`)
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

/** Builds aside, then puts in place: whoever runs the build meanwhile finds the old one or the new one. */
function build() {
  const made = mkdtempSync(`${root}.dist-`);
  try {
    for (const { type, folder, options } of formats) {
      execFileSync(
        process.execPath,
        [tsc, '-p', 'tsconfig.build.json', '--outDir', `${made}/${folder}`, ...options],
        { cwd: root, stdio: 'inherit' },
      );
      writeFileSync(`${made}/${folder}/package.json`, `${JSON.stringify({ type })}\n`);
    }
    markPure(`${made}/esm/e5`);
    chmodSync(made, 0o755);
    putInPlace(made);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  mkdirSync(`${root}.build`, { recursive: true });
  writeFileSync(stamp, digest());
}

/** Tells bundlers that a definition which nobody uses can be left out: the catalogue is calls of these functions alone. */
function markPure(folder) {
  for (const part of ['items', 'streams']) {
    for (const name of readdirSync(`${folder}/${part}`).filter((file) => file.endsWith('.js'))) {
      const path = `${folder}/${part}/${name}`;
      const calls = /(?<=[=:(,] ?)(item|value|message|list|listOf|optional|maybe|arrayOf|oneOf)\(/g;
      writeFileSync(path, readFileSync(path, 'utf8').replace(calls, '/* @__PURE__ */ $1('));
    }
  }
}

/** Another build may be putting its own in place at the same time, which somebody may be loading already. */
function putInPlace(made, attempts = 10) {
  if (!process.argv.includes('--once')) rmSync(`${root}dist`, { recursive: true, force: true });
  try {
    renameSync(made, `${root}dist`);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error;
    if (process.argv.includes('--once')) return;
    if (attempts === 0) throw error;
    putInPlace(made, attempts - 1);
  }
}

if (!isBuilt()) build();
