import type { KnownNames } from '../../../check.js';
import { check } from '../../check.js';
import type { ItemPath } from '../../errors.js';
import { checkCodePage, type CodePage } from '../../text/code-page.js';

/** How SML is printed. */
export interface SmlPrintOptions {
  /** Spaces a level of lists is indented by, or the text to indent by; default 2. */
  readonly indent?: number | string;
  /** Where counts are printed (`[3]`): everywhere (default), on lists only, or nowhere. */
  readonly counts?: 'always' | 'lists' | 'never';
  /** Quotes around text; default double. */
  readonly quotes?: 'double' | 'single';
  /** How the bytes of B items are printed: `0x0A` (default) or `10`. */
  readonly binary?: 'hex' | 'decimal';
  /** The most values, bytes of text or children printed of one item; the rest is counted in a comment. Default: no limit. */
  readonly maxLength?: number;
  /** Code page in which the text of A items is printed; without it, bytes beyond ASCII print as `0xE9`. */
  readonly codePage?: CodePage;
  /** The most lists that may nest; default 64. */
  readonly maxDepth?: number;
  /**
   * What to say of an item in a comment behind it, by its path; undefined for nothing. `rxsecs/e5` names the data items of
   * messages with it.
   */
  readonly comments?: (path: ItemPath) => string | undefined;
}

/** The same with every choice made. */
export interface SmlStyle {
  readonly indent: string;
  readonly leafCounts: boolean;
  readonly listCounts: boolean;
  readonly quote: '"' | "'";
  readonly hexBinary: boolean;
  readonly maxLength: number;
  readonly codePage: CodePage | undefined;
  readonly comments: ((path: ItemPath) => string | undefined) | undefined;
  /** What a line starts with, by the indents of its level: made when first asked for. See {@link lineStart}. */
  readonly lines: string[];
}

const DEFAULT_STYLE = makeStyle({});

/** Of options that cannot change: the library's own. */
const kept = new WeakMap<SmlPrintOptions, SmlStyle>();

/** Fills in the defaults. */
export function smlStyle(options?: SmlPrintOptions): SmlStyle {
  if (options === undefined) return DEFAULT_STYLE;
  if (!Object.isFrozen(options)) return makeStyle(options);
  const style = kept.get(options) ?? makeStyle(options);
  kept.set(options, style);
  return style;
}

const PRINT_OPTIONS: KnownNames<SmlPrintOptions> = {
  owner: 'printing SML',
  names: {
    indent: true,
    counts: true,
    quotes: true,
    binary: true,
    maxLength: true,
    codePage: true,
    maxDepth: true,
    comments: true,
  },
};

/** The widest that a level of lists may be indented. */
const MAX_INDENT = 1000;

/**
 * Checks how SML is to be printed; null means nothing special.
 * @throws Secs2ArgumentError naming the option, its value and what is allowed; Secs2TextError for a code page that is not known.
 */
export function checkPrintOptions(options: SmlPrintOptions | null | undefined): SmlPrintOptions | undefined {
  if (options === undefined || options === null) return undefined;
  const read = check.options('options', options, PRINT_OPTIONS);
  const { indent, counts, quotes, binary, maxLength, codePage, maxDepth, comments } = read;
  if (indent !== undefined && typeof indent !== 'string')
    check.integer('options.indent', indent, 0, MAX_INDENT);
  if (counts !== undefined) check.oneOf('options.counts', counts, ['always', 'lists', 'never']);
  if (quotes !== undefined) check.oneOf('options.quotes', quotes, ['double', 'single']);
  if (binary !== undefined) check.oneOf('options.binary', binary, ['hex', 'decimal']);
  if (maxLength !== undefined) check.number('options.maxLength', maxLength, 0);
  if (codePage !== undefined) checkCodePage(codePage);
  if (maxDepth !== undefined) check.number('options.maxDepth', maxDepth, 0);
  if (comments !== undefined) check.fn('options.comments', comments);
  return read;
}

function makeStyle(options: SmlPrintOptions): SmlStyle {
  const { indent = 2, counts = 'always' } = options;
  return {
    indent: typeof indent === 'string' ? indent : ' '.repeat(indent),
    leafCounts: counts === 'always',
    listCounts: counts !== 'never',
    quote: options.quotes === 'single' ? "'" : '"',
    hexBinary: options.binary !== 'decimal',
    maxLength: options.maxLength ?? Infinity,
    codePage: options.codePage,
    comments: options.comments,
    lines: ['\n'],
  };
}

/** The start of a line at a depth of indentation. */
export function lineStart(style: SmlStyle, indents: number): string {
  const { lines } = style;
  while (lines.length <= indents) lines.push((lines[lines.length - 1] ?? '') + style.indent);
  return lines[indents] ?? '';
}
