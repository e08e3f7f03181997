import { L, S, U1, U2, U4, U8, type Item, type SecsMessage } from '../../../secs2/index.js';
import { readId } from '../../model/id.js';
import { listOf } from '../probe.js';
import { must, needs, RuleSkip, type GemRule } from '../rule.js';
import { altering, reading } from './support/make-rule.js';
import { like } from './support/numbers.js';
import {
  enabling,
  isEmpty,
  isNothing,
  numberOf,
  rowsOf,
  setting,
  type Named,
  type ToolProbe,
} from './support/tool-probe.js';

/** A list of names: all are told for n=0, and of an unknown id the id with empty texts. */
function lists(
  ids: readonly [string, string],
  kind: 'SV' | 'DV' | 'EC' | 'CE',
  name: readonly [number, number, number],
  idKind: 'VID' | 'CEID',
): GemRule<ToolProbe>[] {
  const [stream, fn, width] = name;
  const asking = (...wanted: readonly Item[]): SecsMessage => S(stream, fn).w(L(...wanted));
  return [
    reading(ids[0], `S${stream}F${fn} with an empty list names all ${kind}s, each once`, async (tool) => {
      const rows = rowsOf(await tool.body(asking()), width);
      must(new Set(rows.map(({ id }) => id)).size === rows.length, 'an id comes twice');
    }),
    reading(ids[1], `S${stream}F${fn} answers an unknown id with that id and empty texts`, async (tool) => {
      await tool.body(asking());
      const unknown = await tool.unused(idKind);
      const [row, more] = rowsOf(await tool.served(asking(unknown)), width);
      must(row !== undefined && more === undefined, 'one id was asked, and not one entry came');
      must(row.id === readId(unknown), `another id came: ${String(L(...row.row))}`);
      must(isEmpty(row.row[1]), `the name is not empty: ${String(L(...row.row))}`);
    }),
  ];
}

const SETS = 'sets a constant';

/** A constant of a number with bounds, its value, and another number in its format. */
interface Candidate {
  readonly constant: Named;
  readonly value: Item;
  readonly other: Item;
}

/** The first constant for which `other` finds a number. SKIP where there is none. */
async function candidate(
  tool: ToolProbe,
  other: (value: number, min: number, max: number) => number | undefined,
): Promise<Candidate> {
  for (const constant of await tool.named('EC')) {
    // How the tool communicates and spools is left alone.
    if (/establish|init|online|offline|spool|timeformat|rptype/i.test(constant.name.replace(/\W|_/g, '')))
      continue;
    const [min, max] = [numberOf(constant.row[2]), numberOf(constant.row[3])];
    const value = await tool.constant(constant);
    const number = numberOf(value);
    if (min === undefined || max === undefined || number === undefined) continue;
    const wanted = other(number, min, max);
    const item = wanted === undefined ? undefined : like(value, wanted);
    if (item !== undefined) return { constant, value, other: item };
  }
  throw new RuleSkip('the tool has no constant of a number with bounds to try this on');
}

/** Another value that is allowed. */
const changeable = (tool: ToolProbe): Promise<Candidate> =>
  candidate(tool, (value, min, max) => {
    const other = value + 1 <= max ? value + 1 : value - 1;
    return other >= min ? other : undefined;
  });

/** Sets a constant. A tool that is busy, or LOCAL, cannot be judged. */
async function eac(tool: ToolProbe, message: SecsMessage): Promise<number> {
  const code = await tool.code(message);
  needs(code !== 2, 'the tool is busy (EAC 2)');
  return code;
}

