import {
  describeCloseReason,
  encodeFrame,
  HsmsActiveConnection,
  HsmsPacket,
  HsmsPassiveConnection,
  type HsmsConnectionOptions,
} from '../../src/index.js';
import { FakeClock, turns } from '../support/fake-clock.js';
import { RawPeer, RawServer } from '../support/raw-peer.js';
import { Recorder } from '../support/record.js';
import { until } from '../support/until.js';

const data = (systemBytes: number, body: Buffer = Buffer.alloc(0)): HsmsPacket =>
  HsmsPacket.data({ sessionId: 0, stream: 1, function: 1, systemBytes }, body);

describe('faults on a passive connection', () => {
  let clock: FakeClock;
  let connection: HsmsPassiveConnection;
  let recorder: Recorder;
  let peers: RawPeer[];

  beforeEach(async () => {
    clock = new FakeClock();
    peers = [];
    connection = new HsmsPassiveConnection('127.0.0.1', 0, 0, undefined, { clock });
    recorder = new Recorder(connection);
    await connection.enable();
  });
  afterEach(async () => {
    const disposed = connection.dispose();
    for (const { socket } of peers) socket.destroy();
    await disposed;
    expect(clock.timers).toEqual([]);
  });
  const connect = async (): Promise<RawPeer> => {
    const peer = await RawPeer.connect(connection.boundAddress?.port ?? 0);
    peers.push(peer);
    return peer;
  };
  /** Whatever went before, the port serves the next peer. */
  const servesTheNextPeer = async (): Promise<void> => {
    const lives = recorder.count('established');
    const peer = await connect();
    await recorder.has('established', lives + 1);
    peer.send(data(4711));
    await recorder.has('message 4711');
  };

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])(
    'a length of %i ends the connection and only that (P-2)',
    async (length) => {
      const peer = await connect();
      const prefix = Buffer.alloc(4);
      prefix.writeUInt32BE(length);
      peer.write(Buffer.concat([encodeFrame(data(1)), prefix, Buffer.alloc(30, 0xff)]));
      await recorder.has('closed');
      expect(recorder.log).toEqual([
        'established',
        'message 1',
        'beforeClosed frameTooShort',
        'closed frameTooShort',
      ]);
      expect(recorder.reasons).toEqual([{ kind: 'frameTooShort', length }]);
      await servesTheNextPeer();
    },
  );

  it.each([16 * 1024 * 1024 + 11, 0x7fffffff, 0xffffffff])(
    'a length of %i ends the connection (P-2)',
    async (length) => {
      const peer = await connect();
      const prefix = Buffer.alloc(4);
      prefix.writeUInt32BE(length);
      peer.write(prefix);
      await recorder.has('closed');
      expect(recorder.reasons).toEqual([
        { kind: 'frameTooLong', length, maxPacketBytes: 16 * 1024 * 1024 + 10 },
      ]);
      expect(describeCloseReason(recorder.reasons[0]!)).toContain(String(length));
      await servesTheNextPeer();
    },
  );

  it('a header of random bytes is a packet like any other (P-3)', async () => {
    const peer = await connect();
    const frames = Array.from({ length: 200 }, (_, seed) => {
      const message = Buffer.from(
        Array.from({ length: 10 + (seed % 7) }, (_unused, i) => (seed * 7919 + i * 104729) & 0xff),
      );
      return HsmsPacket.parse(message);
    });
    const received: HsmsPacket[] = [];
    connection.message.subscribe((packet) => received.push(packet));
    peer.send(...frames);
    await until('200 packets', () => received.length === 200);
    received.forEach((packet, index) => expect(packet.equals(frames[index]!)).toBe(true));
  });

  it('one byte at a time makes the same packets (P-1)', async () => {
    const peer = await connect();
    peer.socket.setNoDelay(true);
    for (const byte of Buffer.concat([
      encodeFrame(data(1, Buffer.from('0102', 'hex'))),
      encodeFrame(data(2)),
    ])) {
      peer.write(Buffer.from([byte]));
      await turns(1);
    }
    await recorder.has('message 2');
    expect(recorder.log).toEqual(['established', 'message 1', 'message 2']);
  });

  it.each([
    ['the prefix', 2],
    ['the header', 9],
    ['the body', 40],
  ])('a cut inside %s ends at T8 (P-5)', async (_where, bytes) => {
    const peer = await connect();
    peer.write(encodeFrame(data(1, Buffer.alloc(100))).subarray(0, bytes));
    await until('the T8 timer', () => clock.timers.includes('t8'));
    await clock.pass(5);
    await recorder.has('closed t8');
    expect(recorder.reasons).toEqual([{ kind: 't8', seconds: 5, partialBytes: bytes }]);
    await servesTheNextPeer();
  });

  it.each([
    ['RST', (peer: RawPeer) => peer.socket.resetAndDestroy(), 'reset'],
    ['FIN', (peer: RawPeer) => peer.socket.end(), 'remoteClosed'],
  ] as const)('%s in the middle of a frame (P-14)', async (_name, act, kind) => {
    const peer = await connect();
    peer.write(encodeFrame(data(1, Buffer.alloc(100))).subarray(0, 40));
    await until('the partial frame', () => clock.timers.includes('t8'));
    act(peer);
    await recorder.has('closed');
    expect(recorder.log).toEqual(['established', `beforeClosed ${kind}`, `closed ${kind}`]);
    await servesTheNextPeer();
  });

  it('survives 1,000 connect-and-close in a row', async () => {
    for (let i = 0; i < 1000; i++) {
      const { socket } = await RawPeer.connect(connection.boundAddress?.port ?? 0);
      if (i % 3 === 0) socket.resetAndDestroy();
      else if (i % 3 === 1) socket.destroy();
      else socket.end();
    }
    await until('the last of them gone', () => connection.currentState === 'listening');
    expect(recorder.count('established')).toBe(recorder.count('closed'));
    expect(recorder.count('beforeClosed')).toBe(recorder.count('closed'));
    await servesTheNextPeer();
  }, 30_000);
});

