import type { Item } from '../../secs2/index.js';
import { quote, valueOf } from './value.js';

/** What values a constant or a parameter may have. */
export interface ValueRange {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly values?: readonly (string | number | boolean)[] | undefined;
}

/** What is wrong with a value of the right format, or undefined: each value of an array must be in range. */
export function outOfRange(item: Item, { min, max, values }: ValueRange): string | undefined {
  if (min === undefined && max === undefined && values === undefined) return undefined;
  const value = valueOf(item);
  for (const single of Array.isArray(value) ? (value as unknown[]) : [value]) {
    if (values !== undefined && !values.includes(plain(single))) {
      return `must be one of ${values.map(String).join(', ')}, received ${quote(single)}`;
    }
    const number = Number(single);
    if (min !== undefined && !(number >= min)) return `must be ${min} at least, received ${quote(single)}`;
    if (max !== undefined && !(number <= max)) return `must be ${max} at most, received ${quote(single)}`;
  }
  return undefined;
}

function plain(value: unknown): string | number | boolean {
  return typeof value === 'bigint' ? Number(value) : (value as string | number | boolean);
}