/** Variables and constants (G-2, G-3, G-30 to G-34). */
export const VARIABLE_RULES: readonly GemRule<ToolProbe>[] = [
  reading('G-2', 'ids compare by value: U2, U4 and U8 of one SVID give one value', async (tool) => {
    const values = listOf(await tool.body(S(1, 3).w(L())));
    const found = (await tool.named('SV')).find(
      ({ id }, i) =>
        typeof id === 'number' && id <= 0xffff && values[i] !== undefined && !isNothing(values[i]),
    );
    needs(found !== undefined, 'the tool names no SVID of 0 to 65535 that has a value');
    const id = Number(found.id);
    for (const item of [U2(id), U4(id), U8(id)]) {
      const [value, more] = listOf(await tool.served(S(1, 3).w(L(item))));
      const isThere = value !== undefined && more === undefined && !isNothing(value);
      must(isThere, `SVID ${id} as ${item.format} is not found`);
    }
  }),
  reading('G-3', 'SVs, DVs and ECs have different ids', async (tool) => {
    const owner = new Map<string | number, string>();
    for (const kind of ['SV', 'DV', 'EC'] as const) {
      for (const { id } of kind === 'DV' ? await tool.namedIfAny(kind) : await tool.named(kind)) {
        const other = owner.get(id);
        must(other === undefined || other === kind, `VID ${id} is ${other} and ${kind}`);
        owner.set(id, kind);
      }
    }
  }),
  reading('G-30a', 'S1F3 with an empty list gives all SVs that S1F11 names', async (tool) => {
    const named = (await tool.named('SV')).length;
    const { length } = listOf(await tool.body(S(1, 3).w(L())));
    must(named === length, `S1F11 names ${named}, S1F3 gives ${length}`);
  }),
  reading('G-30b', 'S1F3 answers an unknown SVID with L,0', async (tool) => {
    await tool.body(S(1, 3).w(L()));
    const body = await tool.served(S(1, 3).w(L(await tool.unused('VID'))));
    const [value, more] = listOf(body);
    must(isNothing(value) && more === undefined, `no L,0: ${String(body)}`);
  }),
  reading('G-30c', 'S1F3 gives values in the order in which they are asked', async (tool) => {
    const ids = (await tool.named('SV')).map(({ item }) => item).reverse();
    needs(ids.length > 1, 'the tool names no two SVs');
    const unknown = await tool.unused('VID');
    const [first, ...others] = listOf(await tool.served(S(1, 3).w(L(unknown, ...ids))));
    const all = [...listOf(await tool.served(S(1, 3).w(L())))].reverse();
    const formats = (items: readonly Item[]): string => items.map(({ format }) => format).join(' ');
    must(isNothing(first), `the first one asked is unknown, and its value is ${String(first)}`);
    must(formats(others) === formats(all), `${formats(others)} came for what is ${formats(all)}`);
  }),
  reading('G-30d', 'S2F13 with an empty list gives all ECs that S2F29 names', async (tool) => {
    const named = (await tool.named('EC')).length;
    const { length } = listOf(await tool.body(S(2, 13).w(L())));
    must(named === length, `S2F29 names ${named}, S2F13 gives ${length}`);
  }),
  reading('G-30e', 'S2F13 answers an unknown ECID with L,0', async (tool) => {
    await tool.body(S(2, 13).w(L()));
    const body = await tool.served(S(2, 13).w(L(await tool.unused('VID'))));
    const [value, more] = listOf(body);
    must(isNothing(value) && more === undefined, `no L,0: ${String(body)}`);
  }),
  ...lists(['G-31a', 'G-31b'], 'SV', [1, 11, 3], 'VID'),
  ...lists(['G-31c', 'G-31d'], 'EC', [2, 29, 6], 'VID'),
  reading('G-31e', 'each constant is within the bounds that S2F29 gives', async (tool) => {
    for (const constant of await tool.named('EC')) {
      const [min, max] = [numberOf(constant.row[2]), numberOf(constant.row[3])];
      const value = numberOf(await tool.constant(constant));
      if (value === undefined) continue;
      const isWithin = (min === undefined || value >= min) && (max === undefined || value <= max);
      must(isWithin, `${constant.name} is ${value}: ${min} to ${max} is allowed`);
    }
  }),
  ...lists(['G-32a', 'G-32b'], 'DV', [1, 21, 3], 'VID'),
  ...lists(['G-32c', 'G-32d'], 'CE', [1, 23, 3], 'CEID'),
  altering(
    'G-33a',
    'an unknown ECID is answered EAC 1',
    'sets a constant that a tool must not have',
    async (tool) => {
      const item = await tool.unused('VID');
      await tool.wants(setting({ item }, U1(0)), 1);
    },
  ),
  altering(
    'G-33b',
    'a value above ECMAX is answered EAC 3, and changes nothing',
    `${SETS} beyond its bounds, which a tool must refuse`,
    async (tool) => {
      const { constant, value, other } = await candidate(tool, (_value, _min, max) => max + 1);
      tool.later(`constant ${constant.name}`, async () => {
        if (!(await tool.constant(constant)).equals(value))
          await tool.mustAccept(setting(constant, value), 0);
      });
      const code = await eac(tool, setting(constant, other));
      must(code === 3, `EAC ${code} for ${constant.name} = ${String(other)}`);
      must((await tool.constant(constant)).equals(value), `${constant.name} has changed all the same`);
    },
  ),
  altering('G-33c', 'a value that is allowed is answered EAC 0, and read back', SETS, async (tool) => {
    const { constant, value, other } = await changeable(tool);
    tool.later(`constant ${constant.name}`, () => tool.mustAccept(setting(constant, value), 0));
    const code = await eac(tool, setting(constant, other));
    must(code === 0, `EAC ${code} for ${constant.name}`);
    const found = await tool.constant(constant);
    must(found.equals(other), `${constant.name} is ${String(found)}, not ${String(other)}`);
  }),
  altering(
    'G-33d',
    'all or nothing: with an unknown ECID beside it no constant is set',
    SETS,
    async (tool) => {
      const { constant, value, other } = await changeable(tool);
      tool.later(`constant ${constant.name}`, async () => {
        if (!(await tool.constant(constant)).equals(value))
          await tool.mustAccept(setting(constant, value), 0);
      });
      const both = S(2, 15).w(L(L(constant.item, other), L(await tool.unused('VID'), U1(0))));
      const code = await eac(tool, both);
      must(code !== 0, 'EAC 0 for an unknown ECID');
      must((await tool.constant(constant)).equals(value), `${constant.name} was set all the same`);
    },
  ),
  altering(
    'G-34a',
    'a change by the host raises no event',
    `${SETS}, with one event enabled`,
    async (tool) => {
      const event = await tool.mustHave('OperatorEquipmentConstantChange');
      const { constant, value, other } = await changeable(tool);
      await tool.keepEvents();
      await tool.wants(enabling(true, event.item), 0);
      tool.later(`constant ${constant.name}`, () => tool.mustAccept(setting(constant, value), 0));
      tool.forget();
      must((await eac(tool, setting(constant, other))) === 0, `${constant.name} could not be set`);
      await tool.nothing(
        'an event tells of it',
        ({ name, item }) => name === 'S6F11' && readId(item?.at(1)) === event.id,
      );
    },
  ),
  altering(
    'G-34b',
    'a change by the operator raises an event',
    'has a constant changed, with one event enabled',
    async (tool) => {
      const event = await tool.mustHave('OperatorEquipmentConstantChange');
      const { constant, value } = await changeable(tool);
      await tool.keepEvents();
      await tool.wants(enabling(true, event.item), 0);
      tool.forget();
      await tool.operate('changeConstant', `change ${constant.name}`, { id: constant.id });
      tool.later(`constant ${constant.name}`, () => tool.mustAccept(setting(constant, value), 0));
      await tool.comes('S6F11', ({ name, item }) => name === 'S6F11' && readId(item?.at(1)) === event.id);
    },
    { operator: true },
  ),
];
