import { definitionOf } from './definitions.js';
import type { SmlSource } from '../source.js';

const SHORT_NAMES = 'L|BOOLEAN|BOOL|BO|BI|B|A|JIS8|J|C2|W|[IU][1248]|[FD][48]';
const LONG_NAMES = 'LIST|ASCII|BINARY|BYTE|U?INT[1248]|FLOAT[48]?|DOUBLE|JIS|UNICODE';
const VALUE = `\\s+(?:["'\\d+-]|(?:T|F|TRUE|FALSE)\\b)`;
const COUNT = '\\s*\\[\\s*(?:\\d|\\.|MAX)|[,:]\\s*\\d';

/** A format whose count or values follow without an angle bracket. */
const SHORT = new RegExp(`(?:${SHORT_NAMES})(?=${COUNT}|${VALUE})`, 'iy');
/** The long names are words of titles too: `List 12 recipes`. Only a count that looks like one makes an item of them. */
const LONG = new RegExp(`(?:${LONG_NAMES})(?=${COUNT})`, 'iy');
/** At the start of a line they are what they look like. */
const LONG_ON_A_LINE = new RegExp(`(?:${LONG_NAMES})(?=${VALUE})`, 'iy');
/** A count by a name. */
const NAMED = new RegExp(
  `(?:${SHORT_NAMES}|${LONG_NAMES})(?:\\s*\\[\\s*(?:\\.\\.\\s*)?|\\s*[,:]\\s*|\\s+)([A-Za-z_]\\w*)(?=[\\s\\].>["'])`,
  'iy',
);
const BLANK_LINE = /^\s*$/;

/** Whether an item without angle brackets starts here. */
export function seesBareItem(source: SmlSource): boolean {
  return (
    source.sees(SHORT) ||
    source.sees(LONG) ||
    (source.sees(LONG_ON_A_LINE) && startsLine(source)) ||
    seesNamedCount(source)
  );
}

function startsLine({ text, position }: SmlSource): boolean {
  return BLANK_LINE.test(text.slice(text.lastIndexOf('\n', position - 1) + 1, position));
}

/** A word makes an item of a format only where it is defined as a number. */
function seesNamedCount(source: SmlSource): boolean {
  if (source.definitions === undefined) return false;
  NAMED.lastIndex = source.position;
  const name = NAMED.exec(source.text)?.[1];
  return name !== undefined && isDefinedCount(source, name);
}

const COUNT_VALUE = /^\d{1,9}$/;

/** Whether a name is defined as a number of values. */
export function isDefinedCount(source: SmlSource, name: string): boolean {
  return COUNT_VALUE.test(definitionOf(source, name) ?? '');
}
