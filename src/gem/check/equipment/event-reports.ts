import { B, L, S, U4, type Item } from '../../../secs2/index.js';
import { readId } from '../../model/id.js';
import { listOf } from '../probe.js';
import { must, needs, type GemRule } from '../rule.js';
import { controlEvents, reported, switched, type Reported } from './support/control-events.js';
import { altering, reading } from './support/make-rule.js';
import { enabling, type Named, type ToolProbe } from './support/tool-probe.js';

const EVENTS = 'enables events, and takes the tool OFF-LINE and ON-LINE again';
const OWN = `${EVENTS}; defines a report of its own, links it, and deletes it`;

/** The event that tells of ON-LINE: as the tool or its profile names it, or the first that comes. */
async function onLineEvent(tool: ToolProbe): Promise<{ readonly id: number | string; readonly item: Item }> {
  const state = (await tool.role('ControlState')) === undefined ? 5 : await tool.controlState();
  const known = await tool.role(state === 4 ? 'ControlStateLOCAL' : 'ControlStateREMOTE');
  if (known !== undefined) {
    await tool.keepEvents();
    return known;
  }
  const [first] = (await controlEvents(tool)).on;
  needs(first !== undefined, 'no event tells of ON-LINE');
  return { id: first.ceid, item: first.ceidItem };
}

/** A report of ours on the event that tells of ON-LINE, and that event as it comes. */
async function ownReport(tool: ToolProbe, variables: readonly Named[]): Promise<Reported['reports'][number]> {
  const event = await onLineEvent(tool);
  const rptid = await tool.report(1, ...variables.map(({ item }) => item));
  await tool.wants(await tool.linking(event.item, rptid), 0);
  await tool.mustAccept(enabling(true, event.item), 0);
  tool.forget();
  const { on } = await switched(tool);
  const found = on.find(({ ceid }) => ceid === event.id);
  must(found !== undefined, `CEID ${event.id} does not come when it is linked and enabled`);
  const own = found.reports.filter((report) => report.rptid === readId(rptid));
  must(own.length === 1 && own[0] !== undefined, `the report that is linked comes ${own.length} times`);
  return own[0];
}

async function someVariables(tool: ToolProbe): Promise<readonly Named[]> {
  const state = await tool.mustHave('ControlState');
  const others = (await tool.named('SV')).filter(({ id }) => id !== state.id);
  return [...others.slice(0, 1), state, ...others.slice(1, 2)];
}

/** Event reports as they come, or are asked for (G-42 to G-45). */
export const EVENT_RULES: readonly GemRule<ToolProbe>[] = [
  reading('G-45a', 'S6F15 gives the reports of an event as S6F11 has them', async (tool) => {
    const event = (await tool.role('ControlStateREMOTE')) ?? (await tool.named('CE'))[0];
    needs(event !== undefined, 'the tool names no event');
    const body = await tool.body(S(6, 15).w(event.item));
    const isReport = body.format === 'L' && body.length === 3 && body.list[2]?.format === 'L';
    must(isReport && readId(body.list[1]) === event.id, `no L,3 with CEID ${event.id}: ${String(body)}`);
  }),
  altering(
    'G-45b',
    'S6F19 gives the values of a report, S6F21 with their VIDs',
    'defines a report of its own and deletes it',
    async (tool) => {
      const variables = (await tool.named('SV')).slice(0, 2);
      const rptid = await tool.report(1, ...variables.map(({ item }) => item));
      const plain = listOf(await tool.body(S(6, 19).w(rptid)));
      must(plain.length === variables.length, `${plain.length} values come of ${variables.length}`);
      const annotated = listOf(await tool.body(S(6, 21).w(rptid)));
      const ids = annotated.map((entry) => (entry.format === 'L' ? readId(entry.list[0]) : undefined));
      must(ids.join() === variables.map(({ id }) => id).join(), `VIDs ${ids.join()} come`);
    },
  ),
  altering('G-43a', 'S6F11 wants a reply, and is L,3 of DATAID, CEID and reports', EVENTS, async (tool) => {
    const { off, on } = await controlEvents(tool);
    needs(off.length + on.length > 0, 'no event comes');
    for (const { arrival } of [...off, ...on]) must(arrival.message.wBit, 'S6F11 comes without W-bit');
  }),
  altering('G-43b', 'a report has its values in the order and format of its variables', OWN, async (tool) => {
    const variables = await someVariables(tool);
    const { values } = await ownReport(tool, variables);
    const wanted = listOf(await tool.served(S(1, 3).w(L(...variables.map(({ item }) => item)))));
    const formats = (items: readonly Item[]): string => items.map(({ format }) => format).join(' ');
    must(formats(values) === formats(wanted), `${formats(values)} came for ${formats(wanted)}`);
  }),
  altering(
    'G-43c',
    'values are those at the moment of the event: ControlState of ON-LINE is 4 or 5',
    OWN,
    async (tool) => {
      const state = await tool.mustHave('ControlState');
      const { values } = await ownReport(tool, [state]);
      const now = await tool.value(state);
      must(
        values[0]?.equals(now) === true,
        `ControlState is ${String(values[0])} in the report, and ${String(now)}`,
      );
    },
  ),
  altering('G-43d', 'events come in the order in which they happen', EVENTS, async (tool) => {
    await tool.enable();
    tool.forget();
    tool.on('S6F11', 'silence');
    await tool.goOffLine();
    const off = await tool.next('S6F11');
    needs(off !== undefined, 'no event tells of OFF-LINE');
    off.answer(B(0));
    tool.off('S6F11');
    await tool.goOnLine();
    const on = await tool.next('S6F11');
    needs(on !== undefined, 'no event tells of ON-LINE');
    const offLine = await tool.role('EquipmentOFFLINE');
    const [first, second] = [reported(off).ceid, reported(on).ceid];
    must(first !== second, `CEID ${first} comes for OFF-LINE and for ON-LINE`);
    must(offLine === undefined || first === offLine.id, `CEID ${first} comes first, not that of OFF-LINE`);
  }),
  altering('G-42d', 'an event that is disabled is not sent', EVENTS, async (tool) => {
    const { off, on } = await controlEvents(tool);
    needs(off.length + on.length > 0, 'no event comes while all are enabled');
    await tool.mustAccept(enabling(false), 0);
    tool.forget();
    const silent = await switched(tool);
    const came = [...silent.off, ...silent.on].map(({ ceid }) => ceid);
    must(came.length === 0, `CEID ${came.join()} comes`);
  }),
  altering('G-44', 'S2F39 is granted (GRANT 0)', 'announces a message that does not come', async (tool) => {
    const [dataId, size] = [await tool.dataId(), U4(1000)];
    await tool.wants(S(2, 39).w(L(dataId, size)), 0);
  }),
];
