import { L, S, type Item, type SecsMessage } from '../../../secs2/index.js';
import { readId } from '../../model/id.js';
import { must, needs, type GemRule } from '../rule.js';
import { altering } from './support/make-rule.js';
import { enabling, type Named, type ToolProbe } from './support/tool-probe.js';

const DEFINES = 'defines reports of its own and deletes them';
const LINKS = 'defines a report of its own, links it to an event, and deletes it; the event is enabled again';
const RESTARTS = 'makes the link anew';

/** An event to which a report of ours can be linked, and the state that it has put back. */
async function someEvent(tool: ToolProbe): Promise<Named> {
  const known = (await tool.role('ControlStateREMOTE')) ?? (await tool.role('ControlStateLOCAL'));
  const found = known ?? (await tool.named('CE'))[0];
  needs(found !== undefined, 'the tool names no event');
  return found;
}

/** S2F33 with several reports. */
async function defineAll(
  tool: ToolProbe,
  ...reports: readonly (readonly [rptid: Item, vid: Item])[]
): Promise<SecsMessage> {
  return S(2, 33).w(L(await tool.dataId(), L(...reports.map(([rptid, vid]) => L(rptid, L(vid))))));
}

/** Which events are enabled, as text that can be compared. */
async function enabledNow(tool: ToolProbe): Promise<string> {
  const ids = await tool.idsIn('EventsEnabled');
  needs(ids !== undefined, 'which events are enabled cannot be read (EventsEnabled)');
  return ids
    .map((item) => String(readId(item)))
    .sort()
    .join(' ');
}

