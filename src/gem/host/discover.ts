import {
  S1F1,
  S1F11,
  S1F12,
  S1F2,
  S1F21,
  S1F22,
  S1F23,
  S1F24,
  S1F4,
  S2F14,
  S2F29,
  S2F30,
  S5F6,
  S7F19,
  S7F20,
} from '../../e5/index.js';
import type { Value } from '../../e5/index.js';
import type { Item, SecsMessage } from '../../secs2/index.js';
import { L, S } from '../../secs2/index.js';
import { outcomeOf, SecsStream9Error } from '../../session/errors.js';
import type { SecsSession } from '../../session/secs-session.js';
import type { KnownNames } from '../../check.js';
import { check } from '../check-values.js';
import { checkSession } from '../check-session.js';
import type { PlainValue } from '../model/definition.js';
import { readId, type Id, type IdFormat, type IdKind } from '../model/id.js';
import { NameMaker, nameOfText, rolesOf } from '../profile/names.js';
import { plainId, ProfileIndex } from '../profile/profile-index.js';
import type {
  ProfileAlarm,
  ProfileConstant,
  ProfileEvent,
  ProfileValue,
  ProfileVariable,
  ToolProfile,
} from '../profile/tool-profile.js';
import { identityOf, type ToolIdentity } from './establishing.js';
import { GemHost } from './host.js';
import { failureOf, Talk } from './talk.js';

/** Options of a discovery. */
export interface DiscoverOptions {
  /** Establishes communications, and answers the tool meanwhile. `false`: a host does that on this session already. Default true. */
  readonly establish?: boolean;
  /** Seconds between two requests, so that a tool in production is not pressed. Default 0.05. */
  readonly pause?: number;
  /** Ids in one message. Default 100; halved where the tool refuses. */
  readonly groupSize?: number;
  /** What is read: `values` (variables and constants), `events`, `alarms`, `recipes`. Default: all. */
  readonly parts?: readonly DiscoveryPart[];
  /** T3 of each request. Default: the session's. */
  readonly t3?: number;
  /** Told before each request. */
  readonly onProgress?: (message: SecsMessage) => void;
  readonly signal?: AbortSignal;
}

/** A part of what a tool can tell of itself. */
export type DiscoveryPart = 'values' | 'events' | 'alarms' | 'recipes';

const PARTS: readonly DiscoveryPart[] = ['values', 'events', 'alarms', 'recipes'];

/** What a discovery found besides the profile. */
export interface Discovery {
  readonly profile: ToolProfile;
  /** What the tool did not tell, and why. */
  readonly notes: readonly string[];
  /** The values that were read, by name. */
  readonly values: Readonly<Record<string, Value>>;
  /** ALIDs that are set. */
  readonly alarmsSet: readonly Id[];
  /** PPIDs. */
  readonly recipes: readonly string[];
}

/** How often a tool that is OFF-LINE is asked, a second apart: it may be about to go ON-LINE. */
const ON_LINE_TRIES = 4;

/** Steps that would change a tool. */
const NOTHING_BUT_ESTABLISH = [
  ...['onLine', 'clock', 'spool', 'quiet', 'clear', 'define', 'link', 'enable'],
  ...['alarms', 'activeAlarms', 'constants', 'spoolStreams', 'limits', 'traces', 'read'],
];

/**
 * What a discovery asks first; what follows depends on what is told.
 *
 * @example
 * ```ts
 * import { discoveryPlan } from 'rxsecs/gem';
 *
 * for (const message of discoveryPlan()) console.log(String(message)); // all that discover() may send
 * ```
 */
export function discoveryPlan(): readonly SecsMessage[] {
  return [
    S1F1.build(),
    S1F11.build([]),
    S1F21.build([]),
    S1F23.build([]),
    S2F29.build([]),
    S(5, 5).w(),
    S7F19.build(),
  ];
}

/**
 * Reads a tool into a profile (G-110, 4): names, ids and their formats, units, bounds, the formats of values. It only reads: the
 * tool's control state, its reports and its spool stay as they are.
 *
 * @example
 * ```ts
 * import { HsmsActiveConnection, HsmsSession } from 'rxsecs';
 * import { discover, profileModule } from 'rxsecs/gem';
 *
 * const session = new HsmsSession(new HsmsActiveConnection('127.0.0.1', 5000, 0));
 * await session.connection.enable();
 * await session.selected();
 * const { profile } = await discover(session);
 * console.log(profileModule(profile, 'etcher')); // the text of a module
 * ```
 * @throws GemArgumentError for a part that is none; what `request` rejects with where the link is lost; the signal's reason.
 */
