import { A, B, L } from '../../src/secs2';
import { etcher, type Bed } from './equipment/bed';
import { etcherModel, EquipmentSide, HostSide, pair, scripted, testNetwork } from './host/bed';
import { useTransport } from './transport';

// What a line does to GEM and HSMS does not: a message fails though the link stays, and long ones have to be granted first.
beforeAll(() => {
  useTransport('SECS-I');
  // Replies that are lost are told there.
  jest.spyOn(console, 'error').mockImplementation();
});
afterAll(() => jest.restoreAllMocks());

const long = 'x'.repeat(300);

describe('an equipment on a line whose other end says nothing', () => {
  let bed: Bed;
  afterEach(() => bed.down());

  const done = (wafer: string) => bed.equipment.raise('WaferDone', { WaferId: wafer });
  const wafers = (): string[] => bed.taken('S6F11').flatMap((line) => /"(W\d+)/.exec(line)?.[1] ?? []);

  async function spooling(): Promise<void> {
    bed = await etcher();
    await bed.equipment.operator.setConstant('EnableSpooling', true);
    await bed.report(1, [2101], [101]);
    bed.taken();
    bed.numbers('communication');
  }

  it('B-22: a message that fails in every try is a communication failure: what waits is spooled, in its order', async () => {
    await spooling();
    bed.network.cut();
    const raised = Array.from({ length: 30 }, (_, i) => done(`W${i}`));
    await bed.pass(39);
    expect(bed.equipment.communicationState).toBe('COMMUNICATING');
    await bed.pass(2);
    expect(bed.numbers('communication')).toEqual([14, 5, 10]);
    expect(new Set(await bed.clock.settled(Promise.all(raised)))).toEqual(new Set(['spooled']));
    expect(bed.session.currentAvailability).toBe('usable');
    // S1F13 is the only thing that waits for the line.
    expect(bed.session.openRequests).toBe(1);
    bed.network.heal();
    await bed.pass(60);
    expect(bed.equipment.communicationState).toBe('COMMUNICATING');
    expect(wafers()).toEqual([]);
    expect(await bed.reply('S6F23 W <U1 0>')).toBe('<B 0x00>');
    await bed.settle();
    expect(wafers()).toEqual(Array.from({ length: 30 }, (_, i) => `W${i}`));
  });

  it('B-22: what was about to leave the spool stays in it', async () => {
    await spooling();
    await bed.cut();
    for (const wafer of ['W1', 'W2', 'W3']) await bed.clock.settled(done(wafer));
    await bed.heal();
    bed.on('S6F11', (message) => {
      if (String(message.item).includes('W1')) bed.network.cut();
      return B(0);
    });
    await bed.reply('S6F23 W <U1 0>');
    await bed.pass(100);
    bed.on('S6F11', () => B(0));
    expect(bed.equipment.spoolState).toBe('NO OUTPUT');
    bed.network.heal();
    await bed.pass(60);
    await bed.reply('S6F23 W <U1 0>');
    await bed.settle();
    expect(new Set(wafers())).toEqual(new Set(['W1', 'W2', 'W3']));
    expect(bed.undelivered).toEqual([]);
  });
});

describe('a host on a line whose other end says nothing', () => {
  it('B-22: establishes communications anew once a message has failed, and sets the tool up again', async () => {
    const { tool, side } = await pair();
    const { clock } = side.network;
    expect(side.host.state).toBe('ready');
    side.network.cut();
    const asked = side.host.read('Mode').catch((error: unknown) => error);
    await clock.advanceAsync(41);
    expect(await asked).toMatchObject({ code: 'SECS1_RETRY_LIMIT' });
    expect(side.host.state).toBe('establishing');
    side.network.heal();
    tool.taken();
    await clock.advanceAsync(120);
    expect(side.host.state).toBe('ready');
    expect(tool.taken('S1F13', 'S2F33').length).toBeGreaterThan(1);
    await side.down();
    await tool.down();
  });

  it('B-22: leaves no set-up hanging whose line falls silent in its midst', async () => {
    const network = testNetwork();
    const tool = new EquipmentSide(network, etcherModel);
    const side = new HostSide(network, etcherModel, { events: { WaferStarted: [] } });
    tool.session.events.once('primary', () => tool.session.events.once('primary', () => network.cut()));
    await tool.session.connection.enable();
    await side.session.connection.enable();
    side.host.start();
    await network.clock.advanceAsync(50);
    expect(side.host.state).toBe('establishing');
    network.heal();
    await network.clock.advanceAsync(120);
    expect(side.host.state).toBe('ready');
    await side.down();
    await tool.down();
  });
});

describe('grants below GEM', () => {
  it.each([
    ['by the session', {}],
    ['by the equipment, where its rules say so', { rules: { inquireAbove: 10 } }],
  ])('B-46: a report of several blocks is asked for once, %s', async (_, options) => {
    const bed = await etcher(options);
    await bed.report(1, [2101], [101]);
    bed.taken();
    const raised = bed.equipment.raise('WaferDone', { WaferId: long });
    expect(await bed.clock.settled(raised)).toBe('sent');
    expect(bed.taken().map((line) => line.slice(0, 5).trim())).toEqual(['S6F5', 'S6F11']);
    bed.on('S6F5', () => B(1));
    expect(await bed.clock.settled(bed.equipment.raise('WaferDone', { WaferId: long }))).toBe('failed');
    expect(bed.undelivered.at(-1)?.why).toMatch(/S6F5 with code 1/);
    expect(bed.equipment.communicationState).toBe('COMMUNICATING');
    await bed.down();
  });

  it('B-46: the verdict of the program counts, however long it takes', async () => {
    let asked = 0;
    const checkPrograms = (): Promise<number> => {
      asked++;
      return new Promise((resolve) => bed.clock.setTimer('check', 7, () => resolve(4)));
    };
    const bed: Bed = await etcher({ checkPrograms });
    expect(await bed.reply('S7F1 W <L <A "X"> <U4 900>>')).toBe('<B 0x04>');
    expect({ asked, errors: bed.errors }).toEqual({ asked: 1, errors: [] });
    await bed.down();
  });

  it.each([true, false])('B-46: a recipe is asked for once (inquire: %s)', async (inquire) => {
    const { tool, side } = await pair();
    const { clock } = side.network;
    tool.taken();
    const body = B(Buffer.alloc(50_000, 7));
    expect(await clock.settled(side.host.recipes.download('R', body, { inquire }))).toMatchObject({
      ok: true,
    });
    expect(tool.received.map(({ name }) => name)).toEqual(['S7F1', 'S7F3']);
    expect((await clock.settled(side.host.recipes.upload('R')))?.identical(body)).toBe(true);
    const asked: string[] = [];
    side.host.handle('S7F1', ({ name }) => (asked.push(name), B(0)));
    side.host.handle('S7F3', ({ name }) => (asked.push(name), B(0)));
    await clock.settled(tool.equipment.programs.send('R'));
    expect(asked).toEqual(['S7F1', 'S7F3']);
    await side.down();
    await tool.down();
  });

  it('B-46: a set-up that the tool does not grant ends as degraded, and says why', async () => {
    const setup = {
      reports: Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`R${i}`, ['WaferId', 'Slot']])),
      events: { WaferStarted: Array.from({ length: 40 }, (_, i) => `R${i}`) },
    };
    const { tool, side } = await scripted(setup, (one) => one.on('S2F39', B(2)));
    await side.network.clock.advanceAsync(60);
    expect(side.host.state).toBe('degraded');
    expect(side.host.degraded.map(({ text }) => text).join()).toMatch(/S2F33 .*S2F39 with code 2/);
    await side.down();
    await tool.session.connection.dispose();
  });

  it('B-12, B-25: long replies and events share the line', async () => {
    const bed = await etcher();
    await bed.report(1, [2101], [101]);
    await bed.ask('S7F3 W <L <A "R"> <B>>');
    await bed.ask(`S7F3 W <L <A "LONG"> <A "${'y'.repeat(20_000)}">>`);
    bed.taken();
    const events = Array.from({ length: 20 }, (_, i) =>
      bed.equipment.raise('WaferDone', { WaferId: `W${i}` }),
    );
    const reply = await bed.ask('S7F5 W <A "LONG">');
    expect(reply.item?.equals(L(A('LONG'), A('y'.repeat(20_000))))).toBe(true);
    expect(new Set(await bed.clock.settled(Promise.all(events)))).toEqual(new Set(['sent']));
    expect(bed.taken()).toHaveLength(20);
    await bed.down();
  });
});
