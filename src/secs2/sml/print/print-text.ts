import type { DataNode } from '../../items/layout.js';
import { dataBytes, LOCALIZED_HEADER_BYTES } from '../../items/stored-values.js';
import { decodeCodePage, encodeCodePage } from '../../text/code-page.js';
import { encodeJis8 } from '../../text/jis8.js';
import { encodeLocalized } from '../../text/localized.js';
import type { SmlStyle } from './print-options.js';

/** The bytes of a character, in the encoding of the text that it stands in. */
type Encode = (character: string) => Uint8Array;

/** ASCII that every dialect reads the same between quotes: printable, and neither a quote nor a backslash. */
const PLAIN = /^[ !#-&(-[\]-~]*$/;

/** Below this length a loop is faster than the call of a regular expression. */
const SHORT = 64;

const PLAIN_CODES = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(PLAIN.test(String.fromCharCode(code))),
);

/** Whether all of a text can stand between quotes as it is. */
export function isPlain(text: string): boolean {
  const { length } = text;
  if (length > SHORT) return PLAIN.test(text);
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f || PLAIN_CODES[code] !== 1) return false;
  }
  return true;
}

/** Characters beyond ASCII that show, and stay as they are when text is copied. */
const SHOWS = /^[\p{L}\p{N}\p{P}\p{S}]$/u;

/** The text of an A item: quoted, with all that does not print as `0x0A` between the quotes. */
export function printAscii(item: DataNode<'A'>, style: SmlStyle): string {
  if (style.codePage !== undefined) return printEncoded(dataBytes(item), style, style.codePage);
  const text = cut(item.values, style);
  return isPlain(text) ? `${style.quote}${text}${style.quote}` : printRuns(text, style.quote, latin1Byte);
}

/** The text of a J item. */
export function printJis8(item: DataNode<'J'>, style: SmlStyle): string {
  const text = cut(item.values, style);
  // What JIS X 0201 does not define has no character: all of it prints as bytes then.
  return text.includes('\ufffd')
    ? printBytes(dataBytes(item), style)
    : printRuns(text, style.quote, encodeJis8);
}

/** The data of a C2 item: the name or number of its encoding, then its text; or `RAW` and all bytes where there is no encoding. */
export function printLocalized(item: DataNode<'C2'>, style: SmlStyle): string {
  const data = dataBytes(item);
  if (data.length < LOCALIZED_HEADER_BYTES) return `RAW ${printBytes(data, style)}`;
  const code = data.readUInt16BE(0);
  const bytes = data.subarray(LOCALIZED_HEADER_BYTES);
  try {
    const { encoding, text } = item.localized;
    if (encoding !== undefined && encodeLocalized(text, code).equals(bytes)) {
      const printed = printRuns(cut(text, style), style.quote, (character) =>
        encodeLocalized(character, code),
      );
      return printed === '' ? encoding : `${encoding} ${printed}`;
    }
  } catch {
    // No code page, or bytes that are not text in it: they print as bytes.
  }
  return bytes.length === 0 ? String(code) : `${code} ${printBytes(bytes, style)}`;
}

function printEncoded(bytes: Buffer, style: SmlStyle, codePage: string): string {
  try {
    const text = decodeCodePage(bytes, codePage);
    if (encodeCodePage(text, codePage).equals(bytes)) {
      return printRuns(cut(text, style), style.quote, (character) => encodeCodePage(character, codePage));
    }
  } catch {
    // Bytes that are not text in the code page print as bytes where they are not ASCII.
  }
  return printRuns(cut(bytes.toString('latin1'), style), style.quote, latin1Byte, true);
}

function cut(text: string, style: SmlStyle): string {
  return text.length > style.maxLength ? text.slice(0, style.maxLength) : text;
}

function latin1Byte(character: string): Uint8Array {
  return Uint8Array.of(character.charCodeAt(0));
}

/** Bytes as `0x01 0x02`. */
export function printBytes(bytes: Uint8Array, style: SmlStyle): string {
  const count = Math.min(bytes.length, style.maxLength);
  let text = '';
  for (let i = 0; i < count; i++) text += i === 0 ? hexByte(bytes[i] ?? 0) : ` ${hexByte(bytes[i] ?? 0)}`;
  return text;
}

const HEX = Array.from({ length: 256 }, (_, byte) => `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`);

/** A byte as `0x0A`. */
export function hexByte(byte: number): string {
  return HEX[byte] ?? '';
}

/** Text as runs of quoted characters and of bytes: `"abc" 0x0D 0x0A "def"`. */
function printRuns(
  text: string,
  quote: string,
  encode: Encode,
  asciiOnly: boolean = encode === latin1Byte,
): string {
  const runs: string[] = [];
  let quoted = '';
  for (const character of text) {
    if (shows(character, asciiOnly)) {
      quoted += character;
      continue;
    }
    if (quoted !== '') runs.push(`${quote}${quoted}${quote}`);
    quoted = '';
    for (const byte of encode(character)) runs.push(hexByte(byte));
  }
  if (quoted !== '') runs.push(`${quote}${quoted}${quote}`);
  return runs.join(' ');
}

function shows(character: string, asciiOnly: boolean): boolean {
  return character <= '~' ? PLAIN.test(character) : !asciiOnly && SHOWS.test(character);
}
