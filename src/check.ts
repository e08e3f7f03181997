import { describeValue, shortened } from './describe-value.js';
import { HsmsArgumentError } from './errors.js';
import { nearestName } from './nearest-name.js';

/** A timer cannot run longer than 2^31 - 1 ms. */
const MAX_SECONDS = 2_147_483;

/** The names that an object of options may have. `elsewhere` says of other names where they belong. */
export interface KnownNames<T> {
  /** What the object is for, as in `HsmsSession`. */
  readonly owner: string;
  readonly names: Readonly<Record<keyof T, true>>;
  readonly elsewhere?: Readonly<Record<string, string>>;
}

/**
 * Checks of arguments, all in one wording: `t3 must be a number of seconds above 0, received the string "5000"`. Each returns
 * the value it was given. A room that has an argument error of its own makes its own checks.
 */
export class Checks {
  readonly #error: (message: string) => Error;

  constructor(error: (message: string) => Error) {
    this.#error = error;
  }

  /** Throws the error that says what an argument must be, and what it is. */
  refuse(name: string, must: string, value: unknown): never {
    throw this.#error(`${name} must be ${must}, received ${describeValue(value)}`);
  }

  /** Throws an error in words of its own. */
  fail(message: string): never {
    throw this.#error(message);
  }

  /** A whole number. */
  integer(name: string, value: unknown, min: number, max: number = Number.MAX_SAFE_INTEGER): number {
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
    return this.refuse(name, `a whole number${range(min, max)}`, value);
  }

  /** A number; Infinity is one where `max` is. */
  number(name: string, value: unknown, min: number, max = Infinity): number {
    if (typeof value === 'number' && value >= min && value <= max) return value;
    return this.refuse(name, `a number${range(min, max)}`, value);
  }

  /** A time that a timer can run: above 0, or from 0 where 0 says never. */
  seconds(name: string, value: unknown, zero: 'zeroToo' | 'aboveZero' = 'aboveZero'): number {
    const enough = typeof value === 'number' && (zero === 'zeroToo' ? value >= 0 : value > 0);
    if (enough && value <= MAX_SECONDS) return value;
    const least = zero === 'zeroToo' ? 'from 0' : 'above 0';
    const upTo = typeof value === 'number' && value > MAX_SECONDS ? ` and up to ${MAX_SECONDS}` : '';
    return this.refuse(name, `a number of seconds ${least}${upTo}`, value);
  }

