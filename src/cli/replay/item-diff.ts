import { printItem, type Item } from '../../secs2/index.js';

/** A line of a difference: only in what was expected, only in what came, or in both. */
export interface DiffLine {
  readonly mark: '-' | '+' | ' ';
  readonly text: string;
}

const SHOWN = { maxLength: 100, maxDepth: Infinity };

/**
 * Two items as SML, with marks where they differ; empty where they do not.
 * @param accept whether two items that differ at a path (`1/0`) count as the same
 */
export function itemsEqualText(
  expected: Item | undefined,
  got: Item | undefined,
  accept: (path: string, expected: Item, got: Item) => boolean,
): DiffLine[] {
  if (expected === undefined || got === undefined) {
    return [...whole('-', expected, ''), ...whole('+', got, '')];
  }
  const lines: DiffLine[] = [];
  compare(expected, got, [], lines, accept);
  return lines.some(({ mark }) => mark !== ' ') ? lines : [];
}

/** Depth: an item that was decoded is at most as deep as the decoder allows. */
function compare(
  a: Item,
  b: Item,
  path: readonly number[],
  lines: DiffLine[],
  accept: (path: string, a: Item, b: Item) => boolean,
): void {
  const indent = '  '.repeat(path.length);
  if (a.equals(b) || accept(path.join('/'), a, b)) {
    lines.push(...whole(' ', b, indent));
  } else if (a.format === 'L' && b.format === 'L' && a.length === b.length) {
    lines.push({ mark: ' ', text: `${indent}<L[${a.length}]` });
    a.items.forEach((child, index) =>
      compare(child, b.items[index] as Item, [...path, index], lines, accept),
    );
    lines.push({ mark: ' ', text: `${indent}>` });
  } else lines.push(...whole('-', a, indent), ...whole('+', b, indent));
}

function whole(mark: DiffLine['mark'], item: Item | undefined, indent: string): DiffLine[] {
  if (item === undefined) return [{ mark, text: `${indent}(no item)` }];
  return printItem(item, SHOWN)
    .split('\n')
    .map((line) => ({ mark, text: indent + line }));
}
