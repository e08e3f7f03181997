import { byteAt } from '../items/numbers.js';
import { KEPT_LEAST, KEPT_MOST } from './known-text.js';
import { knownText } from './read-text-cache.js';

const char = String.fromCharCode;
// Looked up once: the global name is one that Node looks up anew each time.
const Bytes = Buffer;

/** Up to this many characters a loop writes faster than a call into the runtime. */
const SHORT = 24;

/** Up to this many characters a loop finds those that are not ASCII faster. */
const SCANNED = 9;

/** Up to this many characters the engine concatenates strings at once; longer ones only when they are first looked at. */
const PIECES = 12;

/** The bytes from `start` to `end` as text, one character (U+0000 to U+00FF) a byte. */
export function readLatin1(bytes: Buffer, start: number, end: number): string {
  const length = end - start;
  return length >= KEPT_LEAST && length <= KEPT_MOST
    ? knownText(bytes, start, end, makeText)
    : makeText(bytes, start, end);
}

function makeText(bytes: Buffer, start: number, end: number): string {
  let rest = end - start;
  if (rest > PIECES) return bytes.toString('latin1', start, end);
  let text = '';
  let p = start;
  if (rest >= 8) {
    text = eight(bytes, p);
    rest -= 8;
    p += 8;
  }
  if (rest >= 4) {
    text += char(byteAt(bytes, p), byteAt(bytes, p + 1), byteAt(bytes, p + 2), byteAt(bytes, p + 3));
    rest -= 4;
    p += 4;
  }
  if (rest === 3) return text + char(byteAt(bytes, p), byteAt(bytes, p + 1), byteAt(bytes, p + 2));
  if (rest === 2) return text + char(byteAt(bytes, p), byteAt(bytes, p + 1));
  return rest === 1 ? text + char(byteAt(bytes, p)) : text;
}

function eight(bytes: Buffer, p: number): string {
  return char(
    byteAt(bytes, p),
    byteAt(bytes, p + 1),
    byteAt(bytes, p + 2),
    byteAt(bytes, p + 3),
    byteAt(bytes, p + 4),
    byteAt(bytes, p + 5),
    byteAt(bytes, p + 6),
    byteAt(bytes, p + 7),
  );
}

/** Writes text of U+0000 to U+00FF at `position`, one byte a character. */
export function writeLatin1(text: string, out: Buffer, position: number): void {
  const { length } = text;
  if (length > SHORT) {
    out.write(text, position, 'latin1');
    return;
  }
  for (let i = 0, p = position; i < length; i++, p++) out[p] = text.charCodeAt(i);
}

/** The index of the first character that is not ASCII (above U+007F), or -1. */
export function findNonAscii(text: string): number {
  if (text.length > SCANNED && Bytes.byteLength(text, 'utf8') === text.length) return -1;
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 0x7f) return i;
  }
  return -1;
}
