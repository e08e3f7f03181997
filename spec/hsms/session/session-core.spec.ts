import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import {
  HsmsGeneralSession,
  HsmsPacket,
  HsmsPassiveConnection,
  type ControlEvent,
} from '../../../src/index.js';
import { S } from '../../../src/secs2/index.js';
import { FakeClock, turns } from '../../support/fake-clock.js';
import { RawPeer } from '../../support/raw-peer.js';
import { data, SessionBed } from '../../support/session-bed.js';
import { until } from '../../support/until.js';

describe('the core of a session', () => {
  let bed: SessionBed;
  afterEach(async () => {
    await bed.close();
    expect(bed.clock.timers).toEqual([]);
  });

  it('names its timers', async () => {
    bed = await new SessionBed({ linktestInterval: 30 }).connect();
    expect(bed.clock.timers).toEqual(['t7']);
    bed.peer.send(HsmsPacket.selectReq(1));
    await bed.atPeer();
    expect(bed.clock.timers).toEqual(['linktest']);
    bed.session.request(S(1, 1)).catch(() => {});
    await bed.atPeer();
    await turns();
    expect([...bed.clock.timers].sort()).toEqual(['linktest', 't3']);
    bed.session.linktest().catch(() => {});
    await bed.atPeer();
    expect([...bed.clock.timers].sort()).toEqual(['linktest', 't3', 't6']);
  });

  it('sends no second Linktest while one is open (P-27)', async () => {
    bed = await new SessionBed({ linktestInterval: 1 }, { t6: 5 }).select();
    await bed.clock.pass(1);
    await bed.atPeer();
    await bed.clock.pass(4.5);
    await turns();
    expect(bed.peer.packets).toEqual([]);
  });

  it.each([
    ['while a Linktest is open', 1, 1],
    ['after one went unanswered', 2, 6],
  ])('takes data for a sign of life %s (P-27)', async (_when, maxLinktestFailures, after) => {
    bed = await new SessionBed({ linktestInterval: 20, maxLinktestFailures }, { t6: 5 }).select();
    const probed = async (): Promise<void> => {
      await until('a Linktest', () => bed.peer.packets.length > 0);
      expect((await bed.atPeer()).header.sType).toBe(5);
    };
    await bed.clock.pass(20);
    await probed();
    await bed.clock.pass(after);
    bed.peer.send(data(1, 1));
    await until('the message', () => bed.messages.length === 1);
    await bed.clock.pass(6);
    if (maxLinktestFailures === 2) {
      await bed.clock.pass(14);
      await probed();
      await bed.clock.pass(5);
    }
    await turns(5);
    expect([bed.reasons, bed.session.currentState]).toEqual([[], 'selected']);
  });

  it('probes no longer once it is deselected (P-27)', async () => {
    bed = await new SessionBed({ linktestInterval: 20 }).select();
    bed.peer.send(HsmsPacket.deselectReq(8));
    await bed.atPeer();
    expect(bed.clock.timers).toEqual(['t7']);
  });

  it('gives up a peer that calls for more answers than may wait, and no other', async () => {
    bed = await new SessionBed({ maxUnreadAnswers: 3 }).select();
    const ask = (count: number): void => {
      bed.peer.write(
        Buffer.concat(
          Array.from({ length: count }, (_, i) => {
            const bytes = HsmsPacket.linktestReq(i).header.toBytes();
            return Buffer.concat([Buffer.of(0, 0, 0, 10), bytes]);
          }),
        ),
      );
    };
    for (let round = 1; round <= 4; round++) {
      ask(3);
      await bed.peer.receives(3);
      bed.peer.packets.length = 0;
    }
    expect(bed.reasons).toEqual([]);
    const closed: unknown[] = [];
    bed.connection.closed.subscribe(({ reason }) => closed.push(reason));
    ask(4);
    await until('the close', () => closed.length === 1);
    expect(closed).toEqual([{ kind: 'unreadAnswers', answers: 4 }]);
  });

  it('sends no Separate to a peer that has closed (P-26)', async () => {
    bed = await new SessionBed().select();
    const request = bed.session.request(S(1, 1));
    await bed.atPeer();
    bed.peer.socket.end();
    await expect(request).rejects.toThrow('no reply will come');
    await until('the close', () => bed.reasons.length === 1);
    await until('the end of the socket', () => bed.peer.socket.closed);
    expect([bed.reasons, bed.peer.packets]).toEqual([['remoteClosed'], []]);
  });

  it('tells of control transactions on its channel, without a listener too', async () => {
    const told: { connection: unknown; event: ControlEvent }[] = [];
    const onControl = (message: unknown): void => void told.push(message as (typeof told)[number]);
    subscribe('rxsecs:control:settled', onControl);
    bed = await new SessionBed().connect();
    await expect(bed.session.select()).rejects.toMatchObject({ code: 'HSMS_NOT_SELECTED' });
    unsubscribe('rxsecs:control:settled', onControl);
    expect(told.map(({ connection }) => connection === bed.connection)).toEqual([true]);
    expect(told[0]?.event).toEqual({
      procedure: 'select',
      sessionId: undefined,
      outcome: 'notNow',
      seconds: 0,
    });
  });

  it('tells of a Select without a session ID where there is one session only', async () => {
    bed = new SessionBed();
    const events: ControlEvent[] = [];
    bed.session.events.on('control', (event) => events.push(event));
    await bed.connect();
    await expect(bed.session.select()).rejects.toThrow('for the active side');
    expect(events).toMatchObject([{ procedure: 'select', sessionId: undefined, outcome: 'notNow' }]);
  });
});

describe('the core of several sessions (P-31)', () => {
  it('asks for unknown IDs at Select only, and probes while any is selected', async () => {
    const clock = new FakeClock();
    const connection = new HsmsPassiveConnection('127.0.0.1', 0, 0, undefined, { clock });
    const asked: number[] = [];
    const general = new HsmsGeneralSession(connection, {
      linktestInterval: 20,
      acceptUnknown: (id) => void asked.push(id),
    });
    general.addSession(1);
    general.addSession(2);
    await connection.enable();
    const peer = await RawPeer.connect(connection.boundAddress?.port ?? 0);
    peer.send(HsmsPacket.selectReq(1, 1), HsmsPacket.selectReq(2, 2), HsmsPacket.selectReq(3, 2));
    await peer.receives(3);
    peer.send(
      HsmsPacket.data({ sessionId: 7, stream: 1, function: 1, systemBytes: 4 }),
      HsmsPacket.deselectReq(5, 7),
      HsmsPacket.deselectReq(6, 1),
      HsmsPacket.linktestReq(7),
    );
    await peer.receives(7);
    expect([asked, clock.timers]).toEqual([[], ['linktest']]);
    peer.send(HsmsPacket.deselectReq(8, 2), HsmsPacket.selectReq(9, 7));
    const packets = await peer.receives(9);
    expect(packets[8]?.header).toMatchObject({ sType: 2, byte3: 4 });
    expect([asked, clock.timers]).toEqual([[7], ['t7']]);
    const disposed = connection.dispose();
    peer.socket.destroy();
    await disposed;
  });
});
