import type { GivenValue } from '../../../e5/index.js';
import { isArray, type KnownNames } from '../../../check.js';
import { shortened } from '../../../describe-value.js';
import { check } from '../../check-values.js';
import { GemArgumentError } from '../../errors.js';
import type { Id, IdFormat } from '../../model/id.js';
import { quote, quoteName } from '../../model/value.js';
import { nameHint } from '../../../nearest-name.js';
import type { KnownAlarm, KnownEvent, KnownValue, ProfileIndex } from '../../profile/profile-index.js';
import type { HostSetup, LimitsWish, ReportWish, TraceWish } from './setup.js';

/** A report by its RPTID. */
export interface WishReport {
  readonly name: string;
  readonly rptid: Id;
  readonly values: readonly KnownValue[];
}

export interface WishEvent {
  readonly event: KnownEvent;
  readonly reports: readonly WishReport[];
}

export interface WishTrace {
  readonly name: string;
  readonly trid: Id;
  readonly period: number;
  readonly samples: number;
  readonly groupSize: number;
  readonly variables: readonly KnownValue[];
}

export interface WishLimits {
  readonly value: KnownValue;
  readonly limits: LimitsWish;
}

/** A set-up with all its names looked up. */
export interface Wish {
  readonly reports: ReadonlyMap<Id, WishReport>;
  readonly events: ReadonlyMap<Id, WishEvent>;
  readonly alarms: 'all' | 'none' | readonly KnownAlarm[] | undefined;
  readonly constants: readonly { readonly value: KnownValue; readonly given: GivenValue }[];
  readonly traces: ReadonlyMap<Id, WishTrace>;
  readonly limits: readonly WishLimits[];
  readonly spoolStreams: ReadonlyMap<number, readonly number[]> | undefined;
  readonly spool: 'transmit' | 'purge' | 'ask';
  readonly read: readonly KnownValue[];
}

export const EMPTY_WISH: Wish = {
  reports: new Map(),
  events: new Map(),
  alarms: undefined,
  constants: [],
  traces: new Map(),
  limits: [],
  spoolStreams: undefined,
  spool: 'transmit',
  read: [],
};

type ReportOfId = Exclude<ReportWish, readonly string[]>;

const SETUP: KnownNames<HostSetup> = {
  owner: 'a set-up',
  names: {
    ...{ reports: true, events: true, alarms: true, constants: true, traces: true, limits: true },
    ...{ spoolStreams: true, spool: true, read: true },
  },
};

const REPORT: KnownNames<ReportOfId> = { owner: 'a report', names: { id: true, values: true } };

const TRACE: KnownNames<TraceWish> = {
  owner: 'a trace',
  names: { id: true, period: true, samples: true, groupSize: true, variables: true },
};

const LIMIT = 'an object, as { upper: 10, lower: 9 }';

/**
 * Looks all names of a set-up up.
 * @param taken RPTIDs that older definitions have, with what they hold
 * @throws GemArgumentError naming the entry, the value and what is allowed.
 */
export function wishOf(setup: HostSetup, index: ProfileIndex, taken: ReadonlyMap<Id, WishReport>): Wish {
  const {
    alarms,
    spool = 'transmit',
    read = [],
    ...given
  } = check.options('setup', check.object('setup', setup), SETUP);
  const section = <T>(name: keyof typeof BY_NAME): [string, T][] =>
    Object.entries(byName(`setup.${name}`, (given[name] ?? {}) as ByName<T>, BY_NAME[name]));
  const named = new Map<string, WishReport>();
  const ids = new RptidMaker(index.idFormats.RPTID, taken);
  for (const [name, report] of section<ReportWish>('reports'))
    named.set(name, reportOf(name, report, index, ids));
  const wished = new Map<Id, WishEvent>();
  for (const [name, reports] of section<readonly string[]>('events')) {
    const event = index.event(name);
    const linked = list(`setup.events.${name}`, reports).map((report) => known(named, name, report));
    wished.set(event.id, {
      event,
      reports: index.quirks.reportIds === 'ceid' ? joined(event, linked) : linked,
    });
  }
  const linked = [...wished.values()].flatMap(({ reports }) => reports);
  const defined = index.quirks.reportIds === 'ceid' ? linked : [...named.values()];
  check.oneOf('setup.spool', spool, ['transmit', 'purge', 'ask']);
  return {
    reports: new Map(defined.map((report) => [report.rptid, report])),
    events: wished,
    alarms: alarmsOf(alarms, index),
    constants: section<GivenValue>('constants').map(([name, given]) => ({
      value: index.constant(name),
      given,
    })),
    traces: tracesOf(section('traces'), index),
    limits: section<LimitsWish>('limits').map(([name, of]) => ({
      value: index.value(name),
      limits: limitsOf(`setup.limits.${name}`, of),
    })),
    spoolStreams: given.spoolStreams === undefined ? undefined : choiceOf(section('spoolStreams')),
    spool,
    read: list('setup.read', read).map((name) => index.value(name)),
  };
}

