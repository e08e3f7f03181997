import { etcher, type Bed } from '../bed';

const define = (...variables: readonly string[]): string => `S2F45 W <L <U4 1> <L ${variables.join(' ')}>>`;
const limits = (vid: number, ...list: readonly string[]): string => `<L <U4 ${vid}> <L ${list.join(' ')}>>`;
const limit = (id: number, upper: number, lower: number): string =>
  `<L <B ${id}> <L <F8 ${upper}> <F8 ${lower}>>>`;
const ok = '<L <B 0x00> <L>>';

describe('limits', () => {
  let bed: Bed;
  beforeEach(async () => {
    bed = await etcher();
  });
  afterEach(() => bed.down());

  /** The events of the limits of ChamberPressure: EventLimit and TransitionType. */
  async function told(...values: readonly number[]): Promise<string[]> {
    bed.taken();
    for (const value of values) bed.equipment.set('ChamberPressure', value);
    await bed.settle();
    return bed
      .taken()
      .map((line) => /<U4 2001> <B ([^>]*)> <U1 (\d)>/.exec(line)?.slice(1).join(' ') ?? line);
  }

  it('G-57: ABOVE at the upper bound, BELOW at the lower, between them the zone is kept', async () => {
    await bed.report(1, [1103, 1104, 1105], [32_001]);
    expect(await bed.reply(define(limits(2001, limit(1, 100, 50))))).toBe(ok);
    expect(await told(99)).toEqual([]);
    expect(await told(100)).toEqual(['0x01 0']);
    expect(await told(75, 100, 51)).toEqual([]);
    expect(await told(50)).toEqual(['0x01 1']);
    expect(await told(75, 99.9)).toEqual([]);
    expect(await told(1000, 0)).toEqual(['0x01 0', '0x01 1']);
  });

  it('G-57: the zone found at definition is not told; defined between, the first zone entered is', async () => {
    await bed.report(1, [1103, 1104, 1105], [32_001]);
    bed.equipment.set('ChamberPressure', 200);
    await bed.ask(define(limits(2001, limit(1, 100, 50))));
    expect(await told(200)).toEqual([]);
    bed.equipment.set('ChamberPressure', 75);
    await bed.ask(define(limits(2001, limit(2, 100, 50))));
    expect(await told(40)).toEqual(['0x01 0x02 1']);
  });

  it('G-57: several limits at once are one event in each direction', async () => {
    await bed.report(1, [1103, 1104, 1105], [32_001]);
    await bed.ask(define(limits(2001, limit(1, 100, 50), limit(3, 200, 150))));
    expect(await told(500)).toEqual(['0x01 0x03 0']);
  });

  it('G-57: callbacks are looked at every LimitsDelay', async () => {
    await bed.report(1, [1103, 1104, 1105], [32_001]);
    let value = 0;
    bed.equipment.provide('ChamberPressure', () => value);
    await bed.ask(define(limits(2001, limit(1, 100, 50))));
    bed.taken();
    value = 500;
    await bed.pass(0.9);
    expect(bed.taken()).toEqual([]);
    await bed.pass(0.2);
    expect(bed.taken()).toHaveLength(1);
    await bed.equipment.operator.setConstant('LimitsDelay', 10);
    value = 0;
    await bed.pass(9);
    expect(bed.taken('S6F11').filter((line) => line.includes('32001'))).toEqual([]);
    await bed.pass(2);
    expect(bed.taken('S6F11').filter((line) => line.includes('32001'))).toHaveLength(1);
  });

  it.each([
    ['no such variable', limits(77, limit(1, 2, 1)), '<L <U4 77> <B 0x01> <L>>'],
    ['one without limits', limits(2003, limit(1, 2, 1)), '<L <U4 2003> <B 0x02> <L>>'],
    ['LIMITID 0', limits(2001, limit(0, 2, 1)), '<L <U4 2001> <B 0x04> <L <B 0x00> <B 0x01>>>'],
    [
      'two numbers as a bound',
      limits(2001, '<L <B 1> <L <F8 2> <F8 1 2>>>'),
      '<L <U4 2001> <B 0x04> <L <B 0x01> <B 0x05>>>',
    ],
    [
      'what is no number',
      limits(2001, '<L <B 1> <L <F8 NaN> <F8 1>>>'),
      '<L <U4 2001> <B 0x04> <L <B 0x01> <B 0x05>>>',
    ],
    [
      'a lower bound above LIMITMAX',
      limits(2001, limit(1, 2, 1001)),
      '<L <U4 2001> <B 0x04> <L <B 0x01> <B 0x02>>>',
    ],
    [
      'text below',
      limits(2001, '<L <B 1> <L <F8 2> <A "1">>>'),
      '<L <U4 2001> <B 0x04> <L <B 0x01> <B 0x06>>>',
    ],
    ['LIMITID 8', limits(2001, limit(8, 2, 1)), '<L <U4 2001> <B 0x04> <L <B 0x08> <B 0x01>>>'],
    ['above LIMITMAX', limits(2001, limit(1, 1001, 1)), '<L <U4 2001> <B 0x04> <L <B 0x01> <B 0x02>>>'],
    ['below LIMITMIN', limits(2001, limit(1, 1, -1)), '<L <U4 2001> <B 0x04> <L <B 0x01> <B 0x03>>>'],
    ['upside down', limits(2001, limit(1, 1, 2)), '<L <U4 2001> <B 0x04> <L <B 0x01> <B 0x04>>>'],
    [
      'a truth',
      limits(2001, '<L <B 1> <L <BOOLEAN T> <F8 1>>>'),
      '<L <U4 2001> <B 0x04> <L <B 0x01> <B 0x05>>>',
    ],
    ['text', limits(2001, '<L <B 1> <L <A "2"> <A "1">>>'), '<L <U4 2001> <B 0x04> <L <B 0x01> <B 0x06>>>'],
    [
      'a limit twice',
      limits(2001, limit(1, 2, 1), limit(1, 2, 1)),
      '<L <U4 2001> <B 0x04> <L <B 0x01> <B 0x07>>>',
    ],
  ])('G-55: %s refuses all of it', async (_what, wrong, fault) => {
    await bed.ask(define(limits(2001, limit(5, 20, 10))));
    expect(await bed.reply(define(wrong))).toBe(`<L <B 0x01> <L ${fault}>>`);
    expect(await bed.reply('S2F47 W <L <U4 2001>>')).toMatch(/<L <L <B 0x05> <F8 20> <F8 10>>>/);
  });

  it.each(['<U8 100> <I8 50>', '<U1 100> <I2 50>', '<F4 100> <F8 50>'])(
    'G-55: takes bounds %s',
    async (bounds) => {
      expect(await bed.reply(define(limits(2001, `<L <B 1> <L ${bounds}>>`)))).toBe(ok);
      expect(await bed.reply('S2F47 W <L <U4 2001>>')).toMatch(/<L <L <B 0x01> <F8 100> <F8 50>>>/);
    },
  );

  it('G-55: a variable twice is LVACK 3', async () => {
    expect(await bed.reply(define(limits(2001, limit(1, 2, 1)), limits(2001, limit(2, 2, 1))))).toBe(
      '<L <B 0x01> <L <L <U4 2001> <B 0x03> <L>>>>',
    );
    expect(await bed.reply('S2F47 W <L <U4 2001>>')).toMatch(/<F8 0> <F8 1000> <L>>>>$/);
  });

  it('G-55: a limit, those of a variable, or all are undefined', async () => {
    const now = (): Promise<string> => bed.reply('S2F47 W <L <U4 2001>>');
    await bed.ask(define(limits(2001, limit(1, 2, 1), limit(2, 4, 3))));
    await bed.ask(define(limits(2001, '<L <B 1> <L>>')));
    expect(await now()).toBe(
      '<L <L <U4 2001> <L <A "Pa"> <F8 0> <F8 1000> <L <L <B 0x02> <F8 4> <F8 3>>>>>>',
    );
    await bed.ask(define(limits(2001)));
    expect(await now()).toBe('<L <L <U4 2001> <L <A "Pa"> <F8 0> <F8 1000> <L>>>>');
    await bed.ask(define(limits(2001, limit(1, 2, 1))));
    expect(await bed.reply(define())).toBe(ok);
    expect(await now()).toBe('<L <L <U4 2001> <L <A "Pa"> <F8 0> <F8 1000> <L>>>>');
  });

  it('G-56: lists what can have limits; L,0 where none are possible', async () => {
    expect(await bed.reply('S2F47 W <L>')).toBe('<L <L <U4 2001> <L <A "Pa"> <F8 0> <F8 1000> <L>>>>');
    expect(await bed.reply('S2F47 W <L <U4 2003> <U4 77>>')).toBe('<L <L <U4 2003> <L>> <L <U4 77> <L>>>');
  });

  it('G-92: limits survive power-off', async () => {
    await bed.ask(define(limits(2001, limit(1, 100, 50))));
    const { store } = bed;
    await bed.down();
    bed = await etcher({ store });
    expect(await bed.reply('S2F47 W <L <U4 2001>>')).toMatch(/<L <B 0x01> <F8 100> <F8 50>>/);
    await bed.report(1, [1103, 1104, 1105], [32_001]);
    expect(await told(500)).toEqual(['0x01 0']);
  });
});
