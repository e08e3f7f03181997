import { L, U4 } from '../../../../src/secs2';
import { defineEquipment, GemArgumentError } from '../../../../src/gem';
import { etcherDefinition, without } from '../../support';
import { Bed, etcher } from '../bed';

describe('variables and constants', () => {
  let bed: Bed;
  afterEach(() => bed.down());

  it('G-30: serves SVs in the order asked, L,0 for an unknown one', async () => {
    bed = await etcher();
    bed.equipment.set('ChamberPressure', 12.5);
    expect(await bed.reply('S1F3 W <L <U4 2001> <U4 2003> <U4 77> <U4 2002>>')).toBe(
      '<L <F8 12.5> <A ""> <L> <U1 0 1 1>>',
    );
  });

  it('G-2, T-7: ids compare by value, whatever their format', async () => {
    bed = await etcher();
    expect(await bed.reply('S1F3 W <L <U2 2001> <U8 2001> <I4 2001> <A "2001">>')).toBe(
      '<L <F8 5> <F8 5> <F8 5> <L>>',
    );
  });

  it('G-3: reads one array item as a list of ids', async () => {
    bed = await etcher();
    expect(await bed.reply('S1F3 W <U4 2001 2003>')).toBe('<L <F8 5> <A "">>');
  });

  it('G-30: an empty list asks for all SVs, in order of definition', async () => {
    bed = await etcher();
    const items = (await bed.ask('S1F3 W <L>')).item;
    const svs = [...defineEquipment(etcherDefinition).variables.values()].filter((one) => one.class === 'SV');
    expect(items?.length).toBe(svs.length);
    expect(String(items?.at(svs.findIndex(({ name }) => name === 'ChamberPressure')))).toBe('<F8[1] 5>');
    expect((await bed.ask('S2F13 W <L>')).item?.length).toBe(
      defineEquipment(etcherDefinition).constants.size,
    );
  });

  it('G-30: any VID in either, by the letter not', async () => {
    bed = await etcher();
    expect(await bed.reply('S1F3 W <L <U4 101>>')).toBe('<L <F4 20>>');
    expect(await bed.reply('S2F13 W <L <U4 2001> <U4 101>>')).toBe('<L <F8 5> <F4 20>>');
    await bed.down();
    bed = await etcher({ rules: { anyVid: false } });
    expect(await bed.reply('S1F3 W <L <U4 101> <U4 2001>>')).toBe('<L <L> <F8 5>>');
    expect(await bed.reply('S2F13 W <L <U4 2001> <U4 101>>')).toBe('<L <L> <F4 20>>');
  });

  it('G-35, T-20: a DV outside its event is the last value, or L,0', async () => {
    bed = await etcher();
    expect(await bed.reply('S1F3 W <L <U4 2101>>')).toBe('<L <L>>');
    await bed.equipment.raise('WaferDone', { WaferId: 'W-7' });
    expect(await bed.reply('S1F3 W <L <U4 2101>>')).toBe('<L <A "W-7">>');
  });

  it('G-31: names and units of SVs; of an unknown one the id', async () => {
    bed = await etcher();
    expect(await bed.reply('S1F11 W <L <U2 2001> <U2 99> <U4 2101>>')).toBe(
      '<L <L <U4 2001> <A "ChamberPressure"> <A "Pa">> <L <U2 99> <A ""> <A "">> <L <U4 2101> <A ""> <A "">>>',
    );
    const all = (await bed.ask('S1F11 W <L>')).item;
    expect(all?.length).toBe((await bed.ask('S1F3 W <L>')).item?.length);
  });

  it('G-31: what is known of ECs; of an unknown one the id', async () => {
    bed = await etcher();
    expect(await bed.reply('S2F29 W <L <U4 101> <U4 102> <U4 999>>')).toBe(
      '<L <L <U4 101> <A "Temperature"> <F4 0> <F4 400> <F4 20> <A "degC">> ' +
        '<L <U4 102> <A "Mode"> <A ""> <A ""> <A "normal"> <A "">> ' +
        '<L <U4 999> <A ""> <A ""> <A ""> <A ""> <A "">>>',
    );
    expect((await bed.ask('S2F29 W <L>')).item?.length).toBe(
      defineEquipment(etcherDefinition).constants.size,
    );
  });

  it('G-32: names of DVs alone', async () => {
    bed = await etcher();
    expect(await bed.reply('S1F21 W <L <U4 2101> <U4 2001>>')).toBe(
      '<L <L <U4 2101> <A "WaferId"> <A "">> <L <U4 2001> <A ""> <A "">>>',
    );
    const all = String((await bed.ask('S1F21 W <L>')).item);
    expect(all).toMatch(/"AlarmID"[^]*"WaferId"[^]*"Slot"/);
    expect(all).not.toMatch(/ChamberPressure|Temperature/);
  });

  it('G-32: events with their VIDs; of an unknown one the id', async () => {
    bed = await etcher();
    expect(await bed.reply('S1F23 W <L <U4 100> <U4 110> <U4 7777>>')).toBe(
      '<L <L <U4 100> <A "WaferStarted"> <L <U4 2101> <U4 2102>>> <L <U4 110> <A "DoorOpened"> <L>> <L <U4 7777> <A ""> <L>>>',
    );
    expect((await bed.ask('S1F23 W <L>')).item?.length).toBe(defineEquipment(etcherDefinition).events.size);
  });

  it('G-32: S1F19 is not known unless the program serves it', async () => {
    bed = await etcher();
    expect(await bed.outcome('S1F19 W <L <A "X"> <L> <L>>')).toBe('S9F5');
    bed.equipment.handle('S1F19', () => ({ item: L(L(), L()) }));
    expect(await bed.outcome('S1F19 W <L <A "X"> <L> <L>>')).toBe('S1F20 <L <L> <L>>');
  });

  it('G-4: values come from callbacks too, late ones included', async () => {
    bed = await etcher();
    bed.equipment.provide('ChamberPressure', () => 7);
    bed.equipment.provide('Recipe', () => Promise.resolve('OXIDE'));
    expect(await bed.reply('S1F3 W <L <U4 2001> <U4 2003>>')).toBe('<L <F8 7> <A "OXIDE">>');
    expect(await bed.equipment.read('Recipe')).toBe('OXIDE');
    expect(bed.clock.pending.map(({ name }) => name)).not.toContain('value');
  });

  it('G-4: a value that cannot be had is L,0, and reported; the others are served', async () => {
    bed = await etcher();
    bed.equipment.provide('ChamberPressure', () => {
      throw new Error('gauge off');
    });
    bed.equipment.provide('Recipe', () => new Promise<never>(() => undefined));
    bed.equipment.provide('SlotMap', () => [300]);
    expect(await bed.reply('S1F3 W <L <U4 2001> <U4 2003> <U4 2002> <U4 2004>>')).toBe(
      '<L <L> <L> <L> <U8 7>>',
    );
    expect(bed.errors.sort()).toEqual([
      'the value of ChamberPressure: gauge off',
      'the value of Recipe: the callback of Recipe has not given a value within 5 s',
      expect.stringMatching(/^the value of SlotMap: SlotMap must be an array of U1/),
    ]);
  });

  it('reads and sets by name, and refuses what does not fit', async () => {
    bed = await etcher();
    const { equipment } = bed;
    expect(await equipment.read('Total')).toBe(7n);
    expect(await equipment.read('WaferId')).toBeUndefined();
    expect(equipment.constant('Temperature')).toBe(20);
    expect(await equipment.read('ControlState')).toBe(5);
    expect(() => equipment.set('ChamberPressure', '5000' as never)).toThrow('received the string "5000"');
    expect(() => equipment.set('Clock' as never, 'x' as never)).toThrow(
      'Clock is kept by the equipment itself',
    );
    expect(() => equipment.set('Mode' as never, 'x' as never)).toThrow('Mode is a constant');
    expect(() => equipment.set('Nothing' as never, 'x' as never)).toThrow(GemArgumentError);
    expect(() => equipment.raise('Nothing' as never)).toThrow('there is no event named the string "Nothing"');
    expect(() => equipment.raise('WaferDone', { Slot: 1 } as never)).toThrow(
      'Slot is no value of the event WaferDone',
    );
  });
});

