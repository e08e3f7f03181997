import { encodedLength, writeHeader, writeItem as writeWhole } from '../../secs2/codec/encode.js';
import {
  FormatCode,
  formatName,
  MAX_ITEM_LENGTH,
  minimalLengthBytes,
  valueSize,
} from '../../secs2/formats.js';
import { makeHead } from '../../secs2/head.js';
import { SecsItem, type DataItem, type Item, type ListItem } from '../../secs2/items/item.js';
import { writeNumber, writeNumberItem, writeNumbers, type NumericArray } from '../../secs2/items/numbers.js';
import { encodeCodePage } from '../../secs2/text/code-page.js';
import { encodeJis8 } from '../../secs2/text/jis8.js';
import { writeLatin1 } from '../../secs2/text/latin1.js';
import { encodeLocalized, localizedEncodingCode } from '../../secs2/text/localized.js';
import { textToSend } from '../../secs2/text/sent-text-cache.js';
import { KnownText, writeKnown } from '../../secs2/text/known-text.js';
import { showValue } from '../errors.js';
import { allowedCodes, allowedText } from '../nodes/allowed-text.js';
import { countText, isWithin, type Bounds } from '../nodes/lengths.js';
import { isInteger, isText, type ItemPlan } from '../nodes/plan.js';
import { canCarry, codeFor } from './ranges.js';
import { WriteFailure, type BodyWriter } from './writer.js';

const F8_HEAD = makeHead(FormatCode.F8, 1, 8);
const U4_HEAD = makeHead(FormatCode.U4, 1, 4);

/** Writes a value as a data item. */
export function writeItem(w: BodyWriter, plan: ItemPlan, value: unknown): void {
  switch (typeof value) {
    case 'number':
      return writeOne(w, plan, value);
    case 'string':
      return writeText(w, plan, value);
    case 'boolean':
      if (plan.allows[FormatCode.BOOLEAN] !== 1 || (plan.isMany && !plan.node.isOpen)) refuse(plan, value);
      return writeBytes(w, FormatCode.BOOLEAN, Uint8Array.of(value ? 1 : 0));
    case 'bigint':
      return writeBigint(w, plan, value);
    case 'undefined':
      if (!plan.isMaybe) refuse(plan, value);
      return header(w, plan.codes[0] ?? 0, 0);
    case 'object':
      if (value !== null) return writeObject(w, plan, value);
      return refuse(plan, value);
    case 'symbol':
    case 'function':
      return refuse(plan, value);
  }
}

function writeOne(w: BodyWriter, plan: ItemPlan, value: number): void {
  if (plan.allowed !== undefined && value < 64 && !plan.allowed.has(value)) {
    throw new WriteFailure(
      `(${plan.node.e5Name}) must be ${allowedCodes(plan)}, received ${showValue(value)}`,
    );
  }
  w.reserve(10);
  if (plan.isU4First && value >>> 0 === value) {
    w.position = writeNumberItem(U4_HEAD, value, w.out.view, w.position);
    return;
  }
  if (plan.fraction === FormatCode.F8 && value !== Math.trunc(value)) {
    w.position = writeNumberItem(F8_HEAD, value, w.out.view, w.position);
    return;
  }
  if (plan.isMany && !plan.node.isOpen) refuse(plan, value);
  const code = codeFor(plan, value);
  if (code < 0) refuse(plan, value);
  if (code === FormatCode.U8 || code === FormatCode.I8) return writeWide(w, code, BigInt(value));
  w.position = writeNumberItem(makeHead(code, 1, valueSize(code)), value, w.out.view, w.position);
}

function writeBigint(w: BodyWriter, plan: ItemPlan, value: bigint): void {
  const number = Number(value);
  if (Number.isSafeInteger(number) && codeFor(plan, number) >= 0) return writeOne(w, plan, number);
  if (plan.isMany && !plan.node.isOpen) refuse(plan, value);
  const code = plan.codes.find(
    (one) => (one === FormatCode.U8 || one === FormatCode.I8) && canCarry(one, value),
  );
  if (code === undefined) refuse(plan, value);
  else writeWide(w, code, value);
}

function writeWide(w: BodyWriter, code: number, value: bigint): void {
  header(w, code, 8);
  w.reserve(8);
  if (code === FormatCode.U8) w.out.view.setBigUint64(w.position, value);
  else w.out.view.setBigInt64(w.position, value);
  w.position += 8;
}

