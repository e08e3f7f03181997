import { codesOf, DRACK, ERACK, LRACK, S2F33, S2F34, S2F35, S2F36, S2F37, S2F38 } from '../../../e5/index.js';
import type { SecsMessage } from '../../../secs2/index.js';
import type { Id } from '../../model/id.js';
import { sendInGroups, type Repair } from './groups.js';
import type { HostStep, StepContext } from './steps.js';
import type { WishEvent, WishReport } from './wish.js';

/** A name for an id in sentences. */
const named = (name: string | undefined, id: Id): string =>
  name === undefined ? String(id) : `${name} (${id})`;

/** What a code means, in E5's words where it has some. */
export function meaning(codes: Parameters<typeof codesOf>[0], code: number): string {
  const entry = codesOf(codes).find((one) => one.code === code);
  return entry === undefined ? '' : `, ${entry.text.trim()}`;
}

const groupsOf = <T>(entries: readonly T[], size: number): (readonly T[])[] => {
  const groups: (readonly T[])[] = [];
  for (let i = 0; i < entries.length; i += size) groups.push(entries.slice(i, i + size));
  return groups;
};

const vids = ({ values }: WishReport): Id[] => values.map(({ id }) => id);

function defineMessage(
  { talk }: StepContext,
  reports: readonly { rptid: Id; vids: readonly Id[] }[],
): SecsMessage {
  return talk.build(S2F33, { dataId: talk.dataId, reports });
}

function linkMessage(
  { talk }: StepContext,
  events: readonly { ceid: Id; rptids: readonly Id[] }[],
): SecsMessage {
  return talk.build(S2F35, { dataId: talk.dataId, events });
}

const enableMessage = ({ talk }: StepContext, ceed: boolean, ceids: readonly Id[]): SecsMessage =>
  talk.build(S2F37, { ceed, ceids });

const drack = async (context: StepContext, message: SecsMessage): Promise<number> =>
  Number(S2F34.read(await context.request(message)).drack);
const lrack = async (context: StepContext, message: SecsMessage): Promise<number> =>
  Number(S2F36.read(await context.request(message)).lrack);
const erack = async (context: StepContext, message: SecsMessage): Promise<number> =>
  Number(S2F38.read(await context.request(message)).erack);

const remove = (context: StepContext, rptids: readonly Id[]): SecsMessage =>
  defineMessage(
    context,
    rptids.map((rptid) => ({ rptid, vids: [] })),
  );

const unlink = (context: StepContext, ceids: readonly Id[]): SecsMessage =>
  linkMessage(
    context,
    ceids.map((ceid) => ({ ceid, rptids: [] })),
  );

/** All events off, so that nothing comes that is half defined. Where "all" is refused: one by one. */
export const quiet: HostStep = {
  name: 'quiet',
  plan: (context) => [enableMessage(context, false, [])],
  async run(context) {
    if ((await erack(context, enableMessage(context, false, []))) === 0) return;
    // A CEID that the tool does not know is not on either: its refusal counts when it is enabled.
    for (const ceid of knownEvents(context)) await erack(context, enableMessage(context, false, [ceid]));
  },
};

/** All reports and links go. Where "all" is refused: links event by event, reports one by one. */
export const clear: HostStep = {
  name: 'clear',
  plan: (context) => [...unlinkAll(context), defineMessage(context, [])],
  async run(context) {
    for (const message of unlinkAll(context)) await lrack(context, message);
    if ((await drack(context, defineMessage(context, []))) !== 0) {
      for (const ceid of knownEvents(context)) await lrack(context, unlink(context, [ceid]));
      const rptids = new Set([...context.definitions.inForce.keys(), ...context.wish.reports.keys()]);
      for (const rptid of rptids) await drack(context, remove(context, [rptid]));
    }
    context.definitions.deleted();
  },
};

const unlinkAll = (context: StepContext): SecsMessage[] =>
  context.index.quirks.unlinkAll === 'emptyList' ? [linkMessage(context, [])] : [];

const knownEvents = ({ wish, index }: StepContext): Iterable<Id> =>
  new Set([...wish.events.keys(), ...index.byCeid.keys()]);

/** Events that are no longer wanted go off. */
export const disable: HostStep = {
  name: 'disable',
  plan: (context) =>
    groupsOf(context.difference.disable, context.index.quirks.groupSize).map((ids) =>
      enableMessage(context, false, ids),
    ),
  run: (context) => enableInGroups(context, false, context.difference.disable),
};

/** Links that are no longer right go. */
export const unlinkStep: HostStep = {
  name: 'unlink',
  plan: (context) =>
    groupsOf(context.difference.unlink, context.index.quirks.groupSize).map((ids) => unlink(context, ids)),
  run: (context) =>
    sendInGroups(context.difference.unlink, context.index.quirks.groupSize, {
      send: (ceids) => lrack(context, unlink(context, ceids)),
      repair: () => 'each',
      refused: (ceid, code) => refusedLink(context, ceid, code),
    }),
};

/** Reports that are no longer wanted, or hold something else now, go. */
export const removeStep: HostStep = {
  name: 'remove',
  plan: (context) =>
    groupsOf(context.difference.remove, context.index.quirks.groupSize).map((ids) => remove(context, ids)),
  run: (context) =>
    sendInGroups(context.difference.remove, context.index.quirks.groupSize, {
      async send(rptids) {
        const code = await drack(context, remove(context, rptids));
        if (code === 0) context.definitions.deleted(rptids);
        return code;
      },
      repair: () => 'each',
      // One that is not there is gone already, and one that is in the way is seen when it is defined.
      refused: (rptid) => context.definitions.deleted([rptid]),
    }),
};

