import { HsmsActiveConnection, type HsmsConnectionOptions } from '../../../src/index.js';
import { FakeClock, turns } from '../../support/fake-clock.js';
import { RawServer } from '../../support/raw-peer.js';
import { Recorder } from '../../support/record.js';
import { until } from '../../support/until.js';

describe('HsmsActiveConnection', () => {
  let clock: FakeClock;
  let server: RawServer;
  let connection: HsmsActiveConnection;
  let recorder: Recorder;

  const make = (port: number, options: HsmsConnectionOptions = {}, address = '127.0.0.1'): void => {
    clock = new FakeClock();
    connection = new HsmsActiveConnection(address, port, 0, undefined, { clock, ...options });
    recorder = new Recorder(connection);
  };
  beforeEach(async () => {
    server = await RawServer.listen();
  });
  afterEach(async () => {
    const disposed = connection.dispose();
    await server.close();
    await disposed;
    expect(clock.timers).toEqual([]);
  });

  it('connects at once, and enable() does not wait for the peer (P-10)', async () => {
    make(server.port);
    await connection.enable();
    expect(connection.currentState).toBe('connecting');
    await recorder.has('established');
    expect(connection.currentState).toBe('connected');
    expect(clock.now()).toBe(0);
  });

  it('connects again T5 after the end of a connection, and not before (P-10)', async () => {
    make(server.port, { t5: 10.5 });
    await connection.enable();
    (await server.peer(0)).socket.end();
    await recorder.has('closed');
    expect(connection.currentState).toBe('waiting');
    await clock.pass(10.4);
    expect([connection.currentState, server.peers.length]).toEqual(['waiting', 1]);
    await clock.pass(0.1);
    await recorder.has('established', 2);
    expect(server.peers).toHaveLength(2);
  });

  it('tries again T5 after a failed attempt, as often as it takes (P-10)', async () => {
    make(server.port, { t5: 10 });
    await server.close();
    await connection.enable();
    for (let attempt = 1; attempt <= 3; attempt++) {
      expect(await recorder.notice('connectFailed', attempt)).toMatchObject({
        attempt,
        retrySeconds: 10,
        error: { code: 'HSMS_CONNECT_FAILED' },
      });
      await clock.pass(9.9);
      expect(connection.currentState).toBe('waiting');
      await clock.pass(0.1);
    }
    server = await RawServer.listen({ port: server.port });
    await until(
      'the fourth failure or a connection',
      () => recorder.notices.length === 4 || recorder.log.length > 0,
    );
    await clock.pass(10);
    await recorder.has('established');
  });

  it('does not connect hot to a peer that accepts and closes (P-10)', async () => {
    make(server.port, { t5: 2 });
    server.server.on('connection', (socket) => socket.end());
    await connection.enable();
    for (let life = 1; life <= 5; life++) {
      await recorder.has('closed', life);
      await turns(5);
      expect(server.peers).toHaveLength(life);
      await clock.pass(2);
    }
  });

  it('gives up one attempt after connectTimeout, and tries again (P-10)', async () => {
    make(server.port, { connectTimeout: 3 });
    await connection.enable();
    clock.advance(3);
    expect(recorder.notices).toMatchObject([
      { kind: 'connectFailed', error: { code: 'HSMS_CONNECT_TIMEOUT' } },
    ]);
    await clock.pass(10);
    await recorder.has('established');
  });

  it('says that a name does not resolve, and goes on trying', async () => {
    make(server.port, {}, 'no-such-tool..invalid');
    await connection.enable();
    await until('a notice', () => recorder.notices.length > 0);
    expect(recorder.notices).toMatchObject([
      { kind: 'connectFailed', error: { code: 'HSMS_NAME_NOT_RESOLVED' } },
    ]);
    expect(connection.currentState).toBe('waiting');
  });

  it('is disabled in every state, in bounded time (P-13)', async () => {
    make(server.port);
    void connection.enable();
    expect(connection.currentState).toBe('connecting');
    await connection.disable();
    expect(connection.currentState).toBe('disabled');

    await connection.enable();
    await recorder.has('established');
    await connection.disable();
    await recorder.has('closed local');

    await connection.enable();
    await recorder.has('established', 2);
    server.peers.at(-1)?.socket.end();
    await recorder.has('closed remoteClosed');
    expect(connection.currentState).toBe('waiting');
    await connection.disable();
    expect(connection.currentState).toBe('disabled');
    await clock.pass(1000);
    expect(recorder.count('established')).toBe(2);
  });

  it('is disabled though the peer neither reads nor closes (P-13)', async () => {
    make(server.port, { closeTimeout: 2 });
    await connection.enable();
    const peer = await server.peer();
    peer.closesBack = false;
    peer.socket.pause();
    await recorder.has('established');
    let disabled = false;
    const done = connection.disable().then(() => (disabled = true));
    await turns(10);
    expect([disabled, connection.currentState]).toEqual([false, 'closing']);
    await clock.pass(2);
    await done;
    expect(recorder.log.at(-1)).toBe('closed local');
  });

  it('connects from the address it is bound to', async () => {
    make(server.port, { bindAddress: '127.0.0.5' });
    await connection.enable();
    expect((await server.peer()).socket.remoteAddress).toBe('127.0.0.5');
  });

  it.each([
    ['', 5000, 'address must be the address or host name of the peer, received the string ""'],
    [undefined, 5000, 'address must be the address or host name of the peer, received undefined'],
    ['127.0.0.1', 0, 'port must be a whole number from 1 to 65535, received 0'],
    ['127.0.0.1', 65536, 'port must be a whole number from 1 to 65535, received 65536'],
    ['127.0.0.1', 1.5, 'port must be a whole number from 1 to 65535, received 1.5'],
  ])('refuses address %p, port %p', (address, port, text) => {
    make(server.port);
    expect(() => new HsmsActiveConnection(address as string, port, 0)).toThrow(text);
  });
});
