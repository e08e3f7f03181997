import { roomFor, type WritableBytes } from '../codec/writable-bytes.js';
import { FormatCode } from '../formats.js';
import { headCode, headLength } from '../head.js';
import type { DataNode, LoadedValues, StoredValues } from './layout.js';
import { readNumbers, writeNumber, writeNumbers, type NumericArray } from './numbers.js';
import { decodeCodePage } from '../text/code-page.js';
import { decodeJis8 } from '../text/jis8.js';
import { type KnownText, writeKnown } from '../text/known-text.js';
import { readLatin1, writeLatin1 } from '../text/latin1.js';
import { decodeLocalized, localizedEncodingName, type LocalizedText } from '../text/localized.js';

/** Bytes of the encoding header that starts the data of a C2 item. */
export const LOCALIZED_HEADER_BYTES = 2;

/** Reads the values of a decoded item out of its bytes. */
export function readStored(item: DataNode, bytes: Buffer): LoadedValues {
  const { dataStart, end } = item;
  const formatCode: number = item.formatCode;
  switch (formatCode) {
    case FormatCode.A:
      return readLatin1(bytes, dataStart, end);
    case FormatCode.B:
      return bytes.subarray(dataStart, end);
    case FormatCode.BOOLEAN:
      return readBooleans(bytes, dataStart, end);
    case FormatCode.J:
      return decodeJis8(bytes.subarray(dataStart, end));
    case FormatCode.C2:
      return readLocalized(item, bytes).text;
    default:
      return readNumbers(formatCode, bytes, dataStart, end - dataStart);
  }
}

/** Writes the data of an item of a head that was built from values. */
export function writeStored(head: number, stored: StoredValues, out: WritableBytes, position: number): void {
  const formatCode = headCode(head);
  if (typeof stored === 'number') return writeNumber(formatCode, stored, out.view, position);
  switch (formatCode) {
    case FormatCode.A:
      // The text, or what is known of it.
      if (typeof stored === 'string') writeLatin1(stored, out.bytes, position);
      else writeKnown(stored as KnownText, out.view, position);
      return;
    case FormatCode.B:
      out.bytes.set(stored as Uint8Array, position);
      return;
    case FormatCode.BOOLEAN:
      return writeBooleans(stored as readonly boolean[], out.bytes, position);
    default:
      return writeNumbers(formatCode, stored as NumericArray, headLength(head), out, position);
  }
}

function readBooleans(bytes: Buffer, start: number, end: number): readonly boolean[] {
  const truths: boolean[] = [];
  for (let p = start; p < end; p++) truths.push(bytes[p] !== 0);
  return truths;
}

function writeBooleans(truths: readonly boolean[], out: Buffer, position: number): void {
  let p = position;
  for (const truth of truths) out[p++] = truth ? 1 : 0;
}

/** The encoding and the text of a C2 item; without an encoding header, number 0 and no text. */
export function readLocalized(item: DataNode, bytes: Buffer): LocalizedText {
  const { dataStart, end } = item;
  if (end - dataStart < LOCALIZED_HEADER_BYTES) return { encodingCode: 0, encoding: undefined, text: '' };
  const encodingCode = bytes.readUInt16BE(dataStart);
  const text = decodeLocalized(bytes.subarray(dataStart + LOCALIZED_HEADER_BYTES, end), encodingCode);
  return { encodingCode, encoding: localizedEncodingName(encodingCode), text };
}

/** The text of an A item: in its code page where it has one, otherwise one character a byte. */
export function readText(item: DataNode, latin1: string): string {
  const { origin } = item;
  if (origin?.codePage === undefined) return latin1;
  return decodeCodePage(origin.bytes.subarray(item.dataStart, item.end), origin.codePage);
}

/** The data of an item as bytes: a view where it was decoded, fresh bytes where it was built. */
export function dataBytes(item: DataNode): Buffer {
  const { origin, stored } = item;
  if (origin !== undefined) return origin.bytes.subarray(item.dataStart, item.end);
  const length = headLength(item.head);
  const out = roomFor(length);
  if (stored !== undefined) writeStored(item.head, stored, out, out.used);
  return out.take(length);
}
