import { Secs2DepthError } from './errors.js';
import { DEFAULT_MAX_DEPTH } from './formats.js';
import type { DataItem, Item, ListItem } from './item.js';
import type { Origin } from './origin.js';
import { writeStored } from './stored-values.js';

/** How an item is encoded. */
export interface EncodeOptions {
  /** The most lists that may nest; default 64. */
  readonly maxDepth?: number;
}

/** From this many bytes on, a block copy is faster than a loop. */
const BLOCK_BYTES = 64;

/** The nested lists of an item: 0 for anything but a list. */
export function depthOf(item: Item): number {
  return item.formatCode === 0 ? item.depth : 0;
}

/**
 * Encodes an item into one fresh buffer of the exact size (E5). Whatever was decoded goes out byte for byte as it came in.
 *
 * @throws Secs2DepthError where lists nest deeper than `maxDepth`.
 */
export function encodeItem(item: Item, options?: EncodeOptions): Buffer {
  const out = Buffer.allocUnsafe(encodedLength(item, options));
  writeItem(item, out, 0);
  return out;
}

/** Bytes of the encoded item. @throws Secs2DepthError where it cannot be encoded. */
export function encodedLength(item: Item, options?: EncodeOptions): number {
  const maxDepth = options?.maxDepth ?? DEFAULT_MAX_DEPTH;
  if (depthOf(item) > maxDepth) throw new Secs2DepthError(maxDepth);
  return item.end - item.start;
}

/** Writes a whole item, which can be encoded, at a position where there is room for it; returns the position after it. */
export function writeItem(item: Item, out: Buffer, position: number): number {
  if (item.formatCode !== 0) return writeData(item, out, position);
  // A stack of its own, so that no depth of lists can exhaust the program's.
  const lists: ListItem[] = [];
  const indexes: number[] = [];
  let list: ListItem = item;
  let index = 0;
  let p = startList(list, out, position);
  if (list.origin !== undefined) return p;
  for (;;) {
    const child = list.items[index++];
    if (child === undefined) {
      const parent = lists.pop();
      if (parent === undefined) return p;
      list = parent;
      index = indexes.pop() ?? 0;
    } else if (child.formatCode !== 0) {
      p = writeData(child, out, p);
    } else {
      p = startList(child, out, p);
      if (child.origin !== undefined) continue;
      lists.push(list);
      indexes.push(index);
      list = child;
      index = 0;
    }
  }
}

/** Writes all of a decoded list, or the header of a built one. */
function startList(list: ListItem, out: Buffer, position: number): number {
  if (list.origin !== undefined) return copyBytes(list.origin, list.start, list.end, out, position);
  return writeHeader(0, list.items.length, list.dataStart, out, position);
}

function writeData(item: DataItem, out: Buffer, position: number): number {
  const { origin, stored, dataStart, end } = item;
  if (origin !== undefined) return copyBytes(origin, item.start, end, out, position);
  const p = writeHeader(item.formatCode, end - dataStart, dataStart, out, position);
  if (stored !== undefined) writeStored(item.formatCode, stored, end - dataStart, out, p);
  return p + end - dataStart;
}

/** Writes an item header of `size` bytes, 2 to 4, and returns the position after it. */
export function writeHeader(
  code: number,
  length: number,
  size: number,
  out: Buffer,
  position: number,
): number {
  let p = position;
  out[p++] = (code << 2) | (size - 1);
  if (size > 3) out[p++] = length >>> 16;
  if (size > 2) out[p++] = length >>> 8;
  out[p++] = length;
  return p;
}

function copyBytes(origin: Origin, start: number, end: number, out: Buffer, position: number): number {
  const { bytes } = origin;
  if (end - start >= BLOCK_BYTES) return position + bytes.copy(out, position, start, end);
  let p = position;
  for (let i = start; i < end; i++) out[p++] = bytes[i] ?? 0;
  return p;
}
