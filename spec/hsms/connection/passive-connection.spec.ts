import {
  HsmsMultiPassiveServer,
  HsmsPacket,
  HsmsPassiveConnection,
  type HsmsConnectionOptions,
  type HsmsNotice,
} from '../../../src/index.js';
import { FakeClock, turns } from '../../support/fake-clock.js';
import { itOnIPv6 } from '../../support/ipv6.js';
import { RawPeer, RawServer } from '../../support/raw-peer.js';
import { Recorder } from '../../support/record.js';
import { until } from '../../support/until.js';

const data = (systemBytes: number): HsmsPacket =>
  HsmsPacket.data({ sessionId: 0, stream: 1, function: 1, systemBytes });

describe('HsmsPassiveConnection', () => {
  let clock: FakeClock;
  let connection: HsmsPassiveConnection;
  let recorder: Recorder;
  let peers: RawPeer[];

  const open = async (
    options: HsmsConnectionOptions = {},
    address: string | undefined = '',
  ): Promise<void> => {
    clock = new FakeClock();
    peers = [];
    connection = new HsmsPassiveConnection(address, 0, 0, undefined, { clock, ...options });
    recorder = new Recorder(connection);
    await connection.enable();
  };
  const troubles = (): HsmsNotice[] => recorder.notices.filter(({ kind }) => kind !== 'openToAnyone');
  const connect = async (options: { host?: string; localAddress?: string } = {}): Promise<RawPeer> => {
    const peer = await RawPeer.connect(connection.boundAddress?.port ?? 0, options);
    peers.push(peer);
    return peer;
  };
  afterEach(async () => {
    const disposed = connection.dispose();
    for (const { socket } of peers) socket.destroy();
    await disposed;
    expect(clock.timers).toEqual([]);
  });

  it('listens on a free port and tells which (P-11)', async () => {
    await open();
    expect(connection.currentState).toBe('listening');
    expect(connection.boundAddress?.port).toBeGreaterThan(0);
    await connection.disable();
    expect(connection.boundAddress).toBeUndefined();
  });

  itOnIPv6('is reached over IPv4 and IPv6 (P-6)', async () => {
    await open();
    const first = await connect({ host: '::1' });
    await recorder.has('established');
    expect(connection.remoteAddress?.address).toBe('::1');
    first.socket.end();
    await recorder.has('closed');
    await connect({ host: '127.0.0.1' });
    await recorder.has('established', 2);
    expect(connection.remoteAddress?.address).toBe('127.0.0.1');
  });

  it.each([['127.0.0.1'], ['::ffff:127.0.0.1'], ['localhost'], [''], [undefined], ['0.0.0.0']])(
    'serves the peer expected as %p (P-11)',
    async (address) => {
      await open({}, address);
      await connect();
      await recorder.has('established');
      expect(troubles()).toEqual([]);
    },
  );

  it('closes and reports a peer from another address, and leaves the live link alone (P-11)', async () => {
    await open({}, '127.0.0.1');
    const peer = await connect();
    await recorder.has('established');
    const stranger = await connect({ localAddress: '127.0.0.9' });
    const strangerPort = stranger.localPort;
    await stranger.isClosed();
    expect(await recorder.notice('refused')).toMatchObject({
      reason: 'unexpectedAddress',
      remote: { address: '127.0.0.9', port: strangerPort },
    });
    peer.send(data(1));
    await recorder.has('message 1');
    expect(recorder.log).toEqual(['established', 'message 1']);
  });

  it('refuses when the name of the expected peer does not resolve', async () => {
    await open({}, 'no-such-tool..invalid');
    const peer = await connect();
    await until('the close', () => peer.closed);
    expect(await recorder.notice('refused')).toMatchObject({
      reason: 'nameNotResolved',
      error: { code: 'HSMS_NAME_NOT_RESOLVED' },
    });
  });

  it('can be disabled while a name is being looked up', async () => {
    await open({}, 'no-such-tool..invalid');
    const peer = await connect();
    await connection.disable();
    await peer.isClosed();
    await turns(5);
    expect(recorder.log).toEqual([]);
  });

  it.each(['', 'any', '0.0.0.0', '::'])('says once that a port for %j is open to anyone', async (address) => {
    await open({ bindAddress: '127.0.0.1' }, address);
    const local = { address: '127.0.0.1', port: connection.boundAddress?.port };
    expect(recorder.notices).toEqual([{ kind: 'openToAnyone', local }]);
    for (let life = 1; life <= 2; life++) {
      (await connect()).socket.end();
      await recorder.has('closed', life);
    }
    expect(recorder.notices).toHaveLength(1);
    await connection.disable();
    await connection.enable();
    expect(recorder.notices).toHaveLength(2);
  });

  it('says nothing of the kind where one peer is expected, nor on standard error', async () => {
    const printed = jest.spyOn(console, 'error').mockImplementation(() => {});
    await open({}, '127.0.0.1');
    expect(recorder.notices).toEqual([]);
    const unheard = new HsmsPassiveConnection('', 0, 0, null, { clock });
    await unheard.enable();
    await turns(5);
    await unheard.dispose();
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
  });

  it('keeps listening through drops: a peer that comes back is served (P-11)', async () => {
    await open();
    for (let life = 1; life <= 20; life++) {
      const peer = await connect();
      await recorder.has('established', life);
      if (life % 2 === 0) peer.socket.resetAndDestroy();
      else peer.socket.destroy();
      const back = await connect();
      expect(back.errorCode).toBeUndefined();
      await recorder.has('established', ++life);
      back.socket.end();
      await recorder.has('closed', life);
    }
    expect(troubles()).toEqual([]);
  });

  it('names the port in use, tells of it, and can be enabled again (P-13)', async () => {
    const taken = await RawServer.listen({ host: '127.0.0.1' });
    clock = new FakeClock();
    peers = [];
    connection = new HsmsPassiveConnection('', taken.port, 0, undefined, { clock, bindAddress: '127.0.0.1' });
    recorder = new Recorder(connection);
    await expect(connection.enable()).rejects.toMatchObject({
      code: 'HSMS_ADDRESS_IN_USE',
      message: expect.stringContaining(`127.0.0.1:${taken.port}`) as string,
    });
    expect(connection.currentState).toBe('disabled');
    expect(await recorder.notice('listenFailed')).toMatchObject({ error: { code: 'HSMS_ADDRESS_IN_USE' } });
    await taken.close();
    await connection.enable();
    await connect();
    await recorder.has('established');
  });

  it('tells of a port in use though nobody awaits enable() nor subscribes to notices', async () => {
    const taken = await RawServer.listen({ host: '127.0.0.1' });
    const errors: unknown[] = [];
    clock = new FakeClock();
    peers = [];
    connection = new HsmsPassiveConnection('', taken.port, 0, undefined, {
      clock,
      bindAddress: '127.0.0.1',
      onError: (error) => errors.push(error),
    });
    void connection.enable();
    await until('the report', () => errors.length > 0);
    expect(errors).toMatchObject([{ code: 'HSMS_ADDRESS_IN_USE' }]);
    await taken.close();
  });

  it.each<[string, number, (enabling: Promise<void>) => unknown]>([
    ['let go of, is told of once', 1, (enabling) => void enabling],
    ['let go of twice, is told of once', 1, () => void connection.enable()],
    ['awaited, prints nothing besides', 0, async (enabling) => expect(enabling).rejects.toThrow('in use')],
    ['caught, prints nothing besides', 0, (enabling) => enabling.catch(() => {})],
    ['awaited among others, prints nothing besides', 0, (enabling) => Promise.allSettled([enabling])],
  ])('a failure of enable(), %s', async (_name, told, handle) => {
    const taken = await RawServer.listen({ host: '127.0.0.1' });
    const printed = jest.spyOn(console, 'error').mockImplementation(() => {});
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    clock = new FakeClock();
    peers = [];
    const options = { clock, bindAddress: '127.0.0.1' };
    connection = new HsmsPassiveConnection('', taken.port, 0, undefined, options);
    const server = new HsmsMultiPassiveServer(taken.port, options);
    server.createConnection('127.0.0.1', 0);
    await Promise.all([handle(connection.enable()), handle(server.enable())]);
    await until('the report', () => printed.mock.calls.length >= 2 * told);
    await turns(10);
    process.off('unhandledRejection', unhandled);
    // The connection and the server, each.
    expect(printed.mock.calls.map(([where]) => where as string)).toEqual(
      Array(2 * told).fill('rxsecs: enable() failed:'),
    );
    expect(unhandled).not.toHaveBeenCalled();
    printed.mockRestore();
    await Promise.all([taken.close(), server.dispose()]);
  });

  it('refuses a port out of range', async () => {
    await open();
    expect(() => new HsmsPassiveConnection('', 65536, 0)).toThrow(
      'port must be a whole number from 0 to 65535, received 65536',
    );
  });

  describe('a second connection (P-11)', () => {
    it('is closed and reported by default, and the first one stays', async () => {
      await open();
      const first = await connect();
      await recorder.has('established');
      const second = await connect();
      await second.isClosed();
      expect(await recorder.notice('refused')).toMatchObject({ reason: 'alreadyConnected' });
      first.send(data(1));
      await recorder.has('message 1');
    });

    it('is served when the first one has just ended, unread as yet', async () => {
      await open();
      for (let round = 1; round <= 30; round++) {
        const first = await connect();
        await recorder.has('established', 2 * round - 1);
        first.socket.end();
        const second = await connect();
        await recorder.has('established', 2 * round);
        expect(troubles()).toEqual([]);
        second.socket.end();
        await recorder.has('closed', 2 * round);
      }
    });

    it('waits for the close of the first one, when that is closing already', async () => {
      await open({ maxPacketBytes: 100, closeTimeout: 2 });
      const first = await connect();
      first.closesBack = false;
      first.write(Buffer.from('000000ff', 'hex'));
      await recorder.has('beforeClosed frameTooLong');
      const second = await connect();
      second.send(data(2));
      await turns(5);
      const third = await connect();
      await third.isClosed();
      expect(recorder.count('established')).toBe(1);
      await clock.pass(2);
      await recorder.has('message 2');
      expect(recorder.log).toEqual([
        'established',
        'beforeClosed frameTooLong',
        'closed frameTooLong',
        'established',
        'message 2',
      ]);
    });

    it('takeOver: replaces a dead connection after one linktest without an answer', async () => {
      await open({ secondConnection: 'takeOver', closeTimeout: 2 });
      const dead = await connect();
      dead.closesBack = false;
      await recorder.has('established');
      const newcomer = await connect();
      newcomer.send(data(2));
      expect(await dead.receives(1)).toMatchObject([{ header: { sType: 5 } }]);
      await clock.pass(4.9);
      expect(recorder.log).toEqual(['established']);
      await clock.pass(0.2);
      await recorder.has('beforeClosed takenOver');
      await clock.pass(2);
      await recorder.has('message 2');
      expect(recorder.log).toEqual([
        'established',
        'beforeClosed takenOver',
        'closed takenOver',
        'established',
        'message 2',
      ]);
    });

    it('takeOver: refuses the newcomer when the first one is alive', async () => {
      await open({ secondConnection: 'takeOver' });
      const first = await connect();
      await recorder.has('established');
      const newcomer = await connect();
      const [probe] = await first.receives(1);
      first.send(HsmsPacket.linktestRsp(probe!.header));
      await newcomer.isClosed();
      expect(await recorder.notice('refused')).toMatchObject({ reason: 'alreadyConnected' });
      await turns(5);
      expect(recorder.log).toEqual(['established']);
    });

    it('takeOver: serves the newcomer at once when the first one ends during the linktest', async () => {
      await open({ secondConnection: 'takeOver' });
      const first = await connect();
      await recorder.has('established');
      await connect();
      await first.receives(1);
      first.socket.end();
      await recorder.has('established', 2);
    });

    it('answerSelect: is kept until Select.req, answered with status 3, closed and reported', async () => {
      await open({ secondConnection: 'answerSelect' });
      const first = await connect();
      await recorder.has('established');
      const second = await connect();
      expect(await recorder.notice('refused')).toMatchObject({ reason: 'alreadyConnected' });
      second.send(HsmsPacket.linktestReq(1));
      await turns(10);
      expect(second.closed).toBe(false);
      second.send(HsmsPacket.selectReq(42), data(1));
      await second.isClosed();
      expect(second.packets).toMatchObject([{ header: { sType: 2, byte3: 3, systemBytes: 42 } }]);
      expect(second.errorCode).toBeUndefined();
      first.send(data(1));
      await recorder.has('message 1');
    });

    it.each([
      ['T7 passes', () => {}, 10],
      ['it sends no HSMS', (peer: RawPeer) => peer.write(Buffer.alloc(8)), 0],
      ['it closes', (peer: RawPeer) => peer.socket.end(), 0],
    ])('answerSelect: is closed when %s', async (_name, act, seconds) => {
      await open({ secondConnection: 'answerSelect' });
      await connect();
      await recorder.has('established');
      const second = await connect();
      await recorder.notice('refused');
      act(second);
      await clock.pass(seconds);
      await second.isClosed();
      expect(second.packets).toEqual([]);
    });

    it('answerSelect: keeps a few, and refuses the rest at once', async () => {
      await open({ secondConnection: 'answerSelect' });
      await connect();
      await recorder.has('established');
      for (let i = 0; i < 12; i++) {
        await connect();
        await recorder.notice('refused', i + 1);
      }
      await until('some closed', () => peers.filter(({ closed }) => closed).length === 4);
      await connection.disable();
      await until('all closed', () => peers.every(({ closed }) => closed));
    });
  });

  it('is disabled in every state (P-13)', async () => {
    await open();
    const opening = new HsmsPassiveConnection('', 0, 0, undefined, { clock });
    const enabled = opening.enable();
    await opening.disable();
    await expect(enabled).rejects.toMatchObject({ code: 'HSMS_DISABLED' });
    await connection.disable();
    await connection.enable();
    const peer = await connect();
    await recorder.has('established');
    await connection.disable();
    await peer.isClosed();
    expect(recorder.log).toEqual(['established', 'beforeClosed local', 'closed local']);
    expect(connection.currentState).toBe('disabled');
  });
});
