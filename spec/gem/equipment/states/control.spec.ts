import { L, S } from '../../../../src/secs2';
import { memoryStore } from '../../../../src/gem/store/memory-store';
import { etcherDefinition } from '../../support';
import { Bed, etcher } from '../bed';

const cold = (options?: ConstructorParameters<typeof Bed>[1]): Bed => new Bed(etcherDefinition, options);
const state = (bed: Bed): string => bed.equipment.controlState;

describe('control states', () => {
  let bed: Bed;
  afterEach(() => bed.down());

  it('G-20, G-21: starts with an attempt that waits for communications, then is REMOTE', async () => {
    bed = cold();
    bed.equipment.start();
    await bed.settle();
    expect(state(bed)).toBe('ATTEMPT ON-LINE');
    await bed.connect();
    expect(state(bed)).toBe('REMOTE');
    expect(bed.taken('S1F1')).toEqual(['S1F1 W']);
    expect(bed.numbers('control')).toEqual([1, 2, 5, 7]);
  });

  it('G-21: by the letter an attempt without communications fails at once', async () => {
    bed = cold({ rules: { attemptWaits: false } });
    await bed.up();
    expect(state(bed)).toBe('HOST OFF-LINE');
    expect(bed.taken('S1F1')).toEqual([]);
  });

  it.each<[string, () => 'abort' | 'silence', number]>([
    ['S1F0', () => 'abort', 0],
    ['T3', () => 'silence', 6],
  ])('G-20: %s ends an attempt in HOST OFF-LINE (4), T-13', async (_what, answer, wait) => {
    bed = cold({ t3: 5 });
    bed.on('S1F1', answer);
    await bed.up();
    await bed.pass(wait);
    expect(state(bed)).toBe('HOST OFF-LINE');
    expect(bed.numbers('control')).toEqual([1, 2, 4]);
  });

  it('G-20: OnlineFailed 1 ends it in EQUIPMENT OFF-LINE', async () => {
    bed = cold();
    await bed.equipment.operator.setConstant('OnlineFailed', 1);
    bed.on('S1F1', () => 'abort');
    await bed.up();
    expect(state(bed)).toBe('EQUIPMENT OFF-LINE');
  });

  it('G-20, G-24: a lost link ends an attempt, and nothing else', async () => {
    bed = cold();
    bed.on('S1F1', () => 'silence');
    await bed.up();
    await bed.cut();
    expect(state(bed)).toBe('HOST OFF-LINE');
    await bed.heal();
    expect(await bed.reply('S1F17 W')).toBe('<B 0x00>');
    await bed.cut();
    expect(state(bed)).toBe('REMOTE');
    await bed.heal();
    expect(state(bed)).toBe('REMOTE');
  });

  it.each([
    [2, 1, 'REMOTE', [1, 7]],
    [1, 1, 'EQUIPMENT OFF-LINE', [1, 2]],
    [1, 3, 'HOST OFF-LINE', [1, 2]],
  ])('G-20: InitControlState %i, OfflineSubstate %i: %s', async (init, substate, expected, numbers) => {
    bed = cold();
    await bed.equipment.operator.setConstant('InitControlState', init);
    await bed.equipment.operator.setConstant('OfflineSubstate', substate);
    await bed.up();
    expect([state(bed), bed.numbers('control')]).toEqual([expected, numbers]);
  });

  it('G-20: S1F15 is answered, then the event leaves last, and the equipment is HOST OFF-LINE (10)', async () => {
    bed = await etcher();
    await bed.enableAll();
    bed.taken();
    bed.numbers('control');
    expect(await bed.reply('S1F15 W')).toBe('<B 0x00>');
    await bed.settle();
    expect(bed.taken()).toEqual(['S6F11 W <L <U4 0> <U4 1> <L>>']);
    expect([state(bed), bed.numbers('control')]).toEqual(['HOST OFF-LINE', [10]]);
    await bed.equipment.raise('DoorOpened');
    expect(bed.taken()).toEqual([]);
  });

  it('G-20, G-23: S1F17 takes it ON-LINE from HOST OFF-LINE (11, 7); ONLACK 2 when it is', async () => {
    bed = await etcher();
    await bed.ask('S1F15 W');
    bed.numbers('control');
    expect(await bed.reply('S1F17 W')).toBe('<B 0x00>');
    expect([state(bed), bed.numbers('control')]).toEqual(['REMOTE', [11, 7]]);
    expect(await bed.reply('S1F17 W')).toBe('<B 0x02>');
  });

  it('G-23, T-22: ONLACK 1 in EQUIPMENT OFF-LINE, or S1F0 where the rules say so', async () => {
    bed = await etcher();
    await bed.equipment.operator.offLine();
    expect(await bed.reply('S1F17 W')).toBe('<B 0x01>');
    expect(bed.refused.at(-1)).toMatchObject({
      rule: 'S1F17',
      reply: 'S1F18',
      control: 'EQUIPMENT OFF-LINE',
    });
    await bed.down();
    bed = await etcher({ rules: { onlineWhileEquipmentOffline: 'abort' } });
    await bed.equipment.operator.offLine();
    expect(await bed.outcome('S1F17 W')).toBe('aborted');
  });

  it('G-23: the application may refuse S1F17', async () => {
    bed = await etcher({ admitOnline: () => false });
    await bed.ask('S1F15 W');
    expect(await bed.reply('S1F17 W')).toBe('<B 0x01>');
    expect(state(bed)).toBe('HOST OFF-LINE');
  });

  it('G-20, G-22: the operator goes OFF-LINE (6); the last event is awaited', async () => {
    bed = await etcher();
    await bed.enableAll();
    bed.taken();
    bed.numbers('control');
    let done = false;
    bed.on('S6F11', () => 'silence');
    void bed.equipment.operator.offLine().then(() => (done = true));
    await bed.settle();
    expect([state(bed), done]).toEqual(['EQUIPMENT OFF-LINE', false]);
    expect(bed.taken()).toEqual(['S6F11 W <L <U4 0> <U4 1> <L>>']);
    await bed.pass(46);
    expect([done, bed.numbers('control')]).toEqual([true, [6]]);
  });

  it('G-20: the operator goes ON-LINE again by an attempt (3, 5, 7); from HOST OFF-LINE by OFF-LINE first (12)', async () => {
    bed = await etcher();
    await bed.ask('S1F15 W');
    bed.numbers('control');
    await bed.equipment.operator.onLine();
    expect(state(bed)).toBe('HOST OFF-LINE');
    await bed.equipment.operator.offLine();
    expect(state(bed)).toBe('EQUIPMENT OFF-LINE');
    await bed.equipment.operator.onLine();
    await bed.settle();
    expect([state(bed), bed.numbers('control')]).toEqual(['REMOTE', [12, 3, 5, 7]]);
  });

  it('G-20: the switch moves LOCAL and REMOTE (9, 8), with their events; OFF-LINE it only moves', async () => {
    bed = await etcher();
    await bed.enableAll();
    bed.taken();
    bed.numbers('control');
    await bed.clock.settled(bed.equipment.operator.local());
    expect(state(bed)).toBe('LOCAL');
    await bed.clock.settled(bed.equipment.operator.remote());
    expect(bed.taken()).toEqual(['S6F11 W <L <U4 0> <U4 2> <L>>', 'S6F11 W <L <U4 0> <U4 3> <L>>']);
    expect(bed.numbers('control')).toEqual([9, 8]);
    await bed.ask('S1F15 W');
    await bed.equipment.operator.local();
    expect(state(bed)).toBe('HOST OFF-LINE');
    await bed.ask('S1F17 W');
    expect(state(bed)).toBe('LOCAL');
  });

  it('G-92: the switch survives power-off', async () => {
    const store = memoryStore();
    bed = await etcher({ store });
    await bed.clock.settled(bed.equipment.operator.local());
    await bed.down();
    bed = await etcher({ store });
    expect(state(bed)).toBe('LOCAL');
  });

  it('G-20: the SV ControlState is 1 to 5', async () => {
    bed = await etcher();
    expect(await bed.reply('S1F3 W <L <U4 1002>>')).toBe('<L <U1 5>>');
    await bed.clock.settled(bed.equipment.operator.local());
    expect(await bed.reply('S1F3 W <L <U4 1002>>')).toBe('<L <U1 4>>');
  });

  it.each(['S1F1 W', 'S1F3 W <L>', 'S1F15 W', 'S2F17 W', 'S2F41 W <L <A "START"> <L>>', 'S64F1 W'])(
    'G-22, T-8: OFF-LINE answers %s with function 0, and tells why',
    async (message) => {
      bed = await etcher();
      await bed.ask('S1F15 W');
      expect(await bed.outcome(message)).toBe('aborted');
      expect(bed.refused.at(-1)).toMatchObject({ rule: 'control', control: 'HOST OFF-LINE' });
      expect(await bed.reply('S1F13 W <L>')).toMatch(/^<L <B 0x00>/);
    },
  );

  it('G-22: OFF-LINE drops what wants no reply', async () => {
    bed = await etcher();
    await bed.ask('S1F15 W');
    await bed.host.send(S(2, 37, L()));
    await bed.settle();
    expect(bed.refused.at(-1)).toMatchObject({ rule: 'control', reply: 'nothing' });
  });

  it('G-22: S1F1 is answered ON-LINE with MDLN and SOFTREV', async () => {
    bed = await etcher();
    expect(await bed.reply('S1F1 W')).toBe('<L <A "ETCHER"> <A "1.0">>');
  });
});
