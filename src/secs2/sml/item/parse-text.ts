import { builtItem, rawItem } from '../../items/build.js';
import { quoteValue, Secs2TextError } from '../../errors.js';
import { A } from '../../items/factories.js';
import { FormatCode } from '../../formats.js';
import type { Item } from '../../items/item.js';
import { encodeCodePage } from '../../text/code-page.js';
import { encodeJis8 } from '../../text/jis8.js';
import { findNonAscii } from '../../text/latin1.js';
import {
  encodeLocalized,
  findLocalizedEncoding,
  localizedEncodingCode,
  LocalizedEncoding,
} from '../../text/localized.js';
import { takePlainText } from './canonical.js';
import type { ItemHead } from './item-head.js';
import { takeUnquoted } from './unquoted.js';
import { Char, type SmlSource } from '../source.js';

/** A stretch of text, or one byte; and where it stands. */
interface Piece {
  readonly value: string | number;
  readonly offset: number;
}

/** Reads the text of an A item. */
export function parseAscii(source: SmlSource, head: ItemHead, bracketed: boolean): Item {
  const plain = bracketed && source.asciiText ? takePlainText(source) : undefined;
  if (plain !== undefined) return builtItem<'A'>(FormatCode.A, plain, plain.length);
  const pieces = takePieces(source, head, bracketed);
  const { codePage } = source.options;
  const data = toBytes(source, pieces, (text) =>
    codePage === undefined ? asciiBytes(text) : encodeCodePage(text, codePage),
  );
  return A(data, codePage);
}

/** Reads the text of a J item. */
export function parseJis8(source: SmlSource, head: ItemHead, bracketed: boolean): Item {
  return rawItem('J', toBytes(source, takePieces(source, head, bracketed), encodeJis8));
}

const ENCODING = /[A-Za-z][A-Za-z0-9_.-]*/y;
const ENCODING_NUMBER = /(?!0x)\d{1,5}(?![0-9A-Za-z])/iy;

/** Reads the encoding and the text of a C2 item. */
export function parseLocalized(source: SmlSource, head: ItemHead, bracketed: boolean): Item {
  source.skip();
  const start = source.position;
  const number = source.take(ENCODING_NUMBER);
  const word = number === undefined && bracketed ? source.take(ENCODING) : undefined;
  if (word?.[0].toUpperCase() === 'RAW') {
    return rawItem('C2', toBytes(source, takePieces(source, head, bracketed), asciiBytes));
  }
  let code = localizedEncodingCode(source.options.localizedEncoding ?? 'UTF-8');
  if (number !== undefined) code = Number(number[0]);
  if (code > 0xffff) source.fail('SML_BAD_VALUE', `encoding ${code}: allowed are 0 to 65535`, start);
  if (word !== undefined) {
    const name = findLocalizedEncoding(word[0]);
    if (name === undefined) {
      const known = Object.keys(LocalizedEncoding).join(', ');
      source.fail(
        'SML_BAD_VALUE',
        `${quoteValue(word[0])} is not an encoding: allowed are ${known}, or a number`,
        start,
      );
    }
    code = LocalizedEncoding[name];
  }
  const pieces = takePieces(source, head, bracketed);
  // Nothing at all is an item without an encoding header.
  if (pieces.length === 0 && number === undefined && word === undefined)
    return rawItem('C2', Buffer.alloc(0));
  const text = toBytes(source, pieces, (piece) => encodeLocalized(piece, code));
  return rawItem('C2', Buffer.concat([Buffer.of(code >>> 8, code), text]));
}

function asciiBytes(text: string): Buffer {
  const index = findNonAscii(text);
  if (index < 0) return Buffer.from(text, 'latin1');
  const character = quoteValue(String.fromCodePoint(text.codePointAt(index) ?? 0));
  throw new Secs2TextError(
    'SECS2_NOT_ENCODABLE',
    `${character} is not ASCII: read with a codePage, or write bytes as 0xE9`,
  );
}

function toBytes(source: SmlSource, pieces: readonly Piece[], encode: (text: string) => Buffer): Buffer {
  const parts: Uint8Array[] = [];
  // Bytes that stand in a row become one part: a part for each would cost as much as a thousand bytes.
  let run: number[] = [];
  for (const { value, offset } of pieces) {
    if (typeof value === 'number') {
      run.push(value);
      continue;
    }
    if (run.length > 0) parts.push(Uint8Array.from(run));
    run = [];
    try {
      parts.push(encode(value));
    } catch (error) {
      source.fail('SML_BAD_VALUE', error instanceof Error ? error.message : String(error), offset);
    }
  }
  if (run.length > 0) parts.push(Uint8Array.from(run));
  return Buffer.concat(parts);
}

