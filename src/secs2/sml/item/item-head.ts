import { quoteValue } from '../../errors.js';
import { FormatCode, type ItemFormat } from '../../formats.js';
import { isDefinedCount } from './bare-item.js';
import { definitionOf } from './definitions.js';
import { Char, type SmlSource } from '../source.js';

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

/** The long names, behind which a count may stand without brackets, as in `<UINT4 1 7>`. */
const LONG_NAMES: Record<string, ItemFormat> = {
  LIST: 'L',
  ASCII: 'A',
  BINARY: 'B',
  BYTE: 'B',
  INT1: 'I1',
  INT2: 'I2',
  INT4: 'I4',
  INT8: 'I8',
  UINT1: 'U1',
  UINT2: 'U2',
  UINT4: 'U4',
  UINT8: 'U8',
  FLOAT4: 'F4',
  FLOAT8: 'F8',
  FLOAT: 'F4',
  DOUBLE: 'F8',
  JIS: 'J',
  UNICODE: 'C2',
};

const FORMATS = new Map<string, ItemFormat>([
  ...(Object.keys(FormatCode) as ItemFormat[]).map((format) => [format, format] as const),
  ...Object.entries(ALIASES),
  ...Object.entries(LONG_NAMES),
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
  /** Whether the format has its long name: a count may then stand among the values. */
  readonly long: boolean;
}

/** Letters of the longest names, BOOLEAN and UNICODE. */
const LONGEST = 7;
const WORD = /[A-Za-z]\w*/y;
const UNDERSCORE = 95;

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
  const { position } = source;
  const short = takeShortFormat(source);
  // A_NAME is no A.
  if (short !== undefined && source.peek() !== UNDERSCORE) return short;
  source.position = position;
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
  const long = source.position - offset > SHORTEST_LONG && hasLongName(source, format, offset);
  const head: ItemHead = {
    format,
    offset,
    min: 0,
    max: Infinity,
    countOffset: -1,
    lengthBytes: 0,
    end: 0,
    long,
  };
  for (;;) {
    head.end = source.position;
    source.skip();
    const code = source.peek();
    if (code === Char.openBracket) {
      if (head.countOffset >= 0) {
        // The label of text may be its text; its reader decides.
        if (isText(format) || !takeLabel(source)) return head;
      } else if (!takeExact(source, head)) takeBrackets(source, head);
    } else if ((code === Char.comma || code === Char.colon) && head.countOffset < 0)
      takeCount(source, head, 1);
    else if (format === 'L' && code >= Char.zero && code <= Char.nine && head.countOffset < 0)
      takeCount(source, head, 0);
    else if (format === 'L' && head.countOffset < 0 && seesDefinedCount(source)) takeCount(source, head, 0);
    else if (code === Char.bang) takeWidth(source, head);
    else return head;
  }
}

