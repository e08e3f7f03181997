import { builtItem, builtNumber } from './build.js';
import { isArray } from '../../check.js';
import { check } from '../check.js';
import { FormatCode, type NumericFormat } from '../formats.js';
import type { DataItem } from './item.js';
import type { NumericArray } from './numbers.js';
import { storeBigints, storeNumbers } from './store-numbers.js';
import type { ItemValues } from './values.js';

/**
 * A factory of one format of numbers. Takes the values one by one, or all in one array (which suits many), and copies
 * them.
 *
 * @throws Secs2ArgumentError naming the first value out of range; `SECS2_ITEM_TOO_LONG` above 16,777,215 bytes (E5).
 */
export interface NumberFactory<F extends NumericFormat, V extends number | bigint> {
  (values: ItemValues[F] | readonly V[]): DataItem<F>;
  (...values: readonly V[]): DataItem<F>;
}

/** The constructor of a typed array, as far as it tells whether an array is of its kind. */
interface ArrayType {
  readonly BYTES_PER_ELEMENT: number;
  readonly prototype: object;
}

/** What a format of numbers takes: the array that its values are kept in, and the test that each of them must pass. */
interface Numbers<F extends NumericFormat> {
  readonly format: F;
  readonly arrayType: ArrayType;
  readonly check: (value: unknown, index: number) => void;
}

function integers<F extends NumericFormat>(
  format: F,
  min: number,
  max: number,
  arrayType: ArrayType,
): Numbers<F> {
  const check = (value: unknown, index: number): void => {
    if (typeof value === 'number' && value >= min && value <= max && value === Math.trunc(value)) return;
    refuse(format, index, value, `a whole number from ${min} to ${max}`);
  };
  return { format, arrayType, check };
}

function bigints<F extends 'I8' | 'U8'>(
  format: F,
  min: bigint,
  max: bigint,
  arrayType: ArrayType,
): Numbers<F> {
  const check = (value: unknown, index: number): void => {
    const isInteger = typeof value === 'bigint' || Number.isSafeInteger(value);
    if (isInteger && (value as bigint) >= min && (value as bigint) <= max) return;
    refuse(format, index, value, `a bigint, or a number that is a safe integer, from ${min} to ${max}`);
  };
  return { format, arrayType, check };
}

function floats<F extends 'F4' | 'F8'>(format: F, arrayType: ArrayType): Numbers<F> {
  const check = (value: unknown, index: number): void => {
    if (typeof value !== 'number') refuse(format, index, value, 'a number');
    else if (format === 'F4' && Math.abs(Math.fround(value)) === Infinity && Math.abs(value) !== Infinity) {
      refuse(format, index, value, 'a number from -3.4028235e38 to 3.4028235e38, NaN or an infinity');
    }
  };
  return { format, arrayType, check };
}

/** Makes an item of any number of values, and says what is wrong with the first that is not allowed. */
function fromValues<F extends NumericFormat>(numbers: Numbers<F>, args: readonly unknown[]): DataItem<F> {
  const { format, arrayType, check } = numbers;
  const code = FormatCode[format];
  const first = args[0];
  let given: ArrayLike<unknown> = args;
  if (typeof first === 'object' && first !== null && args.length === 1) {
    // A typed array of the very kind needs no check, and its copy keeps every bit of a NaN.
    if (prototypeOf(first) === arrayType.prototype) {
      const values = (first as NumericArray).slice();
      return builtItem<F>(code, values, values.byteLength);
    }
    if (isArray(first) || ArrayBuffer.isView(first)) given = first as unknown as ArrayLike<unknown>;
  }
  for (let i = 0; i < given.length; i++) check(given[i], i);
  const isBigint = format === 'I8' || format === 'U8';
  const stored = isBigint
    ? storeBigints(code, given as ArrayLike<bigint>)
    : storeNumbers(code, given as ArrayLike<number>);
  return builtItem<F>(code, stored, stored.byteLength);
}

function prototypeOf(value: object): unknown {
  try {
    return Object.getPrototypeOf(value);
  } catch {
    // A proxy that was revoked: no array of ours.
    return undefined;
  }
}

function refuse(format: string, index: number, value: unknown, must: string): never {
  return check.refuse(`${format}: value ${index}`, must, value);
}

const i1 = integers('I1', -0x80, 0x7f, Int8Array);
const i2 = integers('I2', -0x8000, 0x7fff, Int16Array);
const i4 = integers('I4', -0x80000000, 0x7fffffff, Int32Array);
const i8 = bigints('I8', -(2n ** 63n), 2n ** 63n - 1n, BigInt64Array);
const u1 = integers('U1', 0, 0xff, Uint8Array);
const u2 = integers('U2', 0, 0xffff, Uint16Array);
const u4 = integers('U4', 0, 0xffffffff, Uint32Array);
const u8 = bigints('U8', 0n, 2n ** 64n - 1n, BigUint64Array);
const f4 = floats('F4', Float32Array);
const f8 = floats('F8', Float64Array);

// A function for each format, however alike they look: functions made in one place share what the engine learns about
// their calls, so that none of them would be fast. The one number of most items is kept as it is; an array for it is made
// when somebody asks for one.

