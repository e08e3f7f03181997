import { viewOf } from '../codec/seen-view.js';
import type { WritableBytes } from '../codec/writable-bytes.js';
import { FormatCode, valueSize } from '../formats.js';
import { headCode, headLength, shortHead } from '../head.js';

/** The typed arrays that numeric items hold. */
export type NumericArray =
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/**
 * From this many bytes on, values are copied as a block and their bytes swapped in place; below, the views that a
 * block copy needs cost more than a loop.
 */
const BULK_BYTES = 128;

const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
const LOW = LITTLE_ENDIAN ? 0 : 1;
const HIGH = 1 - LOW;

// Floats and 64-bit integers pass through these eight bytes, so that reading or writing one allocates nothing.
const words = new Uint32Array(2);
const floats = new Float32Array(words.buffer);
const doubles = new Float64Array(words.buffer);
const bigints = new BigInt64Array(words.buffer);
const biguints = new BigUint64Array(words.buffer);

/** An array of `length` zeros of the kind that a numeric format holds. */
function createNumbers(code: number, length: number): NumericArray {
  switch (code) {
    case FormatCode.I1:
      return new Int8Array(length);
    case FormatCode.I2:
      return new Int16Array(length);
    case FormatCode.I4:
      return new Int32Array(length);
    case FormatCode.I8:
      return new BigInt64Array(length);
    case FormatCode.U2:
      return new Uint16Array(length);
    case FormatCode.U4:
      return new Uint32Array(length);
    case FormatCode.U8:
      return new BigUint64Array(length);
    case FormatCode.F4:
      return new Float32Array(length);
    case FormatCode.F8:
      return new Float64Array(length);
    default:
      return new Uint8Array(length);
  }
}

/** Reads the values of a numeric item from `byteLength` bytes at `position`; the range must lie inside `bytes`. */
export function readNumbers(code: number, bytes: Buffer, position: number, byteLength: number): NumericArray {
  return byteLength < BULK_BYTES
    ? readFew(code, bytes, position, byteLength)
    : readBlock(code, bytes, position, byteLength);
}

/**
 * Writes the values of a numeric item, `byteLength` bytes of them, at `position` in the order of the wire (big-endian,
 * E5); the room must be there.
 */
export function writeNumbers(
  code: number,
  values: NumericArray,
  byteLength: number,
  out: WritableBytes,
  position: number,
): void {
  if (byteLength < BULK_BYTES) writeFew(code, values, out, position);
  else writeBlock(values, out.bytes, position);
}

function readBlock(code: number, bytes: Buffer, position: number, byteLength: number): NumericArray {
  const size = valueSize(code);
  const values = createNumbers(code, byteLength / size);
  const view = Buffer.from(values.buffer, values.byteOffset, byteLength);
  bytes.copy(view, 0, position, position + byteLength);
  swapBytes(view, size);
  return values;
}

function writeBlock(values: NumericArray, out: Buffer, position: number): void {
  out.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), position);
  const size = values.BYTES_PER_ELEMENT;
  if (size > 1) swapBytes(out.subarray(position, position + values.byteLength), size);
}

function swapBytes(bytes: Buffer, size: number): void {
  if (!LITTLE_ENDIAN) return;
  if (size === 2) bytes.swap16();
  else if (size === 4) bytes.swap32();
  else if (size === 8) bytes.swap64();
}

// One loop a kind of array: a loop over many kinds would look the kind up at every element.
function readFew(code: number, bytes: Buffer, position: number, byteLength: number): NumericArray {
  const end = position + byteLength;
  let i = 0;
  switch (code) {
    case FormatCode.U4: {
      const values = new Uint32Array(byteLength >>> 2);
      for (let p = position; p < end; p += 4) values[i++] = int32At(bytes, p);
      return values;
    }
    case FormatCode.I4: {
      const values = new Int32Array(byteLength >>> 2);
      for (let p = position; p < end; p += 4) values[i++] = int32At(bytes, p);
      return values;
    }
    case FormatCode.U2: {
      const values = new Uint16Array(byteLength >>> 1);
      for (let p = position; p < end; p += 2) values[i++] = uint16At(bytes, p);
      return values;
    }
    case FormatCode.I2: {
      const values = new Int16Array(byteLength >>> 1);
      for (let p = position; p < end; p += 2) values[i++] = uint16At(bytes, p);
      return values;
    }
    case FormatCode.I1: {
      const values = new Int8Array(byteLength);
      for (let p = position; p < end; p++) values[i++] = byteAt(bytes, p);
      return values;
    }
    case FormatCode.U1: {
      const values = new Uint8Array(byteLength);
      for (let p = position; p < end; p++) values[i++] = byteAt(bytes, p);
      return values;
    }
    default:
      return readFewWide(code, bytes, position, byteLength);
  }
}

