// The package as it is published: its size, the files it names, and whether an error thrown in CommonJS is shown in the ES module.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Unpacked, in bytes: a little above what was reached. Whoever needs more raises it, and says what for. */
const CEILING = 4_300_000;

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

for (const failure of failures) console.error(failure);
process.exit(failures.length === 0 ? 0 : 1);
