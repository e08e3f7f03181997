import type { ItemHead } from './item-head.js';
import { Char, type SmlSource } from '../source.js';

/** A header of a message, in angle brackets. */
const WRAPPED = /<\s*['"]?S\d{1,9}F\d/iy;

/**
 * Whether a list that seems to be over, `<L,2 []>`, goes on behind that: it says that it has items, has none, and what
 * follows stands on a line of its own, indented deeper, or could not stand there otherwise.
 *
 * @param outermost whether no list is around it.
 */
export function opensBelow(source: SmlSource, head: ItemHead, outermost: boolean): boolean {
  if (head.min === 0 || head.min !== head.max) return false;
  source.skip();
  if (source.peek() !== Char.less) return false;
  if (outermost) return !source.sees(WRAPPED);
  return indentOf(source, source.position) > indentOrMore(source, head.offset);
}

/** Whether a > behind the last item of such a list is its own, and not that of the list around it. */
export function ownsBracket(source: SmlSource, head: ItemHead, outermost: boolean): boolean {
  source.skip();
  if (source.peek() !== Char.greater) return false;
  if (outermost) return true;
  const indent = indentOf(source, source.position);
  return indent < 0 || indent >= indentOf(source, head.offset);
}

/** How far what stands first on its line is indented; -1 for what is not first. */
function indentOf({ text }: SmlSource, offset: number): number {
  let p = offset - 1;
  while (p >= 0 && (text.charCodeAt(p) === Char.space || text.charCodeAt(p) === 9)) p--;
  return p < 0 || text.charCodeAt(p) === Char.newline ? offset - 1 - p : -1;
}

/** The same; nothing is indented deeper than what is not first on its line. */
function indentOrMore(source: SmlSource, offset: number): number {
  const indent = indentOf(source, offset);
  return indent < 0 ? Infinity : indent;
}
