import { defineEquipment, GemEquipment, GemHost, memoryStore, type HostEvent } from '../../src/gem';
import type { HsmsPassiveConnection, SecsSession } from '../../src';
import { B } from '../../src/secs2';
import { until } from '../support/until';
import { etcherDefinition } from './support';
import { equipmentSession, hostSession, useTransport, type TransportName } from './transport';

jest.setTimeout(120_000);

const model = defineEquipment(etcherDefinition);
const setup = {
  reports: { Position: ['WaferId', 'Slot'], Wafer: ['WaferId'] },
  events: { WaferStarted: ['Position'], WaferDone: ['Wafer'] },
  alarms: 'all',
} as const;

/** Times of a link that is noticed to be gone, and comes back, soon. */
const LINK = { t5: 1, onError: () => undefined } as const;

async function onFreePort(): Promise<SecsSession> {
  const session = equipmentSession({}, { ...LINK, port: 0 });
  await session.connection.enable();
  return session;
}

const portOf = ({ connection }: SecsSession): number =>
  (connection as unknown as HsmsPassiveConnection).boundAddress?.port ?? 0;

describe.each<TransportName>(['HSMS', 'SECS-I'])('GEM over %s on real TCP', (transport) => {
  it('B-2: sets up, reports, carries recipes both ways, and loses nothing where the link goes and comes', async () => {
    useTransport(transport);
    const tool = await onFreePort();
    const side = hostSession({}, { ...LINK, port: portOf(tool) });
    const equipment = new GemEquipment(tool, model, { store: memoryStore({ spool: { maxMessages: 1000 } }) });
    const host = new GemHost(side, { profile: model, setup, onError: () => undefined });
    const events: HostEvent[] = [];
    host.events.subscribe((event) => events.push(event));
    try {
      await equipment.operator.setConstant('EnableSpooling', true);
      equipment.start();
      host.start();
      await side.connection.enable();
      await until('the set-up', () => host.state === 'ready', 30_000);
      const wafers = Array.from({ length: 300 }, (_, i) => `W${i}`);
      const raise = (some: readonly string[]): Promise<string[]> =>
        Promise.all(some.map((WaferId) => equipment.raise('WaferDone', { WaferId })));
      expect(new Set(await raise(wafers.slice(0, 200)))).toEqual(new Set(['sent']));
      const recipe = B(Buffer.from(Array.from({ length: 50_000 }, (_, i) => i % 251)));
      // Events go on while a long recipe has the line.
      const [loaded, raised] = await Promise.all([
        host.recipes.download('R', recipe),
        raise(wafers.slice(200, 250)),
      ]);
      expect(loaded.ok).toBe(true);
      expect(new Set(raised)).toEqual(new Set(['sent']));
      expect((await host.recipes.upload('R'))?.identical(recipe)).toBe(true);
      await side.connection.disable();
      await until('the loss', () => equipment.communicationState !== 'COMMUNICATING', 30_000);
      expect(new Set(await raise(wafers.slice(250)))).toEqual(new Set(['spooled']));
      await side.connection.enable();
      await until('the spool', () => equipment.spoolState === 'INACTIVE' && host.state === 'ready', 60_000);
      await until(
        'every wafer',
        () => new Set(events.map(({ values }) => values['WaferId'])).size >= 300,
        30,
      );
      const seen = events.filter(({ name }) => name === 'WaferDone').map(({ values }) => values['WaferId']);
      expect(seen).toEqual(wafers);
      expect(host.degraded).toEqual([]);
    } finally {
      host.stop();
      equipment.stop();
      await Promise.all([side.connection.dispose(), tool.connection.dispose()]);
    }
  });
});
