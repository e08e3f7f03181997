import { A, B, BOOLEAN, L, S, U1, U4, type Item, type SecsMessage } from '../../../src/secs2';
import type { Between, Defect, Wrong } from './check-bed';

/** What `Between` does instead of the tool: by the name of the message that is asked, or told. */
type Asked = Wrong | ((message: SecsMessage, between: Between) => Wrong | Promise<Wrong>);
type Told =
  | SecsMessage
  | 'drop'
  | undefined
  | ((message: SecsMessage, between: Between) => SecsMessage | 'drop' | undefined);

const asked = (name: string, wrong: Asked): Defect => ({
  asked: (message, between) =>
    message.name !== name ? undefined : typeof wrong === 'function' ? wrong(message, between) : wrong,
});

const told = (name: string, made: Told): Defect => ({
  told: (message, between) =>
    message.name !== name ? undefined : typeof made === 'function' ? made(message, between) : made,
});

/** The id that no tool has. */
const NONE = 4_294_967_001;
const first = (item: Item | undefined): Item | undefined => (item?.format === 'L' ? item.list[0] : undefined);
const numberIn = (item: Item | undefined): number | undefined =>
  item?.format === 'U4' && item.length === 1 ? item.number : undefined;
const isUnknown = ({ item }: SecsMessage): boolean => numberIn(first(item)) === NONE;
const sizeOf = (item: Item | undefined): number => item?.length ?? -1;

/** An unknown id has a name. */
const named = (name: string, width: number): Defect =>
  asked(name, (message) =>
    isUnknown(message)
      ? L(L(U4(NONE), A('wrong'), ...Array.from({ length: width - 2 }, () => A(''))))
      : undefined,
  );

/** The same id is there twice. */
const twice = (name: string, width: number): Defect => {
  const row = L(U4(1), ...Array.from({ length: width - 1 }, () => A('')));
  return asked(name, ({ item }) => (sizeOf(item) === 0 ? L(row, row) : undefined));
};

/** Of a list that must be taken or refused whole, the first entry is carried out. */
const half = (
  name: string,
  list: (item: Item) => Item,
  make: (message: SecsMessage, entry: Item) => Item,
  code: number,
): Defect =>
  asked(name, async (message, between) => {
    const { item, stream, function: fn } = message;
    if (item === undefined || list(item).length < 2) return undefined;
    await between.atTool(S(stream, fn).w(make(message, list(item).at(0))));
    return B(code);
  });

const second = (item: Item): Item => item.at(1);
const withId = ({ item }: SecsMessage, entry: Item): Item => L((item as Item).at(0), L(entry));

/** S6F11 as it comes, with something else in it. */
const event = (change: (dataId: Item, ceid: Item, reports: Item) => Item): Defect =>
  told('S6F11', ({ item }) => {
    const [dataId, ceid, reports] =
      (item as Item).format === 'L' ? ((item as Item).list as [Item, Item, Item]) : [U4(0), U4(0), L()];
    return S(6, 11).w(change(dataId, ceid, reports));
  });

/** The values of each report, changed. */
const values = (change: (list: readonly Item[]) => readonly Item[]): Defect =>
  event((dataId, ceid, reports) =>
    L(
      dataId,
      ceid,
      L(
        ...(reports.format === 'L' ? reports.list : []).map((report) =>
          L(report.at(0), L(...change(listIn(report.at(1))))),
        ),
      ),
    ),
  );

const listIn = (item: Item | undefined): readonly Item[] => (item?.format === 'L' ? item.list : []);

const sample = (change: (parts: [Item, Item, Item, Item]) => Item | 'drop'): Defect =>
  told('S6F1', ({ item }) => {
    const made = change(listIn(item) as [Item, Item, Item, Item]);
    return made === 'drop' ? 'drop' : S(6, 1).w(made);
  });

