import type { Observable } from 'rxjs';
import {
  EntityRegistry,
  HsmsActiveConnection,
  HsmsGeneralSession,
  HsmsMultiPassiveServer,
  HsmsPacket,
  HsmsPassiveConnection,
  type HsmsSession,
  type HsmsGeneralSessionOptions,
} from '../../../src/index.js';
import { A, S } from '../../../src/secs2/index.js';
import { FakeClock } from '../../support/fake-clock.js';
import { RawPeer } from '../../support/raw-peer.js';
import { until } from '../../support/until.js';

describe('HsmsGeneralSession (P-31)', () => {
  const clean: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    await Promise.all(clean.splice(0).map((step) => step()));
  });

  /** A passive general session, and a bare peer. */
  const passive = async (
    ids: readonly number[],
    options: HsmsGeneralSessionOptions = {},
    onError?: (error: unknown) => void,
  ): Promise<{
    general: HsmsGeneralSession;
    peer: RawPeer;
    clock: FakeClock;
    answer: () => Promise<HsmsPacket>;
  }> => {
    const clock = new FakeClock();
    const connection = new HsmsPassiveConnection('127.0.0.1', 0, 0, undefined, {
      clock,
      ...(onError && { onError }),
    });
    const general = new HsmsGeneralSession(connection, options);
    for (const id of ids) general.addSession(id);
    await connection.enable();
    const peer = await RawPeer.connect(connection.boundAddress?.port ?? 0);
    clean.push(async () => {
      const disposed = connection.dispose();
      peer.socket.destroy();
      await disposed;
      expect(clock.timers).toEqual([]);
    });
    const answer = async (): Promise<HsmsPacket> => {
      await peer.receives(1);
      return peer.packets.shift() as HsmsPacket;
    };
    return { general, peer, clock, answer };
  };

  it('selects, deselects and separates each session by its own ID', async () => {
    const { general, peer, answer } = await passive([1, 2]);
    const states = (): (string | undefined)[] => [1, 2].map((id) => general.session(id)?.currentState);
    peer.send(HsmsPacket.selectReq(10, 1));
    expect((await answer()).header).toMatchObject({ sType: 2, byte3: 0, sessionId: 1 });
    expect(states()).toEqual(['selected', 'notSelected']);
    peer.send(HsmsPacket.selectReq(11, 2), HsmsPacket.selectReq(12, 2));
    expect((await answer()).header).toMatchObject({ byte3: 0, sessionId: 2 });
    expect((await answer()).header).toMatchObject({ byte3: 6, sessionId: 2, systemBytes: 12 });
    peer.send(HsmsPacket.deselectReq(13, 1));
    expect((await answer()).header).toMatchObject({ sType: 4, byte3: 0, sessionId: 1 });
    expect(states()).toEqual(['notSelected', 'selected']);
    peer.send(HsmsPacket.separateReq(14, 2), HsmsPacket.linktestReq(15));
    expect((await answer()).header.sType).toBe(6);
    expect(states()).toEqual(['notSelected', 'notSelected']);
    expect(general.connection.currentState).toBe('connected');
  });

  it('rejects data for a session that is not selected, and delivers it to the one that is', async () => {
    const { general, peer, answer } = await passive([1, 2]);
    const seen: string[] = [];
    for (const session of general.sessions) {
      session.primaries.subscribe(({ message }) => seen.push(`${session.sessionId} ${message.name}`));
    }
    peer.send(HsmsPacket.selectReq(10, 1));
    await answer();
    peer.send(
      HsmsPacket.data({ sessionId: 2, stream: 1, function: 1, systemBytes: 20 }),
      HsmsPacket.data({ sessionId: 1, stream: 1, function: 3, systemBytes: 21 }),
    );
    expect((await answer()).header).toMatchObject({ sType: 7, byte3: 4, sessionId: 2, systemBytes: 20 });
    await until('the message', () => seen.length === 1);
    expect(seen).toEqual(['1 S1F3']);
  });

  it('answers 4 for an ID that is not known, and asks acceptUnknown', async () => {
    const errors: unknown[] = [];
    const { general, peer, answer } = await passive(
      [1],
      { acceptUnknown: (id) => (id === 7 ? { entity: 'equipment' } : undefined) },
      (error) => errors.push(error),
    );
    const added: number[] = [];
    general.added.subscribe(({ sessionId }) => added.push(sessionId));
    peer.send(HsmsPacket.selectReq(10, 8), HsmsPacket.selectReq(11, 7));
    expect((await answer()).header).toMatchObject({ byte3: 4, sessionId: 8 });
    expect((await answer()).header).toMatchObject({ byte3: 0, sessionId: 7 });
    expect(added).toEqual([7]);
    expect(general.session(7)?.currentState).toBe('selected');
    expect(general.session(8)).toBeUndefined();
    expect(errors).toEqual([]);
  });

  it('answers 4 for an ID that is not known when there is nobody to ask, and for one that was removed', async () => {
    const errors: unknown[] = [];
    const { general, peer, answer } = await passive([1], {}, (error) => errors.push(error));
    peer.send(HsmsPacket.selectReq(10, 8));
    expect((await answer()).header).toMatchObject({ byte3: 4, sessionId: 8 });
    general.removeSession(8);
    general.removeSession(1);
    peer.send(HsmsPacket.selectReq(11, 1));
    expect((await answer()).header).toMatchObject({ byte3: 4, sessionId: 1 });
    expect([general.sessions, errors]).toEqual([[], []]);
  });

  it('gives each session its options over those for all, and ends its streams with the connection', async () => {
    const connection = new HsmsPassiveConnection('127.0.0.1', 0, 0);
    const general = new HsmsGeneralSession(connection, { t3: 7 });
    const [common, own] = [general.addSession(1), general.addSession(2, { t3: 9 })];
    expect([common.settings.t3, own.settings.t3]).toEqual([7, 9]);
    expect([common.sessionId, own.sessionId]).toEqual([1, 2]);
    expect([common.currentState, own.currentState]).toEqual(['notConnected', 'notConnected']);
    let completed = false;
    general.added.subscribe({ complete: () => (completed = true) });
    await connection.dispose();
    expect(completed).toBe(true);
  });

  it('answers 4 when acceptUnknown throws, and reports what it threw', async () => {
    const errors: unknown[] = [];
    const { peer, answer } = await passive(
      [],
      {
        acceptUnknown: () => {
          throw new Error('no table at hand');
        },
      },
      (error) => errors.push(error),
    );
    peer.send(HsmsPacket.selectReq(10, 7));
    expect((await answer()).header).toMatchObject({ sType: 2, byte3: 4, sessionId: 7 });
    expect(errors).toMatchObject([{ message: 'no table at hand' }]);
  });

  it('answers 5 for an entity in use on another connection, until that ends', async () => {
    const registry = new EntityRegistry();
    const first = await passive([1], { registry });
    const second = await passive([1], { registry });
    first.peer.send(HsmsPacket.selectReq(10, 1));
    await first.answer();
    second.peer.send(HsmsPacket.selectReq(11, 1));
    expect((await second.answer()).header).toMatchObject({ byte3: 5 });
    first.peer.send(HsmsPacket.separateReq(12, 1));
    await until('the end', () => first.general.session(1)?.currentState === 'notSelected');
    second.peer.send(HsmsPacket.selectReq(13, 1));
    expect((await second.answer()).header).toMatchObject({ byte3: 0 });
  });

  it('runs T7 while no session at all is selected', async () => {
    const { general, peer, clock, answer } = await passive([1, 2]);
    const reasons: string[] = [];
    general.connection.closed.subscribe(({ reason }) => reasons.push(reason.kind));
    peer.send(HsmsPacket.selectReq(10, 1), HsmsPacket.selectReq(11, 2));
    await peer.receives(2);
    await clock.pass(60);
    peer.send(HsmsPacket.separateReq(12, 1));
    await until('the end of 1', () => general.session(1)?.currentState === 'notSelected');
    await clock.pass(60);
    expect(reasons).toEqual([]);
    peer.packets.length = 0;
    peer.send(HsmsPacket.deselectReq(13, 2));
    await answer();
    await clock.pass(10);
    await until('the close', () => reasons.length === 1);
    expect(reasons).toEqual(['t7']);
  });

  it('works between two of ours, on a multi-passive server, and ends sessions one by one', async () => {
    const server = new HsmsMultiPassiveServer(0);
    const tool = new HsmsGeneralSession(server.createConnection('127.0.0.1', 0), {
      entity: 'equipment',
      acceptUnknown: () => ({}),
    });
    tool.added.subscribe((session) =>
      session.primaries.subscribe((primary) => void primary.reply(A(`entity ${session.sessionId}`))),
    );
    await server.enable();
    const host = new HsmsGeneralSession(
      new HsmsActiveConnection('127.0.0.1', server.boundAddress?.port ?? 0, 0),
    );
    clean.push(
      () => host.connection.dispose(),
      () => server.dispose(),
    );
    const one = host.addSession(1);
    await host.connection.enable();
    await one.selected();
    const two = host.addSession(2);
    await two.selected();
    const replies = await Promise.all([one, two].map((session) => session.request(S(1, 1).w())));
    expect(replies.map(({ item }) => item?.ascii)).toEqual(['entity 1', 'entity 2']);
    await one.close();
    expect([one.currentState, two.currentState]).toEqual(['notSelected', 'selected']);
    await one.select();
    await two.deselect();
    expect([one.currentState, two.currentState]).toEqual(['selected', 'notSelected']);
    host.removeSession(1);
    await until('both ended', () =>
      tool.sessions.every(({ currentState }) => currentState === 'notSelected'),
    );
    expect(host.sessions).toEqual([two]);
  });

  it('ends with all its sessions, after their open requests, and completes every stream', async () => {
    const { general, peer, answer } = await passive([1, 2]);
    peer.send(HsmsPacket.selectReq(10, 1), HsmsPacket.selectReq(11, 2));
    await answer();
    await answer();
    const one = general.session(1) as HsmsSession;
    const request = one.request(S(1, 1).w());
    const { systemBytes } = (await answer()).header;
    let completed = 0;
    for (const stream of [
      general.added,
      one.ended,
      general.session(2)?.primaries,
      general.connection.closed,
    ]) {
      (stream as Observable<unknown>).subscribe({ complete: () => void completed++ });
    }
    await expect(general.dispose({ within: -1 })).rejects.toThrow('within must be');
    const disposed = general[Symbol.asyncDispose]();
    await expect(general.session(2)?.request(S(1, 1))).rejects.toThrow('the session is being closed');
    peer.send(HsmsPacket.data({ sessionId: 1, stream: 1, function: 2, systemBytes }));
    await expect(request).resolves.toMatchObject({ function: 2 });
    await disposed;
    expect(completed).toBe(4);
    expect(peer.packets.map(({ header }) => [header.sType, header.sessionId])).toEqual([
      [9, 2],
      [9, 1],
    ]);
    await expect(general.connection.enable()).rejects.toMatchObject({ code: 'HSMS_DISPOSED' });
    await general.dispose();
  });

  it('refuses an ID twice or out of range', async () => {
    const { general } = await passive([1]);
    expect(() => general.addSession(1)).toThrow('session 1 was added already');
    expect(() => general.addSession(65536)).toThrow(
      'sessionId must be a whole number from 0 to 65535, received 65536',
    );
  });
});