  /** One of some texts. */
  oneOf<T extends string>(name: string, value: unknown, allowed: readonly T[]): T {
    if (typeof value === 'string' && (allowed as readonly string[]).includes(value)) return value as T;
    const quoted = allowed.map((text) => `'${text}'`);
    const last = quoted.pop() ?? '';
    return this.refuse(name, quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`, value);
  }

  /** A text, empty or not. */
  text(name: string, value: unknown, must = 'a string'): string {
    return typeof value === 'string' ? value : this.refuse(name, must, value);
  }

  boolean(name: string, value: unknown): boolean {
    return typeof value === 'boolean' ? value : this.refuse(name, 'true or false', value);
  }

  fn<T>(name: string, value: T): T {
    return typeof value === 'function' ? value : this.refuse(name, 'a function', value);
  }

  /** An object, and no array. */
  object<T>(name: string, value: T, must = 'an object'): T & object {
    if (isObject(value)) return value;
    return this.refuse(name, must, value);
  }

  /** An object of entries by name, as a copy: each of them is read once. */
  record<T>(
    name: string,
    value: Readonly<Record<string, T>>,
    must = 'an object of entries by name',
  ): Readonly<Record<string, T>> {
    if (!isPlain(value)) this.refuse(name, must, value);
    try {
      return Object.fromEntries(Object.entries(value));
    } catch (cause) {
      throw withCause(this.#error(`${name} cannot be read: ${reasonOf(cause)}`), cause);
    }
  }

  array<T>(name: string, value: readonly T[], must = 'an array'): readonly T[] {
    return isArray(value) ? value : this.refuse(name, must, value);
  }

  /** An object of a class. */
  instance<T>(name: string, value: unknown, type: abstract new (...args: never[]) => T, must: string): T {
    return isInstance(value, type) ? value : this.refuse(name, must, value);
  }

  /** Bytes: a Buffer is a Uint8Array. */
  bytes(name: string, value: unknown): Uint8Array {
    return this.instance(name, value, Uint8Array, 'a Uint8Array');
  }

  /** An AbortSignal, or nothing. */
  signal(name: string, value: unknown): void {
    if (value === undefined) return;
    const { aborted, addEventListener } = this.fields(name, value as Partial<AbortSignal>, [
      'aborted',
      'addEventListener',
    ]);
    if (typeof aborted === 'boolean' && typeof addEventListener === 'function') return;
    this.refuse(name, 'an AbortSignal', value);
  }

  /** An object whose named methods are functions. */
  methods<T>(name: string, value: T, methods: readonly string[], must: string): T {
    if (typeof value !== 'object' || value === null) return this.refuse(name, must, value);
    const found = this.fields(name, value as Record<string, unknown>, methods);
    for (const method of methods) {
      if (typeof found[method] === 'function') continue;
      this.fail(
        `${name} must be ${must}: it needs the method ${method}(), received ${describeValue(found[method])} for that`,
      );
    }
    return value;
  }

  /** A member of a union that is told apart by `kind`. */
  tagged<T extends { readonly kind: string }>(name: string, value: T, must: string): T {
    const kind: unknown = this.object(name, this.fields(name, value, ['kind'])).kind;
    return typeof kind === 'string' ? value : this.refuse(name, must, value);
  }

  /** Something that `for await` takes; a string is none. */
  iterable<T>(name: string, value: T, must: string): T & object {
    if (typeof value !== 'object' || value === null) return this.refuse(name, must, value);
    const methods = value as { [Symbol.asyncIterator]?: unknown; [Symbol.iterator]?: unknown };
    let found: unknown;
    try {
      found = methods[Symbol.asyncIterator] ?? methods[Symbol.iterator];
    } catch {
      // It cannot be looked at: it is none.
    }
    return typeof found === 'function' ? value : this.refuse(name, must, value);
  }

  /** A source of time. */
  clock<T>(value: T): T {
    return this.methods('clock', value, ['now', 'setTimer', 'afterPoll'], 'a Clock');
  }

  /** Some fields of an object, each read once; a getter that throws is an error that names its field. */
  fields<T, K extends keyof T & string>(name: string, value: T, fields: readonly K[]): Pick<T, K> {
    if (typeof value !== 'object' || value === null) return this.refuse(name, 'an object', value);
    const read: Partial<Pick<T, K>> = {};
    for (const field of fields) read[field] = this.#field(name, value, field);
    return read as Pick<T, K>;
  }

  #field<T extends object, K extends keyof T & string>(name: string, value: T, field: K): T[K] {
    try {
      return value[field];
    } catch (cause) {
      throw withCause(this.#error(`${name}.${field} cannot be read: ${reasonOf(cause)}`), cause);
    }
  }

  /**
   * An object of options, as a copy that does not change any more; nothing, or null, is one without any. A name that is not known is
   * an error that names the nearest one, or the place where it belongs.
   */
  options<T extends object>(name: string, value: T | null | undefined, known: KnownNames<T>): T {
    if (value === undefined || value === null) return {} as T;
    if (!isPlain(value)) this.refuse(name, 'an object of options', value);
    this.#known(name, value, known);
    const read: Partial<T> = {};
    for (const field in known.names) {
      const given = this.#field(name, value, field);
      // What is left out is left out: to take it out again would make a dictionary of it.
      if (given !== undefined) read[field] = given;
    }
    return read as T;
  }

  #known<T extends object>(name: string, value: T, { owner, names, elsewhere = {} }: KnownNames<T>): void {
    for (const given of keysOf(value)) {
      if (Object.hasOwn(names, given)) continue;
      const shown = `${name}.${shortened(given)}`;
      const place = Object.hasOwn(elsewhere, given) ? elsewhere[given] : undefined;
      if (place !== undefined) this.fail(`${shown} is no option of ${owner}: ${given} ${place}`);
      const nearest = nearestName(given, [...Object.keys(names), ...Object.keys(elsewhere)]);
      if (nearest === undefined) {
        this.fail(`${shown} is no option of ${owner}: there are ${Object.keys(names).join(', ')}`);
      }
      const where = Object.hasOwn(elsewhere, nearest) ? ` It ${elsewhere[nearest] ?? ''}` : '';
      this.fail(`${shown} is no option of ${owner}: did you mean ${nearest}?${where}`);
    }
  }
}

/** The checks of every room but `secs2`, which has an argument error of its own. */
export const check = new Checks((message) => new HsmsArgumentError(message));

function range(min: number, max: number): string {
  if (min <= Number.MIN_SAFE_INTEGER) return '';
  return max >= Number.MAX_SAFE_INTEGER ? ` from ${min}` : ` from ${min} to ${max}`;
}

/** Whether a value is an array; a revoked proxy of one is not, where `Array.isArray` throws. */
export function isArray(value: unknown): value is unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

function isObject(value: unknown): value is object {
  try {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    // A revoked proxy is nothing to work with.
    return false;
  }
}

/** Whether an object may hold options: a Promise, a Date and the like hold none, and were put there by mistake. */
function isPlain(value: unknown): value is object {
  return (
    isObject(value) && !(isInstance(value, Promise) || isInstance(value, Date) || ArrayBuffer.isView(value))
  );
}

/** `instanceof`, which throws for a revoked proxy. */
export function isInstance<T>(value: unknown, type: abstract new (...args: never[]) => T): value is T {
  try {
    return value instanceof type;
  } catch {
    return false;
  }
}

function keysOf(value: object): readonly string[] {
  try {
    return Object.keys(value);
  } catch {
    return [];
  }
}

function reasonOf(cause: unknown): string {
  try {
    return cause instanceof Error ? shortened(cause.message) : describeValue(cause);
  } catch {
    return describeValue(cause);
  }
}

function withCause(error: Error, cause: unknown): Error {
  Object.defineProperty(error, 'cause', { value: cause, configurable: true, writable: true });
  return error;
}