const smpln = (item: Item | undefined): number => numberIn(item?.at(1)) ?? 0;
const noEvent = told('S6F11', 'drop');
const refused = L(B(1), L());
const done = L(B(0), L());
const wantsNone =
  (answer: SecsMessage) =>
  (message: SecsMessage, between: Between): Wrong => {
    if (message.wBit) return undefined;
    between.toHost(answer);
    return 'silence';
  };
const afterCut =
  (wrong: Wrong) =>
  (_message: SecsMessage, { links }: Between): Wrong =>
    links >= 2 ? wrong : undefined;

/** For each rule a defect of a tool with which it must fail. */
export const DEFECTS: Readonly<Record<string, Defect>> = {
  'G-14': asked('S1F13', L(B(1), L(A('E'), A('1')))),
  'G-15a': asked('S1F13', L(B(0), L())),
  'G-15b': asked('S1F13', ({ item }) => (sizeOf(item) === 0 ? undefined : 'S9F7')),
  'G-10a': told('S1F13', 'drop'),
  'G-15c': told('S1F13', S(1, 13).w(L())),
  'G-10b': told('S1F13', (_message, between) =>
    between.times(`S1F13 on ${between.links}`) > 1 ? 'drop' : undefined,
  ),
  'G-10c': asked('S1F13', (_message, { links }) => (links === 2 ? 'silence' : undefined)),
  'G-12': asked('S1F3', afterCut('silence')),
  'G-13': asked('S1F13', (_message, { links }) => (links === 2 ? 'silence' : undefined)),
  'G-24': asked('S1F3', afterCut(L(U1(4)))),
  'G-94': asked('S1F1', L()),
  'G-20a': asked('S1F3', ({ item }) => (sizeOf(item) === 1 ? L(U1(3)) : undefined)),
  'G-20b': asked('S1F15', B(1)),
  'G-20c': noEvent,
  'G-20d': noEvent,
  'G-20e': asked('S1F15', (_message, between) => {
    between.toHost(S(6, 11).w(L(U4(0), U4(1), L())));
    return undefined;
  }),
  'G-22a': asked('S1F3', ({ item }) => (sizeOf(item) === 0 ? L() : undefined)),
  'G-22b': asked('S1F13', 'abort'),
  'G-22c': asked('S1F3', wantsNone(S(1, 0))),
  'G-23a': asked('S1F17', B(0)),
  'G-23b': asked('S1F17', B(0)),
  'G-25': asked('S2F41', done),
  'G-2': asked('S1F3', ({ item }) => (first(item)?.format === 'U2' ? L(L()) : undefined)),
  'G-3': asked('S2F29', ({ item }) =>
    sizeOf(item) === 0 ? L(L(U4(1001), A('X'), A(''), A(''), A(''), A(''))) : undefined,
  ),
  'G-30a': asked('S1F3', ({ item }) => (sizeOf(item) === 0 ? L(U4(1)) : undefined)),
  'G-30b': asked('S1F3', (message) => (isUnknown(message) ? L() : undefined)),
  'G-30c': asked('S1F3', async ({ item }, between) => {
    if (sizeOf(item) < 3) return undefined;
    return (await between.atTool(S(1, 3).w(L(...[...listIn(item)].reverse()))))?.item;
  }),
  'G-30d': asked('S2F13', ({ item }) => (sizeOf(item) === 0 ? L(U4(1)) : undefined)),
  'G-30e': asked('S2F13', (message) => (isUnknown(message) ? L(U1(0)) : undefined)),
  'G-31a': twice('S1F11', 3),
  'G-31b': named('S1F11', 3),
  'G-31c': twice('S2F29', 6),
  'G-31d': named('S2F29', 6),
  'G-31e': asked('S2F13', L(U4(99_999))),
  'G-32a': twice('S1F21', 3),
  'G-32b': named('S1F21', 3),
  'G-32c': twice('S1F23', 3),
  'G-32d': named('S1F23', 3),
  'G-33a': asked('S2F15', B(0)),
  'G-33b': asked('S2F15', B(0)),
  'G-33c': asked('S2F15', B(0)),
  'G-33d': half(
    'S2F15',
    (item) => item,
    (_message, entry) => L(entry),
    1,
  ),
  'G-34a': asked('S2F15', async (message, between) => {
    const reply = await between.atTool(message);
    between.toHost(S(6, 11).w(L(U4(0), U4(4), L())));
    return reply?.item;
  }),
  'G-34b': noEvent,
  'G-40a': asked('S2F33', B(0)),
  'G-40b': asked('S2F33', B(0)),
  'G-40c': half('S2F33', second, withId, 4),
  'G-40d': asked('S2F33', ({ item }) => (sizeOf(item?.at(1)?.at(0)?.at(1)) > 1 ? B(4) : undefined)),
  'G-40e': asked('S2F33', ({ item }) => (sizeOf(item?.at(1)) === 0 ? B(0) : undefined)),
  'G-41a': asked('S2F35', B(0)),
  'G-41b': asked('S2F35', B(0)),
  'G-41c': asked('S2F35', B(0)),
  'G-41d': half('S2F35', second, withId, 4),
  'G-41e': asked('S2F35', ({ item }) => (sizeOf(item?.at(1)?.at(0)?.at(1)) === 0 ? B(0) : undefined)),
  'G-42a': asked('S2F37', B(0)),
  'G-42b': half('S2F37', second, withId, 1),
  'G-42c': asked('S2F37', async ({ item }, between) => {
    const isAll = sizeOf(item?.at(1)) === 0 && item?.at(0)?.equals(BOOLEAN(true));
    if (isAll !== true) return undefined;
    await between.atTool(S(2, 37).w(L(BOOLEAN(true), L(U4(1)))));
    return B(0);
  }),
  'G-42d': asked('S1F17', (_message, between) => {
    between.toHost(S(6, 11).w(L(U4(0), U4(3), L())));
    return undefined;
  }),
  'G-46': asked('S2F33', afterCut(B(0))),
  'G-92': asked('S2F33', afterCut(B(0))),
  'G-43a': told('S6F11', ({ item }) => S(6, 11, item as Item)),
  'G-43b': values((list) => [...list].reverse().slice(1)),
  'G-43c': values((list) => list.map(() => U1(3))),
  'G-43d': event((dataId, _ceid, reports) => L(dataId, U4(1), reports)),
  'G-44': asked('S2F39', B(1)),
  'G-45a': asked('S6F15', L()),
  'G-45b': asked('S6F19', L()),
  'G-50a': asked('S2F23', B(0)),
  'G-50b': asked('S2F23', B(0)),
  'G-50c': asked('S2F23', B(0)),
  'G-50d': told('S6F1', (message, between) => {
    between.toHost(message);
    return undefined;
  }),
  'G-50e': asked('S2F23', ({ item }) => (numberIn(item?.at(2)) === 0 ? B(0) : undefined)),
  'G-51a': sample((parts) => (numberIn(parts[1]) === 3 ? 'drop' : L(...parts))),
  'G-51b': sample(([trid, n, time, list]) => L(trid, n, time, L(...listIn(list).slice(1)))),
  'G-51c': sample(([trid, n, , list]) => L(trid, n, A('noon'), list)),
  'G-51d': {
    told: (message, between) => {
      if (message.name !== 'S6F1' || smpln(message.item) !== 2) return undefined;
      between.clock.setTimer('spec', 0.95, () => between.toHost(message));
      return 'drop';
    },
  },
  'G-55a': asked('S2F45', done),
  'G-55b': asked('S2F45', done),
  'G-55c': asked('S2F45', done),
  'G-55d': asked('S2F45', done),
  'G-55e': asked('S2F45', done),
  'G-55f': asked('S2F45', done),
  'G-56a': asked('S2F47', ({ item }) => (sizeOf(item) === 0 ? L(L(U4(1), L())) : undefined)),
  'G-56b': asked('S2F47', ({ item }) =>
    sizeOf(item) === 1 ? L(L(first(item) as Item, L(A(''), U4(0), U4(1), L()))) : undefined,
  ),
  'G-57': noEvent,
  'G-60a': told('S5F1', ({ item }) => S(5, 1).w(L(B(1), ...listIn(item).slice(1)))),
  'G-60b': told('S5F1', 'drop'),
  'G-60c': asked('S5F3', async ({ item }, between) => {
    await between.atTool(S(5, 3).w(L(B(0x80), ...listIn(item).slice(1))));
    return B(0);
  }),
  'G-61a': asked('S5F3', B(0)),
  'G-61b': asked('S5F3', B(0)),
  'G-61c': asked('S5F3', ({ item }) => (sizeOf(item?.at(1)) === 0 ? B(0) : undefined)),
  'G-62a': asked('S5F5', L(L(U1(1), U4(1), A('')))),
  'G-62b': asked('S5F5', ({ item }) => (sizeOf(item) === 1 ? L() : undefined)),
  'G-62c': asked('S5F5', ({ item }) => (numberIn(item) === NONE ? 'abort' : undefined)),
  'G-62d': asked('S5F7', L(L(B(0), U4(77), A('')))),
  'G-65a': asked('S2F41', done),
  'G-65b': asked('S2F41', L(B(3), L())),
  'G-66': noEvent,
  'G-67a': asked('S2F49', done),
  'G-67b': asked('S2F21', B(0)),
  'G-67c': noEvent,
  'G-70a': asked('S7F5', L(A('x'), A('x'))),
  'G-70b': asked('S7F19', L(A('x'), A('x'))),
  'G-70c': asked('S7F3', B(0)),
  'G-70d': asked('S7F17', B(0)),
  'G-70e': half(
    'S7F17',
    (item) => item,
    (_message, entry) => L(entry),
    4,
  ),
  'G-70f': asked('S7F3', (_message, between) => (between.times('S7F3') > 1 ? B(0) : undefined)),
  'G-70g': asked('S7F1', B(2)),
  'G-71': asked('S7F5', ({ item }) => L(item as Item, A('rxsecs\r\n\t"'))),
  'G-72a': asked('S7F25', L(A('x'), A(''), A(''), L())),
  'G-72b': told('S7F27', 'drop'),
  'G-74': noEvent,
  'G-76a': asked('S10F3', B(1)),
  'G-76b': asked('S10F3', B(0)),
  'G-76c': asked('S10F5', B(1)),
  'G-76d': asked('S10F3', wantsNone(S(10, 0))),
  'G-76e': asked('S10F9', B(1)),
  'G-76f': told('S10F1', S(10, 1).w(A('help'))),
  'G-76g': noEvent,
  'G-77a': asked('S2F17', A('noon')),
  'G-77b': asked('S2F31', B(0)),
  'G-77c': asked('S2F31', B(0)),
  'G-77d': asked('S2F17', A('2026112912000000')),
  'G-77e': asked('S2F31', ({ item }) => (sizeOf(item) === 12 ? B(1) : undefined)),
  'G-78': asked('S2F25', B(0)),
  'G-5': asked('S1F1', wantsNone(S(1, 0))),
  'G-79a': asked('S99F1', L()),
  'G-79b': asked('S1F99', L()),
  'G-79c': asked('S2F33', ({ item }) => (item?.format === 'BOOLEAN' ? B(0) : undefined)),
  'G-79d': told('S9F9', 'drop'),
  'G-79e': told('S9F13', 'drop'),
  'G-85': asked('S1F3', afterCut(L(U4(0)))),
  'G-86': asked('S2F23', (_message, between) => {
    if (between.links >= 2) between.toHost(S(6, 1).w(L(U4(1), U4(1), A(''), L())));
    return undefined;
  }),
  'G-87a': asked('S2F43', done),
  'G-87b': asked('S2F43', done),
  'G-87c': asked('S2F43', done),
  'G-87d': asked('S2F43', done),
  'G-87e': asked('S2F43', refused),
  'G-88a': asked('S6F23', B(0)),
  'G-88b': told('S6F1', (message, between) => {
    if (between.links >= 2) between.toHost(message);
    return undefined;
  }),
  'G-88c': asked('S6F23', B(0)),
};
