import { encodeItem } from '../codec/encode.js';
import { FormatCode } from '../formats.js';
import type { DataNode, ItemNode } from './layout.js';
import type { NumericArray } from './numbers.js';
import { dataBytes } from './stored-values.js';

/**
 * Whether two items mean the same: same formats, same values. NaN equals NaN whatever its payload, 0 equals -0, any
 * BOOLEAN byte but 0 equals any other, and the number of length bytes does not count.
 */
export function itemsEqual(a: ItemNode, b: ItemNode): boolean {
  // Pairs still to compare, in place of a recursion that hostile depth could overflow.
  const left: ItemNode[] = [a];
  const right: ItemNode[] = [b];
  for (
    let x = left.pop(), y = right.pop();
    x !== undefined && y !== undefined;
    x = left.pop(), y = right.pop()
  ) {
    if (x === y) continue;
    if (x.formatCode !== 0) {
      if (y.formatCode === 0 || !dataEqual(x, y)) return false;
      continue;
    }
    if (y.formatCode !== 0 || x.items.length !== y.items.length) return false;
    for (let i = 0; i < x.items.length; i++) {
      left.push(x.items[i] as ItemNode);
      right.push(y.items[i] as ItemNode);
    }
  }
  return true;
}

/** Whether two items are the same bytes on the wire, length bytes and NaN payloads included. */
export function itemsIdentical(a: ItemNode, b: ItemNode): boolean {
  if (a === b) return true;
  if (a.formatCode !== b.formatCode || a.byteLength !== b.byteLength) return false;
  const anyDepth = { maxDepth: Infinity };
  return encodeItem(a, anyDepth).equals(encodeItem(b, anyDepth));
}

function dataEqual(a: DataNode, b: DataNode): boolean {
  if (a.formatCode !== b.formatCode || a.end - a.dataStart !== b.end - b.dataStart) return false;
  const formatCode: number = a.formatCode;
  switch (formatCode) {
    case FormatCode.BOOLEAN: {
      const truths = b.load() as readonly boolean[];
      return (a.load() as readonly boolean[]).every((truth, i) => truth === truths[i]);
    }
    case FormatCode.F4:
    case FormatCode.F8:
      return floatsEqual(a.load() as NumericArray, b.load() as NumericArray);
    default:
      return dataBytes(a).equals(dataBytes(b));
  }
}

function floatsEqual(a: NumericArray, b: NumericArray): boolean {
  for (let i = 0; i < a.length; i++) {
    const x = a[i];
    const y = b[i];
    if (x !== y && (x === x || y === y)) return false;
  }
  return true;
}
