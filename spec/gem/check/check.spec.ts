import { A, B, L, message, S, U4, type Item, type SecsMessage } from '../../../src/secs2';
import { checkEquipment, checkHtml, checkJUnit, equipmentChanges, type RuleResult } from '../../../src/gem';
import { SecsRequestError } from '../../../src';
import { etcher, type Bed } from '../equipment/bed';

let bed: Bed;

beforeEach(async () => {
  bed = await etcher();
});

afterEach(() => bed.down());

/** Replies that are not the tool's: the defects. */
type Defects = Readonly<Record<string, (asked: SecsMessage) => Item | undefined>>;

function check(change = true, defects: Defects = {}): Promise<readonly RuleResult[]> {
  const request = async (asked: SecsMessage): Promise<SecsMessage> => {
    const wrong = defects[asked.name]?.(asked);
    if (wrong !== undefined) return message(asked.stream, asked.function + 1, false, wrong);
    return bed.host.request(asked);
  };
  return bed.clock.settled(checkEquipment({ request }, { change }));
}

const failed = (results: readonly RuleResult[]): string[] =>
  results.filter(({ verdict }) => verdict === 'FAIL').map(({ id }) => id);

const one = (answer: Item) => () => answer;

describe('checkEquipment', () => {
  it('passes our equipment whole', async () => {
    const results = await check();
    expect(results.filter(({ verdict }) => verdict !== 'PASS')).toEqual([]);
    for (const { trace } of results) expect(trace.length).toBeGreaterThan(0);
  });

  it('only reads by default: what alters the tool is skipped, and said', async () => {
    const results = await check(false);
    const skipped = results.filter(({ verdict }) => verdict === 'SKIP').map(({ id }) => id);
    expect(skipped).toEqual(equipmentChanges().map(({ id }) => id));
    expect(results.find(({ id }) => id === 'G-40b')?.reason).toMatch(/defines report \d+ and deletes it/);
  });

  it('leaves no report behind', async () => {
    await check();
    expect(await bed.reply('S2F33 W <L <U4 0> <L <L <U4 4294967001> <L <U4 2001>>>>>')).toBe('<B 0x00>');
  });

  const row = (...texts: Item[]): Item => L(L(...texts));
  const unknownNamed = (width: number) => (asked: SecsMessage) =>
    asked.item?.length === 1
      ? row(U4(4_294_967_001), A('wrong'), ...Array.from({ length: width - 2 }, () => A('')))
      : undefined;
  const twice = (width: number) => (asked: SecsMessage) => {
    const entry = L(U4(1), ...Array.from({ length: width - 1 }, () => A('')));
    return asked.item?.length === 0 ? L(entry, entry) : undefined;
  };

  it.each<[string, Defects]>([
    ['G-14', { S1F13: one(L(B(1), L(A('E'), A('1')))) }],
    ['G-15', { S1F13: one(L(B(0), L())) }],
    ['G-94', { S1F1: one(L()) }],
    ['G-2', { S1F3: ({ item }) => (item?.list[0]?.format === 'U2' ? L(L()) : undefined) }],
    ['G-30a', { S1F3: ({ item }) => (item?.length === 0 ? L(U4(1)) : undefined) }],
    ['G-30b', { S1F3: ({ item }) => (item?.list[0]?.number === 4_294_967_001 ? L() : undefined) }],
    ['G-31a', { S1F11: twice(3) }],
    ['G-31b', { S1F11: unknownNamed(3) }],
    ['G-31-a', { S2F29: twice(6) }],
    ['G-31-b', { S2F29: unknownNamed(6) }],
    ['G-32a', { S1F21: twice(3) }],
    ['G-32b', { S1F21: unknownNamed(3) }],
    ['G-32-a', { S1F23: twice(3) }],
    ['G-32-b', { S1F23: unknownNamed(3) }],
    ['G-62', { S5F5: one(L(L(U4(1)))) }],
    ['G-70', { S7F5: one(L(A('x'), B(1))) }],
    ['G-77', { S2F17: one(A('noon')) }],
    ['G-78', { S2F25: one(B(0)) }],
    ['G-79a', { S99F1: one(L()) }],
    ['G-79b', { S1F99: one(L()) }],
    ['G-79c', { S2F33: ({ item }) => (item?.format === 'BOOLEAN' ? B(0) : undefined) }],
    ['G-65', { S2F41: one(L(B(0), L())) }],
    ['G-33', { S2F15: one(B(0)) }],
    ['G-40a', { S2F33: one(B(0)) }],
    ['G-40b', { S2F33: one(B(0)) }],
    ['G-41', { S2F35: one(B(0)) }],
    ['G-42', { S2F37: one(B(0)) }],
  ])('%s is shown to fail', async (id, defects) => {
    expect(failed(await check(true, defects))).toContain(id);
  });

  it('has a defect for each rule', async () => {
    expect((await check()).length).toBe(27);
  });

  it('skips what is not served, fails what is not answered, and ends with the link', async () => {
    const withOutcome = (outcome: string) => (): never => {
      throw new SecsRequestError('HSMS_T3_TIMEOUT', outcome as never, outcome);
    };
    expect(failed(await check(true, { S2F25: withOutcome('t3') }))).toEqual(['G-78']);
    const aborted = await check(true, { S2F25: withOutcome('aborted') });
    expect(aborted.find(({ id }) => id === 'G-78')?.verdict).toBe('SKIP');
    for (const ours of ['closed', 'ended', 'unsent', 'cancelled']) {
      await expect(check(true, { S2F25: withOutcome(ours) })).rejects.toThrow(ours);
    }
  });

  it('writes JUnit and HTML, in which text of a tool is text', async () => {
    const results = await check(true, { S2F17: one(A('<img onerror=x>')) });
    expect(checkJUnit(results)).toMatch(/tests="27" failures="1" skipped="0"/);
    expect(checkHtml(results)).toContain('26 PASS, 1 FAIL, 0 SKIP');
    expect(checkHtml(results) + checkJUnit(results)).not.toContain('<img');
    expect(S(1, 1).name).toBe('S1F1');
  });
});
