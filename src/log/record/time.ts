import { checkTime } from '../check-values.js';

let lastSecond = Number.NaN;
let lastText = '';

/**
 * A time as ISO 8601 in UTC with microseconds: `2026-11-23T21:49:56.123456Z`.
 *
 * @example
 * ```ts
 * import { isoTime } from 'rxsecs/log';
 *
 * console.log(isoTime(0)); // 1970-01-01T00:00:00.000000Z
 * ```
 * @param milliseconds since 1970-01-01 UTC, fractions allowed
 * @throws HsmsArgumentError for what is no such time.
 */
export function isoTime(milliseconds: number): string {
  checkTime('milliseconds', milliseconds);
  const micros = Math.round(milliseconds * 1000);
  const second = Math.floor(micros / 1_000_000);
  // Records come many to a second: its text is made once.
  if (second !== lastSecond) {
    lastText = new Date(second * 1000).toISOString().slice(0, -4);
    lastSecond = second;
  }
  return `${lastText}${String(micros - second * 1_000_000).padStart(6, '0')}Z`;
}
