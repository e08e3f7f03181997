import type { Socket } from 'node:net';
import type { CloseReason } from '../../../src/hsms/link/close-reason.js';
import { Link } from '../../../src/hsms/link/link.js';
import { DEFAULT_SETTINGS, type HsmsSettings } from '../../../src/hsms/link/settings.js';
import { encodeFrame } from '../../../src/hsms/wire/frame-encoder.js';
import { HsmsPacket } from '../../../src/hsms/wire/packet.js';
import { FakeClock, turns } from '../../support/fake-clock.js';
import { RawPeer, RawServer } from '../../support/raw-peer.js';
import { until } from '../../support/until.js';

const data = (systemBytes: number, bodyBytes = 0): HsmsPacket =>
  HsmsPacket.data({ sessionId: 0, stream: 1, function: 1, systemBytes }, Buffer.alloc(bodyBytes));

/** A link on a real socket, its owner, and the bare socket at the other end. */
class Bed {
  readonly clock = new FakeClock();
  settings: HsmsSettings = DEFAULT_SETTINGS;
  readonly log: string[] = [];
  readonly reasons: CloseReason[] = [];
  readonly packets: HsmsPacket[] = [];
  /** Called from within onClosing, before the link may go on. */
  beforeClosed: () => void = () => {};
  wantsSent = false;
  /** System bytes of the packets that were told to have been sent. */
  readonly sent: number[] = [];
  socket!: Socket;
  link!: Link;
  peer!: RawPeer;
  server!: RawServer;

  static async open(settings: Partial<HsmsSettings> = {}): Promise<Bed> {
    const bed = new Bed();
    bed.settings = { ...DEFAULT_SETTINGS, ...settings };
    bed.server = await RawServer.listen();
    const { socket } = await RawPeer.connect(bed.server.port);
    socket.removeAllListeners();
    bed.socket = socket;
    bed.peer = await bed.server.peer();
    bed.link = new Link(socket, {
      clock: bed.clock,
      decoding: undefined,
      settings: () => bed.settings,
      onPacket: (packet) => bed.packets.push(packet),
      wantsSent: () => bed.wantsSent,
      onSent: (packets) => {
        bed.log.push('sent');
        bed.sent.push(...packets.map(({ header }) => header.systemBytes));
      },
      onClosing: (reason, canSend, proceed) => {
        bed.log.push(`closing ${reason.kind} ${canSend ? 'can send' : 'cannot send'}`);
        bed.beforeClosed();
        proceed();
      },
      onClosed: (reason, unsent) => {
        bed.log.push(`closed ${reason.kind} ${unsent} unsent`);
        bed.reasons.push(reason);
      },
    });
    return bed;
  }

  async closed(): Promise<void> {
    await until(`the end of the link, so far [${this.log.join(', ')}]`, () => this.reasons.length > 0);
    await turns();
  }
}