/** Reports are defined; one that is there already is deleted first, one with a bad VID is defined without it (G-113). */
export const define: HostStep = {
  name: 'define',
  required: true,
  plan: (context) =>
    groupsOf(context.difference.define, context.index.quirks.groupSize).map((reports) =>
      defineMessage(
        context,
        reports.map((report) => ({ rptid: report.rptid, vids: vids(report) })),
      ),
    ),
  async run(context) {
    // A tool still sends what happened before its reports went. An RPTID gets another meaning after that.
    const reused = context.definitions.reused(context.difference.define);
    if (reused.length > 0) await context.quiet(reused);
    await sendInGroups(context.difference.define, context.index.quirks.groupSize, {
      async send(reports) {
        const code = await drack(
          context,
          defineMessage(
            context,
            reports.map((report) => ({ rptid: report.rptid, vids: vids(report) })),
          ),
        );
        if (code === 0) context.definitions.defined(reports);
        else if (code === DRACK.unknownVid && reports.length === 1)
          return (await defineRest(context, reports[0])) ? 0 : code;
        return code;
      },
      async repair(code, reports): Promise<Repair> {
        if (code === DRACK.noSpace) return 'halve';
        if (code !== DRACK.rptidAlreadyDefined) return 'each';
        await drack(
          context,
          remove(
            context,
            reports.map(({ rptid }) => rptid),
          ),
        );
        return 'again';
      },
      refused({ name, rptid }, code) {
        const text = `the report ${named(name, rptid)} was refused with DRACK ${code}${meaning(DRACK, code)}`;
        context.problem({ message: 'S2F33', code, name, id: rptid, text });
      },
    });
  },
};

/** Defines a report without the values that the tool does not have: each is tried alone. False where none is left. */
async function defineRest(context: StepContext, report: WishReport | undefined): Promise<boolean> {
  if (report === undefined || report.values.length < 2) return false;
  const { rptid, name } = report;
  const good: WishReport['values'][number][] = [];
  const bad: WishReport['values'][number][] = [];
  for (const value of report.values) {
    const code = await drack(context, defineMessage(context, [{ rptid, vids: [value.id] }]));
    if (code === 0) await drack(context, remove(context, [rptid]));
    (code === 0 ? good : bad).push(value);
  }
  if (good.length === 0 || bad.length === 0) return false;
  const rest = { name, rptid, values: good };
  const code = await drack(context, defineMessage(context, [{ rptid, vids: vids(rest) }]));
  if (code !== 0) return false;
  context.definitions.defined([rest]);
  for (const value of bad) {
    const text = `the report ${named(name, rptid)} is without ${named(value.name, value.id)}, a VID that the tool does not know`;
    context.problem({ message: 'S2F33', code: DRACK.unknownVid, name: value.name, id: value.id, text });
  }
  return true;
}

/** Events get their reports: those that could be defined. */
export const link: HostStep = {
  name: 'link',
  required: true,
  plan: (context) =>
    groupsOf(context.difference.link, context.index.quirks.groupSize).map((events) =>
      linkMessage(context, linksOf(events, undefined)),
    ),
  run(context) {
    const isDefined = (rptid: Id): boolean => context.definitions.inForce.has(rptid);
    const events = context.difference.link.filter(({ reports }) =>
      reports.some(({ rptid }) => isDefined(rptid)),
    );
    return sendInGroups(events, context.index.quirks.groupSize, {
      send: (some) => lrack(context, linkMessage(context, linksOf(some, isDefined))),
      async repair(code, some): Promise<Repair> {
        if (code === LRACK.noSpace) return 'halve';
        if (code !== LRACK.ceidAlreadyLinked) return 'each';
        await lrack(
          context,
          unlink(
            context,
            some.map(({ event }) => event.id),
          ),
        );
        return 'again';
      },
      refused: ({ event }, code) => refusedLink(context, event.id, code),
    });
  },
};

const linksOf = (
  events: readonly WishEvent[],
  wanted: ((rptid: Id) => boolean) | undefined,
): { ceid: Id; rptids: Id[] }[] =>
  events.map(({ event, reports }) => ({
    ceid: event.id,
    rptids: reports.map(({ rptid }) => rptid).filter((rptid) => wanted?.(rptid) ?? true),
  }));

function refusedLink(context: StepContext, ceid: Id, code: number): void {
  const name = context.index.byCeid.get(ceid)?.name;
  const text = `the reports of event ${named(name, ceid)} were refused with LRACK ${code}${meaning(LRACK, code)}`;
  context.problem({ message: 'S2F35', code, ...(name === undefined ? {} : { name }), id: ceid, text });
}

/** Events go on, after they have been linked (G-41, T-4). */
export const enable: HostStep = {
  name: 'enable',
  required: true,
  plan: (context) =>
    groupsOf(context.difference.enable, context.index.quirks.groupSize).map((ids) =>
      enableMessage(context, true, ids),
    ),
  run: (context) => enableInGroups(context, true, context.difference.enable),
};

function enableInGroups(context: StepContext, on: boolean, ceids: readonly Id[]): Promise<void> {
  return sendInGroups(ceids, context.index.quirks.groupSize, {
    send: (some) => erack(context, enableMessage(context, on, some)),
    repair: () => 'each',
    refused(ceid, code) {
      const name = context.index.byCeid.get(ceid)?.name;
      const text = `the event ${named(name, ceid)} was not ${on ? 'enabled' : 'disabled'}, ERACK ${code}${meaning(ERACK, code)}`;
      context.problem({ message: 'S2F37', code, ...(name === undefined ? {} : { name }), id: ceid, text });
    },
  });
}