function readFewWide(code: number, bytes: Buffer, position: number, byteLength: number): NumericArray {
  switch (code) {
    case FormatCode.F4:
      return readFewF4(bytes, position, byteLength);
    case FormatCode.F8:
      return readFewF8(bytes, position, byteLength);
    case FormatCode.I8: {
      const values = new BigInt64Array(byteLength >>> 3);
      for (let i = 0; i < values.length; i++) values[i] = bigintAt(code, bytes, position + i * 8);
      return values;
    }
    default: {
      const values = new BigUint64Array(byteLength >>> 3);
      for (let i = 0; i < values.length; i++) values[i] = bigintAt(code, bytes, position + i * 8);
      return values;
    }
  }
}

// As a number, the payload of a NaN may change on its way: an array that holds one is copied as a block.
function readFewF4(bytes: Buffer, position: number, byteLength: number): NumericArray {
  const values = new Float32Array(byteLength >>> 2);
  for (let i = 0; i < values.length; i++) {
    words[0] = int32At(bytes, position + i * 4);
    const value = floats[0] ?? 0;
    if (value !== value) return readBlock(FormatCode.F4, bytes, position, byteLength);
    values[i] = value;
  }
  return values;
}

function readFewF8(bytes: Buffer, position: number, byteLength: number): NumericArray {
  const values = new Float64Array(byteLength >>> 3);
  for (let i = 0; i < values.length; i++) {
    loadWords(bytes, position + i * 8);
    const value = doubles[0] ?? 0;
    if (value !== value) return readBlock(FormatCode.F8, bytes, position, byteLength);
    values[i] = value;
  }
  return values;
}

function writeFew(code: number, values: NumericArray, out: WritableBytes, position: number): void {
  const { view } = out;
  switch (code) {
    case FormatCode.U4: {
      const numbers = values as Uint32Array;
      for (let i = 0, p = position; i < numbers.length; i++, p += 4) view.setUint32(p, numbers[i] as number);
      return;
    }
    case FormatCode.I4: {
      const numbers = values as Int32Array;
      for (let i = 0, p = position; i < numbers.length; i++, p += 4) view.setInt32(p, numbers[i] as number);
      return;
    }
    case FormatCode.U2: {
      const numbers = values as Uint16Array;
      for (let i = 0, p = position; i < numbers.length; i++, p += 2) view.setUint16(p, numbers[i] as number);
      return;
    }
    case FormatCode.I2: {
      const numbers = values as Int16Array;
      for (let i = 0, p = position; i < numbers.length; i++, p += 2) view.setInt16(p, numbers[i] as number);
      return;
    }
    case FormatCode.U1: {
      const numbers = values as Uint8Array;
      for (let i = 0, p = position; i < numbers.length; i++, p++) view.setUint8(p, numbers[i] as number);
      return;
    }
    case FormatCode.I1: {
      const numbers = values as Int8Array;
      for (let i = 0, p = position; i < numbers.length; i++, p++) view.setInt8(p, numbers[i] as number);
      return;
    }
    case FormatCode.F4:
      return writeFewF4(values as Float32Array, out, position);
    case FormatCode.F8:
      return writeFewF8(values as Float64Array, out, position);
    case FormatCode.I8: {
      const numbers = values as BigInt64Array;
      for (let i = 0, p = position; i < numbers.length; i++, p += 8) {
        view.setBigInt64(p, numbers[i] as bigint);
      }
      return;
    }
    default: {
      const numbers = values as BigUint64Array;
      for (let i = 0, p = position; i < numbers.length; i++, p += 8) {
        view.setBigUint64(p, numbers[i] as bigint);
      }
    }
  }
}

function writeFewF4(values: Float32Array, { bytes, view }: WritableBytes, position: number): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value !== value) return writeBlock(values, bytes, position);
    view.setFloat32(position + i * 4, value);
  }
}

function writeFewF8(values: Float64Array, { bytes, view }: WritableBytes, position: number): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value !== value) return writeBlock(values, bytes, position);
    view.setFloat64(position + i * 8, value);
  }
}

