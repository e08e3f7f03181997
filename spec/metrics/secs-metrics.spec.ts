import {
  HsmsActiveConnection,
  HsmsGeneralSession,
  HsmsMultiPassiveServer,
  HsmsPacket,
  HsmsPassiveConnection,
  HsmsSession,
} from '../../src/index.js';
import { SecsMetrics, type LatencyObservation, type MetricsSnapshot } from '../../src/metrics/index.js';
import { A, S } from '../../src/secs2/index.js';
import { FakeClock, turns } from '../support/fake-clock.js';
import { RawPeer } from '../support/raw-peer.js';
import { data, SessionBed } from '../support/session-bed.js';
import { until } from '../support/until.js';

describe('SecsMetrics', () => {
  let bed: SessionBed;
  let metrics: SecsMetrics;
  const latencies: LatencyObservation[] = [];

  const open = async (): Promise<void> => {
    bed = new SessionBed({ t3: 10, linktestInterval: 30, maxLinktestFailures: 3 });
    metrics = new SecsMetrics({ clock: bed.clock });
    latencies.length = 0;
    metrics.onLatency((observation) => latencies.push(observation));
    metrics.watch(bed.session, { name: 'etcher' });
    await bed.select();
  };
  const of = (snapshot: MetricsSnapshot = metrics.snapshot()) => snapshot.connections[0]!;
  afterEach(async () => {
    metrics.close();
    await bed.close();
  });

  it('counts packets and bytes by direction and type', async () => {
    await open();
    bed.peer.send(data(1, 5), HsmsPacket.linktestReq(6));
    bed.peer.send(HsmsPacket.rejectReq(data(1, 9).header, 4));
    await bed.peer.receives(1);
    await bed.session.send(S(6, 11).w(A('x'.repeat(10))));
    await until('all', () => of().received.packets === 4);
    expect(of()).toMatchObject({
      name: 'etcher',
      role: 'passive',
      state: 'connected',
      received: {
        packets: 4,
        bytes: 4 * 14,
        byType: { 'select.req': 1, data: 1, 'linktest.req': 1, 'reject.req': 1 },
      },
      sent: { packets: 3, bytes: 3 * 14 + 12, byType: { 'select.rsp': 1, 'linktest.rsp': 1, data: 1 } },
      established: 1,
      reconnects: 0,
      queue: { packets: 0, bytes: 0 },
    });
    expect(JSON.parse(JSON.stringify(metrics.snapshot()))).toEqual(metrics.snapshot());
  });

  it('counts types that E37 does not define as others', async () => {
    await open();
    const strange = Buffer.from([0, 0, 0, 0, 0, 8, 0, 0, 0, 1]);
    const stranger = Buffer.from([0, 0, 0, 0, 0, 200, 0, 0, 0, 2]);
    bed.peer.send(HsmsPacket.parse(strange), HsmsPacket.parse(stranger));
    await until('both', () => of().received.packets === 3);
    expect(of().received.byType).toEqual({ 'select.req': 1, other: 2 });
  });

  it('times requests, and counts how they end', async () => {
    await open();
    for (const [index, seconds] of [0.1, 0.2, 0.4].entries()) {
      const reply = bed.session.request(S(1, 1).w());
      const { header } = await bed.atPeer();
      expect(of().sessions[0]).toMatchObject({ openRequests: 1 });
      bed.clock.advance(seconds);
      bed.peer.send(data(2, header.systemBytes));
      await reply;
      await turns();
      expect(of().sessions[0]?.roundTrip.count).toBe(index + 1);
    }
    bed.session.request(S(1, 1).w()).catch(() => {});
    const { header } = await bed.atPeer();
    await bed.clock.pass(10);
    bed.peer.send(data(2, header.systemBytes), data(1, 77, { sessionId: 3 }));
    await until('the late reply', () => of().sessions[0]?.warnings === 1);
    const [session] = of().sessions;
    expect(session).toMatchObject({
      ...{ sessionId: 0, state: 'selected', selected: 1, openRequests: 0, lateReplies: 1, warnings: 1 },
      requests: { answered: 3, t3: 1 },
      roundTrip: { count: 3 },
    });
    expect(session?.roundTrip.p50).toBeCloseTo(0.2, 2);
    expect(session?.roundTrip.p99).toBeCloseTo(0.4, 2);
    expect(latencies.map(({ kind, connection, sessionId }) => ({ kind, connection, sessionId }))).toEqual(
      Array(3).fill({ kind: 'roundTrip', connection: 'etcher', sessionId: 0 }),
    );
  });

  it('times linktests, and counts T6', async () => {
    await open();
    bed.clock.advance(30);
    const { header } = await bed.atPeer();
    bed.clock.advance(0.25);
    bed.peer.send(HsmsPacket.linktestRsp(header));
    await until('the answer', () => of().control.linktest.count === 1);
    await bed.clock.pass(31);
    await bed.clock.pass(5);
    expect(of().control).toMatchObject({ t6Expiries: 1, refused: 0, rejected: 0, linktest: { max: 0.25 } });
    expect(latencies).toEqual([{ kind: 'linktest', connection: 'etcher', seconds: 0.25 }]);
  });

  it('counts closes by reason, reconnects, what was left unsent, and ends of sessions', async () => {
    await open();
    bed.peer.send(HsmsPacket.separateReq(2));
    await bed.peer.isClosed();
    await until('listening', () => bed.connection.currentState === 'listening');
    const peer = await RawPeer.connect(bed.connection.boundAddress?.port ?? 0);
    peer.socket.pause();
    peer.send(HsmsPacket.selectReq(4));
    await until('selected', () => bed.session.currentState === 'selected');
    await turns();
    bed.connection.send(data(1, 1)).catch(() => {});
    bed.connection
      .send(HsmsPacket.data({ sessionId: 0, stream: 1, function: 1, systemBytes: 9 }, Buffer.alloc(9e6)))
      .catch(() => {});
    await turns();
    expect(of().queue).toMatchObject({ packets: 1, bytes: 9e6 + 14 });
    peer.socket.resetAndDestroy();
    await until('the close', () => bed.reasons.length === 2);
    expect(of()).toMatchObject({
      established: 2,
      reconnects: 1,
      closes: { separate: 1, reset: 1 },
      unsent: 1,
      queue: { packets: 0, bytes: 0 },
      sessions: [{ selected: 2, state: 'notConnected', ended: { separate: 1, closed: 1 } }],
    });
  });

  it('gives snapshots every so many seconds to each subscriber, and completes when closed', async () => {
    await open();
    const times: string[] = [];
    let completed = 0;
    const stream = metrics.snapshots(2);
    expect(bed.clock.timers).not.toContain('metrics');
    const complete = (): void => void completed++;
    const first = stream.subscribe({ next: ({ time }) => times.push(`a ${time}`), complete });
    bed.clock.advance(1);
    stream.subscribe({ next: ({ time }) => times.push(`b ${time.slice(17)}`), complete });
    bed.clock.advance(3);
    first.unsubscribe();
    bed.clock.advance(1);
    expect(times).toEqual([
      'a 1970-01-01T00:00:02.000Z',
      'b 03.000Z',
      'a 1970-01-01T00:00:04.000Z',
      'b 05.000Z',
    ]);
    metrics.close();
    stream.subscribe({ complete });
    expect(completed).toBe(2);
    expect(bed.clock.timers).not.toContain('metrics');
    expect(() => metrics.snapshots(0)).toThrow('seconds must be a number of seconds above 0');
  });

  it('stops counting when closed, and leaves no listener behind', async () => {
    await open();
    const before = of().received.packets;
    metrics.close();
    metrics.watch(bed.connection);
    metrics.watchAll();
    bed.peer.send(HsmsPacket.linktestReq(1));
    await bed.peer.receives(1);
    expect(of().received.packets).toBe(before);
    for (const name of ['sent', 'closed', 'notice'] as const) {
      expect(bed.connection.events.listenerCount(name)).toBe(name === 'closed' ? 1 : 0);
    }
    expect(bed.session.events.listenerCount('transaction')).toBe(0);
    expect(bed.session.events.listenerCount('control')).toBe(0);
  });

  it('watches a connection once, forgets it when it is disposed of, and survives a listener that throws', async () => {
    const printed = jest.spyOn(console, 'error').mockImplementation(() => {});
    await open();
    metrics.onLatency(() => {
      throw new Error('mine');
    });
    metrics.watch(bed.connection, { name: 'again' });
    metrics.watch(bed.session);
    expect(metrics.snapshot().connections.map(({ name }) => name)).toEqual(['etcher']);
    expect(of().sessions).toHaveLength(1);
    const reply = bed.session.request(S(1, 1).w());
    bed.peer.send(data(2, (await bed.atPeer()).header.systemBytes));
    await reply;
    await turns();
    expect(printed).toHaveBeenCalledTimes(1);
    printed.mockRestore();
    await bed.connection.dispose();
    expect(metrics.snapshot().connections).toEqual([]);
  });

  it('watches all connections of a server, refusals and failed attempts', async () => {
    await open();
    const server = new HsmsMultiPassiveServer(0, { bindAddress: '127.0.0.1', clock: new FakeClock() });
    server.createConnection('127.0.0.2', 1);
    metrics.watch(server, { name: 'fab' });
    server.createConnection('127.0.0.3', 2);
    await server.enable();
    const port = server.boundAddress?.port ?? 0;
    const [one, two] = await Promise.all(
      [1, 2].map(() => RawPeer.connect(port, { localAddress: '127.0.0.3' })),
    );
    await until('the refusal', () => metrics.snapshot().connections[2]?.refusals['alreadyConnected'] === 1);
    const lost = new HsmsActiveConnection('::1', 1, 0);
    metrics.watch(lost);
    await lost.enable();
    await until('the failure', () => metrics.snapshot().connections[3]?.connectFailures === 1);
    expect(metrics.snapshot().connections.map(({ name }) => name)).toEqual([
      ...['etcher', 'fab 127.0.0.2', 'fab 127.0.0.3', '[::1]:1'],
    ]);
    for (const peer of [one, two]) peer?.socket.destroy();
    await Promise.all([server.dispose(), lost.dispose()]);
    expect(metrics.snapshot().connections).toHaveLength(1);
  });

  it('watches all that is made in the process, general sessions with theirs', async () => {
    await open();
    const all = new SecsMetrics();
    all.watchAll();
    const passive = new HsmsPassiveConnection('127.0.0.1', 0, 0);
    const tool = new HsmsGeneralSession(passive, { acceptUnknown: () => ({}) });
    await passive.enable();
    const active = new HsmsActiveConnection('127.0.0.1', passive.boundAddress?.port ?? 0, 0);
    const host = new HsmsGeneralSession(active);
    host.addSession(4);
    all.watch(tool);
    await active.enable();
    await host.addSession(5).selected();
    await host.session(4)?.linktest();
    const bare = new HsmsPassiveConnection('', 5000, 0);
    await turns();
    const snapshot = all.snapshot();
    expect(snapshot.connections.map(({ name }) => name)).toHaveLength(3);
    expect(snapshot.connections[0]).toMatchObject({
      role: 'passive',
      sessions: [{ selected: 1 }, { selected: 1 }],
    });
    expect(snapshot.connections[1]).toMatchObject({
      control: { linktest: { count: 1 } },
      sessions: [
        { sessionId: 4, state: 'selected' },
        { sessionId: 5, state: 'selected' },
      ],
    });
    expect(new HsmsSession(bare).currentState).toBe('notConnected');
    expect(all.snapshot().connections[2]).toMatchObject({
      name: ':5000',
      sessions: [{ state: 'notConnected' }],
    });
    all.close();
    await Promise.all([active.dispose(), passive.dispose()]);
    expect(new HsmsPassiveConnection('', 5000, 0).events.listenerCount('sent')).toBe(0);
  });
});
