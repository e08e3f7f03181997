import { Server, Socket } from 'node:net';
import {
  HsmsActiveConnection,
  HsmsMultiPassiveServer,
  HsmsPacket,
  HsmsPassiveConnection,
  HsmsSession,
  type HsmsConnectionOptions,
} from '../../../src/index.js';
import { L, S } from '../../../src/secs2/index.js';
import { createTestNetwork, type TestNetwork, type VirtualClock } from '../../../src/testing/index.js';
import { Recorder } from '../../support/record.js';

describe('TestNetwork', () => {
  let network: TestNetwork<VirtualClock>;
  let clock: VirtualClock;
  let ended: (() => Promise<void>)[];
  const sockets = [jest.spyOn(Socket.prototype, 'connect'), jest.spyOn(Server.prototype, 'listen')];
  afterAll(() => sockets.forEach((socket) => socket.mockRestore()));

  beforeEach(() => {
    network = createTestNetwork();
    ({ clock } = network);
    ended = [];
  });
  afterEach(async () => {
    for (const socket of sockets) expect(socket).not.toHaveBeenCalled();
    network.heal();
    const all = Promise.all(ended.map((end) => end()));
    await clock.settled(all);
    await clock.advanceAsync(1);
    expect([clock.pending, network.connections]).toEqual([[], []]);
  });

  const passiveAt = (port = 5000, options: HsmsConnectionOptions = {}, from = ''): HsmsPassiveConnection => {
    const connection = new HsmsPassiveConnection(from, port, 0, undefined, {
      ...network.options,
      ...options,
    });
    ended.push(() => connection.dispose());
    return connection;
  };
  const activeTo = (
    host = '127.0.0.1',
    options: HsmsConnectionOptions = {},
    port = 5000,
  ): HsmsActiveConnection => {
    const connection = new HsmsActiveConnection(host, port, 0, undefined, { ...network.options, ...options });
    ended.push(() => connection.dispose());
    return connection;
  };

  /** Two sessions that are selected. */
  const pair = async (
    options: HsmsConnectionOptions = {},
    host: ConstructorParameters<typeof HsmsSession>[1] = {},
  ): Promise<{ host: HsmsSession; tool: HsmsSession }> => {
    const sessions = {
      host: new HsmsSession(activeTo('127.0.0.1', options), host),
      tool: new HsmsSession(passiveAt(5000, options), { entity: 'equipment' }),
    };
    sessions.tool.primaries.subscribe((primary) => {
      if (primary.wantsReply) void primary.reply(L()).catch(() => {});
    });
    await sessions.tool.connection.enable();
    await sessions.host.connection.enable();
    await clock.settle();
    expect([sessions.host.currentState, sessions.tool.currentState]).toEqual(['selected', 'selected']);
    return sessions;
  };

  it('connects and selects with no time passing', async () => {
    const { host, tool } = await pair();
    await expect(host.request(S(1, 13).w(L()))).resolves.toMatchObject({ name: 'S1F14' });
    expect(clock.now()).toBe(0);
    expect(host.connection.remoteAddress).toEqual({ address: '127.0.0.1', port: 5000 });
    expect(tool.connection.remoteAddress).toEqual(host.connection.localAddress);
  });

  it('is the same each time', async () => {
    const run = async (): Promise<string[]> => {
      network = createTestNetwork({ latency: 0.003, splitBytes: 7 });
      ({ clock } = network);
      const passive = passiveAt();
      const active = activeTo();
      const logs = [passive, active].map((connection) => new Recorder(connection).log);
      await passive.enable();
      await active.enable();
      await clock.until(() => active.currentState === 'connected');
      for (let i = 0; i < 50; i++) void active.send(HsmsPacket.linktestReq(i));
      for (let i = 0; i < 50; i++) void passive.send(HsmsPacket.linktestReq(100 + i));
      await clock.until(() => logs.every((log) => log.includes('message 49') || log.includes('message 149')));
      const end = clock.now();
      await clock.settled(Promise.all([active.disable(), passive.disable()]));
      return [...(logs[0] ?? []), ...(logs[1] ?? []), String(end), String(clock.now())];
    };
    const first = await run();
    expect(first).toHaveLength(108);
    expect(await run()).toEqual(first);
  });

  it('refuses where nobody listens, and where it is told to', async () => {
    const active = activeTo();
    const recorder = new Recorder(active);
    await active.enable();
    await clock.settle();
    await passiveAt().enable();
    network.refuse(5000);
    await clock.advanceAsync(10);
    expect(recorder.notices).toMatchObject([
      { kind: 'connectFailed', error: { code: 'HSMS_CONNECT_FAILED' }, attempt: 1 },
      { kind: 'connectFailed', error: { cause: { code: 'ECONNREFUSED' } }, attempt: 2 },
    ]);
    network.accept(5000);
    await clock.advanceAsync(10);
    expect(active.currentState).toBe('connected');
    network.refuse();
    network.accept();
  });

  it('heals one place while another stays cut, with attempts to connect under way to both', async () => {
    await passiveAt(5000).enable();
    await passiveAt(5001).enable();
    network.cut(5000);
    network.cut(5001);
    const [first, second] = [5000, 5001].map((port) => activeTo('127.0.0.1', {}, port));
    await Promise.all([first?.enable(), second?.enable()]);
    await clock.settle();
    network.heal(5000);
    await clock.settle();
    expect([first?.currentState, second?.currentState]).toEqual(['connected', 'connecting']);
    network.heal(5001);
    await clock.settle();
    expect(second?.currentState).toBe('connected');
  });

  it('does not answer an attempt to connect while cut, and does once healed', async () => {
    await passiveAt().enable();
    network.cut('127.0.0.1');
    const active = activeTo();
    const recorder = new Recorder(active);
    await active.enable();
    await clock.advanceAsync(10);
    expect(recorder.notices).toMatchObject([{ error: { code: 'HSMS_CONNECT_TIMEOUT' } }]);
    await clock.advanceAsync(15);
    expect(active.currentState).toBe('connecting');
    network.heal('127.0.0.1');
    await clock.settle();
    expect(active.currentState).toBe('connected');
  });

  it('tells neither end of a cut, which Linktest notices (P-27)', async () => {
    const { host, tool } = await pair({}, { linktestInterval: 30 });
    const recorder = new Recorder(host.connection);
    network.cut();
    await clock.advanceAsync(34.9);
    expect([host.currentState, tool.currentState]).toEqual(['selected', 'selected']);
    await clock.advanceAsync(0.2);
    expect(recorder.log).toContain('beforeClosed linktest');
    await clock.advanceAsync(2);
    expect([host.currentState, tool.currentState]).toEqual(['notConnected', 'selected']);
    network.heal();
    await clock.advanceAsync(10);
    // The old connection reached its end as soon as the cable was plugged in.
    expect([host.currentState, tool.currentState]).toEqual(['selected', 'selected']);
  });

  it('lets what was sent during a cut arrive afterwards', async () => {
    const { host } = await pair();
    network.connection.cut();
    const reply = host.request(S(1, 1).w());
    await clock.advanceAsync(44);
    expect(host.openRequests).toBe(1);
    network.connection.heal();
    await expect(reply).resolves.toMatchObject({ name: 'S1F2' });
  });

  it('stalls one direction', async () => {
    const { host, tool } = await pair();
    const seen: string[] = [];
    tool.primaries.subscribe(({ message }) => seen.push(message.name));
    network.connection.stall('toActive');
    const reply = host.request(S(1, 1).w());
    reply.catch(() => {});
    await clock.advanceAsync(45);
    await expect(reply).rejects.toMatchObject({ code: 'HSMS_T3_TIMEOUT' });
    expect(seen).toEqual(['S1F1']);
    expect(network.connection.bytesToPassive).toBeGreaterThan(network.connection.bytesToActive);
  });

  it('resets, and tells both ends', async () => {
    const { host, tool } = await pair();
    const recorders = [host, tool].map(({ connection }) => new Recorder(connection));
    network.reset(4999);
    await clock.settle();
    expect(recorders.flatMap(({ reasons }) => reasons)).toEqual([]);
    network.reset('127.0.0.1');
    await clock.settle();
    for (const { reasons } of recorders) {
      expect(reasons).toMatchObject([{ kind: 'reset', error: { code: 'ECONNRESET' } }]);
    }
    expect(network.connections).toEqual([]);
    expect(network.connection.open).toBe(false);
  });

  it('takes its time, in virtual time', async () => {
    network.latency = 0.25;
    const { host, tool } = { host: activeTo(), tool: passiveAt() };
    await tool.enable();
    await host.enable();
    await clock.advanceAsync(0.25);
    expect([host.currentState, tool.currentState]).toEqual(['connecting', 'connected']);
    expect(clock.pending).toContainEqual({ name: 'network', seconds: 0.25 });
    await clock.advanceAsync(0.25);
    const recorder = new Recorder(tool);
    await host.send(HsmsPacket.linktestReq(1));
    network.connection.latency = 2;
    await host.send(HsmsPacket.linktestReq(2));
    expect(network.connection.latency).toBe(2);
    await clock.advanceAsync(0.25);
    expect(recorder.log).toEqual(['message 1']);
    await clock.advanceAsync(1.75);
    expect(recorder.log).toEqual(['message 1', 'message 2']);
  });

  it('splits what is sent', async () => {
    const { host, tool } = await pair();
    network.splitBytes = 1;
    let frames = 0;
    tool.messages.subscribe(() => frames++);
    const reply = host.request(S(1, 1).w());
    await clock.settle();
    await expect(reply).resolves.toMatchObject({ name: 'S1F2' });
    expect([frames, network.connection.splitBytes]).toEqual([1, 1]);
    network.connection.splitBytes = 0;
    expect(network.connection.splitBytes).toBe(0);
  });

  it('notices T8 in the middle of a frame that a stall holds up (P-5)', async () => {
    const { host, tool } = await pair();
    const recorder = new Recorder(tool.connection);
    network.splitBytes = 6;
    tool.connection.events.setMaxListeners(20);
    void host.send(S(1, 3)).catch(() => {});
    const { connection } = network;
    const before = connection.bytesToPassive;
    await clock.until(() => connection.bytesToPassive > before);
    connection.stall('toPassive');
    await clock.advanceAsync(5);
    expect(recorder.log).toContain('beforeClosed t8');
    connection.heal();
  });

  it('holds a sender back, and lets it go on', async () => {
    network = createTestNetwork({ windowBytes: 1000 });
    ({ clock } = network);
    const { host, tool } = await pair();
    network.connection.stall('toPassive');
    const big = HsmsPacket.data(
      { sessionId: 0, stream: 7, function: 3, systemBytes: 9 },
      Buffer.alloc(300_000),
    );
    let sent = false;
    const sending = host.connection.send(big).then(() => (sent = true));
    await clock.settle();
    expect(sent).toBe(false);
    const recorder = new Recorder(tool.connection);
    network.connection.heal();
    await clock.settle();
    await sending;
    expect(recorder.log).toEqual(['message 9']);
  });

  it('gives up on a peer that takes no byte (P-14)', async () => {
    const { host } = await pair();
    const recorder = new Recorder(host.connection);
    network.connection.stall('toPassive');
    void host.connection
      .send(
        HsmsPacket.data({ sessionId: 0, stream: 7, function: 3, systemBytes: 9 }, Buffer.alloc(2_000_000)),
      )
      .catch(() => {});
    await clock.advanceAsync(122);
    expect(recorder.log).toContain('beforeClosed sendTimeout');
  });

  it('tells the peers of a multi-passive server apart by their addresses (P-12)', async () => {
    network = createTestNetwork({ clock, names: { 'coater-7': '10.0.0.7' } });
    const server = new HsmsMultiPassiveServer(5000, { ...network.options });
    ended.push(() => server.dispose());
    server.createConnection('10.0.0.5', 1);
    server.createConnection('coater-7', 2);
    const log: string[] = [];
    server.established.subscribe(({ connection, remote }) =>
      log.push(`${connection.address} is ${remote.address}`),
    );
    server.notices.subscribe(({ notice }) => {
      if (notice.kind === 'refused') log.push(`${notice.remote.address} ${notice.reason}`);
    });
    await server.enable();
    for (const address of ['10.0.0.5', '10.0.0.7', '10.0.0.9']) {
      await activeTo('127.0.0.1', { ...network.at(address).options }).enable();
      await clock.settle();
    }
    expect(log).toEqual(['10.0.0.5 is 10.0.0.5', 'coater-7 is 10.0.0.7', '10.0.0.9 unexpectedAddress']);
    expect(network.connections.map(({ active }) => active.address)).toEqual(['10.0.0.5', '10.0.0.7']);
    network.reset('coater-7');
    await clock.settle();
    expect(network.connections.map(({ active }) => active.address)).toEqual(['10.0.0.5']);
  });

  it('has machines that listen on the same port', async () => {
    const tools = ['10.0.0.5', '10.0.0.6'].map((address) =>
      passiveAt(5000, { ...network.at(address).options }),
    );
    for (const tool of tools) await tool.enable();
    const host = activeTo('10.0.0.6');
    await host.enable();
    await clock.settle();
    expect(tools.map(({ currentState }) => currentState)).toEqual(['listening', 'connected']);
    await expect(network.at('10.0.0.5').lookup('localhost')).resolves.toEqual(['127.0.0.1']);
    await expect(network.lookup('nobody')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it('gives out free ports, and none twice (P-13)', async () => {
    const [first, second] = [passiveAt(0), passiveAt(0)];
    await Promise.all([first?.enable(), second?.enable()]);
    const ports = [first, second].map(({ boundAddress }) => boundAddress?.port);
    expect(new Set(ports).size).toBe(2);
    const third = passiveAt(ports[0]);
    const { notices } = new Recorder(third);
    await expect(third.enable()).rejects.toMatchObject({ code: 'HSMS_ADDRESS_IN_USE' });
    expect(notices).toMatchObject([{ kind: 'listenFailed' }]);
  });

  it('gives up an attempt that is cancelled, however far it came', async () => {
    const passive = passiveAt();
    await passive.enable();
    network.latency = 0.1;
    const recorder = new Recorder(passive);
    for (const seconds of [0.05, 0.15]) {
      const active = activeTo();
      await active.enable();
      await clock.advanceAsync(seconds);
      await active.disable();
      await clock.advanceAsync(1);
    }
    expect(recorder.log).toEqual(['established', 'beforeClosed remoteClosed', 'closed remoteClosed']);
  });

  it.each<[string, () => unknown]>([
    ['address must be an IP address, received the string "tool"', () => network.at('tool')],
    ['a port or \'all\', received the string "tool"', () => network.cut('tool')],
    ['there has been no connection on this network yet', () => network.connection],
    ['latency must be a finite number from 0, received -1', () => createTestNetwork({ latency: -1 })],
    ['latency must be a finite number from 0, received NaN', () => (network.latency = NaN)],
    ['splitBytes must be a finite number from 0, received Infinity', () => (network.splitBytes = Infinity)],
    ['must be an IP address, received the string "x"', () => createTestNetwork({ names: { tool: 'x' } })],
  ])('says %s', (message, act) => {
    expect(act).toThrow(message);
    expect([network.latency, network.splitBytes]).toEqual([0, 0]);
  });
});