export async function discover(session: SecsSession, options?: DiscoverOptions): Promise<Discovery> {
  checkSession(session);
  const checked = checkedOptions(options);
  const host =
    checked.establish === false
      ? undefined
      : new GemHost(session, { profile: { quirks: { leaveOut: NOTHING_BUT_ESTABLISH } } });
  try {
    if (host !== undefined) {
      host.start();
      await host.settled(checked.signal === undefined ? {} : { signal: checked.signal });
    }
    return await new Reader(session, checked).read(host?.identity);
  } finally {
    host?.stop();
  }
}

const OPTIONS: KnownNames<DiscoverOptions> = {
  owner: 'discover',
  names: {
    ...{ establish: true, pause: true, groupSize: true, parts: true },
    ...{ t3: true, onProgress: true, signal: true },
  },
};

function checkedOptions(given: DiscoverOptions | undefined): DiscoverOptions {
  const options = check.options('options', given, OPTIONS);
  const { establish, pause, groupSize, parts, t3, onProgress, signal } = options;
  if (establish !== undefined) check.boolean('establish', establish);
  if (pause !== undefined) check.seconds('pause', pause, 'zeroToo');
  if (groupSize !== undefined) check.integer('groupSize', groupSize, 1);
  if (parts !== undefined)
    for (const [i, part] of check.array('parts', parts).entries()) check.oneOf(`parts[${i}]`, part, PARTS);
  if (t3 !== undefined) check.seconds('t3', t3);
  if (onProgress !== undefined) check.fn('onProgress', onProgress);
  check.signal('signal', signal);
  return options;
}

/** The items of a list reply, each with its fields. */
const rows = (message: SecsMessage | undefined): readonly (readonly Item[])[] =>
  message?.item?.list.map((row) => row.list) ?? [];

class Reader {
  readonly #session: SecsSession;
  readonly #options: DiscoverOptions;
  readonly #talk: Talk;
  readonly #notes: string[] = [];
  readonly #unsupported: string[] = [];
  readonly #formats = new Map<IdKind, Set<string>>();
  readonly #names = new NameMaker();
  readonly #values: Record<string, Value> = {};
  #quirks: NonNullable<ToolProfile['quirks']> = {};

  constructor(session: SecsSession, options: DiscoverOptions) {
    this.#session = session;
    this.#options = options;
    this.#talk = new Talk(session, new ProfileIndex({}));
  }