describe('changing constants', () => {
  let bed: Bed;
  afterEach(() => bed.down());
  const change = (...entries: readonly string[]): string =>
    `S2F15 W <L ${entries.map((entry) => `<L ${entry}>`).join(' ')}>`;

  it('G-33: EAC 0, and the value holds', async () => {
    bed = await etcher();
    const told: unknown[] = [];
    bed.equipment.events.on('constant', ({ name, by }) => told.push([name, by]));
    expect(await bed.reply(change('<U4 101> <F4 300>', '<U4 102> <A "test">'))).toBe('<B 0x00>');
    expect([bed.equipment.constant('Temperature'), bed.equipment.constant('Mode')]).toEqual([300, 'test']);
    expect(told).toEqual([
      ['Temperature', 'host'],
      ['Mode', 'host'],
    ]);
  });

  it.each([
    ['no such ECID', '<U4 999> <F4 1>', 1],
    ['an SV', '<U4 2001> <F8 1>', 1],
    ['above its max', '<U4 101> <F4 401>', 3],
    ['below its min', '<U4 101> <F4 -1>', 3],
    ['not one of its values', '<U4 102> <A "fast">', 3],
    ['of the wrong format', '<U4 101> <A "300">', 3],
    ['two values', '<U4 101> <F4 1 2>', 3],
    ['a truth that is text', '<U4 103> <A "T">', 3],
  ])('G-33, T-11: %s refuses all of it', async (_what, entry, eac) => {
    bed = await etcher();
    expect(await bed.reply(change('<U4 101> <F4 300>', entry))).toBe(`<B 0x0${eac}>`);
    expect(bed.equipment.constant('Temperature')).toBe(20);
    expect(bed.refused.at(-1)).toMatchObject({ rule: 'S2F15', reply: 'S2F16' });
  });

  it('G-33: takes the same number in another format; by the letter not', async () => {
    bed = await etcher();
    expect(await bed.reply(change('<U4 101> <U1 50>'))).toBe('<B 0x00>');
    expect(await bed.reply('S2F13 W <L <U4 101>>')).toBe('<L <F4 50>>');
    expect(await bed.reply(change('<U4 2> <U4 256>'))).toBe('<B 0x03>');
    await bed.down();
    bed = await etcher({ rules: { anyNumberFormat: false } });
    expect(await bed.reply(change('<U4 101> <U1 50>'))).toBe('<B 0x03>');
  });

  it('G-33: all or nothing, also if the application refuses the last', async () => {
    bed = await etcher({
      checkConstants: (changes) => (changes.some(({ name }) => name === 'Mode') ? 64 : 0),
    });
    expect(await bed.reply(change('<U4 101> <F4 300>', '<U4 102> <A "test">'))).toBe('<B 0x40>');
    expect(bed.equipment.constant('Temperature')).toBe(20);
    expect(await bed.reply(change('<U4 101> <F4 300>'))).toBe('<B 0x00>');
  });

  it('G-33: EAC 2 where the application says no', async () => {
    bed = await etcher({ checkConstants: () => Promise.resolve(false) });
    expect(await bed.reply(change('<U4 101> <F4 300>'))).toBe('<B 0x02>');
  });

  it('G-25: EAC 2 for what affects processing, while LOCAL and processing', async () => {
    bed = await etcher();
    await bed.clock.settled(bed.equipment.operator.local());
    expect(await bed.reply(change('<U4 101> <F4 300>'))).toBe('<B 0x00>');
    bed.equipment.process('start');
    expect(await bed.reply(change('<U4 101> <F4 310>'))).toBe('<B 0x02>');
    expect(await bed.reply(change('<U4 102> <A "test">'))).toBe('<B 0x00>');
    await bed.clock.settled(bed.equipment.operator.remote());
    expect(await bed.reply(change('<U4 101> <F4 310>'))).toBe('<B 0x00>');
  });

  it('G-34: the operator obeys the bounds and raises the event; the host raises none', async () => {
    bed = await etcher();
    await bed.report(1, [1102], [4]);
    bed.taken();
    await bed.equipment.operator.setConstant('Temperature', 100);
    await bed.settle();
    expect(bed.taken()).toEqual(['S6F11 W <L <U4 0> <U4 4> <L <L <U4 1> <L <U4 101>>>>>']);
    await expect(bed.equipment.operator.setConstant('Temperature', 500)).rejects.toThrow(
      'Temperature must be 400 at most',
    );
    await bed.ask(change('<U4 101> <F4 300>'));
    expect(bed.taken()).toEqual([]);
  });

  it('G-33, G-92: constants survive power-off', async () => {
    bed = await etcher();
    await bed.ask(change('<U4 101> <F4 300>'));
    await bed.equipment.operator.setConstant('Lamp', false);
    const { store } = bed;
    await bed.down();
    bed = await etcher({ store });
    expect([bed.equipment.constant('Temperature'), bed.equipment.constant('Lamp')]).toEqual([300, false]);
  });

  it('G-92: a store that cannot write changes nothing, and is reported', async () => {
    bed = await etcher();
    jest.spyOn(bed.store.state, 'write').mockRejectedValue(new Error('disk full'));
    expect(await bed.outcome(change('<U4 101> <F4 300>'))).toBe('aborted');
    expect(bed.equipment.constant('Temperature')).toBe(20);
    expect(bed.errors).toEqual(['handling S2F15: disk full']);
    expect(bed.refused.at(-1)).toMatchObject({ rule: 'handler', reply: 'S2F0' });
  });

  it('G-92: what was kept for a constant that has vanished is dropped and told', async () => {
    bed = await etcher();
    await bed.ask(change('<U4 102> <A "test">'));
    const { store } = bed;
    await bed.down();
    const constants = without(etcherDefinition.constants, 'Mode');
    const smaller = new Bed({ ...etcherDefinition, constants }, { store });
    expect(smaller.errors[0]).toMatch(/constant 102: there is no such ECID any more/);
    await smaller.down();
  });
});

it('G-30: 10,000 SVs are asked for at once', async () => {
  const variables = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, i) => [
      `V${i}`,
      { id: 100_000 + i, format: 'U4', initial: i } as const,
    ]),
  );
  const bed = await new Bed({ model: 'BIG', softwareRevision: '1', variables }).up();
  const { item } = await bed.ask('S1F3 W <L>');
  expect(item?.length).toBeGreaterThanOrEqual(10_000);
  expect(item?.at(-1 + (item?.length ?? 0)).equals(U4(9999))).toBe(true);
  await bed.down();
});
