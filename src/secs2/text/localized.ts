import { check } from '../check.js';
import { quoteValue, Secs2TextError } from '../errors.js';
import { decodeCodePage, encodeCodePage, type CodePage } from './code-page.js';

/**
 * The encodings of localized (C2) text: the number in the two-byte header that starts the data (E5).
 *
 * @example
 * ```ts
 * import { C2, LocalizedEncoding } from 'rxsecs/secs2';
 *
 * console.log(String(C2('中文', LocalizedEncoding.GBK)));
 * ```
 */
export const LocalizedEncoding = {
  'UCS-2': 1,
  'UTF-8': 2,
  ASCII: 3,
  'ISO-8859-1': 4,
  'ISO-8859-11': 5,
  'TIS-620': 6,
  ISCII: 7,
  'Shift-JIS': 8,
  'EUC-JP': 9,
  'EUC-KR': 10,
  GBK: 11,
  'EUC-CN': 12,
  Big5: 13,
  'EUC-TW': 14,
} as const;

/** The name of an encoding of localized text. */
export type LocalizedEncodingName = keyof typeof LocalizedEncoding;

const NAMES = new Map<number, LocalizedEncodingName>(
  (Object.entries(LocalizedEncoding) as [LocalizedEncodingName, number][]).map(([name, code]) => [
    code,
    name,
  ]),
);

// ISCII and EUC-TW have no code page here: their bytes are kept, their text cannot be had.
const CODE_PAGES: Partial<Record<LocalizedEncodingName, CodePage>> = {
  'UCS-2': 'utf16-be',
  'UTF-8': 'utf-8',
  ASCII: 'ascii',
  'ISO-8859-1': 'latin1',
  'ISO-8859-11': 'iso-8859-11',
  'TIS-620': 'tis620',
  'Shift-JIS': 'shift_jis',
  'EUC-JP': 'euc-jp',
  'EUC-KR': 'euc-kr',
  GBK: 'gbk',
  'EUC-CN': 'gb2312',
  Big5: 'big5',
};

const BY_FOLDED_NAME = new Map(
  (Object.keys(LocalizedEncoding) as LocalizedEncodingName[]).map((name) => [fold(name), name]),
);

/** The data of a C2 item: the number of its encoding, the encoding's name where E5 has one, and the bytes of the text. */
export interface LocalizedText {
  /** Number in the encoding header, 0 to 65535. */
  readonly encodingCode: number;
  /** Name of the encoding, or undefined for a number that E5 reserves. */
  readonly encoding: LocalizedEncodingName | undefined;
  /** The text. */
  readonly text: string;
}

/** The name of an encoding number, or undefined where E5 defines none. */
export function localizedEncodingName(code: number): LocalizedEncodingName | undefined {
  return NAMES.get(code);
}

/** Finds an encoding by its name, case and punctuation aside; undefined where there is none. */
export function findLocalizedEncoding(name: string): LocalizedEncodingName | undefined {
  return BY_FOLDED_NAME.get(fold(name));
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/**
 * Text of bytes in a localized encoding.
 *
 * @throws Secs2TextError `SECS2_UNKNOWN_ENCODING` for an encoding number that has no code page.
 */
export function decodeLocalized(bytes: Uint8Array, code: number): string {
  return decodeCodePage(bytes, codePageOf(code));
}

/**
 * Bytes of a text in a localized encoding.
 *
 * @throws Secs2TextError `SECS2_UNKNOWN_ENCODING` for an encoding number that has no code page, `SECS2_NOT_ENCODABLE`
 *   naming the first character that the encoding does not have.
 */
export function encodeLocalized(text: string, code: number): Buffer {
  return encodeCodePage(text, codePageOf(code));
}

function codePageOf(code: number): CodePage {
  const name = NAMES.get(code);
  const codePage = name === undefined ? undefined : CODE_PAGES[name];
  if (codePage !== undefined) return codePage;
  throw new Secs2TextError(
    'SECS2_UNKNOWN_ENCODING',
    `localized encoding ${code}${name === undefined ? '' : ` (${name})`} has no code page here: use the bytes of the item`,
  );
}

/**
 * The number of an encoding given by name or by number.
 *
 * @throws Secs2TextError for a name that is not known, Secs2ArgumentError for a number outside 0 to 65535.
 */
export function localizedEncodingCode(encoding: LocalizedEncodingName | number): number {
  if (typeof encoding === 'number') {
    return check.integer('encoding', encoding, 0, 0xffff);
  }
  check.text('encoding', encoding, 'the name or the number of an encoding');
  const name = findLocalizedEncoding(encoding);
  if (name !== undefined) return LocalizedEncoding[name];
  throw new Secs2TextError(
    'SECS2_UNKNOWN_ENCODING',
    `localized encoding ${quoteValue(encoding)} is not known: allowed are ${Object.keys(LocalizedEncoding).join(', ')}`,
  );
}