function writeText(w: BodyWriter, plan: ItemPlan, text: string): void {
  const code = plan.text;
  if (code < 0) refuse(plan, text);
  checkCount(plan, plan.textBounds, text.length, 'characters');
  if (code !== FormatCode.A || w.codePage !== undefined) {
    const bytes = encodeText(code, text, w.codePage);
    return writeBytes(w, code, bytes);
  }
  const known = textToSend(text);
  if (known === undefined) {
    throw new WriteFailure(
      `(${plan.node.e5Name}) must be ASCII text, received ${showValue(text)}: name a codePage, or give an item as A(text, 'gbk')`,
    );
  }
  writeAscii(w, known);
}

/** Writes an A of a text that was looked up, and may be sent. */
export function writeAscii(w: BodyWriter, known: KnownText | string): void {
  const { length } = known instanceof KnownText ? known.text : known;
  header(w, FormatCode.A, length);
  w.reserve(length);
  if (known instanceof KnownText) writeKnown(known, w.out.view, w.position);
  else writeLatin1(known, w.out.bytes, w.position);
  w.position += length;
}

function encodeText(code: number, text: string, codePage: string | undefined): Uint8Array {
  if (code === FormatCode.J) return encodeJis8(text);
  if (code === FormatCode.A) return encodeCodePage(text, codePage ?? 'latin1');
  const encoding = localizedEncodingCode('UTF-8');
  return Buffer.concat([Buffer.of(encoding >>> 8, encoding), encodeLocalized(text, encoding)]);
}

function writeObject(w: BodyWriter, plan: ItemPlan, value: object): void {
  if (value instanceof SecsItem) return writeGivenItem(w, plan, value as Item);
  if (ArrayBuffer.isView(value)) return writeView(w, plan, value);
  if (!Array.isArray(value)) refuse(plan, value);
  const values = value as readonly unknown[];
  if (plan.allows[FormatCode.L] === 1) {
    header(w, FormatCode.L, values.length);
    for (const one of values) writeItem(w, plan, one);
    return;
  }
  writeArray(w, plan, values);
}

/** Several values of one item, each of which must fit the format of them all. */
function writeArray(w: BodyWriter, plan: ItemPlan, values: readonly unknown[]): void {
  const isBytes = plan.allows[FormatCode.B] === 1 && plan.byteBounds.max > 1;
  if (!plan.isMany && !isBytes) refuse(plan, values);
  checkSize(values.length);
  const code = plan.codes.find((one) => canHoldAll(one, values));
  if (code === undefined) refuse(plan, values);
  checkCount(plan, code === FormatCode.B ? plan.byteBounds : plan.bounds, values.length, 'values');
  if (code === FormatCode.BOOLEAN) return writeBytes(w, code, Uint8Array.from(values, Number));
  if (code === FormatCode.B) return writeBytes(w, code, Uint8Array.from(values as number[]));
  for (const value of values as readonly number[]) checkCode(plan, value);
  const size = valueSize(code);
  header(w, code, values.length * size);
  w.reserve(values.length * size);
  for (const value of values as readonly (number | bigint)[]) writeElement(w, code, size, value);
}

function writeElement(w: BodyWriter, code: number, size: number, value: number | bigint): void {
  const isWide = size === 8 && code !== FormatCode.F8;
  if (isWide) w.out.view.setBigInt64(w.position, BigInt.asIntN(64, BigInt(value)));
  else writeNumber(code, Number(value), w.out.view, w.position);
  w.position += size;
}

/** Whether a format can hold all of some values. What is missing among them is none: `every` would leave it out. */
function canHoldAll(code: number, values: readonly unknown[]): boolean {
  for (let i = 0; i < values.length; i++) if (!canHold(code, values[i])) return false;
  return true;
}

/** Whether a format of numbers or truths can hold a value. */
function canHold(code: number, value: unknown): boolean {
  if (code === FormatCode.BOOLEAN) return typeof value === 'boolean';
  return (typeof value === 'number' || typeof value === 'bigint') && canCarry(code, value);
}

