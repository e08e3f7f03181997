import { checkDefined } from '../check.js';
import { defining } from '../errors.js';
import type { Item } from '../../secs2/items/item.js';
import type { ItemFormat } from '../../secs2/formats.js';
import { checkItemNode, checkItemParts, checkNode } from './check-node.js';
import { itemNode } from './item-node.js';
import type {
  ExactOf,
  Fields,
  InOf,
  ItemGiven,
  ItemValue,
  LengthRule,
  NumberArray,
  OutOf,
  RecordExact,
  RecordIn,
  RecordOut,
  TypedNode,
} from './types.js';
import type { GivenValue, Value } from './types.js';

/** The codes of a data item by name: the code, or the code and what it means where the name does not say it. */
export type Codes = Readonly<Record<string, Code | readonly [Code, string]>>;
type Code = number | string | boolean;

/** The codes of a data item as they can be used: `HCACK.notNow`. */
export type CodesOf<C extends Codes> = {
  readonly [K in keyof C]: C[K] extends readonly [infer V, string] ? V : C[K];
};

/** What every data item has. */
interface AnyItemNode {
  readonly kind: 'item';
  /** Its name in E5: `CEID`. */
  readonly e5Name: string;
  /** The formats it may have. A value given without a format gets the first that can carry it. */
  readonly formats: readonly ItemFormat[];
  /** How many values or characters it has: a number, `*`, `0..80`, `6/8`, or by format as in `A:0..80,1`. */
  readonly lengthRule: LengthRule;
  /** What it is, in a few words. */
  readonly meaning: string;
  /** Its codes by name, with what they mean. */
  readonly codes: Codes;
  /** What codes beside these mean, where there may be others. */
  readonly others: string | undefined;
}
/** A data item of E5 with a value of type V. Its codes, where it has some, are properties of it: `HCACK.notNow`. */
export interface ItemNode<V = unknown> extends AnyItemNode, TypedNode<ItemTypes<V>> {
  readonly isOpen: false;
}
/** A data item whose format is the sender's choice: a {@link Value}. */
export interface ValueNode extends AnyItemNode, TypedNode<OpenTypes> {
  readonly isOpen: true;
}
/** Any data item. */
export type DataItemNode = ItemNode | ValueNode;
/** One item that holds any number of values. */
export interface ArrayNode<V = unknown> extends TypedNode<ArrayTypes<V>> {
  readonly kind: 'array';
  readonly of: ItemNode;
}
/** A data item that may be of length zero, which means that there is no value. */
export interface MaybeNode<N extends TypedNode = TypedNode> extends TypedNode<OptionalTypes<N>> {
  readonly kind: 'maybe';
  readonly of: ItemNode | ValueNode;
}
/** A list of named fields. */
export interface ListNode<F extends Fields = Fields> extends TypedNode<RecordTypes<F>> {
  readonly kind: 'list';
  readonly fields: Readonly<Record<string, Node>>;
}
/** A list of any number of the same. */
export interface ManyNode<N extends TypedNode = TypedNode> extends TypedNode<ManyTypes<N>> {
  readonly kind: 'many';
  readonly of: Node;
}
/** Something, or the empty list in its place. */
export interface OptionalNode<N extends TypedNode = TypedNode> extends TypedNode<OptionalTypes<N>> {
  readonly kind: 'optional';
  readonly of: Node;
}
/** One of several structures: lists that differ in their length, or in what is in them. */
export interface ChoiceNode<N extends TypedNode = TypedNode> extends TypedNode<ChoiceTypes<N>> {
  readonly kind: 'choice';
  readonly of: readonly Node[];
}

/** A part of the structure of a message. */
export type Node =
  ItemNode | ValueNode | ArrayNode | MaybeNode | ListNode | ManyNode | OptionalNode | ChoiceNode;

