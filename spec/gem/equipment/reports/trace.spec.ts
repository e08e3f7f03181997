import type { Clock } from '../../../../src/clock';
import { etcherDefinition } from '../../support';
import { Bed, etcher } from '../bed';

const trace = (id: number, period: string, total: number, group: number, svids: string): string =>
  `S2F23 W <L <U4 ${id}> <A "${period}"> <U4 ${total}> <U4 ${group}> <L ${svids}>>`;
const ok = '<B 0x00>';

describe('traces', () => {
  let bed: Bed;
  let n: number;
  beforeEach(async () => {
    bed = await etcher();
    n = 0;
    bed.equipment.provide('ChamberPressure', () => ++n);
    bed.taken();
  });
  afterEach(() => bed.down());

  it('G-51: the k-th sample is due k periods after the start; groups, and the rest at the last', async () => {
    expect(await bed.reply(trace(7, '000010', 5, 2, '<U4 2001> <U4 2003>'))).toBe(ok);
    await bed.pass(19.9);
    expect(bed.taken()).toEqual([]);
    await bed.pass(0.2);
    expect(bed.taken()).toEqual([
      'S6F1 W <L <U4 7> <U4 2> <A "1970010100002000"> <L <F8 1> <A ""> <F8 2> <A "">>>',
    ]);
    await bed.pass(30);
    expect(bed.taken()).toEqual([
      'S6F1 W <L <U4 7> <U4 4> <A "1970010100004000"> <L <F8 3> <A ""> <F8 4> <A "">>>',
      'S6F1 W <L <U4 7> <U4 5> <A "1970010100005000"> <L <F8 5> <A "">>>',
    ]);
    await bed.pass(100);
    expect(bed.taken()).toEqual([]);
  });

  it('G-50: DSPER has hundredths too', async () => {
    expect(await bed.reply(trace(7, '00000050', 4, 4, '<U4 2001>'))).toBe(ok);
    await bed.pass(2.01);
    expect(bed.taken()).toEqual([
      'S6F1 W <L <U4 7> <U4 4> <A "1970010100000200"> <L <F8 1> <F8 2> <F8 3> <F8 4>>>',
    ]);
  });

  it.each([
    ['period 0', trace(1, '000000', 1, 1, '<U4 2001>'), 3],
    ['no period', trace(1, '1s', 1, 1, '<U4 2001>'), 3],
    ['a minute of 61 seconds', trace(1, '000061', 1, 1, '<U4 2001>'), 3],
    ['an unknown SVID', trace(1, '000001', 1, 1, '<U4 77>'), 4],
    ['REPGSZ 0', trace(1, '000001', 1, 0, '<U4 2001>'), 5],
    ['REPGSZ above TOTSMP', trace(1, '000001', 2, 3, '<U4 2001>'), 5],
    ['too many SVIDs', trace(1, '000001', 1, 1, '<U4 2001> '.repeat(1001)), 1],
  ])('G-50: %s', async (_what, message, tiaack) => {
    expect(await bed.reply(message)).toBe(`<B 0x0${tiaack}>`);
    await bed.pass(10);
    expect(bed.taken()).toEqual([]);
  });

  it('G-50, G-2: a TRID that cannot be answered in the format of the equipment gets S9F7', async () => {
    expect(await bed.outcome('S2F23 W <L <I4 -1> <A "000001"> <U4 3> <U4 1> <L <U4 2001>>>')).toBe('S9F7');
  });

  it('G-50: four at once, no more', async () => {
    for (const id of [1, 2, 3, 4]) expect(await bed.reply(trace(id, '000010', 9, 1, '<U4 2003>'))).toBe(ok);
    expect(await bed.reply(trace(5, '000010', 9, 1, '<U4 2003>'))).toBe('<B 0x02>');
    expect(await bed.reply(trace(4, '000010', 9, 1, '<U4 2003>'))).toBe(ok);
  });

  it('G-50: a known TRID is replaced, and TOTSMP 0 ends it with its samples', async () => {
    await bed.ask(trace(7, '000001', 100, 10, '<U4 2001>'));
    await bed.pass(5);
    await bed.ask(trace(7, '000002', 2, 2, '<U4 2003>'));
    await bed.pass(20);
    expect(bed.taken()).toEqual(['S6F1 W <L <U4 7> <U4 2> <A "1970010100000900"> <L <A ""> <A "">>>']);
    await bed.ask(trace(7, '000001', 100, 10, '<U4 2001>'));
    await bed.pass(5);
    expect(await bed.reply(trace(7, '000001', 0, 1, ''))).toBe(ok);
    await bed.pass(100);
    expect(bed.taken()).toEqual([]);
  });

  it('G-51: OFF-LINE ends it', async () => {
    await bed.ask(trace(7, '000001', 100, 1, '<U4 2001>'));
    await bed.ask('S1F15 W');
    await bed.ask('S1F17 W');
    bed.taken();
    await bed.pass(5);
    expect(bed.taken()).toEqual([]);
  });

  it('G-51: goes on while the link is lost; S6F1 is dropped, or spooled', async () => {
    await bed.ask(trace(7, '000001', 100, 1, '<U4 2003>'));
    await bed.cut();
    await bed.pass(5);
    await bed.heal();
    bed.taken();
    await bed.pass(2);
    expect(bed.taken().map((line) => /<U4 7> <U4 (\d+)>/.exec(line)?.[1])).toEqual(['6', '7']);
  });

  /** An etcher whose timers of traces fire late, as those of a busy process do. */
  async function late(seconds: (count: number) => number): Promise<void> {
    await bed.down();
    let count = 0;
    const clock: Clock = {
      now: () => bed.clock.now(),
      wallTime: () => bed.clock.wallTime(),
      afterPoll: (callback) => bed.clock.afterPoll(callback),
      setTimer: (name, wait, callback) =>
        bed.clock.setTimer(name, wait + (name === 'trace' ? seconds(++count) : 0), callback),
    };
    bed = new Bed(etcherDefinition, { clock });
    await bed.up();
    bed.taken();
  }

  const stimes = (): string[] =>
    bed.taken().map((line) => /<A "197001010000(\d\d)00">/.exec(line)?.[1] ?? line);

  it('G-51: does not drift, however late its timers are', async () => {
    await late(() => 1);
    await bed.ask(trace(7, '000010', 4, 1, '<U4 2003>'));
    await bed.pass(45);
    expect(stimes()).toEqual(['11', '21', '31', '41']);
  });

  it('G-51: a late sample is taken once: periods that have passed are not made up for', async () => {
    await late((count) => (count === 1 ? 25 : 0));
    await bed.ask(trace(7, '000010', 3, 1, '<U4 2003>'));
    await bed.pass(55);
    expect(stimes()).toEqual(['35', '40', '50']);
  });

  it('G-51: STIME is in the format of TimeFormat', async () => {
    await bed.equipment.operator.setConstant('TimeFormat', 0);
    await bed.ask(trace(7, '000010', 1, 1, '<U4 2001>'));
    await bed.pass(10);
    expect(bed.taken()).toEqual(['S6F1 W <L <U4 7> <U4 1> <A "700101000010"> <L <F8 1>>>']);
  });
});
