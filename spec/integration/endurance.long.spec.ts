import { HsmsActiveConnection, HsmsPacket, HsmsPassiveConnection } from '../../src/index.js';
import { RawServer } from '../support/raw-peer.js';
import { turns } from '../support/fake-clock.js';
import { until } from '../support/until.js';

const CYCLES = 10_000;
const CONNECTED_CYCLES = 500;

function handles(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const type of process.getActiveResourcesInfo()) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

/** Heap in use after a collection, where the runtime lets us ask for one. */
async function heapBytes(): Promise<number> {
  const { setFlagsFromString } = await import('node:v8');
  const { runInNewContext } = await import('node:vm');
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  await turns();
  return process.memoryUsage().heapUsed;
}

const sockets = (counts: Record<string, number>): number =>
  (counts['TCPSocketWrap'] ?? 0) + (counts['TCPServerWrap'] ?? 0) + (counts['TCPConnectWrap'] ?? 0);

describe('endurance (P-13)', () => {
  it(`${CYCLES} cycles of enable and disable leave nothing behind`, async () => {
    const passive = new HsmsPassiveConnection('127.0.0.1', 0, 0, undefined, { bindAddress: '127.0.0.1' });
    const server = await RawServer.listen();
    const active = new HsmsActiveConnection('127.0.0.1', server.port, 0);
    const cycle = async (): Promise<void> => {
      const enabled = [passive.enable(), active.enable()];
      await Promise.all(enabled);
      await Promise.all([passive.disable(), active.disable()]);
    };
    for (let i = 0; i < 500; i++) await cycle();
    const listeners = [passive, active].map(({ events }) => events.eventNames().length);
    const [handlesBefore, heapBefore] = [handles(), await heapBytes()];
    for (let i = 500; i < CYCLES; i++) await cycle();
    await until('the sockets of the last cycles to go', () => sockets(handles()) <= sockets(handlesBefore));
    expect([passive, active].map(({ events }) => events.eventNames().length)).toEqual(listeners);
    expect((await heapBytes()) - heapBefore).toBeLessThan(4 * 1024 * 1024);
    expect(passive.currentState).toBe('disabled');
    await Promise.all([passive.dispose(), active.dispose(), server.close()]);
  }, 60_000);

  it(`${CONNECTED_CYCLES} whole lives, each with a packet, leave nothing behind`, async () => {
    const passive = new HsmsPassiveConnection('127.0.0.1', 0, 0, undefined, { bindAddress: '127.0.0.1' });
    const received: number[] = [];
    passive.message.subscribe(({ header }) => received.push(header.systemBytes));
    await passive.enable();
    const active = new HsmsActiveConnection('127.0.0.1', passive.boundAddress?.port ?? 0, 0);
    active.beforeClosed.subscribe(() => void active.send(HsmsPacket.separateReq(received.length)));
    const life = async (count: number): Promise<void> => {
      await active.enable();
      await until('the connection', () => active.currentState === 'connected');
      await active.disable();
      await until('the packet', () => received.length === count);
    };
    for (let i = 1; i <= 50; i++) await life(i);
    const [handlesBefore, heapBefore] = [handles(), await heapBytes()];
    for (let i = 51; i <= CONNECTED_CYCLES; i++) await life(i);
    await until('the sockets to go', () => sockets(handles()) <= sockets(handlesBefore));
    expect((await heapBytes()) - heapBefore).toBeLessThan(4 * 1024 * 1024);
    expect(received).toEqual(Array.from({ length: CONNECTED_CYCLES }, (_, index) => index));
    await Promise.all([active.dispose(), passive.dispose()]);
  }, 60_000);
});
