import { encodeItem } from '../codec/encode.js';
import type { EncodeOptions } from '../codec/options.js';
import { check, checkItem } from '../check.js';
import { itemsEqual, itemsIdentical } from './equality.js';
import { describePath, Secs2AccessError } from '../errors.js';
import { FormatCode, formatName, valueSize, type DataFormat, type ItemFormat } from '../formats.js';
import { itemToJSON, type ItemJson } from '../json/json-write.js';
import { headCode, headLength, headLengthBytes, isOneNumber, ONE_F8, ONE_U4 } from '../head.js';
import { bigintAt, doubleAt, int32At, numberAt } from './numbers.js';
import type { DecodedBytes } from './decoded-bytes.js';
import { storeNumber } from './store-numbers.js';
import { inspectItem, itemToText } from '../sml/print/inspect.js';
import type { ItemNode, LoadedValues, StoredValues } from './layout.js';
import { dataBytes, LOCALIZED_HEADER_BYTES, readLocalized, readStored, readText } from './stored-values.js';
import { KnownText } from '../text/known-text.js';
import { readLatin1 } from '../text/latin1.js';
import type { LocalizedText } from '../text/localized.js';
import type {
  F4Values,
  F8Values,
  I1Values,
  I2Values,
  I4Values,
  I8Values,
  U1Values,
  U2Values,
  U4Values,
  U8Values,
  ValuesOf,
} from './values.js';

/** Any SECS-II item (E5). `format` tells which, and narrows the type. */
export type Item = ListItem | { [F in DataFormat]: DataItem<F> }[DataFormat];

/** The code of one format. */
type CodeOf<F extends ItemFormat> = (typeof FormatCode)[F];

/**
 * What all items share. An item never changes once it is made; it may stand in many trees at once.
 *
 * Each format has an accessor of its name in lower case (`item.u4`, `item.ascii` …) that gives the values with their
 * type, or throws a Secs2AccessError `SECS2_WRONG_FORMAT` that names both formats.
 *
 * @example
 * ```ts
 * import { A, SecsItem } from 'rxsecs/secs2';
 *
 * const isItem = (value: unknown): boolean => value instanceof SecsItem;
 * console.log(isItem(A('x')), isItem('x')); // true false
 * ```
 */
export abstract class SecsItem {
  // Fields are declared, not defined, where the constructor sets them: defining them first costs each item twice.
  /** @internal The first byte of its header and its length, in one number; see head.ts. */
  declare readonly head: number;
  /** @internal The bytes that hold the item, or undefined where it was built from values. */
  declare readonly origin: DecodedBytes | undefined;
  /** @internal Where its header starts in them, or 0. */
  declare readonly start: number;

  /** @internal */
  constructor(head: number, origin: DecodedBytes | undefined, start: number) {
    this.head = head;
    this.origin = origin;
    this.start = start;
  }

  /** @internal Where its header ends. */
  get dataStart(): number {
    return this.start + 1 + headLengthBytes(this.head);
  }

  /** The format of the item (E5). */
  abstract readonly format: ItemFormat;

  /** How many values the item has: children of a list, bytes of B, BOOLEAN, A and J, bytes of text after the header of C2. */
  abstract readonly length: number;

  /** Bytes of the whole encoded item: header and data. */
  abstract readonly byteLength: number;

  /** Length bytes in the item's header, 1 to 3. A built item has the fewest that do (E5); a decoded one has what came. */
  get lengthBytes(): 1 | 2 | 3 {
    return headLengthBytes(this.head) as 1 | 2 | 3;
  }

  /** @internal */
  abstract valuesAs(format: DataFormat, code: number): unknown;

  /** Children of a list. */
  abstract readonly list: readonly Item[];

  /** Bytes of a B item. */
  get binary(): U1Values {
    return this.valuesAs('B', FormatCode.B) as U1Values;
  }
  /** Truths of a BOOLEAN item: a byte of 0 is false, any other is true. */
  get boolean(): readonly boolean[] {
    return this.valuesAs('BOOLEAN', FormatCode.BOOLEAN) as readonly boolean[];
  }
  /** Text of an A item, one character (U+0000 to U+00FF) a byte. See `text` for text in a code page. */
  get ascii(): string {
    return this.valuesAs('A', FormatCode.A) as string;
  }
  /** Text of a J item (JIS X 0201). Bytes that it does not define read as U+FFFD; `bytes` has them. */
  get jis8(): string {
    return this.valuesAs('J', FormatCode.J) as string;
  }
  /** Values of an I1 item. */
  get i1(): I1Values {
    return this.valuesAs('I1', FormatCode.I1) as I1Values;
  }
  /** Values of an I2 item. */
  get i2(): I2Values {
    return this.valuesAs('I2', FormatCode.I2) as I2Values;
  }
  /** Values of an I4 item. */
  get i4(): I4Values {
    return this.valuesAs('I4', FormatCode.I4) as I4Values;
  }
  /** Values of an I8 item. */
  get i8(): I8Values {
    return this.valuesAs('I8', FormatCode.I8) as I8Values;
  }
  /** Values of a U1 item. */
  get u1(): U1Values {
    return this.valuesAs('U1', FormatCode.U1) as U1Values;
  }
  /** Values of a U2 item. */
  get u2(): U2Values {
    return this.valuesAs('U2', FormatCode.U2) as U2Values;
  }
  /** Values of a U4 item. */
  get u4(): U4Values {
    return this.valuesAs('U4', FormatCode.U4) as U4Values;
  }
  /** Values of a U8 item. */
  get u8(): U8Values {
    return this.valuesAs('U8', FormatCode.U8) as U8Values;
  }
  /** Values of an F4 item. */
  get f4(): F4Values {
    return this.valuesAs('F4', FormatCode.F4) as F4Values;
  }
  /** Values of an F8 item. */
  get f8(): F8Values {
    return this.valuesAs('F8', FormatCode.F8) as F8Values;
  }

