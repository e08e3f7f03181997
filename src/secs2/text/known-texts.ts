import { int32At } from '../numbers.js';

// The short texts read last. The names, states and ids in messages recur, and to recognise one costs less than to make a
// string again. Each text has one slot by its bytes, which the next text of that slot takes over once it was read twice in
// turn: the table never grows, texts that never recur do not disturb it, and cost a few comparisons more. A text is known
// again by all its bytes, never by its hash.

/** The fewest and the most bytes of a text that is kept. */
export const KEPT_LEAST = 4;
export const KEPT_MOST = 16;

const SLOT_BITS = 9;

const texts = new Array<string>(1 << SLOT_BITS).fill('');
/** Of each slot the length of its text, and its bytes as the four words that `find` reads. */
const lengths = new Uint8Array(1 << SLOT_BITS);
const words = new Int32Array(4 << SLOT_BITS);
/** Of each slot the hash of the last text that was not in it. */
const missed = new Int32Array(1 << SLOT_BITS);

/** The text of `KEPT_LEAST` to `KEPT_MOST` bytes from `start` to `end`, which `read` makes where it is not known. */
export function knownText(
  bytes: Buffer,
  start: number,
  end: number,
  read: (bytes: Buffer, start: number, end: number) => string,
): string {
  // Four words hold up to sixteen bytes. Those of a shorter text overlap: with its length they still tell all its bytes.
  const last = end - 4;
  const a = int32At(bytes, start);
  const b = int32At(bytes, Math.min(start + 4, last));
  const c = int32At(bytes, Math.min(start + 8, last));
  const d = int32At(bytes, last);
  const mixed =
    Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77) ^ Math.imul(c, 0xc2b2ae3d) ^ Math.imul(d, 0x27d4eb2f);
  const slot = Math.imul(mixed ^ (mixed >>> 15) ^ (end - start), 0x9e3779b1) >>> (32 - SLOT_BITS);
  const at = slot * 4;
  if (
    words[at] === a &&
    words[at + 1] === b &&
    words[at + 2] === c &&
    words[at + 3] === d &&
    lengths[slot] === end - start
  ) {
    return texts[slot] ?? '';
  }
  const text = read(bytes, start, end);
  if (missed[slot] !== mixed) {
    missed[slot] = mixed;
    return text;
  }
  words[at] = a;
  words[at + 1] = b;
  words[at + 2] = c;
  words[at + 3] = d;
  lengths[slot] = end - start;
  texts[slot] = text;
  return text;
}
