import { quoteValue } from '../../errors.js';
import { definitionOf } from './definitions.js';
import { isPlaceholder } from './placeholder.js';
import type { ItemHead } from './item-head.js';
import type { SmlSource } from '../source.js';

/** What may follow text without quotes: its name in brackets, and the end of the item. */
const ITEM_END = /\s{0,100}(?:\[[^\[\]<>\n]{0,200}\]\s{0,100})?>/y;
/** Text with a > in it is looked for no further than this. */
const LONGEST_WITH_BRACKET = 1000;
/** A name in angle brackets, in place of text: `<A <LotId>>`. */
const SLOT = /<\s*([A-Za-z_][\w .-]{0,80}?)\s*>(?=\s*>)/y;
/** Quotes of a word processor. */
const CURLY_QUOTE = /^[\u2018-\u201f\u00ab\u300c]/;
const QUOTED = /^(["'])(.*)\1$/s;

/** Text without quotes, and where it stands. */
interface Unquoted {
  readonly value: string;
  readonly offset: number;
}

/**
 * Reads text without quotes: as many characters as the count says where the item ends behind them, and otherwise all up to
 * the next > but the name in brackets and the blanks at its end. A warning says what it was read as, for it may be a
 * name that somebody forgot to give a value.
 */
export function takeUnquoted(source: SmlSource, head: ItemHead): Unquoted[] {
  const { position: offset } = source;
  const counted = countedText(source, head);
  const slot = counted === undefined && !source.strict ? source.take(SLOT)?.[1] : undefined;
  const text = counted ?? slot ?? restOfItem(source, head);
  if (slot !== undefined || (counted === undefined && !source.strict && isPlaceholder(text))) {
    source.leaveOpen(text, offset);
    return [];
  }
  if (text === '...' && source.templates) {
    source.leaveOpen(text, offset);
    return [];
  }
  const defined = source.definitions === undefined ? undefined : definitionOf(source, text);
  if (defined !== undefined) return [{ value: QUOTED.exec(defined)?.[2] ?? defined, offset }];
  source.tolerate('unquoted', `text without quotes is read as ${quoteValue(text)}`, offset);
  return [{ value: text, offset }];
}

/** As many characters as the count says, where the item ends behind them. */
function countedText(source: SmlSource, head: ItemHead): string | undefined {
  if (head.countOffset < 0 || head.min !== head.max) return undefined;
  const { text, position: offset } = source;
  // One space parts the text from its head; more are its own.
  for (const start of [head.end + 1, offset]) {
    const stop = start + head.max;
    if (start > offset || stop > text.length || stop < offset) continue;
    ITEM_END.lastIndex = stop;
    const end = ITEM_END.exec(text);
    if (end === null || !isOneText(text, offset, stop)) continue;
    source.position = stop + end[0].length - 1;
    return text.slice(start, stop);
  }
  return undefined;
}

/** Whether text that a count marks out is in one item: a > in it must be its own. */
function isOneText(text: string, start: number, stop: number): boolean {
  const bracket = text.indexOf('>', start);
  if (bracket < 0 || bracket >= stop) return true;
  return stop - start <= LONGEST_WITH_BRACKET && !/[<\n]/.test(text.slice(start, stop));
}

function restOfItem(source: SmlSource, head: ItemHead): string {
  const { text, position: offset } = source;
  const end = text.indexOf('>', offset);
  if (end < 0) source.fail('SML_SYNTAX', 'this item has no end: > is missing', head.offset);
  source.position = end;
  const rest = text.slice(offset, end).trimEnd();
  const label = rest.endsWith(']') ? rest.lastIndexOf('[') : -1;
  refuseQuoted(source, rest, offset);
  // Without a count, brackets may be text as well as a name.
  return label < 0 || head.countOffset < 0 ? rest : rest.slice(0, label).trimEnd();
}

/** Quoted text is never a part of text without quotes that only begins otherwise. */
function refuseQuoted(source: SmlSource, text: string, offset: number): void {
  const quote = CURLY_QUOTE.exec(text)?.[0];
  if (quote !== undefined) {
    source.fail('SML_SYNTAX', `${quote} does not begin a text: write " or '`, offset);
  }
  // Something like a count, which is none, in front of quoted text.
  const end = text.at(-1) ?? '';
  if (/^\W/.test(text) && /["']/.test(end) && text.indexOf(end) < text.length - 1) {
    source.fail(
      'SML_SYNTAX',
      `quoted text, or a count such as [3], is expected here, not ${quoteValue(text.charAt(0))}`,
      offset,
    );
  }
}
