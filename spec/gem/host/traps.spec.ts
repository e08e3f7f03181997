import { A, B, L, message, S, U1, U4 } from '../../../src/secs2';
import type { ToolProfile } from '../../../src/gem';
import { etcherModel, etcherSetup, EquipmentSide, HostSide, pair, scripted, testNetwork, Tool } from './bed';

describe('reconnecting (G-112)', () => {
  it.each(['ifRestarted', 'never', 'always'] as const)('%s', async (reconnect) => {
    const network = testNetwork();
    const tool = new EquipmentSide(network, etcherModel);
    const side = new HostSide(network, etcherModel, etcherSetup, { reconnect });
    await tool.session.connection.enable();
    await side.session.connection.enable();
    side.host.start();
    await network.clock.advanceAsync(5);
    tool.taken();
    await side.session.connection.disable();
    await side.session.connection.enable();
    await network.clock.advanceAsync(5);
    expect(side.host.state).toBe('ready');
    expect(tool.taken('S2F33')).toHaveLength(reconnect === 'always' ? 2 : 0);
    await tool.equipment.raise('WaferStarted', { WaferId: 'W', Slot: 1 });
    await network.clock.settle();
    expect(side.events.at(-1)?.values).toMatchObject({ WaferId: 'W', Slot: 1 });
    await side.down();
    await tool.down();
  });

  it('ifRestarted sets a tool up again that has forgotten everything (T-17)', async () => {
    const network = testNetwork();
    const first = new EquipmentSide(network, etcherModel);
    const side = new HostSide(network, etcherModel, etcherSetup, { reconnect: 'ifRestarted' });
    await first.session.connection.enable();
    await side.session.connection.enable();
    side.host.start();
    await network.clock.advanceAsync(5);
    await first.down();
    const second = new EquipmentSide(network, etcherModel);
    await second.session.connection.enable();
    await network.clock.advanceAsync(30);
    expect(side.host.state).toBe('ready');
    await second.equipment.raise('WaferStarted', { WaferId: 'W', Slot: 1 });
    await network.clock.settle();
    expect(side.events.at(-1)?.values).toMatchObject({ WaferId: 'W' });
    await side.down();
    await second.down();
  });
});

describe('traps', () => {
  it('T-5: definitions that persist are deleted, links that persist are undone, once', async () => {
    const defined = new Set<string>();
    let isLinked = true;
    const { side, tool } = await scripted(
      { reports: { P: { id: 7, values: ['Slot'] } }, events: { WaferStarted: ['P'] } },
      (one) =>
        one
          .on('S2F33', ({ item }) => {
            const list = item?.at(1).list ?? [];
            // "All" is not known to this tool, and its report 7 is there already.
            if (list.length === 0) return B(2);
            const isDefinition = (list[0]?.at(1).length ?? 0) > 0;
            if (!isDefinition) defined.add('deleted');
            return B(isDefinition && !defined.has('deleted') ? 3 : 0);
          })
          .on('S2F35', ({ item }) => {
            if (item?.at(1, 0, 1).length === 0) {
              isLinked = false;
              return B(0);
            }
            return B(isLinked ? 3 : 0);
          }),
    );
    expect(side.host.degraded).toEqual([]);
    expect(side.host.state).toBe('ready');
    await side.down();
    await tool.session.connection.dispose();
  });

  it('T-8: SxF0 to everything is OFF-LINE, and not a tool that knows nothing', async () => {
    const { side, tool } = await scripted({ events: { WaferStarted: [] } }, (one) =>
      one.on('S2F37', S(2, 0)).on('S1F1', S(1, 0)),
    );
    expect(side.host.state).toBe('offLine');
    await side.down();
    await tool.session.connection.dispose();
  });

  it('T-9: a request in a handler of an event is answered', async () => {
    const { side, tool } = await pair();
    const read: unknown[] = [];
    side.host.event('DoorOpened').subscribe(() => {
      void side.host.read('ChamberPressure').then((values) => read.push(values));
    });
    await tool.equipment.raise('DoorOpened');
    await side.network.clock.settle();
    expect(read).toEqual([{ ChamberPressure: 5 }]);
    await side.down();
    await tool.down();
  });

  it('T-10, T-21: ERACK 1 for good, one unknown id: the rest is enabled', async () => {
    const { side, tool } = await scripted({ events: { WaferStarted: [], DoorOpened: [] } }, (one) =>
      one.on('S2F37', ({ item }) => B(String(item).includes('110') ? 1 : 0)),
    );
    expect(side.host.degraded).toMatchObject([
      { step: 'enable', message: 'S2F37', code: 1, name: 'DoorOpened', id: 110 },
    ]);
    await side.down();
    await tool.session.connection.dispose();
  });

  it('T-12: what comes without W is taken and not answered', async () => {
    const { side, tool } = await scripted({ events: { DoorOpened: [] } });
    await tool.session.send(message(6, 11, false, L(U4(0), U4(110), L())));
    await tool.session.send(message(5, 1, false, L(B(0x81), U4(2), A('Door'))));
    await side.network.clock.settle();
    expect(side.events.map(({ name }) => name)).toEqual(['DoorOpened']);
    expect(side.host.currentAlarms?.map(({ name }) => name)).toEqual(['DoorOpen']);
    expect(await side.events[0]?.acknowledge()).toBe(true);
    await side.down();
    await tool.session.connection.dispose();
  });

  it('a report with one bad VID is defined without it, which is named (G-113)', async () => {
    const { side, tool } = await scripted(
      { reports: { P: { id: 7, values: ['WaferId', 'Slot', 'Recipe'] } }, events: { WaferStarted: ['P'] } },
      (one) => one.on('S2F33', ({ item }) => B(String(item).includes('2102') ? 4 : 0)),
    );
    expect(side.host.degraded).toMatchObject([{ code: 4, name: 'Slot', id: 2102 }]);
    await side.network.clock.settled(
      tool.session.request(S(6, 11).w(L(U4(0), U4(100), L(L(U1(7), L(A('W'), A('R'))))))),
    );
    expect(side.events[0]?.values).toEqual({ WaferId: 'W', Recipe: 'R' });
    await side.down();
    await tool.session.connection.dispose();
  });

  it('T-23: a tool that is not communicating is established first, whatever is asked', async () => {
    const { side, tool } = await scripted({});
    expect(tool.received.map(({ name }) => name)[0]).toBe('S1F13');
    expect(side.states.slice(0, 3)).toEqual(['selected', 'establishing', 'communicating']);
    await side.down();
    await tool.session.connection.dispose();
  });
});

