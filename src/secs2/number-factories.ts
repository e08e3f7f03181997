import { builtItem } from './build.js';
import { quoteValue, Secs2ArgumentError } from './errors.js';
import { FormatCode, type NumericFormat } from './formats.js';
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

function integers<F extends NumericFormat>(
  format: F,
  min: number,
  max: number,
  arrayType: ArrayType,
): NumberFactory<F, number> {
  const code = FormatCode[format];
  const check = (value: unknown, index: number): void => {
    if (typeof value === 'number' && value >= min && value <= max && value === Math.trunc(value)) return;
    refuse(format, index, value, `integers of ${min} to ${max}`);
  };
  return factory(format, arrayType, check, (given) => storeNumbers(code, given as ArrayLike<number>));
}

function bigints<F extends 'I8' | 'U8'>(
  format: F,
  min: bigint,
  max: bigint,
  arrayType: ArrayType,
): NumberFactory<F, bigint | number> {
  const code = FormatCode[format];
  const check = (value: unknown, index: number): void => {
    const isInteger = typeof value === 'bigint' || Number.isSafeInteger(value);
    if (isInteger && (value as bigint) >= min && (value as bigint) <= max) return;
    refuse(format, index, value, `bigints of ${min} to ${max}, and numbers that are safe integers`);
  };
  return factory(format, arrayType, check, (given) => storeBigints(code, given as ArrayLike<bigint>));
}

function floats<F extends 'F4' | 'F8'>(format: F, arrayType: ArrayType): NumberFactory<F, number> {
  const code = FormatCode[format];
  const check = (value: unknown, index: number): void => {
    if (typeof value !== 'number') refuse(format, index, value, 'numbers');
    else if (format === 'F4' && Math.abs(Math.fround(value)) === Infinity && Math.abs(value) !== Infinity) {
      refuse(format, index, value, 'numbers of -3.4028235e38 to 3.4028235e38, NaN and the infinities');
    }
  };
  return factory(format, arrayType, check, (given) => storeNumbers(code, given as ArrayLike<number>));
}

function factory<F extends NumericFormat, V extends number | bigint>(
  format: F,
  arrayType: ArrayType,
  check: (value: unknown, index: number) => void,
  store: (given: ArrayLike<unknown>) => NumericArray,
): NumberFactory<F, V> {
  const code = FormatCode[format];
  const size = arrayType.BYTES_PER_ELEMENT;
  // The one value of most items: an array for it is made when somebody asks for one.
  const keepsNumber = format !== 'I8' && format !== 'U8';
  return (...args: readonly unknown[]): DataItem<F> => {
    const first = args[0];
    if (args.length === 1 && typeof first === 'number' && keepsNumber) {
      check(first, 0);
      return builtItem<F>(code, format === 'F4' ? Math.fround(first) : first, size);
    }
    let given: ArrayLike<unknown> = args;
    if (typeof first === 'object' && first !== null && args.length === 1) {
      // A typed array of the very kind needs no check, and its copy keeps every bit of a NaN.
      if (Object.getPrototypeOf(first) === arrayType.prototype) {
        const values = (first as NumericArray).slice();
        return builtItem<F>(code, values, values.byteLength);
      }
      if (Array.isArray(first) || ArrayBuffer.isView(first)) given = first as unknown as ArrayLike<unknown>;
    }
    for (let i = 0; i < given.length; i++) check(given[i], i);
    return builtItem<F>(code, store(given), given.length * size);
  };
}

function refuse(format: string, index: number, value: unknown, allowed: string): never {
  throw new Secs2ArgumentError(`${format}: value ${index} is ${quoteValue(value)}: allowed are ${allowed}`);
}

/** Integers of -128 to 127. */
export const I1: NumberFactory<'I1', number> = integers('I1', -0x80, 0x7f, Int8Array);

/** Integers of -32768 to 32767. */
export const I2: NumberFactory<'I2', number> = integers('I2', -0x8000, 0x7fff, Int16Array);

/** Integers of -2147483648 to 2147483647. */
export const I4: NumberFactory<'I4', number> = integers('I4', -0x80000000, 0x7fffffff, Int32Array);

/** Integers of -2^63 to 2^63-1: bigints, or numbers that are safe integers. */
export const I8: NumberFactory<'I8', bigint | number> = bigints(
  'I8',
  -(2n ** 63n),
  2n ** 63n - 1n,
  BigInt64Array,
);

/** Integers of 0 to 255. */
export const U1: NumberFactory<'U1', number> = integers('U1', 0, 0xff, Uint8Array);

/** Integers of 0 to 65535. */
export const U2: NumberFactory<'U2', number> = integers('U2', 0, 0xffff, Uint16Array);

/** Integers of 0 to 4294967295. */
export const U4: NumberFactory<'U4', number> = integers('U4', 0, 0xffffffff, Uint32Array);

/** Integers of 0 to 2^64-1: bigints, or numbers that are safe integers. */
export const U8: NumberFactory<'U8', bigint | number> = bigints('U8', 0n, 2n ** 64n - 1n, BigUint64Array);

/** Single-precision floats (IEEE 754): numbers are rounded to the nearest; NaN and the infinities are allowed, a finite
 * number too large for single precision is not. */
export const F4: NumberFactory<'F4', number> = floats('F4', Float32Array);

/** Double-precision floats (IEEE 754), NaN and the infinities included. */
export const F8: NumberFactory<'F8', number> = floats('F8', Float64Array);
