import type { GivenValue } from '../../../e5/index.js';
import { GemArgumentError } from '../../errors.js';
import type { Id, IdFormat } from '../../model/id.js';
import { quote } from '../../model/value.js';
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

const KEYS = [
  ...(['reports', 'events', 'alarms', 'constants', 'traces', 'limits'] as const),
  ...(['spoolStreams', 'spool', 'read'] as const),
] as const satisfies readonly (keyof HostSetup)[];

/**
 * Looks all names of a set-up up.
 * @param taken RPTIDs that older definitions have, with what they hold
 * @throws GemArgumentError naming the entry, the value and what is allowed.
 */
export function wishOf(setup: HostSetup, index: ProfileIndex, taken: ReadonlyMap<Id, WishReport>): Wish {
  checkKeys(setup);
  const { events = {}, constants = {}, traces = {}, limits = {}, spoolStreams, spool = 'transmit' } = setup;
  const named = new Map<string, WishReport>();
  const ids = new RptidMaker(index.idFormats.RPTID, taken);
  for (const [name, report] of Object.entries(setup.reports ?? {}))
    named.set(name, reportOf(name, report, index, ids));
  const wished = new Map<Id, WishEvent>();
  const wanted: Readonly<Record<string, readonly string[]>> = events;
  for (const [name, reports] of Object.entries(wanted)) {
    const event = index.event(name);
    const linked = list(`setup.events.${name}`, reports).map((report) => known(named, name, report));
    wished.set(event.id, {
      event,
      reports: index.quirks.reportIds === 'ceid' ? joined(event, linked) : linked,
    });
  }
  const linked = [...wished.values()].flatMap(({ reports }) => reports);
  const defined = index.quirks.reportIds === 'ceid' ? linked : [...named.values()];
  if (!['transmit', 'purge', 'ask'].includes(spool)) {
    throw new GemArgumentError(`setup.spool must be transmit, purge or ask, received ${quote(spool)}`);
  }
  return {
    reports: new Map(defined.map((report) => [report.rptid, report])),
    events: wished,
    alarms: alarmsOf(setup.alarms, index),
    constants: Object.entries(constants as Readonly<Record<string, GivenValue>>).map(([name, given]) => ({
      value: index.constant(name),
      given,
    })),
    traces: tracesOf(traces, index),
    limits: Object.entries(limits as Readonly<Record<string, LimitsWish>>).map(([name, of]) => ({
      value: index.value(name),
      limits: limitsOf(`setup.limits.${name}`, of),
    })),
    spoolStreams: spoolStreams === undefined ? undefined : choiceOf(spoolStreams),
    spool,
    read: list('setup.read', setup.read ?? []).map((name) => index.value(name)),
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

function checkKeys(setup: HostSetup): void {
  byName('setup', setup, 'an object');
  for (const key of Object.keys(setup)) {
    if (!(KEYS as readonly string[]).includes(key))
      throw new GemArgumentError(`setup.${key} is not known; allowed are ${KEYS.join(', ')}`);
  }
  for (const [key, shape] of Object.entries(BY_NAME)) {
    const section = setup[key as keyof typeof BY_NAME];
    if (section !== undefined) byName(`setup.${key}`, section, shape);
  }
}

function byName(path: string, value: unknown, must: string, example = ''): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value))
    return;
  const shape = example === '' ? must : `${must}, as ${example}`;
  throw new GemArgumentError(`${path} must be ${shape}, received ${shown(value)}`);
}

/** A value with what is in it, where it is a list: that is what was taken for names. */
function shown(value: unknown): string {
  if (!Array.isArray(value)) return quote(value);
  const text = JSON.stringify(value) ?? '';
  return `the list ${text.length > 80 ? `${text.slice(0, 80)}…` : text}`;
}

function list<T>(path: string, value: readonly T[]): readonly T[] {
  if (!Array.isArray(value)) throw new GemArgumentError(`${path} must be a list, received ${quote(value)}`);
  return value as readonly T[];
}

function known(named: ReadonlyMap<string, WishReport>, event: string, report: string): WishReport {
  const found = named.get(report);
  if (found !== undefined) return found;
  throw new GemArgumentError(
    `setup.events.${event} names the report ${JSON.stringify(report)}, which setup.reports has not${nameHint(String(report), named.keys())}`,
  );
}

const isList = (report: ReportWish): report is readonly string[] => Array.isArray(report);

function reportOf(name: string, report: ReportWish, index: ProfileIndex, ids: RptidMaker): WishReport {
  if (!isList(report))
    byName(`setup.reports.${name}`, report, "a list of names of values, or { id: 7, values: ['WaferId'] }");
  const { id, values } = isList(report) ? { id: undefined, values: report } : report;
  const known = list(`setup.reports.${name}`, values).map((value) => index.value(value));
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

function tracesOf(traces: Readonly<Record<string, TraceWish>>, index: ProfileIndex): Map<Id, WishTrace> {
  const wished = new Map<Id, WishTrace>();
  for (const [name, trace] of Object.entries(traces)) {
    const path = `setup.traces.${name}`;
    byName(path, trace, 'an object', "{ period: 1, samples: 60, variables: ['Temperature'] }");
    const { id = wished.size + 1, period, samples, groupSize = 1, variables } = trace;
    number(`${path}.period`, period, 0.01, 359_999.99);
    whole(`${path}.samples`, samples);
    whole(`${path}.groupSize`, groupSize);
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

function limitsOf(path: string, limits: LimitsWish): LimitsWish {
  const must = 'limits by LIMITID, 1 to 7, as { 1: { upper: 10, lower: 9 } }';
  byName(path, limits, must);
  for (const [id, limit] of Object.entries(limits as Readonly<Record<string, unknown>>)) {
    if (!/^[1-7]$/.test(id))
      throw new GemArgumentError(`${path} must be ${must}, received the LIMITID ${id}`);
    byName(`${path}.${id}`, limit, 'an object', '{ upper: 10, lower: 9 }');
    const { upper, lower } = limit as { readonly upper: number; readonly lower: number };
    for (const [side, value] of [
      ['upper', upper],
      ['lower', lower],
    ] as const) {
      if (typeof value !== 'number' && typeof value !== 'bigint')
        throw new GemArgumentError(`${path}.${id}.${side} must be a number, received ${quote(value)}`);
    }
  }
  return limits;
}

function choiceOf(streams: Readonly<Record<number, readonly number[]>>): Map<number, readonly number[]> {
  const choice = new Map<number, readonly number[]>();
  for (const [stream, functions] of Object.entries(streams)) {
    const path = `setup.spoolStreams.${stream}`;
    if (!/^\d{1,3}$/.test(stream) || Number(stream) > 127)
      throw new GemArgumentError(`${path} must be named by a stream, 0 to 127`);
    for (const fn of list(path, functions)) {
      if (!Number.isInteger(fn) || fn < 0 || fn > 255)
        throw new GemArgumentError(`${path} must be functions, 0 to 255, received ${quote(fn)}`);
    }
    choice.set(Number(stream), functions);
  }
  return choice;
}

function number(path: string, value: number, min: number, max: number): void {
  if (typeof value === 'number' && value >= min && value <= max) return;
  throw new GemArgumentError(`${path} must be a number of ${min} to ${max}, received ${quote(value)}`);
}

function whole(path: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new GemArgumentError(`${path} must be an integer from 1, received ${quote(value)}`);
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
