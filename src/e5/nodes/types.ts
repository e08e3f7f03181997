import type { Item } from '../../secs2/items/item.js';
import type { ItemFormat } from '../../secs2/formats.js';

/**
 * A value whose format is for the sender to choose: a variable, a constant, a parameter. Text is a string, one number a
 * number or a bigint, several a typed array, B bytes, one truth a boolean, a list an array.
 */
export type Value =
  string | number | bigint | boolean | Uint8Array | NumberArray | readonly boolean[] | readonly Value[];

/** Several numbers of one item. */
export type NumberArray =
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** What `build` takes where a {@link Value} is wanted: the value, or an item where the format matters, as in `U4(1)`. */
export type GivenValue = Value | Item | readonly GivenValue[];

/** The types of a node's value: as `read` gives it, as `build` takes it, and as `read` gives it with `values: 'items'`. */
export interface ValueTypes {
  readonly out: unknown;
  readonly in: unknown;
  readonly exact: unknown;
}

/** A part of the structure of a message. `types` is for the compiler alone: it does not exist when the program runs. */
export interface TypedNode<T extends ValueTypes = ValueTypes> {
  readonly types?: T;
}

/** What `read` gives for a node. */
export type OutOf<N extends TypedNode> = NonNullable<N['types']>['out'];
/** What `build` takes for a node. */
export type InOf<N extends TypedNode> = NonNullable<N['types']>['in'];
/** What `read` gives for a node where values stay items. */
export type ExactOf<N extends TypedNode> = NonNullable<N['types']>['exact'];

/** The number of values of a data item: an exact number, or a rule as the table of items writes it. */
export type LengthRule = number | string;

type Text = 'A' | 'J' | 'C2';
type SmallNumber = 'B' | 'I1' | 'I2' | 'I4' | 'U1' | 'U2' | 'U4' | 'F4' | 'F8';
type AnyNumber = SmallNumber | 'I8' | 'U8';

/** A whole number; a bigint where a number cannot hold it. */
export type Integer = number | bigint;
/** An id: a number or a text. */
export type Id = string | number | bigint;

type One<F extends ItemFormat> = [F] extends ['BOOLEAN']
  ? boolean
  : [F] extends [Text]
    ? string
    : [F] extends [SmallNumber]
      ? number
      : [F] extends [AnyNumber]
        ? Integer
        : [F] extends [Text | SmallNumber]
          ? string | number
          : Id;

type Several<F extends ItemFormat> = [F] extends [Text]
  ? string
  : [F] extends ['B']
    ? Uint8Array
    : [F] extends ['BOOLEAN']
      ? readonly boolean[]
      : [F] extends [Text | 'B']
        ? string | Uint8Array
        : [F] extends [SmallNumber]
          ? readonly number[]
          : [F] extends [AnyNumber]
            ? readonly Integer[]
            : string | readonly Integer[];

/** The value of a data item of these formats and this length. */
export type ItemValue<F extends ItemFormat, L extends LengthRule> = L extends '0..1'
  ? One<F> | undefined
  : L extends 1 | `${string},1` | `${'B' | 'U1'}:1,${string}`
    ? One<F>
    : Several<F>;

/** What may be given for a data item: its value, numbers as a typed array too, or an item where the format matters. */
export type ItemGiven<V> = V | Item | (V extends readonly Integer[] ? NumberArray : never);

/** The fields of a list, in order. */
export type Fields = Readonly<Record<string, TypedNode>>;

/** What `read` gives for a list of fields. */
export type RecordOut<F extends Fields> = { readonly [K in keyof F]: OutOf<F[K]> };
/** What `read` gives for a list of fields where values stay items. */
export type RecordExact<F extends Fields> = { readonly [K in keyof F]: ExactOf<F[K]> };
/** What `build` takes for a list of fields. */
export type RecordIn<F extends Fields> = {
  readonly [K in keyof F as undefined extends InOf<F[K]> ? never : K]: InOf<F[K]>;
} & { readonly [K in keyof F as undefined extends InOf<F[K]> ? K : never]?: InOf<F[K]> };
