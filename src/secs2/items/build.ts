import { writeHeader } from '../codec/encode.js';
import { roomFor } from '../codec/writable-bytes.js';
import { AN_ITEM, check } from '../check.js';
import { Secs2ArgumentError } from '../errors.js';
import {
  FormatCode,
  formatName,
  MAX_ITEM_LENGTH,
  minimalLengthBytes,
  type DataFormat,
  type NumericFormat,
} from '../formats.js';
import { makeHead } from '../head.js';
import { DataItem, ListItem, type Item } from './item.js';
import { DecodedBytes } from './decoded-bytes.js';
import type { StoredValues } from './layout.js';
import type { CodePage } from '../text/code-page.js';

/** Makes an item of a format code that holds values of `byteLength` bytes. */
export function builtItem<F extends DataFormat>(
  code: (typeof FormatCode)[F],
  stored: StoredValues,
  byteLength: number,
): DataItem<F> {
  if (byteLength > MAX_ITEM_LENGTH) checkLength(String(formatName(code)), byteLength, 'bytes');
  return new DataItem<F>(makeHead(code, minimalLengthBytes(byteLength), byteLength), undefined, 0, stored);
}

/** Makes an item of one number, of `size` bytes, which is known to be in range. */
export function builtNumber<F extends NumericFormat>(
  code: (typeof FormatCode)[F],
  value: number,
  size: number,
): DataItem<F> {
  return new DataItem<F>(makeHead(code, 1, size), undefined, 0, value);
}

/** Makes an item that holds its data as bytes, with the length bytes asked for, by default the fewest that do. */
export function rawItem<F extends DataFormat>(
  format: F,
  data: Uint8Array,
  lengthBytes: number = minimalLengthBytes(data.length),
  codePage?: CodePage,
): DataItem<F> {
  checkLength(format, data.length, 'bytes');
  const dataStart = 1 + lengthBytes;
  const head = makeHead(FormatCode[format], lengthBytes, data.length);
  const out = roomFor(dataStart + data.length);
  writeHeader(head, out, out.used);
  out.bytes.set(data, out.used + dataStart);
  const bytes = out.take(dataStart + data.length);
  return new DataItem<F>(head, new DecodedBytes(bytes, codePage), 0, undefined);
}

/** Makes a list of items. */
export function builtList<C extends readonly Item[]>(items: C): ListItem<C> {
  checkLength('L', items.length, 'items');
  const lengthBytes = minimalLengthBytes(items.length);
  let end = 1 + lengthBytes;
  let depth = 0;
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    // Told by their constructors, which the engine knows from their layout: `instanceof` would search for them.
    const kind = constructorOf(item);
    if (kind === DataItem) {
      end += (item as DataItem).byteLength;
    } else if (kind === ListItem) {
      const list = item as ListItem;
      end += list.byteLength;
      if (list.depth > depth) depth = list.depth;
    } else {
      check.refuse(`L: child ${i}`, AN_ITEM, item);
    }
  }
  return new ListItem(makeHead(0, lengthBytes, items.length), undefined, 0, items, end, depth + 1);
}

function constructorOf(item: Item | null | undefined): unknown {
  try {
    return item?.constructor;
  } catch {
    return undefined;
  }
}

function checkLength(format: string, length: number, unit: string): void {
  if (length <= MAX_ITEM_LENGTH) return;
  throw new Secs2ArgumentError(
    `${format} of ${length} ${unit}: at most ${MAX_ITEM_LENGTH} fit an item (E5)`,
    'SECS2_ITEM_TOO_LONG',
  );
}