interface ItemTypes<V> {
  readonly out: V;
  readonly in: ItemGiven<V>;
  readonly exact: V;
}
interface OpenTypes {
  readonly out: Value;
  readonly in: GivenValue;
  readonly exact: Item;
}
type Element<V> = V extends readonly (infer E)[] ? E : V extends Uint8Array ? number : Exclude<V, undefined>;
interface ArrayTypes<V> {
  readonly out: readonly Element<V>[];
  readonly in: readonly Element<V>[] | NumberArray | Item;
  readonly exact: readonly Element<V>[];
}
interface RecordTypes<F extends Fields> {
  readonly out: RecordOut<F>;
  readonly in: RecordIn<F>;
  readonly exact: RecordExact<F>;
}
interface ManyTypes<N extends TypedNode> {
  readonly out: readonly OutOf<N>[];
  readonly in: readonly InOf<N>[];
  readonly exact: readonly ExactOf<N>[];
}
interface OptionalTypes<N extends TypedNode> {
  readonly out: OutOf<N> | undefined;
  readonly in: InOf<N> | undefined;
  readonly exact: ExactOf<N> | undefined;
}
/** Every key of a union. */
type KeysOf<U> = U extends unknown ? keyof U : never;
/** A union of records, each with the fields of the others as undefined, so that any field can be asked for. */
type Aligned<U, K extends PropertyKey = KeysOf<U>> = U extends readonly unknown[]
  ? U
  : U extends unknown
    ? U & { readonly [P in Exclude<K, keyof U>]?: undefined }
    : never;
interface ChoiceTypes<N extends TypedNode> {
  readonly out: Aligned<OutOf<N>>;
  readonly in: InOf<N>;
  readonly exact: Aligned<ExactOf<N>>;
}

/** A node without the codes of its item: the type of a message need not repeat them. */
export type Bare<N> = N extends ValueNode ? ValueNode : N extends ItemNode<infer V> ? ItemNode<V> : N;

function checkedItem(...parts: Parameters<typeof itemNode>): unknown {
  const [e5Name, formats, lengthRule, meaning, codes = {}, others] = parts;
  return defining('a data item', () => {
    checkItemParts(e5Name, formats, lengthRule, meaning, codes, others);
    return itemNode(...parts);
  });
}

/**
 * A data item.
 *
 * @example
 * ```ts
 * import { defineMessage, item } from 'rxsecs/e5';
 *
 * const WAFERS = item('WAFERS', ['U2', 'U4'], 1, 'wafers that were processed');
 * const S100F1 = defineMessage('S100F1', 'Wafers Done', { body: { wafers: WAFERS } });
 * ```
 * @param e5Name - its name in E5, as `CEID`.
 * @param formats - the formats it may have. A value given without a format gets the first that can carry it.
 * @param lengthRule - how many values or characters: a number, `*`, `0..80`, `6/8`, or by format as in `A:0..80,1`.
 * @param meaning - what it is, in a few words.
 *
 * Behind it may stand its codes by name (where the name does not say it all, the code and what it means), and what other codes
 * mean: without that no other code below 64 is built; from 64 on codes are anybody's own.
 */
export function item<const F extends ItemFormat, const L extends LengthRule>(
  e5Name: string,
  formats: readonly F[],
  lengthRule: L,
  meaning: string,
): ItemNode<ItemValue<F, L>>;
/** A data item with codes; parameters as of {@link item}. */
export function item<const F extends ItemFormat, const L extends LengthRule, const C extends Codes>(
  e5Name: string,
  formats: readonly F[],
  lengthRule: L,
  meaning: string,
  codes: C,
  others?: string,
): ItemNode<ItemValue<F, L>> & CodesOf<C>;
export function item(
  e5Name: string,
  formats: readonly ItemFormat[],
  lengthRule: LengthRule,
  meaning: string,
  codes: Codes = {},
  others?: string,
): unknown {
  return checkedItem(e5Name, formats, lengthRule, meaning, codes, others, false);
}

/**
 * A data item whose format is the sender's choice, such as V; parameters as of {@link item}.
 *
 * @example
 * ```ts
 * import { defineMessage, value } from 'rxsecs/e5';
 *
 * const WAFERS = value('WAFERS', ['U2', 'U4'], 1, 'wafers that were processed');
 * const S100F1 = defineMessage('S100F1', 'Wafers Done', { body: { wafers: WAFERS } });
 * ```
 */
