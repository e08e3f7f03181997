/** What stands on one line of a hex dump. */
export type HexLine =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  /** With the offset of its first byte, as dumps print it, and how far it is indented. */
  | { readonly kind: 'dump'; readonly bytes: Buffer; readonly offset: number; readonly indent: number }
  /** Lines like the one before were left out here. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'text' };

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
  return dumpLine(text, running) ?? plainLine(text);
}

function dumpLine(text: string, running: readonly number[]): HexLine | undefined {
  const found = /^(\s*)(?:0x)?([0-9a-f]{4,16})(:|\s|$)(.*)$/i.exec(text);
  if (found === null) return undefined;
  const [, indent = '', digits = '', colon, rest = ''] = found;
  const place = { indent: indent.replaceAll('\t', '    ').length };
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
  const code = text
    .replaceAll(/\/\*.*?\*\//g, ' ')
    .replace(/(^|\s)(\/\/|#|;|--).*$/, ' ')
    .replace(/\|.*\|\s*$/, ' ');
  if (code.trim() === '') return EMPTY;
  const digits = code.replaceAll(/0x|\\x|[\s,;{}[\]'":<>-]/gi, '');
  const bytes = digits === '' ? undefined : hexBytes(digits);
  return bytes === undefined ? TEXT : { kind: 'bytes', bytes };
}

function hexBytes(digits: string): Buffer | undefined {
  return digits.length % 2 === 0 && /^[0-9a-f]*$/i.test(digits) ? Buffer.from(digits, 'hex') : undefined;
}
