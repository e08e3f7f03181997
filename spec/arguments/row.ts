/** Whether a value is allowed in a place. */
export type Allows = (value: unknown) => boolean;

/** One argument: makes a right value, and tells which other values are right as well. */
export interface Argument {
  readonly right: () => unknown;
  readonly allows: Allows;
  /** Of an object of options: the names, each of which is given what no option takes. */
  readonly names?: readonly string[];
}

/** What is called with one wrong argument after another; or why it takes none. */
export type Row =
  | {
      readonly call: (...args: never[]) => unknown;
      readonly args: readonly Argument[];
      /** Where it takes what is right and still fails, for it has nothing to work on: the error that says so. */
      readonly fails?: RegExp;
    }
  | string;

/** The rows of an entry point by the names of what can be called. */
export type Rows = Readonly<Record<string, Row>>;

const none: Allows = () => false;
export const missing: Allows = (value) => value === undefined;
export const nothing: Allows = (value) => value === undefined || value === null;
export const isTrue: Allows = (value) => value === true;
export const isObject: Allows = (value) =>
  typeof value === 'object' && value !== null && !isArraySafely(value);
export const isText: Allows = (value) => typeof value === 'string';
const isEmpty = (value: unknown): boolean => {
  try {
    if (value instanceof Promise || value instanceof Date) return false;
    return typeof value === 'object' && !Array.isArray(value) && Object.keys(value as object).length === 0;
  } catch {
    return true;
  }
};

export const argument = (right: unknown, allows: Allows = none): Argument => ({ right: () => right, allows });
/** An argument that serves one call alone. */
export const fresh = (right: () => unknown, allows: Allows = none): Argument => ({ right, allows });
/** Anything at all is right. */
export const anything = argument(undefined, () => true);
export const isSafely = (test: () => boolean): boolean => {
  try {
    return test();
  } catch {
    return false;
  }
};
export const isArrayOfNone: Allows = (value) => isSafely(() => Array.isArray(value) && value.length === 0);
export const isFunction: Allows = (value) => typeof value === 'function';
/** An object of options: nothing, null, and any object without names of its own is one. */
export const options = argument(undefined, (value) => nothing(value) || isEmpty(value));
/** The same, whose names are known: each is tried. */
export const optionsOf = (...names: readonly string[]): Argument => ({ ...options, names });
export const optional = (right: unknown, allows: Allows = none): Argument =>
  argument(right, (value) => missing(value) || allows(value));

export function isArraySafely(value: unknown): boolean {
  try {
    return Array.isArray(value);
  } catch {
    return true;
  }
}

export const INTERNAL = 'internal: the library calls it, and types hide it';
export const NO_ARGUMENTS = 'takes no arguments';
export const ERROR = 'an error, which the library makes';

export function isPositive(value: unknown): boolean {
  return typeof value === 'number' && value >= 0;
}
