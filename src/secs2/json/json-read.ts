import { builtList, rawItem } from '../items/build.js';
import { checkMaxDepth } from '../check.js';
import { quoteValue, Secs2DepthError, Secs2Error, Secs2JsonError } from '../errors.js';
import { A, B, BOOLEAN, C2, J } from '../items/factories.js';
import { DEFAULT_MAX_DEPTH, FormatCode, type DataFormat, type ItemFormat } from '../formats.js';
import { floatItem, type NanBits } from '../items/float-item.js';
import type { Item } from '../items/item.js';
import { isNanBits } from './nan-bits.js';
import { F4, F8, I1, I2, I4, I8, U1, U2, U4, U8, type NumberFactory } from '../items/number-factories.js';
import type { LocalizedEncodingName } from '../text/localized.js';
import { withLengthBytes } from './length-bytes.js';

/** A list being read: its JSON children, and the items they have become. */
interface OpenList {
  readonly json: readonly unknown[];
  readonly lengthBytes: number;
  readonly items: Item[];
}

/**
 * Makes an item from its JSON form, as `toJSON` writes it; the item is the same bytes on the wire.
 *
 * @example
 * ```ts
 * import { itemFromJSON } from 'rxsecs/secs2';
 *
 * console.log(String(itemFromJSON({ L: [{ U4: [1001] }, { A: 'IDLE' }] })));
 * ```
 * @throws Secs2JsonError with the path at fault; Secs2DepthError where lists nest deeper than `maxDepth` (default 64).
 */
export function itemFromJSON(json: unknown, options?: { readonly maxDepth?: number }): Item {
  const maxDepth = checkMaxDepth(options) ?? DEFAULT_MAX_DEPTH;
  const open: OpenList[] = [];
  try {
    return readTree(json, maxDepth, open);
  } catch (error) {
    if (error instanceof Secs2Error) throw error;
    // An object that throws when it is read: a getter, a proxy.
    return fail('the JSON cannot be read', open, error);
  }
}

function readTree(json: unknown, maxDepth: number, open: OpenList[]): Item {
  let next = json;
  for (;;) {
    const node = readNode(next, open);
    let item: Item | undefined;
    if (node.format === 'L') {
      if (open.length >= maxDepth) throw new Secs2DepthError(maxDepth);
      open.push({ json: node.value as readonly unknown[], lengthBytes: node.lengthBytes, items: [] });
    } else {
      item = readData(node.format, node.value, node.lengthBytes, open);
    }
    // Hand the item to the list around it, close the lists that are complete, and find the next child to read.
    for (;;) {
      const list = open.at(-1);
      if (list === undefined) return item as Item;
      if (item !== undefined) list.items.push(item);
      if (list.items.length < list.json.length) {
        next = list.json[list.items.length];
        break;
      }
      open.pop();
      item =
        withLengthBytes(builtList(list.items), list.lengthBytes) ??
        fail(`lengthBytes ${list.lengthBytes} is too few for an L of ${list.items.length}`, open);
    }
  }
}

function fail(problem: string, open: readonly OpenList[], cause?: unknown): never {
  throw new Secs2JsonError(
    problem,
    open.map((list) => list.items.length),
    { cause },
  );
}

function readNode(
  json: unknown,
  open: readonly OpenList[],
): { format: ItemFormat; value: unknown; lengthBytes: number } {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    fail(`${quoteValue(json)} is not an item: an object such as {"U4":[1]} is`, open);
  }
  const { lengthBytes = 0, ...rest } = json as Record<string, unknown>;
  const [format, ...others] = Object.keys(rest);
  if (format === undefined || others.length > 0 || !Object.hasOwn(FormatCode, format)) {
    fail(
      `keys ${quoteValue(Object.keys(rest).join(', '))}: exactly one is allowed, of ${Object.keys(FormatCode).join(', ')}`,
      open,
    );
  }
  if (lengthBytes !== 0 && lengthBytes !== 1 && lengthBytes !== 2 && lengthBytes !== 3) {
    fail(`lengthBytes ${quoteValue(lengthBytes)}: allowed are 1, 2 and 3`, open);
  }
  const value = rest[format];
  if (format === 'L' && !Array.isArray(value)) fail(`L holds ${quoteValue(value)}, not an array`, open);
  return { format: format as ItemFormat, value, lengthBytes };
}

