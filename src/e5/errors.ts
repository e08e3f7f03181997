import { SecsError } from '../errors.js';
import { isInstance } from '../check.js';
import { asError, describeValue } from '../describe-value.js';
import type { ItemPath } from '../secs2/errors.js';
import { SecsItem } from '../secs2/items/item.js';

/**
 * The stable codes of every error of this room. Programs branch on these, never on messages.
 *
 * - `E5_INVALID_VALUE`: an argument is not what is allowed: for `build` a value that its data item does not take.
 * - `E5_INVALID_BODY`: a body that was read does not fit its message.
 * - `E5_WRONG_MESSAGE`: a message of another stream or function was given to `read`.
 * - `E5_INVALID_DEFINITION`: a definition, a set or a profile contradicts itself.
 */
export type E5ErrorCode =
  'E5_INVALID_VALUE' | 'E5_INVALID_BODY' | 'E5_WRONG_MESSAGE' | 'E5_INVALID_DEFINITION';

/**
 * Base class of every error of this room: a stable `code`, and a message that names the value and what is allowed.
 *
 * @example
 * ```ts
 * import { E5Error, S1F4 } from 'rxsecs/e5';
 * import { A, S } from 'rxsecs/secs2';
 *
 * try {
 *   S1F4.read(S(1, 4, A('no list')));
 * } catch (error) {
 *   if (error instanceof E5Error) console.log(error.code, error.message);
 * }
 * ```
 */
export class E5Error extends SecsError {
  declare readonly code: E5ErrorCode;

  constructor(code: E5ErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}

/**
 * A value that a message cannot be built from; says which field, and what is allowed there.
 *
 * @example
 * ```ts
 * import { E5ValueError, S2F42 } from 'rxsecs/e5';
 *
 * try {
 *   S2F42.build({ hcack: 300, params: [] });
 * } catch (error) {
 *   if (error instanceof E5ValueError) console.log(error.message);
 * }
 * ```
 */
export class E5ValueError extends E5Error {
  /** The message that was being built, as `S2F33`. */
  readonly messageName: string;
  /** The field at fault, as `reports[2].rptid`; empty for the whole. */
  readonly field: string;

  constructor(messageName: string, field: string, problem: string) {
    super('E5_INVALID_VALUE', `${fieldText(messageName, field)} ${problem}`);
    this.messageName = messageName;
    this.field = field;
  }
}

/**
 * A body that does not fit its message; says which field, at which item, and what is allowed there.
 *
 * @example
 * ```ts
 * import { E5BodyError, S1F4 } from 'rxsecs/e5';
 * import { A, S } from 'rxsecs/secs2';
 *
 * try {
 *   S1F4.read(S(1, 4, A('no list')));
 * } catch (error) {
 *   if (error instanceof E5BodyError) console.log(error.field, error.path);
 * }
 * ```
 */
export class E5BodyError extends E5Error {
  /** The message that was being read, as `S2F33`. */
  readonly messageName: string;
  /** The field at fault, as `reports[2].rptid`; empty for the whole. */
  readonly field: string;
  /** The item at fault: the index in each list from the root; `message.item?.at(...path)` is the item as it came. */
  readonly path: ItemPath;

  constructor(messageName: string, field: string, path: ItemPath, problem: string, options?: ErrorOptions) {
    const where = path.length === 0 ? 'root item' : `item ${path.join('.')}`;
    super('E5_INVALID_BODY', `${fieldText(messageName, field)} (${where}) ${problem}`, options);
    this.messageName = messageName;
    this.field = field;
    this.path = path;
  }
}

function fieldText(messageName: string, field: string): string {
  return field === '' ? messageName : `${messageName} ${field}`;
}

/** @internal Runs what looks into a definition that was given: one that does not let itself be read is an error that says so. */
export function defining<T>(what: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (isInstance(error, SecsError)) throw error;
    throw new E5Error('E5_INVALID_DEFINITION', `${what} cannot be read: ${asError(error).message}`, {
      cause: error,
    });
  }
}

/** A value in an error message, with its type: `the string "5000"`, `an item U4[1]`. */
export function showValue(value: unknown): string {
  try {
    if (value instanceof SecsItem) return `an item ${value.format}[${value.length}]`;
  } catch {
    // A proxy that does not let itself be looked at.
  }
  return describeValue(value);
}
