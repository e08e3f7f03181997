import { SecsItem } from '../../secs2/index.js';
import type { ModelProblem } from '../errors.js';
import { quote } from './value.js';

/** Lists and objects within one another: a definition has six, and one that has itself inside has no end. */
const MAX_DEPTH = 12;

/**
 * A copy of data that is plain: text, numbers, truths, lists, objects, bytes and items. So what is checked is what is kept: nothing
 * computes its values, changes later, or throws where a check looks at it. What is not plain is left out, and told.
 */
export function plainCopy<T>(value: T, found: ModelProblem[]): T {
  return copy('the definition', value, 0, found) as T;
}

function copy(path: string, value: unknown, depth: number, found: ModelProblem[]): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') return refuse(path, quote(value), found);
  if (typeof value !== 'object' || value === null) return value;
  try {
    if (value instanceof SecsItem || ArrayBuffer.isView(value)) return value;
    if (depth === MAX_DEPTH) return refuse(path, `more than ${MAX_DEPTH} levels of them`, found);
    if (Array.isArray(value))
      return Array.from(value, (one, i) => copy(`${path}[${i}]`, one, depth + 1, found));
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
      return refuse(path, 'an object of a class', found);
    }
    return Object.fromEntries(
      Object.keys(value).map((key) => [
        key,
        copy(below(path, depth, key), (value as Record<string, unknown>)[key], depth + 1, found),
      ]),
    );
  } catch (error) {
    return refuse(path, `what cannot be read (${reason(error)})`, found);
  }
}

const below = (path: string, depth: number, key: string): string => (depth === 0 ? key : `${path}.${key}`);

const reason = (error: unknown): string => (error instanceof Error ? error.message : quote(error));

function refuse(path: string, received: string, found: ModelProblem[]): undefined {
  found.push({
    path,
    message: `must be plain data (text, numbers, true, false, lists, objects), received ${received}`,
  });
  return undefined;
}
