import { B, L, S } from '../../../../src/secs2';
import { etcherDefinition } from '../../support';
import { Bed, etcher } from '../bed';

const cold = (options?: ConstructorParameters<typeof Bed>[1]): Bed => new Bed(etcherDefinition, options);

describe('communication states', () => {
  let bed: Bed;
  afterEach(() => bed.down());

  it('G-10, G-15: establishes communications with MDLN and SOFTREV', async () => {
    bed = await etcher();
    expect(bed.taken('S1F13')).toEqual(['S1F13 W <L <A "ETCHER"> <A "1.0">>']);
    expect(bed.equipment.communicationState).toBe('COMMUNICATING');
    expect(bed.numbers('communication')).toEqual([2, 4, 5, 10, 6, 7, 9]);
  });

  it('is not started again once it was stopped, which would leave it deaf', async () => {
    bed = await etcher();
    bed.equipment.stop();
    expect(() => bed.equipment.start()).toThrow('was stopped: make another one');
    expect(bed.equipment.communicationState).toBe('DISABLED');
  });

  it('G-11: sends nothing while not selected, and S1F13 at once when it is', async () => {
    bed = cold();
    bed.equipment.start();
    await bed.pass(100);
    expect(bed.equipment.communicationState).toBe('NO LINK');
    await bed.connect();
    expect(bed.taken('S1F13')).toHaveLength(1);
  });

  it.each<[string, Parameters<Bed['on']>[1]]>([
    ['COMMACK 1', () => L(B(1), L())],
    ['a malformed S1F14', () => L(B(0))],
    ['S1F14 that is no list', () => B(0)],
    ['S1F0', () => 'abort'],
  ])(
    'G-10, G-16: after %s tries again when EstablishCommunicationsTimeout has passed',
    async (_what, answer) => {
      bed = cold();
      bed.on('S1F13', answer);
      await bed.up();
      expect(bed.equipment.communicationState).toBe('WAIT DELAY');
      await bed.pass(9.9);
      expect(bed.taken('S1F13')).toHaveLength(1);
      bed.on('S1F13', () => L(B(0), L()));
      await bed.pass(0.2);
      expect(bed.taken('S1F13')).toHaveLength(1);
      expect(bed.equipment.communicationState).toBe('COMMUNICATING');
      expect(bed.numbers('communication')).toEqual([2, 4, 5, 10, 6, 7, 6, 7, 9]);
    },
  );

  it('G-10: T3 of S1F13 leads to WAIT DELAY', async () => {
    bed = cold({ t3: 5 });
    bed.on('S1F13', () => 'silence');
    await bed.up();
    expect(bed.equipment.communicationState).toBe('WAIT CRA');
    await bed.pass(5.1);
    expect(bed.equipment.communicationState).toBe('WAIT DELAY');
  });

  it('G-16: an EstablishCommunicationsTimeout of 0 counts as 1', async () => {
    bed = cold();
    await bed.equipment.operator.setConstant('EstablishCommunicationsTimeout', 0);
    bed.on('S1F13', () => L(B(1), L()));
    await bed.up();
    await bed.pass(0.9);
    expect(bed.taken('S1F13')).toHaveLength(1);
    await bed.pass(0.2);
    expect(bed.taken('S1F13')).toHaveLength(1);
  });

  it('G-10: any other message while WAIT DELAY is dropped, and has S1F13 sent now (8)', async () => {
    bed = cold();
    bed.on('S1F13', () => L(B(1), L()));
    await bed.up();
    bed.numbers('communication');
    const asked = bed.host
      .request(S(1, 3).w(L()), { t3: 5 })
      .catch((error: { outcome: string }) => error.outcome);
    await bed.settle();
    expect(bed.taken('S1F13')).toHaveLength(2);
    expect(bed.numbers('communication').slice(0, 1)).toEqual([8]);
    expect(await bed.clock.settled(asked)).toBe('t3');
  });

  it.each<[string, 'drop' | 'abort', string]>([
    ['drops', 'drop', 't3'],
    ['aborts, where the rules say so,', 'abort', 'aborted'],
  ])(
    'G-12, T-23: %s other primaries while NOT COMMUNICATING, and tells so',
    async (_what, reply, outcome) => {
      bed = cold({ rules: { notCommunicatingReply: reply }, t3: 5 });
      bed.on('S1F13', () => 'silence');
      await bed.up();
      expect(await bed.outcome('S1F3 W <L>')).toBe(outcome);
      expect(bed.refused).toMatchObject([
        { rule: 'communication', message: 'S1F3', communication: 'WAIT CRA' },
      ]);
    },
  );

  it.each(['S1F13 W <L>', 'S1F13 W', 'S1F13 W <L <A "HOST"> <A "2">>'])(
    'G-15: %s of the host establishes communications',
    async (message) => {
      bed = cold();
      bed.on('S1F13', () => 'silence');
      await bed.up();
      expect(await bed.reply(message)).toBe('<L <B 0x00> <L <A "ETCHER"> <A "1.0">>>');
      expect(bed.equipment.communicationState).toBe('COMMUNICATING');
      expect(bed.numbers('communication').slice(-1)).toEqual([15]);
    },
  );

  it('G-13, T-1: both sides establish at once: both are answered, and a late S1F14 changes nothing', async () => {
    bed = cold();
    bed.on('S1F13', () => 'silence');
    await bed.up();
    expect(await bed.reply('S1F13 W <L>')).toMatch(/^<L <B 0x00>/);
    bed.numbers('communication');
    await bed.pass(60);
    expect(bed.equipment.communicationState).toBe('COMMUNICATING');
    expect(bed.numbers('communication')).toEqual([]);
    expect(bed.taken('S1F13')).toHaveLength(1);
  });

  it('G-13: one S1F13 of its own at a time', async () => {
    bed = cold({ t3: 5 });
    bed.on('S1F13', () => 'silence');
    await bed.up();
    await bed.pass(4);
    expect(bed.taken('S1F13')).toHaveLength(1);
  });

  it('G-13: what becomes of an S1F13 from before the operator disabled it does not count', async () => {
    bed = cold({ t3: 5 });
    bed.on('S1F13', () => 'silence');
    await bed.up();
    await bed.pass(3);
    bed.equipment.operator.disable();
    bed.equipment.operator.enable();
    await bed.pass(3);
    expect(bed.equipment.communicationState).toBe('WAIT CRA');
    await bed.pass(3);
    expect(bed.equipment.communicationState).toBe('WAIT DELAY');
  });

  it('G-14: S1F13 while COMMUNICATING keeps the state, and tells that the host restarted', async () => {
    bed = await etcher();
    let told = 0;
    bed.equipment.events.on('reestablished', () => told++);
    bed.numbers('communication');
    expect(await bed.reply('S1F13 W <L>')).toMatch(/^<L <B 0x00>/);
    expect([told, bed.numbers('communication')]).toEqual([1, []]);
  });

  it('G-14: COMMACK 1 comes from the application alone, and is no transition', async () => {
    bed = cold({ admitHost: () => false });
    bed.on('S1F13', () => 'silence');
    await bed.up();
    bed.numbers('communication');
    expect(await bed.reply('S1F13 W <L>')).toBe('<L <B 0x01> <L <A "ETCHER"> <A "1.0">>>');
    expect(bed.numbers('communication')).toEqual([]);
    expect(bed.equipment.communicationState).toBe('WAIT CRA');
  });

  it('G-11: the end of Selected is a communication failure, T3 is none', async () => {
    bed = await etcher({ t3: 5 });
    await bed.enableAll();
    bed.on('S6F11', () => 'silence');
    void bed.equipment.raise('DoorOpened');
    await bed.pass(6);
    expect(bed.equipment.communicationState).toBe('COMMUNICATING');
    bed.numbers('communication');
    await bed.cut();
    expect(bed.equipment.communicationState).toBe('NO LINK');
    expect(bed.numbers('communication')).toEqual([14, 5, 10, 6]);
    await bed.heal();
    expect(bed.equipment.communicationState).toBe('COMMUNICATING');
  });

  it('G-10: the operator disables and enables (3, 2); what waits goes away', async () => {
    bed = await etcher();
    await bed.enableAll();
    bed.on('S6F11', () => 'silence');
    const raised = bed.equipment.raise('DoorOpened');
    await bed.settle();
    bed.numbers('communication');
    bed.equipment.operator.disable();
    expect(await bed.clock.settled(raised)).toBe('dropped');
    expect(bed.equipment.communicationState).toBe('DISABLED');
    expect(await bed.outcome('S1F13 W <L>')).toBe('t3');
    bed.equipment.operator.enable();
    await bed.settle();
    expect(bed.numbers('communication')).toEqual([3, 2, 4, 5, 10, 9]);
  });

  it('G-10: starts DISABLED where InitCommState is 0', async () => {
    bed = cold();
    await bed.equipment.operator.setConstant('InitCommState', 0);
    await bed.up();
    expect(bed.equipment.communicationState).toBe('DISABLED');
    expect(bed.taken('S1F13')).toEqual([]);
  });

  it('G-10: no event is raised on communication states', async () => {
    bed = await etcher();
    await bed.enableAll();
    bed.taken();
    await bed.cut();
    await bed.heal();
    await bed.pass(100);
    expect(bed.taken()).toEqual([]);
  });
});
