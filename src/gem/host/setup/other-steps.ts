import {
  EAC,
  S2F15,
  S2F16,
  S2F24,
  S2F31,
  S2F32,
  S2F43,
  S2F44,
  S2F45,
  S2F46,
  S5F4,
  S5F6,
  S6F23,
  TIAACK,
  type Integer,
} from '../../../e5/index.js';
import { B, L, S, U1, U2, U4, U8, A, type Item, type SecsMessage } from '../../../secs2/index.js';
import { formatTime, type Zone } from '../../equipment/values/time-format.js';
import { idItem, type Id } from '../../model/id.js';
import { plainId, type KnownAlarm, type KnownValue, type ProfileIndex } from '../../profile/profile-index.js';
import { givenItem } from '../requests/given.js';
import { outcomeOf, SecsStream9Error } from '../../../session/errors.js';
import { failureOf } from '../talk.js';
import { sendInGroups } from './groups.js';
import { meaning } from './report-steps.js';
import type { HostStep, StepContext } from './steps.js';
import type { WishLimits, WishTrace } from './wish.js';
import type { ActiveAlarm } from '../events.js';

/** The time as S2F31 gives it: as the quirks say, or as the tool's own TimeFormat does. */
export async function timeText(
  {
    index,
    talk,
    zone,
  }: { readonly index: ProfileIndex; readonly talk: StepContext['talk']; readonly zone: Zone },
  now: number,
): Promise<string> {
  const { timeFormat } = index.quirks;
  if (timeFormat === 14) return formatTime(now, 1, zone).slice(0, 14);
  if (timeFormat !== 'asTool') return formatTime(now, timeFormat, zone);
  const constant = index.roleValue('TimeFormat');
  const asked = constant === undefined ? 1 : (await talk.read([constant])).get(constant.name);
  const format = Number(asked ?? 1);
  return formatTime(now, format === 0 || format === 2 ? format : 1, zone);
}

/** The tool's clock is set; one that refuses is warned of alone. */
export const clock: HostStep = {
  name: 'clock',
  async run(context) {
    const time = await timeText(context, context.now());
    const { tiack } = S2F32.read(await context.request(context.talk.build(S2F31, { time })));
    if (Number(tiack) !== 0)
      context.warn({ kind: 'clock', text: `the tool did not take the time ${time}, TIACK ${String(tiack)}` });
  },
};

/** What the tool's spool holds is sent before reports change (G-116). */
export const spool: HostStep = {
  name: 'spool',
  plan: ({ talk, wish }) => [talk.build(S6F23, { rsdc: wish.spool === 'purge' ? 1 : 0 })],
  run: (context) => context.unload(),
};

const emptyId = (format: string): Item =>
  format === 'A'
    ? A('')
    : (({ U1, U2, U4, U8 } as Readonly<Record<string, (values: never) => Item>>)[format]?.([] as never) ??
      U4([]));

/** S5F3 for one alarm, or for all. */
function alarmMessage({ index }: StepContext, on: boolean, alid: Id | undefined): SecsMessage {
  const format = index.idFormats.ALID;
  return S(5, 3).w(L(B(on ? 0x80 : 0), alid === undefined ? emptyId(format) : idItem(alid, format)));
}

async function switchAlarm(context: StepContext, on: boolean, alid: Id | undefined): Promise<number> {
  return Number(S5F4.read(await context.request(alarmMessage(context, on, alid))).ackc5);
}

/** Alarms are switched as the wish has them. */
export const alarms: HostStep = {
  name: 'alarms',
  required: true,
  plan(context) {
    const change = context.difference.alarms;
    if (change === undefined) return [];
    return [
      ...(change.all === undefined ? [] : [alarmMessage(context, change.all, undefined)]),
      ...change.off.map(({ id }) => alarmMessage(context, false, id)),
      ...change.on.map(({ id }) => alarmMessage(context, true, id)),
    ];
  },
  async run(context) {
    const change = context.difference.alarms;
    if (change === undefined) return;
    if (change.all !== undefined) {
      const code = await switchAll(context, change.all);
      if (code !== 0 && context.index.alarms.size > 0)
        await switchEach(context, change.all, context.index.alarms.values());
      else if (code !== 0) {
        const text = `all alarms at once were refused, ACKC5 ${code}, and the profile has none to be switched one by one`;
        context.problem({ message: 'S5F3', code, text });
      }
    }
    await switchEach(context, false, change.off);
    await switchEach(context, true, change.on);
  },
};

