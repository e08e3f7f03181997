import type { DataFormat } from '../formats.js';

/**
 * A typed array without the methods that change it: items are immutable and may be shared. `slice()` gives a copy
 * of your own, as the typed array it is.
 */
export type ReadonlyValues<T> = {
  readonly [
    K in keyof T as Exclude<
      K,
      | 'set'
      | 'fill'
      | 'sort'
      | 'reverse'
      | 'copyWithin'
      | 'subarray'
      | 'buffer'
      | 'valueOf'
      | typeof Symbol.toStringTag
    >
  ]: T[K];
};

/** Values of an I1 item, -128 to 127. */
export type I1Values = ReadonlyValues<Int8Array>;
/** Values of an I2 item, -32768 to 32767. */
export type I2Values = ReadonlyValues<Int16Array>;
/** Values of an I4 item, -2147483648 to 2147483647. */
export type I4Values = ReadonlyValues<Int32Array>;
/** Values of an I8 item, bigints of -2^63 to 2^63-1. */
export type I8Values = ReadonlyValues<BigInt64Array>;
/** Values of a U1 item, 0 to 255. */
export type U1Values = ReadonlyValues<Uint8Array>;
/** Values of a U2 item, 0 to 65535. */
export type U2Values = ReadonlyValues<Uint16Array>;
/** Values of a U4 item, 0 to 4294967295. */
export type U4Values = ReadonlyValues<Uint32Array>;
/** Values of a U8 item, bigints of 0 to 2^64-1. */
export type U8Values = ReadonlyValues<BigUint64Array>;
/** Values of an F4 item, IEEE 754 single precision. */
export type F4Values = ReadonlyValues<Float32Array>;
/** Values of an F8 item, IEEE 754 double precision. */
export type F8Values = ReadonlyValues<Float64Array>;

/** What the `values` of an item of each format are. */
export interface ItemValues {
  /** The bytes. */
  B: U1Values;
  /** The truth of each byte: 0 is false, anything else is true. */
  BOOLEAN: readonly boolean[];
  /** One character a byte, U+0000 to U+00FF. */
  A: string;
  /** Text of JIS X 0201. */
  J: string;
  /** Text as its encoding header says. */
  C2: string;
  I1: I1Values;
  I2: I2Values;
  I4: I4Values;
  I8: I8Values;
  U1: U1Values;
  U2: U2Values;
  U4: U4Values;
  U8: U8Values;
  F4: F4Values;
  F8: F8Values;
}

/** The values of an item of format F. */
export type ValuesOf<F extends DataFormat> = ItemValues[F];