describe('traps of tools as they are', () => {
  it('T-2: a spool is emptied after each start, so that the tool does not stay silent for good', async () => {
    const { tool, side } = await pair();
    const { clock } = side.network;
    await tool.equipment.operator.setConstant('EnableSpooling', true);
    await clock.settled(side.session.connection.disable());
    await clock.advanceAsync(1);
    for (const n of [1, 2, 3]) void tool.equipment.raise('WaferStarted', { WaferId: `W-${n}`, Slot: n });
    await clock.settle();
    expect(tool.equipment.spoolState).not.toBe('INACTIVE');
    await side.session.connection.enable();
    await clock.advanceAsync(30);
    expect(tool.equipment.spoolState).toBe('INACTIVE');
    void tool.equipment.raise('WaferStarted', { WaferId: 'W-4', Slot: 4 });
    await clock.settle();
    const wafers = side.events.filter(({ name }) => name === 'WaferStarted');
    expect(wafers.map(({ values, spooled }) => [values['WaferId'], spooled])).toEqual([
      ['W-1', true],
      ['W-2', true],
      ['W-3', true],
      ['W-4', false],
    ]);
    await side.down();
    await tool.down();
  });

  it('T-4: what is linked anew is enabled anew: linking has disabled it', async () => {
    const { tool, side } = await pair<object>({
      reports: { P: ['WaferId'] },
      events: { WaferStarted: ['P'] },
    });
    const { clock } = side.network;
    tool.taken();
    const applied = side.host.apply({
      reports: { P: ['WaferId'], Q: ['Slot'] },
      events: { WaferStarted: ['P', 'Q'] },
    });
    await clock.advanceAsync(2);
    expect(await applied).toEqual([]);
    const order = tool.taken('S2F35', 'S2F37').map((line) => line.slice(0, 5));
    expect(order.at(-1)).toBe('S2F37');
    void tool.equipment.raise('WaferStarted', { WaferId: 'W', Slot: 2 });
    await clock.settle();
    expect(side.events.at(-1)?.values).toEqual({ WaferId: 'W', Slot: 2 });
    await side.down();
    await tool.down();
  });

  it('T-11: of constants that a tool applies by halves each is sent again alone; the bad one is named', async () => {
    const kept = new Map<number, unknown>();
    const { side, tool } = await scripted(
      { constants: { Lamp: false, Mode: 'test', Temperature: 30 } },
      (one) =>
        one.on('S2F15', ({ item }) => {
          // It takes one after the other, up to the first that it does not like: 102.
          for (const entry of item?.list ?? []) {
            const id = entry.at(0).number;
            if (id === 102) return B(3);
            kept.set(id, entry.at(1));
          }
          return B(0);
        }),
    );
    expect(side.host.degraded).toMatchObject([{ step: 'constants', code: 3, name: 'Mode', id: 102 }]);
    expect([...kept.keys()].sort()).toEqual([101, 103]);
    const set = side.network.clock.settled(side.host.constants.set({ Lamp: true, Mode: 'normal' }));
    // What a refusal has left behind is asked, not guessed.
    expect(await set).toMatchObject({ ok: false, code: 3 });
    await side.down();
    await tool.session.connection.dispose();
  });

  it('T-16: a recipe that the tool does not let go of for some seconds: each refusal is a result, none is repeated', async () => {
    let busy = true;
    const { side, tool } = await scripted({}, (one) =>
      one.on('S7F17', () => B(busy ? 5 : 0)).on('S2F41', () => L(B(busy ? 2 : 0), L())),
    );
    const { clock } = side.network;
    expect(await clock.settled(side.host.recipes.delete('ETCH'))).toMatchObject({ ok: false, code: 5 });
    expect(await clock.settled(side.host.command('START', { PPID: 'ETCH' }))).toMatchObject({
      ...{ accepted: false, hcack: 2 },
    });
    await clock.advanceAsync(5);
    expect(tool.taken('S7F17', 'S2F41')).toHaveLength(2);
    busy = false;
    expect(await clock.settled(side.host.recipes.delete('ETCH'))).toMatchObject({ ok: true });
    await side.down();
    await tool.session.connection.dispose();
  });

  it('T-18: an MDLN of 20 characters is taken whole, one that is padded without its blanks', async () => {
    const long = 'ETCHER-ULTRA-300-MK2';
    for (const mdln of [long, 'ETCHER              ']) {
      const network = testNetwork();
      const tool = new Tool(network).on('S1F13', L(B(0), L(A(mdln), A('1.0')))).on('S1F17', B(0));
      const side = new HostSide<ToolProfile, object>(network, { model: mdln.trimEnd() }, {});
      await tool.session.connection.enable();
      await side.session.connection.enable();
      side.host.start();
      await network.clock.advanceAsync(5);
      expect(side.host.identity?.model).toBe(mdln.trimEnd());
      expect(side.warnings.filter(({ kind }) => kind === 'otherModel')).toEqual([]);
      await side.down();
      await tool.session.connection.dispose();
    }
  });

  it('T-20: the values of an event are those that came with it; a DV that is read is of another time', async () => {
    const { tool, side } = await pair();
    const { clock } = side.network;
    const seen: unknown[] = [];
    side.host.event('WaferStarted').subscribe(({ values }) => {
      void side.host.read('WaferId').then((read) => seen.push([values.WaferId, read.WaferId]));
    });
    void tool.equipment.raise('WaferStarted', { WaferId: 'W-1', Slot: 1 });
    void tool.equipment.raise('WaferStarted', { WaferId: 'W-2', Slot: 2 });
    await clock.settle();
    expect(seen).toEqual([
      ['W-1', 'W-2'],
      ['W-2', 'W-2'],
    ]);
    await side.down();
    await tool.down();
  });

  it('T-24: the event of going ON-LINE sits in the spool: it is not waited for, and does not move the host', async () => {
    let spooled = 2;
    const { side, tool } = await scripted({ events: { DoorOpened: [] } }, (one) =>
      one
        .on('S1F3', ({ item }) => L(U1(item?.at(0).number === 1009 ? spooled : 5)))
        .on('S6F23', () => {
          if (spooled === 0) return B(2);
          // Out of the spool: it went OFF-LINE yesterday, and ON-LINE just now.
          for (const ceid of [1, 3]) {
            void one.session.request(S(6, 11).w(L(U4(0), U4(ceid), L()))).then(() => spooled--);
          }
          return B(0);
        }),
    );
    await side.network.clock.advanceAsync(20);
    expect(side.states.slice(-2)).toEqual(['settingUp', 'ready']);
    expect(side.events.map(({ name, spooled: late }) => [name, late])).toEqual([
      ['EquipmentOFFLINE', true],
      ['ControlStateREMOTE', true],
    ]);
    expect(await side.network.clock.settled(side.host.control.state())).toBe('REMOTE');
    await side.down();
    await tool.session.connection.dispose();
  });

  it.each([
    ['aborts it', S(5, 0)],
    ['is silent', 'silence'],
  ] as const)(
    'a tool that wants S5F5 as a list (G-121) and %s: the alarms are known all the same',
    async (_how, answer) => {
      const { side, tool } = await scripted(
        {},
        (one) =>
          one.on('S5F5', ({ item }) => (item?.format === 'L' ? L(L(B(0x82), U4(1), A('hot'))) : answer)),
        { t3: 2 },
      );
      await side.network.clock.advanceAsync(10);
      expect(side.host.currentAlarms?.map(({ name }) => name)).toEqual(['ChamberHot']);
      // Now it is known, and asked so at once.
      tool.taken();
      await side.network.clock.settled(side.host.readAlarms());
      expect(tool.taken()).toEqual(['S5F5 <L>']);
      await side.down();
      await tool.session.connection.dispose();
    },
  );

  it('all alarms are refused at once, and the profile has none: that is said (G-113)', async () => {
    const network = testNetwork();
    const tool = new Tool(network)
      .on('S1F13', L(B(0), L()))
      .on('S1F17', B(0))
      .on('S5F3', B(1));
    const side = new HostSide<ToolProfile, object>(network, {}, { alarms: 'all' });
    await tool.session.connection.enable();
    await side.session.connection.enable();
    side.host.start();
    await network.clock.advanceAsync(5);
    expect(side.host.degraded).toMatchObject([
      { step: 'alarms', code: 1, text: expect.stringMatching(/the profile has none/) as string },
    ]);
    await side.down();
    await tool.session.connection.dispose();
  });
});