/**
 * Integers of -128 to 127.
 *
 * @example
 * ```ts
 * import { I1 } from 'rxsecs/secs2';
 *
 * console.log(String(I1(-1, 127)));
 * ```
 */
export const I1: NumberFactory<'I1', number> = (...args: readonly unknown[]) => {
  const first = args[0];
  return args.length === 1 && typeof first === 'number' && (first << 24) >> 24 === first
    ? builtNumber<'I1'>(FormatCode.I1, first, 1)
    : fromValues(i1, args);
};

/**
 * Integers of -32768 to 32767.
 *
 * @example
 * ```ts
 * import { I2 } from 'rxsecs/secs2';
 *
 * console.log(String(I2(-300)));
 * ```
 */
export const I2: NumberFactory<'I2', number> = (...args: readonly unknown[]) => {
  const first = args[0];
  return args.length === 1 && typeof first === 'number' && (first << 16) >> 16 === first
    ? builtNumber<'I2'>(FormatCode.I2, first, 2)
    : fromValues(i2, args);
};

/**
 * Integers of -2147483648 to 2147483647.
 *
 * @example
 * ```ts
 * import { I4 } from 'rxsecs/secs2';
 *
 * console.log(String(I4(-70000)));
 * ```
 */
export const I4: NumberFactory<'I4', number> = (...args: readonly unknown[]) => {
  const first = args[0];
  return args.length === 1 && typeof first === 'number' && (first | 0) === first
    ? builtNumber<'I4'>(FormatCode.I4, first, 4)
    : fromValues(i4, args);
};

/**
 * Integers of -2^63 to 2^63-1: bigints, or numbers that are safe integers.
 *
 * @example
 * ```ts
 * import { I8 } from 'rxsecs/secs2';
 *
 * console.log(String(I8(-5n)));
 * ```
 */
export const I8: NumberFactory<'I8', bigint | number> = (...args: readonly unknown[]) => fromValues(i8, args);

/**
 * Integers of 0 to 255.
 *
 * @example
 * ```ts
 * import { U1 } from 'rxsecs/secs2';
 *
 * console.log(String(U1(0, 255)));
 * ```
 */
export const U1: NumberFactory<'U1', number> = (...args: readonly unknown[]) => {
  const first = args[0];
  return args.length === 1 && typeof first === 'number' && (first & 0xff) === first
    ? builtNumber<'U1'>(FormatCode.U1, first, 1)
    : fromValues(u1, args);
};

/**
 * Integers of 0 to 65535.
 *
 * @example
 * ```ts
 * import { U2 } from 'rxsecs/secs2';
 *
 * console.log(String(U2(65535)));
 * ```
 */
export const U2: NumberFactory<'U2', number> = (...args: readonly unknown[]) => {
  const first = args[0];
  return args.length === 1 && typeof first === 'number' && (first & 0xffff) === first
    ? builtNumber<'U2'>(FormatCode.U2, first, 2)
    : fromValues(u2, args);
};

/**
 * Integers of 0 to 4294967295.
 *
 * @example
 * ```ts
 * import { U4 } from 'rxsecs/secs2';
 *
 * console.log(String(U4(1001, 1002)));
 * ```
 */
export const U4: NumberFactory<'U4', number> = (...args: readonly unknown[]) => {
  const first = args[0];
  return args.length === 1 && typeof first === 'number' && first >>> 0 === first
    ? builtNumber<'U4'>(FormatCode.U4, first, 4)
    : fromValues(u4, args);
};

/**
 * Integers of 0 to 2^64-1: bigints, or numbers that are safe integers.
 *
 * @example
 * ```ts
 * import { U8 } from 'rxsecs/secs2';
 *
 * console.log(String(U8(18446744073709551615n)));
 * ```
 */
export const U8: NumberFactory<'U8', bigint | number> = (...args: readonly unknown[]) => fromValues(u8, args);

/** Single-precision floats (IEEE 754): numbers are rounded to the nearest; NaN and the infinities are allowed, a finite
 * number too large for single precision is not.
 *
 * @example
 * ```ts
 * import { F4 } from 'rxsecs/secs2';
 *
 * console.log(String(F4(21.5)));
 * ```
 */
export const F4: NumberFactory<'F4', number> = (...args: readonly unknown[]) => {
  const first = args[0];
  if (args.length !== 1 || typeof first !== 'number') return fromValues(f4, args);
  f4.check(first, 0);
  return builtNumber<'F4'>(FormatCode.F4, Math.fround(first), 4);
};

/**
 * Double-precision floats (IEEE 754), NaN and the infinities included.
 *
 * @example
 * ```ts
 * import { F8 } from 'rxsecs/secs2';
 *
 * console.log(String(F8(21.5, -0.125)));
 * ```
 */
export const F8: NumberFactory<'F8', number> = (...args: readonly unknown[]) => {
  const first = args[0];
  return args.length === 1 && typeof first === 'number'
    ? builtNumber<'F8'>(FormatCode.F8, first, 8)
    : fromValues(f8, args);
};
