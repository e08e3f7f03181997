import type * as Net from 'node:net';
import { dial, type DialOptions } from '../../src/network/dial.js';
import type { NetworkSocket } from '../../src/network/network.js';
import type { HsmsError } from '../../src/errors.js';
import { FakeClock, turns } from '../support/fake-clock.js';
import { itOnIPv6 } from '../support/ipv6.js';
import { RawServer } from '../support/raw-peer.js';
import { until } from '../support/until.js';

describe('dial', () => {
  let clock: FakeClock;
  let sockets: NetworkSocket[];
  let errors: HsmsError[];
  beforeEach(() => {
    clock = new FakeClock();
    sockets = [];
    errors = [];
  });
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    expect(clock.timers).toEqual([]);
  });

  const start = (options: Partial<DialOptions> & { port: number }): { cancel(): void } =>
    dial(
      { address: '127.0.0.1', localAddress: undefined, timeout: 10, clock, ...options },
      (socket) => sockets.push(socket),
      (error) => errors.push(error),
    );

  it('connects, from the local address it is told', async () => {
    const server = await RawServer.listen();
    start({ port: server.port, localAddress: '127.0.0.3' });
    const peer = await server.peer();
    expect(peer.socket.remoteAddress).toBe('127.0.0.3');
    await until('the socket', () => sockets.length === 1);
    expect(clock.timers).toEqual([]);
    await server.close();
  });

  itOnIPv6('connects over IPv6 (P-6)', async () => {
    const server = await RawServer.listen({ host: '::1' });
    start({ port: server.port, address: '::1' });
    await until('the socket', () => sockets.length === 1);
    await server.close();
  });

  it('says where nobody listens', async () => {
    const server = await RawServer.listen();
    await server.close();
    start({ port: server.port });
    await until('the error', () => errors.length === 1);
    expect(errors[0]).toMatchObject({
      code: 'HSMS_CONNECT_FAILED',
      message: expect.stringContaining(
        `cannot connect to 127.0.0.1:${server.port}: connect ECONNREFUSED`,
      ) as string,
    });
  });

  it('says what went wrong at each address of a name', async () => {
    const server = await RawServer.listen();
    await server.close();
    start({ port: server.port, address: 'localhost' });
    await until('the error', () => errors.length === 1);
    expect(errors[0]?.message).toContain('ECONNREFUSED');
  });

  it('says which name does not resolve', async () => {
    start({ port: 5000, address: 'no-such-tool..invalid' });
    await until('the error', () => errors.length === 1);
    expect(errors[0]).toMatchObject({
      code: 'HSMS_NAME_NOT_RESOLVED',
      message: 'the name no-such-tool..invalid cannot be resolved to an address',
    });
  });

  it('gives up after its timeout (P-10)', async () => {
    const server = await RawServer.listen();
    start({ port: server.port, timeout: 0.5 });
    clock.advance(0.5);
    expect(errors).toMatchObject([
      { code: 'HSMS_CONNECT_TIMEOUT', message: `127.0.0.1:${server.port} did not answer within 0.5 s` },
    ]);
    await turns(10);
    expect([sockets, errors.length]).toEqual([[], 1]);
    await server.close();
  });

  it('calls nothing back once cancelled', async () => {
    const server = await RawServer.listen();
    start({ port: server.port }).cancel();
    await turns(10);
    expect([sockets, errors]).toEqual([[], []]);
    await server.close();
  });

  it('does not take its own reflection for a peer', async () => {
    // A socket bound to the very port it connects to, with nobody listening, meets itself.
    const server = await RawServer.listen();
    await server.close();
    const net = jest.requireActual<typeof Net>('node:net');
    const original = net.connect;
    const spy = jest
      .spyOn(net, 'connect')
      .mockImplementation(((options: object) =>
        original({ ...options, localPort: server.port } as never)) as never);
    try {
      start({ port: server.port });
      await until('an error', () => errors.length + sockets.length > 0);
    } finally {
      spy.mockRestore();
    }
    expect(errors).toMatchObject([
      { code: 'HSMS_CONNECT_FAILED', message: expect.stringContaining('met itself') as string },
    ]);
  });
});
