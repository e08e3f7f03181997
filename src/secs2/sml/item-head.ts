import { FormatCode, type ItemFormat } from '../formats.js';
import { Char, type SmlSource } from './source.js';

/** What dialects call the formats, beside their own names. */
const ALIASES: Record<string, ItemFormat> = {
  BOOL: 'BOOLEAN',
  BO: 'BOOLEAN',
  BI: 'B',
  JIS8: 'J',
  W: 'C2',
  D4: 'F4',
  D8: 'F8',
};

const FORMATS = new Map<string, ItemFormat>([
  ...(Object.keys(FormatCode) as ItemFormat[]).map((format) => [format, format] as const),
  ...Object.entries(ALIASES),
]);

/** The names of formats that are read. */
export const FORMAT_NAMES = [...FORMATS.keys()].join(', ');

/** What stands between the format of an item and its values. */
export interface ItemHead {
  readonly format: ItemFormat;
  /** Where the item starts. */
  readonly offset: number;
  /** The fewest and the most values that a count allows; 0 to Infinity without one. */
  min: number;
  max: number;
  /** Where the count stands, or -1. */
  countOffset: number;
  /** Length bytes asked for by `!2`, or 0. */
  lengthBytes: number;
  /** Where the head ends. */
  end: number;
}

/** Letters of the longest name, BOOLEAN. */
const LONGEST = 7;
const WORD = /[A-Za-z][A-Za-z0-9]*/y;

// The one- and two-letter names, found without cutting a word out of the text: nearly every item has one of these.
const SHORT_NAMES: (ItemFormat | undefined)[] = new Array<ItemFormat | undefined>(128 * 128).fill(undefined);
for (const [name, format] of FORMATS) {
  if (name.length <= 2)
    SHORT_NAMES[shortKey(name.charCodeAt(0), name.length > 1 ? name.charCodeAt(1) : 0)] = format;
}

function shortKey(first: number, second: number): number {
  return first * 128 + second;
}

/** Whether a character is a letter or a digit of ASCII. */
export function isWordCode(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** Reads the name of a format, if one stands here. */
export function takeFormat(source: SmlSource): ItemFormat | undefined {
  const short = takeShortFormat(source);
  if (short !== undefined) return short;
  const word = source.take(WORD)?.[0];
  if (word === undefined) return undefined;
  const format = FORMATS.get(word) ?? FORMATS.get(word.slice(0, LONGEST + 1).toUpperCase());
  if (format === undefined) source.position -= word.length;
  return format;
}

/** Reads a name of one or two letters, in upper case as nearly all are. */
export function takeShortFormat(source: SmlSource): ItemFormat | undefined {
  const { text, position } = source;
  const second = text.charCodeAt(position + 1);
  const isOne = !isWordCode(second);
  if (!isOne && isWordCode(text.charCodeAt(position + 2))) return undefined;
  const first = text.charCodeAt(position);
  const format = first < 128 ? SHORT_NAMES[shortKey(first, isOne ? 0 : second)] : undefined;
  if (format !== undefined) source.position = position + (isOne ? 1 : 2);
  return format;
}

/** Reads the counts that follow the name of a format: `[3]`, `[0..40]`, `[MAX 32]`, `,3`, `:3`, `!2`; of a list also ` 3`. */
export function takeHead(source: SmlSource, format: ItemFormat, offset: number): ItemHead {
  const head: ItemHead = { format, offset, min: 0, max: Infinity, countOffset: -1, lengthBytes: 0, end: 0 };
  for (;;) {
    head.end = source.position;
    source.skip();
    const code = source.peek();
    if (code === Char.openBracket) {
      if (!takeExact(source, head)) takeBrackets(source, head);
    } else if ((code === Char.comma || code === Char.colon) && head.countOffset < 0)
      takeCount(source, head, 1);
    else if (format === 'L' && code >= Char.zero && code <= Char.nine && head.countOffset < 0)
      takeCount(source, head, 0);
    else if (code === Char.bang) takeWidth(source, head);
    else return head;
  }
}

/** Reads `[3]`, the count that most items have. */
export function takeExact(source: SmlSource, head: ItemHead): boolean {
  const { text, position } = source;
  let count = 0;
  let p = position + 1;
  let code = text.charCodeAt(p);
  for (; code >= Char.zero && code <= Char.nine && p - position < 9; code = text.charCodeAt(++p)) {
    count = count * 10 + code - Char.zero;
  }
  if (code !== Char.closeBracket || p === position + 1) return false;
  head.countOffset = position;
  head.min = head.max = count;
  source.position = p + 1;
  return true;
}

const COUNT = /\[\s*(?:(\d{1,9})\s*(\.\.\s*(\d{1,9})?)?|\.\.\s*(\d{1,9})|MAX\s*=?\s*(\d{1,9}))\s*\]/iy;

function takeBrackets(source: SmlSource, head: ItemHead): void {
  const start = source.position;
  const match = source.take(COUNT);
  if (match === undefined) {
    source.fail('SML_SYNTAX', 'a count such as [3], [0..40] or [MAX 32] is expected here', start);
  }
  const [, exact, range, rangeEnd, upTo, max] = match;
  head.countOffset = start;
  head.min = exact === undefined ? 0 : Number(exact);
  head.max =
    exact !== undefined && range === undefined ? head.min : Number(rangeEnd ?? upTo ?? max ?? Infinity);
}

const DIGITS = /\s*(\d{1,9})/y;

function takeCount(source: SmlSource, head: ItemHead, separator: number): void {
  const start = source.position;
  source.position += separator;
  const match = source.take(DIGITS);
  if (match === undefined)
    source.fail('SML_SYNTAX', `a count is expected here, not ${source.found()}`, source.position);
  head.countOffset = start;
  head.min = head.max = Number(match[1]);
}

const WIDTH = /!([123])/y;

function takeWidth(source: SmlSource, head: ItemHead): void {
  const match = source.take(WIDTH);
  if (match === undefined)
    source.fail('SML_SYNTAX', '!1, !2 or !3 is expected here: the number of length bytes', source.position);
  head.lengthBytes = Number(match[1]);
}

/** Reports a count that does not agree with what was read. */
export function checkCount(source: SmlSource, head: ItemHead, actual: number): void {
  if (head.countOffset < 0 || (actual >= head.min && actual <= head.max)) return;
  const wanted = head.min === head.max ? String(head.min) : `${head.min} to ${head.max}`;
  source.tolerate(
    'count',
    `${head.format} is said to have ${wanted} values, but has ${actual}`,
    head.countOffset,
  );
}
