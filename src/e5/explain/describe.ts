import { describeValue } from '../../describe-value.js';
import { checkItemNode } from '../nodes/check-node.js';
import { codesOf } from '../nodes/codes-of.js';
import type { DataItemNode } from '../nodes/nodes.js';

/** Of ALCD the bit that says that an alarm is set; the others are its category. */
const ALARM_SET = 128;
/** From here on codes are for makers to define. */
const OWN_CODES = 64;

/**
 * What a code of a data item means, for people: `describe(HCACK, 2)` is `not now`. Bit masks are taken apart: of ALCD 130 is
 * `set, equipment safety`.
 *
 * @example
 * ```ts
 * import { describe, HCACK } from 'rxsecs/e5';
 *
 * console.log(describe(HCACK, 2)); // not now
 * ```
 * @param item - the data item, as `HCACK`.
 * @param code - its value as read; a value that is no code is given back as text.
 */
export function describe(item: DataItemNode, code: unknown): string {
  checkItemNode('item', item);
  const known = meaningOf(item, code);
  if (known !== undefined) return known;
  if (item.others !== undefined) return item.others;
  if (Object.keys(item.codes).length === 0) return isPlain(code) ? String(code) : describeValue(code);
  return typeof code === 'number' && code >= OWN_CODES ? "the maker's own" : 'unknown';
}

/** Whether a value prints itself well. */
function isPlain(value: unknown): boolean {
  return typeof value !== 'object' && typeof value !== 'function';
}

/** @internal What a code means, or undefined where nothing is known of it. */
export function meaningOf(item: DataItemNode, code: unknown): string | undefined {
  const entries = codesOf(item);
  const exact = entries.find((entry) => entry.code === code);
  if (item.e5Name === 'ALCD' && typeof code === 'number') {
    const category =
      entries.find((entry) => entry.code === code % ALARM_SET)?.text ?? `category ${code % ALARM_SET}`;
    return `${code >= ALARM_SET ? 'set' : 'cleared'}, ${category}`;
  }
  if (exact !== undefined) return exact.text;
  if (item.others !== 'sums of these' || typeof code !== 'number') return undefined;
  const bits = entries.filter((entry) => typeof entry.code === 'number' && (code & entry.code) !== 0);
  return bits.length === 0 ? undefined : bits.map(({ text }) => text).join(', ');
}
