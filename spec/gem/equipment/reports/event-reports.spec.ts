import { B } from '../../../../src/secs2';
import type { Bed } from '../bed';
import { etcher } from '../bed';

describe('event reports', () => {
  let bed: Bed;
  afterEach(() => bed.down());

  it('G-43: sends its reports as linked, with values as defined', async () => {
    bed = await etcher();
    await bed.report(1, [2101, 2102], [100]);
    await bed.ask('S2F33 W <L <U4 1> <L <L <U4 2> <L <U4 2001> <U4 101>>>>>');
    await bed.ask('S2F35 W <L <U4 1> <L <L <U4 100> <L <U4 2>>>>>');
    await bed.ask('S2F37 W <L <BOOLEAN T> <L <U4 100>>>');
    bed.taken();
    expect(await bed.clock.settled(bed.equipment.raise('WaferStarted', { WaferId: 'W-1', Slot: 3 }))).toBe(
      'sent',
    );
    expect(bed.taken()).toEqual([
      'S6F11 W <L <U4 0> <U4 100> <L <L <U4 1> <L <A "W-1"> <U1 3>>> <L <U4 2> <L <F8 5> <F4 20>>>>>',
    ]);
  });

  it('G-43: all values are those of the moment of the event, though it waits', async () => {
    bed = await etcher({ rules: { eventWindow: 1 } });
    await bed.report(1, [2001], [110]);
    bed.taken();
    bed.on('S6F11', () => 'silence');
    let release: (value: number) => void = () => undefined;
    bed.equipment.provide('ChamberPressure', () => new Promise((resolve) => (release = resolve)));
    void bed.equipment.raise('DoorOpened');
    bed.equipment.provide('ChamberPressure', () => 2);
    void bed.equipment.raise('DoorOpened');
    bed.equipment.provide('ChamberPressure', () => 3);
    await bed.settle();
    // The first one's value is still awaited, and the second one's place is behind it.
    expect(bed.taken()).toEqual([]);
    bed.on('S6F11', () => B(0));
    release(1);
    await bed.settle();
    expect(bed.taken().map((line) => /<F8 (\d)>/.exec(line)?.[1])).toEqual(['1', '2']);
  });

  it('G-43: at most eventWindow are unanswered, in the order of happening', async () => {
    bed = await etcher({ rules: { eventWindow: 4 } });
    await bed.report(1, [2101], [101]);
    bed.taken();
    bed.on('S6F11', () => 'silence');
    for (let i = 0; i < 10; i++) void bed.equipment.raise('WaferDone', { WaferId: `W${i}` });
    await bed.settle();
    expect(bed.taken().map((line) => /"W(\d)"/.exec(line)?.[1])).toEqual(['0', '1', '2', '3']);
    bed.on('S6F11', () => B(0));
    await bed.pass(46);
    expect(bed.taken('S6F11').map((line) => /"W(\d)"/.exec(line)?.[1])).toEqual([
      '4',
      '5',
      '6',
      '7',
      '8',
      '9',
    ]);
  });

  it('G-43: the window is 16 where nothing is said', async () => {
    bed = await etcher();
    await bed.enableAll();
    bed.taken();
    bed.on('S6F11', () => 'silence');
    for (let i = 0; i < 40; i++) void bed.equipment.raise('DoorOpened');
    await bed.settle();
    expect(bed.taken()).toHaveLength(16);
  });

  it.each<[string, Parameters<Bed['on']>[1], RegExp]>([
    ['ACKC6 1', () => B(1), /code 1/],
    ['S6F0', () => 'abort', /aborted/],
    ['T3', () => 'silence', /T3/],
  ])('G-43: %s is reported, and nothing is sent again', async (_what, answer, why) => {
    bed = await etcher({ t3: 5 });
    await bed.enableAll();
    bed.taken();
    bed.on('S6F11', answer);
    const raised = bed.equipment.raise('DoorOpened');
    expect(await bed.clock.settled(raised)).toBe('failed');
    await bed.pass(60);
    expect(bed.taken('S6F11')).toHaveLength(1);
    expect(bed.undelivered).toMatchObject([{ message: 'DoorOpened', delivery: 'failed' }]);
    expect(bed.undelivered[0]?.why).toMatch(why);
  });

  it('G-43, T-12: W can be switched off', async () => {
    bed = await etcher({ rules: { replyTo: { s5: false, s6: false, s10: false } } });
    await bed.enableAll();
    bed.taken();
    expect(await bed.clock.settled(bed.equipment.raise('DoorOpened'))).toBe('sent');
    void bed.equipment.setAlarm('DoorOpen');
    void bed.equipment.operator.message('hello');
    await bed.settle();
    const lines = bed.taken();
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['S6F11', 'S5F1', 'S6F11', 'S10F1']);
    expect(lines.every((line) => !/ W /.test(line))).toBe(true);
  });

  it('G-42: an event that is not enabled is not sent; an enabled one without report has an empty list', async () => {
    bed = await etcher();
    expect(await bed.equipment.raise('DoorOpened')).toBe('disabled');
    await bed.enableAll();
    bed.taken();
    expect(await bed.clock.settled(bed.equipment.raise('DoorOpened'))).toBe('sent');
    expect(bed.taken()).toEqual(['S6F11 W <L <U4 0> <U4 110> <L>>']);
  });

  it('G-44: DATAID is 0, or counted', async () => {
    bed = await etcher({ rules: { dataId: 'counter' } });
    await bed.enableAll();
    bed.taken();
    for (let i = 0; i < 2; i++) await bed.clock.settled(bed.equipment.raise('DoorOpened'));
    expect(bed.taken().map((line) => /<L <U4 (\d+)>/.exec(line)?.[1])).toEqual(
      ['3', '4'].map((_, i) => String(i + 1)),
    );
  });

  it('G-45: annotated (S6F13) where RpType is true', async () => {
    bed = await etcher();
    await bed.report(1, [2001], [110]);
    await bed.equipment.operator.setConstant('RpType', true);
    bed.taken();
    await bed.clock.settled(bed.equipment.raise('DoorOpened'));
    expect(bed.taken()).toEqual(['S6F13 W <L <U4 0> <U4 110> <L <L <U4 1> <L <L <U4 2001> <F8 5>>>>>>']);
  });

  it('G-44: asks by S6F5 above a length; refused, the event is dropped', async () => {
    bed = await etcher({ rules: { inquireAbove: 20 } });
    await bed.report(1, [2001], [110]);
    bed.taken();
    expect(await bed.clock.settled(bed.equipment.raise('DoorOpened'))).toBe('sent');
    expect(bed.taken()).toEqual([
      'S6F5 W <L <U4 0> <U4 36>>',
      'S6F11 W <L <U4 0> <U4 110> <L <L <U4 1> <L <F8 5>>>>>',
    ]);
    bed.on('S6F5', () => B(2));
    expect(await bed.clock.settled(bed.equipment.raise('DoorOpened'))).toBe('failed');
    expect(bed.taken()).toEqual(['S6F5 W <L <U4 0> <U4 36>>']);
  });

  it('G-44: S2F39 is granted, never demanded', async () => {
    bed = await etcher();
    expect(await bed.reply('S2F39 W <L <U4 5> <U4 1000>>')).toBe('<B 0x00>');
    expect(await bed.reply('S2F33 W <L <U4 5> <L>>')).toBe('<B 0x00>');
    await bed.pass(100);
    expect(bed.taken('S9F13')).toEqual([]);
  });

  it('G-79: S9F13 where a granted inquire has no sequel in 45 s', async () => {
    bed = await etcher();
    await bed.ask('S2F39 W <L <U4 5> <U4 1000>>');
    await bed.pass(44);
    expect(bed.taken('S9F13')).toEqual([]);
    await bed.pass(2);
    expect(bed.taken('S9F13')).toEqual(['S9F13 <L <A "S2F33"> <U4 5>>']);
  });

  it('G-22: events of an OFF-LINE equipment are dropped', async () => {
    bed = await etcher();
    await bed.enableAll();
    await bed.ask('S1F15 W');
    await bed.settle();
    bed.taken();
    expect(await bed.equipment.raise('DoorOpened')).toBe('dropped');
    await bed.ask('S1F17 W');
    await bed.settle();
    expect(bed.taken()).toEqual(['S6F11 W <L <U4 0> <U4 3> <L>>']);
  });

  it('tells the program of each event that it raised', async () => {
    bed = await etcher();
    const raised: string[] = [];
    bed.equipment.events.on('raised', ({ event, data }) =>
      raised.push(`${event.name} ${[...data.values()].map(String).join(' ')}`),
    );
    await bed.equipment.raise('WaferDone', { WaferId: 'W-1' });
    expect(raised).toEqual(['WaferDone <A[3] "W-1">']);
  });

  it('keeps what waits within a bound, the oldest goes and is told', async () => {
    bed = await etcher({ rules: { maxQueued: 3, eventWindow: 1 } });
    await bed.enableAll();
    bed.on('S6F11', () => 'silence');
    const raised = Array.from({ length: 6 }, () => bed.equipment.raise('DoorOpened'));
    expect(await Promise.race([raised[1], raised[5]])).toBe('dropped');
    expect(bed.undelivered).toMatchObject([{ delivery: 'dropped', why: 'too many messages wait' }, {}]);
  });
});