const NAME = /[A-Za-z_]\w*(?=[\s>\[])/y;

/** Whether a name stands here that is defined as a number, and is no format. */
function seesDefinedCount(source: SmlSource): boolean {
  if (source.definitions === undefined) return false;
  NAME.lastIndex = source.position;
  const name = NAME.exec(source.text)?.[0];
  return name !== undefined && !FORMATS.has(name.toUpperCase()) && isDefinedCount(source, name);
}

/** Characters of the shortest long name, its < included, but one. */
const SHORTEST_LONG = 3;

/** BOOLEAN is as long as the long names: it counts as one where they are used. */
function hasLongName(source: SmlSource, format: ItemFormat, offset: number): boolean {
  const word = /[A-Za-z]\w*$/.exec(source.text.slice(offset, source.position))?.[0] ?? '';
  if (!Object.hasOwn(LONG_NAMES, word.toUpperCase())) return format === 'BOOLEAN' && source.longNames;
  source.longNames = true;
  return true;
}

function isText(format: ItemFormat): boolean {
  return format === 'A' || format === 'J' || format === 'C2';
}

const LABEL = /\[[^\[\]<>\n]*\]/y;

/** Moves past the name that logs give an item behind its count or its value: `<U2,1 77 [CEID]>`, `<L,2 [Ln]`. */
export function takeLabel(source: SmlSource): boolean {
  return source.take(LABEL) !== undefined;
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

/** `3`, `0..40`, `..40`, `MAX 32`, `3/1`, each number also by the name that it is defined as. */
const COUNT =
  /\[\s*(?:MAX\s*=?\s*(\d{1,9})|MAX(?:\s*=\s*|\s+)([A-Za-z_]\w*)|\.\.\s*(\d{1,9}|[A-Za-z_]\w*)|(\d{1,9}|[A-Za-z_]\w*)\s*(?:(\.\.)\s*(\d{1,9}|[A-Za-z_]\w*)?|\/\s*([123]))?)\s*\]/iy;

function takeBrackets(source: SmlSource, head: ItemHead): void {
  const start = source.position;
  const match = source.take(COUNT);
  if (match === undefined) {
    source.fail('SML_SYNTAX', 'a count such as [3], [0..40] or [MAX 32] is expected here', start);
  }
  const [, max, maxName, upTo, exact, range, rangeEnd, lengthBytes] = match;
  head.countOffset = start;
  if (max !== undefined || maxName !== undefined) {
    head.max = max === undefined ? definedMax(source, maxName ?? '', start) : Number(max);
    return;
  }
  head.min = exact === undefined ? 0 : countOf(source, exact, start);
  const end = rangeEnd ?? upTo;
  head.max = end !== undefined ? countOf(source, end, start) : range !== undefined ? Infinity : head.min;
  anyNumber(head);
  // As many length bytes as are needed are nothing to note; more, or too few, are.
  if (lengthBytes !== undefined) head.lengthBytes = Number(lengthBytes);
}

/** A count that is left open allows any number. */
function anyNumber(head: ItemHead): void {
  if (!Number.isNaN(head.min) && !Number.isNaN(head.max)) return;
  head.min = 0;
  head.max = Infinity;
}

/** A number of a count, which may have a name; NaN for one that a template leaves open. */
function countOf(source: SmlSource, text: string, offset: number): number {
  if (text.charCodeAt(0) <= Char.nine) return Number(text);
  const value = definitionOf(source, text);
  if (value !== undefined && /^\d{1,9}$/.test(value)) return Number(value);
  if (value === undefined && source.templates && !source.strict) {
    source.leaveOpen(text, offset);
    return NaN;
  }
  return source.fail(
    'SML_SYNTAX',
    `a count such as [3], [0..40] or [MAX 32] is expected here: ${text} is ${value === undefined ? 'not defined' : `defined as ${quoteValue(value)}`}`,
    offset,
  );
}

/** An upper bound by a name; one that is not known bounds nothing. */
function definedMax(source: SmlSource, name: string, offset: number): number {
  if (definitionOf(source, name) !== undefined) return countOf(source, name, offset);
  source.tolerate('definition', `${name} is not defined: this count bounds nothing`, offset);
  return Infinity;
}

const DIGITS = /\s*(\d{1,9}|[A-Za-z_]\w*(?=\s|>|\[))/y;

function takeCount(source: SmlSource, head: ItemHead, separator: number): void {
  const start = source.position;
  source.position += separator;
  const match = source.take(DIGITS);
  if (match === undefined)
    source.fail('SML_SYNTAX', `a count is expected here, not ${source.found()}`, source.position);
  head.countOffset = start;
  head.min = head.max = listCount(source, match[1] ?? '', start);
  anyNumber(head);
}

function listCount(source: SmlSource, text: string, start: number): number {
  const named = text.charCodeAt(0) > Char.nine && !source.templates;
  if (named && definitionOf(source, text) === undefined) {
    source.position = start + 1;
    source.fail('SML_SYNTAX', `a count is expected here, not ${source.found()}`, source.position);
  }
  return countOf(source, text, start);
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
