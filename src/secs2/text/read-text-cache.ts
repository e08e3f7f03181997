import { KnownText, NO_TEXT } from './known-text.js';

// The short texts read last. The names, states and ids in messages recur, and to recognise one costs less than to make a
// string again. Each text has one slot by its bytes, which the next text of that slot takes over once it was read twice in
// turn: the table never grows, texts that never recur do not disturb it, and cost a few comparisons more. A text is known
// again by all its bytes, never by its hash.

const SLOT_BITS = 9;

const slots = new Array<KnownText>(1 << SLOT_BITS).fill(NO_TEXT);
/** Of each slot the hash of the text that was read last and is not in it; 0 where the one in it was. */
const missed = new Int32Array(1 << SLOT_BITS);

/** The text of `KEPT_LEAST` to `KEPT_MOST` bytes from `start` to `end`, which `read` makes where it is not known. */
export function knownText(
  bytes: Buffer,
  start: number,
  end: number,
  read: (bytes: Buffer, start: number, end: number) => string,
): string {
  const last = end - 4;
  const second = Math.min(start + 4, last);
  const third = Math.min(start + 8, last);
  // Written out: the engine does not inline everything everywhere, and this runs for most texts of most messages.
  const a =
    ((bytes[start] as number) << 24) |
    ((bytes[start + 1] as number) << 16) |
    ((bytes[start + 2] as number) << 8) |
    (bytes[start + 3] as number);
  const b =
    ((bytes[second] as number) << 24) |
    ((bytes[second + 1] as number) << 16) |
    ((bytes[second + 2] as number) << 8) |
    (bytes[second + 3] as number);
  const c =
    ((bytes[third] as number) << 24) |
    ((bytes[third + 1] as number) << 16) |
    ((bytes[third + 2] as number) << 8) |
    (bytes[third + 3] as number);
  const d =
    ((bytes[last] as number) << 24) |
    ((bytes[last + 1] as number) << 16) |
    ((bytes[last + 2] as number) << 8) |
    (bytes[last + 3] as number);
  const mixed =
    Math.imul(a ^ ((b << 15) | (b >>> 17)), 0x9e3779b1) ^ Math.imul(d ^ ((c << 13) | (c >>> 19)), 0x85ebca77);
  const slot = Math.imul(mixed ^ (mixed >>> 15) ^ (end - start), 0x9e3779b1) >>> (32 - SLOT_BITS);
  const known = slots[slot] as KnownText;
  if (known.a === a && known.b === b && known.c === c && known.d === d && known.text.length === end - start) {
    missed[slot] = 0;
    return known.text;
  }
  const text = read(bytes, start, end);
  if (missed[slot] === mixed) slots[slot] = new KnownText(text, a, b, c, d);
  else missed[slot] = mixed;
  return text;
}
