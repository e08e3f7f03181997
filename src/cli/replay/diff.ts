import { InvalidArgumentError } from 'commander';
import { itemsEqualText, type DiffLine } from './item-diff.js';
import type { Item, SecsMessage } from '../../secs2/index.js';

/** Values that are not compared: of a message, or of all; at a path of its item, or wherever they look like a time. */
export interface Ignore {
  /** `S2F18`, or undefined for every message. */
  readonly sf: string | undefined;
  /** Indexes from the item down; undefined for the whole body. */
  readonly path: string | undefined;
  readonly times: boolean;
}

/** Reads `S2F18`, `S6F11:1/0`, `S6F11:times`, `times`, with commas between them. */
export function parseIgnore(text: string, before: readonly Ignore[] = []): Ignore[] {
  const rules = text.split(',').map((part): Ignore => {
    const found = /^(?:(S\d{1,3}F\d{1,3}))?(?::?(times|\d+(?:\/\d+)*))?$/i.exec(part.trim());
    const [, sf, what] = found ?? [];
    if (found === null || (sf === undefined && what !== 'times')) {
      throw new InvalidArgumentError(
        `S2F18, S6F11:1/0, S6F11:times, times are allowed, not ${JSON.stringify(part)}.`,
      );
    }
    return { sf: sf?.toUpperCase(), path: what === 'times' ? undefined : what, times: what === 'times' };
  });
  return [...before, ...rules];
}

/** How a message differs from what was recorded; empty where it does not, but for what is ignored. */
export function differences(expected: SecsMessage, got: SecsMessage, ignore: readonly Ignore[]): DiffLine[] {
  if (expected.name !== got.name || expected.wBit !== got.wBit) {
    return [
      { mark: '-', text: headText(expected) },
      { mark: '+', text: headText(got) },
    ];
  }
  const rules = ignore.filter(({ sf }) => sf === undefined || sf === expected.name);
  if (rules.some(({ path, times }) => path === undefined && !times)) return [];
  if (expected.body.equals(got.body)) return [];
  if (expected.itemError !== undefined || got.itemError !== undefined) {
    return [
      { mark: '-', text: expected.body.toString('hex') },
      { mark: '+', text: got.body.toString('hex') },
    ];
  }
  const paths = new Set(rules.flatMap(({ path }) => (path === undefined ? [] : [path])));
  const times = rules.some((rule) => rule.times);
  const accept = (path: string, a: Item, b: Item): boolean =>
    paths.has(path) || (times && isTime(a) && isTime(b));
  return itemsEqualText(expected.item, got.item, accept);
}

/** Text that E5 and its kin write times as: `yymmddhhmmss`, with a century, with hundredths, or ISO 8601. */
function isTime(item: Item): boolean {
  if (item.format !== 'A') return false;
  return /^(\d{12}|\d{14}|\d{16})$|^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(item.values);
}

function headText({ name, wBit }: SecsMessage): string {
  return wBit ? `${name} W` : name;
}
