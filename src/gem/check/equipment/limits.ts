import { B, L, S, type Item, type SecsMessage } from '../../../secs2/index.js';
import { readId } from '../../model/id.js';
import { codeIn, listOf } from '../probe.js';
import { must, needs, RuleSkip, type GemRule } from '../rule.js';
import { reported } from './support/control-events.js';
import { altering, reading } from './support/make-rule.js';
import { like } from './support/numbers.js';
import { isNothing, numberOf, type ToolProbe } from './support/tool-probe.js';

const REFUSED = 'defines a limit that a tool must refuse';
const DEFINES = 'defines a limit, and undefines it';

/** A limit as it is defined: none of its bounds undefines it. */
type Bounds = readonly [upper: Item, lower: Item] | readonly [];

/** What S2F48 has of a variable that can have limits. */
interface Limited {
  readonly vid: Item;
  readonly min: Item;
  readonly max: Item;
  readonly defined: readonly Item[];
}

function limitedOf(row: Item): Limited | undefined {
  must(row.format === 'L' && row.length === 2, `an entry of S2F48 is no L,2: ${String(row)}`);
  const [vid, about] = row.list;
  must(vid !== undefined && readId(vid) !== undefined, `an entry has no VID: ${String(row)}`);
  if (isNothing(about)) return undefined;
  must(about?.format === 'L' && about.length === 4, `no L,4 of units, bounds and limits: ${String(row)}`);
  const [, min, max, defined] = about.list;
  must(min !== undefined && max !== undefined, `no bounds: ${String(row)}`);
  return { vid, min, max, defined: listOf(defined) };
}

/** The first variable with limits of numbers, none of which is defined. SKIP where there is none. */
async function someLimited(tool: ToolProbe): Promise<Limited> {
  for (const row of listOf(await tool.body(S(2, 47).w(L())))) {
    const found = limitedOf(row);
    if (found?.defined.length === 0 && numberOf(found.min) !== undefined && numberOf(found.max) !== undefined)
      return found;
  }
  throw new RuleSkip('no variable can have limits, or all have some');
}

async function limiting(tool: ToolProbe, vid: Item, limitId: number, bounds: Bounds): Promise<SecsMessage> {
  return S(2, 45).w(L(await tool.dataId(), L(L(vid, L(L(B(limitId), L(...bounds)))))));
}

/** What a refused S2F46 says of the one variable: LVACK and LIMITACK. */
async function refusal(
  tool: ToolProbe,
  message: SecsMessage,
): Promise<{ vlaack: number; lvack?: number | undefined; limitack?: number | undefined }> {
  const body = await tool.body(message);
  const vlaack = codeIn(body);
  const [first] = listOf(body.at(1));
  if (first === undefined) return { vlaack };
  const [, lvack, limit] = listOf(first);
  const limitack = limit?.format === 'L' ? numberOf(limit.list[1]) : undefined;
  return { vlaack, lvack: numberOf(lvack), limitack };
}

/** A limit that must be refused with a LIMITACK; undone should it be taken. */
async function wantsLimitAck(
  tool: ToolProbe,
  limited: Limited,
  limitId: number,
  bounds: Bounds,
  code: number,
): Promise<void> {
  await undefineLater(tool, limited, limitId);
  const { vlaack, lvack, limitack } = await refusal(tool, await limiting(tool, limited.vid, limitId, bounds));
  must(vlaack === 1, `VLAACK ${vlaack}`);
  must(lvack === 4 && limitack === code, `LVACK ${lvack}, LIMITACK ${limitack}`);
}

async function undefineLater(tool: ToolProbe, { vid }: Limited, limitId: number): Promise<void> {
  const undefining = await limiting(tool, vid, limitId, []);
  // Where it is not defined, or cannot be, there is nothing to undo.
  tool.later('the limit', async () => {
    if ((await definedNow(tool, vid)).some((entry) => numberOf(entry.at(0)) === limitId))
      await tool.mustAccept(undefining, 0);
  });
}

async function definedNow(tool: ToolProbe, vid: Item): Promise<readonly Item[]> {
  const [row] = listOf(await tool.served(S(2, 47).w(L(vid))));
  return row === undefined ? [] : (limitedOf(row)?.defined ?? []);
}

