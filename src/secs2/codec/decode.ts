import { check, checkDecodeOptions } from '../check.js';
import { Secs2DecodeError, Secs2DepthError, type ItemPath, type Secs2ErrorCode } from '../errors.js';
import { DEFAULT_MAX_DEPTH, FormatCode, formatName, valueSize } from '../formats.js';
import { headLength } from '../head.js';
import { DataItem, ListItem, type Item } from '../items/item.js';
import { DecodedBytes } from '../items/decoded-bytes.js';
import { checkCodePage } from '../text/code-page.js';
import type { DecodeOptions } from './options.js';

/**
 * Decodes one SECS-II item (E5) that fills the bytes. The whole structure is checked now; values are read when they are
 * asked for. Memory grows with the bytes given, never with a length that they claim.
 *
 * @example
 * ```ts
 * import { decodeItem } from 'rxsecs/secs2';
 *
 * const item = decodeItem(Buffer.from('41024f4b', 'hex'));
 * console.log(item.ascii); // OK
 * ```
 * @throws Secs2DecodeError with the byte offset and the path at fault, Secs2DepthError for lists nested deeper than
 *   `maxDepth`, Secs2TextError for a code page that is not known, Secs2ArgumentError for what are no bytes or options.
 */
export function decodeItem(bytes: Uint8Array, options?: DecodeOptions): Item {
  // A view never throws when it is asked what it is, as a revoked proxy does.
  if (!ArrayBuffer.isView(bytes) || !(bytes instanceof Uint8Array)) check.bytes('bytes', bytes);
  // The call alone would cost as much as decoding an item of one number.
  const how = options === undefined ? undefined : checkDecodeOptions(options);
  return decodeRange(how?.copy === true ? Buffer.from(bytes) : bytes, 0, bytes.length, how);
}

/** As {@link decodeItem}, for an item that fills a part of the bytes. The items keep the memory of them all. */
export function decodeRange(bytes: Uint8Array, start: number, end: number, options?: DecodeOptions): Item {
  const codePage = options?.codePage === undefined ? undefined : checkCodePage(options.codePage);
  if (start === end) throw new Secs2DecodeError('SECS2_EMPTY_BODY', 'no item: there are no bytes', 0, []);
  const item = readWhole(new DecodedBytes(bytes, codePage), start, end, options);
  if (item.end < end && options?.trailingBytes !== 'ignore') {
    const problem = `${end - item.end} bytes after the first item`;
    throw new Secs2DecodeError('SECS2_TRAILING_BYTES', problem, item.end - start, []);
  }
  return item;
}

/** Lists being read: their ends and depths are known once their last child is. */
type OpenList = { -readonly [K in keyof ListItem]: ListItem[K] };

/** Far beyond any message that means well; E5 sets no bound. */
const DEFAULT_MAX_ITEMS = 1_000_000;

/**
 * A longer list is read in pieces of this many children, which are joined when it is whole. An array as long as the list would
 * soon be among the old objects, and would keep what it holds among them as well, long after the message is gone.
 */
const PIECE = 4096;

/** Whether a list is read in pieces. */
function isWide(list: OpenList): boolean {
  return headLength(list.head) > PIECE;
}

/** Of a list being read the array that takes its next children: of a wide one its last piece. */
function childrenOf(list: OpenList): Item[] {
  const { items } = list;
  return (isWide(list) ? items[items.length - 1] : items) as unknown as Item[];
}

/** Begins the next piece of a wide list; undefined where there is none, and its pieces have been joined. */
function nextPiece(list: OpenList): Item[] | undefined {
  const pieces = list.items as unknown as Item[][];
  const length = headLength(list.head);
  const left = length - pieces.length * PIECE;
  if (left > 0) {
    const piece = new Array<Item>(Math.min(PIECE, left));
    pieces.push(piece);
    return piece;
  }
  const items = new Array<Item>(length);
  let count = 0;
  for (const piece of pieces) for (const item of piece) items[count++] = item;
  list.items = items;
  return undefined;
}

/** By format code: the bits that are not set in the length of an item; for lists and what is no format, one that always is. */
const masks = Uint16Array.from({ length: 64 }, (_, code) =>
  code === FormatCode.L || valueSize(code) === 0 ? 0x100 : valueSize(code) - 1,
);

// What `readTree` keeps of the lists around the one it reads. All bodies but those that may be very deep share these, which
// are empty between them: most bodies would be the first to grow a stack of their own.
const sharedLists: OpenList[] = [];
const sharedNumbers: number[] = [];

/** Where the list ends that {@link readList} has read. */
let listEnd = 0;

/**
 * Reads a list on the program's own stack, which is quicker than one of our own. Undefined where something is at fault, or out of the ordinary: that is
 * left to {@link readTree}, from the beginning.
 *
 * @param position - where its first child begins.
 * @param depth - of lists, this one included.
 */
