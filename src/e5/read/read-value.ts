import { decodeRange } from '../../secs2/codec/decode.js';
import { DEFAULT_MAX_DEPTH, FormatCode, valueSize } from '../../secs2/formats.js';
import type { Item } from '../../secs2/items/item.js';
import { doubleAt, int32At, readNumbers } from '../../secs2/items/numbers.js';
import { decodeCodePage } from '../../secs2/text/code-page.js';
import { decodeJis8 } from '../../secs2/text/jis8.js';
import { readLatin1 } from '../../secs2/text/latin1.js';
import { decodeLocalized } from '../../secs2/text/localized.js';
import type { NumberArray, Value } from '../nodes/types.js';
import { oneNumber, ReadFailure, type ReadCursor } from './cursor.js';

/** The text of an item whose header was read. */
export function readTextOf(c: ReadCursor): string {
  const { bytes, start, length, code } = c;
  const end = start + length;
  c.position = end;
  if (code === FormatCode.J) return decodeJis8(bytes.subarray(start, end));
  if (code === FormatCode.C2) {
    return length < 2 ? '' : decodeLocalized(bytes.subarray(start + 2, end), bytes.readUInt16BE(start));
  }
  return c.codePage === undefined
    ? readLatin1(bytes, start, end)
    : decodeCodePage(bytes.subarray(start, end), c.codePage);
}

/** Several numbers of the item whose header was read. */
export function readNumbersOf(c: ReadCursor): NumberArray {
  const { code, bytes, start, length } = c;
  if (length % valueSize(code) !== 0) throw new ReadFailure('ends within a value', c.position);
  c.position = start + length;
  // The bytes of a B, where numbers were wanted, are numbers of one byte.
  return readNumbers(code === FormatCode.B ? FormatCode.U1 : code, bytes, start, length);
}

/** The next item, as it came. */
export function readItemAsItIs(c: ReadCursor): Item {
  const { position } = c;
  const item = decodeRange(c.bytes, position, c.end, {
    trailingBytes: 'ignore',
    ...(c.codePage === undefined ? {} : { codePage: c.codePage }),
  });
  c.position = position + item.byteLength;
  return item;
}

/** The next item as a plain value. */
export function readValue(c: ReadCursor, depth: number): Value {
  const { bytes, position, end } = c;
  const first = bytes[position] ?? 0;
  const length = bytes[position + 1] as number;
  const next = position + 2 + length;
  if (next <= end) {
    // One number or a short text, as nearly all values are.
    switch (first) {
      case (FormatCode.U4 << 2) | 1:
        if (length !== 4) break;
        c.position = next;
        return int32At(bytes, position + 2) >>> 0;
      case (FormatCode.I4 << 2) | 1:
      case (FormatCode.F4 << 2) | 1:
        if (length !== 4) break;
        c.position = next;
        return oneNumber(first >>> 2, bytes, position + 2);
      case (FormatCode.F8 << 2) | 1:
        if (length !== 8) break;
        c.position = next;
        return doubleAt(bytes, position + 2);
      case (FormatCode.U2 << 2) | 1:
      case (FormatCode.I2 << 2) | 1:
        if (length !== 2) break;
        c.position = next;
        return oneNumber(first >>> 2, bytes, position + 2);
      case (FormatCode.U1 << 2) | 1:
      case (FormatCode.I1 << 2) | 1:
        if (length !== 1) break;
        c.position = next;
        return oneNumber(first >>> 2, bytes, position + 2);
      case (FormatCode.A << 2) | 1:
        if (c.codePage !== undefined) break;
        c.position = next;
        return readLatin1(bytes, position + 2, next);
    }
  }
  return readAnyValue(c, depth);
}

function readAnyValue(c: ReadCursor, depth: number): Value {
  c.open();
  const { code, bytes, start, length } = c;
  if (code === FormatCode.L) return readList(c, depth);
  if (code >= FormatCode.A && code <= FormatCode.C2) return readTextOf(c);
  const end = start + length;
  if (code === FormatCode.B) {
    c.position = end;
    return new Uint8Array(bytes.subarray(start, end));
  }
  if (code === FormatCode.BOOLEAN) {
    c.position = end;
    if (length === 1) return bytes[start] !== 0;
    return Array.from(bytes.subarray(start, end), (byte) => byte !== 0);
  }
  const size = valueSize(code);
  if (size === 0) throw new ReadFailure(`has the format code ${code}, which E5 does not define`, c.position);
  if (length !== size) return readNumbersOf(c);
  c.position = end;
  return oneNumber(code, bytes, start);
}

function readList(c: ReadCursor, depth: number): readonly Value[] {
  const { length } = c;
  if (depth >= DEFAULT_MAX_DEPTH) {
    throw new ReadFailure(`nests deeper than ${DEFAULT_MAX_DEPTH} lists`, c.position);
  }
  c.position = c.start;
  const values: Value[] = [];
  for (let i = 0; i < length; i++) values.push(readValue(c, depth + 1));
  return values;
}
