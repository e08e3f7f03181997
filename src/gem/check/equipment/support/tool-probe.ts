import { timeOfDay } from '../../../../clock.js';
import { A, B, BOOLEAN, L, S, U4, type Item, type SecsMessage } from '../../../../secs2/index.js';
import type { SecsSession } from '../../../../session/secs-session.js';
import { formatTime, Zone, type TimeFormat } from '../../../equipment/values/time-format.js';
import { ID_FORMATS, idItem, readId, type Id, type IdFormat, type IdKind } from '../../../model/id.js';
import {
  standardConstants,
  standardDataVariables,
  standardEvents,
  standardVariables,
} from '../../../model/standard.js';
import { rolesOf } from '../../../profile/names.js';
import { ProfileIndex } from '../../../profile/profile-index.js';
import type { RoleName, ToolProfile } from '../../../profile/tool-profile.js';
import { listOf, Probe, type ProbeAnswer, type ProbeTimes } from '../../probe.js';
import { must, needs, RuleSkip } from '../../rule.js';

/** Something that a person has to do at the tool, for rules that cannot be judged without. */
export interface OperatorTask {
  readonly kind:
    | ('offLine' | 'onLine' | 'local' | 'remote' | 'setAlarm' | 'clearAlarm' | 'changeConstant')
    | ('sendMessage' | 'readMessage' | 'giveCommand' | 'setValue' | 'restart');
  /** The task as a sentence: `switch the tool to LOCAL`. */
  readonly text: string;
  /** The alarm, variable or constant that it is about. */
  readonly id?: Id;
  /** `setValue`: what the variable is to be. */
  readonly value?: number;
}

/** A remote command that a run may have carried out. */
export interface CheckCommand {
  readonly name: string;
  /** CPNAME → CPVAL, as items. */
  readonly parameters?: Readonly<Record<string, Item>>;
}

/** One thing that the tool has named. */
export interface Named {
  readonly id: Id;
  /** The id as the tool writes it. */
  readonly item: Item;
  readonly name: string;
  /** All that its list has of it. */
  readonly row: readonly Item[];
}

export interface ToolProbeOptions {
  readonly profile: ToolProfile | undefined;
  readonly command: CheckCommand | undefined;
  readonly operator: ((task: OperatorTask) => Promise<boolean>) | undefined;
  readonly change: boolean | 'all';
}

type Listed = 'SV' | 'DV' | 'EC' | 'CE' | 'ALARM';

const LISTS: Readonly<Record<Listed, { readonly message: SecsMessage; readonly width: number }>> = {
  SV: { message: S(1, 11).w(L()), width: 3 },
  DV: { message: S(1, 21).w(L()), width: 3 },
  EC: { message: S(2, 29).w(L()), width: 6 },
  CE: { message: S(1, 23).w(L()), width: 3 },
  ALARM: { message: S(5, 5).w(U4()), width: 3 },
};

/** The largest numbers that no tool is thought to have, by format. */
const UNUSED: Readonly<Record<Exclude<IdFormat, 'A'>, number>> = {
  U1: 250,
  U2: 65_000,
  U4: 4_294_967_000,
  U8: 4_294_967_000,
};

/** Talks with an equipment: knows what it has named, and in which formats. */
export class ToolProbe extends Probe {
  readonly index: ProfileIndex;
  readonly command: CheckCommand | undefined;
  readonly change: boolean | 'all';
  readonly #operator: ToolProbeOptions['operator'];
  readonly #lists = new Map<Listed, readonly Named[] | string>();
  readonly #zone = new Zone();
  #wantsLists = false;

  constructor(
    session: SecsSession,
    times: ProbeTimes,
    signal: AbortSignal | undefined,
    options: ToolProbeOptions,
  ) {
    super(session, times, signal);
    this.index = new ProfileIndex(options.profile ?? {});
    this.command = options.command;
    this.change = options.change;
    this.#operator = options.operator;
  }

