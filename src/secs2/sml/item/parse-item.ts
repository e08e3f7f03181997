import { builtList } from '../../items/build.js';
import { DEFAULT_MAX_DEPTH, type DataFormat } from '../../formats.js';
import type { Item } from '../../items/item.js';
import { withLengthBytes } from '../../json/length-bytes.js';
import { isDefinedCount, seesBareItem } from './bare-item.js';
import { takeCanonical } from './canonical.js';
import { checkCount, FORMAT_NAMES, takeFormat, takeHead, takeLabel, type ItemHead } from './item-head.js';
import { opensBelow, ownsBracket } from './closed-head.js';
import { definitionOf } from './definitions.js';
import { parseBigints, parseBooleans, parseFloats, parseIntegers } from './parse-numbers.js';
import { parseAscii, parseJis8, parseLocalized } from './parse-text.js';
import { Char, type SmlSource } from '../source.js';

/** A list whose children are being read. */
interface OpenList {
  readonly head: ItemHead;
  /** Whether it ends at a >; otherwise it ends when its count is full. */
  readonly bracketed: boolean;
  readonly items: Item[];
  /** Whether its head was closed, as in `<L,2 []>`, and its items stand behind that. */
  closed: boolean;
  /** Whether any number of items may stand in it, as `...` says. */
  elastic: boolean;
}

/** Whether an item starts here: at a <, or at a format whose values follow without angle brackets. */
export function seesItem(source: SmlSource): boolean {
  return source.peek() === Char.less || seesBareItem(source);
}

