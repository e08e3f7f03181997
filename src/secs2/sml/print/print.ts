import { checkItem, checkMessage } from '../../check.js';
import { depthOf } from '../../codec/encode.js';
import { Secs2DepthError } from '../../errors.js';
import { shortestFloat32 } from '../../json/float-text.js';
import { DEFAULT_MAX_DEPTH, minimalLengthBytes } from '../../formats.js';
import type { AnyDataNode, DataNode, ItemNode, ListNode } from '../../items/layout.js';
import { nanPayload } from '../../json/nan-bits.js';
import { dataBytes } from '../../items/stored-values.js';
import { printCanonical } from './print-canonical.js';
import {
  checkPrintOptions,
  lineStart,
  smlStyle,
  type SmlPrintOptions,
  type SmlStyle,
} from './print-options.js';
import { hexByte, printAscii, printBytes, printJis8, printLocalized } from './print-text.js';

/** Beyond this depth lines are indented no further: otherwise the text of deep lists would grow with the square of their depth. */
const MAX_INDENTS = 64;

/**
 * Prints an item as SML. What is printed reads back as the same bytes (unless `maxLength` cuts it).
 *
 * @throws Secs2DepthError where lists nest deeper than `maxDepth`; Secs2TextError for a code page that is not known.
 */
export function printItem(item: ItemNode, options?: SmlPrintOptions): string {
  checkItem('item', item);
  return printRead(item, checkPrintOptions(options));
}

/** With options that need no check. */
export function printRead(item: ItemNode, how: SmlPrintOptions | undefined): string {
  const maxDepth = how?.maxDepth ?? DEFAULT_MAX_DEPTH;
  if (depthOf(item) > maxDepth) throw new Secs2DepthError(maxDepth);
  const style = smlStyle(how);
  return item.formatCode === 0
    ? printList(item, style)
    : (printCanonical(item, style) ?? printData(item, style)) + commentOn(style, [], -1);
}

/** The comment behind an item, by the numbers of the next children of the lists around it. */
function commentOn({ comments }: SmlStyle, indexes: readonly number[], index: number): string {
  if (comments === undefined) return '';
  const path = index < 0 ? [] : [...indexes.map((next) => next - 1), index - 1];
  const comment = comments(path);
  return comment === undefined ? '' : ` /* ${comment.replaceAll('*/', '* /')} */`;
}

/** Of a message what is printed. */
export interface MessageText {
  readonly name: string;
  readonly wBit: boolean;
  readonly item: ItemNode | undefined;
  /** Why the body of a received message, or of a template, cannot be printed. */
  readonly itemError?: Error | undefined;
}

/**
 * Prints a message as SML: `S1F13 W`, the item, and a full stop.
 *
 * @throws what `item` throws where the body cannot be decoded; what {@link printItem} throws.
 */
export function printMessage(message: MessageText, options?: SmlPrintOptions): string {
  checkMessage('message', message);
  return printMessageRead(message, checkPrintOptions(options));
}

/** With options that need no check. */
export function printMessageRead(message: MessageText, how: SmlPrintOptions | undefined): string {
  const header = message.wBit ? `${message.name} W` : message.name;
  const { itemError } = message;
  if (itemError !== undefined) throw itemError;
  const { item } = message;
  return item === undefined ? `${header}.` : `${header}\n${printRead(item, how)}.`;
}

/** Prints nested lists with a stack of its own, so that no depth can exhaust the program's. */
function printList(root: ListNode, style: SmlStyle): string {
  const lists: ListNode[] = [];
  const indexes: number[] = [];
  let { items } = root;
  let list = root;
  let index = 0;
  let line = lineStart(style, 1);
  let text = openList(root, style) + commentOn(style, [], -1);
  for (;;) {
    const child = index < items.length && index < style.maxLength ? items[index++] : undefined;
    if (child !== undefined && child.formatCode !== 0) {
      text += line + (printCanonical(child, style) ?? printData(child, style));
      if (style.comments !== undefined) text += commentOn(style, indexes, index);
      continue;
    }
    if (child !== undefined) {
      text += line + openList(child, style);
      if (style.comments !== undefined) text += commentOn(style, indexes, index);
      lists.push(list);
      indexes.push(index);
      list = child;
      index = 0;
    } else {
      text += closeList(list, index, line, lineStart(style, Math.min(lists.length, MAX_INDENTS - 1)));
      const parent = lists.pop();
      if (parent === undefined) return text;
      list = parent;
      index = indexes.pop() ?? 0;
    }
    ({ items } = list);
    line = lineStart(style, Math.min(lists.length + 1, MAX_INDENTS));
  }
}

