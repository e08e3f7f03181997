import type { SecsMessage } from '../../secs2/message.js';
import { grantCode, inquiryFor, type GrantRule } from './grants.js';

/** How many grants of one rule are remembered. */
const MAX_HELD = 16;

/** Grants that the user has asked for himself: the message that one is for is not asked for a second time. */
export class HeldGrants {
  readonly #held = new Map<GrantRule, string[]>();

  /** The peer has answered an inquire of ours. */
  note(rule: GrantRule, inquire: SecsMessage, grant: SecsMessage): void {
    if (grantCode(grant) !== 0) return;
    const held = this.#held.get(rule) ?? [];
    held.push(subjectOf(inquire));
    this.#held.set(rule, held.slice(-MAX_HELD));
  }

  /** Whether there is a grant for a message; it is used up. */
  take(rule: GrantRule, message: SecsMessage): boolean {
    const held = this.#held.get(rule);
    if (held === undefined || held.length === 0) return false;
    const at = held.indexOf(subjectOf(inquiryFor(rule, message, message.body.length)));
    if (at >= 0) held.splice(at, 1);
    return at >= 0;
  }

  clear(): void {
    this.#held.clear();
  }
}

/** What an inquire is about: the DATAID or PPID that it begins with. */
function subjectOf({ item }: SecsMessage): string {
  const [first] = item?.format === 'L' ? item.items : [];
  return first === undefined ? '' : String(first);
}
