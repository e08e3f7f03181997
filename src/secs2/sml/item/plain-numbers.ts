import { Char, type SmlSource } from '../source.js';

/** Decimal digits that a double holds exactly whatever they are. */
const EXACT_DIGITS = 15;

/** Powers of ten that a double holds exactly. */
const TENS = Array.from({ length: EXACT_DIGITS + 1 }, (_, i) => 10 ** i);

/** Reads a decimal integer, with a minus or no sign, that ends at white space or the end of the item; undefined for anything else. */
export function takeDigits(source: SmlSource): number | undefined {
  const { text, position } = source;
  const { length } = text;
  const start = text.charCodeAt(position) === Char.minus ? position + 1 : position;
  let value = 0;
  let p = start;
  for (; p < length; p++) {
    const code = text.charCodeAt(p);
    if (code >= Char.zero && code <= Char.nine) value = value * 10 + code - Char.zero;
    // Other control characters end a number too, but are part of a token with a sign.
    else if (code === Char.space || code === Char.greater || code === Char.newline) break;
    else if (code < Char.space && start === position) break;
    else return undefined;
  }
  if (p === length || p === start || p - start > EXACT_DIGITS) return undefined;
  source.position = p;
  return start === position ? value : 0 - value;
}

/**
 * Reads a decimal number such as `-12.5` that ends at white space or the end of the item; undefined for anything else,
 * and for more digits than a double holds exactly: a quotient of two exact numbers is rounded right, others may not be.
 */
export function takePlainFloat(source: SmlSource): number | undefined {
  const { text, position } = source;
  const { length } = text;
  const negative = text.charCodeAt(position) === Char.minus;
  const start = negative ? position + 1 : position;
  let value = 0;
  let point = -1;
  let p = start;
  for (; p < length; p++) {
    const code = text.charCodeAt(p);
    if (code >= Char.zero && code <= Char.nine) value = value * 10 + code - Char.zero;
    else if (code === Char.dot && point < 0) point = p;
    else if (code <= Char.space || code === Char.greater) break;
    else return undefined;
  }
  const digits = point < 0 ? p - start : p - start - 1;
  if (p === length || digits === 0 || digits > EXACT_DIGITS) return undefined;
  source.position = p;
  if (point >= 0) value /= TENS[p - point - 1] ?? 1;
  return negative ? -value : value;
}
