import { GemArgumentError, type ModelProblem } from '../errors.js';
import { ID_FORMATS, ID_KINDS } from '../model/id.js';
import { check } from '../check-values.js';
import { asError } from '../../describe-value.js';
import { plainCopy } from '../model/plain.js';
import { quote } from '../model/value.js';
import { FormatCode } from '../../secs2/index.js';
import { DEFAULT_QUIRKS, QUIRK_CHOICES, type Quirks } from './quirks.js';
import type { ToolProfile } from './tool-profile.js';

const KEYS = [
  ...(['model', 'softwareRevision', 'variables', 'constants', 'events', 'alarms', 'commands'] as const),
  ...(['roles', 'idFormats', 'quirks', 'unsupported'] as const),
] as const satisfies readonly (keyof ToolProfile)[];

const SECTIONS = ['variables', 'constants', 'events', 'alarms', 'commands'] as const;

/** @throws GemArgumentError for a profile that is not one, naming the entry, the value and what is allowed. */
export function checkProfile(profile: ToolProfile): void {
  try {
    checkEntries(profile);
  } catch (error) {
    if (error instanceof GemArgumentError) throw error;
    // A getter, or a proxy: nothing that a profile is made of.
    fail(`profile must be plain data, received what cannot be read (${asError(error).message})`);
  }
}

function checkEntries(profile: ToolProfile): void {
  object('profile', profile);
  for (const key of Object.keys(profile)) {
    if (!(KEYS as readonly string[]).includes(key))
      fail(`profile.${key} is not known; allowed are ${KEYS.join(', ')}`);
  }
  for (const section of SECTIONS) {
    if (profile[section] !== undefined) object(`profile.${section}`, profile[section]);
  }
  checkValues(profile);
  for (const section of ['events', 'alarms'] as const) {
    const owners = new Map<unknown, string>();
    for (const [name, entry] of entriesOf(profile[section]))
      claim(owners, `profile.${section}.${name}`, entry);
  }
  checkIdFormats(profile.idFormats);
  if (profile.quirks !== undefined) checkQuirks(profile.quirks);
  const { unsupported } = profile;
  if (
    unsupported !== undefined &&
    !(
      Array.isArray(unsupported) &&
      (unsupported as unknown[]).every((name) => /^S\d+F\d+$/.test(String(name)))
    )
  ) {
    fail(`profile.unsupported must be a list of messages as "S1F21", received ${quote(unsupported)}`);
  }
}

const entriesOf = (
  section: Readonly<Record<string, { readonly id: unknown; readonly format?: unknown }>> | undefined,
): [string, { readonly id: unknown; readonly format?: unknown }][] => Object.entries(section ?? {});

/** SVs, DVs and ECs share one number space (G-3). */
function checkValues({ variables, constants }: ToolProfile): void {
  const owners = new Map<unknown, string>();
  for (const [section, entries] of [
    ['variables', variables],
    ['constants', constants],
  ] as const) {
    for (const [name, entry] of entriesOf(entries)) {
      const path = `profile.${section}.${name}`;
      claim(owners, path, entry);
      const { format } = entry;
      if (format !== undefined && (typeof format !== 'string' || !Object.hasOwn(FormatCode, format)))
        fail(
          `${path}.format must be one of ${Object.keys(FormatCode).join(', ')}, received ${quote(format)}`,
        );
    }
  }
}

function claim(owners: Map<unknown, string>, path: string, entry: { readonly id: unknown }): void {
  object(path, entry);
  const { id } = entry;
  const isId = typeof id === 'string' ? id.length > 0 : Number.isSafeInteger(id) && (id as number) >= 0;
  if (!isId) fail(`${path}.id must be an unsigned integer or text, received ${quote(id)}`);
  const owner = owners.get(id);
  if (owner !== undefined) fail(`${path}.id must be an id of its own: ${String(id)} is ${owner}'s`);
  owners.set(id, path);
}

function checkIdFormats(formats: ToolProfile['idFormats']): void {
  if (formats === undefined) return;
  const given = typeof formats === 'string' ? { all: formats } : formats;
  object('profile.idFormats', given);
  for (const [kind, format] of Object.entries(given)) {
    if (kind !== 'all' && !(ID_KINDS as readonly string[]).includes(kind)) {
      fail(`profile.idFormats.${kind} is not known; allowed are ${ID_KINDS.join(', ')}`);
    }
    if (!(ID_FORMATS as readonly string[]).includes(format))
      fail(`profile.idFormats must be made of ${ID_FORMATS.join(', ')}, received ${quote(format)}`);
  }
}

function checkQuirks(quirks: Partial<Quirks>): void {
  object('profile.quirks', quirks);
  for (const [name, value] of Object.entries(quirks) as [keyof Quirks, unknown][]) {
    if (!Object.hasOwn(DEFAULT_QUIRKS, name)) {
      fail(`profile.quirks.${name} is not known; allowed are ${Object.keys(DEFAULT_QUIRKS).join(', ')}`);
    }
    const choices = QUIRK_CHOICES[name];
    if (choices !== undefined && !choices.includes(value)) {
      fail(`profile.quirks.${name} must be one of ${choices.join(', ')}, received ${quote(value)}`);
    }
    if (choices === undefined && typeof value !== typeof DEFAULT_QUIRKS[name]) {
      fail(`profile.quirks.${name} must be of type ${typeof DEFAULT_QUIRKS[name]}, received ${quote(value)}`);
    }
    if (name === 'groupSize' && !(Number.isInteger(value) && (value as number) >= 1))
      fail(`profile.quirks.groupSize must be an integer from 1, received ${quote(value)}`);
  }
}

function object(path: string, value: unknown): void {
  check.object(path, value);
}

/** A profile as data: one that has itself inside, or computes what it holds, cannot be compared. */
export function plainProfile(name: string, profile: ToolProfile): ToolProfile {
  const found: ModelProblem[] = [];
  const copy = plainCopy(check.object(name, profile, 'a profile'), found);
  for (const { path, message } of found) check.fail(`${name}: ${path} ${message}`);
  return copy;
}

function fail(message: string): never {
  throw new GemArgumentError(message);
}
