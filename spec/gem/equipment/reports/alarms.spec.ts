import { B } from '../../../../src/secs2';
import { etcherDefinition } from '../../support';
import { Bed, etcher } from '../bed';

describe('alarms', () => {
  let bed: Bed;
  afterEach(() => bed.down());

  it('G-60: S5F1 if enabled, then the event if that is, AlarmsSet changed before', async () => {
    bed = await etcher();
    await bed.report(1, [1101, 1005], [10_002, 10_003]);
    await bed.ask('S5F3 W <L <B 0x80> <U4 1>>');
    bed.taken();
    expect(await bed.clock.settled(bed.equipment.setAlarm('ChamberHot'))).toBe('sent');
    await bed.clock.settled(bed.equipment.clearAlarm('ChamberHot'));
    await bed.settle();
    expect(bed.taken()).toEqual([
      'S5F1 W <L <B 0x82> <U4 1> <A "Chamber too hot">>',
      'S6F11 W <L <U4 0> <U4 10002> <L <L <U4 1> <L <U4 1> <L <U4 1>>>>>>',
      'S5F1 W <L <B 0x02> <U4 1> <A "Chamber too hot">>',
      'S6F11 W <L <U4 0> <U4 10003> <L <L <U4 1> <L <U4 1> <L>>>>>',
    ]);
  });

  it('G-60: an equipment without the DV AlarmID tells of its alarms too', async () => {
    const definition: typeof etcherDefinition = { ...etcherDefinition, ids: { AlarmID: false } } as never;
    bed = await new Bed(definition).up();
    await bed.enableAll();
    bed.taken();
    await bed.clock.settled(bed.equipment.setAlarm('DoorOpen'));
    await bed.settle();
    expect(bed.taken()).toEqual([
      'S5F1 W <L <B 0x81> <U4 2> <A "Door open">>',
      'S6F11 W <L <U4 0> <U4 501> <L>>',
    ]);
    expect(bed.errors).toEqual([]);
  });

  it('G-60: alarm and event are enabled independently', async () => {
    bed = await etcher();
    await bed.ask('S2F37 W <L <BOOLEAN T> <L <U4 501>>>');
    await bed.equipment.setAlarm('DoorOpen');
    await bed.settle();
    expect(bed.taken()).toEqual(['S6F11 W <L <U4 0> <U4 501> <L>>']);
  });

  it('G-60: an alarm that is set already is not told again', async () => {
    bed = await etcher();
    await bed.enableAll();
    bed.taken();
    await bed.clock.settled(bed.equipment.setAlarm('DoorOpen'));
    await bed.settle();
    expect(bed.taken()).toHaveLength(2);
    expect(await bed.equipment.setAlarm('DoorOpen')).toBe('disabled');
    expect(bed.taken()).toEqual([]);
    expect(bed.equipment.isAlarmSet('DoorOpen')).toBe(true);
    expect(() => bed.equipment.setAlarm('Fire' as never)).toThrow(
      'there is no alarm named the string "Fire"',
    );
  });

  it('G-61: enables and disables; an unknown ALID refuses it, an empty one means all', async () => {
    bed = await etcher();
    expect(await bed.reply('S5F3 W <L <B 0x80> <U4 77>>')).toBe('<B 0x01>');
    expect(bed.refused.at(-1)).toMatchObject({ rule: 'S5F3' });
    expect(await bed.reply('S5F3 W <L <B 0x80> <U4>>')).toBe('<B 0x00>');
    expect(await bed.reply('S1F3 W <L <U4 1004>>')).toBe('<L <L <U4 1> <U4 2>>>');
    expect(await bed.reply('S5F3 W <L <B 0x00> <U2 1>>')).toBe('<B 0x00>');
    expect(await bed.reply('S5F7 W')).toBe('<L <L <B 0x01> <U4 2> <A "Door open">>>');
  });

  it('G-61: at first no alarm is enabled, unless the rules say so', async () => {
    bed = await etcher();
    expect(await bed.reply('S5F7 W')).toBe('<L>');
    await bed.down();
    bed = await etcher({ rules: { alarmsEnabledAtFirst: true } });
    expect((await bed.ask('S5F7 W')).item?.length).toBe(2);
  });

  it('G-61, T-12: W is optional', async () => {
    bed = await etcher();
    await bed.host.send((await import('../../../../src/secs2')).parseMessage('S5F3 <L <B 0x80> <U4 1>>'));
    await bed.settle();
    expect((await bed.ask('S5F7 W')).item?.length).toBe(1);
  });

  it('G-62, T-19, T-21: lists alarms with what is set now; unknown ones are empty', async () => {
    bed = await etcher();
    await bed.equipment.setAlarm('DoorOpen');
    const both = '<L <B 0x02> <U4 1> <A "Chamber too hot">> <L <B 0x81> <U4 2> <A "Door open">>';
    expect(await bed.reply('S5F5 W <L>')).toBe(`<L ${both}>`);
    expect(await bed.reply('S5F5 W <U4>')).toBe(`<L ${both}>`);
    expect(await bed.reply('S5F5 W')).toBe(`<L ${both}>`);
    expect(await bed.reply('S5F5 W <U4 1 2>')).toBe(`<L ${both}>`);
    expect(await bed.reply('S5F5 W <L <U4 2> <U4 77>>')).toBe(
      '<L <L <B 0x81> <U4 2> <A "Door open">> <L <B> <U4 77> <A "">>>',
    );
  });

  it('G-61, G-92: enabling survives power-off', async () => {
    bed = await etcher();
    await bed.ask('S5F3 W <L <B 0x80> <U4 2>>');
    const { store } = bed;
    await bed.down();
    bed = await etcher({ store });
    expect(await bed.reply('S5F7 W')).toBe('<L <L <B 0x01> <U4 2> <A "Door open">>>');
  });

  it('G-43: a refused S5F1 is reported', async () => {
    bed = await etcher();
    await bed.enableAll();
    bed.on('S5F1', () => B(1));
    expect(await bed.clock.settled(bed.equipment.setAlarm('DoorOpen'))).toBe('failed');
    expect(bed.undelivered).toMatchObject([{ message: 'DoorOpen', delivery: 'failed' }]);
  });
});