  /** @param known who the tool has said it is */
  async read(known: ToolIdentity | undefined): Promise<Discovery> {
    const identity = await this.#identity(known);
    const { parts = PARTS } = this.#options;
    const values = parts.includes('values');
    const variables = values ? await this.#variables() : {};
    const constants = values ? await this.#constants() : {};
    const byVid = new Map<Id, string>();
    for (const [name, { id }] of [...Object.entries(variables), ...Object.entries(constants)])
      byVid.set(id, name);
    const events = parts.includes('events') ? await this.#events(byVid) : {};
    const { alarms, alarmsSet } = parts.includes('alarms')
      ? await this.#alarms()
      : { alarms: {}, alarmsSet: [] };
    const recipes = parts.includes('recipes') ? await this.#recipes() : [];
    const roles = rolesOf([...Object.keys(variables), ...Object.keys(constants), ...Object.keys(events)]);
    const idFormats = this.#idFormats();
    const profile: ToolProfile = {
      ...(identity ?? {}),
      ...{ variables, constants, events, alarms },
      ...(Object.keys(roles).length === 0 ? {} : { roles }),
      ...(Object.keys(idFormats).length === 0 ? {} : { idFormats }),
      ...(Object.keys(this.#quirks).length === 0 ? {} : { quirks: this.#quirks }),
      ...(this.#unsupported.length === 0 ? {} : { unsupported: this.#unsupported }),
    };
    return { profile, notes: this.#notes, values: this.#values, alarmsSet, recipes };
  }

  /** Who the tool is; one that is about to go ON-LINE is waited for. */
  async #identity(known: ToolIdentity | undefined): Promise<ToolIdentity | undefined> {
    for (let tries = 1; ; tries++) {
      try {
        const { mdln, softrev } = S1F2.read(await this.#request(S1F1.build()));
        return identityOf(mdln, softrev) ?? known;
      } catch (error) {
        const failure = failureOf(error);
        if (failure === 'gone') throw error;
        if (failure !== 'aborted') return known;
      }
      if (tries === ON_LINE_TRIES) break;
      await this.#pause(1);
    }
    this.#notes.push('the tool is OFF-LINE (S1F0): it tells nothing until it is ON-LINE');
    return known;
  }

  async #variables(): Promise<Record<string, ProfileVariable>> {
    const found: Record<string, ProfileVariable> = {};
    const svs = await this.#ask(S1F11.build([]));
    if (svs !== undefined) S1F12.read(svs);
    this.#list('SV', svs, found);
    const dvs = await this.#ask(S1F21.build([]));
    if (dvs !== undefined) S1F22.read(dvs);
    this.#list('DV', dvs, found);
    await this.#shapes('S1F3', found, (message) => S1F4.read(message, { values: 'items' }).svs);
    return found;
  }

  #list(kind: 'SV' | 'DV', reply: SecsMessage | undefined, found: Record<string, ProfileVariable>): void {
    for (const [idItem, name, units] of rows(reply)) {
      const id = this.#id('VID', idItem);
      if (id === undefined || name === undefined) continue;
      const unit = textOf(units);
      found[this.#names.make(textOf(name), kind, id)] = {
        id,
        class: kind,
        ...(unit === '' ? {} : { units: unit }),
      };
    }
  }

  async #constants(): Promise<Record<string, ProfileConstant>> {
    const found: Record<string, ProfileConstant> = {};
    const reply = await this.#ask(S2F29.build([]));
    if (reply !== undefined) {
      for (const { ecid, ecname, ecmin, ecmax, ecdef, units } of S2F30.read(reply).constants) {
        const entry: ProfileConstant = {
          id: plainId(ecid),
          ...bound('min', ecmin),
          ...bound('max', ecmax),
          ...(isPlain(ecdef) ? { default: ecdef } : {}),
          ...(String(units) === '' ? {} : { units: String(units) }),
        };
        found[this.#names.make(String(ecname), 'EC', entry.id)] = entry;
      }
      for (const [idItem] of rows(reply)) this.#id('VID', idItem);
    }
    await this.#shapes('S2F13', found, (message) => S2F14.read(message, { values: 'items' }).ecvs);
    return found;
  }

  async #events(byVid: ReadonlyMap<Id, string>): Promise<Record<string, ProfileEvent>> {
    const found: Record<string, ProfileEvent> = {};
    const names = new NameMaker();
    const reply = await this.#ask(S1F23.build([]));
    if (reply === undefined) return found;
    for (const [idItem] of rows(reply)) this.#id('CEID', idItem);
    for (const { ceid, cename, vids } of S1F24.read(reply).events) {
      const id = plainId(ceid);
      const values = vids.flatMap((vid) => byVid.get(plainId(vid)) ?? []);
      found[names.make(String(cename), 'CE', id)] = { id, ...(values.length === 0 ? {} : { values }) };
    }
    return found;
  }

  async #alarms(): Promise<{ alarms: Record<string, ProfileAlarm>; alarmsSet: Id[] }> {
    const alarms: Record<string, ProfileAlarm> = {};
    const alarmsSet: Id[] = [];
    const names = new NameMaker();
    const reply = (await this.#ask(this.#talk.idList('S5F5', []), true)) ?? (await this.#alarmsByList());
    if (reply === undefined) return { alarms, alarmsSet };
    for (const [, idItem] of rows(reply)) this.#id('ALID', idItem);
    for (const { alcd, alid, altx } of S5F6.read(reply).alarms) {
      if (alid === undefined) continue;
      const id = plainId(alid);
      const code = Number(alcd ?? 0);
      alarms[names.make(nameOfText(String(altx)), 'ALARM', id)] = {
        id,
        text: String(altx),
        category: code & 0x7f,
      };
      if ((code & 0x80) !== 0) alarmsSet.push(id);
    }
    return { alarms, alarmsSet };
  }

  /** Some tools want a list where E5 has an array (G-121). */
  async #alarmsByList(): Promise<SecsMessage | undefined> {
    const reply = await this.#ask(S(5, 5).w(L()));
    if (reply !== undefined) this.#quirks = { idLists: { S5F5: 'list' } };
    return reply;
  }

