import type { KnownNames } from '../../check.js';
import { check } from '../check.js';
import { checkCodePage, type CodePage } from '../text/code-page.js';
import { localizedEncodingCode, type LocalizedEncodingName } from '../text/localized.js';

/**
 * What the parser put up with, or passed over:
 *
 * - `count`: a count that does not agree; `list`: a list whose head is closed, with its items behind it
 * - `wBit`: a W-bit on a secondary message
 * - `escape`: an escape that is not known; `quotes`: a doubled quote; `unquoted`: text without quotes
 * - `byte`: a negative number in a B item
 * - `name`: a name or title that could be read in another way
 * - `definition`: a name that is defined twice, or not at all
 * - `statement`: a statement of a scenario; `log`: a line of a log that has no message
 */
export type SmlWarningCode =
  | 'count'
  | 'list'
  | 'wBit'
  | 'escape'
  | 'quotes'
  | 'unquoted'
  | 'byte'
  | 'name'
  | 'definition'
  | 'statement'
  | 'log';

/** Something that the parser put up with. */
export interface SmlWarning {
  /** What it was. */
  readonly code: SmlWarningCode;
  /** The same in words. */
  readonly message: string;
  /** Line in the text, from 1. */
  readonly line: number;
  /** Column in the text, from 1, in UTF-16 units. */
  readonly column: number;
  /** Index in the text, from 0, in UTF-16 units. */
  readonly offset: number;
}

const PARSE_OPTIONS: KnownNames<SmlParseOptions> = {
  owner: 'reading SML',
  names: {
    strict: true,
    binary: true,
    escapes: true,
    codePage: true,
    localizedEncoding: true,
    maxDepth: true,
    onWarning: true,
  },
};

const NO_OPTIONS: SmlParseOptions = Object.freeze({});

/**
 * Checks how SML is to be read; null means nothing special.
 * @throws Secs2ArgumentError naming the option, its value and what is allowed; Secs2TextError for a code page that is not known.
 */
export function checkParseOptions(options: SmlParseOptions | null | undefined): SmlParseOptions {
  if (options === undefined || options === null) return NO_OPTIONS;
  const read = check.options('options', options, PARSE_OPTIONS);
  const { strict, binary, escapes, codePage, localizedEncoding, maxDepth, onWarning } = read;
  if (strict !== undefined) check.boolean('options.strict', strict);
  if (binary !== undefined) check.oneOf('options.binary', binary, ['decimal', 'hex']);
  if (escapes !== undefined) check.oneOf('options.escapes', escapes, ['quotes', 'all', 'none']);
  if (codePage !== undefined) checkCodePage(codePage);
  if (localizedEncoding !== undefined) localizedEncodingCode(localizedEncoding);
  if (maxDepth !== undefined) check.number('options.maxDepth', maxDepth, 0);
  if (onWarning !== undefined) check.fn('options.onWarning', onWarning);
  return read;
}

/** Which dialect of SML is read, and how strictly. What is not set here is told from the text itself. */
export interface SmlParseOptions {
  /**
   * Whether what is otherwise put up with is an error: all warnings are but those of names, statements and lines of
   * logs. Default false.
   */
  readonly strict?: boolean;
  /** How bare numbers in B items are read; default decimal. `0x0A` and `0b1010` are read either way. */
  readonly binary?: 'decimal' | 'hex';
  /**
   * What a backslash means between quotes. `'quotes'` (default): it stands before a quote or another backslash, and
   * before anything else for itself. `'all'`: also `\n \r \t \b \f \v \0 \xHH \uHHHH`. `'none'`: always for itself.
   */
  readonly escapes?: 'quotes' | 'all' | 'none';
  /** Code page of the text of A items; without it they take ASCII and bytes. */
  readonly codePage?: CodePage;
  /** Encoding of C2 text that names none; default UTF-8. */
  readonly localizedEncoding?: LocalizedEncodingName;
  /** The most lists that may nest; default 64. */
  readonly maxDepth?: number;
  /** Called with whatever the parser put up with. */
  readonly onWarning?: (warning: SmlWarning) => void;
}