function openList(list: ListNode, style: SmlStyle): string {
  return `<L${style.listCounts ? `[${list.items.length}]` : ''}${widthMark(list, list.items.length)}`;
}

function closeList(list: ListNode, printed: number, line: string, lastLine: string): string {
  const { length } = list.items;
  if (length === 0) return '>';
  return printed < length ? `${line}/* ${length - printed} more */${lastLine}>` : `${lastLine}>`;
}

/** More length bytes than the header needs, as `!2`: without it they would not read back. */
function widthMark(item: ItemNode, length: number): string {
  const { lengthBytes } = item;
  return lengthBytes === minimalLengthBytes(length) ? '' : `!${lengthBytes}`;
}

/** Prints an item of any format but the list. */
export function printData(item: AnyDataNode, style: SmlStyle): string {
  const { format, length } = item;
  let text = style.leafCounts ? `<${format}[${length}]` : `<${format}`;
  text += widthMark(item, item.end - item.dataStart);
  const data = printValues(item, style);
  if (data !== '') text += ` ${data}`;
  // Nothing but a comment can tell that values are missing.
  return length > style.maxLength ? `${text} /* ${length - style.maxLength} more */>` : `${text}>`;
}

function printValues(item: AnyDataNode, style: SmlStyle): string {
  if (item.end === item.dataStart) return '';
  switch (item.format) {
    case 'A':
      return printAscii(item, style);
    case 'J':
      return printJis8(item, style);
    case 'C2':
      return printLocalized(item, style);
    case 'B':
      return style.hexBinary ? printBytes(dataBytes(item), style) : joined(item.values, style);
    case 'BOOLEAN':
      return printBooleans(item, style);
    case 'I8':
    case 'U8':
      return joined(item.values, style);
    case 'F4':
    case 'F8':
      return printFloats(item, style);
    case 'I1':
    case 'I2':
    case 'I4':
    case 'U1':
    case 'U2':
    case 'U4':
      return item.length === 1 ? String(item.number) : joined(item.values, style);
  }
}

function joined(
  values: {
    readonly length: number;
    join(by: string): string;
    slice(a: number, b: number): { join(by: string): string };
  },
  style: SmlStyle,
): string {
  return values.length <= style.maxLength ? values.join(' ') : values.slice(0, style.maxLength).join(' ');
}

function printBooleans(item: DataNode<'BOOLEAN'>, style: SmlStyle): string {
  const bytes = dataBytes(item).subarray(0, style.maxLength);
  return Array.from(bytes, (byte) => (byte === 1 ? 'T' : byte === 0 ? 'F' : hexByte(byte))).join(' ');
}

function printFloats(item: DataNode<'F4'> | DataNode<'F8'>, style: SmlStyle): string {
  if (item.length === 1) return printFloat(item, item.number, 0);
  const values = item.values;
  const count = Math.min(values.length, style.maxLength);
  let text = '';
  for (let i = 0; i < count; i++) text += (i === 0 ? '' : ' ') + printFloat(item, values[i] ?? 0, i);
  return text;
}

function printFloat(item: DataNode<'F4'> | DataNode<'F8'>, value: number, index: number): string {
  if (value !== value) {
    const payload = nanPayload(item, index);
    return payload === undefined ? 'NaN' : `NaN(0x${payload.toUpperCase()})`;
  }
  if (value === Infinity) return 'Inf';
  if (value === -Infinity) return '-Inf';
  if (item.format === 'F4') return shortestFloat32(value);
  return value === 0 && Object.is(value, -0) ? '-0' : String(value);
}
