import type { SecsSessionSettings } from '../../session/settings.js';
import { HsmsArgumentError } from '../../errors.js';
import { checkSeconds } from '../link/settings.js';

/** Settings of a session that may be changed while it runs. Times are in seconds, fractions allowed. */
export interface HsmsSessionSettings extends SecsSessionSettings {
  /** T3, reply: how long a reply may take. Default 45, E37 range 1 to 120. Each request may have its own. */
  readonly t3: number;
  /** How long the connection may be idle before a Linktest.req is sent; 0 for never. Default 0. */
  readonly linktestInterval: number;
  /** How many Linktest.req in a row may go unanswered before the connection is closed: from 1. Default 1. */
  readonly linktestFailures: number;
  /**
   * How many answers of this side's own accord (Linktest.rsp, Select.rsp, Deselect.rsp, Reject.req, stream 9) may wait for a peer that does
   * not read: from 1. One more closes the connection, reason `unreadAnswers`. Default 8192.
   */
  readonly maxUnreadAnswers: number;
}

/** The values that hold where nothing else was said. */
export const DEFAULT_SESSION_SETTINGS: HsmsSessionSettings = {
  t3: 45,
  linktestInterval: 0,
  linktestFailures: 1,
  maxUnreadAnswers: 8192,
};

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
  const { linktestFailures = base.linktestFailures, maxUnreadAnswers = base.maxUnreadAnswers } = changes;
  if (changes.t3 !== undefined) checkSeconds('t3', t3, false, E37_T3);
  if (changes.linktestInterval !== undefined) checkSeconds('linktestInterval', linktestInterval, true);
  checkCount('linktestFailures', linktestFailures);
  checkCount('maxUnreadAnswers', maxUnreadAnswers);
  return { t3, linktestInterval, linktestFailures, maxUnreadAnswers };
}

function checkCount(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new HsmsArgumentError(`${name} is ${String(value)}: a whole number from 1 is allowed`);
  }
}
