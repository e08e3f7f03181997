import { etcher, type Bed } from './bed';

const start = (parameters: string): string => `S2F41 W <L <A "START"> <L ${parameters}>>`;
const ppid = '<L <A "PPID"> <A "OXIDE">>';

describe('remote control', () => {
  let bed: Bed;
  let seen: unknown[];
  beforeEach(async () => {
    bed = await etcher();
    seen = [];
    bed.equipment.commands.START.handle((parameters, context) => void seen.push([parameters, context]));
    bed.equipment.commands.PURGE.handle(({ Seconds }) => void seen.push(Seconds));
    bed.equipment.commands.LOAD.handle(() => void seen.push('load'));
  });
  afterEach(() => bed.down());

  it('G-65: HCACK 0, with typed parameters', async () => {
    expect(await bed.reply(start(`${ppid} <L <A "Slots"> <U1 1 2>>`))).toBe('<L <B 0x00> <L>>');
    expect(seen).toEqual([
      [
        { PPID: 'OXIDE', Slots: [1, 2] },
        { by: 'host', object: '' },
      ],
    ]);
  });

  it('G-66: names match ignoring case, parameters too', async () => {
    expect(await bed.reply('S2F41 W <L <A "start"> <L <L <A "ppid"> <A "X">>>>')).toBe('<L <B 0x00> <L>>');
    expect(seen).toEqual([[{ PPID: 'X' }, { by: 'host', object: '' }]]);
  });

  it.each([
    ['no such command', 'S2F41 W <L <A "FLY"> <L>>', '<L <B 0x01> <L>>'],
    ['no handler', 'S2F41 W <L <A "STOP"> <L>>', '<L <B 0x02> <L>>'],
    ['an unknown parameter', start(`${ppid} <L <A "X"> <U1 1>>`), '<L <B 0x03> <L <L <A "X"> <B 0x01>>>>'],
    ['a missing parameter', start(''), '<L <B 0x03> <L <L <A "PPID"> <B 0x01>>>>'],
    ['a wrong format', start('<L <A "PPID"> <U4 1>>'), '<L <B 0x03> <L <L <A "PPID"> <B 0x03>>>>'],
    ['a parameter twice', start(`${ppid} ${ppid}`), '<L <B 0x03> <L <L <A "PPID"> <B 0x01>>>>'],
    [
      'a value out of range',
      'S2F41 W <L <A "PURGE"> <L <L <A "Seconds"> <U2 601>>>>',
      '<L <B 0x03> <L <L <A "Seconds"> <B 0x02>>>>',
    ],
  ])('G-65: %s; only bad parameters are listed', async (_what, message, answer) => {
    expect(await bed.reply(message)).toBe(answer);
    expect(seen).toEqual([]);
    expect(bed.refused.at(-1)).toMatchObject({ rule: 'S2F41', reply: 'S2F42' });
  });

  it('G-65: takes a number in any format that holds it', async () => {
    expect(await bed.reply('S2F41 W <L <A "PURGE"> <L <L <A "Seconds"> <U4 60>>>>')).toBe('<L <B 0x00> <L>>');
    expect(seen).toEqual([60]);
  });

  it('G-65: the program answers other codes, and names parameters', async () => {
    bed.equipment.commands.START.handle(() => ({ hcack: 3, cpacks: { PPID: 2 } }));
    expect(await bed.reply(start(ppid))).toBe('<L <B 0x03> <L <L <A "PPID"> <B 0x02>>>>');
    bed.equipment.commands.START.handle(() => 64);
    expect(await bed.reply(start(ppid))).toBe('<L <B 0x40> <L>>');
    bed.equipment.commands.START.handle(() => Promise.resolve(5));
    expect(await bed.reply(start(ppid))).toBe('<L <B 0x05> <L>>');
  });

  it('G-5: a handler that throws gets S2F0', async () => {
    bed.equipment.commands.START.handle(() => {
      throw new Error('no wafer');
    });
    expect(await bed.outcome(start(ppid))).toBe('aborted');
    expect(bed.errors).toEqual(['handling S2F41: no wafer']);
  });

  it('G-66, T-15: a slow handler with a completion is answered 4, and the event follows', async () => {
    await bed.enableAll();
    bed.taken();
    let finish: () => void = () => undefined;
    bed.equipment.commands.START.handle(() => new Promise<void>((resolve) => (finish = resolve)));
    const asked = bed.reply(start(ppid));
    await bed.pass(22);
    expect(await asked).toBe('<L <B 0x04> <L>>');
    expect(bed.taken()).toEqual([]);
    finish();
    await bed.settle();
    expect(bed.taken()).toEqual(['S6F11 W <L <U4 0> <U4 7> <L>>']);
  });

  it('G-66, T-15: the event follows a failure too, and comes once where the program has raised it', async () => {
    await bed.enableAll();
    bed.taken();
    let finish: (error?: Error) => void = () => undefined;
    const slow = (): Promise<void> =>
      new Promise<void>(
        (resolve, reject) => (finish = (error) => (error === undefined ? resolve() : reject(error))),
      );
    bed.equipment.commands.START.handle(slow);
    expect(await bed.reply(start(ppid))).toBe('<L <B 0x04> <L>>');
    finish(new Error('arm stuck'));
    await bed.settle();
    expect(bed.taken()).toEqual(['S6F11 W <L <U4 0> <U4 7> <L>>']);
    expect(bed.errors).toEqual(['the command START: arm stuck']);
    expect(await bed.reply(start(ppid))).toBe('<L <B 0x04> <L>>');
    await bed.equipment.raise('ProcessingCompleted');
    finish();
    await bed.settle();
    expect(bed.taken()).toEqual(['S6F11 W <L <U4 0> <U4 7> <L>>']);
  });

  it('G-66: a handler without completion is waited for', async () => {
    bed.equipment.commands.PURGE.handle(
      () => new Promise<void>((resolve) => bed.clock.setTimer('x', 30, resolve)),
    );
    expect(await bed.reply('S2F41 W <L <A "PURGE"> <L <L <A "Seconds"> <U2 60>>>>')).toBe('<L <B 0x00> <L>>');
  });

  it('G-25: LOCAL refuses what starts processing or moves material; all else while processing alone', async () => {
    bed.equipment.commands.STOP.handle(() => void seen.push('stop'));
    await bed.clock.settled(bed.equipment.operator.local());
    expect(await bed.reply(start(ppid))).toBe('<L <B 0x02> <L>>');
    expect(await bed.reply('S2F41 W <L <A "LOAD"> <L>>')).toBe('<L <B 0x02> <L>>');
    expect(await bed.reply('S2F41 W <L <A "PURGE"> <L <L <A "Seconds"> <U2 1>>>>')).toBe('<L <B 0x00> <L>>');
    expect(await bed.reply('S2F41 W <L <A "STOP"> <L>>')).toBe('<L <B 0x00> <L>>');
    bed.equipment.process('start');
    expect(await bed.reply('S2F41 W <L <A "STOP"> <L>>')).toBe('<L <B 0x02> <L>>');
    expect(seen).toEqual([1, 'stop']);
    expect(await bed.reply('S1F3 W <L <U4 2001>>')).toBe('<L <F8 5>>');
  });

  it('G-25: with the HCACK of a vendor', async () => {
    await bed.down();
    bed = await etcher({ rules: { localHcack: 6 } });
    await bed.clock.settled(bed.equipment.operator.local());
    expect(await bed.reply(start(ppid))).toBe('<L <B 0x06> <L>>');
  });

  it('G-67: S2F49 with an object', async () => {
    expect(await bed.reply(`S2F49 W <L <U4 1> <A "PM1"> <A "START"> <L ${ppid}>>`)).toBe('<L <B 0x00> <L>>');
    expect(seen).toEqual([[{ PPID: 'OXIDE' }, { by: 'host', object: 'PM1' }]]);
    expect(await bed.reply('S2F49 W <L <U4 1> <A ""> <A "START"> <L>>')).toBe(
      '<L <B 0x03> <L <L <A "PPID"> <B 0x01>>>>',
    );
  });

  it('G-67: S2F21 has CMDA 0, 1, 2', async () => {
    expect(await bed.reply('S2F21 W <A "LOAD">')).toBe('<B 0x00>');
    expect(await bed.reply('S2F21 W <A "FLY">')).toBe('<B 0x01>');
    expect(await bed.reply('S2F21 W <A "START">')).toBe('<B 0x02>');
  });

  it('G-67: the operator commands; while REMOTE the host is told', async () => {
    await bed.report(1, [1109], [5]);
    bed.taken();
    await bed.equipment.operator.command('START', { PPID: 'X' });
    await bed.settle();
    expect(bed.taken()).toEqual(['S6F11 W <L <U4 0> <U4 5> <L <L <U4 1> <L <A "START">>>>>']);
    await bed.clock.settled(bed.equipment.operator.local());
    bed.taken();
    await bed.equipment.operator.command('LOAD');
    expect(bed.taken()).toEqual([]);
    expect(seen).toEqual([[{ PPID: 'X' }, { by: 'operator', object: '' }], 'load']);
    await expect(bed.equipment.operator.command('STOP')).rejects.toThrow('the command STOP has no handler');
    await expect(bed.equipment.operator.command('FLY' as never)).rejects.toThrow(
      'there is no command named the string "FLY"',
    );
  });

  it('G-75: processing states are told by variables and events', async () => {
    await bed.report(1, [1006, 1007], [6, 7, 8, 9]);
    bed.taken();
    bed.equipment.process('start');
    bed.equipment.process('complete');
    bed.equipment.process('setUp');
    bed.equipment.process('stop');
    await bed.settle();
    const lines = bed
      .taken()
      .map((line) => /<U4 (\d)> <L <L <U4 1> <L <U1 (\d)> <U1 (\d)>/.exec(line)?.slice(1).join(' '));
    expect(lines).toEqual(['9 3 0', '6 3 0', '9 0 3', '7 0 3', '9 1 0', '9 0 1', '8 0 1']);
    expect(bed.numbers('processing')).toEqual([3, 4, 1, 5]);
    expect(() => bed.equipment.process('complete')).toThrow(
      'the trigger must lead somewhere from IDLE, received the string "complete"',
    );
    expect(bed.equipment.canProcess('start')).toBe(true);
  });

  it('G-75: material is told by events', async () => {
    await bed.enableAll();
    bed.taken();
    void bed.equipment.raise('MaterialReceived');
    void bed.equipment.raise('MaterialRemoved');
    await bed.settle();
    expect(bed.taken()).toEqual(['S6F11 W <L <U4 0> <U4 12> <L>>', 'S6F11 W <L <U4 0> <U4 13> <L>>']);
  });
});
