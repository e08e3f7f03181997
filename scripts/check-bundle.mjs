// What a program that bundles carries of the catalogue of E5: of one message, of each further one, and of all.
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';

/** In bytes, minified: a little above what was reached. */
const CEILINGS = {
  /** Of src/e5, for one message: what builds and reads any message, its checks and its errors. */
  one: 29_000,
  /** For each further message with its data items, on average. */
  further: 500,
  /** For all of them. */
  all: 195_000,
};

/** Bundles a program, and gives the bytes that each part of the package, and iconv-lite, has in it. */
function measure(program) {
  const { metafile, outputFiles } = buildSync({
    stdin: { contents: program, resolveDir: process.cwd() },
    alias: { 'rxsecs/e5': './dist/esm/e5/index.js' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    write: false,
    metafile: true,
  });
  const bytes = { e5: 0, secs2: 0, 'iconv-lite': 0, others: 0 };
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const [, room] = /dist\/esm\/(e5|secs2)\//.exec(path) ?? [];
      bytes[room ?? (/iconv-lite|safer-buffer/.test(path) ? 'iconv-lite' : 'others')] += bytesInOutput;
    }
  }
  return {
    ...bytes,
    total: outputFiles[0].contents.length,
    packed: gzipSync(outputFiles[0].contents).length,
  };
}

const show = (title, { total, packed, ...bytes }) => {
  const parts = Object.entries(bytes).map(([part, count]) => `${part} ${count}`);
  console.log(`${title}: ${total} bytes, ${packed} with gzip; of these ${parts.join(', ')}`);
};

const one = measure("import { S1F13 } from 'rxsecs/e5'; console.log(S1F13.build().body);");
show('one message', one);
const names = ['S1F1', 'S1F3', 'S1F14', 'S2F33', 'S2F35', 'S2F37', 'S2F41', 'S5F1', 'S6F11', 'S7F3'];
const more = measure(
  `import { ${['S1F13', ...names].join(', ')} } from 'rxsecs/e5'; console.log(S1F13.build().body, ${names.join(', ')});`,
);
show(`${names.length} more, and their replies`, more);
const all = measure("import * as e5 from 'rxsecs/e5'; console.log(e5);");
show('all of them', all);

const further = Math.round((more.e5 - one.e5) / (names.length * 2));
const failures = Object.entries({ one: one.e5, further, all: all.e5 }).filter(([name, bytes]) => {
  console.log(`${name}: ${bytes} bytes of E5, ${CEILINGS[name]} allowed`);
  return bytes > CEILINGS[name];
});
for (const [name, bytes] of failures) console.error(`a bundle of ${name} has ${bytes} bytes of E5`);
process.exit(failures.length === 0 ? 0 : 1);
