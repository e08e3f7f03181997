import iconv from 'iconv-lite';
import { quoteValue, Secs2TextError } from '../errors.js';

/**
 * The name of a character encoding as iconv-lite knows it: `'gbk'`, `'big5'`, `'shift_jis'`, `'euc-kr'`,
 * `'windows-1252'`, `'latin1'`, `'utf-8'` … Upper and lower case and punctuation make no difference.
 */
export type CodePage = string;

/**
 * Checks the name of a code page and gives it back.
 *
 * @throws Secs2TextError `SECS2_UNKNOWN_ENCODING` for a name that is not known.
 */
export function checkCodePage(codePage: CodePage): CodePage {
  if (typeof codePage === 'string' && iconv.encodingExists(codePage)) return codePage;
  throw new Secs2TextError(
    'SECS2_UNKNOWN_ENCODING',
    `code page ${quoteValue(codePage)} is not known: allowed are the names of iconv-lite, such as 'gbk', 'big5', 'shift_jis'`,
  );
}

/** Text of bytes in a code page; sequences that it does not define become U+FFFD. */
export function decodeCodePage(bytes: Uint8Array, codePage: CodePage): string {
  return iconv.decode(bytes, checkCodePage(codePage), { stripBOM: false });
}

/**
 * The bytes of a text in a code page.
 *
 * @throws Secs2TextError `SECS2_NOT_ENCODABLE` naming the first character that the code page does not have,
 *   `SECS2_UNKNOWN_ENCODING` for a code page that is not known.
 */
export function encodeCodePage(text: string, codePage: CodePage): Buffer {
  const bytes = encodeExactly(text, checkCodePage(codePage));
  if (bytes !== undefined) return bytes;
  let index = 0;
  for (const character of text) {
    if (encodeExactly(character, codePage) === undefined) break;
    index += character.length;
  }
  throw new Secs2TextError(
    'SECS2_NOT_ENCODABLE',
    `${codePage} has no ${quoteValue(String.fromCodePoint(text.codePointAt(index) ?? 0))} (character ${index})`,
  );
}

/** The bytes of a text where they give that very text back, or undefined: the encoder substitutes what it lacks. */
function encodeExactly(text: string, codePage: CodePage): Buffer | undefined {
  const bytes = iconv.encode(text, codePage, { addBOM: false });
  return iconv.decode(bytes, codePage, { stripBOM: false }) === text ? bytes : undefined;
}
