import { builtList } from '../items/build.js';
import { DEFAULT_MAX_DEPTH, type DataFormat } from '../formats.js';
import type { Item } from '../items/item.js';
import { withLengthBytes } from '../json/widen.js';
import { takeCanonical } from './canonical.js';
import { checkCount, FORMAT_NAMES, takeFormat, takeHead, type ItemHead } from './item-head.js';
import { parseBigints, parseBooleans, parseFloats, parseIntegers } from './parse-numbers.js';
import { parseAscii, parseJis8, parseLocalized } from './parse-text.js';
import { Char, type SmlSource } from './source.js';

/** A list whose children are being read. */
interface OpenList {
  readonly head: ItemHead;
  /** Whether it ends at a >; else it ends when its count is full. */
  readonly bracketed: boolean;
  readonly items: Item[];
}

/** Whether an item starts here: at a <, or at a format whose values follow without angle brackets. */
export function seesItem(source: SmlSource): boolean {
  return source.peek() === Char.less || source.sees(BARE_ITEM);
}

const BARE_ITEM =
  /(?:L|BOOLEAN|BOOL|BO|BI|B|A|JIS8|J|C2|W|[IU][1248]|[FD][48])(?=\s*\[\s*(?:\d|\.|MAX)|[,:]\s*\d|\s+(?:["'\d+-]|(?:T|F|TRUE|FALSE)\b))/iy;
const MESSAGE_START = /['"]?S\d{1,3}F\d/iy;

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
      item = !list.bracketed && list.items.length >= list.head.max ? closeList(source, open) : undefined;
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
    return source.fail(
      'SML_SYNTAX',
      `a format is expected here, not ${source.found()}: one of ${FORMAT_NAMES}`,
      source.position,
    );
  }
  if (code === Char.greater && open.length > 0) return closeBracket(source, open);
  if (code === Char.equal && open.length > 0) return skipLabel(source);
  const format = seesItem(source) ? takeFormat(source) : undefined;
  if (format !== undefined) return readBody(source, takeHead(source, format, offset), false, open, maxDepth);
  const list = open[open.length - 1];
  if (list === undefined)
    return source.fail('SML_SYNTAX', `an item is expected here, not ${source.found()}`, offset);
  if (!list.bracketed && endsHere(source)) return closeList(source, open);
  const expected = list.bracketed ? 'an item or >' : 'an item';
  return source.fail('SML_SYNTAX', `${expected} is expected here, not ${source.found()}, in a list`, offset);
}

/** Whether the message ends here, so that lists without angle brackets end too, full or not. */
function endsHere(source: SmlSource): boolean {
  const code = source.peek();
  return Number.isNaN(code) || code === Char.dot || source.sees(MESSAGE_START);
}

const LABEL = /=\s*[^\s<>.,=]+/y;

/** Moves past the name that some dialects give an item: `<A[MAX 32]> = Mdln`. */
export function skipLabel(source: SmlSource): undefined {
  const start = source.position;
  if (source.take(LABEL) === undefined) source.fail('SML_SYNTAX', 'a name is expected after =', start);
  return undefined;
}

/** A > ends the innermost list that has one, and the lists without one inside it. */
function closeBracket(source: SmlSource, open: OpenList[]): Item {
  // One without is closed first; the > is then there to be read again.
  if (open[open.length - 1]?.bracketed === true) source.position++;
  return closeList(source, open);
}

function closeList(source: SmlSource, open: OpenList[]): Item {
  const list = open.pop() as OpenList;
  checkCount(source, list.head, list.items.length);
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
  const list: OpenList = { head, bracketed, items: [] };
  if (!bracketed && head.max === 0) return widened(source, head, builtList([]));
  open.push(list);
  return undefined;
}

function readData(source: SmlSource, head: ItemHead, format: DataFormat, bracketed: boolean): Item {
  const item = readValues(source, head, format, bracketed);
  if (bracketed) {
    source.skip();
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
  checkCount(source, head, item.length);
  return widened(source, head, item);
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
