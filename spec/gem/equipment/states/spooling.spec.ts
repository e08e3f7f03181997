import { B } from '../../../../src/secs2';
import { memoryStore } from '../../../../src/gem/store/memory-store';
import { etcher, type Bed, type BedOptions } from '../bed';

describe('spooling', () => {
  let bed: Bed;
  afterEach(() => bed.down());

  /** Spooling enabled, one report with WaferId on WaferDone, all events enabled. */
  async function spooling(options?: BedOptions): Promise<Bed> {
    bed = await etcher(options);
    await bed.equipment.operator.setConstant('EnableSpooling', true);
    await bed.report(1, [2101], [101]);
    await bed.ask('S2F37 W <L <BOOLEAN T> <L <U4 15> <U4 16> <U4 17>>>');
    bed.taken();
    bed.numbers('spooling');
    return bed;
  }

  const done = (id: number): Promise<string> =>
    bed.clock.settled(bed.equipment.raise('WaferDone', { WaferId: `W${id}` }));
  /** CEIDs, or wafers of WaferDone, of what has come. */
  const came = (): string[] =>
    bed
      .taken('S6F11')
      .map((line) => /"(W\d+)"/.exec(line)?.[1] ?? /<U4 0> <U4 (\d+)>/.exec(line)?.[1] ?? line);
  const count = (): Promise<string> => bed.reply('S1F3 W <L <U4 1009> <U4 1010>>');

  it('G-85, G-88: what cannot be sent is spooled, and sent when the host asks, oldest first', async () => {
    await spooling();
    await bed.cut();
    expect([await done(1), await done(2)]).toEqual(['spooled', 'spooled']);
    expect(bed.equipment.spoolState).toBe('NO OUTPUT');
    await bed.heal();
    expect(came()).toEqual([]);
    expect(await count()).toBe('<L <U4 3> <U4 3>>');
    expect(await done(3)).toBe('spooled');
    expect(await bed.reply('S6F23 W <U1 0>')).toBe('<B 0x00>');
    await bed.settle();
    expect(came()).toEqual(['15', 'W1', 'W2', 'W3', '16']);
    expect(bed.numbers('spooling')).toEqual([1, 5, 3]);
    expect(await done(4)).toBe('sent');
    expect(came()).toEqual(['W4']);
    expect(await count()).toBe('<L <U4 0> <U4 4>>');
  });

  it('G-85: the event of the activation goes in first, then what could not be sent, in its order', async () => {
    await spooling({ rules: { eventWindow: 2 } });
    bed.on('S6F11', () => 'silence');
    const raised = [1, 2, 3, 4].map((id) => bed.equipment.raise('WaferDone', { WaferId: `W${id}` }));
    await bed.settle();
    expect(came()).toEqual(['W1', 'W2']);
    await bed.cut();
    expect(await bed.clock.settled(Promise.all(raised))).toEqual([
      'spooled',
      'spooled',
      'spooled',
      'spooled',
    ]);
    bed.on('S6F11', () => B(0));
    await bed.heal();
    await bed.ask('S6F23 W <U1 0>');
    await bed.settle();
    expect(came()).toEqual(['15', 'W1', 'W2', 'W3', 'W4', '16']);
  });

  it('G-86, T-2: off by default; without it what cannot be sent is dropped and told', async () => {
    bed = await etcher();
    await bed.enableAll();
    await bed.cut();
    expect(await bed.equipment.raise('DoorOpened')).toBe('dropped');
    expect(bed.equipment.spoolState).toBe('INACTIVE');
  });

  it('G-85: a failed S1F13 activates too (6)', async () => {
    const store = memoryStore();
    await spooling({ store });
    await bed.equipment.operator.setConstant('InitControlState', 2);
    await bed.down();
    bed = await etcher({ store, t3: 5 });
    await bed.down();
    expect(bed.equipment.spoolState).toBe('INACTIVE');
    bed = await etcher({ store });
    await bed.cut();
    expect(bed.equipment.spoolState).toBe('NO OUTPUT');
  });

  it('G-86: while ACTIVE streams that are not spooled are thrown away, and counted; the host is answered as ever', async () => {
    await spooling();
    await bed.ask('S2F43 W <L <L <U1 6> <L>>>');
    await bed.ask('S5F3 W <L <B 0x80> <U4>>');
    await bed.cut();
    expect(await bed.clock.settled(bed.equipment.setAlarm('DoorOpen'))).toBe('dropped');
    await done(1);
    await bed.heal();
    expect(await bed.reply('S1F1 W')).toBe('<L <A "ETCHER"> <A "1.0">>');
    expect(await count()).toBe('<L <U4 2> <U4 3>>');
  });

  it('G-86: an empty spool ends itself when communications are back; by the letter it stays', async () => {
    bed = await etcher();
    await bed.equipment.operator.setConstant('EnableSpooling', true);
    await bed.cut();
    expect(bed.equipment.spoolState).toBe('NO OUTPUT');
    await bed.heal();
    expect(bed.equipment.spoolState).toBe('INACTIVE');
    await bed.down();
    bed = await etcher({ rules: { emptySpoolEnds: false } });
    await bed.equipment.operator.setConstant('EnableSpooling', true);
    await bed.cut();
    await bed.heal();
    expect(bed.equipment.spoolState).toBe('NO OUTPUT');
    expect(await bed.reply('S6F23 W <U1 0>')).toBe('<B 0x00>');
    await bed.settle();
    expect(bed.equipment.spoolState).toBe('INACTIVE');
  });

  it('G-88: RSDA 2 with nothing there, 1 while it is being sent; PURGE throws all away (4, 3)', async () => {
    await spooling();
    expect(await bed.reply('S6F23 W <U1 0>')).toBe('<B 0x02>');
    await bed.cut();
    for (const id of [1, 2]) await done(id);
    await bed.heal();
    bed.on('S6F11', () => 'silence');
    await bed.ask('S6F23 W <U1 0>');
    expect(await bed.reply('S6F23 W <U1 0>')).toBe('<B 0x01>');
    expect(await bed.reply('S6F23 W <U1 1>')).toBe('<B 0x01>');
    await bed.cut();
    bed.on('S6F11', () => B(0));
    await bed.heal();
    came();
    bed.numbers('spooling');
    expect(await bed.reply('S6F23 W <U1 1>')).toBe('<B 0x00>');
    await bed.settle();
    expect(came()).toEqual(['16']);
    expect(bed.numbers('spooling')).toEqual([4, 3]);
  });

  it('G-88: one open transaction, the next after its reply or T3, removed after that', async () => {
    await spooling({ t3: 5 });
    await bed.cut();
    for (const id of [1, 2, 3]) await done(id);
    await bed.heal();
    bed.on('S6F11', () => 'silence');
    await bed.ask('S6F23 W <U1 0>');
    await bed.settle();
    expect(came()).toEqual(['15']);
    await bed.pass(5.1);
    expect(came()).toEqual(['W1']);
    bed.on('S6F11', () => B(0));
    await bed.pass(5.1);
    expect(came()).toEqual(['W2', 'W3', '16']);
  });

  it('G-88: MaxSpoolTransmit stops without an event, and S6F23 goes on', async () => {
    await spooling();
    await bed.equipment.operator.setConstant('MaxSpoolTransmit', 2);
    await bed.cut();
    for (const id of [1, 2, 3]) await done(id);
    await bed.heal();
    await bed.ask('S6F23 W <U1 0>');
    await bed.settle();
    expect(came()).toEqual(['15', 'W1']);
    expect(bed.equipment.spoolState).toBe('NO OUTPUT');
    await bed.ask('S6F23 W <U1 0>');
    await bed.settle();
    expect(came()).toEqual(['W2', 'W3']);
    await bed.ask('S6F23 W <U1 0>');
    await bed.settle();
    expect(came()).toEqual(['16']);
  });

  it('G-85: a link lost while TRANSMIT: the message stays, the failure is told by an event in the spool (6)', async () => {
    await spooling();
    await bed.cut();
    for (const id of [1, 2]) await done(id);
    await bed.heal();
    bed.numbers('spooling');
    bed.on('S6F11', () => 'silence');
    await bed.ask('S6F23 W <U1 0>');
    await bed.settle();
    await bed.cut();
    expect(bed.numbers('spooling')).toEqual([5, 6]);
    bed.on('S6F11', () => B(0));
    came();
    await bed.heal();
    await bed.ask('S6F23 W <U1 0>');
    await bed.settle();
    expect(came()).toEqual(['15', 'W1', 'W2', '17', '16']);
  });

  it('G-88: new messages queue behind while it is being sent', async () => {
    await spooling();
    await bed.cut();
    for (const id of [1, 2]) await done(id);
    await bed.heal();
    bed.on('S6F11', () => 'silence');
    await bed.ask('S6F23 W <U1 0>');
    await bed.settle();
    expect(await done(3)).toBe('spooled');
    bed.on('S6F11', () => B(0));
    await bed.pass(46);
    expect(came()).toEqual(['15', 'W1', 'W2', 'W3', '16']);
  });

  it.each([
    [false, ['15', 'W1', 'W2']],
    [true, ['W3', 'W4', 'W5']],
  ])('G-89: a full spool (2) with OverWriteSpool %p keeps %p', async (overwrite, kept) => {
    await spooling({ store: memoryStore({ spool: { maxMessages: 3 } }) });
    await bed.equipment.operator.setConstant('OverWriteSpool', overwrite);
    await bed.cut();
    bed.transitions.splice(0);
    const outcomes = [];
    for (const id of [1, 2, 3, 4, 5]) outcomes.push(await done(id));
    expect(outcomes.slice(2)).toEqual(
      overwrite ? ['spooled', 'spooled', 'spooled'] : ['dropped', 'dropped', 'dropped'],
    );
    expect(bed.numbers('spool load')).toEqual([2]);
    await bed.heal();
    expect(await count()).toBe('<L <U4 3> <U4 6>>');
    expect(await bed.reply('S1F3 W <L <U4 1012>>')).not.toBe('<L <A "">>');
    await bed.ask('S6F23 W <U1 0>');
    await bed.settle();
    expect(came()).toEqual([...kept, '16']);
    // FULL is over with INACTIVE.
    await bed.cut();
    expect(await done(6)).toBe('spooled');
  });

  it('G-89: room made by TRANSMIT is not reused', async () => {
    await spooling({ store: memoryStore({ spool: { maxMessages: 2 } }) });
    await bed.equipment.operator.setConstant('MaxSpoolTransmit', 1);
    await bed.cut();
    for (const id of [1, 2]) await done(id);
    await bed.heal();
    await bed.ask('S6F23 W <U1 0>');
    await bed.settle();
    expect(await done(3)).toBe('dropped');
    expect(await count()).toBe('<L <U4 1> <U4 4>>');
  });

  it('G-85, G-92: all is as it was after power-off (7, 8)', async () => {
    await spooling();
    await bed.cut();
    for (const id of [1, 2]) await done(id);
    const { store } = bed;
    const started = await bed.equipment.read('SpoolStartTime');
    await bed.down();
    bed = await etcher({ store });
    expect(bed.equipment.spoolState).toBe('NO OUTPUT');
    expect(await count()).toBe('<L <U4 3> <U4 3>>');
    expect(await bed.equipment.read('SpoolStartTime')).toBe(started);
    bed.taken();
    await bed.ask('S6F23 W <U1 0>');
    await bed.settle();
    expect(came()).toEqual(['15', 'W1', 'W2', '16']);
  });

  it('G-85, G-88: power-off in the middle of TRANSMIT doubles the one message whose reply was under way, and no other', async () => {
    await spooling();
    await bed.cut();
    for (const id of [1, 2, 3]) await done(id);
    await bed.heal();
    let answered = 0;
    bed.on('S6F11', () => (++answered <= 2 ? B(0) : 'silence'));
    await bed.ask('S6F23 W <U1 0>');
    await bed.settle();
    expect(came()).toEqual(['15', 'W1', 'W2']);
    const { store } = bed;
    await bed.down();
    bed = await etcher({ store });
    expect(bed.equipment.spoolState).toBe('NO OUTPUT');
    bed.taken();
    await bed.ask('S6F23 W <U1 0>');
    await bed.settle();
    expect(came().filter((line) => line.startsWith('W'))).toEqual(['W2', 'W3']);
  });

  it('G-90: OFF-LINE nothing enters, and what is in stays', async () => {
    await spooling();
    await bed.cut();
    await done(1);
    await bed.heal();
    await bed.ask('S1F15 W');
    await bed.settle();
    expect(await done(2)).toBe('dropped');
    await bed.cut();
    expect(await done(3)).toBe('dropped');
    await bed.heal();
    await bed.ask('S1F17 W');
    expect(bed.equipment.spoolState).toBe('NO OUTPUT');
    await bed.ask('S6F23 W <U1 0>');
    await bed.settle();
    expect(came()).toEqual(['15', 'W1', '16']);
  });

  it('G-90: a link that is lost while OFF-LINE begins no spool', async () => {
    await spooling();
    await bed.ask('S1F15 W');
    await bed.cut();
    expect(bed.equipment.spoolState).toBe('INACTIVE');
  });

  it('T-24: the event of going ON-LINE sits in the spool; ControlState tells', async () => {
    await spooling();
    await bed.cut();
    await done(1);
    await bed.heal();
    await bed.ask('S1F15 W');
    await bed.ask('S2F37 W <L <BOOLEAN T> <L>>').catch(() => undefined);
    await bed.ask('S1F17 W');
    expect(came()).toEqual([]);
    expect(await bed.reply('S1F3 W <L <U4 1002>>')).toBe('<L <U1 5>>');
  });

  it.each([
    ['a stream that is never spooled', '<L <U1 1> <L>>', '<L <U1 1> <B 0x01> <L>>'],
    ['a stream of which nothing is sent', '<L <U1 3> <L>>', '<L <U1 3> <B 0x02> <L>>'],
    ['a stream that the tool does not spool', '<L <U1 7> <L>>', '<L <U1 7> <B 0x01> <L>>'],
    ['a function that is not sent', '<L <U1 6> <L <U1 11> <U1 99>>>', '<L <U1 6> <B 0x03> <L <U1 99>>>'],
    ['a reply', '<L <U1 6> <L <U1 12>>>', '<L <U1 6> <B 0x04> <L <U1 12>>>'],
  ])('G-87: %s refuses all of S2F43', async (_what, wrong, fault) => {
    await spooling();
    expect(await bed.reply(`S2F43 W <L <L <U1 5> <L>> ${wrong}>`)).toBe(`<L <B 0x01> <L ${fault}>>`);
    await bed.cut();
    expect(await done(1)).toBe('spooled');
  });

  it('G-87, G-92: S2F43 replaces all choices, and is kept', async () => {
    await spooling();
    expect(await bed.reply('S2F43 W <L <L <U1 6> <L <U1 1>>>>')).toBe('<L <B 0x00> <L>>');
    const { store } = bed;
    await bed.cut();
    expect(await done(1)).toBe('dropped');
    await bed.down();
    bed = await etcher({ store });
    expect(await bed.reply('S2F43 W <L>')).toBe('<L <B 0x00> <L>>');
    await bed.cut();
    expect(await done(2)).toBe('dropped');
  });

  it('G-87: nothing is spooled before the host has chosen, where the rules say so', async () => {
    await spooling({ rules: { spooledAtFirst: 'none' } });
    await bed.cut();
    expect(await done(1)).toBe('dropped');
  });

  it('G-90, T-3: spooled messages are sent with new system bytes, as they were encoded', async () => {
    await spooling();
    await bed.cut();
    await done(1);
    await bed.heal();
    await bed.ask('S2F33 W <L <U4 1> <L>>');
    await bed.ask('S6F23 W <U1 0>');
    await bed.settle();
    expect(came()).toEqual(['15', 'W1', '16']);
  });

  it('G-92: a store that fails is reported, and does not stop what is sent', async () => {
    await spooling();
    await bed.cut();
    jest.spyOn(bed.store.spool, 'append').mockRejectedValue(new Error('disk full'));
    expect(await done(1)).toBe('dropped');
    expect(bed.errors).toContain('the spool: disk full');
    expect(bed.undelivered.at(-1)).toMatchObject({ delivery: 'dropped', why: 'the spool did not take it' });
  });
});
