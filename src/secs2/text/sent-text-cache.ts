import { KEPT_LEAST, KEPT_MOST, knowText, NO_TEXT, type KnownText } from './known-text.js';
import { findNonAscii } from './latin1.js';

// The short texts sent last, with the bytes they are sent as: the names, states and ids in messages recur, and a text that is
// recognised need not be looked at character by character, neither to see that it is ASCII nor to be written. Each text has one
// slot, by its length and a few of its characters; see read-text-cache.ts for when the next text takes that over. A text is known
// again by comparing it, never by its hash.

const SLOT_BITS = 9;

const slots = new Array<KnownText>(1 << SLOT_BITS).fill(NO_TEXT);
/** Of each slot the hash of the text that was sent last and is not in it; 0 where the one in it was. */
const missed = new Int32Array(1 << SLOT_BITS);

/** What an item of ASCII text keeps: the text, or what is known of it; undefined where it is not ASCII. */
export function textToSend(text: string): KnownText | string | undefined {
  const { length } = text;
  if (length < KEPT_LEAST || length > KEPT_MOST) return findNonAscii(text) < 0 ? text : undefined;
  const few =
    (text.charCodeAt(0) << 16) ^
    (text.charCodeAt(length >> 1) << 11) ^
    (text.charCodeAt(length - 2) << 6) ^
    text.charCodeAt(length - 1) ^
    (length << 24);
  const slot = Math.imul(few, 0x9e3779b1) >>> (32 - SLOT_BITS);
  const known = slots[slot] as KnownText;
  if (known.text === text) {
    missed[slot] = 0;
    return known;
  }
  let codes = 0;
  let hash = length;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    codes |= code;
    hash = Math.imul(hash, 31) + code;
  }
  if (codes > 0x7f) return undefined;
  if (missed[slot] !== (hash | 0)) {
    missed[slot] = hash;
    return text;
  }
  return (slots[slot] = knowText(text));
}
