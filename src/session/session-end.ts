import type { Tagged } from '../connection/events.js';

/**
 * Why a session stopped being usable.
 *
 * - `deselect`, `separate`: by that procedure (E37).
 * - `closed`: with its link; `text` says why in words.
 */
export type SessionEnd<Reason extends Tagged = Tagged, Hint extends Tagged = Tagged> =
  | { readonly kind: 'deselect' | 'separate' }
  | {
      readonly kind: 'closed';
      readonly reason: Reason;
      /** What to look at, where that can be told. */
      readonly hint?: Hint;
      /** The reason as a sentence. */
      readonly text: string;
    };

/** Why a session stopped being usable, as a sentence for a log. */
export function describeSessionEnd(end: SessionEnd): string {
  switch (end.kind) {
    case 'deselect':
      return 'ended by Deselect';
    case 'separate':
      return 'ended by Separate';
    case 'closed':
      return end.text;
  }
}
