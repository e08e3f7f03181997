import { describeValue } from '../describe-value.js';

/** The stable codes of every error of this room. Programs branch on these, never on messages. */
export type Secs2ErrorCode =
  | 'SECS2_INVALID_ARGUMENT'
  | 'SECS2_ITEM_TOO_LONG'
  | 'SECS2_TOO_DEEP'
  | 'SECS2_TOO_MANY_ITEMS'
  | 'SECS2_WRONG_FORMAT'
  | 'SECS2_NO_SUCH_ITEM'
  | 'SECS2_SHAPE_MISMATCH'
  | 'SECS2_EMPTY_BODY'
  | 'SECS2_TRUNCATED'
  | 'SECS2_UNKNOWN_FORMAT'
  | 'SECS2_NO_LENGTH_BYTES'
  | 'SECS2_PARTIAL_VALUE'
  | 'SECS2_TRAILING_BYTES'
  | 'SECS2_UNKNOWN_ENCODING'
  | 'SECS2_NOT_ENCODABLE'
  | 'SECS2_INVALID_JSON'
  | 'SML_SYNTAX'
  | 'SML_BAD_VALUE'
  | 'SML_BAD_COUNT'
  | 'SML_BAD_HEADER'
  | 'SML_TOO_DEEP'
  | 'SML_TEMPLATE';

/** Where an item stands in a tree: the index taken in each list from the root; empty for the root itself. */
export type ItemPath = readonly number[];

/**
 * Base class of every error of this room: a stable `code` and a message that names the value and what is allowed.
 *
 * @example
 * ```ts
 * import { parseItem, Secs2Error } from 'rxsecs/secs2';
 *
 * try {
 *   parseItem('<U1 300>');
 * } catch (error) {
 *   if (error instanceof Secs2Error) console.log(error.code, error.message);
 * }
 * ```
 */
export class Secs2Error extends Error {
  /** Stable, machine-readable code. */
  readonly code: Secs2ErrorCode;

