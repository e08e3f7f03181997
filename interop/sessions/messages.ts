import { A, B, L, S, type ListItem, type SecsMessage } from '../../src/secs2/index.js';
import type { PeerRole } from './kinds.js';

/** What our equipment calls itself. */
const OUR_MODEL = L(A('rxsecs'), A('interop'));

/** The messages that one side sends. A host has no model: its lists are empty (E5). */
export interface Messages {
  readonly s1f1: SecsMessage;
  readonly s1f2: SecsMessage;
  readonly s1f13: SecsMessage;
  readonly s1f14: SecsMessage;
}

/** @param model MDLN and SOFTREV of the equipment */
export function messagesOf(role: PeerRole, model: ListItem = OUR_MODEL): Messages {
  const who = role === 'equipment' ? model : L();
  return {
    s1f1: S(1, 1).w(),
    s1f2: S(1, 2, who),
    s1f13: S(1, 13).w(who),
    s1f14: S(1, 14, L(B(0), who)),
  };
}

/** A request that the peers' programs take and never answer. */
export const NEVER_ANSWERED = S(2, 17).w();

/** A request that secsgem has no handler for. */
export const UNKNOWN = S(2, 25).w(B(1, 2, 3));

/** The reply to a primary message, where we know one. */
export function replyTo(primary: SecsMessage, ours: Messages): SecsMessage | undefined {
  if (primary.stream !== 1) return undefined;
  if (primary.function === 1) return ours.s1f2;
  return primary.function === 13 ? ours.s1f14 : undefined;
}
