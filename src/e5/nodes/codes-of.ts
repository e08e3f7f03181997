import { checkItemNode } from './check-node.js';
import { entriesOf, type CodeEntry } from './codes.js';
import type { DataItemNode } from './nodes.js';

/**
 * The codes of a data item, in order.
 *
 * @example
 * ```ts
 * import { codesOf, HCACK } from 'rxsecs/e5';
 *
 * for (const code of codesOf(HCACK)) console.log(code);
 * ```
 */
export function codesOf(item: DataItemNode): readonly CodeEntry[] {
  return entriesOf(checkItemNode('item', item).codes);
}
