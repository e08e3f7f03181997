/** Bytes at the end of a line of text, and the words before them. */
export interface HexRun {
  readonly words: string;
  readonly bytes: Buffer;
}

/** A token that is bytes: pairs of hex digits, with `0x` or `\x` in front or not. */
const byteToken = /^(?:(?:0x|\\x)?(?:[0-9a-f]{2})+|(?:\\x[0-9a-f]{2})+)$/i;
/** What may stand between bytes. A colon with a space behind it ends a label. */
const separator = /^(?:\s+|\s*,\s*|[:|-]|)$/;
/** What may stand behind the bytes: their number, or closing brackets and quotes. */
const behind =
  /(?:[\s"'`)\]}>;.,]|\(?\[?\b(?:len(?:gth)?\s*[=:]?\s*)?\d+\s*(?:bytes?|B)\b\]?\)?|\|[^|]*\|)+$/i;
/** How many numbers may stand between words and bytes. */
const MAX_NUMBERS = 3;
const LENGTH_DIGITS = 8;
/** Longer words hold no header by itself. */
const MAX_WORDS = 1000;
const LENGTH_BYTES = 4;
const HEADER_BYTES = 10;
const TOKEN = /[0-9a-z_\\]+/gi;

/** The longest run of bytes that a line ends with; undefined where it ends with none. */
export function hexRunOf(line: string): HexRun | undefined {
  const text = withoutText(line.replace(behind, ''));
  const tokens = [...text.matchAll(TOKEN)];
  let first = tokens.length;
  for (let next = text.length; first > 0; first--) {
    const token = tokens[first - 1];
    if (token === undefined || !byteToken.test(token[0])) break;
    const end = token.index + token[0].length;
    if (next === text.length ? end !== next : !separator.test(text.slice(end, next))) break;
    next = token.index;
  }
  const run = tokens.slice(first);
  const start = framed(run.map(([token]) => digitsOf(token)));
  const from = run[start]?.index;
  if (from === undefined) return undefined;
  const digits = run.slice(start).map(([token]) => digitsOf(token));
  return joined({ words: text.slice(0, from), bytes: Buffer.from(digits.join(''), 'hex') });
}

/** A length, a header or both, each with its label, in front of the bytes of the same message. */
const PART_BEFORE =
  /^(.*\W)?((?:length|len|header|head|hdr)\s*[:=]\s*)([^:=]*?)[\s,;|\])]*\b[a-z]+\s*[:=][\s[(]*$/i;

/** Puts before the bytes of a line what stands before them with labels of its own: `Length: … Header: … Body: …`. */
function joined(last: HexRun): HexRun {
  if (last.words.length > MAX_WORDS) return last;
  const [, words = '', label, digits = ''] = PART_BEFORE.exec(last.words) ?? [];
  if (label === undefined) return last;
  const tokens = digits.split(/[\s,:|()[\]-]+/).filter((token) => token !== '');
  if (tokens.length === 0 || !tokens.every((token) => byteToken.test(token))) return last;
  const before = Buffer.from(tokens.map(digitsOf).join(''), 'hex');
  if (before.length !== LENGTH_BYTES && before.length !== HEADER_BYTES) return last;
  return joined({ words: words + label, bytes: Buffer.concat([before, last.bytes]) });
}

function digitsOf(token: string): string {
  return token.replaceAll(/0x|\\x/gi, '');
}

/** A number in front of the bytes, their count say, is none of them where all behind it is one frame. */
function framed(tokens: readonly string[]): number {
  const all = tokens.join('');
  for (let start = 0, at = 0; start <= Math.min(MAX_NUMBERS, tokens.length - 1); start++) {
    const length = Number.parseInt(all.slice(at, at + LENGTH_DIGITS), 16);
    if (length * 2 === all.length - at - LENGTH_DIGITS) return start;
    at += tokens[start]?.length ?? 0;
  }
  return 0;
}

/** Leaves out the column of text that some tools print behind a wide gap, one character for each byte. */
export function withoutText(line: string): string {
  const found = /^(.*?[0-9a-f]{2})\s{2,}(\S.*)$/i.exec(line);
  if (found === null) return line;
  const [, left = '', right = ''] = found;
  const pairs = /(?:(?:^|\s)[0-9a-f]{2})+$/i.exec(left)?.[0].trim().split(/\s+/).length;
  return pairs === right.trimEnd().length && pairs > 1 ? left : line;
}

const named: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, '\\': 0x5c, "'": 0x27, '"': 0x22 };
const QUOTED = /(?<![a-z0-9_])b(['"])((?:\\.|(?!\1)[^\\])*)\1/i;

/** Bytes as Python prints them, `b'\x00\x00\n'`, and the words before them. */
export function quotedBytesOf(line: string): HexRun | undefined {
  const found = QUOTED.exec(line);
  if (found === null) return undefined;
  const bytes: number[] = [];
  for (const [all, pair, letter] of (found[2] ?? '').matchAll(/\\x([0-9a-f]{2})|\\(.)|[^\\]/gis)) {
    const byte =
      pair !== undefined ? parseInt(pair, 16) : letter === undefined ? all.charCodeAt(0) : named[letter];
    if (byte === undefined || byte > 0xff) return undefined;
    bytes.push(byte);
  }
  return { words: line.slice(0, found.index), bytes: Buffer.from(bytes) };
}

/** Whether a line that ends with no bytes holds some all the same, so that leaving it out has to be told. */
export function holdsBytes(line: string): boolean {
  return /(?<![0-9a-z\\-])(?:(?:0x|\\x)?[0-9a-f]{2}[\s:,]\s?){9,}(?:0x|\\x)?[0-9a-f]{2}(?![0-9a-z])/i.test(
    line,
  );
}
