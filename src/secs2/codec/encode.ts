import { checkMaxDepth } from '../check.js';
import { Secs2DepthError } from '../errors.js';
import { DEFAULT_MAX_DEPTH } from '../formats.js';
import { headCode, headLength, headLengthBytes, shortHead } from '../head.js';
import type { DataNode, ItemNode, ListNode } from '../items/layout.js';
import { writeNumberItem } from '../items/numbers.js';
import type { DecodedBytes } from '../items/decoded-bytes.js';
import { writeStored } from '../items/stored-values.js';
import type { EncodeOptions } from './options.js';
import { roomFor, type WritableBytes } from './writable-bytes.js';

/** From this many bytes on, a block copy is faster than a loop. */
const BLOCK_BYTES = 64;

/** The nested lists of an item: 0 for anything but a list. */
export function depthOf(item: ItemNode): number {
  return item.formatCode === 0 ? item.depth : 0;
}

/**
 * Encodes an item into one fresh buffer of the exact size (E5). Whatever was decoded goes out byte for byte as it came in.
 *
 * @throws Secs2DepthError where lists nest deeper than `maxDepth`.
 */
export function encodeItem(item: ItemNode, options?: EncodeOptions): Buffer {
  const length = encodedLength(item, options);
  const out = roomFor(length);
  writeItem(item, out, out.used);
  return out.take(length);
}

/** Bytes of the encoded item. @throws Secs2DepthError where it cannot be encoded. */
export function encodedLength(item: ItemNode, options?: EncodeOptions): number {
  const maxDepth = options === undefined ? DEFAULT_MAX_DEPTH : (checkMaxDepth(options) ?? DEFAULT_MAX_DEPTH);
  if (depthOf(item) > maxDepth) throw new Secs2DepthError(maxDepth);
  return item.byteLength;
}

// The lists around the one being written, and the index of the next child in each. All items but very deep ones share
// these, which are empty between them: most items would be the first to grow a stack of their own.
const sharedLists: ListNode[] = [];
const sharedIndexes: number[] = [];

/** Writes a whole item, which can be encoded, at a position where there is room for it; returns the position after it. */
export function writeItem(item: ItemNode, out: WritableBytes, position: number): number {
  // Of the head, which all items have at the same place: a getter would have to be looked up for each kind of item.
  if (headCode(item.head) !== 0) return writeData(item as DataNode, out, position);
  // A stack of its own, so that no depth of lists can exhaust the program's.
  const isDeep = (item as ListNode).depth > DEFAULT_MAX_DEPTH;
  const lists = isDeep ? [] : sharedLists;
  const indexes = isDeep ? [] : sharedIndexes;
  const { view } = out;
  let list = item as ListNode;
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
    } else if (headCode(child.head) !== 0) {
      const { head, stored } = child as DataNode;
      // One number, as most items are, without a call.
      if (typeof stored === 'number') p = writeNumberItem(head, stored, view, p);
      else p = writeData(child as DataNode, out, p);
    } else {
      p = startList(child as ListNode, out, p);
      if (child.origin !== undefined) continue;
      lists.push(list);
      indexes.push(index);
      list = child as ListNode;
      index = 0;
    }
  }
}

/** Writes all of a decoded list, or the header of a built one. */
function startList(list: ListNode, out: WritableBytes, position: number): number {
  if (list.origin !== undefined) return copyBytes(list.origin, list.start, list.end, out.bytes, position);
  return writeHeader(list.head, out, position);
}

function writeData(item: DataNode, out: WritableBytes, position: number): number {
  const { head, origin, stored } = item;
  if (origin !== undefined) return copyBytes(origin, item.start, item.end, out.bytes, position);
  const p = writeHeader(head, out, position);
  if (stored !== undefined) writeStored(head, stored, out, p);
  return p + headLength(head);
}

/** Writes an item header, and returns the position after it. */
export function writeHeader(head: number, out: WritableBytes, position: number): number {
  if (headLengthBytes(head) > 1) return writeLongHeader(head, out.bytes, position);
  out.view.setUint16(position, shortHead(head));
  return position + 2;
}

function writeLongHeader(head: number, out: Buffer, position: number): number {
  let p = position;
  out[p++] = head >>> 24;
  if (headLengthBytes(head) > 2) out[p++] = head >>> 16;
  out[p++] = head >>> 8;
  out[p++] = head;
  return p;
}

function copyBytes(origin: DecodedBytes, start: number, end: number, out: Buffer, position: number): number {
  const { bytes } = origin;
  if (end - start >= BLOCK_BYTES) return position + bytes.copy(out, position, start, end);
  let p = position;
  for (let i = start; i < end; i++) out[p++] = bytes[i] ?? 0;
  return p;
}