export function value(
  e5Name: string,
  formats: readonly ItemFormat[],
  lengthRule: LengthRule,
  meaning: string,
): ValueNode;
export function value<const C extends Codes>(
  e5Name: string,
  formats: readonly ItemFormat[],
  lengthRule: LengthRule,
  meaning: string,
  codes: C,
  others?: string,
): ValueNode & CodesOf<C>;
export function value(
  e5Name: string,
  formats: readonly ItemFormat[],
  lengthRule: LengthRule,
  meaning: string,
  codes: Codes = {},
  others?: string,
): unknown {
  return checkedItem(e5Name, formats, lengthRule, meaning, codes, others, true);
}

/**
 * One item that holds any number of values of a data item: `ALID[]` in S5F5.
 *
 * @example
 * ```ts
 * import { arrayOf, defineMessage, item } from 'rxsecs/e5';
 *
 * const SLOT = item('SLOT', ['U1'], 1, 'a slot of a cassette');
 * const S100F1 = defineMessage('S100F1', 'Slots', { body: { slots: arrayOf(SLOT) } });
 * ```
 */
export function arrayOf<V>(of: ItemNode<V>): ArrayNode<V> {
  return { kind: 'array', of: checkItemNode('of', of) };
}

/**
 * A data item that may be of length zero: undefined then.
 *
 * @example
 * ```ts
 * import { defineMessage, list, maybe, MID, PPID } from 'rxsecs/e5';
 *
 * // An item without values says that there is none.
 * const S100F1 = defineMessage('S100F1', 'Lot', { body: list({ mid: MID, ppid: maybe(PPID) }) });
 * ```
 */
export function maybe<N extends ItemNode | ValueNode>(of: N): MaybeNode<Bare<N>> {
  return { kind: 'maybe', of: checkItemNode('of', of) };
}

/**
 * A list of named fields, in the order given.
 *
 * @example
 * ```ts
 * import { CEID, DATAID, defineMessage, list } from 'rxsecs/e5';
 *
 * const S100F1 = defineMessage('S100F1', 'Event', { body: list({ dataId: DATAID, ceid: CEID }) });
 * console.log(String(S100F1.build({ dataId: 0, ceid: 7 }).item));
 * ```
 */
export function list<F extends Fields>(fields: F): ListNode<{ readonly [K in keyof F]: Bare<F[K]> }> {
  checkDefined.object('fields', fields, 'an object of named fields');
  return { kind: 'list', fields: fields as unknown as ListNode['fields'] };
}

/**
 * A list of any number of the same, none too.
 *
 * @example
 * ```ts
 * import { CEID, defineMessage, listOf } from 'rxsecs/e5';
 *
 * const S100F1 = defineMessage('S100F1', 'Events', { body: { ceids: listOf(CEID) } });
 * console.log(String(S100F1.build([7, 8]).item));
 * ```
 */
export function listOf<N extends TypedNode>(of: N): ManyNode<Bare<N>> {
  return { kind: 'many', of: checkNode('of', of) as unknown as Node };
}

/**
 * Something, or the empty list in its place: undefined then.
 *
 * @example
 * ```ts
 * import { CEID, defineMessage, list, MID, optional } from 'rxsecs/e5';
 *
 * // A list of two, of which the second may be missing.
 * const S100F1 = defineMessage('S100F1', 'Event', { body: list({ ceid: CEID, mid: optional(MID) }) });
 * ```
 */
export function optional<N extends TypedNode>(of: N): OptionalNode<Bare<N>> {
  return { kind: 'optional', of: checkNode('of', of) as unknown as Node };
}

/**
 * One of several structures: lists of different lengths, or of different things.
 *
 * @example
 * ```ts
 * import { CEID, defineMessage, list, listOf, oneOf } from 'rxsecs/e5';
 *
 * const S100F1 = defineMessage('S100F1', 'Event', { body: { what: oneOf(list({ ceid: CEID }), listOf(CEID)) } });
 * ```
 */
export function oneOf<const N extends readonly TypedNode[]>(...of: N): ChoiceNode<Bare<N[number]>> {
  if (of.length === 0) checkDefined.fail('oneOf must be given one structure or more, received none');
  for (const [place, one] of of.entries()) checkNode(`of[${place}]`, one);
  return { kind: 'choice', of: of as unknown as readonly Node[] };
}