function readList(
  origin: DecodedBytes,
  head: number,
  start: number,
  position: number,
  end: number,
  depth: number,
): Item | undefined {
  const { bytes } = origin;
  const count = headLength(head);
  if (count * 2 > end - position || count > PIECE || depth > DEFAULT_MAX_DEPTH) return undefined;
  const items = new Array<Item>(count);
  let p = position;
  let deepest = 0;
  for (let i = 0; i < count; i++) {
    const first = bytes[p] as number;
    let dataStart = p + 2;
    if (dataStart > end) return undefined;
    let length = bytes[p + 1] as number;
    if ((first & 3) !== 1) {
      dataStart = p + 1 + (first & 3);
      if (dataStart <= p + 1 || dataStart > end) return undefined;
      length = (length << 8) | (bytes[p + 2] as number);
      if ((first & 3) === 3) length = (length << 8) | (bytes[p + 3] as number);
    }
    const childHead = (first << 24) | length;
    if (first > 3) {
      const next = dataStart + length;
      // The mask of a format that there is not lets no length pass.
      if (next > end || ((length | 0x100) & (masks[first >>> 2] as number)) !== 0) return undefined;
      items[i] = new DataItem(childHead, origin, p, undefined) as Item;
      p = next;
    } else {
      const child = readList(origin, childHead, p, dataStart, end, depth + 1);
      if (child === undefined) return undefined;
      items[i] = child;
      p = listEnd;
      if ((child as ListItem).depth > deepest) deepest = (child as ListItem).depth;
    }
  }
  listEnd = p;
  return new ListItem<readonly Item[]>(head, origin, start, items, p, deepest + 1);
}

/** Reads a body that is a list with one length byte and has the usual bounds, if nothing is at fault. */
function readUsual(origin: DecodedBytes, start: number, end: number): Item | undefined {
  const { bytes } = origin;
  const isUsual = end - start <= 2 * DEFAULT_MAX_ITEMS && end - start >= 2 && bytes[start] === 1;
  if (!isUsual) return undefined;
  return readList(origin, (1 << 24) | (bytes[start + 1] as number), start, start + 2, end, 1);
}

function readWhole(
  origin: DecodedBytes,
  start: number,
  end: number,
  options: DecodeOptions | undefined,
): Item {
  if (options?.maxDepth === undefined && options?.maxItems === undefined) {
    const item = readUsual(origin, start, end);
    if (item !== undefined) return item;
  }
  try {
    return readTree(origin, start, end, options);
  } catch (error) {
    // Neither the next body nor the memory of this one may hang on what is left.
    sharedLists.length = 0;
    sharedNumbers.length = 0;
    throw error;
  }
}

/** How many children of the list there are after {@link readRun}. */
let runEnd = 0;

/**
 * Reads children of a list from number `from` on, as long as they are what most items are: no lists, with one length byte.
 * What is at fault is left for others to tell.
 *
 * @returns where the next child begins.
 */
function readRun(
  origin: DecodedBytes,
  children: Item[],
  from: number,
  wanted: number,
  start: number,
  end: number,
): number {
  const { bytes } = origin;
  let count = from;
  let position = start;
  while (count < wanted && position + 1 < end) {
    const head = bytes[position] as number;
    const length = bytes[position + 1] as number;
    const next = position + 2 + length;
    // The mask of a list, and of a format that there is not, lets no length pass.
    if ((head & 3) !== 1 || next > end || ((length | 0x100) & (masks[head >>> 2] as number)) !== 0) break;
    children[count++] = new DataItem((head << 24) | length, origin, position, undefined) as Item;
    position = next;
  }
  runEnd = count;
  return position;
}

/**
 * Reads one tree with a stack of its own, so that no depth of lists can exhaust the program's. It is one function because it
 * runs for every item of every message: what it keeps in variables would have to go through memory between several.
 */
