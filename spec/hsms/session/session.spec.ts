import { HsmsPacket, HsmsPassiveConnection, HsmsSession, type SessionState } from '../../../src/index.js';
import { S } from '../../../src/secs2/index.js';
import { turns } from '../../support/fake-clock.js';
import { data, SessionBed } from '../../support/session-bed.js';
import { RawPeer } from '../../support/raw-peer.js';
import { until } from '../../support/until.js';

describe('HsmsSession on a passive connection', () => {
  let bed: SessionBed;
  afterEach(async () => {
    await bed.close();
    expect(bed.clock.timers).toEqual([]);
  });

  it('is selected by the peer, first and answers then (P-22, P-23)', async () => {
    bed = await new SessionBed().connect();
    const states: SessionState[] = [];
    bed.session.state.subscribe((state) => states.push(state));
    bed.peer.send(HsmsPacket.selectReq(5), data(1, 6));
    expect((await bed.atPeer()).header).toMatchObject({
      sType: 2,
      byte3: 0,
      systemBytes: 5,
      sessionId: 0xffff,
    });
    await until('the message of the same segment', () => bed.messages.length === 1);
    expect(states).toEqual(['notSelected', 'selected']);
    bed.peer.send(HsmsPacket.selectReq(7));
    expect((await bed.atPeer()).header).toMatchObject({ sType: 2, byte3: 1, systemBytes: 7 });
    expect(bed.session.currentState).toBe('selected');
  });

  it('wants a connection that is not up, and that has no session yet', async () => {
    bed = new SessionBed();
    expect(() => new HsmsSession(bed.connection)).toThrow('has a session already');
    const connection = new HsmsPassiveConnection('127.0.0.1', 0, 0);
    await connection.enable();
    const peer = await RawPeer.connect(connection.boundAddress?.port ?? 0);
    await until('the connection', () => connection.currentState === 'connected');
    expect(() => new HsmsSession(connection)).toThrow('construct the session before enabling it');
    peer.socket.destroy();
    await connection.dispose();
  });

  it('echoes the session ID of control messages (P-21)', async () => {
    bed = await new SessionBed().connect();
    bed.peer.send(HsmsPacket.selectReq(5, 12));
    expect((await bed.atPeer()).header).toMatchObject({ sType: 2, sessionId: 12 });
    expect(bed.session.currentState).toBe('selected');
  });

  it('rejects data before it is selected, and sends none (P-28, P-30)', async () => {
    bed = await new SessionBed().connect();
    bed.peer.send(data(1, 6));
    expect((await bed.atPeer()).header).toMatchObject({ sType: 7, byte3: 4, systemBytes: 6 });
    await expect(bed.session.send(S(1, 1))).rejects.toMatchObject({ code: 'HSMS_NOT_SELECTED' });
    await expect(bed.session.request(S(1, 1))).rejects.toMatchObject({ code: 'HSMS_NOT_SELECTED' });
    await expect(bed.session.select()).rejects.toThrow('for the active side');
    await expect(bed.session.linktest()).rejects.toMatchObject({ code: 'HSMS_NOT_SELECTED' });
    expect(bed.messages).toEqual([]);
  });

  it('closes at T7 when nobody selects it, and hints at a passive peer (P-24)', async () => {
    bed = await new SessionBed().connect();
    const hints: unknown[] = [];
    bed.connection.closed.subscribe(({ hint }) => hints.push(hint));
    await bed.clock.pass(9.9);
    expect(bed.session.currentState).toBe('notSelected');
    await bed.clock.pass(0.2);
    await until('the close', () => bed.reasons.length === 1);
    expect([bed.reasons, hints]).toEqual([['t7'], [{ kind: 'bothPassive' }]]);
  });

  it('takes changed timers from their next use on (P-20)', async () => {
    bed = await new SessionBed().connect();
    bed.connection.configure({ t6: 2, t8: 3 });
    bed.session.configure({ t3: 7 });
    bed.peer.send(HsmsPacket.selectReq(1));
    await bed.atPeer();
    const reply = bed.session.request(S(1, 1).w());
    await bed.atPeer();
    await bed.clock.pass(7);
    await expect(reply).rejects.toMatchObject({ code: 'HSMS_T3_TIMEOUT', seconds: 7 });
    const probe = bed.session.linktest();
    await bed.atPeer();
    bed.connection.configure({ t7: 4 });
    await bed.clock.pass(2);
    await expect(probe).rejects.toMatchObject({ code: 'HSMS_T6_TIMEOUT' });
    await until('the close', () => bed.reasons.length === 1);
    const peer = await RawPeer.connect(bed.connection.boundAddress?.port ?? 0);
    await until('the next life', () => bed.session.currentState === 'notSelected');
    await bed.clock.pass(4);
    await until('its close', () => bed.reasons.length === 2);
    peer.socket.destroy();
    expect(bed.reasons).toEqual(['linktest', 't7']);
  });

  it('is not kept open by a peer that only sends Linktest (P-24, P-27)', async () => {
    bed = await new SessionBed().connect();
    await bed.clock.pass(9);
    bed.peer.send(HsmsPacket.linktestReq(3));
    expect((await bed.atPeer()).header).toMatchObject({ sType: 6, systemBytes: 3 });
    await bed.clock.pass(1.1);
    await until('the close', () => bed.reasons.length === 1);
    expect(bed.reasons).toEqual(['t7']);
  });

  it('hints at a peer that speaks SECS-I', async () => {
    bed = await new SessionBed().connect();
    const hints: unknown[] = [];
    bed.connection.closed.subscribe(({ hint }) => hints.push(hint));
    bed.peer.write(Buffer.from([0x05]));
    await until('the T8 timer', () => bed.clock.timers.includes('t8'));
    await bed.clock.pass(5);
    await until('the close', () => hints.length === 1);
    expect(hints).toEqual([{ kind: 'secs1Peer' }]);
  });

  it('ends by Deselect on the same connection, and T7 runs again (P-25)', async () => {
    bed = await new SessionBed().select();
    bed.peer.send(HsmsPacket.deselectReq(8));
    expect((await bed.atPeer()).header).toMatchObject({ sType: 4, byte3: 0, systemBytes: 8 });
    expect(bed.session.currentState).toBe('notSelected');
    expect(bed.ended).toEqual([{ kind: 'deselect' }]);
    bed.peer.send(HsmsPacket.deselectReq(9));
    expect((await bed.atPeer()).header).toMatchObject({ sType: 4, byte3: 1 });
    bed.peer.send(HsmsPacket.selectReq(10));
    await bed.atPeer();
    expect(bed.session.currentState).toBe('selected');
    await bed.clock.pass(60);
    expect(bed.reasons).toEqual([]);
  });

  it('ends by Separate with the connection, without an answer (P-26)', async () => {
    bed = await new SessionBed().connect();
    bed.peer.send(HsmsPacket.separateReq(8), HsmsPacket.linktestReq(9));
    expect((await bed.atPeer()).header.sType).toBe(6);
    expect(bed.reasons).toEqual([]);
    bed.peer.send(HsmsPacket.selectReq(1), HsmsPacket.separateReq(10));
    await until('the close', () => bed.reasons.length === 1);
    expect(bed.reasons).toEqual(['separate']);
    expect(bed.peer.packets.map(({ header }) => header.sType)).toEqual([2]);
  });

  it('sends Separate before it closes by itself (P-26)', async () => {
    bed = await new SessionBed().select();
    await bed.connection.disable();
    expect((await bed.atPeer()).header).toMatchObject({ sType: 9, sessionId: 0xffff });
    expect(bed.ended).toEqual([{ kind: 'closed', reason: { kind: 'local' }, text: 'closed by this side' }]);
  });

  it.each([
    ['an unknown SType', HsmsPacket.parse(Buffer.from('0000000000080000000c', 'hex')), 1, 8],
    [
      'a PType that is not 0, before the SType',
      HsmsPacket.parse(Buffer.from('0000000007080000000c', 'hex')),
      2,
      7,
    ],
    ['a Select.rsp nobody waits for', HsmsPacket.selectRsp(HsmsPacket.selectReq(12).header, 0), 3, 2],
    ['a Linktest.rsp nobody waits for', HsmsPacket.linktestRsp(HsmsPacket.linktestReq(12).header), 3, 6],
    ['a Linktest.req with a body', new HsmsPacket(HsmsPacket.linktestReq(12).header, Buffer.from([1])), 1, 5],
  ])('rejects %s and goes on (P-28, P-30)', async (_name, packet, reason, byte2) => {
    bed = await new SessionBed().select();
    bed.peer.send(packet);
    expect((await bed.atPeer()).header).toMatchObject({ sType: 7, byte3: reason, byte2, systemBytes: 12 });
    expect(bed.session.currentState).toBe('selected');
  });

  it('never answers a Reject (P-28)', async () => {
    bed = await new SessionBed().select();
    bed.peer.send(HsmsPacket.rejectReq(HsmsPacket.selectReq(99).header, 3), HsmsPacket.linktestReq(1));
    expect((await bed.atPeer()).header.sType).toBe(6);
  });

  describe('linktest (P-27)', () => {
    it('probes an idle link only, and closes after T6 without any sign of life', async () => {
      bed = await new SessionBed({ linktestInterval: 30 }).select();
      await bed.clock.pass(29);
      bed.peer.send(data(1, 1));
      await until('the message', () => bed.messages.length === 1);
      await bed.clock.pass(29);
      expect(bed.peer.packets).toEqual([]);
      await bed.clock.pass(1);
      const { header } = await bed.atPeer();
      expect(header.sType).toBe(5);
      bed.peer.send(HsmsPacket.linktestRsp(header), data(1, 2));
      await until('the message', () => bed.messages.length === 2);
      await bed.clock.pass(30);
      await bed.atPeer();
      await bed.clock.pass(5);
      await until('the close', () => bed.reasons.length === 1);
      expect(bed.reasons).toEqual(['linktest']);
      expect(bed.ended).toMatchObject([{ kind: 'closed', hint: { kind: 'silentNetwork' } }]);
    });

    it('is not sent while a reply is outstanding', async () => {
      bed = await new SessionBed({ linktestInterval: 30, t3: 100 }).select();
      const reply = bed.session.request(S(1, 1).w());
      const { header } = await bed.atPeer();
      await bed.clock.pass(60);
      expect(bed.peer.packets).toEqual([]);
      bed.peer.send(data(2, header.systemBytes));
      await reply;
      await bed.clock.pass(31);
      expect((await bed.atPeer()).header.sType).toBe(5);
    });

    it('finds a dead peer though requests overlap without end: T3, one interval, T6', async () => {
      bed = await new SessionBed({ t3: 8, linktestInterval: 10 }, { t6: 5 }).select();
      for (let second = 0; second < 28 && bed.reasons.length === 0; second += 2) {
        bed.session.request(S(1, 1)).catch(() => {});
        await until('the request at the peer', () => bed.peer.packets.length > second / 2);
        await bed.clock.pass(2);
      }
      await until('the close', () => bed.reasons.length > 0);
      expect(bed.reasons).toEqual(['linktest']);
      expect(bed.clock.now()).toBeLessThanOrEqual(23_000);
    });

    it('tells the round-trip time when asked for', async () => {
      bed = await new SessionBed().select();
      const time = bed.session.linktest();
      const { header } = await bed.atPeer();
      bed.clock.advance(0.25);
      bed.peer.send(HsmsPacket.linktestRsp(header));
      expect(await time).toBe(0.25);
    });

    it('begins when its interval is set while running', async () => {
      bed = await new SessionBed().select();
      bed.session.configure({ linktestInterval: 3 });
      await bed.clock.pass(3);
      expect((await bed.atPeer()).header.sType).toBe(5);
      expect(() => bed.session.configure({ linktestInterval: -1 })).toThrow(
        'linktestInterval must be a number of seconds from 0, received -1',
      );
      expect(() => bed.session.configure({ maxLinktestFailures: 0 })).toThrow(
        'maxLinktestFailures must be a whole number from 1, received 0',
      );
    });
  });

  describe('an equipment (P-42, P-46)', () => {
    const mhead = (packet: HsmsPacket): string => packet.body.subarray(2).toString('hex');

    it.each([
      ['S9F1', data(1, 5, { sessionId: 9 })],
      ['S9F3', data(1, 5, { stream: 99, wBit: true })],
      ['S9F5', data(99, 5, { wBit: true })],
      [
        'S9F7',
        HsmsPacket.data({ sessionId: 0, stream: 1, function: 1, systemBytes: 5 }, Buffer.from('4199', 'hex')),
      ],
    ])('answers with %s and the header at fault', async (name, packet) => {
      bed = await new SessionBed({
        entity: 'equipment',
        supports: (stream, fn) => (stream === 99 ? 'noStream' : fn === 99 ? 'noFunction' : 'yes'),
      }).select();
      const primaries: unknown[] = [];
      bed.session.primaries.subscribe((primary) => primaries.push(primary));
      bed.peer.send(packet);
      const error = await bed.atPeer();
      expect(error.message.name).toBe(name);
      expect(mhead(error)).toBe(packet.header.toBytes().toString('hex'));
      expect(primaries).toEqual([]);
    });

    it('sends S9F9 when T3 ends its own request', async () => {
      bed = await new SessionBed({ entity: 'equipment' }).select();
      const reply = bed.session.request(S(6, 11).w());
      const request = await bed.atPeer();
      await turns();
      await bed.clock.pass(45);
      await expect(reply).rejects.toMatchObject({ code: 'HSMS_T3_TIMEOUT' });
      const error = await bed.atPeer();
      expect(error.message.name).toBe('S9F9');
      expect(mhead(error)).toBe(request.header.toBytes().toString('hex'));
    });
  });

  it('as a host delivers a foreign session ID with a warning, or refuses it when strict (P-46)', async () => {
    bed = await new SessionBed().select();
    const warnings: unknown[] = [];
    bed.session.warnings.subscribe((warning) => warnings.push(warning));
    bed.peer.send(data(1, 5, { sessionId: 9 }));
    await until('the message', () => bed.messages.length === 1);
    expect(warnings).toMatchObject([{ kind: 'foreignSessionId', header: { sessionId: 9 } }]);
    await bed.close();
    bed = await new SessionBed({ foreignSessionId: 'reject' }).select();
    bed.peer.send(data(1, 5, { sessionId: 9 }));
    expect((await bed.atPeer()).header).toMatchObject({ sType: 7, byte3: 4, sessionId: 9 });
    expect(bed.messages).toEqual([]);
  });

  it('iterates over primaries with a bounded buffer', async () => {
    bed = await new SessionBed().select();
    const dropping = bed.session.iteratePrimaries({ limit: 2, policy: 'dropOldest' });
    const failing = bed.session.iteratePrimaries({ limit: 2 });
    bed.peer.send(data(1, 1), data(1, 2), data(1, 3));
    await until('the messages', () => bed.messages.length === 3);
    const seen: number[] = [];
    for await (const { header } of dropping) {
      seen.push(header.systemBytes);
      if (seen.length === 2) break;
    }
    expect([seen, dropping.dropped]).toEqual([[2, 3], 1]);
    await failing.next();
    await failing.next();
    await expect(failing.next()).rejects.toMatchObject({ code: 'HSMS_BUFFER_FULL' });
  });
});
