import {
  HsmsActiveConnection,
  HsmsPacket,
  HsmsSession,
  type HsmsHint,
  type HsmsSessionOptions,
} from '../../../src/index.js';
import { S } from '../../../src/secs2/index.js';
import { FakeClock, turns } from '../../support/fake-clock.js';
import { RawServer, type RawPeer } from '../../support/raw-peer.js';
import { until } from '../../support/until.js';

describe('HsmsSession on an active connection', () => {
  let clock: FakeClock;
  let server: RawServer;
  let connection: HsmsActiveConnection;
  let session: HsmsSession;
  let closes: { kind: string; status?: number; rejectReason?: number; hint: HsmsHint | undefined }[];

  const open = async (options: HsmsSessionOptions = {}): Promise<RawPeer> => {
    clock = new FakeClock();
    server = await RawServer.listen();
    connection = new HsmsActiveConnection('127.0.0.1', server.port, 0, undefined, { clock });
    session = new HsmsSession(connection, options);
    closes = [];
    connection.closed.subscribe(({ reason, hint }) => closes.push({ ...reason, hint }));
    await connection.enable();
    return server.peer();
  };
  const selectRequest = async (peer: RawPeer): Promise<HsmsPacket> => {
    await peer.receives(1);
    return peer.packets.shift() as HsmsPacket;
  };
  const closed = (count = 1): Promise<void> => until('the close', () => closes.length >= count);
  afterEach(async () => {
    const disposed = connection.dispose();
    await server.close();
    await disposed;
    expect(clock.timers).toEqual([]);
  });

  it('selects as soon as the link is up, and is selected by status 0 (P-22)', async () => {
    const peer = await open();
    const { header } = await selectRequest(peer);
    expect(header).toMatchObject({ sType: 1, sessionId: 0xffff });
    expect(session.currentState).toBe('notSelected');
    peer.send(HsmsPacket.selectRsp(header, 0));
    await session.selected();
    expect(clock.timers).toEqual([]);
  });

  it('handles data that follows Select.rsp in the same segment as selected (P-23)', async () => {
    const peer = await open();
    const names: string[] = [];
    session.primaries.subscribe(({ message }) => names.push(message.name));
    const { header } = await selectRequest(peer);
    peer.send(
      HsmsPacket.selectRsp(header, 0),
      HsmsPacket.ofMessage(S(6, 11).w(), { sessionId: 0, systemBytes: 1 }),
    );
    await until('the message', () => names.length === 1);
    expect(peer.packets).toEqual([]);
  });

  it.each([1, 2, 3, 200])('closes on Select.rsp status %i (P-22)', async (status) => {
    const peer = await open();
    peer.send(HsmsPacket.selectRsp((await selectRequest(peer)).header, status));
    await closed();
    expect(closes).toMatchObject([{ kind: 'selectRefused', status }]);
  });

  it('closes on a Reject of its Select (P-22)', async () => {
    const peer = await open();
    peer.send(HsmsPacket.rejectReq((await selectRequest(peer)).header, 4));
    await closed();
    expect(closes).toMatchObject([{ kind: 'selectRefused', rejectReason: 4 }]);
  });

  it('is not selected by a Select.rsp it did not ask for (P-22)', async () => {
    const peer = await open();
    const { header } = await selectRequest(peer);
    peer.send(HsmsPacket.selectRsp(HsmsPacket.selectReq((header.systemBytes + 1) >>> 0).header, 0));
    expect((await selectRequest(peer)).header).toMatchObject({ sType: 7, byte3: 3 });
    expect(session.currentState).toBe('notSelected');
  });

  it('closes when Select is not answered within T6, hints why, and tries again after T5 (P-10, P-22)', async () => {
    const peer = await open();
    await selectRequest(peer);
    await clock.pass(4.9);
    expect(closes).toEqual([]);
    await clock.pass(0.2);
    await closed();
    expect(closes).toEqual([
      { kind: 't6', procedure: 'select', seconds: 5, hint: { kind: 'noSelectAnswer' } },
    ]);
    await clock.pass(10);
    const next = await server.peer(1);
    next.send(HsmsPacket.selectRsp((await selectRequest(next)).header, 0));
    await session.selected();
  });

  it('answers a simultaneous Select; both end selected, also by status 1 (P-22)', async () => {
    const peer = await open();
    const { header } = await selectRequest(peer);
    peer.send(HsmsPacket.selectReq(77));
    expect((await selectRequest(peer)).header).toMatchObject({ sType: 2, byte3: 0, systemBytes: 77 });
    expect(session.currentState).toBe('selected');
    peer.send(HsmsPacket.selectRsp(header, 1));
    await turns(5);
    expect([session.currentState, closes, clock.timers]).toEqual(['selected', [], []]);
  });

  it('does not take a reply for late that waits in the kernel while the process is busy (P-42)', async () => {
    const peer = await open();
    peer.send(HsmsPacket.selectRsp((await selectRequest(peer)).header, 0));
    await session.selected();
    const reply = session.request(S(1, 1).w());
    const { systemBytes } = (await selectRequest(peer)).header;
    await turns();
    peer.send(HsmsPacket.data({ sessionId: 0, stream: 1, function: 2, systemBytes }));
    // A minute of computing: the timer is due, and the reply has not been read.
    clock.advance(60);
    expect((await reply).name).toBe('S1F2');
  });

  it('re-arms Linktest on each connection (P-27)', async () => {
    let peer = await open({ linktestInterval: 20 });
    for (let life = 0; life < 3; life++) {
      peer = await server.peer(life);
      peer.send(HsmsPacket.selectRsp((await selectRequest(peer)).header, 0));
      await session.selected();
      await clock.pass(20);
      const { header } = await selectRequest(peer);
      expect(header.sType).toBe(5);
      peer.send(HsmsPacket.linktestRsp(header));
      peer.socket.end();
      await closed(life + 1);
      await clock.pass(10);
    }
    await server.peer(3);
  });

  it('allows as many unanswered Linktests as it is told (P-27)', async () => {
    const peer = await open({ linktestInterval: 20, maxLinktestFailures: 3 });
    peer.send(HsmsPacket.selectRsp((await selectRequest(peer)).header, 0));
    await session.selected();
    for (let failure = 1; failure <= 3; failure++) {
      expect(closes).toEqual([]);
      await clock.pass(failure === 1 ? 20 : 15);
      expect((await selectRequest(peer)).header.sType).toBe(5);
      await clock.pass(5);
    }
    await closed();
    expect(closes).toMatchObject([{ kind: 'linktest', failures: 3 }]);
  });

  it('hints at a peer that is active as well when nothing listens there', async () => {
    await open();
    await connection.disable();
    await server.close();
    const hints: (HsmsHint | undefined)[] = [];
    connection.notices.subscribe((notice) => {
      if (notice.kind === 'connectFailed') hints.push(notice.hint);
    });
    await connection.enable();
    await until('a failed attempt', () => hints.length > 0);
    expect(hints).toEqual([{ kind: 'bothActive' }]);
    server = await RawServer.listen();
  });

  it('leaves selecting to the user when told so', async () => {
    const peer = await open({ autoSelect: false });
    await turns(10);
    expect(peer.packets).toEqual([]);
    const selected = session.select();
    peer.send(HsmsPacket.selectRsp((await selectRequest(peer)).header, 0));
    await selected;
    expect(session.currentState).toBe('selected');
  });
});
