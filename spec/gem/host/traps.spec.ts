import { A, B, L, message, S, U1, U4 } from '../../../src/secs2';
import { etcherModel, etcherSetup, EquipmentSide, HostSide, pair, scripted, testNetwork } from './bed';

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
