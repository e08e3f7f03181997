import { checkItemNode } from './check-node.js';
import { entriesOf, type CodeEntry } from './codes.js';
import type { DataItemNode } from './nodes.js';

/** The codes of a data item, in order. */
export function codesOf(item: DataItemNode): readonly CodeEntry[] {
  return entriesOf(checkItemNode('item', item).codes);
}
