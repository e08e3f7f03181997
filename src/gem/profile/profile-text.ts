import { check } from '../check-values.js';
import { plainProfile } from './check-profile.js';
import type { ToolProfile } from './tool-profile.js';

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/**
 * A profile as the text of a module: it gives the profile as data with its names and formats as types, so that a host made with
 * it knows them. Bigints are written as numbers where they fit.
 *
 * @example
 * ```ts
 * import { writeFileSync } from 'node:fs';
 * import { profileModule } from 'rxsecs/gem';
 *
 * writeFileSync('etcher.ts', profileModule({ variables: { Pressure: { id: 2001, format: 'F4' } } }));
 * ```
 * @param name of the exported constant
 */
export function profileModule(profile: ToolProfile, name = 'profile'): string {
  const data = plainProfile('profile', profile);
  check.text('name', name);
  if (!IDENTIFIER.test(name)) check.refuse('name', 'a name for a constant of the module', name);
  const body = JSON.stringify(
    data,
    (_key, value: unknown) => {
      if (typeof value === 'bigint')
        return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
      return ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : value;
    },
    2,
  );
  return [
    "import type { ToolProfile } from 'rxsecs/gem';",
    '',
    `/** ${[data.model, data.softwareRevision].filter((part) => part !== undefined).join(' ')} as it was read. */`,
    `export const ${name} = ${body} as const satisfies ToolProfile;`,
    '',
  ].join('\n');
}
