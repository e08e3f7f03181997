// Every TypeScript block of README, of docs/*.md and of the doc comments: compiled in strict mode against the package as it is
// published. Those of the pages are then run against a real peer. `--page README.md` checks one file, `--page src` the doc
// comments; `--types` only compiles.
import { execFileSync, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { blocksOf, examplesOf, modulesOf, pages, sources } from './docs/blocks.mjs';
import { given } from './docs/given.mjs';
import { peersOf } from './docs/peers.mjs';
import { runBlock } from './docs/run-block.mjs';
import { withoutExample } from './docs/without-example.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const page = process.argv.includes('--page') ? process.argv[process.argv.indexOf('--page') + 1] : '';
const SIDE_BY_SIDE = 4;

/** A program that makes both ends itself, or none, has no need of a peer. */
const LISTENS = /new Hsms(Passive|MultiPassive)\w+\(/;
const ON_A_LINE = /new Secs1Connection\(serialLine\(/;
const CONNECTS = /new HsmsActiveConnection\(/;
/** Tests are compiled, and run with the examples of the test kit. */
const IS_TEST = /^test\(|from 'vitest'|from '@jest\/globals'|rxsecs\/testing\/jest/m;
/** An example of a doc comment shows one class: its other end may be a serial port or a tool. */
const IN_SOURCE = /^src\//;
/** A connection says once why it cannot connect, where nobody listens to notices. */
const NOT_UP = /cannot connect to 127\.0\.0\.1|Nothing listens there|ECONNREFUSED/;

/** What the block for Vitest uses of it: it is not installed here. */
const VITEST = `declare module 'vitest' {
  interface Matchers<T = any> { readonly of?: T }
  export const expect: { extend(matchers: object): void };
}
`;

const helps = new Map();
const folder = mkdtempSync(join(tmpdir(), 'rxsecs-docs-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

installPackage();
const modules = collect();
const failures = [...compile(modules), ...consoleCommands(), ...missingExamples()];
if (failures.length === 0 && !process.argv.includes('--types')) failures.push(...(await runAll(modules)));
for (const failure of failures) console.error(`\n${failure}`);
console.log(`docs: ${modules.length} blocks, ${failures.length} failures`);
process.exit(failures.length === 0 ? 0 : 1);

/** The package from its tarball, and beside it what a project has besides. */
function installPackage() {
  const tarball = execFileSync(
    'npm',
    ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder],
    {
      cwd: root,
      encoding: 'utf8',
    },
  ).trim();
  mkdirSync(`${folder}/node_modules/@types`, { recursive: true });
  execFileSync('tar', ['xzf', tarball], { cwd: folder });
  cpSync(`${folder}/package`, `${folder}/node_modules/rxsecs`, { recursive: true });
  const others = [
    'rxjs',
    'tslib',
    'pino',
    'serialport',
    '@serialport',
    'iconv-lite',
    'safer-buffer',
    'commander',
    '@opentelemetry',
    'jest',
    'expect',
    '@jest',
  ];
  for (const name of [...others, '@types/node', '@types/jest', 'undici-types']) {
    if (existsSync(`${root}node_modules/${name}`)) {
      symlinkSync(`${root}node_modules/${name}`, `${folder}/node_modules/${name}`);
    }
  }
  writeFileSync(`${folder}/package.json`, JSON.stringify({ name: 'reader', private: true, type: 'module' }));
}

function isWanted({ name }) {
  return page.split(',').some((start) => name.startsWith(start));
}

function collect() {
  const all = [
    ...pages(root)
      .filter(isWanted)
      .flatMap(({ name, text }) => modulesOf(blocksOf(name, text), given)),
    ...sources(root)
      .filter(isWanted)
      .flatMap(({ name, text }) => modulesOf(examplesOf(name, text), given)),
  ];
  return all.map((module, index) => ({ ...module, file: `block-${index}` }));
}

/** Compiles all blocks at once, as modules of a project that uses the package. */
function compile(all) {
  for (const { file, code } of all) {
    const end = IS_TEST.test(code) ? '' : "process.send?.('reached');\n";
    writeFileSync(`${folder}/${file}.ts`, `${code}${end}`);
  }
  writeFileSync(`${folder}/vitest.d.ts`, VITEST);
  const options = {
    target: 'es2022',
    module: 'nodenext',
    lib: ['es2023', 'esnext.disposable'],
    strict: true,
    skipLibCheck: true,
    types: ['node', 'jest'],
    outDir: 'built',
    rootDir: '.',
  };
  writeFileSync(
    `${folder}/tsconfig.json`,
    JSON.stringify({ compilerOptions: options, include: ['block-*.ts', 'vitest.d.ts'] }),
  );
  try {
    execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', '.'], {
      cwd: folder,
      encoding: 'utf8',
    });
    return [];
  } catch ({ stdout }) {
    const nameOf = (file) => all.find((module) => module.file === file)?.name;
    return [stdout.replace(/^(block-\d+)\.ts/gm, (_, file) => `${nameOf(file)} (${file}.ts)`)];
  }
}

/** An export of the package without an example in the API reference. */
function missingExamples() {
  if (!isWanted({ name: 'src' })) return [];
  const { exports } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const built = Object.values(exports).flatMap((entry) => entry.import?.default ?? []);
  return withoutExample(
    root,
    built.map((file) => file.replace('./dist/esm/', 'src/').replace(/\.js$/, '.ts')),
  );
}

/** The commands that the console blocks of the pages show: `rxsecs COMMAND --option` must be there. */
function consoleCommands() {
  const ofPages = pages(root).filter(isWanted);
  return ofPages.flatMap(({ name, text }) =>
    blocksOf(name, text)
      .filter(({ language }) => ['console', 'sh'].includes(language))
      .flatMap((block) => block.code.split('\n').flatMap((line) => commandIn(line, block.name))),
  );
}

function commandIn(line, where) {
  const [, words] = /^(?:\$ )?(?:[^#]*(?:\||&&|;) )?(?:npx )?rxsecs ([a-z].*)$/.exec(line) ?? [];
  if (words === undefined) return [];
  const [, command, rest] = /^(gem \w+|\w+)(.*)$/.exec(words);
  const help = helpOf(command);
  if (!help.includes(`rxsecs ${command}`)) return [`${where}: there is no command as in: ${line}`];
  const ofCommand = rest.replace(/'[^']*'|"[^"]*"/g, '').replace(/\s[#;|>&][^]*/, '');
  const options = ofCommand.match(/(?<=\s)--?[a-zA-Z][\w-]*/g) ?? [];
  return options
    .filter((option) => !new RegExp(`(^|[\\s,])${option}\\b`, 'm').test(help))
    .map((option) => `${where}: ${command} has no option ${option}: ${line}`);
}

function helpOf(command) {
  if (!helps.has(command)) {
    const args = [`${root}bin/rxsecs.cjs`, ...command.split(' '), '--help'];
    helps.set(command, spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout);
  }
  return helps.get(command);
}

async function runAll(all) {
  const peers = peersOf(folder);
  const programs = all.filter(({ code, name }) => !IS_TEST.test(code) && !IN_SOURCE.test(name));
  const runs = programs.map((module) => ({ ...module, peer: peerOf(module) }));
  const first = runs.find(({ name }) => name.startsWith('README.md'));
  if (first !== undefined)
    runs.push({ ...first, file: first.file, peer: 'none', name: `${first.name} (no peer)` });
  const found = [];
  const queue = [...runs];
  const work = async () => {
    for (let run = queue.shift(); run !== undefined; run = queue.shift())
      found.push(...(await runOne(run, peers)));
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return found;
}

/** No serial port is there: the line is TCP in its place. */
function onTcp(code, port) {
  return code
    .replace(/\bserialLine\('[^']+', \{[^}]*\}\)/g, `dialLine('127.0.0.1', ${port})`)
    .replace(/\bserialLine(?=[ ,])/g, 'dialLine');
}

function peerOf({ code }) {
  if (ON_A_LINE.test(code)) return 'line';
  if (LISTENS.test(code) === CONNECTS.test(code) || code.includes('rxsecs/testing')) return 'none';
  return LISTENS.test(code) ? 'host' : 'equipment';
}

async function runOne(run, peers) {
  const port = await freePort();
  const code = readFileSync(`${folder}/built/${run.file}.js`, 'utf8');
  const file = `${folder}/built/${run.file}-${run.peer}.js`;
  const cwd = mkdtempSync(`${folder}/run-`);
  // The places of the docs are those of this run.
  const placed = onTcp(code, port)
    .replace(/10\.\d+\.\d+\.\d+/g, '127.0.0.1')
    .replace(/\b5000\b/g, String(port))
    .replace(/\b9464\b/g, String(await freePort()))
    .replaceAll('/var/lib', cwd);
  writeFileSync(file, placed);
  const peer = run.peer === 'none' ? undefined : await peers[run.peer](port);
  const iterates = /for await/.test(run.code) || run.name.endsWith('(no peer)');
  const noise = run.name.endsWith('(no peer)') ? NOT_UP : undefined;
  const { wrong, stdout } = await runBlock(file, { cwd, iterates, noise });
  await peer?.dispose();
  if (run.prints !== undefined && stdout !== run.prints)
    wrong.push(`printed:\n${stdout}instead of:\n${run.prints}`);
  if (wrong.length === 0) console.log(`${run.name}: runs${run.peer === 'none' ? '' : `, with ${run.peer}`}`);
  return wrong.map((what) => `${run.name}: ${what}`);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