  async #recipes(): Promise<string[]> {
    const reply = await this.#ask(S7F19.build());
    return reply === undefined ? [] : S7F20.read(reply).ppids.map((ppid) => String(ppid as string));
  }

  /** The formats of values, which their lists do not tell: by reading them. */
  async #shapes(
    message: 'S1F3' | 'S2F13',
    found: Record<string, ProfileValue>,
    items: (reply: SecsMessage) => readonly (Item | undefined)[],
  ): Promise<void> {
    const { groupSize = 100 } = this.#options;
    const entries = Object.entries(found);
    const groups: (typeof entries)[] = [];
    for (let i = 0; i < entries.length; i += groupSize) groups.push(entries.slice(i, i + groupSize));
    for (let group = groups.shift(); group !== undefined; group = groups.shift()) {
      const ids = group.map(([, { id }]) => id);
      const reply = await this.#ask(this.#talk.idList(message, ids), group.length > 1);
      if (reply === undefined) {
        if (group.length === 1) continue;
        const half = Math.ceil(group.length / 2);
        groups.unshift(group.slice(0, half), group.slice(half));
        continue;
      }
      items(reply).forEach((item, i) => {
        const entry = group[i];
        if (entry === undefined || item === undefined || (item.format === 'L' && item.length === 0)) return;
        const [name, value] = entry;
        found[name] = { ...value, ...shapeOf(item) };
        this.#values[name] = plainOf(item);
      });
    }
  }

  #id(kind: IdKind, item: Item | undefined): Id | undefined {
    const id = readId(item);
    if (id === undefined || item === undefined) return undefined;
    const seen = this.#formats.get(kind) ?? new Set();
    seen.add(item.format);
    this.#formats.set(kind, seen);
    return id;
  }

  /** The format of each kind of id, where the tool has one for all of a kind (G-2, T-7). */
  #idFormats(): Partial<Record<IdKind, IdFormat>> {
    const formats: Partial<Record<IdKind, IdFormat>> = {};
    for (const [kind, seen] of this.#formats) {
      const [format, ...others] = seen;
      if (others.length > 0) this.#notes.push(`${kind} comes as ${[...seen].join(', ')}: it is sent as U4`);
      else if (/^(U[1248]|A)$/.test(format ?? '')) formats[kind] = format as IdFormat;
    }
    return formats;
  }

  /** A reply, or undefined where the tool does not serve the message. @param quiet it will be asked in another way */
  async #ask(message: SecsMessage, quiet = false): Promise<SecsMessage | undefined> {
    const { pause = 0.05 } = this.#options;
    try {
      return await this.#request(message);
    } catch (error) {
      const failure = failureOf(error);
      if (failure === 'gone') throw error;
      if (!quiet) this.#note(message, error);
      return undefined;
    } finally {
      if (pause > 0) await this.#pause(pause);
    }
  }

  #request(message: SecsMessage): Promise<SecsMessage> {
    const { t3, signal, onProgress } = this.#options;
    signal?.throwIfAborted();
    onProgress?.(message);
    const options = { ...(t3 === undefined ? {} : { t3 }), ...(signal === undefined ? {} : { signal }) };
    return this.#talk.request(message, options);
  }

  #note({ name }: SecsMessage, error: unknown): void {
    const how = error instanceof SecsStream9Error ? `S9F${error.errorFunction}` : outcomeOf(error);
    this.#notes.push(`${name} is not served: ${how}`);
    // SxF0 may be nothing but OFF-LINE (T-8): another time it may be served.
    const isUnknown = outcomeOf(error) !== 'aborted' && !this.#unsupported.includes(name);
    if (isUnknown && name !== 'S1F3' && name !== 'S2F13') this.#unsupported.push(name);
  }

  #pause(seconds: number): Promise<void> {
    return new Promise(
      (resolve) => void this.#session.connection.clock.setTimer('discovery', seconds, resolve),
    );
  }
}

const textOf = (item: Item | undefined): string => (item?.format === 'A' ? item.ascii.trim() : '');

function shapeOf(item: Item): Pick<ProfileValue, 'format' | 'array'> {
  const isText = item.format === 'A' || item.format === 'J' || item.format === 'C2';
  const isOne = isText || item.format === 'L' || item.format === 'B' || item.length === 1;
  return { format: item.format, ...(isOne ? {} : { array: true }) };
}

function plainOf(item: Item): Value {
  if (item.format === 'L') return item.list.map(plainOf);
  if (item.format === 'A' || item.format === 'J' || item.format === 'C2') return item.text;
  const values = Array.from(item.values as Iterable<number | bigint | boolean>);
  return (values.length === 1 ? values[0] : values) as Value;
}

function bound(name: 'min' | 'max', value: unknown): { readonly min?: number; readonly max?: number } {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? { [name]: number } : {};
}

const isPlain = (value: unknown): value is PlainValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
