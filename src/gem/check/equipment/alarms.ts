import { B, L, S, U4, type Item, type SecsMessage } from '../../../secs2/index.js';
import { readId } from '../../model/id.js';
import { listOf } from '../probe.js';
import { must, needs, type GemRule } from '../rule.js';
import { altering, reading } from './support/make-rule.js';
import { enabling, isEmpty, numberOf, rowsOf, type Named, type ToolProbe } from './support/tool-probe.js';

const ENABLES = 'enables and disables alarms';

const switching = (isOn: boolean, alid: Item): SecsMessage => S(5, 3).w(L(B(isOn ? 0x80 : 0), alid));

/** The alarms that are enabled, which are enabled again at the end of the rule. */
async function keepAlarms(tool: ToolProbe): Promise<readonly Named[]> {
  const all = await tool.named('ALARM');
  const enabled = rowsOf(await tool.body(S(5, 7).w()), 3, 1);
  const ids = new Set(enabled.map(({ id }) => id));
  tool.later('the alarms that were enabled', async () => {
    for (const { id, item } of all) await tool.mustAccept(switching(ids.has(id), item), 0);
  });
  return enabled;
}

async function enabledNow(tool: ToolProbe): Promise<readonly (number | string)[]> {
  return rowsOf(await tool.served(S(5, 7).w()), 3, 1).map(({ id }) => id);
}

async function someAlarm(tool: ToolProbe): Promise<Named> {
  const all = await tool.named('ALARM');
  const clear = all.find(({ row }) => ((numberOf(row[0]) ?? 0) & 0x80) === 0);
  needs(clear !== undefined, 'the tool names no alarm that is clear');
  return clear;
}

/** Has an alarm set; it is cleared at the end of the rule. */
async function set(tool: ToolProbe, { id, name }: Named): Promise<void> {
  await tool.operate('setAlarm', `set the alarm ${id} (${name})`, { id });
  tool.later(`alarm ${id}`, () => tool.operate('clearAlarm', `clear the alarm ${id} (${name})`, { id }));
}

const isAbout =
  (name: string, id: number | string) =>
  ({ name: found, item }: SecsMessage): boolean =>
    found === name && readId(item?.at(1)) === id;

/** ALCD of a report of an alarm. FAIL where it is none. */
function alcdOf(message: SecsMessage): number {
  const { item } = message;
  must(item?.format === 'L' && item.length === 3, `S5F1 is no L,3: ${String(message)}`);
  const [alcd, , altx] = item.list;
  must(alcd?.format === 'B' && alcd.length === 1, `ALCD is no B of one byte: ${String(message)}`);
  must(altx?.format === 'A' && altx.length <= 120, `ALTX is no A of 120 at most: ${String(message)}`);
  return alcd.binary[0] ?? 0;
}

