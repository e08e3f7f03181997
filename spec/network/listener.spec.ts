import { createServer } from 'node:net';
import { Listener } from '../../src/network/listener.js';
import { itOnIPv6 } from '../support/ipv6.js';
import { RawPeer, RawServer } from '../support/raw-peer.js';
import { until } from '../support/until.js';

describe('Listener', () => {
  itOnIPv6('listens on every interface, IPv4 and IPv6 (P-6, P-11)', async () => {
    const from: (string | undefined)[] = [];
    const listener = new Listener(
      (socket) => {
        from.push(socket.remoteAddress);
        socket.destroy();
      },
      () => {},
    );
    await listener.open(0, undefined);
    const port = listener.address?.port ?? 0;
    expect(port).toBeGreaterThan(0);
    await RawPeer.connect(port);
    await RawPeer.connect(port, { host: '::1' });
    await until('two sockets', () => from.length === 2);
    expect(from).toEqual(['::ffff:127.0.0.1', '::1']);
    await listener.close();
    expect(listener.address).toBeUndefined();
  });

  it('listens on one interface alone', async () => {
    const listener = new Listener(
      (socket) => socket.destroy(),
      () => {},
    );
    await listener.open(0, '127.0.0.2');
    expect(listener.address?.address).toBe('127.0.0.2');
    const stranger = await RawPeer.connect(listener.address?.port ?? 0, { host: '127.0.0.1' });
    expect(stranger.errorCode).toBe('ECONNREFUSED');
    await listener.close();
  });

  it('names the address and the port that are in use (P-13)', async () => {
    const taken = await RawServer.listen();
    const listener = new Listener(
      () => {},
      () => {},
    );
    await expect(listener.open(taken.port, '127.0.0.1')).rejects.toMatchObject({
      code: 'HSMS_ADDRESS_IN_USE',
      message: `cannot listen on 127.0.0.1:${taken.port}: it is in use by another program`,
      cause: { code: 'EADDRINUSE' },
    });
    await taken.close();
    await listener.open(taken.port, '127.0.0.1');
    await listener.close();
  });

  it('names an address that is not of this machine', async () => {
    const listener = new Listener(
      () => {},
      () => {},
    );
    await expect(listener.open(0, '192.0.2.1')).rejects.toMatchObject({
      code: 'HSMS_LISTEN_FAILED',
      message: expect.stringContaining('192.0.2.1:0') as string,
    });
  });

  it.each([undefined, '127.0.0.1', 'localhost'])(
    'gives up opening on %p when closed meanwhile',
    async (host) => {
      const listener = new Listener(
        () => {},
        () => {},
      );
      const opened = listener.open(0, host);
      const closed = listener.close();
      await expect(opened).rejects.toMatchObject({ code: 'HSMS_DISABLED' });
      await closed;
      expect(listener.address).toBeUndefined();
    },
  );

  it('is closed without ever having been open', async () => {
    const listener = new Listener(
      () => {},
      () => {},
    );
    await expect(listener.close()).resolves.toBeUndefined();
  });

  it('frees its port', async () => {
    const listener = new Listener(
      () => {},
      () => {},
    );
    await listener.open(0, '127.0.0.1');
    const port = listener.address?.port ?? 0;
    await listener.close();
    const other = createServer();
    await new Promise<void>((resolve, reject) =>
      other.once('error', reject).listen(port, '127.0.0.1', resolve),
    );
    other.close();
  });
});
