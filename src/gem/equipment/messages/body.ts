import type { Item } from '../../../secs2/index.js';
import { readId, readIds, textItem, type AskedId, type Id } from '../../model/id.js';
import { BodyError } from './handler.js';

// Readers of what the host sends: kind about the width of numbers, and about an array in the place of a list of ids; anything
// else that is not as E5 has it is a BodyError, which makes S9F7.

/** A list of exactly `length` items, or of any number of them. */
export function list(item: Item | undefined, what: string, length?: number): readonly Item[] {
  if (item?.format !== 'L') throw new BodyError(`${what} must be a list, received ${format(item)}`);
  const { items } = item;
  if (length !== undefined && items.length !== length) {
    throw new BodyError(`${what} must be a list of ${length}, received ${items.length}`);
  }
  return items;
}

/** A list of two, as most bodies are. */
export function pair(item: Item | undefined, what: string): readonly [Item, Item] {
  return list(item, what, 2) as readonly [Item, Item];
}

export function id(item: Item | undefined, what: string): Id {
  const found = readId(item);
  if (found === undefined)
    throw new BodyError(`${what} must be an unsigned integer or text, received ${format(item)}`);
  return found;
}

/** Ids in a list or an array. A header alone stands for an empty list. */
export function ids(item: Item | undefined, what: string): readonly AskedId[] {
  if (item === undefined) return [];
  const found = readIds(item);
  if (found === undefined) throw new BodyError(`${what} must be a list of ids, received ${format(item)}`);
  return found;
}

/** Text of an A item. */
export function text(item: Item | undefined, what: string): string {
  if (item?.format !== 'A') throw new BodyError(`${what} must be text (A), received ${format(item)}`);
  return item.ascii;
}

/** One byte of B, or one number of any integer format. */
export function code(item: Item | undefined, what: string): number {
  if (item?.format === 'B' && item.length === 1) return item.binary[0] ?? 0;
  return integer(item, what);
}

/** One whole number of 0 to 2^53-1, of any integer format. */
export function integer(item: Item | undefined, what: string): number {
  if (item !== undefined && item.length === 1 && /^[UI]\d$/.test(item.format)) {
    const number = Number(item.bigint);
    if (Number.isSafeInteger(number) && number >= 0) return number;
  }
  throw new BodyError(`${what} must be one unsigned integer, received ${format(item)}`);
}

/** One truth: BOOLEAN, or a number as some hosts send it. */
export function truth(item: Item | undefined, what: string): boolean {
  if (item?.format === 'BOOLEAN' && item.length === 1) return item.boolean[0] ?? false;
  if (item !== undefined && item.length === 1 && /^(B|U1)$/.test(item.format)) return item.bytes[0] !== 0;
  throw new BodyError(`${what} must be one BOOLEAN, received ${format(item)}`);
}

/** Nothing, or an empty list as some hosts send it. */
export function nothing(item: Item | undefined, what: string): void {
  if (item !== undefined && !(item.format === 'L' && item.length === 0)) {
    throw new BodyError(`${what} must be a header alone, received ${format(item)}`);
  }
}

const format = (item: Item | undefined): string =>
  item === undefined ? 'nothing' : `${item.format} of ${item.length}`;

export { textItem };
