import { FormatCode, valueSize, type NumericFormat } from './formats.js';

// The head of an item: format code (6 bits), number of length bytes (2) and length (24), the bits in which E5 writes them,
// as one int32. One comparison of a head thus tells format and length at once.

/** The head of an item. */
export function makeHead(code: number, lengthBytes: number, length: number): number {
  return (code << 26) | (lengthBytes << 24) | length;
}

/** The format code in a head. */
export function headCode(head: number): number {
  return head >>> 26;
}

/** The number of length bytes in a head, 1 to 3 (0 where the bytes at hand are no item). */
export function headLengthBytes(head: number): number {
  return (head >>> 24) & 3;
}

/** The length in a head: bytes of data, or children of a list. */
export function headLength(head: number): number {
  return head & 0xffffff;
}

/** The header that has one length byte, as the 16 bits that it is on the wire. */
export function shortHead(head: number): number {
  return ((head >>> 16) & 0xff00) | (head & 0xff);
}

/** The head of an item of one U4, as it is nearly always written. */
export const ONE_U4 = makeHead(FormatCode.U4, 1, 4);
/** The head of an item of one F8, as it is nearly always written. */
export const ONE_F8 = makeHead(FormatCode.F8, 1, 8);

/** Bytes of one value by format code; for a format whose single value is no JavaScript number, what no length matches. */
const numberSizes = new Int8Array(64).fill(-1);
for (const format of ['I1', 'I2', 'I4', 'U1', 'U2', 'U4', 'F4', 'F8'] satisfies NumericFormat[]) {
  numberSizes[FormatCode[format]] = valueSize(FormatCode[format]);
}

/** Whether an item of a head has one value, which is a JavaScript number. */
export function isOneNumber(head: number): boolean {
  return numberSizes[headCode(head)] === headLength(head);
}
