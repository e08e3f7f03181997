import { builtItem } from '../../items/build.js';
import { BOOLEAN } from '../../items/factories.js';
import { floatItem, type NanBits } from '../../items/float-item.js';
import { FormatCode, valueSize, type NumericFormat } from '../../formats.js';
import type { Item } from '../../items/item.js';
import { isNanBits } from '../../json/nan-bits.js';
import { I8, U8 } from '../../items/number-factories.js';
import { storeNumbers } from '../../items/store-numbers.js';
import { quoteValue } from '../../errors.js';
import { definitionOf } from './definitions.js';
import { takeDigits, takePlainFloat } from './plain-numbers.js';
import { isPlaceholder } from './placeholder.js';
import { Char, type SmlSource } from '../source.js';

/** Longer integers are refused: no value of an item has that many digits. */
const MAX_INTEGER_TEXT = 100;

type SmallInteger = Exclude<NumericFormat, 'I8' | 'U8' | 'F4' | 'F8'>;

const RANGES: Record<SmallInteger | 'B', readonly [min: number, max: number]> = {
  B: [0, 0xff],
  U1: [0, 0xff],
  U2: [0, 0xffff],
  U4: [0, 0xffffffff],
  I1: [-0x80, 0x7f],
  I2: [-0x8000, 0x7fff],
  I4: [-0x80000000, 0x7fffffff],
};

/** Reads the values of an item of small integers. */
export function parseIntegers(source: SmlSource, format: SmallInteger | 'B', bracketed: boolean): Item {
  const [min, max] = RANGES[format];
  const hex = format === 'B' && source.options.binary === 'hex';
  let values: number[] | undefined;
  while (seesValue(source, bracketed)) {
    const start = source.position;
    let value = (hex ? undefined : takeDigits(source)) ?? slowInteger(source, format, hex, bracketed);
    if (value === undefined) continue;
    if (value < 0 && value >= -0x80 && format === 'B' && !hex) {
      source.tolerate('byte', `a byte has no sign: ${value} is read as ${value + 0x100}`, start);
      value += 0x100;
    }
    if (value < min || value > max) {
      source.fail('SML_BAD_VALUE', `${format} cannot hold ${value}: allowed are ${min} to ${max}`, start);
    }
    // Most items have one value: an array made of it is as long as it, one that it is pushed to is longer.
    if (values === undefined) values = [value];
    else values.push(value);
  }
  const code = FormatCode[format];
  const { length } = (values ??= []);
  return builtItem(code, storeNumbers(code, values), length * valueSize(code)) as Item;
}

/** Reads the values of an I8 or a U8 item. */
export function parseBigints(source: SmlSource, format: 'I8' | 'U8', bracketed: boolean): Item {
  const [min, max] = format === 'I8' ? [-(2n ** 63n), 2n ** 63n - 1n] : [0n, 2n ** 64n - 1n];
  const values: bigint[] = [];
  while (seesValue(source, bracketed)) {
    const start = source.position;
    const token = takeToken(source, bracketed);
    const value = toInteger(token) ?? openValue(source, format, token, start);
    if (value === undefined) continue;
    if (value < min || value > max) {
      source.fail('SML_BAD_VALUE', `${format} cannot hold ${value}: allowed are ${min} to ${max}`, start);
    }
    values.push(value);
  }
  return format === 'I8' ? I8(values) : U8(values);
}

const TRUTHS = new Map([
  ['T', 1],
  ['TRUE', 1],
  ['F', 0],
  ['FALSE', 0],
]);

/** Reads the values of a BOOLEAN item. */
export function parseBooleans(source: SmlSource, bracketed: boolean): Item {
  const bytes: number[] = [];
  while (seesValue(source, bracketed, WORD_TRUTH)) {
    const start = source.position;
    const token = takeToken(source, bracketed);
    const integer =
      TRUTHS.get(token.toUpperCase()) ?? toInteger(token) ?? openValue(source, 'BOOLEAN', token, start);
    if (integer === undefined) continue;
    const value = Number(integer);
    if (value < 0 || value > 255)
      source.fail('SML_BAD_VALUE', `BOOLEAN cannot hold ${value}: allowed are 0 to 255`, start);
    bytes.push(value);
  }
  return BOOLEAN(Uint8Array.from(bytes));
}

/** Reads the values of an F4 or an F8 item. */
export function parseFloats(source: SmlSource, format: 'F4' | 'F8', bracketed: boolean): Item {
  let values: number[] | undefined;
  let nans: NanBits[] | undefined;
  while (seesValue(source, bracketed, WORD_FLOAT)) {
    const start = source.position;
    const plain = bracketed ? takePlainFloat(source) : undefined;
    const token = plain === undefined ? takeToken(source, bracketed) : '';
    const value = plain ?? toFloat(token);
    if (value === undefined) {
      const bits = NAN_BITS.exec(token)?.[1];
      if (bits === undefined || !isNanBits(format, bits)) {
        openValue(source, format, token, start);
        continue;
      }
      (nans ??= []).push([values?.length ?? 0, bits]);
    } else if (isTooLarge(format, value, token)) {
      const precision = format === 'F4' ? 'single' : 'double';
      source.fail(
        'SML_BAD_VALUE',
        `${format} cannot hold ${quoteValue(token)}: it is too large for ${precision} precision`,
        start,
      );
    }
    if (values === undefined) values = [value ?? NaN];
    else values.push(value ?? NaN);
  }
  return floatItem(format, values ?? [], nans);
}

