import { A, B, L, S, U1, U4, type Item } from '../../../../src/secs2';
import { GemSetupError } from '../../../../src/gem';
import { EquipmentSide, etcherModel, etcherSetup, HostSide, pair, scripted, testNetwork } from '../bed';

describe('start-up', () => {
  it('makes the wish true, step by step (G-110, G-111)', async () => {
    const { tool, side } = await pair();
    expect(side.host.degraded).toEqual([]);
    await side.host.ready();
    expect(side.states).toEqual([
      'selected',
      'establishing',
      'communicating',
      'offLine',
      'settingUp',
      'ready',
    ]);
    expect(side.steps).toEqual([
      ...['clock', 'spool', 'quiet', 'clear', 'define', 'link', 'enable', 'alarms', 'activeAlarms'],
    ]);
    const names = tool.taken().map((line) => line.split(' ')[0]);
    // The backlog before reports change (G-116), enabling after linking (T-4).
    expect(names.slice(-9)).toEqual([
      ...['S2F31', 'S6F23', 'S2F37', 'S2F33', 'S2F33', 'S2F35', 'S2F37', 'S5F3', 'S5F5'],
    ]);
    expect(side.errors).toEqual([]);
    expect(side.warnings).toEqual([]);
    await side.down();
    await tool.down();
  });

  it('gives events by name, with the types of the model', async () => {
    const { tool, side } = await pair();
    const seen: (string | undefined)[] = [];
    side.host.event('WaferStarted').subscribe(({ values }) => {
      const wafer: string | undefined = values.WaferId;
      const slot: number | undefined = values.Slot;
      seen.push(wafer, String(slot), String(values.ChamberPressure));
    });
    await tool.equipment.raise('WaferStarted', { WaferId: 'W-1', Slot: 3 });
    await side.network.clock.settle();
    expect(seen).toEqual(['W-1', '3', '5']);
    expect(side.events[0]?.reports.map(({ name }) => name)).toEqual(['Position', 'Chamber']);
    expect(side.events[0]?.spooled).toBe(false);
    await side.down();
    await tool.down();
  });

  it('shows as SML what it would send, before it is sent', async () => {
    const { tool, side } = await pair();
    const plan = side.host.plan();
    expect(plan.steps.map(({ step }) => step)).toEqual([
      ...['spool', 'quiet', 'clear', 'define', 'link', 'enable', 'alarms', 'activeAlarms'],
    ]);
    expect(String(plan)).toContain('/* define */\nS2F33 W');
    tool.taken();
    const change = side.host.plan({ ...etcherSetup, events: { WaferStarted: ['Position', 'Chamber'] } });
    expect(change.steps.map(({ step }) => step)).toEqual(['disable', 'unlink', 'activeAlarms']);
    expect(tool.taken()).toEqual([]);
    await side.down();
    await tool.down();
  });

  it('sends the difference to another wish', async () => {
    const { tool, side } = await pair();
    tool.taken();
    const applied = side.host.apply({
      reports: { Position: ['WaferId', 'Slot'], Chamber: ['ChamberPressure', 'SlotMap'] },
      events: { WaferStarted: ['Position', 'Chamber'], WaferDone: ['Position'] },
      alarms: ['ChamberHot'],
    });
    await side.network.clock.advanceAsync(1);
    expect(await applied).toEqual([]);
    const names = tool.taken().map((line) => line.split(' ')[0]);
    expect(names).toEqual([
      ...['S2F37', 'S2F35', 'S2F33', 'S2F33', 'S2F35', 'S2F37'],
      ...['S5F3', 'S5F3', 'S5F5'],
    ]);
    await tool.equipment.raise('WaferStarted', { WaferId: 'W-2', Slot: 1 });
    await side.network.clock.settle();
    expect(side.events.at(-1)?.values).toEqual({
      WaferId: 'W-2',
      Slot: 1,
      ChamberPressure: 5,
      SlotMap: [0, 1, 1],
    });
    await side.down();
    await tool.down();
  });

  it('names what was refused, and goes on without it (G-113)', async () => {
    const { side, tool } = await scripted(
      {
        reports: { Good: ['WaferId'], Bad: ['Slot'] },
        events: { WaferStarted: ['Good'], WaferDone: ['Bad'] },
      },
      (one) => one.on('S2F33', (message) => B(String(message.item).includes('2102') ? 4 : 0)),
    );
    expect(side.host.state).toBe('degraded');
    expect(side.host.degraded).toMatchObject([{ step: 'define', message: 'S2F33', code: 4, name: 'Bad' }]);
    await expect(side.host.ready()).rejects.toThrow(GemSetupError);
    expect(tool.taken('S2F35')).toHaveLength(1);
    await side.down();
    await tool.session.connection.dispose();
  });

  it('passes over what the tool does not know (G-110)', async () => {
    const { side, tool } = await scripted({ events: { WaferStarted: [] } }, (one) => {
      for (const name of ['S2F31', 'S6F23', 'S5F5']) one.on(name, () => undefined);
    });
    expect(side.host.state).toBe('ready');
    expect(side.warnings.map(({ kind, text }) => `${kind} ${text.split(':')[0]}`)).toEqual([
      ...['unsupported clock', 'unsupported spool', 'unsupported activeAlarms'],
    ]);
    expect(side.host.currentAlarms).toBeUndefined();
    await side.down();
    await tool.session.connection.dispose();
  });

  it('waits where the tool is OFF-LINE, and goes on when it asks by S1F1 (G-110, T-22)', async () => {
    let onlack = 1;
    const { side, tool } = await scripted({}, (one) => one.on('S1F17', () => B(onlack)));
    expect(side.host.state).toBe('offLine');
    onlack = 2;
    const reply = await side.network.clock.settled(tool.session.request(S(1, 1).w()));
    expect(reply.item?.length).toBe(0);
    await side.network.clock.advanceAsync(1);
    expect(side.host.state).toBe('ready');
    // Once it is ready, S1F1 is a heartbeat (G-112, T-13).
    tool.taken();
    await side.network.clock.settled(tool.session.request(S(1, 1).w()));
    await side.network.clock.advanceAsync(1);
    expect(tool.taken()).toEqual([]);
    await side.down();
    await tool.session.connection.dispose();
  });

  it('answers the tool that crosses with S1F13, and begins anew when it comes later (T-1, G-112)', async () => {
    const { side, tool } = await scripted({});
    const establish = S(1, 13).w(L(A('ETCHER'), A('1.0')));
    expect((await side.network.clock.settled(tool.session.request(establish))).item?.at(0).binary[0]).toBe(0);
    expect(side.host.state).toBe('ready');
    const restarted = jest.fn();
    side.host.emitter.on('restarted', restarted);
    tool.taken();
    await side.network.clock.settled(tool.session.request(establish));
    await side.network.clock.advanceAsync(1);
    expect(restarted).toHaveBeenCalledTimes(1);
    expect(side.host.state).toBe('ready');
    expect(tool.taken('S1F17', 'S2F37')).toEqual(['S1F17', 'S2F37 <L <BOOLEAN F> <L>>']);
    await side.down();
    await tool.session.connection.dispose();
  });

  it('repeats S1F13 after 10 s where the tool refuses it', async () => {
    let commack = 1;
    const { side, tool } = await scripted({}, (one) =>
      one.on('S1F13', () => L(B(commack), L(A('X'), A('1')))),
    );
    expect(side.host.state).toBe('establishing');
    commack = 0;
    await side.network.clock.advanceAsync(10);
    expect(side.host.state).toBe('ready');
    expect(side.warnings).toMatchObject([
      { kind: 'notEstablished', text: 'S1F14 says COMMACK 1, denied, try again' },
      { kind: 'otherModel' },
    ]);
    expect(side.host.identity).toEqual({ model: 'X', softwareRevision: '1' });
    await side.down();
    await tool.session.connection.dispose();
  });

  it('says why nothing is established: S9F1 of a tool with another device ID', async () => {
    const network = testNetwork();
    const tool = new EquipmentSide(network, etcherModel);
    const side = new HostSide(network, etcherModel, {}, { deviceId: 5 });
    tool.equipment.operator.disable();
    await tool.session.connection.enable();
    await side.session.connection.enable();
    side.host.start();
    await network.clock.advanceAsync(1);
    expect(side.host.state).toBe('establishing');
    expect(side.warnings).toMatchObject([
      {
        kind: 'notEstablished',
        text: expect.stringMatching(/S1F13 was answered by S9F1: .* session ID 5/) as string,
      },
    ]);
    await side.down();
    await tool.down();
  });

  it('leaves steps out, and adds others (G-110)', async () => {
    const own = {
      name: 'own',
      run: async (context: { request: (message: ReturnType<typeof S>) => Promise<unknown> }) =>
        void (await context.request(S(2, 25).w(B(7)))),
    };
    const { side, tool } = await scripted({}, (one) => one.on('S2F25', B(7)), {
      steps: (standard: readonly { name: string }[]) => [
        ...standard.filter(({ name }) => name !== 'clock'),
        own,
      ],
    });
    expect(side.steps).toEqual(['spool', 'quiet', 'clear', 'activeAlarms', 'own']);
    expect(tool.taken('S2F31', 'S2F25')).toEqual(['S2F25 <B 0x07>']);
    await side.down();
    await tool.session.connection.dispose();
  });
});

