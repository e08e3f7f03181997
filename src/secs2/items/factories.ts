import { builtItem, builtList, rawItem } from './build.js';
import { isArray, isInstance } from '../../check.js';
import { check } from '../check.js';
import { quoteValue, Secs2TextError } from '../errors.js';
import { FormatCode } from '../formats.js';
import type { DataItem, Item, ListItem } from './item.js';
import { checkCodePage, encodeCodePage, type CodePage } from '../text/code-page.js';
import { encodeJis8 } from '../text/jis8.js';
import { findNonAscii } from '../text/latin1.js';
import { textToSend } from '../text/sent-text-cache.js';
import { encodeLocalized, localizedEncodingCode, type LocalizedEncodingName } from '../text/localized.js';

/**
 * A list of items: `L(A('MDLN'), U4(1, 2))`. An array of items stands for its elements, which suits long lists.
 *
 * @example
 * ```ts
 * import { A, L, U4 } from 'rxsecs/secs2';
 *
 * const pair = L(U4(1001), A('IDLE'));
 * const wafers = L(['W-1', 'W-2'].map((id) => A(id))); // one array of items
 * console.log(pair.at(1).ascii, wafers.length); // IDLE 2
 * ```
 * @throws Secs2ArgumentError for a child that is not an item; `SECS2_ITEM_TOO_LONG` above 16,777,215 children (E5).
 */
export function L<const C extends readonly Item[]>(...items: C): ListItem<C>;
export function L<I extends Item>(items: readonly I[]): ListItem<readonly I[]>;
export function L(...items: readonly [readonly Item[]] | readonly Item[]): ListItem {
  const first = items[0];
  return builtList(
    items.length === 1 && isArray(first) ? (first.slice() as readonly Item[]) : (items as readonly Item[]),
  );
}

/**
 * ASCII text, or the raw bytes of an A item. Text beyond ASCII needs a code page (`A('中文', 'gbk')`); `'latin1'` makes
 * each character of U+0000 to U+00FF one byte, as the accessor `ascii` reads them.
 *
 * @example
 * ```ts
 * import { A } from 'rxsecs/secs2';
 *
 * console.log(A('ETCHER').ascii); // ETCHER
 * ```
 * @throws Secs2TextError `SECS2_NOT_ENCODABLE` naming the first character that does not fit; Secs2ArgumentError
 *   `SECS2_ITEM_TOO_LONG` above 16,777,215 bytes (E5).
 */
export function A(value: string | Uint8Array, codePage?: CodePage): DataItem<'A'> {
  if (typeof value !== 'string') {
    if (codePage !== undefined) checkCodePage(codePage);
    return rawItem('A', checkBytes('A', value), undefined, codePage);
  }
  if (codePage !== undefined) return rawItem('A', encodeCodePage(value, codePage), undefined, codePage);
  const stored = textToSend(value);
  if (stored !== undefined) return builtItem<'A'>(FormatCode.A, stored, value.length);
  const index = findNonAscii(value);
  throw new Secs2TextError(
    'SECS2_NOT_ENCODABLE',
    `A: ${quoteValue(String.fromCodePoint(value.codePointAt(index) ?? 0))} (character ${index}) is not ASCII: ` +
      `name a code page, as in A(text, 'gbk'), or give the bytes`,
  );
}

/**
 * Text of JIS X 0201 (JIS-8): ASCII, with ¥ and ‾ in the place of backslash and tilde, and half-width katakana; or the
 * raw bytes of a J item.
 *
 * @example
 * ```ts
 * import { J } from 'rxsecs/secs2';
 *
 * console.log(String(J('ｱｲｳ')));
 * ```
 * @throws Secs2TextError `SECS2_NOT_ENCODABLE`; Secs2ArgumentError `SECS2_ITEM_TOO_LONG` above 16,777,215 bytes (E5).
 */
export function J(value: string | Uint8Array): DataItem<'J'> {
  return rawItem('J', typeof value === 'string' ? encodeJis8(value) : checkBytes('J', value));
}

