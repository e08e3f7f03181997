import { decodeItem } from '../../../src/secs2/decode.js';
import { SmlError } from '../../../src/secs2/errors.js';
import { parseItem, parseMessages } from '../../../src/secs2/sml/parse.js';
import { printItem, printMessage } from '../../../src/secs2/sml/print.js';
import { Bodies } from '../secs2/bodies.js';
import type { Random } from '../secs2/random.js';

/** What SML is made of, and what looks like it. */
const PIECES = [
  ...[
    '<',
    '>',
    '[',
    ']',
    '"',
    "'",
    '.',
    ',',
    ':',
    '=',
    '*',
    '/',
    '//',
    '/*',
    '*/',
    '\\',
    '!2',
    ' ',
    '\n',
    '\t',
    '..',
    '+',
    '-',
  ],
  ...[
    'L',
    'A',
    'J',
    'C2',
    'B',
    'BOOLEAN',
    'U1',
    'U4',
    'U8',
    'I2',
    'I8',
    'F4',
    'F8',
    'W',
    'MAX',
    'RAW',
    'UTF-8',
    'T',
    'NaN',
  ],
  ...[
    'S1F1',
    'S6F11 W',
    'S2F256',
    'S128F1',
    'DevId:1',
    'SysBytes=0xFF',
    'H->E',
    '0x0A',
    '0b1',
    '1e400',
    '12',
    '-1',
    '3.5',
  ],
  ...[
    'L[2]',
    '<A "x">',
    '<U1 1 2>',
    '<L',
    'é',
    '日',
    '\\n',
    '\\u0041',
    'NaN(0x7FC00001)',
    '99999999999999999999',
  ],
];

function text(random: Random): string {
  const valid = printItem(decodeItem(new Bodies(random).valid()));
  switch (random.below(4)) {
    case 0:
      return `S6F11 W ${valid}.`;
    case 1:
      return Array.from({ length: random.below(40) }, () => random.pick(PIECES)).join(
        random.pick(['', ' ', '\n']),
      );
    default: {
      let damaged = `S6F11 W ${valid}.`;
      for (let changes = 1 + random.below(4); changes > 0; changes--) {
        const [a, b] = [random.below(damaged.length + 1), random.below(damaged.length + 1)];
        damaged = damaged.slice(0, a) + random.pick(PIECES) + damaged.slice(random.below(3) === 0 ? b : a);
      }
      return damaged.slice(0, 20_000);
    }
  }
}

/** An error must be of the documented kind and point into the text. */
function checkError(error: unknown, source: string): void {
  if (!(error instanceof SmlError)) throw new Error('not an SmlError', { cause: error });
  const lines = source.split('\n');
  const { line, column, offset } = error;
  const inText =
    line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1] ?? '').length + 1;
  const agrees =
    lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1 === offset;
  if (!inText || !agrees) throw new Error(`points to line ${line}, column ${column}, offset ${offset}`);
}

/**
 * One text, valid, damaged or made up: it is refused as documented, or what it says prints and reads back the same.
 * @returns whether it was read
 */
export function fuzzSml(random: Random): boolean {
  const source = text(random);
  const escapes = random.pick(['quotes', 'all', 'none'] as const);
  const strict = random.below(2) === 0;
  try {
    const before = process.cpuUsage();
    let messages;
    try {
      messages = parseMessages(source, { escapes, strict });
    } catch (error) {
      checkError(error, source);
      return false;
    }
    if (process.cpuUsage(before).user > 2_000_000) throw new Error('took more than two seconds');
    for (const { message } of messages) {
      const printed = printMessage(message);
      const [back] = parseMessages(printed, { strict: true });
      if (back === undefined || back.message.name !== message.name || back.message.wBit !== message.wBit) {
        throw new Error(`header does not read back: ${printed}`);
      }
      if (!back.message.body.equals(message.body)) throw new Error(`does not read back: ${printed}`);
      if (message.item !== undefined && !parseItem(printItem(message.item)).identical(message.item)) {
        throw new Error(`item does not read back: ${printed}`);
      }
    }
    return true;
  } catch (error) {
    throw new Error(`${JSON.stringify(source)}: ${String(error)}`, { cause: error });
  }
}

type Shape = readonly [name: string, make: (count: number) => string];

/** Texts that repeat one thing: what grows faster than they do shows in these. */
const repeated: readonly Shape[] = [
  ['open lists', (n) => 'S1F1 '.concat('<L '.repeat(n))],
  ['bare lists', (n) => 'S1F1 '.concat('L[1] '.repeat(n))],
  ['quotes', (n) => `S1F1 <A ${'"a" '.repeat(n)}>`],
  ['open quotes', (n) => `S1F1 <A ${'"'.repeat(n)}`],
  ['backslashes', (n) => `S1F1 <A "${'\\'.repeat(n)}">`],
  ['spaces in a head', (n) => `S1F1 <L ${' '.repeat(n)}[1] <L>>`],
  ['words in a header', (n) => `S1F1 ${'a-a '.repeat(n)}.`],
  ['dashes', (n) => `S1F1 a${'-'.repeat(n)}`],
  ['headers', (n) => 'S1F1\n'.repeat(n)],
  ['names without headers', (n) => 'x '.repeat(n)],
  ['names and headers', (n) => 'x: S1F1 W.\n'.repeat(n)],
  ['comments', (n) => '/* * */ '.repeat(n)],
  ['stars', (n) => '*'.repeat(n)],
  ['full stops', (n) => '.'.repeat(n)],
  ['numbers', (n) => `S1F1 <U4 ${'7 '.repeat(n)}>`],
  ['digits', (n) => `S1F1 <U8 ${'7'.repeat(n)}>`],
  ['long integers', (n) => `S1F1 <I8 ${'-00000000000000000000001 '.repeat(n)}>`],
  ['wrong counts', (n) => `S1F1 <L ${'<A[9] "a">\n'.repeat(n)}>`],
  ['unquoted text', (n) => `S1F1 <L ${'<A[3] abc>'.repeat(n)}>`],
  ['bytes', (n) => `S1F1 <A ${'0x41 '.repeat(n)}>`],
  ['labels', (n) => `S1F1 <L ${'<U1 1>=x '.repeat(n)}>`],
  ['W-bits on secondaries', (n) => 'S1F2 W.\n'.repeat(n)],
  ['brackets', (n) => `S1F1 ${'['.repeat(n)}`],
  ['commas', (n) => `S1F1 <U1 ${','.repeat(n)}>`],
];

/** The texts above, each made as long as is asked for. */
export function repeatedTexts(): readonly Shape[] {
  return repeated;
}

/** Milliseconds of the processor that a text takes to be read or refused: the least of three times. */
export function timeOf(source: string): number {
  let least = Infinity;
  for (let i = 0; i < 3; i++) {
    const before = process.cpuUsage();
    try {
      parseMessages(source, { maxDepth: Infinity, onWarning: () => {} });
    } catch (error) {
      checkError(error, source);
    }
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}
