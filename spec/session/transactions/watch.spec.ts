import {
  HsmsActiveConnection,
  HsmsGeneralSession,
  HsmsPacket,
  type ControlEvent,
  type TransactionEvent,
} from '../../../src/index.js';
import { B, L, S } from '../../../src/secs2/index.js';
import { FakeClock, turns } from '../../support/fake-clock.js';
import { RawServer } from '../../support/raw-peer.js';
import { data, SessionBed } from '../../support/session-bed.js';
import { until } from '../../support/until.js';

describe('the event transaction', () => {
  const events: TransactionEvent[] = [];
  const outcomes = (): string[] => events.map(({ outcome }) => outcome);
  let bed: SessionBed;

  const open = async (): Promise<SessionBed> => {
    events.length = 0;
    bed = new SessionBed({ t3: 10 });
    bed.session.events.on('transaction', (event) => events.push(event));
    return await bed.select();
  };
  /** Makes a request whose failure is expected; gives its header at the peer. */
  const ask = async (signal?: AbortSignal): Promise<number> => {
    bed.session.request(S(1, 1).w(), signal === undefined ? {} : { signal }).catch(() => {});
    return (await bed.atPeer()).header.systemBytes;
  };
  afterEach(() => bed.close());

  it('tells the outcome and the time of each request', async () => {
    await open();
    bed.clock.advance(100);
    const system = await ask();
    bed.clock.advance(1.5);
    bed.peer.send(data(2, system));
    await until('the answer', () => events.length === 1);
    expect(events[0]).toMatchObject({ outcome: 'answered', seconds: 1.5 });
    expect(events[0]?.header).toMatchObject({ stream: 1, function: 1, systemBytes: system });
  });

  it('names every other way to end', async () => {
    await open();
    bed.peer.send(data(0, await ask()));
    await until('abort', () => events.length === 1);
    bed.peer.send(HsmsPacket.rejectReq(data(1, await ask()).header, 4));
    await until('reject', () => events.length === 2);
    const stop = new AbortController();
    await ask(stop.signal);
    stop.abort();
    await until('cancel', () => events.length === 3);
    await ask();
    await bed.clock.pass(10);
    expect(events[3]?.seconds).toBe(10);
    await ask();
    bed.peer.send(HsmsPacket.deselectReq(70));
    await until('end', () => events.length === 5);
    bed.peer.send(HsmsPacket.selectReq(71));
    await until('selected', () => bed.session.currentState === 'selected');
    await bed.peer.receives(2);
    bed.peer.packets.length = 0;
    await ask();
    bed.peer.socket.destroy();
    await until('close', () => events.length === 6);
    expect(outcomes()).toEqual(['aborted', 'rejected', 'cancelled', 't3', 'ended', 'closed']);
  });

  it('calls what could not be sent unsent, and what stream 9 names stream9', async () => {
    await open();
    bed.connection.configure({ maxQueuedBytes: 0, maxPacketBytes: 20 });
    await expect(bed.session.request(S(1, 1).w(L(B(1, 2, 3, 4, 5, 6, 7, 8, 9))))).rejects.toMatchObject({
      code: 'HSMS_FRAME_TOO_LONG',
    });
    await turns();
    bed.session.request(S(1, 1).w()).catch(() => {});
    const { header } = await bed.atPeer();
    const mhead = Buffer.concat([Buffer.from([0x21, 10]), header.toBytes()]);
    bed.peer.send(HsmsPacket.data({ sessionId: 0, stream: 9, function: 5, systemBytes: 9 }, mhead));
    bed.connection.configure({ maxPacketBytes: 100 });
    await until('stream 9', () => events.length === 2);
    expect(outcomes()).toEqual(['unsent', 'stream9']);
  });
});

describe('the event control', () => {
  it('tells how Linktest ended, and how long it took', async () => {
    const bed = new SessionBed({ linktestInterval: 30, maxLinktestFailures: 2 });
    const events: ControlEvent[] = [];
    bed.session.events.on('control', (event) => events.push(event));
    await bed.select();
    bed.clock.advance(30);
    const { header } = await bed.atPeer();
    bed.clock.advance(0.25);
    bed.peer.send(HsmsPacket.linktestRsp(header));
    await until('the answer', () => events.length === 1);
    await bed.clock.pass(35);
    await until('T6', () => events.length === 2);
    expect(events).toEqual([
      { procedure: 'linktest', sessionId: undefined, outcome: 'done', seconds: 0.25 },
      { procedure: 'linktest', sessionId: undefined, outcome: 't6', seconds: 5 },
    ]);
    await bed.close();
  });

  it('is told by the general session, with the session ID', async () => {
    const server = await RawServer.listen();
    const clock = new FakeClock();
    const connection = new HsmsActiveConnection('127.0.0.1', server.port, 0, undefined, { clock });
    const general = new HsmsGeneralSession(connection);
    general.addSession(7);
    const events: ControlEvent[] = [];
    general.events.on('control', (event) => events.push(event));
    await connection.enable();
    const peer = await server.peer();
    await peer.receives(1);
    peer.send(HsmsPacket.selectRsp(peer.packets[0]!.header, 2));
    await until('the refusal', () => events.length === 1);
    expect(events[0]).toMatchObject({ procedure: 'select', sessionId: 7, outcome: 'refused' });
    await connection.dispose();
    await server.close();
  });
});