/** ACKC5 for "all"; a tool that aborts that may take alarms one by one. */
async function switchAll(context: StepContext, on: boolean): Promise<number> {
  try {
    return await switchAlarm(context, on, undefined);
  } catch (error) {
    if (failureOf(error) === 'gone' || context.index.alarms.size === 0) throw error;
    return ACKC5_ERROR;
  }
}

/** Error, not accepted (E5). */
const ACKC5_ERROR = 1;

async function switchEach(context: StepContext, on: boolean, some: Iterable<KnownAlarm>): Promise<void> {
  for (const { id, name } of some) {
    const code = await switchAlarm(context, on, id);
    if (code === 0) continue;
    const text = `the alarm ${name} (${id}) was not ${on ? 'enabled' : 'disabled'}, ACKC5 ${code}`;
    context.problem({ message: 'S5F3', code, name, id, text });
  }
}

/** The alarms that are set now: one may have been set before the host came (T-19). */
export const activeAlarms: HostStep = {
  name: 'activeAlarms',
  plan: ({ talk }) => [talk.idList('S5F5', [])],
  async run(context) {
    context.setActiveAlarms(undefined);
    context.setActiveAlarms(await readActiveAlarms(context));
  },
};

/** Some tools want a list where E5 has an array (G-121): it is tried where the profile does not say. */
async function askAlarms({
  talk,
  index,
  request,
}: Pick<StepContext, 'talk' | 'index' | 'request'>): Promise<SecsMessage> {
  try {
    return await request(talk.idList('S5F5', []));
  } catch (error) {
    // Answered by S9F7, SxF0 or not at all.
    const isUnread = error instanceof SecsStream9Error && error.errorFunction === 7;
    const mayWantList = isUnread || failureOf(error) === 'aborted' || outcomeOf(error) === 't3';
    if (!mayWantList || index.quirks.idLists.S5F5 !== undefined) throw error;
    const reply = await request(S(5, 5).w(L())).catch(() => {
      throw error;
    });
    index.wantsIdList('S5F5', 'list');
    return reply;
  }
}

export async function readActiveAlarms({
  talk,
  index,
  request,
}: Pick<StepContext, 'talk' | 'index' | 'request'>): Promise<ActiveAlarm[]> {
  const { alarms: all } = S5F6.read(await askAlarms({ talk, index, request }));
  return all.flatMap(({ alcd, alid, altx }) => {
    if (alcd === undefined || alid === undefined || (Number(alcd) & 0x80) === 0) return [];
    const id = plainId(alid);
    return [
      { name: index.byAlid.get(id)?.name, alid: id, category: Number(alcd) & 0x7f, text: String(altx) },
    ];
  });
}

const constantMessage = ({ talk }: StepContext, some: StepContext['wish']['constants']): SecsMessage =>
  talk.build(S2F15, {
    constants: some.map(({ value, given }) => ({ ecid: value.id, ecv: givenItem(value, given) })),
  });

const grouped = <T>(entries: readonly T[], size: number): (readonly T[])[] =>
  entries.length === 0 ? [] : [entries.slice(0, size), ...grouped(entries.slice(size), size)];

/** Constants get the values of the wish. */
export const constants: HostStep = {
  name: 'constants',
  required: true,
  plan: (context) =>
    grouped(context.difference.constants, context.index.quirks.groupSize).map((some) =>
      constantMessage(context, some),
    ),
  run: (context) =>
    sendInGroups(context.difference.constants, context.index.quirks.groupSize, {
      send: async (some) => Number(S2F16.read(await context.request(constantMessage(context, some))).eac),
      repair: () => 'each',
      refused({ value: { name, id } }, code) {
        context.problem({
          message: 'S2F15',
          code,
          name,
          id,
          text: `the constant ${name} (${id}) was not set, EAC ${code}${meaning(EAC, code)}`,
        });
      },
    }),
};

const choiceMessage = ({ talk }: StepContext, choice: ReadonlyMap<number, readonly number[]>): SecsMessage =>
  talk.build(S2F43, { streams: [...choice].map(([strid, fcnids]) => ({ strid, fcnids })) });

/** The tool spools what the wish says. */
export const spoolStreams: HostStep = {
  name: 'spoolStreams',
  required: true,
  plan: (context) =>
    context.difference.spoolStreams === undefined
      ? []
      : [choiceMessage(context, context.difference.spoolStreams)],
  async run(context) {
    const choice = context.difference.spoolStreams;
    if (choice === undefined) return;
    const { rspack, streams } = S2F44.read(await context.request(choiceMessage(context, choice)));
    if (Number(rspack) === 0) return;
    for (const { strid, strack } of streams) {
      const text = `the tool does not spool stream ${String(strid)}, STRACK ${String(strack)}: nothing of the choice is in force`;
      context.problem({ message: 'S2F44', code: Number(strack), id: Number(strid), text });
    }
    if (streams.length === 0)
      context.problem({
        message: 'S2F44',
        code: Number(rspack),
        text: `S2F43 was refused with RSPACK ${String(rspack)}`,
      });
  },
};

