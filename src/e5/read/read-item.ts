import { FormatCode, valueSize } from '../../secs2/formats.js';
import { readLatin1 } from '../../secs2/text/latin1.js';
import { allowedText } from '../nodes/allowed-text.js';
import { countText, isWithin, type Bounds } from '../nodes/lengths.js';
import { isInteger, isText, type ItemPlan } from '../nodes/plan.js';
import { oneNumber, ReadFailure, type ReadCursor } from './cursor.js';
import { readNumbersOf, readTextOf } from './read-value.js';

const ASCII = (FormatCode.A << 2) | 1;

/** Reads the value of a data item. */
export function readItem(c: ReadCursor, plan: ItemPlan): unknown {
  const { bytes, position } = c;
  const first = bytes[position] as number;
  const length = bytes[position + 1] as number;
  const next = position + 2 + length;
  if (next <= c.end) {
    if (plan.sizes[first] === length) {
      c.position = next;
      return oneNumber(first >>> 2, bytes, position + 2);
    }
    if (
      first === ASCII &&
      plan.text === FormatCode.A &&
      c.codePage === undefined &&
      length <= plan.textBounds.max
    ) {
      if (length >= plan.textBounds.min && plan.textBounds.either === undefined) {
        c.position = next;
        return readLatin1(bytes, position + 2, next);
      }
    }
  }
  return readItemWithCare(c, plan);
}

function readItemWithCare(c: ReadCursor, plan: ItemPlan): unknown {
  c.open();
  const { code, length, position } = c;
  if (plan.allows[code] !== 1) {
    if (length === 0 && code === FormatCode.L) return readNothing(c, plan, 'an empty list');
    if (!isReadable(code, plan)) {
      throw new ReadFailure(`${mustBe(plan)}, received ${c.formatText}`, position);
    }
    // That there is no value is said by nothing of any format, where there may be none.
    if (length > 0 || !plan.isMaybe) c.allow('format', position, `${mustBe(plan)}, received ${c.formatText}`);
  }
  if (isText(code)) return readText(c, plan);
  if (length === 0) return readNothing(c, plan, c.formatText);
  if (code === FormatCode.BOOLEAN || plan.codes[0] === FormatCode.BOOLEAN) return readTruths(c, plan);
  if (plan.byteBounds.max > 1 && plan.allows[FormatCode.B] === 1 && isByteLike(code))
    return readBytes(c, plan);
  return readNumber(c, plan);
}

/** Whether an item of a format that is not allowed still says what is wanted: a number of another width, text of another kind. */
function isReadable(code: number, plan: ItemPlan): boolean {
  if (isText(code)) return plan.text >= 0;
  if (code !== FormatCode.B && code !== FormatCode.BOOLEAN && valueSize(code) === 0) return false;
  if (code === FormatCode.L) return false;
  // Bytes are no numbers of another width.
  if (plan.byteBounds.max > 1 && plan.codes.every((one) => one === FormatCode.B || isText(one)))
    return plan.allows[FormatCode.B] === 1 && isByteLike(code);
  return plan.codes.some((wanted) => !isText(wanted) && wanted !== FormatCode.L);
}

function isByteLike(code: number): boolean {
  return code === FormatCode.B || code === FormatCode.U1 || code === FormatCode.I1;
}

function readText(c: ReadCursor, plan: ItemPlan): string {
  const { position } = c;
  const text = readTextOf(c);
  checkLength(c, plan, plan.textBounds, text.length, position, 'characters');
  return text;
}

function readBytes(c: ReadCursor, plan: ItemPlan): Uint8Array {
  const { bytes, start, length, position } = c;
  checkLength(c, plan, plan.byteBounds, length, position, 'bytes');
  c.position = start + length;
  return new Uint8Array(bytes.subarray(start, start + length));
}

function readTruths(c: ReadCursor, plan: ItemPlan): unknown {
  const { bytes, start, length, code, position } = c;
  const size = valueSize(code);
  c.position = start + length;
  if (plan.codes[0] !== FormatCode.BOOLEAN) {
    // A number was wanted: true is 1.
    if (plan.isMany) {
      checkLength(c, plan, plan.bounds, length, position, 'values');
      return Array.from(bytes.subarray(start, c.position), (byte) => (byte === 0 ? 0 : 1));
    }
    if (length !== 1) throw new ReadFailure(`${mustBe(plan)}, received ${c.formatText}`, position);
    return bytes[start] === 0 ? 0 : 1;
  }
  const truths: boolean[] = [];
  for (let p = start; p < c.position; p += size)
    truths.push(bytes.subarray(p, p + size).some((byte) => byte !== 0));
  if (plan.isMany) {
    checkLength(c, plan, plan.bounds, truths.length, position, 'values');
    return truths;
  }
  if (truths.length !== 1) throw new ReadFailure(`${mustBe(plan)}, received ${c.formatText}`, position);
  return truths[0];
}

function readNumber(c: ReadCursor, plan: ItemPlan): unknown {
  const { bytes, start, length, code, position } = c;
  if (plan.isMany) {
    const values = readNumbersOf(c);
    checkLength(c, plan, plan.bounds, values.length, position, 'values');
    return Array.from(values as ArrayLike<number | bigint>, safeNumber);
  }
  if (length !== valueSize(code))
    throw new ReadFailure(`${mustBe(plan)}, received ${c.formatText}`, position);
  const wantsInteger = plan.codes.every((one) => isInteger(one) || isText(one) || one === FormatCode.B);
  const value = oneNumber(code, bytes, start);
  if (wantsInteger && typeof value === 'number' && !Number.isInteger(value)) {
    throw new ReadFailure(`${mustBe(plan)}, received ${c.formatText} ${value}`, position);
  }
  c.position = start + length;
  return value;
}

/** No value: of text and of what may be many that is a value; of one number it is none. */
function readNothing(c: ReadCursor, plan: ItemPlan, found: string): unknown {
  const { position, start, code } = c;
  c.position = start;
  if (code === FormatCode.L) c.allow('empty', position, `${mustBe(plan)}, received ${found}`);
  if (plan.isMaybe) return undefined;
  const hasBytes = plan.allows[FormatCode.B] === 1 && plan.byteBounds.max > 1;
  const isMany = plan.isMany && plan.text !== plan.codes[0];
  if (!hasBytes && !isMany && plan.text < 0) {
    throw new ReadFailure(`${mustBe(plan)}, received ${found}`, position);
  }
  // Of another format it was told already.
  if (plan.allows[code] === 1) {
    if (code === FormatCode.B && hasBytes) checkLength(c, plan, plan.byteBounds, 0, position, 'bytes');
    else checkLength(c, plan, plan.bounds, 0, position, 'values');
  }
  if (hasBytes && (code === FormatCode.B || isMany || plan.text < 0)) return new Uint8Array(0);
  return isMany ? [] : '';
}

function checkLength(
  c: ReadCursor,
  plan: ItemPlan,
  bounds: Bounds,
  count: number,
  position: number,
  unit: string,
): void {
  if (isWithin(bounds, count) || (count === 0 && plan.isMaybe)) return;
  const problem = `(${plan.node.e5Name}) must have ${countText(bounds, unit)}, received ${count}`;
  c.allow('length', position, problem);
}

/** Numbers of an array: as numbers where they are safe. */
export function safeNumber(value: number | bigint): number | bigint {
  if (typeof value === 'number') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function mustBe(plan: ItemPlan): string {
  return `(${plan.node.e5Name}) must be ${allowedText(plan)}`;
}
