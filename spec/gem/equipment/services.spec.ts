import { L } from '../../../src/secs2';
import { etcher, type Bed } from './bed';

describe('clock and loopback', () => {
  let bed: Bed;
  afterEach(() => bed.down());

  it('G-77: tells the time, and takes the host’s, in each format', async () => {
    bed = await etcher();
    expect(await bed.reply('S2F17 W')).toBe('<A "1970010100000000">');
    expect(await bed.reply('S2F31 W <A "2026112912000000">')).toBe('<B 0x00>');
    await bed.pass(5);
    expect(await bed.reply('S2F17 W')).toBe('<A "2026112912000500">');
    await bed.ask('S2F15 W <L <L <U4 2> <U1 2>>>');
    expect(await bed.reply('S2F17 W')).toBe('<A "2026-11-29T12:00:05.000Z">');
    expect(await bed.reply('S1F3 W <L <U4 1001>>')).toBe('<L <A "2026-11-29T12:00:05.000Z">>');
    await bed.ask('S2F15 W <L <L <U4 2> <U1 0>>>');
    expect(await bed.reply('S2F17 W')).toBe('<A "261129120005">');
    expect(await bed.reply('S2F31 W <A "2026-11-29T13:00:00+01:00">')).toBe('<B 0x00>');
    expect(await bed.reply('S2F17 W')).toBe('<A "261129120000">');
  });

  it('G-77: TIACK 1 for what is no time, and where the application refuses', async () => {
    const set: number[] = [];
    bed = await etcher({ setClock: (ms) => (set.push(ms), set.length < 2) });
    expect(await bed.reply('S2F31 W <A "noon">')).toBe('<B 0x01>');
    expect(await bed.reply('S2F31 W <A "19700101000100">')).toBe('<B 0x00>');
    expect(await bed.reply('S2F31 W <A "19700101000200">')).toBe('<B 0x01>');
    expect(set).toEqual([60_000, 120_000]);
    expect(await bed.reply('S2F17 W')).toBe('<A "1970010100010000">');
  });

  it('G-77, T-14: local times are those of the zone', async () => {
    bed = await etcher({ timeZone: 'Asia/Tokyo' });
    expect(await bed.reply('S2F17 W')).toBe('<A "1970010109000000">');
    await bed.ask('S2F31 W <A "20261129210000">');
    await bed.ask('S2F15 W <L <L <U4 2> <U1 2>>>');
    expect(await bed.reply('S2F17 W')).toBe('<A "2026-11-29T12:00:00.000Z">');
  });

  it('G-78: gives the same bytes back', async () => {
    bed = await etcher();
    expect(await bed.reply('S2F25 W <B 0 1 255>')).toBe('<B 0x00 0x01 0xFF>');
    expect(await bed.reply('S2F25 W <B>')).toBe('<B>');
    expect(await bed.outcome('S2F25 W <A "x">')).toBe('S9F7');
  });
});

describe('terminal', () => {
  let bed: Bed;
  let shown: unknown[];
  beforeEach(async () => {
    bed = await etcher();
    shown = [];
    bed.equipment.terminal.subscribe((message) => shown.push(message));
    await bed.enableAll();
    bed.taken();
  });
  afterEach(() => bed.down());

  it('G-76: shows lines, several lines and broadcasts', async () => {
    expect(await bed.reply('S10F3 W <L <B 0> <A "hello">>')).toBe('<B 0x00>');
    expect(await bed.reply('S10F5 W <L <B 1> <L <A "one"> <A "two">>>')).toBe('<B 0x00>');
    expect(await bed.reply('S10F9 W <A "all">')).toBe('<B 0x00>');
    expect(shown).toEqual([
      { terminal: 0, lines: ['hello'] },
      { terminal: 1, lines: ['one', 'two'] },
      { terminal: undefined, lines: ['all'] },
    ]);
  });

  it('G-76: a newer message replaces an unread one; the operator’s OK is told', async () => {
    await bed.ask('S10F3 W <L <B 0> <A "first">>');
    await bed.ask('S10F3 W <L <B 0> <A "second">>');
    expect(bed.equipment.operator.unread).toEqual({ terminal: 0, lines: ['second'] });
    expect(await bed.clock.settled(bed.equipment.operator.acknowledge())).toBe('sent');
    expect(bed.taken()).toEqual(['S6F11 W <L <U4 0> <U4 14> <L>>']);
    expect(await bed.equipment.operator.acknowledge()).toBe('disabled');
  });

  it('G-76: a terminal of one line refuses several, and S10F7 names it', async () => {
    await bed.down();
    bed = await etcher({ rules: { severalLines: false } });
    bed.equipment.terminal.subscribe((message) => shown.push(message));
    bed.taken();
    expect(await bed.reply('S10F5 W <L <B 1> <L <A "one"> <A "two">>>')).toBe('<B 0x01>');
    await bed.settle();
    expect(bed.taken()).toEqual(['S10F7 <B 0x01>']);
    expect(await bed.reply('S10F5 W <L <B 1> <L <A "one">>>')).toBe('<B 0x00>');
    expect(shown).toEqual([{ terminal: 1, lines: ['one'] }]);
  });

  it('G-76: an empty text clears', async () => {
    await bed.ask('S10F3 W <L <B 0> <A "first">>');
    await bed.ask('S10F3 W <L <B 0> <A "">>');
    expect(bed.equipment.operator.unread).toBeUndefined();
    expect(shown.at(-1)).toEqual({ terminal: 0, lines: [] });
  });

  it('G-76: ACKC10 2 for a terminal that is not there, 1 for a line too long', async () => {
    expect(await bed.reply('S10F3 W <L <B 2> <A "x">>')).toBe('<B 0x02>');
    expect(await bed.reply(`S10F3 W <L <B 0> <A "${'x'.repeat(161)}">>`)).toBe('<B 0x01>');
    expect(await bed.reply(`S10F3 W <L <B 0> <A "${'x'.repeat(160)}">>`)).toBe('<B 0x00>');
    expect(shown).toHaveLength(1);
  });

  it('G-76, T-12: W may be 0', async () => {
    const { parseMessage } = await import('../../../src/secs2');
    await bed.host.send(parseMessage('S10F3 <L <B 0> <A "quiet">>'));
    await bed.settle();
    expect(shown).toEqual([{ terminal: 0, lines: ['quiet'] }]);
  });

  it('G-76: the operator writes to the host', async () => {
    expect(await bed.clock.settled(bed.equipment.operator.message('need help'))).toBe('sent');
    expect(bed.taken()).toEqual(['S10F1 W <L <B 0x00> <A "need help">>']);
    expect(() => bed.equipment.operator.message('x', 2)).toThrow(
      'terminal must be an integer of 0 to 1, received the number 2',
    );
    bed.on('S10F1', () => L());
    expect(await bed.clock.settled(bed.equipment.operator.message('x'))).toBe('failed');
  });
});