  /**
   * The encoding and the text of a C2 item. An item of fewer than two bytes has no encoding header: number 0, no text.
   *
   * @throws Secs2TextError `SECS2_UNKNOWN_ENCODING` where the encoding has no code page here; `bytes` has the data.
   */
  get localized(): LocalizedText {
    return this.wrongFormat('C2');
  }

  /** Text of an A item in the code page it was decoded or built with (one character a byte without), of a J or a C2 item. */
  get text(): string {
    return this.wrongFormat('A, J or C2');
  }

  /** The one value of an I1, I2, I4, U1, U2, U4, F4 or F8 item. */
  get number(): number {
    return this.wrongFormat('one number (I1, I2, I4, U1, U2, U4, F4 or F8)');
  }

  /** The one value of an integer item of any width, as a bigint. */
  get bigint(): bigint {
    return this.wrongFormat('one integer (I1 to I8 or U1 to U8)');
  }

  /** The data of the item as bytes, without its header: of a C2 item with its encoding header. Not for a list. */
  get bytes(): U1Values {
    return this.wrongFormat('anything but L');
  }

  /**
   * The item at a path: the index to take in each list, from this item down.
   *
   * @throws Secs2AccessError `SECS2_NO_SUCH_ITEM` saying how far the path leads; Secs2ArgumentError for an index that is no
   *   whole number.
   */
  at(...path: number[]): Item {
    let item = this as unknown as Item;
    for (let depth = 0; depth < path.length; depth++) {
      const index = check.integer(`path[${depth}]`, path[depth], Number.MIN_SAFE_INTEGER);
      const child = item.format === 'L' ? item.items[index] : undefined;
      if (child === undefined) {
        const what = item.format === 'L' ? `a list of ${item.length}` : item.format;
        throw new Secs2AccessError(
          'SECS2_NO_SUCH_ITEM',
          `no item ${path.join('.')}: ${describePath(path.slice(0, depth))} is ${what}`,
        );
      }
      item = child;
    }
    return item;
  }

  /**
   * Encodes the item into one fresh buffer of the exact size. A decoded item gives the bytes it came in.
   *
   * @throws Secs2DepthError where lists nest deeper than `maxDepth` (default 64).
   */
  encode(options?: EncodeOptions): Buffer {
    return encodeItem(this as unknown as ItemNode, options);
  }

  /**
   * Whether both items mean the same: same formats, same values. NaN equals NaN whatever its payload, 0 equals -0, any
   * BOOLEAN byte but 0 equals any other, and the number of length bytes does not count.
   */
  equals(other: Item): boolean {
    checkItem('other', other);
    return itemsEqual(this as unknown as ItemNode, other);
  }

  /** Whether both items are the same bytes on the wire. */
  identical(other: Item): boolean {
    checkItem('other', other);
    return itemsIdentical(this as unknown as ItemNode, other);
  }

  /** The lossless JSON form; see {@link ItemJson}. @throws Secs2DepthError beyond 64 nested lists. */
  toJSON(): ItemJson {
    return itemToJSON(this as unknown as ItemNode);
  }

  /** The item as SML. */
  toString(): string {
    return itemToText(this as unknown as ItemNode);
  }

  /** @internal What `console.log` shows: SML, long values cut. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return inspectItem(this as unknown as ItemNode);
  }

  /** @internal */
  wrongFormat(wanted: string): never {
    const count = this.length === 1 ? '' : ` of ${this.length} values`;
    throw new Secs2AccessError('SECS2_WRONG_FORMAT', `item is ${this.format}${count}, not ${wanted}`);
  }
}

/**
 * A list of items (L).
 *
 * @example
 * ```ts
 * import { ListItem, parseItem } from 'rxsecs/secs2';
 *
 * const item = parseItem('<L <A "x"> <U1 1>>');
 * if (item instanceof ListItem) for (const child of item.items) console.log(String(child));
 * ```
 */
export class ListItem<C extends readonly Item[] = readonly Item[]> extends SecsItem {
  /** The children. */
  declare readonly items: C;
  /** @internal Where its last child ends. */
  declare readonly end: number;
  /** Nested lists, this one included: 1 where no child is a list. */
  declare readonly depth: number;

  /** @internal */
  constructor(
    head: number,
    origin: DecodedBytes | undefined,
    start: number,
    items: C,
    end: number,
    depth: number,
  ) {
    super(head, origin, start);
    this.items = items;
    this.end = end;
    this.depth = depth;
  }

