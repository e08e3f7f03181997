import { withoutText } from './hex-run.js';

/** What stands on one line of a hex dump. */
export type HexLine =
  | { readonly kind: 'bytes'; readonly bytes: Buffer; readonly indent: number }
  /** With the offset of its first byte, as dumps print it, and how far it is indented. */
  | {
      readonly kind: 'dump';
      readonly bytes: Buffer;
      readonly offset: number;
      readonly indent: number;
      /** Words of 16 bits: the last of several bytes may be padding. */
      readonly words?: true;
    }
  /** Lines like the one before were left out here. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'empty' }
  /** Digits that cannot be read as bytes, and why. */
  | { readonly kind: 'unreadable'; readonly why: string }
  | { readonly kind: 'text' };

export type DumpLine = Extract<HexLine, { kind: 'dump' }>;

/** A dump has sixteen bytes a line where it does not separate its offset with a colon. */
const BYTES_PER_LINE = 16;

const EMPTY: HexLine = { kind: 'empty' };
const TEXT: HexLine = { kind: 'text' };

/**
 * Reads one line of what tools print of bytes: `xxd`, `hexdump -C`, `od -t x1`, Wireshark's dumps, plain hex digits with or
 * without spaces, commas, `0x` and comments.
 * @param running where the dump at hand stands: an offset is one only where it fits
 */
export function readHexLine(line: string, running: readonly number[]): HexLine {
  const text = line.trimEnd();
  if (text.trim() === '') return EMPTY;
  if (text.trim() === '*') return { kind: 'repeated' };
  return wordLine(text) ?? dumpLine(text, running) ?? plainLine(text);
}

/** How far a line is indented; a tab counts as four. */
export function indentOf(line: string): number {
  return (/^\s*/.exec(line)?.[0] ?? '').replaceAll('\t', '    ').length;
}

/** Words of 16 bits in the order of the machine, as `hexdump` and `od -x` print them: their bytes are swapped. */
function wordLine(text: string): HexLine | undefined {
  if (/^[0-7]{7}(?:\s+[0-3][0-7]{5})+$/.test(text))
    return { kind: 'unreadable', why: 'octal words: od -t x1 prints bytes' };
  const found = /^([0-9a-f]{7})((?:\s+[0-9a-f]{4}){1,8})$/i.exec(text);
  if (found === null) return undefined;
  const [, digits = '', words = ''] = found;
  const bytes = Buffer.from(words.replaceAll(/\s/g, ''), 'hex').swap16();
  return { kind: 'dump', bytes, offset: parseInt(digits, 16), indent: 0, words: true };
}

function dumpLine(text: string, running: readonly number[]): HexLine | undefined {
  const found = /^(\s*)(?:0x)?([0-9a-f]{4,16})(:|\s|$)(.*)$/i.exec(text);
  if (found === null) return undefined;
  const [, indent = '', digits = '', colon, rest = ''] = found;
  const place = { indent: indentOf(indent) };
  if (colon === ':') {
    // xxd: groups with one space between them, and two before the text.
    const [hex = ''] = rest.trimStart().split(/\s{2,}/);
    const bytes = hexBytes(hex.replaceAll(' ', ''));
    return bytes && { kind: 'dump', bytes, offset: parseInt(digits, 16), ...place };
  }
  const offset = offsetOf(digits, running);
  if (offset === undefined) return undefined;
  if (rest.trim() === '') {
    // The last line of a dump tells its length alone.
    return offset > 0 ? { kind: 'dump', bytes: Buffer.alloc(0), offset, ...place } : undefined;
  }
  const bytes = columns(rest);
  return bytes.length === 0 ? undefined : { kind: 'dump', bytes, offset, ...place };
}

/** An offset, where it is one: 0, or where the dump stands; in octal with the seven digits of `od`. */
function offsetOf(digits: string, running: readonly number[]): number | undefined {
  const hex = parseInt(digits, 16);
  if (hex === 0 || running.includes(hex)) return hex;
  const octal = /^[0-7]{7}$/.test(digits) ? parseInt(digits, 8) : NaN;
  if (running.includes(octal)) return octal;
  return undefined;
}

/** Bytes in pairs of digits; what follows a wide gap, or a line's worth of them, is text. */
function columns(rest: string): Buffer {
  const bytes: number[] = [];
  const pair = /\s{0,2}([0-9a-f]{2})(?=\s|$)/iy;
  pair.lastIndex = rest.length - rest.trimStart().length;
  for (
    let found = pair.exec(rest);
    found !== null && bytes.length < BYTES_PER_LINE;
    found = pair.exec(rest)
  ) {
    bytes.push(parseInt(found[1] ?? '', 16));
  }
  return Buffer.from(bytes);
}

function plainLine(text: string): HexLine {
  const code = withoutText(
    text
      .replaceAll(/\/\*.*?\*\//g, ' ')
      .replace(/(^|\s)(\/\/|#|;|--(?!-*>)).*$/, ' ')
      .replace(/\|[^|]*[^\s0-9a-f|][^|]*\|\s*$/i, ' '),
  );
  if (code.trim() === '') return EMPTY;
  const tokens = code.match(/(?:0x|\\x)?[^\s,;{}[\]()'":<>|\\-]+/gi) ?? [];
  const digits = tokens.map((token) => token.replace(/^(?:0x|\\x)/i, ''));
  if (digits.length === 0) return EMPTY;
  if (!digits.every((token) => /^[0-9a-f]+$/i.test(token))) return TEXT;
  const bytes = bytesOf(digits);
  if (bytes !== undefined) return { kind: 'bytes', bytes, indent: indentOf(text) };
  const many = digits.join('').length >= 8;
  return many ? { kind: 'unreadable', why: 'no pairs of hex digits' } : TEXT;
}

/** Pairs of digits; single digits where many stand by themselves. Words that happen to be hex digits are none. */
function bytesOf(digits: readonly string[]): Buffer | undefined {
  const isWord = (token: string): boolean => token.length > 2 && !/\d|^f+$/i.test(token);
  if (digits.every((token) => isWord(token) || token.length <= 2) && digits.some(isWord)) return undefined;
  if (digits.every((token) => token.length % 2 === 0)) return Buffer.from(digits.join(''), 'hex');
  if (digits.length < 4 || digits.some((token) => token.length > 2)) return undefined;
  // Who writes 0a does not write 3 for 03: a digit of it was lost.
  if (digits.some((token) => /^0./.test(token))) return undefined;
  return Buffer.from(digits.map((token) => parseInt(token, 16)));
}

function hexBytes(digits: string): Buffer | undefined {
  return digits.length % 2 === 0 && /^[0-9a-f]*$/i.test(digits) ? Buffer.from(digits, 'hex') : undefined;
}