describe('messages of the tool', () => {
  it('are acknowledged by hand, and hold the tool back until then', async () => {
    const { side, tool } = await scripted({ events: { DoorOpened: [] } }, () => undefined, {
      ack: 'manual',
      maxUnacknowledged: 2,
    });
    const event = S(6, 11).w(L(U4(0), U4(110), L()));
    const answers: string[] = [];
    const send = (): void =>
      void tool.session.request(event).then(
        ({ name }) => answers.push(name),
        (error: { outcome: string }) => answers.push(error.outcome),
      );
    send();
    send();
    send();
    await side.network.clock.settle();
    expect(answers).toEqual(['aborted']);
    expect(side.host.unacknowledged).toBe(2);
    expect(side.warnings.map(({ kind }) => kind)).toEqual(['overflow']);
    expect(await side.events[0]?.acknowledge()).toBe(true);
    await side.network.clock.settle();
    expect(answers).toEqual(['aborted', 'S6F12']);
    expect(side.host.unacknowledged).toBe(1);
    await side.session.connection.disable();
    expect(await side.events[1]?.acknowledge()).toBe(false);
    expect(side.host.unacknowledged).toBe(0);
    await side.down();
    await tool.session.connection.dispose();
  });

  it('come raw where nobody knows them, and are acknowledged all the same (G-114, T-6)', async () => {
    const { side, tool } = await scripted({
      reports: { P: { id: 7, values: ['Slot'] } },
      events: { WaferStarted: ['P'] },
    });
    const ack = async (report: Item): Promise<unknown> =>
      (await side.network.clock.settled(tool.session.request(S(6, 11).w(L(U4(0), U4(100), L(report)))))).item
        ?.binary[0];
    expect(await ack(L(U4(99), L(U1(1))))).toBe(0);
    expect(await ack(L(U1(7), L(U1(1), U1(2))))).toBe(0);
    expect(await ack(L(U1(7), L(U1(1))))).toBe(0);
    expect(side.warnings.map(({ kind }) => kind)).toEqual(['unknownReport', 'wrongCount']);
    expect(side.events.map(({ values }) => values)).toEqual([{}, {}, { Slot: 1 }]);
    expect(side.events[0]?.reports).toEqual([{ name: undefined, rptid: 99, values: [1] }]);
    await side.down();
    await tool.session.connection.dispose();
  });
});
