import { isArray } from '../../check.js';
import { check, checkItem } from '../check.js';
import { Secs2ShapeError, type ItemPath } from '../errors.js';
import { FormatCode, type DataFormat, type ItemFormat } from '../formats.js';
import { SecsItem, type DataItem, type Item, type ListItem } from './item.js';

/**
 * What an item is asked to look like:
 *
 * - a format (`'U4'`): an item of that format; `'any'`: any item;
 * - an array of shapes (`['A', 'U4']`): a list of exactly these;
 * - an item (`A('START')`): an item equal to it;
 * - `listOf(shape)`: a list of any number of these;
 * - `oneOf(shape, …)`: any of these;
 * - `sized(format, min, max)`: an item of a format with a given number of values.
 */
export type Shape =
  ItemFormat | 'any' | Item | readonly Shape[] | ListOf<Shape> | OneOf<readonly Shape[]> | Sized<ItemFormat>;

/** A list of any number of one shape; see {@link listOf}. */
export interface ListOf<S> {
  readonly kind: 'listOf';
  readonly shape: S;
}

/** Any of some shapes; see {@link oneOf}. */
export interface OneOf<S extends readonly unknown[]> {
  readonly kind: 'oneOf';
  readonly shapes: S;
}

/** An item of a format with a given number of values; see {@link sized}. */
export interface Sized<F extends ItemFormat> {
  readonly kind: 'sized';
  readonly format: F;
  readonly min: number;
  readonly max: number;
}

/** The type of an item that has a shape: any item, where the shape is only known to be one. */
export type Matched<S> = Shape extends S
  ? Item
  : S extends 'any'
    ? Item
    : S extends 'L'
      ? ListItem
      : S extends DataFormat
        ? DataItem<S>
        : S extends SecsItem
          ? S
          : S extends ListOf<infer T>
            ? ListItem<readonly Extract<Matched<T>, Item>[]>
            : S extends OneOf<infer T>
              ? Matched<T[number]>
              : S extends Sized<infer F>
                ? Matched<F>
                : S extends readonly unknown[]
                  ? ListItem<{ readonly [K in keyof S]: Extract<Matched<S[K]>, Item> }>
                  : never;

/** What {@link matchItem} found: the item with its narrowed type, or where and how it differs first. */
export type MatchResult<S> =
  | { readonly ok: true; readonly item: Matched<S> }
  | { readonly ok: false; readonly path: ItemPath; readonly expected: string; readonly found: string };

/**
 * The shape of a list of any number of items of one shape.
 *
 * @example
 * ```ts
 * import { itemMatches, listOf, parseItem } from 'rxsecs/secs2';
 *
 * const item = parseItem('<L <A "W-1"> <A "W-2">>');
 * if (itemMatches(item, listOf('A'))) console.log(item.items.map(({ ascii }) => ascii));
 * ```
 */
export function listOf<const S extends Shape>(shape: S): ListOf<S> {
  checkShape('shape', shape);
  return { kind: 'listOf', shape };
}

/**
 * The shape of an item that has any of some shapes.
 *
 * @example
 * ```ts
 * import { itemMatches, oneOf, parseItem } from 'rxsecs/secs2';
 *
 * console.log(itemMatches(parseItem('<U2 7>'), oneOf('U1', 'U2', 'U4'))); // true
 * ```
 */
export function oneOf<const S extends readonly Shape[]>(...shapes: S): OneOf<S> {
  shapes.forEach((shape, i) => checkShape(`shape ${i}`, shape));
  return { kind: 'oneOf', shapes };
}

/**
 * The shape of an item of a format with `min` to `max` values (children of a list, bytes of A and B); `max` is `min` where not given.
 *
 * @example
 * ```ts
 * import { itemMatches, parseItem, sized } from 'rxsecs/secs2';
 *
 * console.log(itemMatches(parseItem('<A "W-1">'), sized('A', 1, 40))); // true
 * ```
 */
export function sized<const F extends ItemFormat>(format: F, min: number, max: number = min): Sized<F> {
  check.oneOf('format', format, FORMATS);
  check.integer('min', min, 0);
  check.number('max', max, min);
  return { kind: 'sized', format, min, max };
}

/**
 * Compares an item with a shape. Depth: a shape is as deep as the program wrote it, and no item leads deeper.
 *
 * @example
 * ```ts
 * import { listOf, matchItem, parseItem } from 'rxsecs/secs2';
 *
 * const result = matchItem(parseItem('<L <U4 1001> <L <A "W-1">>>'), ['U4', listOf('A')]);
 * console.log(result);
 * ```
 * @returns the item with its narrowed type, or the path of the first item that differs, in the order of the wire.
 */
export function matchItem<const S extends Shape>(item: Item, shape: S): MatchResult<S> {
  checkBoth(item, shape);
  const path: number[] = [];
  const mismatch = compare(item, shape, path);
  if (mismatch === undefined) return { ok: true, item: item as unknown as Matched<S> };
  return { ok: false, ...mismatch };
}

/**
 * Whether an item has a shape; narrows its type.
 *
 * @example
 * ```ts
 * import { itemMatches, parseItem } from 'rxsecs/secs2';
 *
 * const item = parseItem('<L <U4 1001> <A "IDLE">>');
 * if (itemMatches(item, ['U4', 'A'])) console.log(item.items[1].ascii);
 * ```
 */
export function itemMatches<I extends Item, const S>(item: I, shape: S & Shape): item is I & Matched<S> {
  checkBoth(item, shape);
  return compare(item, shape, []) === undefined;
}