function writeView(w: BodyWriter, plan: ItemPlan, view: ArrayBufferView): void {
  const code = viewCode(view, plan);
  if (code === undefined || plan.allows[code] !== 1) {
    const values = Array.from(view as unknown as ArrayLike<unknown>);
    if (view instanceof DataView || plan.node.isOpen) refuse(plan, view);
    return writeArray(w, plan, values);
  }
  if (code === FormatCode.B) {
    checkCount(plan, plan.byteBounds, view.byteLength, 'bytes');
    return writeBytes(w, code, view as Uint8Array);
  }
  const array = view as unknown as NumericArray;
  checkCount(plan, plan.bounds, array.length, 'values');
  header(w, code, view.byteLength);
  w.reserve(view.byteLength);
  writeNumbers(code, array, view.byteLength, w.out, w.position);
  w.position += view.byteLength;
}

const viewCodes: ReadonlyMap<string, number> = new Map([
  ['Int8Array', FormatCode.I1],
  ['Int16Array', FormatCode.I2],
  ['Int32Array', FormatCode.I4],
  ['BigInt64Array', FormatCode.I8],
  ['Uint16Array', FormatCode.U2],
  ['Uint32Array', FormatCode.U4],
  ['BigUint64Array', FormatCode.U8],
  ['Float32Array', FormatCode.F4],
  ['Float64Array', FormatCode.F8],
]);

function viewCode(view: ArrayBufferView, plan: ItemPlan): number | undefined {
  if (view instanceof Uint8Array) return plan.allows[FormatCode.B] === 1 ? FormatCode.B : FormatCode.U1;
  return viewCodes.get(view.constructor.name);
}

/** An item that the caller chose: its format and its length are checked, its codes are not. */
function writeGivenItem(w: BodyWriter, plan: ItemPlan, item: Item): void {
  const { formatCode } = item as ListItem | DataItem;
  if (plan.allows[formatCode] !== 1) refuse(plan, item);
  const bounds = isText(formatCode)
    ? plan.textBounds
    : formatCode === FormatCode.B
      ? plan.byteBounds
      : plan.bounds;
  if (formatCode !== FormatCode.L) checkCount(plan, bounds, item.length, 'values');
  w.reserve(encodedLength(item));
  w.position = writeWhole(item, w.out, w.position);
}

function writeBytes(w: BodyWriter, code: number, bytes: Uint8Array): void {
  header(w, code, bytes.length);
  w.reserve(bytes.length);
  w.out.bytes.set(bytes, w.position);
  w.position += bytes.length;
}

/** Writes the header of an item. */
export function header(w: BodyWriter, code: number, length: number): void {
  checkSize(length);
  w.reserve(4);
  w.position = writeHeader(makeHead(code, minimalLengthBytes(length), length), w.out, w.position);
}

function checkSize(length: number): void {
  if (length <= MAX_ITEM_LENGTH) return;
  throw new WriteFailure(`must have at most ${MAX_ITEM_LENGTH} bytes or elements (E5), received ${length}`);
}

function checkCode(plan: ItemPlan, value: number): void {
  if (plan.allowed === undefined || value >= 64 || plan.allowed.has(value)) return;
  throw new WriteFailure(`(${plan.node.e5Name}) must be ${allowedCodes(plan)}, received ${showValue(value)}`);
}

function checkCount(plan: ItemPlan, bounds: Bounds, count: number, unit: string): void {
  if ((count >= bounds.min && count <= bounds.max && bounds.either === undefined) || isWithin(bounds, count))
    return;
  if (count === 0 && plan.isMaybe) return;
  throw new WriteFailure(`(${plan.node.e5Name}) must have ${countText(bounds, unit)}, received ${count}`);
}

function refuse(plan: ItemPlan, value: unknown): never {
  const kinds = [
    ...(plan.codes.some((code) => isInteger(code)) ? ['an integer'] : []),
    ...(plan.codes.some((code) => code === FormatCode.F4 || code === FormatCode.F8) ? ['a number'] : []),
  ];
  const hint = kinds.length > 0 && typeof value === 'number' ? ` that can carry it` : '';
  const known = plan.codes.map((code) => formatName(code)).length > 0 ? allowedText(plan) : 'nothing';
  throw new WriteFailure(`(${plan.node.e5Name}) must be ${known}${hint}, received ${showValue(value)}`);
}
