import type { Item } from '../../../secs2/index.js';
import type { Id } from '../../model/id.js';
import type { ValueShape } from '../../model/value.js';
import { code, type Inline } from '../blocks.js';

/** A number or text of a table; nothing where there is none. */
export const shown = (value: number | string | undefined): string => (value === undefined ? '' : `${value}`);

/** `U2`, or `U2[n]` for any number of values. */
export const formatText = ({ format, array }: ValueShape): string =>
  array === true ? `${format}[n]` : format;

/** The value of an item as text: `12.5`, `normal`, `0 1 1`. */
export function itemText(item: Item | undefined): string {
  if (item === undefined) return '';
  if (item.format === 'L') return `L[${item.length}]`;
  if (item.format === 'A' || item.format === 'J' || item.format === 'C2') return item.text;
  if (item.format === 'B')
    return [...item.bytes].map((byte) => `0x${byte.toString(16).padStart(2, '0')}`).join(' ');
  return Array.from(item.values as Iterable<unknown>, String).join(' ');
}

/** What values are allowed: `0 to 400`, `normal, test`. */
export function rangeText({
  min,
  max,
  values,
}: {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly values?: readonly unknown[] | undefined;
}): string {
  if (values !== undefined) return values.map(String).join(', ');
  if (min !== undefined && max !== undefined) return `${min} to ${max}`;
  if (min !== undefined) return `from ${min}`;
  return max === undefined ? '' : `to ${max}`;
}

/** Ids in their order: numbers by size, then text. */
export const byId = (a: { readonly id: Id }, b: { readonly id: Id }): number =>
  typeof a.id === 'number' && typeof b.id === 'number' ? a.id - b.id : String(a.id) < String(b.id) ? -1 : 1;

/** Names side by side. */
export const codes = (names: readonly string[]): readonly Inline[] =>
  names.flatMap((name, i) => (i === 0 ? [code(name)] : [', ', code(name)]));