describe('Link', () => {
  let bed: Bed;
  afterEach(async () => {
    bed.link.close({ kind: 'local' });
    await bed.server.close();
    await bed.closed();
    expect(bed.clock.timers).toEqual([]);
    expect(bed.reasons).toHaveLength(1);
  });

  it('sends and receives, and knows both ends', async () => {
    bed = await Bed.open();
    expect(bed.link.remote).toEqual({ address: '127.0.0.1', port: bed.server.port });
    expect(bed.link.local.port).toBe(bed.peer.socket.remotePort);
    await bed.link.send(data(1, 20)).promise;
    expect(await bed.peer.receives(1)).toMatchObject([{ header: { systemBytes: 1 } }]);
    bed.peer.send(data(2), data(3));
    await until('two packets', () => bed.packets.length === 2);
  });

  it.each([
    ['few requests or replies', 31, 0, true, [31 * 14]],
    ['32 of many, which do not wait', 70, 0, true, [32 * 14, 32 * 14, 6 * 14]],
    ['messages that nobody waits for', 70, 0, false, [70 * 14]],
    ['32 KiB of many', 150, 500, false, [64 * 514, 64 * 514, 22 * 514]],
    ['as many as there are of larger ones', 5, 8000, false, [5 * 8014]],
    ['no more early where much waits', 8, 15_000, false, [3 * 15_014, 3 * 15_014, 2 * 15_014]],
    ['all of what is too much at once', 2, 70_000, true, [14, 70_000, 14, 70_000]],
  ])('joins into one write what is sent in one turn: %s', async (_what, count, size, isAwaited, writes) => {
    bed = await Bed.open();
    const write = jest.spyOn(bed.socket, 'write');
    const listener = isAwaited ? { sent: () => {}, unsent: () => {} } : undefined;
    await Promise.all(
      Array.from(
        { length: count },
        (_, index) => bed.link.send(data(index, size), undefined, listener).promise,
      ),
    );
    expect(write.mock.calls.map(([bytes]) => (bytes as Buffer).length)).toEqual(writes);
    const received = await bed.peer.receives(count);
    expect(received.map(({ header }) => header.systemBytes)).toEqual(
      Array.from({ length: count }, (_, i) => i),
    );
  });

  it('sends all of a turn at its end where packets sent are to be told of', async () => {
    bed = await Bed.open();
    bed.wantsSent = true;
    const write = jest.spyOn(bed.socket, 'write');
    await Promise.all(Array.from({ length: 70 }, (_, index) => bed.link.send(data(index)).promise));
    expect(bed.sent).toEqual(Array.from({ length: 70 }, (_, i) => i));
    expect([bed.log, write.mock.calls.length]).toEqual([['sent'], 1]);
  });

  it('settles what had left within the turn when the socket broke, and fails the rest', async () => {
    bed = await Bed.open();
    const listener = { sent: () => {}, unsent: () => {} };
    const sends = Array.from(
      { length: 40 },
      (_, index) => bed.link.send(data(index), undefined, listener).promise,
    );
    bed.socket.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
    const outcomes = await Promise.allSettled(sends);
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual(sends.map((_, i) => i < 32));
    expect(bed.log).toEqual(['closing reset cannot send', 'closed reset 8 unsent']);
  });

  it('lets the event loop go on while a sender awaits each packet (P-30)', async () => {
    bed = await Bed.open();
    let turned = false;
    setImmediate(() => (turned = true));
    let sent = 0;
    while (!turned && sent < 20_000) {
      await bed.link.send(data(sent)).promise;
      sent++;
    }
    expect(sent).toBeLessThan(1000);
  });

  it('lets the event loop go on while many senders await each packet (P-30)', async () => {
    bed = await Bed.open();
    let turned = false;
    setImmediate(() => (turned = true));
    let sent = 0;
    const sender = async (): Promise<void> => {
      while (!turned && sent < 200_000) await bed.link.send(data(sent++)).promise;
    };
    await Promise.all(Array.from({ length: 200 }, sender));
    expect(sent).toBeLessThan(20_000);
  });

  it('ends in order with FIN on a local close, after what was accepted (P-14)', async () => {
    bed = await Bed.open();
    bed.beforeClosed = () => void bed.link.send(HsmsPacket.separateReq(9)).promise;
    const large = bed.link.send(data(1, 3_000_000)).promise;
    bed.link.close({ kind: 'local' });
    await bed.closed();
    await large;
    expect(bed.peer.packets.map(({ header }) => header.systemBytes)).toEqual([1, 9]);
    expect([bed.peer.ended, bed.peer.errorCode]).toEqual([true, undefined]);
    expect(bed.log).toEqual(['closing local can send', 'closed local 0 unsent']);
  });

  it('discards what arrives once it is closing', async () => {
    bed = await Bed.open();
    bed.link.close({ kind: 'local' });
    bed.peer.send(data(1));
    bed.peer.socket.end();
    await bed.closed();
    expect(bed.packets).toEqual([]);
  });

  it('closes by force when the peer never does, within closeTimeout (P-14)', async () => {
    bed = await Bed.open({ closeTimeout: 3 });
    bed.peer.closesBack = false;
    bed.link.close({ kind: 'local' });
    await until('FIN at the peer', () => bed.peer.ended);
    await bed.clock.pass(2.9);
    expect(bed.reasons).toEqual([]);
    await bed.clock.pass(0.2);
    await bed.closed();
    expect(bed.log[1]).toBe('closed local 0 unsent');
  });

  it('fails what a peer that does not read left unsent, and counts it', async () => {
    bed = await Bed.open({ closeTimeout: 1 });
    bed.peer.socket.pause();
    const sends = [1, 2, 3].map((n) => bed.link.send(data(n, 15_000_000)).promise);
    await turns(20);
    bed.link.close({ kind: 'local' });
    await bed.clock.pass(1);
    await bed.closed();
    const results = await Promise.allSettled(sends);
    const failed = results.filter(({ status }) => status === 'rejected');
    expect(failed.length).toBeGreaterThanOrEqual(2);
    expect(failed[0]).toMatchObject({
      reason: { code: 'HSMS_CONNECTION_CLOSED', reason: { kind: 'local' } },
    });
    expect(bed.log).toEqual(['closing local can send', `closed local ${failed.length} unsent`]);
  });

  it('answers a FIN with what was accepted and its own FIN (P-14)', async () => {
    bed = await Bed.open();
    bed.beforeClosed = () => void bed.link.send(data(5)).promise;
    bed.peer.socket.end();
    await bed.closed();
    await bed.peer.isClosed();
    expect(bed.log).toEqual(['closing remoteClosed can send', 'closed remoteClosed 0 unsent']);
    expect(bed.peer.packets).toMatchObject([{ header: { systemBytes: 5 } }]);
  });

  it('tells a FIN in the middle of a frame (P-14)', async () => {
    bed = await Bed.open();
    bed.peer.write(encodeFrame(data(1, 50)).subarray(0, 33));
    bed.peer.socket.end();
    await bed.closed();
    expect(bed.reasons).toEqual([{ kind: 'remoteClosed', partialBytes: 33 }]);
  });

  it('tells a reset, after which nothing can be sent (P-14)', async () => {
    bed = await Bed.open();
    let refused: unknown;
    bed.beforeClosed = () => void bed.link.send(data(1)).promise.catch((error: unknown) => (refused = error));
    bed.peer.socket.resetAndDestroy();
    await bed.closed();
    expect(bed.log).toEqual(['closing reset cannot send', 'closed reset 0 unsent']);
    expect(refused).toMatchObject({ code: 'HSMS_CONNECTION_CLOSED', reason: { kind: 'reset' } });
  });

  it('closes at T8 in the prefix, the header or the body (P-5)', async () => {
    for (const cut of [1, 3, 4, 9, 14, 60]) {
      bed = await Bed.open();
      bed.peer.write(encodeFrame(data(1, 50)).subarray(0, cut));
      await until('the T8 timer', () => bed.clock.timers.includes('t8'));
      await bed.clock.pass(5);
      bed.peer.socket.end();
      await bed.closed();
      expect(bed.reasons).toEqual([{ kind: 't8', seconds: 5, partialBytes: cut }]);
      await bed.server.close();
    }
  });

  it('does not close at T8 while bytes keep coming', async () => {
    bed = await Bed.open();
    for (const byte of encodeFrame(data(1, 20))) {
      await bed.clock.pass(4.9);
      const { bytesWritten } = bed.peer.socket;
      bed.peer.write(Buffer.from([byte]));
      await until('the byte to arrive', () => bed.peer.socket.bytesWritten > bytesWritten);
      await turns(6);
    }
    await until('the packet', () => bed.packets.length === 1);
    expect(bed.log).toEqual([]);
  });

  it('closes at a frame above the cap, and can still say something (P-2)', async () => {
    bed = await Bed.open({ maxPacketBytes: 100 });
    bed.beforeClosed = () => void bed.link.send(HsmsPacket.separateReq(1)).promise;
    bed.peer.write(Buffer.from('00000065', 'hex'));
    await bed.closed();
    expect(bed.reasons).toEqual([{ kind: 'frameTooLong', length: 101, maxPacketBytes: 100 }]);
    expect(bed.peer.packets).toHaveLength(1);
  });

  it('holds the cap when sending, and writes nothing (P-2)', async () => {
    bed = await Bed.open({ maxPacketBytes: 100 });
    await expect(bed.link.send(data(1, 91)).promise).rejects.toMatchObject({
      code: 'HSMS_FRAME_TOO_LONG',
      length: 101,
    });
    await bed.link.send(data(2, 90)).promise;
    expect(await bed.peer.receives(1)).toMatchObject([{ header: { systemBytes: 2 } }]);
  });

  it('takes over a changed cap', async () => {
    bed = await Bed.open({ maxPacketBytes: 100 });
    bed.settings = { ...bed.settings, maxPacketBytes: 200 };
    bed.link.configured();
    bed.peer.send(data(1, 190));
    await until('the packet', () => bed.packets.length === 1);
  });

  it('closes when the peer takes no byte for sendTimeout (P-14)', async () => {
    bed = await Bed.open({ sendTimeout: 30 });
    bed.peer.socket.pause();
    const sends = [1, 2].map((n) =>
      bed.link.send(data(n, 15_000_000)).promise.catch((error: unknown) => error),
    );
    await until('the send timer', () => bed.clock.timers.includes('send'));
    await bed.clock.pass(29.9);
    expect(bed.log).toEqual([]);
    await bed.clock.pass(0.2);
    await bed.closed();
    expect(bed.reasons).toMatchObject([{ kind: 'sendTimeout', seconds: 30 }]);
    expect(bed.log[0]).toBe('closing sendTimeout cannot send');
    expect(await sends[1]).toMatchObject({ code: 'HSMS_CONNECTION_CLOSED' });
  });

  it('waits as long as the peer takes something now and then', async () => {
    bed = await Bed.open({ sendTimeout: 30 });
    bed.peer.socket.pause();
    const sent = bed.link.send(data(1, 16_000_000)).promise;
    await until('the send timer', () => bed.clock.timers.includes('send'));
    await bed.clock.pass(29);
    bed.peer.socket.resume();
    await sent;
    await bed.clock.pass(100);
    expect(bed.log).toEqual([]);
    expect(bed.clock.timers).toEqual([]);
  });

  it('refuses to send once it has ended', async () => {
    bed = await Bed.open();
    bed.link.close({ kind: 'local' });
    await expect(bed.link.send(data(1)).promise).rejects.toMatchObject({ code: 'HSMS_CONNECTION_CLOSED' });
    expect(bed.link.open).toBe(false);
  });

  it('knows whether a Select has succeeded, in either direction', async () => {
    bed = await Bed.open();
    const { header } = HsmsPacket.selectReq(1);
    await bed.link.send(HsmsPacket.selectRsp(header, 3)).promise;
    expect(bed.link.selected).toBe(false);
    await bed.link.send(HsmsPacket.selectRsp(header, 0)).promise;
    expect(bed.link.selected).toBe(true);
    await bed.server.close();
    await bed.closed();
    bed = await Bed.open();
    bed.peer.send(HsmsPacket.selectRsp(header, 0));
    await until('the packet', () => bed.packets.length === 1);
    expect(bed.link.selected).toBe(true);
  });

  describe('probe (P-11)', () => {
    it('finds a peer alive by any byte, and keeps the answer to itself', async () => {
      bed = await Bed.open();
      const results: boolean[] = [];
      bed.link.probe(77, (alive) => results.push(alive));
      const [probe] = await bed.peer.receives(1);
      expect(probe?.header).toMatchObject({ sType: 5, systemBytes: 77 });
      bed.peer.send(HsmsPacket.linktestRsp(HsmsPacket.linktestReq(77).header), data(3));
      await until('the packet', () => bed.packets.length > 0);
      expect(results).toEqual([true]);
      expect(bed.packets).toMatchObject([{ header: { systemBytes: 3 } }]);
      expect(bed.clock.timers).toEqual([]);
    });

    it('finds it dead after T6', async () => {
      bed = await Bed.open();
      const results: boolean[] = [];
      bed.link.probe(77, (alive) => results.push(alive));
      await bed.clock.pass(4.9);
      expect(results).toEqual([]);
      await bed.clock.pass(0.2);
      expect(results).toEqual([false]);
    });

    it('tells nothing when the link ends first', async () => {
      bed = await Bed.open();
      const done = jest.fn();
      bed.link.probe(77, done);
      bed.peer.socket.end();
      await bed.closed();
      await bed.clock.pass(10);
      expect(done).not.toHaveBeenCalled();
    });
  });
});