  protected override answerTo({ name, item }: SecsMessage): ProbeAnswer {
    switch (name) {
      case 'S1F13':
        return L(B(0), L());
      case 'S1F1':
        return L();
      case 'S2F17':
        return A(this.time(1));
      case 'S2F25':
        return item;
      case 'S7F1':
      case 'S7F3':
      case 'S7F23':
        // Nothing of this host's: refused, as a host does that was not asked about it.
        return B(1);
      case 'S7F5':
      case 'S7F25':
        return L();
      case 'S7F27':
        return S(7, 28);
      default:
        return /^(S5F1|S6F(1|3|5|9|11|13)|S7F29|S10F1)$/.test(name) ? B(0) : 'abort';
    }
  }

  /** The time of day as text of a format. @param seconds from now on */
  time(format: TimeFormat, seconds = 0): string {
    return formatTime(timeOfDay(this.clock) + seconds * 1000, format, this.#zone);
  }

  /** Has somebody do something. SKIP where that cannot be done. */
  async operate(
    kind: OperatorTask['kind'],
    text: string,
    about: Pick<OperatorTask, 'id' | 'value'> = {},
  ): Promise<void> {
    this.say(`operator: ${text}`);
    const isDone = await this.#operator?.({ kind, text, ...about });
    needs(isDone === true, `nobody has done this: ${text}`);
  }

  /** All of a kind that the tool names, in its order. SKIP where it does not serve the list. */
  async named(kind: Listed): Promise<readonly Named[]> {
    const known = this.#lists.get(kind);
    if (typeof known === 'string') throw new RuleSkip(known);
    if (known !== undefined) return known;
    const { message, width } = LISTS[kind];
    try {
      const body = kind === 'ALARM' ? await this.#alarms() : await this.body(message);
      const found = rowsOf(body, width, kind === 'ALARM' ? 1 : 0);
      this.#lists.set(kind, found);
      return found;
    } catch (error) {
      if (error instanceof RuleSkip) this.#lists.set(kind, error.message);
      throw error;
    }
  }

  /** All alarms: some tools want a list where E5 has an array. */
  async #alarms(): Promise<Item> {
    const reply = await this.ask(LISTS.ALARM.message);
    this.#wantsLists = typeof reply === 'string' && reply !== 'S9F3' && reply !== 'S9F5';
    return this.#wantsLists ? this.body(S(5, 5).w(L())) : this.body(LISTS.ALARM.message);
  }

