import { HsmsArgumentError } from '../../errors.js';
import { checkSeconds } from '../connection/settings.js';

/** Settings of a session that may be changed while it runs. Times are in seconds, fractions allowed. */
export interface HsmsSessionSettings {
  /** T3, reply: how long a reply may take. Default 45, E37 range 1 to 120. Each request may have its own. */
  readonly t3: number;
  /** How long the connection may be idle before a Linktest.req is sent; 0 for never. Default 0. */
  readonly linktestInterval: number;
  /** How many Linktest.req in a row may go unanswered before the connection is closed: from 1. Default 1. */
  readonly linktestFailures: number;
}

/** The values that hold where nothing else was said. */
export const DEFAULT_SESSION_SETTINGS: HsmsSessionSettings = {
  t3: 45,
  linktestInterval: 0,
  linktestFailures: 1,
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
  const { linktestFailures = base.linktestFailures } = changes;
  if (changes.t3 !== undefined) checkSeconds('t3', t3, false, E37_T3);
  if (changes.linktestInterval !== undefined) checkSeconds('linktestInterval', linktestInterval, true);
  if (!Number.isInteger(linktestFailures) || linktestFailures < 1) {
    throw new HsmsArgumentError(
      `linktestFailures is ${String(linktestFailures)}: a whole number from 1 is allowed`,
    );
  }
  return { t3, linktestInterval, linktestFailures };
}