/** Writes the one value of an item of numbers (I1, I2, I4, U1, U2, U4, F4, F8). */
export function writeNumber(code: number, value: number, view: DataView, position: number): void {
  switch (code) {
    case FormatCode.U4:
    case FormatCode.I4:
      view.setInt32(position, value);
      break;
    case FormatCode.F8:
      view.setFloat64(position, value);
      break;
    case FormatCode.F4:
      view.setFloat32(position, value);
      break;
    case FormatCode.U2:
    case FormatCode.I2:
      view.setInt16(position, value);
      break;
    default:
      view.setInt8(position, value);
  }
}

/**
 * Writes an item of one number (I1, I2, I4, U1, U2, U4, F4, F8), whose header has one length byte, and returns the position
 * after it. It runs for most items of most messages.
 */
export function writeNumberItem(head: number, value: number, view: DataView, position: number): number {
  view.setUint16(position, shortHead(head));
  writeNumber(headCode(head), value, view, position + 2);
  return position + 2 + headLength(head);
}

/** Reads one value of a format of numbers (I1, I2, I4, U1, U2, U4, F4, F8) without making an array. */
export function numberAt(code: number, bytes: Buffer, position: number): number {
  switch (code) {
    case FormatCode.U4:
      return int32At(bytes, position) >>> 0;
    case FormatCode.I4:
      return int32At(bytes, position);
    case FormatCode.U2:
      return uint16At(bytes, position);
    case FormatCode.I2:
      return (uint16At(bytes, position) << 16) >> 16;
    case FormatCode.I1:
      return (byteAt(bytes, position) << 24) >> 24;
    case FormatCode.F4:
      words[0] = int32At(bytes, position);
      return floats[0] ?? 0;
    case FormatCode.F8:
      return doubleAt(bytes, position);
    default:
      return byteAt(bytes, position);
  }
}

/** Reads one value of I8 or U8 without making an array. */
export function bigintAt(code: number, bytes: Buffer, position: number): bigint {
  loadWords(bytes, position);
  return (code === FormatCode.I8 ? bigints[0] : biguints[0]) ?? 0n;
}

// Below, an index is known to be inside: what `??` would ask at every byte is not asked, and the engine inlines more of it.

/** The byte at an index that is known to be inside. */
export function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] as number;
}

function uint16At(bytes: Uint8Array, p: number): number {
  return ((bytes[p] as number) << 8) | (bytes[p + 1] as number);
}

/** The signed 32-bit number, big-endian, at an index that is known to be inside. */
export function int32At(bytes: Uint8Array, p: number): number {
  return (
    ((bytes[p] as number) << 24) |
    ((bytes[p + 1] as number) << 16) |
    ((bytes[p + 2] as number) << 8) |
    (bytes[p + 3] as number)
  );
}

/** The weight of the last bit of a double's 52 by its exponent bits; none for 2047, which tells NaN and the infinities. */
const bitWeights = new Float64Array(2047).fill(2 ** -1074);
for (let e = 2; e < bitWeights.length; e++) bitWeights[e] = 2 * (bitWeights[e - 1] as number);

/**
 * The double, big-endian, at an index that is known to be inside. It is reckoned from its parts, exactly: a double that is
 * put together in memory from two words can be read only after both have got there, which takes twice as long.
 */
export function doubleAt(bytes: Uint8Array, p: number): number {
  const view = viewOf(bytes);
  return view === undefined ? reckonedAt(bytes, p) : view.getFloat64(p);
}

function reckonedAt(bytes: Uint8Array, p: number): number {
  const high = int32At(bytes, p);
  const low = int32At(bytes, p + 4) >>> 0;
  const exponent = (high >>> 20) & 0x7ff;
  if (exponent === 0x7ff) return readDouble(bytes, p);
  const bits = ((high & 0xfffff) | (exponent === 0 ? 0 : 0x100000)) * 0x100000000 + low;
  return (high < 0 ? -bits : bits) * (bitWeights[exponent] as number);
}

function readDouble(bytes: Uint8Array, p: number): number {
  loadWords(bytes, p);
  return doubles[0] ?? 0;
}

function loadWords(bytes: Uint8Array, p: number): void {
  words[HIGH] = int32At(bytes, p);
  words[LOW] = int32At(bytes, p + 4);
}