function readData(format: DataFormat, value: unknown, lengthBytes: number, open: readonly OpenList[]): Item {
  let item: Item;
  try {
    item = makeData(format, value);
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error), open, error);
  }
  return (
    withLengthBytes(item, lengthBytes) ??
    fail(`lengthBytes ${lengthBytes} is too few for this ${format}`, open)
  );
}

function makeData(format: DataFormat, value: unknown): Item {
  switch (format) {
    case 'A':
      return A(ofType(value, 'string'), 'latin1');
    case 'J':
      return typeof value === 'string' ? J(value) : J(hexBytes((value as { hex?: unknown }).hex));
    case 'C2':
      return localizedFromJson(value as { hex?: unknown; encoding?: unknown; text?: unknown });
    case 'B':
      return B(hexBytes(value));
    case 'BOOLEAN':
      return booleansFromJson(arrayOf(value));
    case 'I8':
      return I8(arrayOf(value).map(toBigint));
    case 'U8':
      return U8(arrayOf(value).map(toBigint));
    case 'F4':
    case 'F8':
      return floatsFromJson(format, arrayOf(value));
    case 'I1':
    case 'I2':
    case 'I4':
    case 'U1':
    case 'U2':
    case 'U4':
      return (SMALL_INTEGERS[format] as NumberFactory<typeof format, number>)(
        arrayOf(value) as readonly number[],
      ) as Item;
  }
}

const SMALL_INTEGERS = { I1, I2, I4, U1, U2, U4 } as const;

function toBigint(value: unknown): bigint {
  const text = ofType(value, 'string');
  if (!/^-?\d+$/.test(text)) throw new TypeError(`${quoteValue(text)} is not a decimal integer`);
  return BigInt(text);
}

function ofType(value: unknown, type: 'string'): string {
  if (typeof value !== type) throw new TypeError(`${quoteValue(value)} is not a ${type}`);
  return value as string;
}

function arrayOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`${quoteValue(value)} is not an array`);
  return value;
}

function hexBytes(value: unknown): Buffer {
  if (typeof value === 'string' && value.length % 2 === 0 && !/[^0-9a-f]/i.test(value))
    return Buffer.from(value, 'hex');
  throw new TypeError(`${quoteValue(value)} is not hex digits, two a byte`);
}

function localizedFromJson(value: { hex?: unknown; encoding?: unknown; text?: unknown }): Item {
  if (value.hex !== undefined) return rawItem('C2', hexBytes(value.hex));
  return C2(ofType(value.text, 'string'), ofType(value.encoding, 'string') as LocalizedEncodingName);
}

function booleansFromJson(values: readonly unknown[]): Item {
  if (values.every((value) => typeof value === 'boolean')) return BOOLEAN(values);
  const bytes = values.map((value, i) => {
    if (typeof value === 'boolean') return value ? 1 : 0;
    if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 255) return value as number;
    throw new TypeError(`BOOLEAN: value ${i} is ${quoteValue(value)}: allowed are true, false and bytes`);
  });
  return BOOLEAN(Uint8Array.from(bytes));
}

const FLOAT_WORDS = new Map<unknown, number>([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['-0', -0],
]);

function floatsFromJson(format: 'F4' | 'F8', values: readonly unknown[]): Item {
  const payloads: NanBits[] = [];
  const numbers = values.map((value, i) => {
    if (typeof value === 'number') return value;
    const word = FLOAT_WORDS.get(value);
    if (word !== undefined) return word;
    const bits = typeof value === 'string' && value.startsWith('NaN:') ? value.slice(4) : '';
    if (!isNanBits(format, bits))
      throw new TypeError(`${format}: value ${i} is ${quoteValue(value)}, not a float`);
    payloads.push([i, bits]);
    return NaN;
  });
  const item: Item = format === 'F4' ? F4(numbers) : F8(numbers);
  return payloads.length === 0 ? item : floatItem(format, numbers, payloads);
}
