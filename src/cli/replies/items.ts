import type { Item } from '../../secs2/index.js';

/** Whether two bodies are the same: both without an item, or with equal ones. */
export function sameItem(a: Item | undefined, b: Item | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a.equals(b);
}

/** An item by its position in the text, from 1, lists counted too; undefined where there are fewer. */
export function itemAtPosition(root: Item, position: number): Item | undefined {
  const waiting: Item[] = [root];
  for (let at = 1; ; at++) {
    const item = waiting.pop();
    if (item === undefined || at === position) return item;
    if (item.format !== 'L') continue;
    for (let i = item.items.length - 1; i >= 0; i--) {
      const child = item.items[i];
      if (child !== undefined) waiting.push(child);
    }
  }
}
