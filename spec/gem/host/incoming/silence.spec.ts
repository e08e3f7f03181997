import { etcherModel, EquipmentSide, HostSide, pair, testNetwork } from '../bed';

const ofWafer = { reports: { P: { id: 7, values: ['WaferId'] } }, events: { WaferStarted: ['P'] } } as const;
const ofSlot = { reports: { P: { id: 7, values: ['Slot'] } }, events: { WaferStarted: ['P'] } } as const;

describe('an RPTID that gets another meaning while the tool still has events with the old one (G-116, T-3)', () => {
  it('waits for them: each is read by the definition that it was made with', async () => {
    const { tool, side } = await pair<object>(ofWafer);
    const { clock } = side.network;
    // More than the tool has open at once: the last ones leave when the reports have gone already.
    for (let n = 1; n <= 40; n++) void tool.equipment.raise('WaferStarted', { WaferId: `W-${n}`, Slot: n });
    const applied = side.host.apply(ofSlot);
    await clock.advanceAsync(5);
    expect(await applied).toEqual([]);
    expect(side.events.map(({ values }) => values['WaferId'])).toEqual(
      Array.from({ length: 40 }, (_, i) => `W-${i + 1}`),
    );
    await tool.equipment.raise('WaferStarted', { WaferId: 'W-41', Slot: 41 });
    await clock.settle();
    expect(side.events.at(-1)?.values).toEqual({ Slot: 41 });
    expect(side.warnings).toEqual([]);
    await side.down();
    await tool.down();
  });

  it('does not wait where the RPTID keeps its meaning', async () => {
    const { tool, side } = await pair<object>(ofWafer);
    const applied = side.host.apply({ ...ofWafer, events: { WaferStarted: ['P'], WaferDone: ['P'] } });
    await side.network.clock.advanceAsync(0.5);
    expect(side.host.state).toBe('ready');
    await applied;
    await side.down();
    await tool.down();
  });

  it('gives up after a minute in which nothing is acknowledged, and says so', async () => {
    const network = testNetwork();
    const tool = new EquipmentSide(network, etcherModel, { t3: 120 });
    const side = new HostSide<typeof etcherModel, object>(network, etcherModel, ofWafer, { ack: 'manual' });
    await tool.session.connection.enable();
    await side.session.connection.enable();
    side.host.start();
    await network.clock.advanceAsync(5);
    void tool.equipment.raise('WaferStarted', { WaferId: 'W-1', Slot: 1 });
    await network.clock.settle();
    const applied = side.host.apply(ofSlot);
    await network.clock.advanceAsync(55);
    expect(side.host.state).toBe('settingUp');
    await network.clock.advanceAsync(10);
    expect(await applied).toEqual([]);
    expect(side.warnings).toMatchObject([{ kind: 'redefined' }]);
    await side.down();
    await tool.down();
  });
});