/** Reports, links and enabled events (G-40 to G-42, G-46). */
export const REPORT_RULES: readonly GemRule<ToolProbe>[] = [
  altering('G-40a', 'a report of an unknown VID is answered DRACK 4', DEFINES, async (tool) => {
    const rptid = await tool.unused('RPTID');
    await tool.forRule(rptid);
    await tool.wants(await tool.defining(rptid, await tool.unused('VID')), 4);
  }),
  altering('G-40b', 'a report can be defined once (DRACK 0, then 3), and deleted', DEFINES, async (tool) => {
    const { item } = await tool.someSv();
    const rptid = await tool.report(1, item);
    await tool.mustAccept(await tool.defining(rptid, item), 3);
    await tool.mustAccept(await tool.defining(rptid), 0);
    await tool.mustAccept(await tool.defining(rptid, item), 0);
  }),
  altering(
    'G-40c',
    'all or nothing: with a wrong report beside it none is defined',
    DEFINES,
    async (tool) => {
      const { item } = await tool.someSv();
      const [good, bad] = [await tool.unused('RPTID', 1), await tool.unused('RPTID', 2)];
      await tool.forRule(good);
      await tool.forRule(bad);
      await tool.wants(await defineAll(tool, [good, item], [bad, await tool.unused('VID')]), 4);
      const code = await tool.code(await tool.defining(good, item));
      must(code === 0, `the report that was right is there: DRACK ${code}`);
    },
  ),
  altering('G-40d', 'a report may have SVs, DVs and ECs', DEFINES, async (tool) => {
    const vids: Item[] = [(await tool.someSv()).item];
    for (const kind of ['DV', 'EC'] as const) {
      const [first] = await tool.namedIfAny(kind);
      if (first !== undefined) vids.push(first.item);
    }
    needs(vids.length > 1, 'the tool names neither DVs nor ECs');
    const rptid = await tool.unused('RPTID');
    await tool.forRule(rptid);
    await tool.wants(await tool.defining(rptid, ...vids), 0);
  }),
  altering(
    'G-40e',
    'S2F33 with an empty list deletes all reports',
    'deletes all reports',
    async (tool) => {
      const { item } = await tool.someSv();
      const rptid = await tool.report(1, item);
      await tool.wants(S(2, 33).w(L(await tool.dataId(), L())), 0);
      const code = await tool.code(await tool.defining(rptid, item));
      must(code === 0, `the report is there afterwards: DRACK ${code}`);
    },
    { loses: 'all reports and their links' },
  ),
  altering(
    'G-41a',
    'a link of an unknown CEID is answered LRACK 4',
    'links an event that a tool must not have',
    async (tool) => {
      await tool.wants(await tool.linking(await tool.unused('CEID')), 4);
    },
  ),
  altering(
    'G-41b',
    'a link of an unknown RPTID is answered LRACK 5',
    'links a report that a tool must not have',
    async (tool) => {
      const event = await someEvent(tool);
      await tool.wants(await tool.linking(event.item, await tool.unused('RPTID', 3)), 5);
    },
  ),
  altering('G-41c', 'a report is linked once: LRACK 0, then 3', LINKS, async (tool) => {
    const event = await someEvent(tool);
    await tool.keepEvents();
    const rptid = await tool.report(1, (await tool.someSv()).item);
    const first = await tool.code(await tool.linking(event.item, rptid));
    needs(first !== 3, `${event.name} has links, and the tool adds none (LRACK 3)`);
    must(first === 0, `LRACK ${first} for a report that is there`);
    await tool.mustAccept(await tool.linking(event.item, rptid), 3);
  }),
  altering('G-41d', 'all or nothing: with a wrong link beside it none is made', LINKS, async (tool) => {
    const event = await someEvent(tool);
    await tool.keepEvents();
    const rptid = await tool.report(1, (await tool.someSv()).item);
    const links = L(L(event.item, L(rptid)), L(await tool.unused('CEID'), L(rptid)));
    await tool.wants(S(2, 35).w(L(await tool.dataId(), links)), 4);
    const code = await tool.code(await tool.linking(event.item, rptid));
    must(code === 0, `the link that was right is there: LRACK ${code}`);
  }),
  altering(
    'G-41e',
    'S2F35 without reports unlinks an event',
    LINKS,
    async (tool) => {
      const event = await someEvent(tool);
      await tool.keepEvents();
      const rptid = await tool.report(1, (await tool.someSv()).item);
      await tool.wants(await tool.linking(event.item, rptid), 0);
      await tool.mustAccept(await tool.linking(event.item), 0);
      await tool.mustAccept(await tool.linking(event.item, rptid), 0);
    },
    { loses: 'the links of one event' },
  ),
  altering(
    'G-42a',
    'an unknown CEID cannot be enabled: ERACK 1',
    'enables an event that a tool must not have',
    async (tool) => {
      await tool.wants(enabling(true, await tool.unused('CEID')), 1);
    },
  ),
  altering(
    'G-42b',
    'all or nothing: with an unknown CEID beside it no event is enabled',
    'enables and disables events',
    async (tool) => {
      const event = await someEvent(tool);
      await tool.keepEvents();
      await tool.wants(enabling(false), 0);
      const before = await enabledNow(tool);
      await tool.wants(enabling(true, event.item, await tool.unused('CEID')), 1);
      const after = await enabledNow(tool);
      must(after === before, `enabled now: ${after}`);
    },
  ),
  altering(
    'G-42c',
    'S2F37 without CEIDs is for all events',
    'enables and disables all events',
    async (tool) => {
      await tool.keepEvents();
      await tool.wants(enabling(false), 0);
      const none = await enabledNow(tool);
      must(none === '', `enabled after all were disabled: ${none}`);
      await tool.mustAccept(enabling(true), 0);
      const all = (await enabledNow(tool)).split(' ').length;
      const known = (await tool.namedIfAny('CE')).length;
      must(all > 0 && (known === 0 || all === known), `${all} are enabled of ${known}`);
    },
  ),
  altering('G-46', 'definitions outlive the link', `${DEFINES}; ${RESTARTS}`, async (tool) => {
    const { item } = await tool.someSv();
    const rptid = await tool.report(1, item);
    await tool.reconnect();
    await tool.mustAccept(await tool.defining(rptid, item), 3);
  }),
  altering(
    'G-92',
    'definitions outlive power-off',
    `${DEFINES}; has the tool restarted`,
    async (tool) => {
      const { item } = await tool.someSv();
      const rptid = await tool.report(1, item);
      await tool.cut();
      await tool.operate('restart', 'restart the tool, and wait until it is up');
      await tool.link();
      await tool.establish();
      await tool.mustAccept(await tool.defining(rptid, item), 3);
    },
    { operator: true },
  ),
];
