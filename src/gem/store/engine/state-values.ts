import { GemArgumentError } from '../../errors.js';
import type { StateValue } from '../store.js';

/** Lists and objects within each other; deeper ones are circular, or a mistake. */
const MAX_DEPTH = 100;

/**
 * The text in which a value is kept: JSON, where `{"$bytes": …}` (base64), `{"$bigint": …}` and `{"$number": …}` stand for what
 * JSON does not know. A name that begins with `$` gets another one in front.
 * @param at what holds the value, for the error's message
 * @throws GemArgumentError for a value that cannot be kept.
 */
export function valueToText(value: StateValue, at: string): string {
  return JSON.stringify(toJson(value, at, 0));
}

/** The value of a text that `valueToText` made. */
export function textToValue(text: string): StateValue {
  return fromJson(JSON.parse(text));
}

function toJson(value: unknown, at: string, depth: number): unknown {
  if (depth > MAX_DEPTH) {
    throw new GemArgumentError(`${at} must be at most ${MAX_DEPTH} levels deep, received more`);
  }
  switch (typeof value) {
    case 'boolean':
    case 'string':
      return value;
    case 'bigint':
      return { $bigint: String(value) };
    case 'number':
      if (Object.is(value, -0)) return { $number: '-0' };
      return Number.isFinite(value) ? value : { $number: String(value) };
    case 'object':
      return value === null ? null : objectToJson(value, at, depth);
    case 'undefined':
    case 'function':
    case 'symbol':
      throw new GemArgumentError(
        `${at} must be null, a boolean, number, bigint, string, Uint8Array, array or plain object, received ${typeof value}`,
      );
  }
}

function objectToJson(value: object, at: string, depth: number): unknown {
  if (value instanceof Uint8Array) {
    return { $bytes: Buffer.from(value.buffer, value.byteOffset, value.length).toString('base64') };
  }
  if (Array.isArray(value)) return value.map((one, index) => toJson(one, `${at}[${index}]`, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) {
    throw new GemArgumentError(`${at} must be a plain value, received an instance of ${nameOf(value)}`);
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name.startsWith('$') ? `$${name}` : name,
      toJson(one, `${at}.${name}`, depth + 1),
    ]),
  );
}

function nameOf(value: object): string {
  return (value.constructor as { readonly name?: string } | undefined)?.name ?? 'a class';
}

function fromJson(json: unknown): StateValue {
  if (typeof json !== 'object' || json === null) return json as StateValue;
  if (Array.isArray(json)) return json.map(fromJson);
  const entries = Object.entries(json);
  const [name, text] = entries[0] ?? [];
  if (name === '$bigint') return BigInt(text as string);
  if (name === '$number') return Number(text);
  // A copy of its own: small ones of Buffer share their memory with others.
  if (name === '$bytes') return new Uint8Array(Buffer.from(text as string, 'base64'));
  return Object.fromEntries(
    entries.map(([key, one]) => [key.startsWith('$') ? key.slice(1) : key, fromJson(one)]),
  );
}
