import {
  A,
  BOOLEAN,
  F4,
  F8,
  I1,
  I2,
  I4,
  I8,
  U1,
  U2,
  U4,
  U8,
  type DataItem,
  type Item,
  type ItemFormat,
} from '../../../secs2/index.js';
import type { ValueShape } from '../../model/value.js';

const factories = { I1, I2, I4, I8, U1, U2, U4, U8, F4, F8 } as const;

const isNumeric = (format: ItemFormat): format is keyof typeof factories => format in factories;

/** A bound of a value, in the format of that value where it fits, or as text. */
export function boundItem(format: ItemFormat, value: number): Item {
  if (!isNumeric(format)) return A(String(value));
  try {
    return factories[format](value);
  } catch {
    return A(String(value));
  }
}

/**
 * An item in the format of a shape: the item itself where it has that format, the same numbers in it where they fit exactly
 * (hosts send 50 as U1, U2 or U4). Undefined where it is none of both.
 * @param exact takes the format alone
 */
export function conformed(
  item: Item,
  { format, array = false }: ValueShape,
  exact: boolean,
): Item | undefined {
  if (item.format === format) {
    const counted = isNumeric(format) || format === 'BOOLEAN';
    return counted && !array && item.length !== 1 ? undefined : item;
  }
  if (exact) return undefined;
  if (format === 'BOOLEAN' && item.format === 'U1' && item.length === 1) return BOOLEAN(item.number !== 0);
  if (!isNumeric(format) || !isNumeric(item.format) || (!array && item.length !== 1)) return undefined;
  try {
    const values = Array.from((item as DataItem).values as Iterable<number | bigint>);
    const made = factories[format](values.map((value) => fitted(value, format)) as never);
    const back = Array.from(made.values as Iterable<number | bigint>);
    // A float that F4 rounds is the number that was meant; an integer that it rounds is not.
    const same = (value: number | bigint, i: number): boolean =>
      Number(back[i]) === Number(value) || (format === 'F4' && item.format === 'F8');
    return values.every(same) ? made : undefined;
  } catch {
    return undefined;
  }
}

function fitted(value: number | bigint, format: keyof typeof factories): number | bigint {
  if (format === 'I8' || format === 'U8') return BigInt(value);
  return Number(value);
}