/**
 * The item with the narrowed type of a shape.
 *
 * @example
 * ```ts
 * import { expectItem, listOf, parseItem } from 'rxsecs/secs2';
 *
 * const [ceid, wafers] = expectItem(parseItem('<L <U4 1001> <L <A "W-1">>>'), ['U4', listOf('A')]).items;
 * console.log(ceid.number, wafers.items.map(({ ascii }) => ascii));
 * ```
 * @throws Secs2ShapeError with the path of the first item that differs.
 */
export function expectItem<const S extends Shape>(item: Item, shape: S): Matched<S> {
  checkBoth(item, shape);
  const mismatch = compare(item, shape, []);
  if (mismatch === undefined) return item as unknown as Matched<S>;
  throw new Secs2ShapeError(mismatch.path, mismatch.expected, mismatch.found);
}

const FORMATS = Object.keys(FormatCode) as ItemFormat[];
const KINDS: ReadonlySet<unknown> = new Set(['listOf', 'oneOf', 'sized']);

function checkShapes(name: string, shapes: readonly unknown[]): void {
  for (const [i, shape] of shapes.entries()) {
    if (typeof shape === 'string' && Object.hasOwn(FormatCode, shape)) continue;
    checkShape(`${name}[${i}]`, shape);
  }
}

function checkBoth(item: unknown, shape: unknown): void {
  checkItem('item', item);
  checkShape('shape', shape);
}

/** A shape and, of a list, its children; what is deeper is checked when an item is compared with it. */
/** Checks that a value is a shape. @throws Secs2ArgumentError */
export function checkShape(name: string, shape: unknown): void {
  if (typeof shape === 'string') {
    if (shape !== 'any' && !Object.hasOwn(FormatCode, shape)) check.oneOf(name, shape, ['any', ...FORMATS]);
    return;
  }
  if (typeof shape !== 'object' || shape === null) refuseShape(name, shape);
  if (isArray(shape)) return checkShapes(name, shape);
  const given: { readonly kind?: unknown } = shape;
  const { kind } = check.fields(name, given, ['kind']);
  if (!KINDS.has(kind) && !(shape instanceof SecsItem)) refuseShape(name, shape);
}

function refuseShape(name: string, shape: unknown): never {
  return check.refuse(
    name,
    "a shape: a format, 'any', an item, an array of shapes, listOf, oneOf or sized",
    shape,
  );
}

function otherFormat(item: Item, shape: ItemFormat | 'any', path: readonly number[]): Mismatch {
  checkShape('shape', shape);
  return differs(item, shape, path);
}

interface Mismatch {
  readonly path: ItemPath;
  readonly expected: string;
  readonly found: string;
}

function compare(item: Item, shape: Shape, path: number[]): Mismatch | undefined {
  if (typeof shape === 'string')
    return shape === 'any' || item.format === shape ? undefined : otherFormat(item, shape, path);
  if (shape instanceof SecsItem)
    return item.equals(shape) ? undefined : differs(item, shape, path, item.toString());
  if (isTuple(shape)) return compareTuple(item, shape, path);
  checkShape('shape', shape);
  switch (shape.kind) {
    case 'listOf':
      if (item.format !== 'L') return differs(item, shape, path);
      return compareChildren(item, () => shape.shape, path);
    case 'oneOf':
      return compareAny(item, shape, path);
    case 'sized': {
      if (item.format !== shape.format) return differs(item, shape, path);
      const fits = item.length >= shape.min && item.length <= shape.max;
      return fits ? undefined : differs(item, shape, path, `${item.format} of ${item.length}`);
    }
  }
}

function isTuple(shape: Shape): shape is readonly Shape[] {
  return Array.isArray(shape);
}

function compareTuple(item: Item, shapes: readonly Shape[], path: number[]): Mismatch | undefined {
  if (item.format !== 'L') return differs(item, shapes, path);
  if (item.length !== shapes.length) return differs(item, shapes, path, `L of ${item.length}`);
  return compareChildren(item, (i) => shapes[i] ?? 'any', path);
}

function compareChildren(
  list: ListItem,
  shapeAt: (index: number) => Shape,
  path: number[],
): Mismatch | undefined {
  for (const [i, child] of list.items.entries()) {
    path.push(i);
    const mismatch = compare(child, shapeAt(i), path);
    if (mismatch !== undefined) return mismatch;
    path.pop();
  }
  return undefined;
}

/** Of several shapes that all differ, the one that agrees the longest says the most. */
function compareAny(item: Item, shape: OneOf<readonly Shape[]>, path: number[]): Mismatch | undefined {
  let best: Mismatch | undefined;
  for (const option of shape.shapes) {
    const mismatch = compare(item, option, [...path]);
    if (mismatch === undefined) return undefined;
    if (best === undefined || isLater(mismatch.path, best.path)) best = mismatch;
  }
  return best !== undefined && best.path.length > path.length ? best : differs(item, shape, path);
}

/** Whether a path stands after another in the order of the wire. */
function isLater(a: ItemPath, b: ItemPath): boolean {
  const fork = a.findIndex((index, depth) => index !== b[depth]);
  return fork >= 0 && (a[fork] ?? 0) > (b[fork] ?? -1);
}

function differs(item: Item, shape: Shape, path: readonly number[], found: string = item.format): Mismatch {
  return { path: [...path], expected: describeShape(shape), found: found.slice(0, 100) };
}

function describeShape(shape: Shape): string {
  if (typeof shape === 'string') return shape === 'any' ? 'any item' : shape;
  if (shape instanceof SecsItem) return shape.toString().slice(0, 100);
  if (isTuple(shape)) return `L of ${shape.length}`;
  switch (shape.kind) {
    case 'listOf':
      return 'L';
    case 'oneOf':
      return shape.shapes.map(describeShape).join(' or ');
    case 'sized':
      return `${shape.format} of ${shape.min}${shape.max === shape.min ? '' : ` to ${shape.max}`}`;
  }
}
