import { depthOf } from '../codec/encode.js';
import { checkItem, checkMaxDepth } from '../check.js';
import { Secs2DepthError } from '../errors.js';
import { DEFAULT_MAX_DEPTH, minimalLengthBytes } from '../formats.js';
import type { AnyDataNode, DataNode, ItemNode } from '../items/layout.js';
import { shortestFloat32 } from './float-text.js';
import { nanPayload } from './nan-bits.js';
import { dataBytes, LOCALIZED_HEADER_BYTES } from '../items/stored-values.js';
import { encodeJis8 } from '../text/jis8.js';
import { encodeLocalized, type LocalizedEncodingName } from '../text/localized.js';

/** A float in JSON: a number, or text for what JSON has no number for; `NaN:` and its bits in hex for an unusual NaN. */
export type JsonFloat = number | 'NaN' | 'Infinity' | '-Infinity' | '-0' | `NaN:${string}`;

/**
 * The lossless JSON form of an item: an object whose one key names the format.
 *
 * | format | value |
 * | --- | --- |
 * | L | an array of items in this form |
 * | A | text, one character (U+0000 to U+00FF) a byte |
 * | J | text, or `{ "hex": … }` where the text would not give the bytes back |
 * | C2 | `{ "encoding": name, "text": … }`, or `{ "hex": … }` of all its data where that would not give the bytes back |
 * | B | hex digits, two a byte |
 * | BOOLEAN | an array of `true` and `false`, and of numbers for bytes other than 1 and 0 |
 * | I1 I2 I4 U1 U2 U4 | an array of numbers |
 * | I8 U8 | an array of decimal text |
 * | F4 F8 | an array of numbers, or of text: `"NaN"`, `"Infinity"`, `"-Infinity"`, `"-0"`, `"NaN:7ff8000000000001"` |
 *
 * A second key, `lengthBytes`, stands where an item was decoded from a header with more length bytes than it needs.
 */
export type ItemJson = (
  | { L: ItemJson[] }
  | { A: string }
  | { J: string | { hex: string } }
  | { C2: { encoding: LocalizedEncodingName; text: string } | { hex: string } }
  | { B: string }
  | { BOOLEAN: (boolean | number)[] }
  | { [F in 'I1' | 'I2' | 'I4' | 'U1' | 'U2' | 'U4']: { [K in F]: number[] } }[
      'I1' | 'I2' | 'I4' | 'U1' | 'U2' | 'U4']
  | { [F in 'I8' | 'U8']: { [K in F]: string[] } }['I8' | 'U8']
  | { [F in 'F4' | 'F8']: { [K in F]: JsonFloat[] } }['F4' | 'F8']
) & { lengthBytes?: 2 | 3 };

/** Writes an item in its JSON form. @throws Secs2DepthError where lists nest deeper than `maxDepth`. */
export function itemToJSON(item: ItemNode, options?: { readonly maxDepth?: number }): ItemJson {
  checkItem('item', item);
  const maxDepth = checkMaxDepth(options) ?? DEFAULT_MAX_DEPTH;
  if (depthOf(item) > maxDepth) throw new Secs2DepthError(maxDepth);
  const root: ItemJson[] = [];
  // Items still to write and the arrays they go to, in place of a recursion that hostile depth could overflow.
  const pending: { item: ItemNode; into: ItemJson[] }[] = [{ item, into: root }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const json = nodeOf(next.item);
    next.into.push(json);
    if (next.item.formatCode !== 0 || !('L' in json)) continue;
    for (let i = next.item.items.length - 1; i >= 0; i--) {
      pending.push({ item: next.item.items[i] as ItemNode, into: json.L });
    }
  }
  return root[0] as ItemJson;
}

function nodeOf(item: ItemNode): ItemJson {
  const value = item.formatCode === 0 ? [] : dataToJson(item);
  const json = { [item.format]: value } as unknown as ItemJson;
  const count = item.formatCode === 0 ? item.items.length : item.end - item.dataStart;
  if (item.lengthBytes !== minimalLengthBytes(count)) json.lengthBytes = item.lengthBytes as 2 | 3;
  return json;
}

function dataToJson(item: AnyDataNode): unknown {
  switch (item.format) {
    case 'A':
      return item.values;
    case 'J':
      return jis8ToJson(item);
    case 'C2':
      return localizedToJson(item);
    case 'B':
      return dataBytes(item).toString('hex');
    case 'BOOLEAN':
      return Array.from(dataBytes(item), (byte) => (byte > 1 ? byte : byte === 1));
    case 'I8':
    case 'U8':
      return Array.from(item.values, String);
    case 'F4':
    case 'F8':
      return floatsToJson(item);
    case 'I1':
    case 'I2':
    case 'I4':
    case 'U1':
    case 'U2':
    case 'U4':
      return Array.from(item.values);
  }
}

function jis8ToJson(item: DataNode<'J'>): string | { hex: string } {
  const bytes = dataBytes(item);
  const text = item.values;
  return text.includes('\ufffd') || !encodeJis8(text).equals(bytes) ? { hex: bytes.toString('hex') } : text;
}

function localizedToJson(
  item: DataNode<'C2'>,
): { encoding: LocalizedEncodingName; text: string } | { hex: string } {
  const data = dataBytes(item);
  try {
    const { encoding, encodingCode, text } = item.localized;
    const bytes = data.subarray(LOCALIZED_HEADER_BYTES);
    if (encoding !== undefined && encodeLocalized(text, encodingCode).equals(bytes))
      return { encoding, text };
  } catch {
    // Without a code page, or with bytes that are not text, the bytes themselves are the only lossless form.
  }
  return { hex: data.toString('hex') };
}

function floatsToJson(item: DataNode<'F4'> | DataNode<'F8'>): JsonFloat[] {
  const isSingle = item.format === 'F4';
  return Array.from(item.values, (value, i): JsonFloat => {
    if (value !== value) {
      const payload = nanPayload(item, i);
      return payload === undefined ? 'NaN' : `NaN:${payload}`;
    }
    if (value === Infinity) return 'Infinity';
    if (value === -Infinity) return '-Infinity';
    if (Object.is(value, -0)) return '-0';
    return isSingle ? Number(shortestFloat32(value)) : value;
  });
}