  constructor(code: Secs2ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/**
 * A value given to a factory, a message or a setting is outside what is allowed.
 *
 * @example
 * ```ts
 * import { Secs2ArgumentError, U1 } from 'rxsecs/secs2';
 *
 * try {
 *   U1(300);
 * } catch (error) {
 *   if (error instanceof Secs2ArgumentError) console.log(error.code, error.message);
 * }
 * ```
 */
export class Secs2ArgumentError extends Secs2Error {
  constructor(
    message: string,
    code: 'SECS2_INVALID_ARGUMENT' | 'SECS2_ITEM_TOO_LONG' = 'SECS2_INVALID_ARGUMENT',
  ) {
    super(code, message);
  }
}

/**
 * Lists nest deeper than the cap. Where bytes were being read, `offset` is the byte offset of the list too deep.
 *
 * @example
 * ```ts
 * import { parseItem, Secs2DepthError } from 'rxsecs/secs2';
 *
 * try {
 *   parseItem('<L <L <L>>>', { maxDepth: 2 });
 * } catch (error) {
 *   if (error instanceof Secs2DepthError) console.log(error.code, error.message);
 * }
 * ```
 */
export class Secs2DepthError extends Secs2Error {
  /** The cap that was broken, in nested lists. */
  readonly maxDepth: number;
  /** Byte offset of the first list beyond the cap, or undefined when no bytes were being read. */
  readonly offset: number | undefined;

  constructor(maxDepth: number, offset?: number) {
    const where = offset === undefined ? '' : ` at byte ${offset}`;
    super(
      'SECS2_TOO_DEEP',
      `lists nest deeper than maxDepth ${maxDepth}${where}: raise maxDepth if this is legitimate`,
    );
    this.maxDepth = maxDepth;
    this.offset = offset;
  }
}

/**
 * Bytes that are not one whole SECS-II item.
 *
 * @example
 * ```ts
 * import { decodeItem, Secs2DecodeError } from 'rxsecs/secs2';
 *
 * try {
 *   decodeItem(Buffer.from('2105', 'hex'));
 * } catch (error) {
 *   if (error instanceof Secs2DecodeError) console.log(error.code, error.offset);
 * }
 * ```
 */
export class Secs2DecodeError extends Secs2Error {
  /** Byte offset in the body of the item header at fault, or of the first trailing byte. */
  readonly offset: number;
  /** The path of the item at fault. */
  readonly path: ItemPath;

  constructor(code: Secs2ErrorCode, problem: string, offset: number, path: ItemPath) {
    super(code, `${problem} (byte ${offset}, ${describePath(path)})`);
    this.offset = offset;
    this.path = path;
  }
}

/**
 * An accessor of one format was used on an item of another, or a path leads nowhere.
 *
 * @example
 * ```ts
 * import { L, Secs2AccessError } from 'rxsecs/secs2';
 *
 * try {
 *   L().at(3);
 * } catch (error) {
 *   if (error instanceof Secs2AccessError) console.log(error.code, error.message);
 * }
 * ```
 */
export class Secs2AccessError extends Secs2Error {
  constructor(code: 'SECS2_WRONG_FORMAT' | 'SECS2_NO_SUCH_ITEM', message: string) {
    super(code, message);
  }
}

/**
 * An item does not have the shape it was asked for.
 *
 * @example
 * ```ts
 * import { A, expectItem, Secs2ShapeError } from 'rxsecs/secs2';
 *
 * try {
 *   expectItem(A('x'), 'U4');
 * } catch (error) {
 *   if (error instanceof Secs2ShapeError) console.log(error.code, error.path);
 * }
 * ```
 */
export class Secs2ShapeError extends Secs2Error {
  /** The path of the first item that differs. */
  readonly path: ItemPath;
  /** What the shape asks for there. */
  readonly expected: string;
  /** What the item has there. */
  readonly found: string;

  constructor(path: ItemPath, expected: string, found: string) {
    super('SECS2_SHAPE_MISMATCH', `expected ${expected}, found ${found} (${describePath(path)})`);
    this.path = path;
    this.expected = expected;
    this.found = found;
  }
}

/**
 * Text that an encoding cannot carry, or an encoding that is not known here.
 *
 * @example
 * ```ts
 * import { A, Secs2TextError } from 'rxsecs/secs2';
 *
 * try {
 *   A('é', 'ascii');
 * } catch (error) {
 *   if (error instanceof Secs2TextError) console.log(error.code, error.message);
 * }
 * ```
 */
export class Secs2TextError extends Secs2Error {
  constructor(code: 'SECS2_UNKNOWN_ENCODING' | 'SECS2_NOT_ENCODABLE', message: string) {
    super(code, message);
  }
}

/**
 * JSON that is not the form which items are written in.
 *
 * @example
 * ```ts
 * import { itemFromJSON, Secs2JsonError } from 'rxsecs/secs2';
 *
 * try {
 *   itemFromJSON({ U9: [1] });
 * } catch (error) {
 *   if (error instanceof Secs2JsonError) console.log(error.code, error.message);
 * }
 * ```
 */
export class Secs2JsonError extends Secs2Error {
  /** The path of the item at fault. */
  readonly path: ItemPath;

  constructor(problem: string, path: ItemPath, options?: ErrorOptions) {
    super('SECS2_INVALID_JSON', `${problem} (${describePath(path)})`, options);
    this.path = path;
  }
}

/**
 * SML text that cannot be read; says where.
 *
 * @example
 * ```ts
 * import { parseItem, SmlError } from 'rxsecs/secs2';
 *
 * try {
 *   parseItem('<U1 300>');
 * } catch (error) {
 *   if (error instanceof SmlError) console.log(error.code, error.line, error.column);
 * }
 * ```
 */
export class SmlError extends Secs2Error {
  /** Line of the text at fault, from 1. */
  readonly line: number;
  /** Column of the text at fault, from 1, in UTF-16 units. */
  readonly column: number;
  /** Index of the text at fault, from 0, in UTF-16 units. */
  readonly offset: number;

  constructor(code: Secs2ErrorCode, problem: string, at: { line: number; column: number; offset: number }) {
    super(code, `${problem} (line ${at.line}, column ${at.column})`);
    this.line = at.line;
    this.column = at.column;
    this.offset = at.offset;
  }
}

/**
 * A message is a template: it leaves something open, and so has no bytes that could be sent. Says what, and where.
 *
 * @example
 * ```ts
 * import { parseMessages, SmlTemplateError } from 'rxsecs/secs2';
 *
 * const [template] = parseMessages('S1F3 W <L <V>>.');
 * try {
 *   console.log(template?.message.body);
 * } catch (error) {
 *   if (error instanceof SmlTemplateError) console.log(error.message); // says what is left open
 * }
 * ```
 */
export class SmlTemplateError extends SmlError {
  constructor(problem: string, at: { line: number; column: number; offset: number }) {
    super('SML_TEMPLATE', problem, at);
  }
}

/** A path in words: `root` or `item 1.0.2`. */
export function describePath(path: ItemPath): string {
  if (path.length === 0) return 'root item';
  // A hostile body can make a path as long as itself; an error message must stay readable.
  return path.length <= 40
    ? `item ${path.join('.')}`
    : `item ${path.slice(0, 40).join('.')}… ${path.length} levels down`;
}

/** A value in an error message about data, kept short: plain values as they are written, anything else by its type. */
export function quoteValue(value: unknown): string {
  const text =
    typeof value === 'string'
      ? JSON.stringify(value.slice(0, 60))
      : typeof value === 'bigint'
        ? describeValue(value).replace('the bigint ', '')
        : describeValue(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
