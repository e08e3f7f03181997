// The package as it is published: its size, the files it names, whether an error thrown in CommonJS is shown in the ES module,
// and whether its declarations compile where a program checks those of its libraries too.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Unpacked, in bytes: a little above what was reached. Raise it where more is needed, and say what for: the last 100 kB are conformance
 * runs of GEM equipment, its manual and compliance statement, and `rxsecs gem`.
 */
const CEILING = 4_700_000;

const root = fileURLToPath(new URL('..', import.meta.url));
const run = (command, args, options = {}) =>
  execFileSync(command, args, { cwd: root, encoding: 'utf8', ...options });
const failures = [];

const [{ unpackedSize, size, files }] = JSON.parse(
  run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']),
);
const bytes = {};
for (const { path, size: length } of files) {
  const kind = /\.(d\.ts|js\.map|js|ts|md|json|cjs)$/.exec(path)?.[1] ?? 'other';
  const group = `${/^dist\/\w+|^\w+(?=\/)/.exec(path)?.[0] ?? '.'} ${kind}`;
  bytes[group] = (bytes[group] ?? 0) + length;
}
for (const [group, length] of Object.entries(bytes).sort((a, b) => b[1] - a[1])) {
  console.log(`${String(Math.round(length / 1000)).padStart(6)} kB  ${group}`);
}
console.log(`${unpackedSize} bytes unpacked, ${CEILING} allowed; ${size} packed; ${files.length} files`);
if (unpackedSize > CEILING) failures.push(`the package is ${unpackedSize} bytes unpacked`);

const carried = new Set(files.map(({ path }) => path));
for (const path of carried) {
  const [, map] = /\n\/\/# sourceMappingURL=(.*)/.exec(readFileSync(`${root}${path}`, 'utf8')) ?? [];
  const missing = map !== undefined && !carried.has(`${path.slice(0, path.lastIndexOf('/') + 1)}${map}`);
  if (missing) failures.push(`${path} has no map`);
}

const thrown = run(process.execPath, [
  '--enable-source-maps',
  '-e',
  "try { new (require('./dist/cjs').HsmsActiveConnection)(5, 5, 5) } catch (error) { console.log(error.stack) }",
]);
const shown = [...thrown.matchAll(/at (\S+) .*?(dist\/esm\/\S+?\.js):(\d+)/g)];
if (shown.length === 0) failures.push(`an error in CommonJS is not shown in the ES module:\n${thrown}`);
for (const [, name, file, line] of shown) {
  const text = existsSync(`${root}${file}`)
    ? readFileSync(`${root}${file}`, 'utf8').split('\n')[line - 1]
    : '';
  if (!text) failures.push(`${name}: ${file}:${line} is not there`);
  else console.log(`${file}:${line}: ${text.trim()}`);
}

/** Unpacks the package below this folder, where it finds the libraries it needs, and has a program import all of it. */
function declarationErrors() {
  mkdirSync(`${root}.build`, { recursive: true });
  const folder = mkdtempSync(`${root}.build/package-`);
  try {
    const [{ filename, name }] = JSON.parse(
      run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]),
    );
    const installed = `${folder}/node_modules/${name}`;
    mkdirSync(installed, { recursive: true });
    run('tar', ['-xzf', `${folder}/${filename}`, '-C', installed, '--strip-components=1']);
    const { exports } = JSON.parse(readFileSync(`${installed}/package.json`, 'utf8'));
    const doors = Object.keys(exports).filter((door) => typeof exports[door] === 'object');
    const text = doors.map((door, index) => `import * as door${index} from '${name}${door.slice(1)}';\n`);
    // Without it the name of the package means the sources.
    writeFileSync(`${folder}/package.json`, '{}');
    const files = ['program.mts', 'program.cts'];
    for (const file of files) writeFileSync(`${folder}/${file}`, text.join(''));
    const strict = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true };
    const compilerOptions = { ...strict, target: 'es2022', module: 'nodenext', types: ['node'] };
    writeFileSync(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions, files }));
    const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
    run(process.execPath, [tsc, '-p', folder]);
    return [];
  } catch (error) {
    return [`the declarations do not compile with skipLibCheck false:\n${error.stdout ?? error.message}`];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

failures.push(...declarationErrors());

for (const failure of failures) console.error(failure);
process.exit(failures.length === 0 ? 0 : 1);
