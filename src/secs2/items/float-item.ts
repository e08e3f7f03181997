import { builtItem, rawItem } from './build.js';
import { FormatCode } from '../formats.js';
import type { Item } from './item.js';
import { storeNumbers } from './store-numbers.js';
import { dataBytes } from './stored-values.js';

/** The bits of one NaN among values: its index, and its bytes in hex. */
export type NanBits = readonly [index: number, hex: string];

/** A float item of numbers known to be in range, some of which are NaNs whose very bits are known. */
export function floatItem(
  format: 'F4' | 'F8',
  numbers: readonly number[],
  nans: readonly NanBits[] = [],
): Item {
  const code = FormatCode[format];
  const item = builtItem<'F4' | 'F8'>(
    code,
    storeNumbers(code, numbers),
    numbers.length * (format === 'F4' ? 4 : 8),
  );
  if (nans.length === 0) return item as Item;
  const size = format === 'F4' ? 4 : 8;
  const data = dataBytes(item);
  for (const [index, hex] of nans) data.write(hex, index * size, 'hex');
  return rawItem(format, data) as Item;
}