/**
 * Localized text: the two-byte number of an encoding, then the text in it (E5); or, given bytes, that number and the
 * bytes as they are.
 *
 * @example
 * ```ts
 * import { C2 } from 'rxsecs/secs2';
 *
 * console.log(String(C2('日本', 'Shift-JIS')));
 * ```
 * @param encoding - name of an encoding, or its number of 0 to 65535; default UTF-8.
 * @throws Secs2TextError `SECS2_NOT_ENCODABLE` or `SECS2_UNKNOWN_ENCODING`; Secs2ArgumentError `SECS2_ITEM_TOO_LONG`
 *   above 16,777,213 bytes of text (E5).
 */
export function C2(
  value: string | Uint8Array,
  encoding: LocalizedEncodingName | number = 'UTF-8',
): DataItem<'C2'> {
  const code = localizedEncodingCode(encoding);
  const text = typeof value === 'string' ? encodeLocalized(value, code) : checkBytes('C2', value);
  const header = Buffer.of(code >>> 8, code);
  return rawItem('C2', Buffer.concat([header, text]));
}

/**
 * Binary: bytes given one by one (0 to 255) or as an array of bytes, which is copied.
 *
 * @example
 * ```ts
 * import { B } from 'rxsecs/secs2';
 *
 * console.log(B(0, 255).binary); // Uint8Array(2) [ 0, 255 ]
 * ```
 * @throws Secs2ArgumentError naming the value out of range; `SECS2_ITEM_TOO_LONG` above 16,777,215 bytes (E5).
 */
export function B(bytes: Uint8Array | readonly number[]): DataItem<'B'>;
export function B(...bytes: readonly number[]): DataItem<'B'>;
export function B(...args: readonly unknown[]): DataItem<'B'> {
  const given = givenValues(args);
  const bytes = given instanceof Uint8Array ? new Uint8Array(given) : new Uint8Array(given.length);
  if (!(given instanceof Uint8Array)) fillIntegers('B', bytes, given, 0, 0xff);
  return builtItem<'B'>(FormatCode.B, bytes, bytes.length);
}

/**
 * Truths, as bytes of 1 and 0. An array of bytes is taken as it is: any byte but 0 means true.
 *
 * @example
 * ```ts
 * import { BOOLEAN } from 'rxsecs/secs2';
 *
 * console.log(String(BOOLEAN(true)));
 * ```
 * @throws Secs2ArgumentError for a value that is not a boolean; `SECS2_ITEM_TOO_LONG` above 16,777,215 values (E5).
 */
export function BOOLEAN(values: Uint8Array | readonly boolean[]): DataItem<'BOOLEAN'>;
export function BOOLEAN(...values: readonly boolean[]): DataItem<'BOOLEAN'>;
export function BOOLEAN(...args: readonly unknown[]): DataItem<'BOOLEAN'> {
  const given = givenValues(args);
  if (given instanceof Uint8Array) return rawItem('BOOLEAN', given);
  const truths = Array.from(given, (value, i) => check.boolean(`BOOLEAN: value ${i}`, value));
  return builtItem<'BOOLEAN'>(FormatCode.BOOLEAN, truths, truths.length);
}

/** The values of a factory call: those of the one array it was given, or its arguments. */
function givenValues(args: readonly unknown[]): ArrayLike<unknown> {
  const [first] = args;
  if (args.length === 1 && (isArray(first) || ArrayBuffer.isView(first)))
    return first as unknown as ArrayLike<unknown>;
  return args;
}

function checkBytes(format: string, value: unknown): Uint8Array {
  if (isInstance(value, Uint8Array)) return value;
  return check.refuse(`${format}: value`, 'a string or a Uint8Array', value);
}

function fillIntegers(
  format: string,
  into: Uint8Array,
  given: ArrayLike<unknown>,
  min: number,
  max: number,
): void {
  for (let i = 0; i < given.length; i++) {
    into[i] = check.integer(`${format}: value ${i}`, given[i], min, max);
  }
}