describe('faults on an active connection', () => {
  let clock: FakeClock;
  let server: RawServer;
  let connection: HsmsActiveConnection;
  let recorder: Recorder;

  const open = async (options: HsmsConnectionOptions = {}): Promise<RawPeer> => {
    clock = new FakeClock();
    server = await RawServer.listen();
    connection = new HsmsActiveConnection('127.0.0.1', server.port, 0, undefined, { clock, ...options });
    recorder = new Recorder(connection);
    await connection.enable();
    await recorder.has('established');
    return server.peer();
  };
  afterEach(async () => {
    const disposed = connection.dispose();
    await server.close();
    await disposed;
  });

  it('64 MiB to a peer that never reads: disable() is bounded and each send is settled (P-13, P-14)', async () => {
    const peer = await open({ closeTimeout: 2 });
    peer.socket.pause();
    const body = Buffer.alloc(1024 * 1024);
    const sends = Array.from({ length: 64 }, (_, index) => connection.send(data(index, body)));
    await turns(20);
    const disabled = connection.disable();
    await turns(5);
    await clock.pass(2);
    await disabled;
    const results = await Promise.allSettled(sends);
    const failed = results.filter(({ status }) => status === 'rejected');
    expect(recorder.unsent).toEqual([failed.length]);
    expect(failed.length).toBeGreaterThan(32);
    expect(recorder.log).toEqual(['established', 'beforeClosed local', 'closed local']);
  });

  it('nothing of an old connection is sent on the new one', async () => {
    const old = await open();
    old.socket.pause();
    const sends = Array.from({ length: 40 }, (_, index) =>
      connection.send(data(index, Buffer.alloc(1024 * 1024))).catch((error: unknown) => error),
    );
    await turns(10);
    old.socket.resetAndDestroy();
    await recorder.has('closed reset');
    await clock.pass(10);
    await recorder.has('established', 2);
    await connection.send(data(9999));
    const peer = await server.peer(1);
    await peer.receives(1);
    await turns(20);
    expect(peer.packets.map(({ header }) => header.systemBytes)).toEqual([9999]);
    expect(peer.bytesReceived).toBe(14);
    expect(await sends.at(-1)).toMatchObject({ code: 'HSMS_CONNECTION_CLOSED', reason: { kind: 'reset' } });
  });

  it('nothing of an old connection is read on the new one', async () => {
    const old = await open();
    old.write(encodeFrame(data(1, Buffer.alloc(50))).subarray(0, 30));
    await until('the partial frame', () => clock.timers.includes('t8'));
    old.socket.end();
    await recorder.has('closed');
    await clock.pass(10);
    (await server.peer(1)).send(data(2));
    await recorder.has('message 2');
  });

  it('two sides that echo without end do not lock each other up', async () => {
    const peer = await open();
    const body = Buffer.alloc(200_000);
    let echoed = 0;
    peer.socket.on('data', (chunk: Buffer) => peer.socket.write(chunk));
    connection.message.subscribe((packet) => {
      if (++echoed < 300) void connection.send(packet);
    });
    for (let i = 0; i < 60; i++) void connection.send(data(i, body));
    await until('300 echoes', () => echoed >= 300, 20_000);
  }, 30_000);
});