function readTree(
  origin: DecodedBytes,
  start: number,
  end: number,
  options: DecodeOptions | undefined,
): Item {
  const { bytes } = origin;
  const { maxDepth = DEFAULT_MAX_DEPTH, maxItems = DEFAULT_MAX_ITEMS } = options ?? {};
  // The list being read, how many of its children have been, and how many it has.
  let list: OpenList | undefined;
  let children: Item[] = [];
  let count = 0;
  let wanted = 0;
  // The lists around it, outermost first, and the two numbers of each.
  const isDeep = maxDepth > DEFAULT_MAX_DEPTH;
  const around = isDeep ? [] : sharedLists;
  const numbers = isDeep ? [] : sharedNumbers;
  let position = start;
  // How many items there are, by what the lists so far say.
  let total = 1;
  for (;;) {
    if (list !== undefined) {
      position = readRun(origin, children, count, wanted, position, end);
      count = runEnd;
      if (count === wanted) {
        const piece = isWide(list) ? nextPiece(list) : undefined;
        if (piece !== undefined) {
          children = piece;
          count = 0;
          wanted = piece.length;
          continue;
        }
        list.end = position;
        const whole = list as ListItem;
        list = around.pop();
        if (list === undefined) return whole;
        wanted = numbers.pop() ?? 0;
        count = numbers.pop() ?? 0;
        children = childrenOf(list);
        children[count++] = whole;
        if (whole.depth >= list.depth) list.depth = whole.depth + 1;
        continue;
      }
    }
    // The header: format and number of length bytes, then the length (E5).
    const head = bytes[position] ?? 0;
    const code = head >>> 2;
    const dataStart = position + 1 + (head & 3);
    if (dataStart > end || (head & 3) === 0)
      failItem(bytes, start, end, position, pathTo(list, around, numbers, count));
    let length = bytes[position + 1] ?? 0;
    if ((head & 3) > 1) length = (length << 8) | (bytes[position + 2] ?? 0);
    if ((head & 3) > 2) length = (length << 8) | (bytes[position + 3] ?? 0);
    let item: Item;
    if (code !== 0) {
      const dataEnd = dataStart + length;
      const size = valueSize(code);
      if (dataEnd > end || size === 0 || (length & (size - 1)) !== 0) {
        failItem(bytes, start, end, position, pathTo(list, around, numbers, count));
      }
      item = new DataItem((head << 24) | length, origin, position, undefined) as Item;
      position = dataEnd;
    } else {
      // The smallest child is an empty item of two bytes.
      if (length * 2 > end - dataStart)
        failItem(bytes, start, end, position, pathTo(list, around, numbers, count));
      if (around.length + (list === undefined ? 0 : 1) >= maxDepth)
        throw new Secs2DepthError(maxDepth, position - start);
      total += length;
      if (total > maxItems) failItems(maxItems, position - start, pathTo(list, around, numbers, count));
      const isInPieces = length > PIECE;
      const room = new Array<Item>(isInPieces ? PIECE : length);
      const items = isInPieces ? ([room] as unknown as Item[]) : room;
      const opened = new ListItem<readonly Item[]>(
        (head << 24) | length,
        origin,
        position,
        items,
        dataStart,
        1,
      );
      position = dataStart;
      if (length > 0) {
        if (list !== undefined) {
          around.push(list);
          numbers.push(count, wanted);
        }
        list = opened;
        children = room;
        count = 0;
        wanted = room.length;
        continue;
      }
      item = opened;
    }
    if (list === undefined) return item;
    children[count++] = item;
    if (code === 0 && list.depth === 1) list.depth = 2;
  }
}

/** The path of the item being read. */
function pathTo(
  list: OpenList | undefined,
  around: readonly OpenList[],
  numbers: readonly number[],
  count: number,
): ItemPath {
  if (list === undefined) return [];
  // What is counted are the children of a piece.
  const before = (one: OpenList): number => (isWide(one) ? (one.items.length - 1) * PIECE : 0);
  return [...around.map((one, i) => before(one) + (numbers[2 * i] ?? 0)), before(list) + count];
}

function failItems(maxItems: number, position: number, path: ItemPath): never {
  throw new Secs2DecodeError(
    'SECS2_TOO_MANY_ITEMS',
    `more than maxItems ${maxItems} items: raise maxItems if this is legitimate`,
    position,
    path,
  );
}

/** Says what is wrong with the item at a position of a body that lies between `start` and `end`. */
function failItem(memory: Buffer, start: number, end: number, at: number, path: ItemPath): never {
  const bytes = memory.subarray(start, end);
  const position = at - start;
  const fail = (code: Secs2ErrorCode, problem: string): never => {
    throw new Secs2DecodeError(code, problem, position, path);
  };
  const head = bytes[position];
  if (head === undefined) return fail('SECS2_TRUNCATED', 'an item is missing: the bytes end before it');
  const hex = `0x${head.toString(16).padStart(2, '0')}`;
  const lengthBytes = head & 3;
  const left = bytes.length - position - 1 - lengthBytes;
  if (lengthBytes === 0)
    return fail('SECS2_NO_LENGTH_BYTES', `item header ${hex} has no length bytes: 1 to 3 are allowed`);
  if (left < 0)
    return fail('SECS2_TRUNCATED', `item header ${hex} is cut off after ${bytes.length - position} bytes`);
  const length = bytes.readUIntBE(position + 1, lengthBytes);
  const code = head >>> 2;
  const name = formatName(code);
  if (name === undefined) {
    return fail(
      'SECS2_UNKNOWN_FORMAT',
      `format code ${code.toString(8).padStart(2, '0')} (octal) is not one of E5`,
    );
  }
  if (name === 'L') return fail('SECS2_TRUNCATED', `L of ${length} items, but ${left} bytes are left`);
  if (length > left) return fail('SECS2_TRUNCATED', `${name} of ${length} bytes, but ${left} are left`);
  return fail('SECS2_PARTIAL_VALUE', `${name} of ${length} bytes: not a multiple of ${valueSize(code)}`);
}