  /** @internal */
  get formatCode(): CodeOf<'L'> {
    return FormatCode.L;
  }
  get format(): 'L' {
    return 'L';
  }
  get length(): number {
    return this.items.length;
  }
  get byteLength(): number {
    return this.end - this.start;
  }
  override get list(): C {
    return this.items;
  }

  [Symbol.iterator](): IterableIterator<C[number]> {
    return this.items[Symbol.iterator]();
  }

  /** @internal */
  override valuesAs(format: DataFormat): unknown {
    return this.wrongFormat(format);
  }
}

/**
 * An item of any format but the list; `format` tells which.
 *
 * @example
 * ```ts
 * import { DataItem, parseItem } from 'rxsecs/secs2';
 *
 * const item = parseItem('<U4 1 2 3>');
 * if (item instanceof DataItem) console.log(item.format, item.length);
 * ```
 */
export class DataItem<F extends DataFormat = DataFormat> extends SecsItem {
  /** @internal The values: of a decoded item, once they were asked for. */
  declare stored: StoredValues | undefined;

  /** @internal */
  constructor(
    head: number,
    origin: DecodedBytes | undefined,
    start: number,
    stored: StoredValues | undefined,
  ) {
    super(head, origin, start);
    this.stored = stored;
  }

  /** @internal */
  get formatCode(): CodeOf<F> {
    return headCode(this.head) as CodeOf<F>;
  }
  /** @internal Where its data ends. */
  get end(): number {
    return this.dataStart + headLength(this.head);
  }
  get format(): F {
    return formatName(headCode(this.head)) as F;
  }
  get length(): number {
    const { formatCode } = this;
    const bytes = headLength(this.head);
    if (formatCode === FormatCode.C2) return Math.max(0, bytes - LOCALIZED_HEADER_BYTES);
    return bytes / valueSize(formatCode);
  }
  get byteLength(): number {
    return 1 + headLengthBytes(this.head) + headLength(this.head);
  }
  override get list(): readonly Item[] {
    return this.wrongFormat('L');
  }

  /** The values, typed by `format`. */
  get values(): ValuesOf<F> {
    return this.load() as ValuesOf<F>;
  }

  /** The values one by one; of a text its characters. */
  [Symbol.iterator](): IterableIterator<ValuesOf<F>[number]> {
    return (this.load() as Iterable<ValuesOf<F>[number]>)[Symbol.iterator]() as IterableIterator<
      ValuesOf<F>[number]
    >;
  }

  override get ascii(): string {
    const { head, stored, origin } = this;
    if (stored !== undefined || origin === undefined || headCode(head) !== FormatCode.A) return super.ascii;
    const { dataStart } = this;
    const text = readLatin1(origin.bytes, dataStart, dataStart + headLength(head));
    this.stored = text;
    return text;
  }

  override get localized(): LocalizedText {
    if (this.formatCode !== FormatCode.C2 || this.origin === undefined) return this.wrongFormat('C2');
    return readLocalized(this, this.origin.bytes);
  }

  override get text(): string {
    const formatCode: number = this.formatCode;
    switch (formatCode) {
      case FormatCode.A:
        return readText(this, this.load() as string);
      case FormatCode.J:
      case FormatCode.C2:
        return this.load() as string;
      default:
        return this.wrongFormat('A, J or C2');
    }
  }

  override get number(): number {
    const { head, stored, origin } = this;
    if (origin !== undefined) {
      // The commonest formats, without looking up their sizes.
      if (head === ONE_U4) return int32At(origin.bytes, this.start + 2) >>> 0;
      if (head === ONE_F8) return doubleAt(origin.bytes, this.start + 2);
    }
    if (!isOneNumber(head)) return super.number;
    if (origin !== undefined) return numberAt(headCode(head), origin.bytes, this.dataStart);
    return typeof stored === 'number' ? stored : ((stored as Float64Array)[0] ?? 0);
  }

  override get bigint(): bigint {
    const { formatCode, stored, origin } = this;
    const isFloat = formatCode === FormatCode.F4 || formatCode === FormatCode.F8;
    if (isFloat || formatCode < FormatCode.I8 || this.length !== 1) return super.bigint;
    if (valueSize(formatCode) < 8) return BigInt(this.number);
    if (origin !== undefined) return bigintAt(formatCode, origin.bytes, this.dataStart);
    return (stored as BigInt64Array)[0] ?? 0n;
  }

  override get bytes(): U1Values {
    return dataBytes(this);
  }

  /** @internal */
  override valuesAs(format: DataFormat, code: number): unknown {
    return this.formatCode === code ? this.load() : this.wrongFormat(format);
  }

  /** @internal */
  load(): LoadedValues {
    const { stored, origin } = this;
    if (typeof stored === 'number') return (this.stored = storeNumber(this.formatCode, stored));
    if (stored instanceof KnownText) return stored.text;
    // An item without values has bytes to read them from.
    return stored ?? (this.stored = origin === undefined ? '' : readStored(this, origin.bytes));
  }
}
