import { FormatCode } from '../formats.js';
import type { NumericArray } from './numbers.js';

/** Copies numbers or bigints, known to be in range, into a new array of the kind that a format holds. */
export function storeNumbers(code: number, given: ArrayLike<number>): NumericArray {
  const { length } = given;
  let i = 0;
  // One loop a kind of array: a loop over many kinds would look the kind up at every element.
  switch (code) {
    case FormatCode.I1: {
      const values = new Int8Array(length);
      for (; i < length; i++) values[i] = given[i] ?? 0;
      return values;
    }
    case FormatCode.I2: {
      const values = new Int16Array(length);
      for (; i < length; i++) values[i] = given[i] ?? 0;
      return values;
    }
    case FormatCode.I4: {
      const values = new Int32Array(length);
      for (; i < length; i++) values[i] = given[i] ?? 0;
      return values;
    }
    case FormatCode.U2: {
      const values = new Uint16Array(length);
      for (; i < length; i++) values[i] = given[i] ?? 0;
      return values;
    }
    case FormatCode.U4: {
      const values = new Uint32Array(length);
      for (; i < length; i++) values[i] = given[i] ?? 0;
      return values;
    }
    case FormatCode.F4: {
      const values = new Float32Array(length);
      for (; i < length; i++) values[i] = given[i] ?? 0;
      return values;
    }
    case FormatCode.F8: {
      const values = new Float64Array(length);
      for (; i < length; i++) values[i] = given[i] ?? 0;
      return values;
    }
    default: {
      const values = new Uint8Array(length);
      for (; i < length; i++) values[i] = given[i] ?? 0;
      return values;
    }
  }
}

/** As {@link storeNumbers}, for a single number. */
export function storeNumber(code: number, value: number): NumericArray {
  switch (code) {
    case FormatCode.U4: {
      const values = new Uint32Array(1);
      values[0] = value;
      return values;
    }
    case FormatCode.I4: {
      const values = new Int32Array(1);
      values[0] = value;
      return values;
    }
    case FormatCode.F8: {
      const values = new Float64Array(1);
      values[0] = value;
      return values;
    }
    case FormatCode.F4: {
      const values = new Float32Array(1);
      values[0] = value;
      return values;
    }
    default:
      return storeNumbers(code, [value]);
  }
}

/** As {@link storeNumbers}, for I8 and U8. */
export function storeBigints(code: number, given: ArrayLike<bigint | number>): NumericArray {
  const { length } = given;
  const values = code === FormatCode.I8 ? new BigInt64Array(length) : new BigUint64Array(length);
  for (let i = 0; i < length; i++) values[i] = BigInt(given[i] ?? 0);
  return values;
}