/** Limits (G-55 to G-57). */
export const LIMIT_RULES: readonly GemRule<ToolProbe>[] = [
  reading('G-56a', 'S2F47 for all gives those variables that can have limits, each L,4', async (tool) => {
    const rows = listOf(await tool.body(S(2, 47).w(L())));
    for (const row of rows) must(limitedOf(row) !== undefined, `one without limits comes: ${String(row)}`);
  }),
  reading('G-56b', 'S2F47 answers a variable without limits with L,0', async (tool) => {
    const limited = listOf(await tool.body(S(2, 47).w(L()))).map((row) => readId(row.at(0)));
    const other = (await tool.named('SV')).find(({ id }) => !limited.includes(id));
    needs(other !== undefined, 'all SVs can have limits');
    const [row] = listOf(await tool.served(S(2, 47).w(L(other.item))));
    must(row !== undefined && limitedOf(row) === undefined, `no L,0 for ${other.name}: ${String(row)}`);
  }),
  altering('G-55a', 'an unknown VID is answered VLAACK 1, LVACK 1', REFUSED, async (tool) => {
    const vid = await tool.unused('VID');
    const { vlaack, lvack } = await refusal(tool, await limiting(tool, vid, 1, []));
    must(vlaack === 1 && lvack === 1, `VLAACK ${vlaack}, LVACK ${lvack}`);
  }),
  altering('G-55b', 'a variable without limits is answered LVACK 2', REFUSED, async (tool) => {
    const rows = listOf(await tool.body(S(2, 47).w(L())));
    const limited = rows.map((row) => readId(row.at(0)));
    const other = (await tool.named('SV')).find(({ id }) => !limited.includes(id));
    needs(other !== undefined, 'all SVs can have limits');
    const { vlaack, lvack } = await refusal(tool, await limiting(tool, other.item, 1, []));
    must(vlaack === 1 && lvack === 2, `VLAACK ${vlaack}, LVACK ${lvack}`);
  }),
  altering('G-55c', 'UPPERDB below LOWERDB is answered LIMITACK 4', REFUSED, async (tool) => {
    const limited = await someLimited(tool);
    await wantsLimitAck(tool, limited, 1, [limited.min, limited.max], 4);
  }),
  altering('G-55d', 'UPPERDB above LIMITMAX is answered LIMITACK 2', REFUSED, async (tool) => {
    const limited = await someLimited(tool);
    const beyond = like(limited.max, 2 * Math.abs(numberOf(limited.max) ?? 0) + 1);
    needs(beyond !== undefined, `nothing above ${String(limited.max)} can be written`);
    await wantsLimitAck(tool, limited, 1, [beyond, limited.min], 2);
  }),
  altering('G-55e', 'a LIMITID of 0 is answered LIMITACK 1', REFUSED, async (tool) => {
    const limited = await someLimited(tool);
    await wantsLimitAck(tool, limited, 0, [limited.max, limited.min], 1);
  }),
  altering(
    'G-55f',
    'a limit is defined (VLAACK 0), listed by S2F47, and undefined',
    DEFINES,
    async (tool) => {
      const limited = await someLimited(tool);
      const { vid, min, max } = limited;
      await undefineLater(tool, limited, 7);
      await tool.wants(await limiting(tool, vid, 7, [max, min]), 0);
      const [entry, more] = await definedNow(tool, vid);
      must(entry !== undefined && more === undefined, 'S2F47 does not list the one that was defined');
      const [limitId, upper, lower] = listOf(entry);
      must(numberOf(limitId) === 7, `another LIMITID: ${String(entry)}`);
      const isSame = numberOf(upper) === numberOf(max) && numberOf(lower) === numberOf(min);
      must(isSame, `other bounds: ${String(entry)}`);
      await tool.mustAccept(await limiting(tool, vid, 7, []), 0);
      must((await definedNow(tool, vid)).length === 0, 'it is listed after it was undefined');
    },
  ),
  altering(
    'G-57',
    'a variable that enters the zone above a limit raises an event',
    `${DEFINES}; has the variable raised, with all events enabled`,
    async (tool) => {
      const limited = await someLimited(tool);
      const { vid, min, max } = limited;
      await tool.enable();
      await undefineLater(tool, limited, 7);
      await tool.wants(await limiting(tool, vid, 7, [max, min]), 0);
      tool.forget();
      const id = readId(vid) ?? '';
      const [before] = listOf(await tool.served(S(1, 3).w(L(vid))));
      const [low, high] = [numberOf(before), numberOf(max)];
      needs(low !== undefined && high !== undefined && low < high, `VID ${id} is ${String(before)}`);
      const moving = (value: number): Promise<void> =>
        tool.operate('setValue', `have VID ${id} be ${value}`, { id, value });
      tool.later(`VID ${id}`, () => moving(low));
      await moving(high);
      const came = await tool.next('S6F11');
      must(came !== undefined, 'no S6F11 comes');
      reported(came);
    },
    { operator: true },
  ),
];