  /** S5F5 for some alarms. */
  async askingAlarms(...ids: readonly Item[]): Promise<SecsMessage> {
    await this.named('ALARM');
    const [only] = ids;
    if (this.#wantsLists) return S(5, 5).w(L(...ids));
    return S(5, 5).w(ids.length === 1 && only !== undefined ? only : U4(ids.map((id) => numberOf(id) ?? 0)));
  }

  /** As `named`, and nothing where it is not served. */
  async namedIfAny(kind: Listed): Promise<readonly Named[]> {
    try {
      return await this.named(kind);
    } catch (error) {
      if (error instanceof RuleSkip) return [];
      throw error;
    }
  }

  /** The first SV that can be read. */
  async someSv(): Promise<Named> {
    const [first] = await this.named('SV');
    needs(first !== undefined, 'the tool names no SV');
    return first;
  }

  /** What plays a part that E30 has a name for: by the profile, by its name. */
  async role(role: RoleName): Promise<Named | undefined> {
    const kind = kindOf(role);
    const value = kind === 'CE' ? this.index.roleEvent(role) : this.index.roleValue(role);
    if (value !== undefined) {
      const format = this.index.idFormats[kind === 'CE' ? 'CEID' : 'VID'];
      return { id: value.id, item: idItem(value.id, format), name: value.name, row: [] };
    }
    const all = await this.namedIfAny(kind);
    const renamed = rolesOf(all.map(({ name }) => name))[role];
    return all.find(({ name }) => name === role || name === renamed);
  }

  /** As `role`. SKIP where the tool has nothing for it. */
  async mustHave(role: RoleName): Promise<Named> {
    const found = await this.role(role);
    needs(found !== undefined, `the tool names no ${role}, and the profile has none`);
    return found;
  }

  /** The value of an SV. */
  async value(variable: Named): Promise<Item> {
    const [item] = listOf(await this.body(S(1, 3).w(L(variable.item))));
    must(item !== undefined, `S1F4 has no value of ${variable.name}`);
    return item;
  }

  /** The value of an EC. */
  async constant(constant: Named): Promise<Item> {
    const [item] = listOf(await this.body(S(2, 13).w(L(constant.item))));
    must(item !== undefined, `S2F14 has no value of ${constant.name}`);
    return item;
  }

  /** Sets an EC for the rest of the rule. @returns EAC */
  async set(constant: Named, value: Item): Promise<number> {
    const before = await this.constant(constant);
    this.later(`constant ${constant.name}`, () => this.mustAccept(setting(constant, before), 0));
    return this.code(setting(constant, value));
  }

  /** The ControlState: 1 to 5. */
  async controlState(): Promise<number> {
    const item = await this.value(await this.mustHave('ControlState'));
    return numberOf(item) ?? -1;
  }

  /** An id that the tool does not have, in the format in which it writes such ids. */
  async unused(kind: IdKind, n = 1): Promise<Item> {
    const taken = new Set((await this.#near(kind)).map(({ id }) => id));
    const format = await this.format(kind);
    if (format === 'A') return A(`RXSECS-${n}`);
    let id = UNUSED[format] + n;
    while (taken.has(id)) id -= 10;
    return idItem(id, format);
  }

  /** The format in which the tool writes ids of a kind; U4 where it has several (G-2). */
  async format(kind: IdKind): Promise<IdFormat> {
    const { idFormats } = this.index.profile;
    const given = typeof idFormats === 'object' ? idFormats[kind] : idFormats;
    if (given !== undefined) return given;
    const seen = new Set((await this.#near(kind)).map(({ item }) => item.format));
    const [only] = seen;
    const isOne = seen.size === 1 && (ID_FORMATS as readonly unknown[]).includes(only);
    return isOne ? (only as IdFormat) : 'U4';
  }

  /** DATAID of what is sent. */
  async dataId(): Promise<Item> {
    const format = await this.format('DATAID');
    return idItem(format === 'A' ? '0' : 0, format);
  }

  /** S2F33 that defines a report, or deletes it. */
  async defining(rptid: Item, ...vids: readonly Item[]): Promise<SecsMessage> {
    return S(2, 33).w(L(await this.dataId(), L(L(rptid, L(...vids)))));
  }

  /** Defines a report for the rest of the rule. @returns its RPTID */
  async report(n: number, ...vids: readonly Item[]): Promise<Item> {
    const rptid = await this.unused('RPTID', n);
    await this.forRule(rptid);
    await this.wants(await this.defining(rptid, ...vids), 0);
    return rptid;
  }

  /** Deletes a report at the end of the rule. */
  async forRule(rptid: Item): Promise<void> {
    const deleting = await this.defining(rptid);
    // Where it is not there, tools answer 0 or a code that says so.
    this.later(`report ${String(readId(rptid))}`, async () => void (await this.code(deleting)));
  }

  /** S2F35 that links reports to an event. */
  async linking(ceid: Item, ...rptids: readonly Item[]): Promise<SecsMessage> {
    return S(2, 35).w(L(await this.dataId(), L(L(ceid, L(...rptids)))));
  }

  /** The ids that a list variable holds; undefined where the tool has no such variable. */
  async idsIn(role: 'EventsEnabled' | 'AlarmsEnabled' | 'AlarmsSet'): Promise<readonly Item[] | undefined> {
    const variable = await this.role(role);
    if (variable === undefined) return undefined;
    const value = await this.value(variable);
    if (value.format === 'L') return value.list;
    return readId(value) === undefined ? undefined : [value];
  }

  /** Has the events that are enabled now enabled again at the end of the rule. SKIP where they cannot be told. */
  async keepEvents(): Promise<void> {
    const enabled = await this.idsIn('EventsEnabled');
    needs(
      enabled !== undefined || this.change === 'all',
      'which events are enabled cannot be read (EventsEnabled), so it could not be put back',
    );
    this.later('the events that were enabled', async () => {
      await this.mustAccept(enabling(false), 0);
      if (enabled !== undefined && enabled.length > 0) await this.mustAccept(enabling(true, ...enabled), 0);
    });
  }

  /** Enables events, all where none is named, for the rest of the rule. */
  async enable(...ceids: readonly Item[]): Promise<void> {
    await this.keepEvents();
    await this.wants(enabling(true, ...ceids), 0);
  }

  /** S2F41 of the command that may be sent. SKIP where none is given. */
  commanding(...more: readonly (readonly [string, Item])[]): SecsMessage {
    const { command } = this;
    needs(command !== undefined, 'no command is given that may be sent');
    const parameters = [...Object.entries(command.parameters ?? {}), ...more];
    return S(2, 41).w(L(A(command.name), L(...parameters.map(([name, value]) => L(A(name), value)))));
  }

  /** Takes the tool to HOST OFF-LINE; it is taken back at the end of the rule. */
  async goOffLine(): Promise<void> {
    await this.wants(S(1, 15).w(), 0);
    this.later('ON-LINE', async () => this.mustAccept(S(1, 17).w(), 0, 2));
  }

  /** Takes it ON-LINE again. */
  goOnLine(): Promise<void> {
    return this.mustAccept(S(1, 17).w(), 0);
  }

  /** Establishes communications on a link that is new. */
  async establish(): Promise<void> {
    await this.mustAccept(S(1, 13).w(L()), 0);
    await this.attemptEnds();
  }

  /** Establishes communications as well as it can: how the tool does that is judged by rules. */
  async begin(): Promise<void> {
    await this.ask(S(1, 13).w(L()));
    await this.attemptEnds();
  }

  /** A tool that has just begun attempts to go ON-LINE, and aborts what it is asked meanwhile. */
  async attemptEnds(): Promise<void> {
    for (let tries = 0; tries < 5 && (await this.ask(S(1, 1).w())) === 'aborted'; tries++)
      await this.pass(this.times.quiet / 4);
  }

  /** Ends the link and makes it again. @param seconds without a link */
  async reconnect(seconds = 0): Promise<void> {
    await this.cut();
    if (seconds > 0) await this.pass(seconds);
    await this.link();
    await this.establish();
  }

  /** Has the link made anew at the end of the rule, for rules that leave communications in doubt. */
  relinkLater(): void {
    this.later('communications', () => this.reconnect());
  }

  async #near(kind: IdKind): Promise<readonly Named[]> {
    if (kind === 'CEID') return this.namedIfAny('CE');
    if (kind === 'ALID') return this.namedIfAny('ALARM');
    const values = [await this.namedIfAny('SV'), await this.namedIfAny('EC')];
    return kind === 'VID' ? [...values.flat(), ...(await this.namedIfAny('DV'))] : values.flat();
  }
}

/** Rows of a list of names: each a list of that many with an id in it. FAIL otherwise. */
export function rowsOf(body: Item, width: number, idAt = 0): Named[] {
  return listOf(body).map((row) => {
    must(row.format === 'L' && row.length === width, `an entry is no list of ${width}: ${String(row)}`);
    const item = row.list[idAt];
    const id = readId(item);
    must(item !== undefined && id !== undefined, `an entry has no id: ${String(row)}`);
    const name = row.list[idAt + 1];
    return { id, item, name: name?.format === 'A' ? name.ascii.trim() : '', row: row.list };
  });
}

export const setting = (constant: Pick<Named, 'item'>, value: Item): SecsMessage =>
  S(2, 15).w(L(L(constant.item, value)));

/** S2F37; without CEIDs: all events. */
export const enabling = (isOn: boolean, ...ceids: readonly Item[]): SecsMessage =>
  S(2, 37).w(L(BOOLEAN(isOn), L(...ceids)));

/** The number that an item holds; undefined where it holds none. */
export function numberOf(item: Item | undefined): number | undefined {
  if (item === undefined || item.length !== 1) return undefined;
  if (/^[UI][124]$|^F[48]$/.test(item.format)) return item.number;
  if (item.format === 'U8' || item.format === 'I8') return Number(item.bigint);
  return item.format === 'B' ? item.binary[0] : undefined;
}

export const isEmpty = (item: Item | undefined): boolean => item !== undefined && item.length === 0;

/** What stands for a value that is not known: L,0. */
export const isNothing = (item: Item | undefined): boolean => item?.format === 'L' && item.length === 0;

function kindOf(role: RoleName): 'SV' | 'DV' | 'EC' | 'CE' {
  if (Object.hasOwn(standardVariables, role)) return 'SV';
  if (Object.hasOwn(standardDataVariables, role)) return 'DV';
  if (Object.hasOwn(standardConstants, role)) return 'EC';
  must(Object.hasOwn(standardEvents, role), `there is no ${role}`);
  return 'CE';
}
