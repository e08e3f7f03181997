import { rawItem } from './build.js';
import type { Item } from './item.js';
import { F4, F8 } from './number-factories.js';
import { dataBytes } from './stored-values.js';

/** The bits of one NaN among values: its index, and its bytes in hex. */
export type NanBits = readonly [index: number, hex: string];

/** A float item of numbers, some of which are NaNs whose very bits are known. */
export function floatItem(format: 'F4' | 'F8', numbers: readonly number[], nans: readonly NanBits[]): Item {
  const item: Item = format === 'F4' ? F4(numbers) : F8(numbers);
  if (nans.length === 0) return item;
  const size = format === 'F4' ? 4 : 8;
  const data = dataBytes(item);
  for (const [index, hex] of nans) data.write(hex, index * size, 'hex');
  return rawItem(format, data) as Item;
}
