import type { ItemFormat } from '../../secs2/formats.js';
import type { LengthRule } from './types.js';

/** How many values, bytes or characters an item of one format may have. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
  /** Where only these are allowed. */
  readonly either: readonly number[] | undefined;
}

/** The bounds of a format under a length rule: `10`, `*`, `0..80`, `6/8`, or by format as in `A:0..80,B:*,1`. */
export function boundsOf(rule: LengthRule, format: ItemFormat): Bounds {
  if (typeof rule === 'number') return { min: rule, max: rule, either: undefined };
  const parts = rule.split(',');
  const own = parts.find((part) => part.startsWith(`${format}:`));
  const part = own?.slice(format.length + 1) ?? parts.find((one) => !one.includes(':')) ?? '*';
  if (part === '*') return { min: 0, max: Infinity, either: undefined };
  const either = part.split('/').map(Number);
  if (either.length > 1) return { min: Math.min(...either), max: Math.max(...either), either };
  const [from, to = from] = part.split('..').map(Number);
  return { min: from ?? 0, max: to ?? 0, either: undefined };
}

/** Whether a number of values is within bounds. */
export function isWithin(bounds: Bounds, count: number): boolean {
  return count >= bounds.min && count <= bounds.max && (bounds.either?.includes(count) ?? true);
}

/** Bounds with what they count: `0 to 80 characters`, `1 value`. */
export function countText(bounds: Bounds, unit: string): string {
  const text = boundsText(bounds);
  return `${text} ${text === '1' ? unit.slice(0, -1) : unit}`;
}

/** Bounds in words: `0 to 80`, `6 or 8`, `1`. */
function boundsText({ min, max, either }: Bounds): string {
  if (either !== undefined) return either.join(' or ');
  if (max === Infinity) return `${min} or more`;
  return min === max ? String(min) : `${min} to ${max}`;
}
