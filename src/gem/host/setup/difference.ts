import type { Id } from '../../model/id.js';
import type { KnownAlarm } from '../../profile/profile-index.js';
import type { Wish, WishEvent, WishLimits, WishReport, WishTrace } from './wish.js';

/** What has to be done to get from one wish to another, in the order of the fields. */
export interface Difference {
  /** CEIDs that are no longer wanted. */
  readonly disable: readonly Id[];
  /** CEIDs whose links go, with the events that lose them. */
  readonly unlink: readonly Id[];
  /** RPTIDs that go. */
  readonly remove: readonly Id[];
  readonly define: readonly WishReport[];
  readonly link: readonly WishEvent[];
  readonly enable: readonly Id[];
  readonly alarms: AlarmChange | undefined;
  readonly constants: Wish['constants'];
  readonly spoolStreams: Wish['spoolStreams'];
  /** Variables whose limits all go. */
  readonly removeLimits: readonly WishLimits[];
  readonly limits: readonly WishLimits[];
  readonly stopTraces: readonly WishTrace[];
  readonly traces: readonly WishTrace[];
}

/** Which alarms are switched. */
interface AlarmChange {
  /** All of them first: on, off, or left alone. */
  readonly all: boolean | undefined;
  readonly on: readonly KnownAlarm[];
  readonly off: readonly KnownAlarm[];
}

/** What leads from one wish to another. The whole set-up is what leads from an empty one. */
export function difference(before: Wish, after: Wish): Difference {
  const remove = [...before.reports.values()].filter(
    ({ rptid, values }) => !holds(after.reports.get(rptid), values),
  );
  const removed = new Set(remove.map(({ rptid }) => rptid));
  const define = [...after.reports.values()].filter(
    ({ rptid }) => removed.has(rptid) || !before.reports.has(rptid),
  );
  const defined = new Set(define.map(({ rptid }) => rptid));
  const link: WishEvent[] = [];
  const unlink: Id[] = [];
  for (const [ceid, wanted] of after.events) {
    const had = before.events.get(ceid)?.reports ?? [];
    const same =
      had.length === wanted.reports.length &&
      wanted.reports.every(({ rptid }, i) => had[i]?.rptid === rptid && !defined.has(rptid));
    if (same) continue;
    if (had.length > 0) unlink.push(ceid);
    if (wanted.reports.length > 0) link.push(wanted);
  }
  const disable = [...before.events.keys()].filter((ceid) => !after.events.has(ceid));
  for (const ceid of disable) if ((before.events.get(ceid)?.reports.length ?? 0) > 0) unlink.push(ceid);
  // Linking disables an event (G-41): what is linked anew is enabled anew.
  const linked = new Set(link.map(({ event }) => event.id));
  const enable = [...after.events.keys()].filter((ceid) => linked.has(ceid) || !before.events.has(ceid));
  return {
    ...{ disable, unlink, remove: [...removed], define, link, enable },
    alarms: alarmChange(before.alarms, after.alarms),
    constants: after.constants.filter(
      ({ value, given }) => before.constants.find((old) => old.value === value)?.given !== given,
    ),
    spoolStreams: sameChoice(before.spoolStreams, after.spoolStreams) ? undefined : after.spoolStreams,
    removeLimits: before.limits.filter(({ value }) => !after.limits.some((wanted) => wanted.value === value)),
    limits: after.limits.filter((wanted) => !sameLimits(before, wanted)),
    stopTraces: [...before.traces.values()].filter(({ trid }) => !after.traces.has(trid)),
    traces: [...after.traces.values()].filter((wanted) => !sameTrace(before.traces.get(wanted.trid), wanted)),
  };
}

const holds = (report: WishReport | undefined, values: WishReport['values']): boolean =>
  report !== undefined &&
  report.values.length === values.length &&
  values.every((value, i) => report.values[i] === value);

function alarmChange(before: Wish['alarms'], after: Wish['alarms']): AlarmChange | undefined {
  if (after === undefined) return undefined;
  if (typeof after === 'string') {
    if (before === after) return undefined;
    return { all: after === 'all', on: [], off: [] };
  }
  if (before === undefined || before === 'all') return { all: false, on: after, off: [] };
  const had = before === 'none' ? [] : before;
  const on = after.filter((alarm) => !had.includes(alarm));
  const off = had.filter((alarm) => !after.includes(alarm));
  return on.length === 0 && off.length === 0 ? undefined : { all: undefined, on, off };
}

function sameChoice(before: Wish['spoolStreams'], after: Wish['spoolStreams']): boolean {
  return after === undefined || (before !== undefined && text([...before]) === text([...after]));
}

const sameLimits = (before: Wish, { value, limits }: WishLimits): boolean =>
  before.limits.some((old) => old.value === value && text(old.limits) === text(limits));

const sameTrace = (before: WishTrace | undefined, { variables, ...rest }: WishTrace): boolean =>
  before !== undefined &&
  text({ ...before, variables: [] }) === text({ ...rest, variables: [] }) &&
  before.variables.length === variables.length &&
  variables.every((value, i) => before.variables[i] === value);

const text = (value: unknown): string => JSON.stringify(value);
