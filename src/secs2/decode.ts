import { Secs2DecodeError, Secs2DepthError, type Secs2ErrorCode } from './errors.js';
import { DEFAULT_MAX_DEPTH, formatName, valueSize, type DataFormat, type FormatCode } from './formats.js';
import { DataItem, ListItem, type Item } from './item.js';
import { Origin } from './origin.js';
import { checkCodePage, type CodePage } from './text/code-page.js';

/** How a body is decoded. */
export interface DecodeOptions {
  /** The most lists that may nest; default 64. */
  readonly maxDepth?: number;
  /** What to do with bytes after the first item: `'error'` (default) or `'ignore'`. */
  readonly trailingBytes?: 'error' | 'ignore';
  /** Code page in which `text` reads the A items; without it, one character a byte. */
  readonly codePage?: CodePage;
  /**
   * Take a copy of the bytes first. Without it (the default) the items read the very bytes given, which the caller then
   * must neither change nor reuse.
   */
  readonly copy?: boolean;
}

/**
 * Decodes one SECS-II item (E5) that fills the bytes. The whole structure is checked now; values are read when they are
 * asked for. Memory grows with the bytes given, never with a length that they claim.
 *
 * @throws Secs2DecodeError with the byte offset and the path at fault, Secs2DepthError for lists nested deeper than
 *   `maxDepth`, Secs2TextError for a code page that is not known.
 */
export function decodeItem(bytes: Uint8Array, options?: DecodeOptions): Item {
  const codePage = options?.codePage === undefined ? undefined : checkCodePage(options.codePage);
  const origin = new Origin(options?.copy === true ? Buffer.from(bytes) : bytes, codePage);
  if (bytes.length === 0)
    throw new Secs2DecodeError('SECS2_EMPTY_BODY', 'no item: there are no bytes', 0, []);
  const item = new TreeReader(origin, options?.maxDepth ?? DEFAULT_MAX_DEPTH).read();
  if (item.end < bytes.length && options?.trailingBytes !== 'ignore') {
    const count = bytes.length - item.end;
    throw new Secs2DecodeError('SECS2_TRAILING_BYTES', `${count} bytes after the first item`, item.end, []);
  }
  return item;
}

type OpenList = { -readonly [K in keyof ListItem]: ListItem[K] };

/** Reads one tree with a stack of its own, so that no depth of lists can exhaust the program's. */
class TreeReader {
  private readonly origin: Origin;
  private readonly maxDepth: number;
  /** The lists around the item being read, outermost first, and how many children each still lacks. */
  private readonly lists: ListItem[] = [];
  private readonly missing: number[] = [];

  constructor(origin: Origin, maxDepth: number) {
    this.origin = origin;
    this.maxDepth = maxDepth;
  }

  read(): Item {
    const { origin, lists, missing } = this;
    const { bytes } = origin;
    const { length: end } = bytes;
    let position = 0;
    let depth = 0;
    let children: Item[] = [];
    let left = 0;
    for (;;) {
      // The header: format and number of length bytes, then the length (E5).
      const head = bytes[position] ?? 0;
      const code = head >>> 2;
      const dataStart = position + 1 + (head & 3);
      if (dataStart > end || (head & 3) === 0) this.failHeader(head, position);
      let length = bytes[position + 1] ?? 0;
      if ((head & 3) > 1) length = (length << 8) | (bytes[position + 2] ?? 0);
      if ((head & 3) > 2) length = (length << 8) | (bytes[position + 3] ?? 0);
      let item: Item;
      if (code !== 0) {
        const dataEnd = dataStart + length;
        const size = valueSize(code);
        if (dataEnd > end || size === 0 || (length & (size - 1)) !== 0)
          this.failData(code, length, position, dataStart);
        item = new DataItem(
          code as (typeof FormatCode)[DataFormat],
          origin,
          position,
          dataStart,
          dataEnd,
          undefined,
        ) as Item;
        position = dataEnd;
      } else {
        // The smallest child is an empty item of two bytes.
        if (length * 2 > end - dataStart) this.failList(length, position, dataStart);
        if (depth >= this.maxDepth) throw new Secs2DepthError(this.maxDepth, position);
        const items: Item[] = [];
        const list = new ListItem(items, origin, position, dataStart, dataStart, 1);
        position = dataStart;
        if (length > 0) {
          depth++;
          lists.push(list);
          missing.push(left);
          children = items;
          left = length;
          continue;
        }
        item = list;
      }
      // Hand the item to the list around it, which may be complete by that, and so on outwards.
      for (;;) {
        if (depth === 0) return item;
        children.push(item);
        if (--left > 0) break;
        depth--;
        const list = lists.pop() as OpenList;
        left = missing.pop() ?? 0;
        list.end = position;
        item = list;
        const around = lists[depth - 1] as OpenList | undefined;
        if (around === undefined) return item;
        children = around.items as Item[];
        if (around.depth <= list.depth) around.depth = list.depth + 1;
      }
    }
  }

  private failHeader(head: number, position: number): never {
    const end = this.origin.bytes.length;
    if (position >= end)
      this.fail('SECS2_TRUNCATED', 'an item is missing: the bytes end before it', position);
    if ((head & 3) === 0) {
      this.fail(
        'SECS2_NO_LENGTH_BYTES',
        `item header 0x${hex(head)} has no length bytes: 1 to 3 are allowed`,
        position,
      );
    }
    this.fail(
      'SECS2_TRUNCATED',
      `item header 0x${hex(head)} is cut off after ${end - position} bytes`,
      position,
    );
  }

  private failData(code: number, length: number, position: number, dataStart: number): never {
    const name = formatName(code);
    if (name === undefined) {
      this.fail(
        'SECS2_UNKNOWN_FORMAT',
        `format code ${code.toString(8).padStart(2, '0')} (octal) is not one of E5`,
        position,
      );
    }
    const left = this.origin.bytes.length - dataStart;
    if (length > left)
      this.fail('SECS2_TRUNCATED', `${name} of ${length} bytes, but ${left} are left`, position);
    this.fail(
      'SECS2_PARTIAL_VALUE',
      `${name} of ${length} bytes: not a multiple of ${valueSize(code)}`,
      position,
    );
  }

  private failList(length: number, position: number, dataStart: number): never {
    const left = this.origin.bytes.length - dataStart;
    this.fail('SECS2_TRUNCATED', `L of ${length} items, but ${left} bytes are left`, position);
  }

  private fail(code: Secs2ErrorCode, problem: string, position: number): never {
    throw new Secs2DecodeError(
      code,
      problem,
      position,
      this.lists.map((list) => list.items.length),
    );
  }
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
