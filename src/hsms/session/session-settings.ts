import type { SecsSessionSettings } from '../../session/settings.js';
import { check } from '../../check.js';
import { warnOutsideE37 } from '../link/settings.js';

/** Settings of a session that may be changed while it runs. Times are in seconds, fractions allowed. */
export interface HsmsSessionSettings extends SecsSessionSettings {
  /** T3, reply: how long a reply may take. Default 45, E37 range 1 to 120. Each request may have its own. */
  readonly t3: number;
  /**
   * How long the connection may be idle before a Linktest.req is sent; 0 for never. Default 0. Of more than 16 that are due
   * in a process within 10 ms the others are sent later, by 5 % of the interval at most.
   */
  readonly linktestInterval: number;
  /** How many Linktest.req in a row may go unanswered before the connection is closed: from 1. Default 1. */
  readonly maxLinktestFailures: number;
  /**
   * How many answers of this side's own accord (Linktest.rsp, Select.rsp, Deselect.rsp, Reject.req, stream 9) may wait for a peer that does
   * not read: from 1. One more closes the connection, reason `unreadAnswers`. Default 8192.
   */
  readonly maxUnreadAnswers: number;
}

/** The default values. */
export const DEFAULT_SESSION_SETTINGS: HsmsSessionSettings = Object.freeze<HsmsSessionSettings>({
  t3: 45,
  linktestInterval: 0,
  maxLinktestFailures: 1,
  maxUnreadAnswers: 8192,
});

const E37_T3 = [1, 120] as const;

/**
 * Lays `changes` over `base`.
 * @throws HsmsArgumentError for a value out of range.
 */
export function mergeSessionSettings(
  base: HsmsSessionSettings,
  changes: Partial<HsmsSessionSettings>,
): HsmsSessionSettings {
  const { t3 = base.t3, linktestInterval = base.linktestInterval } = changes;
  const { maxLinktestFailures = base.maxLinktestFailures, maxUnreadAnswers = base.maxUnreadAnswers } =
    changes;
  if (changes.t3 !== undefined) warnOutsideE37('t3', check.seconds('t3', t3), E37_T3);
  check.seconds('linktestInterval', linktestInterval, 'zeroToo');
  check.integer('maxLinktestFailures', maxLinktestFailures, 1);
  check.integer('maxUnreadAnswers', maxUnreadAnswers, 1);
  const { t3: oldT3, linktestInterval: oldInterval, ...old } = base;
  const same =
    t3 === oldT3 &&
    linktestInterval === oldInterval &&
    maxLinktestFailures === old.maxLinktestFailures &&
    maxUnreadAnswers === old.maxUnreadAnswers;
  // Where nothing is changed all sessions have the same ones.
  if (same) return base;
  return { t3, linktestInterval, maxLinktestFailures, maxUnreadAnswers };
}
