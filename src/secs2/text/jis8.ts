import { quoteValue, Secs2TextError } from '../errors.js';

const YEN = 0x5c;
const OVERLINE = 0x7e;
/** U+FF61, the first half-width katakana sign, stands at byte 0xA1. */
const KATAKANA_OFFSET = 0xff61 - 0xa1;
const REPLACEMENT = '\ufffd';

/**
 * Text of JIS X 0201 bytes (E5 calls it JIS-8): Latin letters with ¥ at 0x5C and ‾ at 0x7E, half-width katakana at 0xA1
 * to 0xDF. Bytes that it does not define become U+FFFD.
 */
export function decodeJis8(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += jis8Character(byte);
  return text;
}

/** The character of one JIS X 0201 byte, or U+FFFD. */
function jis8Character(byte: number): string {
  if (byte === YEN) return '¥';
  if (byte === OVERLINE) return '‾';
  if (byte < 0x80) return String.fromCharCode(byte);
  return byte >= 0xa1 && byte <= 0xdf ? String.fromCharCode(byte + KATAKANA_OFFSET) : REPLACEMENT;
}

/**
 * The JIS X 0201 bytes of a text. A backslash and a tilde are taken for the ¥ and ‾ that stand in their place.
 *
 * @throws Secs2TextError `SECS2_NOT_ENCODABLE` naming the first character that JIS X 0201 does not have.
 */
export function encodeJis8(text: string): Buffer {
  const bytes = Buffer.allocUnsafe(text.length);
  for (let i = 0; i < text.length; i++) {
    const byte = jis8Byte(text.charCodeAt(i));
    if (byte < 0) {
      const character = String.fromCodePoint(text.codePointAt(i) ?? 0);
      throw new Secs2TextError(
        'SECS2_NOT_ENCODABLE',
        `JIS-8 (JIS X 0201) has no ${quoteValue(character)} (character ${i}): allowed are ASCII, ¥, ‾ and half-width katakana`,
      );
    }
    bytes[i] = byte;
  }
  return bytes;
}

function jis8Byte(unit: number): number {
  if (unit < 0x80) return unit;
  if (unit === 0xa5) return YEN;
  if (unit === 0x203e) return OVERLINE;
  return unit >= 0xff61 && unit <= 0xff9f ? unit - KATAKANA_OFFSET : -1;
}