/** S2F45 for some variables; without limits: all of the variable's go. */
export function limitsMessage(
  { talk }: Pick<StepContext, 'talk'>,
  some: readonly { readonly value: KnownValue; readonly limits: WishLimits['limits'] }[],
): SecsMessage {
  const variables = some.map(({ value, limits: of }) => ({
    vid: value.id,
    limits: Object.entries(of).map(([limitId, { upper, lower }]) => ({
      limitId: Number(limitId),
      band: {
        upperDb: givenItem({ name: `limits.${value.name}.upper`, shape: bound(value) }, upper),
        lowerDb: givenItem({ name: `limits.${value.name}.lower`, shape: bound(value) }, lower),
      },
    })),
  }));
  return talk.build(S2F45, { dataId: talk.dataId, variables });
}

const bound = ({ shape }: KnownValue): KnownValue['shape'] =>
  shape === undefined ? undefined : { format: shape.format };

/** Limits are as the wish has them. */
export const limits: HostStep = {
  name: 'limits',
  required: true,
  plan(context) {
    const some = limitsOf(context);
    return some.length === 0 ? [] : [limitsMessage(context, some)];
  },
  async run(context) {
    const some = limitsOf(context);
    if (some.length === 0) return;
    for (const one of some) {
      const { vlaack, variables } = S2F46.read(await context.request(limitsMessage(context, [one])));
      if (Number(vlaack) === 0) continue;
      const { name, id } = one.value;
      const why = variables.map(({ lvack }) => `LVACK ${String(lvack)}`).join(', ');
      context.problem({
        message: 'S2F45',
        code: Number(vlaack),
        name,
        id,
        text: `the limits of ${name} (${id}) were refused, VLAACK ${String(vlaack)} ${why}`.trim(),
      });
    }
  },
};

const limitsOf = ({ difference }: StepContext): WishLimits[] => [
  ...difference.removeLimits.map(({ value }) => ({ value, limits: {} })),
  ...difference.limits,
];

/** A period as DSPER has it. */
function periodText(seconds: number, format: 'hhmmss' | 'hhmmsscc'): string {
  const hundredths = Math.round(seconds * 100);
  const two = (value: number): string => String(value).padStart(2, '0');
  const whole = Math.floor(hundredths / 100);
  const text = two(Math.floor(whole / 3600)) + two(Math.floor(whole / 60) % 60) + two(whole % 60);
  return format === 'hhmmss' || hundredths % 100 === 0 ? text : text + two(hundredths % 100);
}

function traceMessage(
  { talk, index }: Pick<StepContext, 'talk' | 'index'>,
  trace: WishTrace,
  samples: Integer,
): SecsMessage {
  const svids = samples === 0 ? [] : trace.variables.map(({ id }) => id);
  const dsper = periodText(trace.period, index.quirks.dsper);
  return talk.traceMessage(
    { trid: trace.trid, dsper, totsmp: samples, repgsz: trace.groupSize, svids },
    svids,
  );
}

/** Traces run as the wish has them. */
export const traces: HostStep = {
  name: 'traces',
  required: true,
  plan: (context) => [
    ...context.difference.stopTraces.map((trace) => traceMessage(context, trace, 0)),
    ...context.difference.traces.map((trace) => traceMessage(context, trace, trace.samples)),
  ],
  async run(context) {
    const { stopTraces, traces: started } = context.difference;
    for (const trace of stopTraces) await context.request(traceMessage(context, trace, 0));
    for (const trace of started) {
      const { tiaack } = S2F24.read(await context.request(traceMessage(context, trace, trace.samples)));
      const code = Number(tiaack);
      if (code === 0) continue;
      const text = `the trace ${trace.name} (${trace.trid}) was refused with TIAACK ${code}${meaning(TIAACK, code)}`;
      context.problem({ message: 'S2F23', code, name: trace.name, id: trace.trid, text });
    }
  },
};

/** Values that the wish wants to begin with. */
export const read: HostStep = {
  name: 'read',
  plan: ({ talk, wish: { read: wanted } }) =>
    wanted.length === 0
      ? []
      : [
          talk.idList(
            'S1F3',
            wanted.map(({ id }) => id),
          ),
        ],
  async run(context) {
    context.setValues(await context.talk.read(context.wish.read, { signal: context.signal }));
  },
};
