import { FormatCode, valueSize, type ItemFormat } from '../../secs2/formats.js';
import { boundsOf, type Bounds } from './lengths.js';
import type { DataItemNode } from './nodes.js';

/** What is worked out once about a data item, so that its values can be read and written quickly. */
export interface ItemPlan {
  readonly node: DataItemNode;
  /** The codes of the formats that it may have, those that are taken first in front. */
  readonly codes: readonly number[];
  /** By format code: 1 where the item may have the format. */
  readonly allows: Uint8Array;
  /** By the first byte of an item with one length byte: the length of one number of that format, -1 where it is none or not allowed. */
  readonly sizes: Int16Array;
  /** Whether one number is a U4 where that can carry it. */
  readonly isU4First: boolean;
  /** The first format of one fraction, or -1. */
  readonly fraction: number;
  /** The first format of text, or -1. */
  readonly text: number;
  /** The bounds of text, of bytes, and of all else. */
  readonly textBounds: Bounds;
  readonly byteBounds: Bounds;
  readonly bounds: Bounds;
  /** Whether a B is one code, not bytes. */
  readonly isOneByte: boolean;
  /** Whether numbers come as an array, whatever their count. */
  readonly isMany: boolean;
  /** Whether zero values mean that there is none. */
  readonly isMaybe: boolean;
  /** The codes allowed, where a number may be nothing else below 64. */
  readonly allowed: ReadonlySet<number> | undefined;
}

const INTEGERS: readonly ItemFormat[] = ['I1', 'I2', 'I4', 'I8', 'U1', 'U2', 'U4', 'U8'];
const NUMBERS: readonly ItemFormat[] = [...INTEGERS, 'F4', 'F8'];
const TEXTS: readonly ItemFormat[] = ['A', 'J', 'C2'];

/** Whether a format code is one of integers. */
export function isInteger(code: number): boolean {
  return code >= FormatCode.I8 && code !== FormatCode.F8 && code !== FormatCode.F4;
}

/** Whether a format code is one of text. */
export function isText(code: number): boolean {
  return code >= FormatCode.A && code <= FormatCode.C2;
}

/** Works out a data item, with the formats that a profile wants first. */
export function planOf(node: DataItemNode, isMaybe: boolean, first?: ItemFormat): ItemPlan {
  const { lengthRule } = node;
  const formats =
    first === undefined ? node.formats : [first, ...node.formats.filter((one) => one !== first)];
  const codes = formats.map((format) => FormatCode[format]);
  const allows = new Uint8Array(64);
  for (const code of codes) allows[code] = 1;
  const counted = formats.find((one) => NUMBERS.includes(one) || one === 'BOOLEAN');
  const bounds = boundsOf(lengthRule, counted ?? 'BOOLEAN');
  const byteBounds = boundsOf(lengthRule, 'B');
  const isMany = counted !== undefined && bounds.max > 1;
  const takesOne = !isMany || node.isOpen;
  const isOneByte = byteBounds.max === 1 && !node.isOpen;
  const sizes = new Int16Array(256).fill(-1);
  for (const format of formats) {
    const isOne = format === 'B' ? isOneByte : NUMBERS.includes(format) && !isMany;
    if (isOne) sizes[(FormatCode[format] << 2) | 1] = valueSize(FormatCode[format]);
  }
  const text = codes.find(isText) ?? -1;
  const textBounds = boundsOf(lengthRule, formats.find((one) => TEXTS.includes(one)) ?? 'A');
  return {
    node,
    codes,
    allows,
    sizes,
    isU4First: takesOne && codes.find((code) => code >= FormatCode.I8) === FormatCode.U4,
    fraction: (takesOne ? codes.find((code) => code === FormatCode.F8 || code === FormatCode.F4) : -1) ?? -1,
    text,
    textBounds,
    byteBounds,
    bounds,
    isOneByte,
    isMany,
    isMaybe: isMaybe || lengthRule === '0..1',
    allowed: closedCodes(node),
  };
}

function closedCodes({ codes, others, isOpen }: DataItemNode): ReadonlySet<number> | undefined {
  const numbers = Object.values(codes)
    .map((code) => (Array.isArray(code) ? (code as readonly unknown[])[0] : code))
    .filter((code) => typeof code === 'number');
  return numbers.length === 0 || others !== undefined || isOpen ? undefined : new Set(numbers);
}
