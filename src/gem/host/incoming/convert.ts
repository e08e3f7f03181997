import type { Value } from '../../../e5/index.js';
import type { ValueShape } from '../../model/value.js';

/**
 * A value as E5 reads it, in the form that the shape of its variable has: an array for an array, a bigint for U8 and I8 of one
 * value. An empty list is a value that the tool did not have, unless lists are what the variable holds.
 */
export function readValue(value: Value | undefined, shape: ValueShape | undefined): Value | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'object') {
    if (shape === undefined || typeof value === 'string') return value;
    return shape.array === true ? [value] : typed(value, shape);
  }
  if (Array.isArray(value)) return value.length === 0 && shape?.format !== 'L' ? undefined : (value as Value);
  if (shape?.format === 'B') return value;
  if (shape?.array === true) return Array.from(value as Iterable<number>);
  return value;
}

function typed(value: number | bigint | boolean, { format }: ValueShape): Value {
  if (format === 'U8' || format === 'I8')
    return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value;
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