const WORD_TRUTH = /(?:true|false|[tf])(?![a-z0-9])/iy;
const WORD_FLOAT = /(?:nan|inf(?:inity)?)(?![a-z0-9])/iy;

/** Moves to the next value, past commas, and says whether there is one. Without angle brackets only what looks like one is. */
function seesValue(source: SmlSource, bracketed: boolean, words?: RegExp): boolean {
  for (;;) {
    source.skip();
    const code = source.peek();
    if (code === Char.comma) {
      source.position++;
      continue;
    }
    if (code >= Char.zero && code <= Char.nine) return true;
    // Behind the last value its name may stand, as in <U2,1 77 [CEID]>.
    if (bracketed) return code !== Char.greater && code !== Char.openBracket && !Number.isNaN(code);
    if (code === Char.minus || code === Char.plus) return true;
    return words !== undefined && source.sees(words);
  }
}

/** Undefined for a value that is left open. */
function slowInteger(
  source: SmlSource,
  format: string,
  hex: boolean,
  bracketed: boolean,
): number | undefined {
  const start = source.position;
  const token = takeToken(source, bracketed);
  // All bare digits, however many: read as decimal, 010 would come out as another byte.
  if (hex && /^(?!0b[01])[0-9a-f]+$/i.test(token)) return parseInt(token, 16);
  const value = toInteger(token);
  if (value === undefined && format === 'B' && /^[0-9a-f]{1,2}$/i.test(token)) {
    source.fail(
      'SML_BAD_VALUE',
      `${quoteValue(token)} is not decimal: write 0x${token}, or read with binary: 'hex'`,
      start,
    );
  }
  const found = value ?? openValue(source, format, token, start);
  return found === undefined ? undefined : Number(found);
}

const TOKEN = /[^\s<>,"'/]+/y;
/** Without angle brackets a full stop that no digit follows ends the message, not the number. */
const BARE_TOKEN = /(?:[^\s<>,"'/.]|\.(?=\d))+/y;

function takeToken(source: SmlSource, bracketed: boolean): string {
  const match = source.take(bracketed ? TOKEN : BARE_TOKEN);
  if (match === undefined)
    source.fail('SML_SYNTAX', `a value or > is expected here, not ${source.found()}`, source.position);
  const [token] = match;
  return source.definitions === undefined ? token : (definitionOf(source, token) ?? token);
}

/** What stands for a value in a template: a name as E5 has them, or `...`. */
const OPEN_VALUE = /^(?:\.\.\.|[A-Z_][A-Za-z0-9_]+)$/;

/** Notes a value that a template leaves open; anything else is no value at all. */
function openValue(source: SmlSource, format: string, token: string, start: number): undefined {
  const open = token === '?' || OPEN_VALUE.test(token) || isPlaceholder(token);
  if (!source.templates || source.strict || token.length > MAX_INTEGER_TEXT || !open) {
    badValue(source, format, token, start);
  }
  source.leaveOpen(token, start);
}

function badValue(source: SmlSource, format: string, token: string, start: number): never {
  return source.fail('SML_BAD_VALUE', `${quoteValue(token)} is not a value of ${format}`, start);
}

const INTEGER = /^([+-]?)(\d+|0x[0-9a-f]+|0b[01]+)$/i;
const WHOLE_FLOAT = /^[+-]?\d+(?:\.0*)?(?:e\+?\d+)?$/i;

function toInteger(token: string): bigint | undefined {
  if (token.length > MAX_INTEGER_TEXT) return undefined;
  const match = INTEGER.exec(token);
  if (match !== null) return match[1] === '-' ? -BigInt(match[2] ?? 0) : BigInt(match[2] ?? 0);
  const value = WHOLE_FLOAT.test(token) ? Number(token) : NaN;
  return Number.isSafeInteger(value) ? BigInt(value) : undefined;
}

const NAN_BITS = /^NaN\(0x([0-9a-f]+)\)$/i;
const FLOAT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const PREFIXED = /^(?:0x[0-9a-f]+|0b[01]+)$/i;

const FLOAT_WORDS = new Map([
  ['NAN', NaN],
  ['+NAN', NaN],
  ['-NAN', NaN],
  ['INF', Infinity],
  ['+INF', Infinity],
  ['-INF', -Infinity],
  ['INFINITY', Infinity],
  ['+INFINITY', Infinity],
  ['-INFINITY', -Infinity],
  ['1.#INF', Infinity],
  ['-1.#INF', -Infinity],
  ['1.#QNAN', NaN],
  ['-1.#IND', NaN],
]);

function toFloat(token: string): number | undefined {
  if (FLOAT.test(token) || PREFIXED.test(token)) return Number(token);
  return token.length < 12 ? FLOAT_WORDS.get(token.toUpperCase()) : undefined;
}

/** Whether a number, and not a word for it, would come out as an infinity. */
function isTooLarge(format: 'F4' | 'F8', value: number, token: string): boolean {
  const stored = format === 'F4' ? Math.fround(value) : value;
  return (stored === Infinity || stored === -Infinity) && !FLOAT_WORDS.has(token.toUpperCase());
}
