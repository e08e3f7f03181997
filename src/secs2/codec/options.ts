import type { CodePage } from '../text/code-page.js';

/** How a body is decoded. */
export interface DecodeOptions {
  /** The most lists that may nest; default 64. */
  readonly maxDepth?: number;
  /**
   * The most items in all, lists and what is in them; default 1,000,000. An item of two bytes takes some 120 bytes of
   * memory: this, not the size of the body, bounds what a body can grow to.
   */
  readonly maxItems?: number;
  /** What to do with bytes after the first item: `'error'` (default) or `'ignore'`. */
  readonly trailingBytes?: 'error' | 'ignore';
  /** Code page in which `text` reads the A items; without it, one character a byte. */
  readonly codePage?: CodePage;
  /**
   * Take a copy of the bytes first. Without it (the default) the items read the very bytes given, which the caller then
   * must neither change nor reuse.
   */
  readonly copy?: boolean;
}

/** How an item is encoded. */
export interface EncodeOptions {
  /** The most lists that may nest; default 64. */
  readonly maxDepth?: number;
}