const BYTE = /0x([0-9a-f]{1,2})(?![0-9a-z])/iy;
/** A label in front of quotes, or of nothing, as in `<A,0  [Empty]>`. */
const LABEL_ALONE = /\[([^\[\]<>\n]*)\]\s{0,100}(?=["'>])/y;

/** Reads quoted strings and bytes as `0x0A` up to the end of the item; or, where none of these starts it, all of it as it stands. */
function takePieces(source: SmlSource, head: ItemHead, bracketed: boolean): Piece[] {
  const pieces: Piece[] = [];
  if (bracketed) takeLabelAlone(source, head);
  for (;;) {
    source.skip();
    const offset = source.position;
    const code = source.peek();
    if (code === Char.doubleQuote || code === Char.singleQuote) {
      pieces.push({ value: takeQuoted(source, code), offset });
      continue;
    }
    const byte = code === Char.zero ? source.take(BYTE) : undefined;
    if (byte !== undefined) {
      pieces.push({ value: parseInt(byte[1] ?? '', 16), offset });
    } else if (code === Char.comma && pieces.length > 0) {
      source.position++;
    } else if (!bracketed || code === Char.greater || Number.isNaN(code)) {
      return pieces;
    } else if (pieces.length > 0) {
      // The name of the item, behind its text.
      if (code === Char.openBracket) return pieces;
      source.fail(
        'SML_SYNTAX',
        `quoted text, a byte such as 0x0A, or > is expected here, not ${source.found()}`,
        offset,
      );
    } else {
      return takeUnquoted(source, head);
    }
  }
}

/** Moves past a label with which the text of an item begins, unless its count says that this is the text. */
function takeLabelAlone(source: SmlSource, head: ItemHead): void {
  if (head.countOffset < 0) return;
  source.skip();
  const start = source.position;
  const label = source.peek() === Char.openBracket ? source.take(LABEL_ALONE) : undefined;
  if (label === undefined || source.peek() !== Char.greater) return;
  if (head.min === head.max && head.max === (label[1] ?? '').length + 2) source.position = start;
}
/** Reads a quoted string; the position is at its first quote, and then behind its last. */
function takeQuoted(source: SmlSource, quote: number): string {
  const { text } = source;
  const start = source.position + 1;
  const escapes = source.options.escapes ?? 'quotes';
  let value = '';
  let from = start;
  for (let p = start; p < text.length; p++) {
    const code = text.charCodeAt(p);
    if (code === quote) {
      source.position = p + 1;
      if (text.charCodeAt(p + 1) === quote) {
        source.tolerate(
          'quotes',
          'a doubled quote ends a text and begins another: write \\" for a quote in a text',
          p,
        );
      }
      return from === start ? text.slice(start, p) : value + text.slice(from, p);
    }
    if (code !== Char.backslash || escapes === 'none') continue;
    const [replacement, length] = escape(source, p, escapes === 'all');
    if (length === 0) continue;
    value += text.slice(from, p) + replacement;
    from = p + length;
    p = from - 1;
  }
  return source.fail('SML_SYNTAX', 'this text has no end: its closing quote is missing', source.position);
}

const SIMPLE_ESCAPES: Record<string, string> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
};
const CODE_ESCAPE = /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4}))/iy;

/** What an escape at a position stands for, and how long it is; 0 where the backslash stands for itself. */
function escape(source: SmlSource, position: number, all: boolean): [text: string, length: number] {
  const next = source.text.charAt(position + 1);
  if (next === '"' || next === "'" || next === '\\') return [next, 2];
  if (!all) return ['', 0];
  const simple = SIMPLE_ESCAPES[next];
  if (simple !== undefined) return [simple, 2];
  CODE_ESCAPE.lastIndex = position;
  const match = CODE_ESCAPE.exec(source.text);
  if (match !== null) return [String.fromCharCode(parseInt(match[1] ?? match[2] ?? '', 16)), match[0].length];
  source.tolerate('escape', `escape \\${next} is not known: the backslash stands for itself`, position);
  return ['', 0];
}
