import { check } from '../check.js';
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

const AN_END = 'the end of a session, as its event ended has';

/**
 * Why a session stopped being usable, as a sentence for a log.
 *
 * @example
 * ```ts
 * // given a session
 * import { describeSessionEnd } from 'rxsecs';
 *
 * session.events.on('ended', (end) => console.log(describeSessionEnd(end)));
 * ```
 * @throws HsmsArgumentError for what is no such end.
 */
export function describeSessionEnd(end: SessionEnd): string {
  check.tagged('end', end, AN_END);
  switch (end.kind) {
    case 'deselect':
      return 'ended by Deselect';
    case 'separate':
      return 'ended by Separate';
    case 'closed':
      return end.text;
    default:
      return check.refuse('end', AN_END, end);
  }
}
