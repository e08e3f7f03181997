// Builds dist/esm, and from its modules dist/cjs, where the type declarations of both are; leaves alone what is built already
// from the very same files, unless --force is given. With --once, a build that is there by the time this one is done stays.
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
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reachable } from './reachable.mjs';
import {
  commonJsOf,
  declarationsOf,
  isEmpty,
  joined,
  withBodiesLater,
  withoutComments,
  squeezed,
} from './slim.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const tsc = require.resolve('typescript/bin/tsc');
const stamp = `${root}.build/dist.sha256`;

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
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
    'scripts/slim.mjs',
    'scripts/reachable.mjs',
  ];
  for (const path of [
    ...inputs.map((name) => `${root}${name}`),
    ...filesIn(`${root}src`),
    ...filesIn(`${root}dist`),
  ]) {
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
    const options = ['--outDir', `${made}/esm`, '--declarationDir', `${made}/cjs`];
    execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', ...options], {
      cwd: root,
      stdio: 'inherit',
    });
    for (const name of ['items', 'streams']) joinCatalogue(`${made}/esm/e5`, name);
    for (const path of filesIn(made)) {
      if (!path.endsWith('.d.ts')) write(made, path.slice(made.length + 1));
    }
    declare(made);
    for (const door of doors()) {
      writeFileSync(`${made}/esm/${door}.d.ts`, `export * from '${upTo('cjs', door)}.js';\n`);
    }
    for (const [folder, type] of Object.entries({ esm: 'module', cjs: 'commonjs' })) {
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

/** Makes one module of the files of a folder, which its index exports: each file more costs when the program starts. */
function joinCatalogue(e5, name) {
  const folder = `${e5}/${name}`;
  const index = readFileSync(`${folder}/${name}.js`, 'utf8');
  const files = [...index.matchAll(/from '\.\/(\S+)'/g)].map(([, file]) => file);
  writeFileSync(
    `${folder}/${name}.js`,
    joined(files.map((file) => readFileSync(`${folder}/${file}`, 'utf8'))),
  );
  for (const file of files) rmSync(`${folder}/${file}`);
  for (const path of filesIn(e5).filter((file) => file.endsWith('.js'))) {
    const text = readFileSync(path, 'utf8');
    const changed = files.reduce(
      (rest, file) => rest.replaceAll(`/${name}/${file}'`, `/${name}/${name}.js'`),
      text,
    );
    if (changed !== text) writeFileSync(path, changed);
  }
}

/**
 * Tells bundlers that a definition which nobody uses can be left out: the catalogue is calls of these functions alone. The bodies of
 * messages are made later, and need no word.
 */
function markPure(e5) {
  const calls = {
    items: /(?<=[=:(,] ?)(item|value|list|listOf|optional|maybe|arrayOf|oneOf)\(/g,
    streams: /(?<== )(message)\(/g,
  };
  for (const [part, call] of Object.entries(calls)) {
    for (const name of readdirSync(`${e5}/${part}`).filter((file) => file.endsWith('.js'))) {
      const path = `${e5}/${part}/${name}`;
      writeFileSync(path, readFileSync(path, 'utf8').replace(call, '/*@__PURE__*/ $1('));
    }
  }
}

/** Makes of a file that the compiler wrote what is shipped. Nobody imports the command line: it is there once, as it runs. */
function write(made, path) {
  const ofCommandLine = /^\w+\/cli\//.test(path);
  const text = readFileSync(`${made}/${path}`, 'utf8');
  const plain = withoutComments(text);
  const module = /^esm\/e5\/streams\//.test(path) ? withBodiesLater(plain) : plain;
  if (isEmpty(module)) return rmSync(`${made}/${path}`);
  const target = path.replace(/^esm/, 'cjs');
  const isDoor = doors().includes(path.slice('esm/'.length, -'.js'.length));
  const common = commonJsOf(module, path, isDoor);
  mkdirSync(dirname(`${made}/${target}`), { recursive: true });
  writeFileSync(`${made}/${target}`, squeezed(common));
  if (ofCommandLine) return rmSync(`${made}/${path}`);
  writeFileSync(`${made}/${path}`, module);
}

/** Leaves those of the declarations that can be reached from the entry points. */
function declare(made) {
  const all = filesIn(`${made}/cjs`).filter((path) => path.endsWith('.d.ts'));
  const texts = new Map(all.map((path) => [path.slice(made.length + 1), readFileSync(path, 'utf8')]));
  const wanted = reachable(
    texts,
    doors().map((door) => `cjs/${door}.d.ts`),
  );
  for (const path of all) rmSync(path);
  for (const [path, text] of wanted) writeFileSync(`${made}/${path}`, declarationsOf(text));
}

/** The entry points: `index`, `secs2/index` … Their declarations stand with the CommonJS files, and are those of both. */
function doors() {
  const { exports } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const files = Object.values(exports).flatMap((entry) => entry.import?.default ?? []);
  return files.map((file) => file.replace('./dist/esm/', '').replace(/\.js$/, ''));
}

const upTo = (folder, door) => `${'../'.repeat(door.split('/').length)}${folder}/${door}`;

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
