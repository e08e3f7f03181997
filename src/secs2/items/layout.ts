import type { DataFormat, FormatCode } from '../formats.js';
import type { KnownText } from '../text/known-text.js';
import type { LocalizedText } from '../text/localized.js';
import type { NumericArray } from './numbers.js';
import type { DecodedBytes } from './decoded-bytes.js';
import type { ValuesOf } from './values.js';

// What an item is made of, as types alone. Encoding, printing, comparing and the like are written against these; the
// classes of items import them and attach them as methods.

/** What an item gives as its values: text, truths, or a typed array. */
export type LoadedValues = string | readonly boolean[] | NumericArray;

/** How the values of an item are held: as they are given, or, of one that was built, as its one number or as a known text. */
export type StoredValues = LoadedValues | number | KnownText;

interface Node {
  readonly head: number;
  readonly origin: DecodedBytes | undefined;
  readonly start: number;
  readonly dataStart: number;
  readonly end: number;
  readonly length: number;
  readonly lengthBytes: 1 | 2 | 3;
  readonly byteLength: number;
}

/** What a ListItem is made of. */
export interface ListNode extends Node {
  readonly format: 'L';
  readonly formatCode: typeof FormatCode.L;
  readonly items: readonly ItemNode[];
  readonly depth: number;
}

/** What a DataItem is made of. */
export interface DataNode<F extends DataFormat = DataFormat> extends Node {
  readonly format: F;
  readonly formatCode: (typeof FormatCode)[F];
  readonly stored: StoredValues | undefined;
  readonly values: ValuesOf<F>;
  readonly number: number;
  readonly localized: LocalizedText;
  load(): LoadedValues;
}

/** A data item whose `format` tells which one it is. */
export type AnyDataNode = { [F in DataFormat]: DataNode<F> }[DataFormat];

/** What an Item is made of. */
export type ItemNode = ListNode | AnyDataNode;