const MESSAGE_START = /['"]?S\d{1,3}F\d/iy;
/** A name, a colon and a header: the next message. */
const NAMED_HEADER = /[A-Za-z_][^<:\n]{0,100}:[ \t]*['"]?S\d{1,3}F\d/iy;
/** `<V>`: an item of any format; also with a count, or a name. */
const ANY_ITEM = /V(?:\s*\[[^\[\]\n<>]{0,100}\])?(?:\s+[A-Za-z_]\w*)?(?=\s*>)/iy;
const ELLIPSIS = /\.\.\.(?:\s*\[[^\]\n<>]*\])?/y;

/** Reads one item, with a stack of its own so that no depth can exhaust the program's. */
export function parseItemAt(source: SmlSource): Item {
  const maxDepth = source.options.maxDepth ?? DEFAULT_MAX_DEPTH;
  const open: OpenList[] = [];
  for (;;) {
    let item = takeCanonical(source) ?? readStep(source, open, maxDepth);
    // Hand the item to the list around it, which may be full by that, and so on outwards.
    while (item !== undefined) {
      const list = open[open.length - 1];
      if (list === undefined) return item;
      list.items.push(item);
      const full = (!list.bracketed || list.closed) && list.items.length >= list.head.max;
      item = full ? closeFull(source, open, list) : undefined;
    }
  }
}

/** Reads up to the end of the next item, or to the first child of the next list, which is then open. */
function readStep(source: SmlSource, open: OpenList[], maxDepth: number): Item | undefined {
  source.skip();
  const offset = source.position;
  const code = source.peek();
  if (code === Char.less) {
    source.position++;
    source.skip();
    const format = takeFormat(source);
    if (format !== undefined) return readBody(source, takeHead(source, format, offset), true, open, maxDepth);
    if (source.take(ANY_ITEM) !== undefined) return takeAnyItem(source, offset);
    return source.fail(
      'SML_SYNTAX',
      `a format is expected here, not ${source.foundWord()}: one of ${FORMAT_NAMES}`,
      source.position,
    );
  }
  if (code === Char.greater && open.length > 0) return closeBracket(source, open);
  if (code === Char.dot && takeEllipsis(source, open)) return undefined;
  if (code === Char.equal && open.length > 0) return skipLabel(source);
  if (code === Char.openBracket && open.length > 0 && takeLabel(source)) return undefined;
  const format = seesItem(source) ? takeFormat(source) : undefined;
  if (format !== undefined) return readBody(source, takeHead(source, format, offset), false, open, maxDepth);
  const list = open[open.length - 1];
  if (list === undefined)
    return source.fail('SML_SYNTAX', `an item is expected here, not ${source.found()}`, offset);
  if (!list.bracketed && endsHere(source)) return closeList(source, open);
  const expected = list.bracketed ? 'an item or >' : 'an item';
  return source.fail('SML_SYNTAX', `${expected} is expected here, not ${source.found()}, in a list`, offset);
}

/** Something to hold the place of an item of any format. */
function takeAnyItem(source: SmlSource, offset: number): Item {
  source.leaveOpen('V', offset);
  source.open = true;
  source.skip();
  source.position++;
  return builtList([]);
}

/** Reads `...`: more of the same. */
function takeEllipsis(source: SmlSource, open: readonly OpenList[]): boolean {
  const list = open[open.length - 1];
  const offset = source.position;
  if (list === undefined || source.take(ELLIPSIS) === undefined) return false;
  source.leaveOpen('...', offset);
  source.open = true;
  list.elastic = true;
  return true;
}

/** Whether the message ends here, so that lists without angle brackets end too, full or not. */
function endsHere(source: SmlSource): boolean {
  const code = source.peek();
  return Number.isNaN(code) || code === Char.dot || source.sees(MESSAGE_START) || source.sees(NAMED_HEADER);
}

const LABEL = /=\s*[^\s<>.,=]+/y;

/** Moves past the name that some dialects give an item: `<A[MAX 32]> = Mdln`. */
export function skipLabel(source: SmlSource): undefined {
  const start = source.position;
  if (source.take(LABEL) === undefined) source.fail('SML_SYNTAX', 'a name is expected after =', start);
  return undefined;
}

/** A > ends the innermost list that has one, and the lists without one inside it. */
function closeBracket(source: SmlSource, open: OpenList[]): Item | undefined {
  const list = open[open.length - 1];
  // One without is closed first; the > is then there to be read again.
  if (list?.bracketed !== true) return closeList(source, open);
  const offset = source.position++;
  if (!list.closed && list.items.length === 0 && opensBelow(source, list.head, open.length === 1)) {
    source.tolerate(
      'list',
      'the head of this list is closed: what stands behind it is read as its items',
      offset,
    );
    list.closed = true;
    return undefined;
  }
  return closeList(source, open);
}

/** Closes a list that is full; one whose head was closed may have a > of its own all the same. */
function closeFull(source: SmlSource, open: OpenList[], list: OpenList): Item {
  if (list.closed && ownsBracket(source, list.head, open.length === 1)) source.position++;
  return closeList(source, open);
}

function closeList(source: SmlSource, open: OpenList[]): Item {
  const list = open.pop() as OpenList;
  if (!list.elastic) checkCount(source, list.head, list.items.length);
  return widened(source, list.head, builtList(list.items));
}

function readBody(
  source: SmlSource,
  head: ItemHead,
  bracketed: boolean,
  open: OpenList[],
  maxDepth: number,
): Item | undefined {
  if (head.format !== 'L') return readData(source, head, head.format, bracketed);
  if (open.length >= maxDepth) {
    source.fail(
      'SML_TOO_DEEP',
      `lists nest deeper than maxDepth ${maxDepth}: raise maxDepth if this is legitimate`,
      head.offset,
    );
  }
  if (!bracketed && head.min !== head.max) {
    source.fail('SML_SYNTAX', 'a list without angle brackets needs its count, as in L[2]', head.offset);
  }
  const list: OpenList = { head, bracketed, items: [], closed: false, elastic: false };
  if (!bracketed && head.max === 0) return widened(source, head, builtList([]));
  open.push(list);
  return undefined;
}

function readData(source: SmlSource, head: ItemHead, format: DataFormat, bracketed: boolean): Item {
  const openBefore = source.placeholders.length;
  const item = readCounted(source, head, format, bracketed);
  if (bracketed) {
    source.skip();
    if (source.peek() === Char.openBracket && takeLabel(source)) source.skip();
    if (source.peek() !== Char.greater) {
      const found = source.found();
      source.fail(
        'SML_SYNTAX',
        `> is expected here, not ${found}, to end the ${format} item`,
        source.position,
      );
    }
    source.position++;
  }
  const left = source.placeholders.length - openBefore;
  if (left === 0 && !isNamedSlot(source, head, item)) checkCount(source, head, item.length);
  return widened(source, head, item);
}

const SLOT_NAME = /=\s*([^\s<>.,=]+)/y;

/** Whether an item says how many values it has, has none, and a name for them: `<U4 [1]> = SvId`. */
function isNamedSlot(source: SmlSource, head: ItemHead, item: Item): boolean {
  if (item.length > 0 || head.min === 0 || head.min !== head.max || !source.templates || source.strict)
    return false;
  source.skip();
  SLOT_NAME.lastIndex = source.position;
  const name = source.peek() === Char.equal ? SLOT_NAME.exec(source.text)?.[1] : undefined;
  if (name !== undefined) source.leaveOpen(name, head.offset);
  return name !== undefined;
}

/** A count in front of quoted text, as in `<A 3 "abc">`. */
const TEXT_COUNT = /\s*(\d{1,9}|[A-Za-z_]\w*)(?=\s+["'])/y;

/** Reads the values of an item, of which the first may be a count. */
function readCounted(source: SmlSource, head: ItemHead, format: DataFormat, bracketed: boolean): Item {
  if (head.countOffset >= 0) return readValues(source, head, format, bracketed);
  if (format === 'A' || format === 'J') takeTextCount(source, head);
  else if (head.long) return readLong(source, head, format, bracketed);
  return readValues(source, head, format, bracketed);
}

function takeTextCount(source: SmlSource, head: ItemHead): void {
  const start = source.position;
  const count = source.take(TEXT_COUNT)?.[1];
  if (count === undefined) return;
  const value = source.definitions === undefined ? count : (definitionOf(source, count) ?? count);
  if (!/^\d{1,9}$/.test(value)) {
    source.position = start;
    return;
  }
  head.countOffset = source.position - count.length;
  head.min = head.max = Number(value);
}

const BARE_COUNT = /(\d{1,9}|[A-Za-z_]\w*)(?=[\s>])/y;

/** Reads the values behind a long name, of which the first may be a count: `<UINT4 2 7 8>`. */
function readLong(source: SmlSource, head: ItemHead, format: DataFormat, bracketed: boolean): Item {
  source.skip();
  const start = source.position;
  const count = takeBareCount(source);
  if (count === undefined) return readValues(source, head, format, bracketed);
  source.skip();
  const code = source.peek();
  const quoted = code === Char.doubleQuote || code === Char.singleQuote;
  const item = code === Char.greater && count > 0 ? undefined : readValues(source, head, format, bracketed);
  if (item !== undefined && (quoted || item.length === count)) {
    if (count === 0 && item.length === 0 && !isCountOfNone(source, start)) {
      source.position = start;
      return readValues(source, head, format, bracketed);
    }
    source.longCounts = true;
    head.countOffset = start;
    head.min = head.max = count;
    return item;
  }
  source.position = start;
  const values = readValues(source, head, format, bracketed);
  if (item !== undefined) {
    source.tolerate('count', `${count} is read as a value: as a count it would not agree`, start);
  }
  return values;
}

/** A number, or a name that is defined as one; undefined, and not moved, for anything else. */
function takeBareCount(source: SmlSource): number | undefined {
  const start = source.position;
  const text = source.take(BARE_COUNT)?.[1];
  if (text === undefined) return undefined;
  const value =
    text.charCodeAt(0) <= Char.nine
      ? text
      : isDefinedCount(source, text)
        ? definitionOf(source, text)
        : undefined;
  if (value === undefined) source.position = start;
  return value === undefined ? undefined : Number(value);
}

/** Whether `<UINT4 0>` has no value, rather than the value 0. */
function isCountOfNone(source: SmlSource, start: number): boolean {
  const read = source.longCounts ? 'a count: the item is empty' : 'a value';
  source.tolerate('count', `0 may be a count or a value, and is read as ${read}`, start);
  return source.longCounts;
}

function readValues(source: SmlSource, head: ItemHead, format: DataFormat, bracketed: boolean): Item {
  switch (format) {
    case 'A':
      return parseAscii(source, head, bracketed);
    case 'J':
      return parseJis8(source, head, bracketed);
    case 'C2':
      return parseLocalized(source, head, bracketed);
    case 'BOOLEAN':
      return parseBooleans(source, bracketed);
    case 'I8':
    case 'U8':
      return parseBigints(source, format, bracketed);
    case 'F4':
    case 'F8':
      return parseFloats(source, format, bracketed);
    case 'B':
    case 'I1':
    case 'I2':
    case 'I4':
    case 'U1':
    case 'U2':
    case 'U4':
      return parseIntegers(source, format, bracketed);
  }
}

function widened(source: SmlSource, head: ItemHead, item: Item): Item {
  const wide = withLengthBytes(item, head.lengthBytes);
  if (wide !== undefined) return wide;
  return source.fail(
    'SML_BAD_COUNT',
    `!${head.lengthBytes} length bytes cannot hold ${item.length} values`,
    head.offset,
  );
}
