import { checkProfile, plainProfile } from './check-profile.js';
import type { ToolProfile } from './tool-profile.js';

/**
 * A profile that was read from a tool, with what no message tells out of another: commands with their parameters and completions,
 * roles, quirks, descriptions, formats of values that were empty when they were read. Where both say something, what was read holds;
 * quirks and id formats are those of the other, where it has them.
 *
 * @example
 * ```ts
 * import { mergeProfiles } from 'rxsecs/gem';
 *
 * const read = { events: { Done: { id: 101 } } };
 * const known = { events: { Done: { id: 100 } }, commands: { START: { completion: 'Done' } } };
 * console.log(mergeProfiles(read, known)); // Done is 101, START is there
 * ```
 * @throws GemArgumentError for a profile that is not one.
 */
export function mergeProfiles(read: ToolProfile, known: ToolProfile): ToolProfile {
  return merged(checked('read', read), checked('known', known));
}

function checked(name: string, profile: ToolProfile): ToolProfile {
  const copy = plainProfile(name, profile);
  checkProfile(copy);
  return copy;
}

function merged(read: ToolProfile, known: ToolProfile): ToolProfile {
  const profile: Record<string, unknown> = { ...known, ...read };
  for (const section of ['variables', 'constants', 'events', 'alarms'] as const) {
    const entries = Object.entries<object>(read[section] ?? {});
    const more: Readonly<Record<string, object>> = known[section] ?? {};
    // Nothing was told of these: a tool may not serve the message that would.
    if (entries.length === 0) {
      if (known[section] !== undefined) profile[section] = known[section];
      continue;
    }
    profile[section] = Object.fromEntries(
      entries.map(([name, entry]) => [name, { ...more[name], ...entry }]),
    );
  }
  for (const section of ['commands', 'roles', 'quirks'] as const) {
    if (known[section] !== undefined) profile[section] = { ...read[section], ...known[section] };
  }
  if (known.idFormats !== undefined) profile['idFormats'] = known.idFormats;
  return profile;
}
