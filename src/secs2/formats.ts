/**
 * The item format codes of E5 (the upper six bits of an item's first byte), in the order of the standard.
 *
 * @example
 * ```ts
 * import { FormatCode } from 'rxsecs/secs2';
 *
 * console.log(FormatCode.U4.toString(8)); // '54', as E5 writes it
 * ```
 */
export const FormatCode = {
  L: 0o00,
  B: 0o10,
  BOOLEAN: 0o11,
  A: 0o20,
  J: 0o21,
  C2: 0o22,
  I8: 0o30,
  I1: 0o31,
  I2: 0o32,
  I4: 0o34,
  F8: 0o40,
  F4: 0o44,
  U8: 0o50,
  U1: 0o51,
  U2: 0o52,
  U4: 0o54,
} as const;

/** The name of an item format: `'L'`, `'A'`, `'U4'` … */
export type ItemFormat = keyof typeof FormatCode;

/** The six-bit code of an item format. */
export type ItemFormatCode = (typeof FormatCode)[ItemFormat];

/** Every format but the list. */
export type DataFormat = Exclude<ItemFormat, 'L'>;

/** The formats whose values are numbers or bigints. */
export type NumericFormat = Exclude<DataFormat, 'B' | 'BOOLEAN' | 'A' | 'J' | 'C2'>;

/**
 * The most bytes of data, or elements of a list, that one item can carry: three length bytes (E5).
 *
 * @example
 * ```ts
 * import { MAX_ITEM_LENGTH } from 'rxsecs/secs2';
 *
 * console.log(MAX_ITEM_LENGTH); // what three length bytes can count
 * ```
 */
export const MAX_ITEM_LENGTH = 0xffffff;

/** How deep lists may nest unless a caller says otherwise. */
export const DEFAULT_MAX_DEPTH = 64;

const names: (ItemFormat | undefined)[] = new Array<ItemFormat | undefined>(64).fill(undefined);
const sizes = new Uint8Array(64);
for (const [name, code] of Object.entries(FormatCode) as [ItemFormat, ItemFormatCode][]) {
  names[code] = name;
  sizes[code] = /^[IUF]\d$/.test(name) ? Number(name[1]) : 1;
}

/** The name of a format code, or undefined where E5 defines none. */
export function formatName(code: number): ItemFormat | undefined {
  return names[code];
}

/** The bytes of one value of a format: 1, 2, 4 or 8; 0 for a code that E5 does not define. */
export function valueSize(code: number): number {
  return sizes[code] ?? 0;
}

/** How many length bytes (1 to 3) the minimal header of an item needs for a length. */
export function minimalLengthBytes(length: number): 1 | 2 | 3 {
  return length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
}
