import { plainProfile } from './check-profile.js';
import type { ToolProfile } from './tool-profile.js';

/** One difference between two profiles. */
export interface ProfileDifference {
  /** Where: `events.WaferStarted.id`. */
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly before?: unknown;
  readonly after?: unknown;
}

/**
 * What differs between two profiles, in order of their paths; an order of keys is no difference, one of values is.
 *
 * @example
 * ```ts
 * import { diffProfiles } from 'rxsecs/gem';
 *
 * const before = { events: { WaferStarted: { id: 100 } } };
 * const after = { events: { WaferStarted: { id: 101 } } };
 * console.log(diffProfiles(before, after));
 * ```
 */
export function diffProfiles(before: ToolProfile, after: ToolProfile): ProfileDifference[] {
  const differences: ProfileDifference[] = [];
  compare('', plainProfile('before', before), plainProfile('after', after), differences);
  return differences;
}

function compare(path: string, before: unknown, after: unknown, out: ProfileDifference[]): void {
  if (before === undefined) {
    if (after !== undefined) out.push({ path, kind: 'added', after });
    return;
  }
  if (after === undefined) {
    out.push({ path, kind: 'removed', before });
    return;
  }
  if (isEntry(before) && isEntry(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    for (const key of keys) compare(path === '' ? key : `${path}.${key}`, before[key], after[key], out);
    return;
  }
  if (text(before) !== text(after)) out.push({ path, kind: 'changed', before, after });
}

const isEntry = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);

const text = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? `${one}n` : one));
