import { viewOf } from '../codec/seen-view.js';
import { int32At } from '../items/numbers.js';
import { KnownText, NO_TEXT, uniqueText } from './known-text.js';

// The short texts read last. The names, states and ids in messages recur, and to recognise one costs less than to make a
// string again. Each text has one slot by its bytes, which the next text of that slot takes over once it was read twice in
// turn: the table never grows, texts that never recur do not disturb it, and cost a few comparisons more. A text is known
// again by all its bytes, never by its hash.

const SLOT_BITS = 9;

const slots = new Array<KnownText>(1 << SLOT_BITS).fill(NO_TEXT);
/** Of each slot the hash of the text that was read last and is not in it; 0 where the one in it was. */
const missed = new Int32Array(1 << SLOT_BITS);

type Read = (bytes: Buffer, start: number, end: number) => string;

/** The text of `KEPT_LEAST` to `KEPT_MOST` bytes from `start` to `end`, which `read` makes where it is not known. */
export function knownText(bytes: Buffer, start: number, end: number, read: Read): string {
  const last = end - 4;
  const second = Math.min(start + 4, last);
  const third = Math.min(start + 8, last);
  const view = viewOf(bytes);
  return view === undefined
    ? lookUp(
        int32At(bytes, start),
        int32At(bytes, second),
        int32At(bytes, third),
        int32At(bytes, last),
        bytes,
        start,
        end,
        read,
      )
    : lookUp(
        view.getInt32(start),
        view.getInt32(second),
        view.getInt32(third),
        view.getInt32(last),
        bytes,
        start,
        end,
        read,
      );
}

function lookUp(
  a: number,
  b: number,
  c: number,
  d: number,
  bytes: Buffer,
  start: number,
  end: number,
  read: Read,
): string {
  const mixed =
    Math.imul(a ^ ((b << 15) | (b >>> 17)), 0x9e3779b1) ^ Math.imul(d ^ ((c << 13) | (c >>> 19)), 0x85ebca77);
  const slot = Math.imul(mixed ^ (mixed >>> 15) ^ (end - start), 0x9e3779b1) >>> (32 - SLOT_BITS);
  const known = slots[slot] as KnownText;
  if (known.a === a && known.b === b && known.c === c && known.d === d && known.text.length === end - start) {
    missed[slot] = 0;
    return known.text;
  }
  const text = read(bytes, start, end);
  if (missed[slot] !== mixed) {
    missed[slot] = mixed;
    return text;
  }
  const kept = new KnownText(uniqueText(text), a, b, c, d);
  slots[slot] = kept;
  return kept.text;
}
