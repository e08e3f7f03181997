import {
  A,
  B,
  BOOLEAN,
  C2,
  F4,
  F8,
  I1,
  I2,
  I4,
  I8,
  J,
  SecsItem,
  U1,
  U2,
  U4,
  U8,
  type Item,
  type ItemFormat,
} from '../../secs2/index.js';
import { isArray, isInstance } from '../../check.js';
import { describeValue, shortened } from '../../describe-value.js';
import { GemArgumentError } from '../errors.js';

/** What a value looks like: its format, and whether it is one value or any number of them. */
export interface ValueShape {
  /** The format of its item (E5). `L` holds any list, given as an item. */
  readonly format: ItemFormat;
  /** The item holds any number of values, given as an array. Default: one. Text is one value in any case. */
  readonly array?: boolean;
}

/** A value of JavaScript that an item can be made of. An item of the right format is taken as it is. */
export type Value =
  | string
  | number
  | bigint
  | boolean
  | Uint8Array
  | readonly number[]
  | readonly bigint[]
  | readonly boolean[]
  | Item;

type Small = 'I1' | 'I2' | 'I4' | 'U1' | 'U2' | 'U4' | 'F4' | 'F8';

/** The type of the values of one format. */
type ValueOfFormat<F extends ItemFormat, Many> = F extends 'A' | 'J' | 'C2'
  ? string
  : F extends 'B'
    ? Uint8Array | number
    : F extends 'BOOLEAN'
      ? Many extends true
        ? readonly boolean[]
        : boolean
      : F extends Small
        ? Many extends true
          ? readonly number[]
          : number
        : F extends 'I8' | 'U8'
          ? Many extends true
            ? readonly (number | bigint)[]
            : number | bigint
          : never;

/** The type of a value of a shape: `number` for `{ format: 'F8' }`, or in any case its item. */
export type ValueOf<S> = S extends { readonly format: infer F extends ItemFormat }
  ? ValueOfFormat<F, S extends { readonly array: infer Many } ? Many : false> | Item
  : Value;

/** The type in which a value of a shape is read: as {@link ValueOf} without the choices. */
export type ReadValueOf<S> = S extends { readonly format: infer F extends ItemFormat }
  ? F extends 'B'
    ? Uint8Array
    : F extends 'I8' | 'U8'
      ? S extends { readonly array: true }
        ? readonly bigint[]
        : bigint
      : F extends 'L'
        ? Item
        : ValueOfFormat<F, S extends { readonly array: infer Many } ? Many : false>
  : Value;

/** Makes an item of one value or of an array of them; the factories check what they get. */
type Factory = (values: never) => Item;

const factories: Readonly<Record<Exclude<ItemFormat, 'L' | 'A' | 'J' | 'C2'>, Factory>> = {
  ...{ B, BOOLEAN, I1, I2, I4, I8, U1, U2, U4, U8, F4, F8 },
};

const texts = { A, J, C2 } as const;

const isText = (format: ItemFormat): format is keyof typeof texts => format in texts;

/**
 * Makes the item of a value.
 * @param name what the value is of, for the error
 * @throws GemArgumentError naming the value and what is allowed.
 */
export function itemOf(name: string, shape: ValueShape, value: unknown): Item {
  const { format, array = false } = shape;
  if (isInstance(value, SecsItem)) return checkedItem(name, shape, value as Item);
  if (format === 'L') throw wrong(name, 'a list item, as L(…)', value);
  try {
    if (isText(format)) {
      if (typeof value === 'string') return texts[format](value);
      throw wrong(name, `text (format ${format})`, value);
    }
    const isMany = isArray(value) || ArrayBuffer.isView(value);
    if (isMany !== array && format !== 'B') throw wrong(name, what(shape), value);
    return factories[format](value as never);
  } catch (error) {
    if (error instanceof GemArgumentError) throw error;
    throw wrong(name, what(shape), value, error);
  }
}

const what = ({ format, array }: ValueShape): string =>
  array === true ? `an array of ${format}` : `one value of ${format}`;

function checkedItem(name: string, { format, array = false }: ValueShape, item: Item): Item {
  if (item.format !== format) throw wrong(name, `an item of format ${format}`, item);
  const counted = format !== 'L' && format !== 'A' && format !== 'J' && format !== 'C2' && format !== 'B';
  if (counted && !array && item.length !== 1) throw wrong(name, `one value of ${format}`, item);
  return item;
}

/** The value of an item: text, a number, a bigint, a truth, bytes, an array of them; a list as the item it is. */
export function valueOf(item: Item, array = false): Value {
  if (item.format === 'L') return item;
  if (item.format === 'B') return item.bytes.slice();
  if (isText(item.format)) return item.text;
  const values = Array.from(item.values as Iterable<number>);
  return array || values.length !== 1 ? values : (values[0] ?? 0);
}

/** A value as an error shows it: with its type. It never throws: a value may be there to do harm. */
export function quote(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return `the ${typeof value} ${String(value)}`;
  if (isInstance(value, SecsItem)) return `the item ${shortened(String(value))}`;
  return describeValue(value);
}

/** A name in an error message: `"Recipes"`. */
export function quoteName(name: unknown): string {
  return typeof name === 'string' ? JSON.stringify(shortened(name)) : describeValue(name);
}

function wrong(name: string, allowed: string, value: unknown, cause?: unknown): GemArgumentError {
  const why = cause instanceof Error ? ` (${cause.message})` : '';
  return new GemArgumentError(`${name} must be ${allowed}, received ${quote(value)}${why}`);
}
