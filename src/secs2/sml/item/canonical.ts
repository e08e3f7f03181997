import { builtItem } from '../../items/build.js';
import { FormatCode, valueSize, type NumericFormat } from '../../formats.js';
import type { Item } from '../../items/item.js';
import { storeNumber } from '../../items/store-numbers.js';
import { takeDigits, takePlainFloat } from './plain-numbers.js';
import { Char, type SmlSource } from '../source.js';

const ASCII = 65;

/** Format codes by the two letters of a name; 0 for what is not read here. */
const NUMBERS = new Uint8Array(128 * 128);
/** The least and the greatest value of each format code; a float holds whatever a plain number can be. */
const MIN = new Float64Array(64).fill(-Infinity);
const MAX = new Float64Array(64).fill(Infinity);

function define(format: NumericFormat, min: number, max: number): void {
  const code = FormatCode[format];
  NUMBERS[format.charCodeAt(0) * 128 + format.charCodeAt(1)] = code;
  MIN[code] = min;
  MAX[code] = max;
}
define('U1', 0, 0xff);
define('U2', 0, 0xffff);
define('U4', 0, 0xffffffff);
define('I1', -0x80, 0x7f);
define('I2', -0x8000, 0x7fff);
define('I4', -0x80000000, 0x7fffffff);
define('F4', -Infinity, Infinity);
define('F8', -Infinity, Infinity);

/**
 * Reads an item as nearly all are written: `<A[4] "text">` or `<U4[1] 123>`, with the right count or none. At anything
 * else, right or wrong, it moves past white space only: the general reader then reads it from its start.
 */
export function takeCanonical(source: SmlSource): Item | undefined {
  const { text } = source;
  const { length } = text;
  let p = source.position;
  // An index past the end would make every later call of charCodeAt slow.
  while (p < length && text.charCodeAt(p) <= Char.space) p++;
  source.position = p;
  // The shortest item read here is <A ""> or <U4 1>.
  if (p + 6 > length || text.charCodeAt(p) !== Char.less) return undefined;
  const first = text.charCodeAt(p + 1);
  const second = text.charCodeAt(p + 2);
  if (first === ASCII) return source.asciiText ? takeText(source, p, p + 2) : undefined;
  const code = first < 128 && second < 128 ? (NUMBERS[first * 128 + second] ?? 0) : 0;
  return code === 0 ? undefined : takeNumber(source, p, code);
}

function takeNumber(source: SmlSource, start: number, code: number): Item | undefined {
  const { text } = source;
  let p = start + 3;
  if (text.charCodeAt(p) === Char.openBracket) {
    if (text.charCodeAt(p + 1) !== Char.one || text.charCodeAt(p + 2) !== Char.closeBracket) return undefined;
    p += 3;
  }
  if (text.charCodeAt(p) !== Char.space) return undefined;
  source.position = p + 1;
  const isFloat = code === FormatCode.F8 || code === FormatCode.F4;
  const value = isFloat ? takePlainFloat(source) : takeDigits(source);
  if (
    value !== undefined &&
    text.charCodeAt(source.position) === Char.greater &&
    value >= (MIN[code] ?? 0) &&
    value <= (MAX[code] ?? 0)
  ) {
    source.position++;
    return builtItem(code as (typeof FormatCode)['U4'], storeNumber(code, value), valueSize(code)) as Item;
  }
  source.position = start;
  return undefined;
}

function takeText(source: SmlSource, start: number, nameEnd: number): Item | undefined {
  const { text } = source;
  const { length } = text;
  let p = nameEnd;
  let count = -1;
  if (text.charCodeAt(p) === Char.openBracket) {
    // As many digits as the general reader takes.
    const last = p + 10;
    let code = 0;
    count = 0;
    while (++p < length && p < last && (code = text.charCodeAt(p)) >= Char.zero && code <= Char.nine) {
      count = count * 10 + code - Char.zero;
    }
    if (code !== Char.closeBracket || p === nameEnd + 1) return undefined;
    p++;
  }
  if (p + 2 >= length || text.charCodeAt(p) !== Char.space) return undefined;
  source.position = p + 1;
  const plain = takePlainText(source);
  if (plain !== undefined && (count < 0 || plain.length === count)) {
    source.position++;
    return builtItem<'A'>(FormatCode.A, plain, plain.length);
  }
  source.position = start;
  return undefined;
}

/**
 * Reads one quoted string of ASCII without a backslash that is all of its item, up to the >; undefined for anything else.
 */
export function takePlainText(source: SmlSource): string | undefined {
  const { text, position } = source;
  const { length } = text;
  const quote = text.charCodeAt(position);
  if (quote !== Char.doubleQuote && quote !== Char.singleQuote) return undefined;
  for (let p = position + 1; p < length; p++) {
    const code = text.charCodeAt(p);
    if (code === quote) {
      if (p + 1 === length || text.charCodeAt(p + 1) !== Char.greater) return undefined;
      source.position = p + 1;
      return text.slice(position + 1, p);
    }
    if (code > 0x7f || code === Char.backslash) return undefined;
  }
  return undefined;
}
