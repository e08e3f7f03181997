import { A, L, S, U4, type Item, type SecsMessage } from '../../../secs2/index.js';
import { readId } from '../../model/id.js';
import { listOf, type Arrival } from '../probe.js';
import { must, needs, type GemRule } from '../rule.js';
import { altering } from './support/make-rule.js';
import { numberOf, type Named, type ToolProbe } from './support/tool-probe.js';

const REFUSED = 'asks for a trace that a tool must refuse';
const TRACES = 'has a trace run for some seconds';

interface Wanted {
  readonly period?: string;
  readonly total: number;
  readonly group: number;
  readonly svids: readonly Item[];
}

/** S2F23; total 0 ends a trace. */
async function tracing(
  tool: ToolProbe,
  { period = '000001', total, group, svids }: Wanted,
): Promise<SecsMessage> {
  const trid = await tool.unused('TRID');
  return S(2, 23).w(L(trid, A(period), U4(total), U4(group), L(...svids)));
}

/** Begins a trace, which is ended with the rule. */
async function begin(tool: ToolProbe, wanted: Wanted): Promise<number | string> {
  const message = await tracing(tool, wanted);
  const ending = await tracing(tool, { total: 0, group: 1, svids: wanted.svids });
  tool.later('the trace', async () => void (await tool.code(ending)));
  await tool.wants(message, 0);
  return readId(message.item?.at(0)) ?? '';
}

/** A part of a trace: S6F1, taken apart. */
function partOf(
  arrival: Arrival,
  trid: number | string,
): { smpln: number; time: Item; values: readonly Item[] } {
  const { item } = arrival.message;
  must(item?.format === 'L' && item.length === 4, `S6F1 is no L,4: ${String(arrival.message)}`);
  const [id, smplnItem, time, list] = item.list;
  must(readId(id) === trid, `S6F1 has another TRID: ${String(id)}`);
  const smpln = numberOf(smplnItem);
  must(smpln !== undefined && time !== undefined, `S6F1 has no SMPLN: ${String(arrival.message)}`);
  return { smpln, time, values: listOf(list) };
}

/** What comes of a trace of one sample a second. */
async function run(
  tool: ToolProbe,
  wanted: Wanted,
): Promise<readonly (ReturnType<typeof partOf> & { at: number })[]> {
  tool.forget();
  const start = tool.clock.now();
  const trid = await begin(tool, wanted);
  const parts: (ReturnType<typeof partOf> & { at: number })[] = [];
  for (;;) {
    const one = await tool.next('S6F1', wanted.group + tool.times.quiet);
    if (one === undefined) return parts;
    parts.push({ ...partOf(one, trid), at: (one.at - start) / 1000 });
  }
}

async function someSvids(tool: ToolProbe): Promise<readonly Named[]> {
  const all = await tool.named('SV');
  needs(all.length > 0, 'the tool names no SV');
  return all.slice(0, 2);
}

/** Refused, and ended all the same should it run. */
async function refused(tool: ToolProbe, wanted: Wanted, code: number): Promise<void> {
  const ending = await tracing(tool, { total: 0, group: 1, svids: wanted.svids });
  tool.later('the trace', async () => void (await tool.code(ending)));
  await tool.wants(await tracing(tool, wanted), code);
}

const TIME = /^(\d{12}|\d{14}|\d{16}|\d{4}-\d\d-\d\dT.*)$/;

/** Traces (G-50, G-51). */
export const TRACE_RULES: readonly GemRule<ToolProbe>[] = [
  altering('G-50a', 'an unknown SVID is answered TIAACK 4', REFUSED, async (tool) => {
    await refused(tool, { total: 2, group: 1, svids: [await tool.unused('VID')] }, 4);
  }),
  altering('G-50b', 'a period of 0 is answered TIAACK 3', REFUSED, async (tool) => {
    const svids = (await someSvids(tool)).map(({ item }) => item);
    await refused(tool, { period: '000000', total: 2, group: 1, svids }, 3);
  }),
  altering('G-50c', 'a REPGSZ of 0 is answered TIAACK 5', REFUSED, async (tool) => {
    const svids = (await someSvids(tool)).map(({ item }) => item);
    await refused(tool, { total: 2, group: 0, svids }, 5);
  }),
  altering('G-50d', 'a trace with a TRID that runs replaces that one', TRACES, async (tool) => {
    const svids = (await someSvids(tool)).map(({ item }) => item);
    await begin(tool, { period: '000100', total: 3, group: 3, svids });
    const parts = await run(tool, { total: 1, group: 1, svids });
    must(parts.length === 1, `${parts.length} S6F1 come of the trace that replaces another one`);
  }),
  altering('G-50e', 'TOTSMP 0 ends a trace, and what was not sent is lost', TRACES, async (tool) => {
    const svids = (await someSvids(tool)).map(({ item }) => item);
    await begin(tool, { total: 100, group: 1, svids });
    await tool.comes('S6F1', 'S6F1');
    await tool.mustAccept(await tracing(tool, { total: 0, group: 1, svids }), 0);
    tool.forget();
    await tool.nothing('S6F1 comes after the end', 'S6F1', 1 + tool.times.quiet);
  }),
  altering(
    'G-51a',
    'S6F1 comes for each REPGSZ samples and for the last one, then no more',
    TRACES,
    async (tool) => {
      const svids = (await someSvids(tool)).map(({ item }) => item);
      const parts = await run(tool, { total: 3, group: 2, svids });
      const found = parts.map(({ smpln }) => smpln).join();
      must(found === '2,3', `SMPLN ${found === '' ? 'none' : found} come, not 2,3`);
    },
  ),
  altering('G-51b', 'S6F1 has samples times SVIDs values, as S1F3 has them', TRACES, async (tool) => {
    const svids = (await someSvids(tool)).map(({ item }) => item);
    const [part] = await run(tool, { total: 2, group: 2, svids });
    must(part !== undefined, 'S6F1 does not come');
    const once = listOf(await tool.served(S(1, 3).w(L(...svids)))).map(({ format }) => format);
    const found = part.values.map(({ format }) => format).join(' ');
    must(found === [...once, ...once].join(' '), `${found} came for twice ${once.join(' ')}`);
  }),
  altering('G-51c', 'STIME is a time', TRACES, async (tool) => {
    const svids = (await someSvids(tool)).map(({ item }) => item);
    const [part] = await run(tool, { total: 1, group: 1, svids });
    must(part !== undefined, 'S6F1 does not come');
    must(part.time.format === 'A' && TIME.test(part.time.ascii), `no time: ${String(part.time)}`);
  }),
  altering('G-51d', 'the k-th sample is taken k periods after the start', TRACES, async (tool) => {
    const svids = (await someSvids(tool)).map(({ item }) => item);
    const parts = await run(tool, { total: 3, group: 1, svids });
    must(parts.length === 3, `${parts.length} samples come of 3`);
    const times = parts.map(({ at }) => at);
    const isOnTime = times.every((at, i) => at > i + 0.5 && at < i + 1.9);
    must(isOnTime, `samples come after ${times.map((at) => at.toFixed(1)).join(', ')} s, not 1, 2 and 3 s`);
  }),
];
