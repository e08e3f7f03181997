/** The smallest normal single-precision number: below it, numbers carry fewer digits. */
const MIN_NORMAL = 2 ** -126;

/** Decimal digits that every single-precision number of normal size keeps. */
const KEPT_DIGITS = 6;

/** The shortest decimal text that reads back as the same single-precision number: 0.1, not 0.10000000149011612. */
export function shortestFloat32(value: number): string {
  // Integers up to 2^24 are exact, and so is their own text.
  if (Math.abs(value) < 0x1000000 && value === Math.trunc(value))
    return Object.is(value, -0) ? '-0' : String(value);
  if (!Number.isFinite(value)) return String(value);
  for (let digits = Math.abs(value) < MIN_NORMAL ? 1 : KEPT_DIGITS; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return String(rounded);
    const other = oneUp(value, rounded, digits);
    if (Math.fround(other) === value) return String(other);
  }
  return String(Number(value.toPrecision(9)));
}

/**
 * The neighbour, on the other side of the value, of the value rounded to some digits. At a power of two the numbers below
 * stand twice as close as those above, so that the farther neighbour may be the one that reads back.
 */
function oneUp(value: number, rounded: number, digits: number): number {
  const [mantissa = '', exponent = '0'] = rounded.toExponential(digits - 1).split('e');
  const step = rounded < value ? 1 : -1;
  const sign = value < 0 ? -1 : 1;
  const units = Math.round(Math.abs(Number(mantissa)) * 10 ** (digits - 1)) + step * sign;
  return sign * Number(`${units}e${Number(exponent) - digits + 1}`);
}
