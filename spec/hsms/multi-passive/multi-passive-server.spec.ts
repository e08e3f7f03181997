import {
  HsmsMultiPassiveServer,
  HsmsPacket,
  HsmsSession,
  nodeNetwork,
  type HsmsMultiPassiveServerOptions,
  type ServerNoticeEvent,
} from '../../../src/index.js';
import { MemoryNetwork } from '../../fuzz/session/memory-socket.js';
import { FakeClock, turns } from '../../support/fake-clock.js';
import { RawPeer, RawServer } from '../../support/raw-peer.js';
import { until } from '../../support/until.js';

const data = (systemBytes: number): HsmsPacket =>
  HsmsPacket.data({ sessionId: 0, stream: 1, function: 1, systemBytes });

describe('HsmsMultiPassiveServer (P-12)', () => {
  let server: HsmsMultiPassiveServer;
  let log: string[];
  let notices: ServerNoticeEvent[];
  let opened: ServerNoticeEvent[];
  const peers: RawPeer[] = [];

  const make = (options: HsmsMultiPassiveServerOptions = {}, port = 0): void => {
    server = new HsmsMultiPassiveServer(port, { clock: new FakeClock(), ...options });
    log = [];
    notices = [];
    opened = [];
    server.established.subscribe(({ connection }) => log.push(`${connection.address} established`));
    server.message.subscribe(({ connection, packet }) =>
      log.push(`${connection.address} message ${packet.header.systemBytes}`),
    );
    server.beforeClosed.subscribe(({ connection }) => log.push(`${connection.address} beforeClosed`));
    server.closed.subscribe(({ connection }) => log.push(`${connection.address} closed`));
    server.notices.subscribe((event) => {
      if (event.notice.kind === 'openToAnyone') opened.push(event);
      else notices.push(event);
    });
  };
  const connect = async (localAddress: string): Promise<RawPeer> => {
    const peer = await RawPeer.connect(server.boundAddress?.port ?? 0, { localAddress });
    peers.push(peer);
    return peer;
  };
  const logged = (entry: string): Promise<void> =>
    until(`'${entry}' in [${log.join(', ')}]`, () => log.includes(entry));
  afterEach(async () => {
    const disposed = server.dispose();
    for (const { socket } of peers.splice(0)) socket.destroy();
    await disposed;
  });

  it('tells its peers apart by address, each with a connection of its own', async () => {
    make();
    const one = server.createConnection('127.0.0.11', 1);
    const two = server.createConnection('127.0.0.12', 2);
    await server.enable();
    const messages: number[] = [];
    two.message.subscribe(({ header }) => messages.push(header.systemBytes));
    (await connect('127.0.0.12')).send(data(2));
    await logged('127.0.0.12 message 2');
    (await connect('127.0.0.11')).send(data(1));
    await logged('127.0.0.11 message 1');
    expect(messages).toEqual([2]);
    expect(server.connections).toEqual([one, two]);
    expect([one.currentState, two.currentState]).toEqual(['connected', 'connected']);
    expect(log).toEqual([
      '127.0.0.12 established',
      '127.0.0.12 message 2',
      '127.0.0.11 established',
      '127.0.0.11 message 1',
    ]);
  });

  it('ends one peer without the others', async () => {
    make();
    const one = server.createConnection('127.0.0.11', 1);
    const two = server.createConnection('127.0.0.12', 2);
    await server.enable();
    const first = await connect('127.0.0.11');
    await connect('127.0.0.12');
    await logged('127.0.0.12 established');
    first.socket.end();
    await logged('127.0.0.11 closed');
    expect([one.currentState, two.currentState]).toEqual(['listening', 'connected']);
    await two.disable();
    expect(log.slice(-2)).toEqual(['127.0.0.12 beforeClosed', '127.0.0.12 closed']);
    await (await connect('127.0.0.12')).isClosed();
    expect(notices).toMatchObject([{ connection: two, notice: { kind: 'refused', reason: 'disabled' } }]);
    await two.enable();
    await connect('127.0.0.12');
    await until('two again', () => two.currentState === 'connected');
  });

  it('adds and removes peers while it runs', async () => {
    make();
    await server.enable();
    await (await connect('127.0.0.13')).isClosed();
    expect(notices).toMatchObject([{ notice: { kind: 'refused', reason: 'unexpectedAddress' } }]);
    expect(notices[0]).not.toHaveProperty('connection');
    const added = server.createConnection('127.0.0.13', 3);
    const peer = await connect('127.0.0.13');
    await logged('127.0.0.13 established');
    await server.removeConnection(added);
    await peer.isClosed();
    expect(server.connections).toEqual([]);
    await (await connect('127.0.0.13')).isClosed();
    expect(notices).toHaveLength(2);
    await expect(added.enable()).rejects.toMatchObject({ code: 'HSMS_DISPOSED' });
  });

  it('opens its port for a connection that is enabled by itself', async () => {
    make();
    const connection = server.createConnection('127.0.0.11', 1);
    await connection.enable();
    await connect('127.0.0.11');
    await logged('127.0.0.11 established');
    await server.disable();
    expect(server.boundAddress).toBeUndefined();
    expect(connection.currentState).toBe('disabled');
  });

  it('knows a peer by its host name', async () => {
    make();
    const connection = server.createConnection('localhost', 1);
    await server.enable();
    await connect('127.0.0.1');
    await until('the connection', () => connection.currentState === 'connected');
  });

  it('says when a name cannot be looked up', async () => {
    make();
    server.createConnection('no-such-tool..invalid', 1);
    await server.enable();
    const peer = await connect('127.0.0.1');
    await until('the close', () => peer.closed);
    expect(notices).toMatchObject([
      { notice: { reason: 'nameNotResolved', error: { code: 'HSMS_NAME_NOT_RESOLVED' } } },
    ]);
  });

  it('makes a connection for an unknown peer when it is told how', async () => {
    make({
      acceptUnknown: ({ address }) =>
        address === '127.0.0.20' ? { sessionId: 20, options: { t8: 3 } } : undefined,
    });
    await server.enable();
    (await connect('127.0.0.20')).send(data(5));
    await logged('127.0.0.20 message 5');
    expect(server.connections).toMatchObject([{ sessionId: 20, address: '127.0.0.20', settings: { t8: 3 } }]);
    await (await connect('127.0.0.21')).isClosed();
    expect(notices).toMatchObject([
      { notice: { reason: 'unexpectedAddress', remote: { address: '127.0.0.21' } } },
    ]);
  });

  it('refuses an unknown peer when acceptUnknown throws, and reports that', async () => {
    const errors: unknown[] = [];
    make({
      onError: (error) => errors.push(error),
      acceptUnknown: () => {
        throw new Error('no database');
      },
    });
    await server.enable();
    await (await connect('127.0.0.20')).isClosed();
    expect(errors).toEqual([new Error('no database')]);
    expect(notices).toMatchObject([{ notice: { reason: 'unexpectedAddress' } }]);
  });

  it('bounds the connections that are not selected', async () => {
    make({ maxUnselected: 2, acceptUnknown: () => ({ sessionId: 0 }) });
    await server.enable();
    const first = await connect('127.0.0.31');
    await connect('127.0.0.32');
    await logged('127.0.0.32 established');
    await (await connect('127.0.0.33')).isClosed();
    expect(notices).toMatchObject([{ notice: { reason: 'tooManyUnselected' } }]);
    // Once the first is selected there is room for another.
    first.send(HsmsPacket.selectReq(1));
    await logged('127.0.0.31 message 1');
    const selected = server.connections.find(({ address }) => address === '127.0.0.31');
    await selected?.send(HsmsPacket.selectRsp(HsmsPacket.selectReq(1).header, 0));
    await connect('127.0.0.34');
    await logged('127.0.0.34 established');
  });

  it('serves an expected peer however many unknown ones wait', async () => {
    make({ maxUnselected: 1, acceptUnknown: () => ({ sessionId: 0 }) });
    server.createConnection('127.0.0.30', 1);
    await server.enable();
    await connect('127.0.0.31');
    await logged('127.0.0.31 established');
    await (await connect('127.0.0.32')).isClosed();
    await connect('127.0.0.30');
    await logged('127.0.0.30 established');
  });

  it('does not ask about an unknown peer that there is no room for', async () => {
    const asked: string[] = [];
    make({ maxUnselected: 1, acceptUnknown: ({ address }) => (asked.push(address), { sessionId: 0 }) });
    await server.enable();
    await connect('127.0.0.31');
    await logged('127.0.0.31 established');
    await (await connect('127.0.0.32')).isClosed();
    expect(asked).toEqual(['127.0.0.31']);
    expect(server.connections).toHaveLength(1);
  });

  it('forgets an unknown peer that leaves without having been selected, and keeps one that was', async () => {
    make({ acceptUnknown: () => ({ sessionId: 0, onCreated: (made) => new HsmsSession(made) }) });
    const disposed: string[] = [];
    server.established.subscribe(({ connection }) =>
      connection.events.once('disposed', () => disposed.push(connection.address)),
    );
    await server.enable();
    const selected = await connect('127.0.0.31');
    selected.send(HsmsPacket.selectReq(1));
    await selected.receives(1);
    const silent = await connect('127.0.0.32');
    await logged('127.0.0.32 established');
    for (const { socket } of [selected, silent]) socket.destroy();
    await until('one connection', () => server.connections.length === 1 && disposed.length === 1);
    expect(server.connections).toMatchObject([{ address: '127.0.0.31', currentState: 'listening' }]);
    expect(disposed).toEqual(['127.0.0.32']);
  });

  it('runs a session, and so T7, on the connection of an unknown peer', async () => {
    const clock = new FakeClock();
    make({
      clock,
      maxUnselected: 1,
      acceptUnknown: () => ({ sessionId: 0, onCreated: (made) => new HsmsSession(made) }),
    });
    await server.enable();
    await connect('127.0.0.31');
    await logged('127.0.0.31 established');
    expect(clock.timers).toEqual(['t7']);
    await clock.pass(10);
    await logged('127.0.0.31 closed');
    await connect('127.0.0.32');
    await logged('127.0.0.32 established');
  });

  it('looks names up once for however many wait, and bounds those', async () => {
    const answers: ((addresses: string[]) => void)[] = [];
    make({
      maxUnselected: 5,
      network: { ...nodeNetwork, lookup: () => new Promise((resolve) => answers.push(resolve)) },
    });
    server.createConnection('tool-1', 1);
    await server.enable();
    for (let i = 0; i < 8; i++) await connect('127.0.0.31');
    await until('refusals', () => notices.length === 3);
    expect(notices).toMatchObject(Array(3).fill({ notice: { reason: 'tooManyUnselected' } }));
    expect(answers).toHaveLength(1);
    answers[0]?.(['127.0.0.31']);
    await logged('tool-1 established');
  });

  it('refuses a peer that has left before anybody looked, and reports no error of its own', async () => {
    const errors: unknown[] = [];
    const network = new MemoryNetwork();
    make({ network, onError: (error) => errors.push(error), acceptUnknown: () => ({ sessionId: 0 }) });
    await server.enable();
    const gone = network.arrive({ remoteAddress: undefined });
    await turns();
    expect([gone.destroyed, errors]).toEqual([true, []]);
    expect(notices).toMatchObject([{ notice: { kind: 'refused', remote: { address: '' } } }]);
  });

  it('shows every subscriber one order, across connections', async () => {
    make();
    const one = server.createConnection('127.0.0.11', 1);
    server.createConnection('127.0.0.12', 2);
    const seen: string[] = [];
    server.message.subscribe(() => void one.disable());
    server.message.subscribe(() => seen.push('message'));
    server.beforeClosed.subscribe(() => seen.push('beforeClosed'));
    await server.enable();
    await connect('127.0.0.11');
    (await connect('127.0.0.12')).send(data(1));
    await until('the close', () => log.includes('127.0.0.11 closed'));
    expect(seen).toEqual(['message', 'beforeClosed']);
  });

  it('says once for each enable() that the port is open to anyone, if unknown peers may be served', async () => {
    make();
    await server.enable();
    await server.dispose();
    expect(opened).toEqual([]);
    make({ bindAddress: '127.0.0.1', acceptUnknown: () => undefined });
    await server.enable();
    const local = { address: '127.0.0.1', port: server.boundAddress?.port };
    expect(opened).toEqual([{ notice: { kind: 'openToAnyone', local } }]);
    await server.disable();
    await server.enable();
    expect(opened).toHaveLength(2);
  });

  it('names the port in use, once, and can be enabled again', async () => {
    const taken = await RawServer.listen({ host: '127.0.0.1' });
    make({ bindAddress: '127.0.0.1' }, taken.port);
    server.createConnection('127.0.0.11', 1);
    await expect(server.enable()).rejects.toMatchObject({ code: 'HSMS_ADDRESS_IN_USE' });
    expect(notices).toMatchObject([{ notice: { kind: 'listenFailed' } }]);
    await taken.close();
    await server.enable();
    expect(server.boundAddress?.port).toBe(taken.port);
  });

  it('enables and disables idempotently, and completes its streams when disposed of', async () => {
    make();
    const connection = server.createConnection('127.0.0.11', 1);
    await Promise.all([server.enable(), server.enable()]);
    await Promise.all([server.disable(), server.disable()]);
    await server.enable();
    const completed = jest.fn();
    server.message.subscribe({ complete: completed });
    connection.message.subscribe({ complete: completed });
    await Promise.all([server.dispose(), server[Symbol.asyncDispose]()]);
    expect(completed).toHaveBeenCalledTimes(2);
    await turns();
    await expect(server.enable()).rejects.toMatchObject({ code: 'HSMS_DISPOSED' });
  });

  it('refuses bad arguments, naming them', () => {
    make();
    expect(() => new HsmsMultiPassiveServer(-1)).toThrow(
      'port must be a whole number from 0 to 65535, received -1',
    );
    expect(() => new HsmsMultiPassiveServer(0, { maxUnselected: 0 })).toThrow(
      'maxUnselected must be a number from 1, received 0',
    );
    expect(() => new HsmsMultiPassiveServer(0, { t7: 0 })).toThrow(
      't7 must be a number of seconds above 0, received 0',
    );
    expect(() => server.createConnection('', 0)).toThrow(
      'address must be the address or host name of one peer',
    );
    expect(() => server.createConnection('::', 0)).toThrow('received the string "::"');
    expect(() => server.createConnection('127.0.0.1', 70000)).toThrow(
      'sessionId must be a whole number from 0 to 65535, received 70000',
    );
    server.createConnection('127.0.0.1', 0);
    expect(() => server.createConnection('::ffff:127.0.0.1', 0)).toThrow('is expected already');
    expect(server.connections).toHaveLength(1);
  });
});