/** Alarms (G-60 to G-62). */
export const ALARM_RULES: readonly GemRule<ToolProbe>[] = [
  reading('G-62a', 'S5F5 gives all alarms, each L,3 with ALCD of one byte', async (tool) => {
    for (const { row } of rowsOf(await tool.body(S(5, 5).w(U4())), 3, 1)) {
      const isByte = row[0]?.format === 'B' && row[0].length === 1;
      must(isByte, `no ALCD of one byte: ${String(L(...row))}`);
    }
  }),
  reading('G-62b', 'S5F5 gives the one alarm that is asked for', async (tool) => {
    const [alarm] = await tool.named('ALARM');
    needs(alarm !== undefined, 'the tool names no alarm');
    const rows = rowsOf(await tool.served(await tool.askingAlarms(alarm.item)), 3, 1);
    must(rows.length === 1 && rows[0]?.id === alarm.id, `${rows.length} come for ALID ${alarm.id}`);
  }),
  reading('G-62c', 'S5F5 answers an unknown ALID with an empty ALCD and ALTX', async (tool) => {
    const rows = listOf(await tool.served(await tool.askingAlarms(await tool.unused('ALID'))));
    const [row] = rows;
    must(row?.format === 'L' && row.length === 3 && rows.length === 1, `no L,3: ${String(L(...rows))}`);
    must(isEmpty(row.list[0]) && isEmpty(row.list[2]), `ALCD or ALTX is not empty: ${String(row)}`);
  }),
  reading('G-62d', 'S5F7 gives alarms that S5F5 has too', async (tool) => {
    const all = new Set((await tool.named('ALARM')).map(({ id }) => id));
    for (const { id } of rowsOf(await tool.body(S(5, 7).w()), 3, 1))
      must(all.has(id), `ALID ${id} is not among them`);
  }),
  altering(
    'G-61a',
    'an unknown ALID is refused (ACKC5)',
    'enables an alarm that a tool must not have',
    async (tool) => {
      const code = await tool.code(switching(true, await tool.unused('ALID')));
      must(code !== 0, 'S5F3 is answered ACKC5 0');
    },
  ),
  altering('G-61b', 'S5F3 enables an alarm, and disables it: S5F7 tells', ENABLES, async (tool) => {
    const { id, item } = await someAlarm(tool);
    await keepAlarms(tool);
    await tool.wants(switching(true, item), 0);
    must((await enabledNow(tool)).includes(id), `ALID ${id} is not among the enabled ones`);
    await tool.mustAccept(switching(false, item), 0);
    must(
      !(await enabledNow(tool)).includes(id),
      `ALID ${id} is among the enabled ones after it was disabled`,
    );
  }),
  altering('G-61c', 'S5F3 with an empty ALID is for all alarms', ENABLES, async (tool) => {
    const { length } = await tool.named('ALARM');
    await keepAlarms(tool);
    await tool.wants(switching(true, U4()), 0);
    const on = (await enabledNow(tool)).length;
    must(on === length, `${on} are enabled of ${length}`);
    await tool.mustAccept(switching(false, U4()), 0);
    const off = (await enabledNow(tool)).length;
    must(off === 0, `${off} are enabled after all were disabled`);
  }),
  altering(
    'G-60a',
    'an alarm that is enabled is told when it is set and when it is cleared',
    `${ENABLES}; has an alarm set and cleared`,
    async (tool) => {
      const alarm = await someAlarm(tool);
      await keepAlarms(tool);
      await tool.wants(switching(true, alarm.item), 0);
      tool.forget();
      await set(tool, alarm);
      const told = alcdOf(await tool.comes('S5F1', isAbout('S5F1', alarm.id)));
      must((told & 0x80) !== 0, `bit 8 of ALCD is 0 for an alarm that is set: ${told}`);
      const [row] = rowsOf(await tool.served(await tool.askingAlarms(alarm.item)), 3, 1);
      must(((numberOf(row?.row[0]) ?? 0) & 0x80) !== 0, 'S5F5 does not have it as set');
      await tool.operate('clearAlarm', `clear the alarm ${alarm.id} (${alarm.name})`, {
        id: alarm.id,
      });
      const cleared = alcdOf(await tool.comes('S5F1', isAbout('S5F1', alarm.id)));
      must((cleared & 0x80) === 0, `bit 8 of ALCD is 1 for an alarm that is cleared: ${cleared}`);
    },
    { operator: true },
  ),
  altering(
    'G-60b',
    'the event of an alarm comes after S5F1',
    `${ENABLES} and events; has an alarm set and cleared`,
    async (tool) => {
      const alarm = await someAlarm(tool);
      await keepAlarms(tool);
      await tool.enable();
      await tool.wants(switching(true, alarm.item), 0);
      tool.forget();
      await set(tool, alarm);
      const first = await tool.next(({ name }) => name === 'S5F1' || name === 'S6F11');
      must(first?.message.name === 'S5F1', `${first?.message.name ?? 'nothing'} comes first`);
      await tool.comes('S6F11', 'S6F11');
    },
    { operator: true },
  ),
  altering(
    'G-60c',
    'an alarm that is disabled is not told, its event is',
    `${ENABLES} and events; has an alarm set and cleared`,
    async (tool) => {
      const alarm = await someAlarm(tool);
      await keepAlarms(tool);
      await tool.enable();
      await tool.wants(switching(false, alarm.item), 0);
      tool.forget();
      await set(tool, alarm);
      await tool.comes('S6F11', 'S6F11');
      await tool.nothing('S5F1 comes', isAbout('S5F1', alarm.id));
      await tool.mustAccept(enabling(true), 0);
    },
    { operator: true },
  ),
];