/** The sections that say something by name, each as it must look. */
const BY_NAME = {
  reports: "names of values by report, as { Position: ['WaferId', 'Slot'] }",
  events: "names of reports by event, as { WaferStarted: ['Position'], DoorOpened: [] }",
  constants: 'values by constant, as { Temperature: 200 }',
  traces: "what is sampled by trace, as { Warm: { period: 1, samples: 60, variables: ['Temperature'] } }",
  limits: 'limits by variable, as { ChamberPressure: { 1: { upper: 10, lower: 9 } } }',
  spoolStreams: 'functions by stream, as { 6: [11], 5: [] }',
} as const;

type ByName<T> = Readonly<Record<string, T>>;

function byName<T>(path: string, value: ByName<T>, must: string): ByName<T> {
  // What is in a list was taken for names.
  if (isArray(value)) check.fail(`${path} must be ${must}, received ${listed(value)}`);
  return check.record(path, value, must);
}

function listed(value: readonly unknown[]): string {
  try {
    return `the list ${shortened(JSON.stringify(value))}`;
  } catch {
    return quote(value);
  }
}

function list<T>(path: string, value: readonly T[]): readonly T[] {
  return check.array(path, value, 'a list');
}

function known(named: ReadonlyMap<string, WishReport>, event: string, report: string): WishReport {
  const found = named.get(report);
  if (found !== undefined) return found;
  const hint = typeof report === 'string' ? nameHint(report, named.keys()) : '';
  throw new GemArgumentError(
    `setup.events.${event} names the report ${quoteName(report)}, which setup.reports has not${hint}`,
  );
}

function reportOf(name: string, report: ReportWish, index: ProfileIndex, ids: RptidMaker): WishReport {
  const path = `setup.reports.${name}`;
  const must = "a list of names of values, or { id: 7, values: ['WaferId'] }";
  const { id, values } = isArray(report)
    ? { id: undefined, values: report as readonly string[] }
    : check.options(path, check.object(path, report as ReportOfId, must), REPORT);
  if (id !== undefined) checkId(`${path}.id`, id);
  const known = list(path, values).map((value) => index.value(value));
  if (known.length === 0) throw new GemArgumentError(`setup.reports.${name} must name at least one value`);
  return { name, rptid: id ?? ids.make(name, known), values: known };
}

/** One report for each event, with its CEID for RPTID, as some tools want it (G-121). */
function joined({ name, id }: KnownEvent, reports: readonly WishReport[]): WishReport[] {
  const values = reports.flatMap((report) => report.values);
  return values.length === 0 ? [] : [{ name, rptid: id, values }];
}

function alarmsOf(alarms: HostSetup['alarms'], index: ProfileIndex): Wish['alarms'] {
  if (alarms === undefined || alarms === 'all' || alarms === 'none') return alarms;
  return list('setup.alarms', alarms as readonly string[]).map((name) => index.alarm(name));
}

