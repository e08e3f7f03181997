import { FormatCode } from '../../secs2/formats.js';
import type { ItemPath } from '../../secs2/errors.js';
import type { Item } from '../../secs2/items/item.js';
import type { BodyNode } from '../body.js';
import type { DataItemNode, Node } from '../nodes/nodes.js';
import { joinField } from '../write/find-failure.js';

/** The path of the item whose header is at a byte of a body, as far as the body can be read. */
export function pathAt(bytes: Uint8Array, target: number): ItemPath {
  const path: number[] = [];
  let position = 0;
  for (;;) {
    const head = bytes[position] ?? 0;
    let length = 0;
    for (let p = position + 1; p <= position + (head & 3); p++) length = (length << 8) | (bytes[p] ?? 0);
    if (position >= target || head >>> 2 !== FormatCode.L) return path;
    position += 1 + (head & 3);
    // The child that holds the target is the last one that begins before it or at it.
    let index = 0;
    while (index < length) {
      const next = endOf(bytes, position);
      if (next > target || next <= position) break;
      position = next;
      index++;
    }
    path.push(index);
  }
}

/** Where the item at a position ends. */
function endOf(bytes: Uint8Array, start: number): number {
  let position = start;
  for (let left = 1; left > 0 && position < bytes.length; left--) {
    const head = bytes[position] ?? 0;
    let length = 0;
    for (let p = position + 1; p <= position + (head & 3); p++) length = (length << 8) | (bytes[p] ?? 0);
    position += 1 + (head & 3);
    if (head >>> 2 === FormatCode.L) left += length;
    else position += length;
  }
  return position;
}

/** What stands at a path of a message: the name of its field, and the data item of E5 where it is one. */
export interface Place {
  /** As `reports[2].rptid`; empty for the whole body. */
  readonly field: string;
  readonly item: DataItemNode | undefined;
  /** Whether the path ends here; otherwise it leads into the value of the data item. */
  readonly isWhole: boolean;
}

/** What stands at a path of a message. */
export function placeAt(body: BodyNode | undefined, root: Item | undefined, path: ItemPath): Place {
  if (body === undefined) return { field: '', item: undefined, isWhole: true };
  let field = body.kind === 'single' ? body.name : '';
  let node: Node = body.kind === 'single' ? body.of : body;
  let item = root;
  let depth = 0;
  for (const index of path) {
    const list = listAt(node, item);
    if (list === undefined) break;
    if (list.kind === 'list') {
      const [key, child] = Object.entries(list.fields)[index] ?? [];
      if (key === undefined || child === undefined) break;
      field = joinField(field, key);
      node = child;
    } else {
      field = joinField(field, `[${index}]`);
      node = list.of;
    }
    item = childOf(item, index);
    depth++;
  }
  const leaf = leafOf(node, item);
  return { field, item: leaf, isWhole: depth === path.length };
}

function childOf(item: Item | undefined, index: number): Item | undefined {
  return item?.format === 'L' ? item.items[index] : undefined;
}

/** The structure that a list has: of alternatives the one that the item looks like. */
function listAt(node: Node, item: Item | undefined): Extract<Node, { kind: 'list' | 'many' }> | undefined {
  if (node.kind === 'list' || node.kind === 'many') return node;
  if (node.kind === 'optional') return listAt(node.of, item);
  if (node.kind === 'choice') {
    const chosen = node.of.find((one) => looksLike(one, item));
    return chosen === undefined ? undefined : listAt(chosen, item);
  }
  return undefined;
}

/** Whether an item looks like a node: lists by their length, or by what is first in them. */
function looksLike(node: Node, item: Item | undefined): boolean {
  if (node.kind === 'list') return item?.format === 'L' && item.length === Object.keys(node.fields).length;
  if (node.kind === 'many') {
    return item?.format === 'L' && (item.length === 0 || looksLike(node.of, item.items[0]));
  }
  return node.kind !== 'item' || node.isOpen || item?.format !== 'L';
}

function leafOf(node: Node, item: Item | undefined): DataItemNode | undefined {
  switch (node.kind) {
    case 'item':
      return node;
    case 'maybe':
    case 'array':
      return node.of;
    case 'optional':
      return leafOf(node.of, item);
    case 'list':
    case 'many':
    case 'choice':
      return undefined;
  }
}
