import type { Profile } from '../../e5/index.js';
import { GemArgumentError } from '../errors.js';
import type { Id, IdFormat, IdKind } from '../model/id.js';
import { ID_KINDS } from '../model/id.js';
import { nameHint } from '../../nearest-name.js';
import { quoteName, type ValueShape } from '../model/value.js';
import { checkProfile } from './check-profile.js';
import { DEFAULT_QUIRKS, type IdListMessage, type Quirks } from './quirks.js';
import type {
  ProfileAlarm,
  ProfileCommand,
  ProfileConstant,
  ProfileEvent,
  ProfileValue,
  RoleName,
  ToolProfile,
} from './tool-profile.js';

/** A value of a tool by name and id. */
export interface KnownValue {
  readonly name: string;
  readonly id: Id;
  readonly class: 'SV' | 'DV' | 'EC';
  /** Undefined where the profile does not say. */
  readonly shape: ValueShape | undefined;
  readonly entry: ProfileValue;
}

export interface KnownEvent {
  readonly name: string;
  readonly id: Id;
  readonly entry: ProfileEvent;
}

export interface KnownAlarm {
  readonly name: string;
  readonly id: Id;
  readonly entry: ProfileAlarm;
}

/** An id as it was read, by its value and never by its format (G-2). */
export function plainId(id: number | bigint | string): Id {
  if (typeof id !== 'bigint') return id;
  const number = Number(id);
  return Number.isSafeInteger(number) ? number : id.toString();
}

/** A checked profile, everything by name and by id. */
export class ProfileIndex {
  readonly profile: ToolProfile;
  quirks: Quirks;
  /** The formats of ids, as e5 takes them: one object for good, so that its writers are compiled once. */
  readonly formats: Profile;
  readonly idFormats: Readonly<Record<IdKind, IdFormat>>;
  readonly values = new Map<string, KnownValue>();
  readonly events = new Map<string, KnownEvent>();
  readonly alarms = new Map<string, KnownAlarm>();
  readonly byVid = new Map<Id, KnownValue>();
  readonly byCeid = new Map<Id, KnownEvent>();
  readonly byAlid = new Map<Id, KnownAlarm>();
  readonly unsupported: Set<string>;

  /** @throws GemArgumentError naming the entry at fault. */
  constructor(profile: ToolProfile) {
    checkProfile(profile);
    this.profile = profile;
    this.quirks = { ...DEFAULT_QUIRKS, ...profile.quirks };
    this.idFormats = idFormatsOf(profile);
    this.formats = { formats: e5Formats(this.idFormats) };
    this.unsupported = new Set(profile.unsupported);
    for (const [name, entry] of Object.entries(profile.variables ?? {})) {
      this.#addValue(name, entry.class ?? 'SV', entry);
    }
    for (const [name, entry] of Object.entries(profile.constants ?? {})) this.#addValue(name, 'EC', entry);
    for (const [name, entry] of Object.entries(profile.events ?? {})) {
      const event = { name, id: entry.id, entry };
      this.events.set(name, event);
      this.byCeid.set(entry.id, event);
    }
    for (const [name, entry] of Object.entries(profile.alarms ?? {})) {
      const alarm = { name, id: entry.id, entry };
      this.alarms.set(name, alarm);
      this.byAlid.set(entry.id, alarm);
    }
  }

  /** The tool has shown that it wants the ids of a message so. */
  wantsIdList(message: IdListMessage, as: 'list' | 'array'): void {
    this.quirks = { ...this.quirks, idLists: { ...this.quirks.idLists, [message]: as } };
  }

  /** @throws GemArgumentError where there is no value of that name. */
  value(name: string): KnownValue {
    return this.values.get(name) ?? unknown('variable or constant', name, this.values.keys());
  }

  /** @throws GemArgumentError where there is no constant of that name. */
  constant(name: string): KnownValue & { readonly entry: ProfileConstant } {
    const found = this.values.get(name);
    if (found?.class === 'EC') return found;
    const constants = Object.keys(this.profile.constants ?? {});
    return unknown('constant', name, constants);
  }

  /** @throws GemArgumentError where there is no event of that name. */
  event(name: string): KnownEvent {
    return this.events.get(name) ?? unknown('event', name, this.events.keys());
  }

  /** @throws GemArgumentError where there is no alarm of that name. */
  alarm(name: string): KnownAlarm {
    return this.alarms.get(name) ?? unknown('alarm', name, this.alarms.keys());
  }

  /** The entry of a command, undefined where the profile has none of that name. */
  command(name: string): ProfileCommand | undefined {
    return this.profile.commands?.[name];
  }

  /** The value that plays a part which E30 has a name for; undefined where the tool has none. */
  roleValue(role: RoleName): KnownValue | undefined {
    return this.values.get(this.profile.roles?.[role] ?? role);
  }

  /** The event that plays such a part. */
  roleEvent(role: RoleName): KnownEvent | undefined {
    return this.events.get(this.profile.roles?.[role] ?? role);
  }

  #addValue(name: string, kind: KnownValue['class'], entry: ProfileValue): void {
    const { id, format, array } = entry;
    const shape = format === undefined ? undefined : { format, ...(array === undefined ? {} : { array }) };
    const value = { name, id, class: kind, shape, entry };
    this.values.set(name, value);
    this.byVid.set(id, value);
  }
}

function unknown(what: string, name: string, known: Iterable<string>): never {
  const hint = typeof name === 'string' ? nameHint(name, known) : '';
  throw new GemArgumentError(`the profile has no ${what} named ${quoteName(name)}${hint}`);
}

function idFormatsOf({ idFormats }: ToolProfile): Record<IdKind, IdFormat> {
  const each = typeof idFormats === 'string' ? {} : idFormats;
  const all = typeof idFormats === 'string' ? idFormats : 'U4';
  return Object.fromEntries(ID_KINDS.map((kind) => [kind, each?.[kind] ?? all])) as Record<IdKind, IdFormat>;
}

function e5Formats(formats: Readonly<Record<IdKind, IdFormat>>): NonNullable<Profile['formats']> {
  const { VID, CEID, RPTID, ALID, TRID, DATAID } = formats;
  // E5 has no ALID of text.
  const alarm = ALID === 'A' ? {} : { ALID };
  return { VID, SVID: VID, ECID: VID, CEID, RPTID, TRID, DATAID, ...alarm };
}
