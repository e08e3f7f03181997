import { rawItem } from '../items/build.js';
import { decodeItem } from '../codec/decode.js';
import { encodeItem, writeHeader } from '../codec/encode.js';
import { WritableBytes } from '../codec/writable-bytes.js';
import { minimalLengthBytes } from '../formats.js';
import { makeHead } from '../head.js';
import type { Item, ListItem } from '../items/item.js';
import { dataBytes } from '../items/stored-values.js';

/**
 * The same item with `lengthBytes` length bytes in its header, or undefined where so few cannot hold its length. 0 asks
 * for the fewest that do.
 */
export function withLengthBytes(item: Item, lengthBytes: number): Item | undefined {
  if (lengthBytes === 0 || lengthBytes === item.lengthBytes) return item;
  if (item.formatCode === 0) return lengthBytes < item.lengthBytes ? undefined : widenList(item, lengthBytes);
  const data = dataBytes(item);
  return lengthBytes < minimalLengthBytes(data.length)
    ? undefined
    : (rawItem(item.format, data, lengthBytes) as Item);
}

function widenList(list: ListItem, lengthBytes: number): Item {
  const body = encodeItem(list, { maxDepth: Infinity }).subarray(list.dataStart);
  const { length } = list;
  const out = new WritableBytes(Buffer.allocUnsafe(1 + lengthBytes + body.length));
  writeHeader(makeHead(0, lengthBytes, length), out, 0);
  const { bytes } = out;
  bytes.set(body, 1 + lengthBytes);
  return decodeItem(bytes, { maxDepth: Infinity, maxItems: Infinity });
}