function tracesOf(traces: readonly [string, TraceWish][], index: ProfileIndex): Map<Id, WishTrace> {
  const wished = new Map<Id, WishTrace>();
  for (const [name, trace] of traces) {
    const path = `setup.traces.${name}`;
    const must = "an object, as { period: 1, samples: 60, variables: ['Temperature'] }";
    const {
      id = wished.size + 1,
      period,
      samples,
      groupSize = 1,
      variables,
    } = check.options(path, check.object(path, trace, must), TRACE);
    checkId(`${path}.id`, id);
    check.number(`${path}.period`, period, 0.01, 359_999.99);
    check.integer(`${path}.samples`, samples, 1);
    check.integer(`${path}.groupSize`, groupSize, 1);
    const values = list(`${path}.variables`, variables).map((variable) => index.value(variable));
    const trid = index.idFormats.TRID === 'A' ? String(id) : id;
    wished.set(trid, {
      name,
      trid,
      period,
      samples,
      groupSize: Math.min(groupSize, samples),
      variables: values,
    });
  }
  return wished;
}

/** Limits by LIMITID. */
export function limitsOf(path: string, limits: LimitsWish): LimitsWish {
  const must = 'limits by LIMITID, 1 to 7, as { 1: { upper: 10, lower: 9 } }';
  const given = byName<LimitsWish[number]>(path, limits, must);
  for (const [id, limit] of Object.entries(given)) {
    if (!/^[1-7]$/.test(id))
      throw new GemArgumentError(`${path} must be ${must}, received the LIMITID ${id}`);
    const of = `${path}.${id}`;
    const { upper, lower } = check.fields(of, check.object(of, limit, LIMIT), ['upper', 'lower']);
    for (const [side, value] of [
      ['upper', upper],
      ['lower', lower],
    ] as const) {
      if (typeof value !== 'number' && typeof value !== 'bigint')
        throw new GemArgumentError(`${path}.${id}.${side} must be a number, received ${quote(value)}`);
    }
  }
  return given;
}

/** Functions by stream. */
export function choiceOf(streams: readonly [string, readonly number[]][]): Map<number, readonly number[]> {
  const choice = new Map<number, readonly number[]>();
  for (const [stream, functions] of streams) {
    const path = `setup.spoolStreams.${stream}`;
    if (!/^\d{1,3}$/.test(stream) || Number(stream) > 127)
      throw new GemArgumentError(`${path} must be named by a stream, 0 to 127`);
    for (const fn of list(path, functions)) check.integer(path, fn, 0, 255);
    choice.set(Number(stream), functions);
  }
  return choice;
}

function checkId(path: string, id: Id): void {
  if (typeof id !== 'string' || id === '') check.integer(path, id, 0);
}

const LARGEST: Readonly<Record<Exclude<IdFormat, 'A'>, number>> = {
  U1: 0xff,
  U2: 0xffff,
  U4: 999_999_999,
  U8: 999_999_999,
};

/** Makes RPTIDs of what reports hold: the same one for the same values, another one for others, across restarts (T-3). */
class RptidMaker {
  readonly #format: IdFormat;
  readonly #taken: Map<Id, string>;

  constructor(format: IdFormat, taken: ReadonlyMap<Id, WishReport>) {
    this.#format = format;
    this.#taken = new Map([...taken].map(([id, { values }]) => [id, contentOf(values)]));
  }

  make(name: string, values: readonly KnownValue[]): Id {
    const content = contentOf(values);
    const largest = this.#format === 'A' ? LARGEST.U4 : LARGEST[this.#format];
    const start = hash(content) % largest;
    for (let i = 0; i < largest; i++) {
      const number = ((start + i) % largest) + 1;
      const id = this.#format === 'A' ? `${name.slice(0, 60)}-${number}` : number;
      const owner = this.#taken.get(id);
      if (owner !== undefined && owner !== content) continue;
      // Two reports of one wish that hold the same need two ids.
      this.#taken.set(id, `${content} of ${name}`);
      return id;
    }
    throw new GemArgumentError(`there is no RPTID left for the report ${name}`);
  }
}

const contentOf = (values: readonly KnownValue[]): string =>
  values.map(({ id }) => `${typeof id} ${id}`).join(',');

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}
