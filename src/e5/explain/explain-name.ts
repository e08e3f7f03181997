import { shortened } from '../../describe-value.js';
import { nearestName } from '../../nearest-name.js';
import { catalogue } from '../catalogue.js';
import type { AnyDefinition } from '../definition.js';
import { check } from '../check.js';
import { E5Error } from '../errors.js';
import { explainItem, explainMessage, itemsOf } from './explain.js';
import * as e5Items from '../items/items.js';
import { checkSet, type MessageSet } from '../message-set.js';
import type { DataItemNode } from '../nodes/nodes.js';

/**
 * Explains a message (`S2F41`) or a data item (`HCACK`) in words, for people at a terminal.
 *
 * @example
 * ```ts
 * import { explain } from 'rxsecs/e5';
 *
 * console.log(explain('S2F41')); // its structure, its reply, its codes
 * console.log(explain('HCACK'));
 * ```
 * @param name - of a message or of a data item, in any case.
 * @param set - where messages are looked up, and with them their data items; the catalogue of E5 unless told otherwise.
 * @throws E5Error `E5_INVALID_VALUE` for a name that is not known, with the nearest one that is.
 */
export function explain(name: string, set: MessageSet = catalogue): string {
  const wanted = check.text('name', name, 'the name of a message or of a data item').toUpperCase();
  checkSet('set', set);
  const [, stream, fn] = /^S(\d+)F(\d+)$/.exec(wanted) ?? [];
  const definition = stream === undefined ? undefined : set.get(Number(stream), Number(fn));
  if (definition !== undefined) return explainMessage(definition);
  const items = itemsIn(set);
  const item = items.get(wanted);
  if (item !== undefined) return explainItem(item, set);
  const nearest = stream === undefined ? nearestName(wanted, [...items.keys()]) : undefined;
  const hint = nearest === undefined ? '' : `: did you mean ${items.get(nearest)?.e5Name ?? nearest}?`;
  throw new E5Error(
    'E5_INVALID_VALUE',
    `${shortened(wanted)} is no message and no data item that is known${hint}`,
  );
}

/** Every data item that is known, by its name in capitals. */
function itemsIn(set: MessageSet): ReadonlyMap<string, DataItemNode> {
  const own = [...set].flatMap((one: AnyDefinition) => {
    const { node } = one;
    return node === undefined ? [] : itemsOf(node.kind === 'single' ? node.of : node);
  });
  const all = [...(Object.values(e5Items) as readonly DataItemNode[]), ...own];
  return new Map(all.map((item) => [item.e5Name.toUpperCase(), item]));
}
