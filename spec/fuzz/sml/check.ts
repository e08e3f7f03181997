import { decodeItem } from '../../../src/secs2/codec/decode.js';
import { SmlError } from '../../../src/secs2/errors.js';
import type { SecsMessage } from '../../../src/secs2/message.js';
import { parseItem, parseMessages } from '../../../src/secs2/sml/parse.js';
import { printItem, printMessage } from '../../../src/secs2/sml/print/print.js';
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
    '<V>',
    '...',
    '[Name]',
    '#define MAX 3\n',
    'S2F41x: ',
    'if (S1F1) a.',
    'every 2 send a.',
    '@2026/01/02 03:04:05^SEND',
    '--> [0x1] ',
    'UINT4 1 7',
    'SVID',
    '[2/1]',
    '""',
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
export function checkError(error: unknown, source: string): void {
  if (!(error instanceof SmlError)) throw new Error('not an SmlError', { cause: error });
  const lines = source.split('\n');
  const { line, column, offset } = error;
  const inText =
    line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1] ?? '').length + 1;
  const agrees =
    lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1 === offset;
  if (!inText || !agrees) throw new Error(`points to line ${line}, column ${column}, offset ${offset}`);
}

/** A template must say so, and not be sent. */
function checkTemplate(message: SecsMessage): void {
  if (message.itemError === undefined || !String(message).includes('is a template')) {
    throw new Error(`a template that does not say so: ${String(message)}`);
  }
  try {
    message.body.toString();
  } catch {
    return;
  }
  throw new Error('a template with a body');
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
    for (const { message, placeholders } of messages) {
      if (placeholders !== undefined) {
        checkTemplate(message);
        continue;
      }
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
