import type { KnownNames } from '../../check.js';
import type { ItemPath } from '../../secs2/errors.js';
import { checkCodePage } from '../../secs2/text/code-page.js';
import { check } from '../check.js';
import type { LeniencyKind } from './cursor.js';

/**
 * Something that was let pass while reading:
 *
 * - `format`: a format that the data item does not have, but that says the same, as I4 for U4;
 * - `length`: text or values beyond the lengths of E5;
 * - `array`: an array in the place of a list, or a list in the place of an array;
 * - `empty`: the empty list in the place of a value;
 * - `body`: a body where there should be none, or none where there should be one.
 */
export interface ReadWarning {
  readonly kind: LeniencyKind;
  /** The message that was read, as `S2F33`. */
  readonly messageName: string;
  /** As `reports[2].rptid`; empty for the whole body. */
  readonly field: string;
  /** The index in each list from the root. */
  readonly path: ItemPath;
  /** The whole warning in words. */
  readonly text: string;
}

/** How a message is read. */
export interface ReadOptions {
  /** Whether what the standard does not allow is an error, not a warning; default false. */
  readonly strict?: boolean;
  /** Hears of everything that was let pass; not called when `strict`. */
  readonly onWarning?: (warning: ReadWarning) => void;
  /**
   * How values whose format is the sender's choice (SV, V, ECV, CPVAL …) are given: `'plain'` (default) as strings, numbers
   * and arrays, `'items'` as the items they are, format and bytes included.
   */
  readonly values?: 'plain' | 'items';
  /** The code page of text of format A; one character a byte without it. */
  readonly codePage?: string;
}

const READ_OPTIONS: KnownNames<ReadOptions> = {
  owner: 'reading a message',
  names: { strict: true, onWarning: true, values: true, codePage: true },
};

/** @internal Says what is wrong with options. @throws E5Error `E5_INVALID_VALUE` */
export function checkReadOptions(options: ReadOptions | null): void {
  const { strict, onWarning, values, codePage } = check.options('options', options, READ_OPTIONS);
  if (strict !== undefined) check.boolean('options.strict', strict);
  if (onWarning !== undefined) check.fn('options.onWarning', onWarning);
  if (values !== undefined) check.oneOf('options.values', values, ['plain', 'items']);
  if (codePage !== undefined) checkCodePage(codePage);
}
