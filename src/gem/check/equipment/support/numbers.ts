import { F4, F8, I1, I2, I4, U1, U2, U4, type Item } from '../../../../secs2/index.js';

const makers = { U1, U2, U4, I1, I2, I4, F4, F8 } as const;
const RANGES: Readonly<Record<keyof typeof makers, readonly [number, number]>> = {
  U1: [0, 0xff],
  U2: [0, 0xffff],
  U4: [0, 0xffff_ffff],
  I1: [-0x80, 0x7f],
  I2: [-0x8000, 0x7fff],
  I4: [-0x8000_0000, 0x7fff_ffff],
  F4: [-1e30, 1e30],
  F8: [-1e300, 1e300],
};

/** A number in the format of an item; undefined where it does not fit that. */
export function like({ format }: Item, number: number): Item | undefined {
  const known = format as keyof typeof makers;
  const range = Object.hasOwn(makers, known) ? RANGES[known] : undefined;
  if (range === undefined || number < range[0] || number > range[1]) return undefined;
  if (!/^F/.test(known) && !Number.isInteger(number)) return undefined;
  return makers[known](number);
}
