// How long the compiler takes over a file that uses fifty messages of the catalogue, above one that uses none: what an editor waits
// for. Against the declarations that are shipped.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const ts = createRequire(import.meta.url)('typescript');

/** Seconds of the processor. The aim is 1.5; the machines that check this are slow, and busy. */
const CEILING = 5;
const ROUNDS = 3;

const PRIMARIES = [
  ...[
    'S1F1',
    'S1F3',
    'S1F11',
    'S1F13',
    'S1F15',
    'S1F17',
    'S1F21',
    'S1F23',
    'S2F13',
    'S2F15',
    'S2F17',
    'S2F23',
    'S2F29',
  ],
  ...[
    'S2F31',
    'S2F33',
    'S2F35',
    'S2F37',
    'S2F41',
    'S2F43',
    'S2F45',
    'S2F49',
    'S3F17',
    'S3F25',
    'S3F27',
    'S5F1',
    'S5F3',
  ],
  ...[
    'S5F5',
    'S5F7',
    'S6F1',
    'S6F11',
    'S6F15',
    'S6F19',
    'S6F23',
    'S7F1',
    'S7F3',
    'S7F5',
    'S7F17',
    'S7F19',
    'S7F23',
  ],
  ...['S7F25', 'S10F1', 'S10F3', 'S10F5', 'S12F1', 'S13F1', 'S14F1', 'S14F3', 'S14F9', 'S16F11', 'S16F15'],
];

/** A program that builds what is given, reads what comes, and asks, for each message. */
const uses = (names) => `
  import type { SecsMessage } from 'rxsecs/secs2';
  import { ask, ${names.join(', ')}, type Requester, type ValuesGiven, type ValuesRead } from 'rxsecs/e5';
  ${names
    .map(
      (name) => `
  export const given${name} = (values: ValuesGiven<typeof ${name}>): Buffer => ${name}.build(values as never).body;
  export const read${name} = (message: SecsMessage): ValuesRead<typeof ${name}> => ${name}.read(message);
  export const keys${name} = (message: SecsMessage) => Object.entries(${name}.read(message));
  export const ask${name} = async (session: Requester, values: ValuesGiven<typeof ${name}>) =>
    Object.keys(await ask(session, ${name}, values as never));`,
    )
    .join('\n')}
`;

const programs = {
  'no message':
    "import type { SecsMessage } from 'rxsecs/secs2';\nexport const body = (message: SecsMessage): Buffer => message.body;\n",
  'one message': uses(PRIMARIES.slice(0, 1)),
  [`${PRIMARIES.length} messages`]: uses(PRIMARIES),
};

const root = fileURLToPath(new URL('..', import.meta.url));

/** Seconds of the processor that the compiler takes over a file. */
function compile(file) {
  const program = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    types: ['node'],
    typeRoots: [`${root}node_modules/@types`],
    paths: { 'rxsecs/*': [`${root}dist/cjs/*/index.d.ts`] },
  });
  const problems = ts.getPreEmitDiagnostics(program);
  if (problems.length > 0) {
    const host = {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: () => root,
      getNewLine: () => '\n',
    };
    throw new Error(ts.formatDiagnostics(problems.slice(0, 5), host));
  }
  return process.cpuUsage().user / 1e6;
}

/** Each in a process of its own, as `tsc` is run; the least of some rounds. */
function measure() {
  mkdirSync(`${root}.build`, { recursive: true });
  const folder = mkdtempSync(`${root}.build/types-`);
  try {
    const found = Object.fromEntries(Object.keys(programs).map((name) => [name, Infinity]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, text] of Object.entries(programs)) {
        const file = `${folder}/program.ts`;
        writeFileSync(file, text);
        const seconds = Number(execFileSync(process.execPath, [fileURLToPath(import.meta.url), file]));
        found[name] = Math.min(found[name], seconds);
      }
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [, , given] = process.argv;
if (given !== undefined) console.log(compile(given));
else {
  const found = measure();
  for (const [name, seconds] of Object.entries(found)) console.log(`${name}: ${seconds.toFixed(2)} s`);
  const [base = NaN, , fifty = NaN] = Object.values(found);
  const above = fifty - base;
  console.log(`${PRIMARIES.length} messages cost ${above.toFixed(2)} s above none, ${CEILING} s allowed`);
  if (!(above <= CEILING)) process.exitCode = 1;
}
