import { memoryStore, type DefinitionRecord, type HostMemory } from '../../../../src/gem';
import { etcherModel, EquipmentSide, HostSide, testNetwork } from '../bed';

const before = { reports: { P: { id: 7, values: ['WaferId'] } }, events: { WaferStarted: ['P'] } } as const;
/** The same RPTID, which now means something else: nothing is more easily misread (T-3). */
const after = { reports: { P: { id: 7, values: ['Slot'] } }, events: { WaferStarted: ['P'] } } as const;

const memory = (): HostMemory & { record: DefinitionRecord | undefined } => ({
  record: undefined,
  load() {
    return this.record;
  },
  save(record) {
    this.record = structuredClone<DefinitionRecord>(record);
  },
});

async function spooling(maxTransmit = 0): Promise<EquipmentSide> {
  const store = memoryStore({ spool: { maxMessages: 100 } });
  const tool = new EquipmentSide(testNetworkOf(), etcherModel, { store });
  await tool.equipment.operator.setConstant('EnableSpooling', true);
  await tool.equipment.operator.setConstant('MaxSpoolTransmit', maxTransmit);
  return tool;
}

let network: ReturnType<typeof testNetwork>;
const testNetworkOf = (): ReturnType<typeof testNetwork> => (network = testNetwork());

describe('backlog (G-116)', () => {
  it.each([0, 2])(
    'is read with the definitions of before, also after a restart of the host; MaxSpoolTransmit %i (T-3)',
    async (max) => {
      const tool = await spooling(max);
      const kept = memory();
      const first = new HostSide(network, etcherModel, before, { memory: kept });
      await tool.session.connection.enable();
      await first.session.connection.enable();
      first.host.start();
      await network.clock.advanceAsync(5);
      expect(first.host.state).toBe('ready');
      await first.down();
      await network.clock.settle();
      for (let i = 1; i <= 5; i++) void tool.equipment.raise('WaferStarted', { WaferId: `W-${i}`, Slot: i });
      await network.clock.settle();

      const second = new HostSide(network, etcherModel, after, { memory: kept });
      await second.session.connection.enable();
      second.host.start();
      await network.clock.advanceAsync(60);
      expect(second.host.degraded).toEqual([]);
      expect(second.host.state).toBe('ready');
      await tool.equipment.raise('WaferStarted', { WaferId: 'W-6', Slot: 6 });
      await network.clock.settle();
      const seen = second.events.filter(({ name }) => name === 'WaferStarted');
      expect(seen.map(({ values, spooled }) => ({ ...values, spooled }))).toEqual([
        ...[1, 2, 3, 4, 5].map((i) => ({ WaferId: `W-${i}`, spooled: true })),
        { Slot: 6, spooled: false },
      ]);
      expect(tool.equipment.spoolState).toBe('INACTIVE');
      await second.down();
      await tool.down();
    },
  );

  it('is never read wrongly without a memory: an RPTID is made of what its report holds', async () => {
    const tool = await spooling();
    const first = new HostSide(network, etcherModel, {
      reports: { P: ['WaferId'] },
      events: { WaferStarted: ['P'] },
    } as const);
    await tool.session.connection.enable();
    await first.session.connection.enable();
    first.host.start();
    await network.clock.advanceAsync(5);
    await first.down();
    await network.clock.settle();
    void tool.equipment.raise('WaferStarted', { WaferId: 'W-1', Slot: 1 });
    await network.clock.settle();
    const second = new HostSide(network, etcherModel, {
      reports: { P: ['Slot'] },
      events: { WaferStarted: ['P'] },
    } as const);
    await second.session.connection.enable();
    second.host.start();
    await network.clock.advanceAsync(10);
    expect(second.host.state).toBe('ready');
    const [event] = second.events.filter(({ name }) => name === 'WaferStarted');
    expect(event?.values).toEqual({});
    expect(event?.reports).toMatchObject([{ name: undefined, values: ['W-1'] }]);
    expect(second.warnings.map(({ kind }) => kind)).toContain('unknownReport');
    await second.down();
    await tool.down();
  });

  it.each(['purge', 'ask'] as const)('%s: is thrown away', async (spool) => {
    const tool = await spooling();
    await tool.session.connection.enable();
    const first = new HostSide(network, etcherModel, before);
    await first.session.connection.enable();
    first.host.start();
    await network.clock.advanceAsync(5);
    await first.session.connection.disable();
    void tool.equipment.raise('WaferStarted', { WaferId: 'W-1', Slot: 1 });
    await network.clock.settle();
    await first.down();
    const counts: (number | undefined)[] = [];
    const second = new HostSide(
      network,
      etcherModel,
      { ...before, spool },
      {
        backlog: (count) => {
          counts.push(count);
          return 'purge';
        },
      },
    );
    await second.session.connection.enable();
    second.host.start();
    await network.clock.advanceAsync(10);
    expect(second.host.state).toBe('ready');
    expect(second.events.filter(({ name }) => name === 'WaferStarted')).toEqual([]);
    expect(counts).toEqual(spool === 'ask' ? [1] : []);
    expect(tool.store.spool.count).toBe(0);
    await second.down();
    await tool.down();
  });
});
