import { firstValueFrom, toArray, takeUntil } from 'rxjs';
import {
  HsmsActiveConnection,
  HsmsPacket,
  HsmsPassiveConnection,
  HsmsSession,
  type HsmsConnectionOptions,
  type HsmsSessionOptions,
  type SessionEnd,
  type SessionMessage,
  type SessionState,
} from '../../../src/index.js';
import { A, L, S } from '../../../src/secs2/index.js';
import { FakeClock, turns } from '../../support/fake-clock.js';
import { RawPeer } from '../../support/raw-peer.js';
import { until } from '../../support/until.js';

const data = (
  fn: number,
  systemBytes: number,
  more: { stream?: number; wBit?: boolean; sessionId?: number } = {},
) => HsmsPacket.data({ sessionId: 0, stream: 1, function: fn, systemBytes, ...more });

/** A session on a passive connection, and a bare socket that plays the active peer. */
class Bed {
  readonly clock = new FakeClock();
  readonly connection: HsmsPassiveConnection;
  readonly session: HsmsSession;
  readonly messages: SessionMessage[] = [];
  readonly ended: SessionEnd[] = [];
  readonly reasons: string[] = [];
  peer!: RawPeer;

  constructor(options: HsmsSessionOptions = {}, connectionOptions: HsmsConnectionOptions = {}) {
    this.connection = new HsmsPassiveConnection('127.0.0.1', 0, 0, undefined, {
      clock: this.clock,
      ...connectionOptions,
    });
    this.session = new HsmsSession(this.connection, options);
    this.session.messages.subscribe((message) => this.messages.push(message));
    this.session.ended.subscribe((end) => this.ended.push(end));
    this.connection.closed.subscribe(({ reason }) => this.reasons.push(reason.kind));
  }

  async connect(): Promise<this> {
    await this.connection.enable();
    this.peer = await RawPeer.connect(this.connection.boundAddress?.port ?? 0);
    await until('the connection', () => this.session.currentState === 'notSelected');
    return this;
  }

  async select(): Promise<this> {
    await this.connect();
    this.peer.send(HsmsPacket.selectReq(1));
    await this.peer.receives(1);
    this.peer.packets.length = 0;
    return this;
  }

  /** The next packet at the peer. */
  async atPeer(): Promise<HsmsPacket> {
    await this.peer.receives(1);
    return this.peer.packets.shift() as HsmsPacket;
  }

  async close(): Promise<void> {
    const disposed = this.connection.dispose();
    this.peer?.socket.destroy();
    await disposed;
  }
}

describe('HsmsSession on a passive connection', () => {
  let bed: Bed;
  afterEach(async () => {
    await bed.close();
    expect(bed.clock.timers).toEqual([]);
  });

  it('is selected by the peer, first and answers then (P-22, P-23)', async () => {
    bed = await new Bed().connect();
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

  it('echoes the session ID of control messages (P-21)', async () => {
    bed = await new Bed().connect();
    bed.peer.send(HsmsPacket.selectReq(5, 12));
    expect((await bed.atPeer()).header).toMatchObject({ sType: 2, sessionId: 12 });
    expect(bed.session.currentState).toBe('selected');
  });

  it('rejects data before it is selected, and sends none (P-28, P-30)', async () => {
    bed = await new Bed().connect();
    bed.peer.send(data(1, 6));
    expect((await bed.atPeer()).header).toMatchObject({ sType: 7, byte3: 4, systemBytes: 6 });
    await expect(bed.session.send(S(1, 1))).rejects.toMatchObject({ code: 'HSMS_NOT_SELECTED' });
    await expect(bed.session.request(S(1, 1))).rejects.toMatchObject({ code: 'HSMS_NOT_SELECTED' });
    await expect(bed.session.select()).rejects.toThrow('for the active side');
    await expect(bed.session.linktest()).rejects.toMatchObject({ code: 'HSMS_NOT_SELECTED' });
    expect(bed.messages).toEqual([]);
  });

  it('closes at T7 when nobody selects it, and hints at a passive peer (P-24)', async () => {
    bed = await new Bed().connect();
    const hints: unknown[] = [];
    bed.connection.closed.subscribe(({ hint }) => hints.push(hint));
    await bed.clock.pass(9.9);
    expect(bed.session.currentState).toBe('notSelected');
    await bed.clock.pass(0.2);
    await until('the close', () => bed.reasons.length === 1);
    expect([bed.reasons, hints]).toEqual([['t7'], [{ kind: 'bothPassive' }]]);
  });

  it('is not kept open by a peer that only sends Linktest (P-24, P-27)', async () => {
    bed = await new Bed().connect();
    await bed.clock.pass(9);
    bed.peer.send(HsmsPacket.linktestReq(3));
    expect((await bed.atPeer()).header).toMatchObject({ sType: 6, systemBytes: 3 });
    await bed.clock.pass(1.1);
    await until('the close', () => bed.reasons.length === 1);
    expect(bed.reasons).toEqual(['t7']);
  });

  it('hints at a peer that speaks SECS-I', async () => {
    bed = await new Bed().connect();
    const hints: unknown[] = [];
    bed.connection.closed.subscribe(({ hint }) => hints.push(hint));
    bed.peer.write(Buffer.from([0x05]));
    await until('the T8 timer', () => bed.clock.timers.includes('t8'));
    await bed.clock.pass(5);
    await until('the close', () => hints.length === 1);
    expect(hints).toEqual([{ kind: 'secs1Peer' }]);
  });

  it('ends by Deselect on the same connection, and T7 runs again (P-25)', async () => {
    bed = await new Bed().select();
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
    bed = await new Bed().connect();
    bed.peer.send(HsmsPacket.separateReq(8), HsmsPacket.linktestReq(9));
    expect((await bed.atPeer()).header.sType).toBe(6);
    expect(bed.reasons).toEqual([]);
    bed.peer.send(HsmsPacket.selectReq(1), HsmsPacket.separateReq(10));
    await until('the close', () => bed.reasons.length === 1);
    expect(bed.reasons).toEqual(['separate']);
    expect(bed.peer.packets.map(({ header }) => header.sType)).toEqual([2]);
  });

  it('sends Separate before it closes by itself (P-26)', async () => {
    bed = await new Bed().select();
    await bed.connection.disable();
    expect((await bed.atPeer()).header).toMatchObject({ sType: 9, sessionId: 0xffff });
    expect(bed.ended).toEqual([{ kind: 'closed', reason: { kind: 'local' } }]);
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
    bed = await new Bed().select();
    bed.peer.send(packet);
    expect((await bed.atPeer()).header).toMatchObject({ sType: 7, byte3: reason, byte2, systemBytes: 12 });
    expect(bed.session.currentState).toBe('selected');
  });

  it('never answers a Reject (P-28)', async () => {
    bed = await new Bed().select();
    bed.peer.send(HsmsPacket.rejectReq(HsmsPacket.selectReq(99).header, 3), HsmsPacket.linktestReq(1));
    expect((await bed.atPeer()).header.sType).toBe(6);
  });

  describe('transactions', () => {
    it('matches the reply, and no primary with the same system bytes (P-41)', async () => {
      bed = await new Bed().select();
      const reply = bed.session.request(S(1, 1).w());
      const { header } = await bed.atPeer();
      expect(header).toMatchObject({ stream: 1, function: 1, wBit: true, sessionId: 0 });
      const { systemBytes } = header;
      bed.peer.send(
        data(1, systemBytes, { wBit: true }),
        data(2, systemBytes, { stream: 5 }),
        data(4, systemBytes),
        data(2, (systemBytes + 1) >>> 0),
        HsmsPacket.ofMessage(S(1, 2, L(A('MDLN'), A('1.0'))), { sessionId: 0, systemBytes }),
      );
      const { item } = await reply;
      expect(item?.at(1).ascii).toBe('1.0');
      expect(bed.messages.map(({ message, answered }) => `${message.name} ${answered}`)).toEqual([
        'S1F1 false',
        'S5F2 false',
        'S1F4 false',
        'S1F2 false',
        'S1F2 true',
      ]);
    });

    it('fails by function 0, by Reject and by stream 9 (P-29, P-41)', async () => {
      bed = await new Bed().select();
      const failures: [(request: HsmsPacket) => HsmsPacket, string][] = [
        [({ header }) => data(0, header.systemBytes), 'HSMS_TRANSACTION_ABORTED'],
        [({ header }) => HsmsPacket.rejectReq(header, 4), 'HSMS_TRANSACTION_REJECTED'],
        [
          ({ header }) =>
            HsmsPacket.data(
              { sessionId: 0, stream: 9, function: 1, systemBytes: 1 },
              Buffer.concat([Buffer.from([0x21, 10]), header.toBytes()]),
            ),
          'HSMS_STREAM_9',
        ],
      ];
      for (const [answer, code] of failures) {
        const reply = bed.session.request(S(1, 1).w());
        bed.peer.send(answer(await bed.atPeer()));
        await expect(reply).rejects.toMatchObject({ code });
        if (code === 'HSMS_STREAM_9') {
          await expect(reply).rejects.toMatchObject({ hint: { kind: 'unknownDevice', sessionId: 0 } });
        }
      }
      expect(bed.session.openRequests).toBe(0);
    });

    it('fails at T3, keeps the link, and marks the late reply (P-42)', async () => {
      bed = await new Bed().select();
      const slow = bed.session.request(S(1, 1).w());
      const quick = bed.session.request(S(1, 3).w(), { t3: 2 });
      const [first] = await bed.peer.receives(2);
      await turns();
      await bed.clock.pass(2);
      await expect(quick).rejects.toMatchObject({ code: 'HSMS_T3_TIMEOUT', seconds: 2 });
      await bed.clock.pass(43);
      await expect(slow).rejects.toMatchObject({ code: 'HSMS_T3_TIMEOUT', seconds: 45 });
      bed.peer.send(data(2, first!.header.systemBytes));
      await until('the late reply', () => bed.messages.length === 1);
      expect(bed.messages).toMatchObject([{ late: true, answered: false }]);
      expect(bed.session.currentState).toBe('selected');
    });

    it('fails every request at once when the link ends (P-43)', async () => {
      bed = await new Bed().select();
      const requests = Array.from({ length: 100 }, () => bed.session.request(S(1, 1).w()));
      await bed.peer.receives(100);
      bed.peer.socket.resetAndDestroy();
      const results = await Promise.allSettled(requests);
      for (const result of results) {
        expect(result).toMatchObject({
          reason: { code: 'HSMS_CONNECTION_CLOSED', reason: { kind: 'reset' } },
        });
      }
      await expect(bed.session.request(S(1, 1))).rejects.toMatchObject({ code: 'HSMS_NOT_SELECTED' });
    });

    it('is given up by its signal, before and after it was sent (P-44)', async () => {
      bed = await new Bed().select();
      const abort = new AbortController();
      const reply = bed.session.request(S(1, 1).w(), { signal: abort.signal });
      const { header } = await bed.atPeer();
      abort.abort(new Error('operator'));
      await expect(reply).rejects.toThrow('operator');
      bed.peer.send(data(2, header.systemBytes));
      await until('the reply as a message', () => bed.messages.length === 1);
      const before = bed.session.request(S(1, 1).w(), { signal: AbortSignal.abort(new Error('at once')) });
      await expect(before).rejects.toThrow('at once');
      expect(bed.session.openRequests).toBe(0);
    });

    it('answers a primary exactly once, and not after its link (P-45)', async () => {
      bed = await new Bed().select();
      const primaries = firstValueFrom(bed.session.primaries);
      bed.peer.send(data(1, 77, { wBit: true }));
      const primary = await primaries;
      bed.peer.send(data(1, 78), HsmsPacket.linktestReq(1));
      await bed.atPeer();
      await expect(primary.reply(S(1, 4))).rejects.toThrow(
        'S1F4 is no reply to S1F1: S1F2 or S1F0 is allowed',
      );
      await primary.reply(L(A('x')));
      expect((await bed.atPeer()).header).toMatchObject({
        stream: 1,
        function: 2,
        wBit: false,
        systemBytes: 77,
      });
      await expect(primary.reply()).rejects.toMatchObject({ code: 'HSMS_ALREADY_REPLIED' });
      const another = firstValueFrom(bed.session.primaries);
      bed.peer.send(data(1, 79, { wBit: true }));
      const orphan = await another;
      bed.peer.socket.end();
      await until('the end', () => bed.session.currentState === 'notConnected');
      await expect(orphan.reply()).rejects.toMatchObject({ code: 'HSMS_SESSION_ENDED' });
    });

    it('wants a primary for a request, and a T3 in range', async () => {
      bed = await new Bed().select();
      await expect(bed.session.request(S(1, 2))).rejects.toThrow('S1F2 is no primary message');
      await expect(bed.session.request(S(1, 1), { t3: 0 })).rejects.toThrow('t3 is 0');
    });

    it('delivers a body that cannot be decoded raw, and costs nothing else (P-47)', async () => {
      bed = await new Bed().select();
      bed.peer.send(
        HsmsPacket.data({ sessionId: 0, stream: 1, function: 1, systemBytes: 1 }, Buffer.from('4199', 'hex')),
        data(1, 2),
      );
      await until('both', () => bed.messages.length === 2);
      expect(bed.messages[0]?.message.itemError).toBeInstanceOf(Error);
      expect(bed.messages[0]?.message.body.toString('hex')).toBe('4199');
    });
  });

  describe('linktest (P-27)', () => {
    it('probes an idle link only, and closes after T6 without any sign of life', async () => {
      bed = await new Bed({ linktestInterval: 30 }).select();
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
      bed = await new Bed({ linktestInterval: 30, t3: 100 }).select();
      const reply = bed.session.request(S(1, 1).w());
      const { header } = await bed.atPeer();
      await bed.clock.pass(60);
      expect(bed.peer.packets).toEqual([]);
      bed.peer.send(data(2, header.systemBytes));
      await reply;
      await bed.clock.pass(31);
      expect((await bed.atPeer()).header.sType).toBe(5);
    });

    it('tells the round-trip time when asked for', async () => {
      bed = await new Bed().select();
      const time = bed.session.linktest();
      const { header } = await bed.atPeer();
      bed.clock.advance(0.25);
      bed.peer.send(HsmsPacket.linktestRsp(header));
      expect(await time).toBe(0.25);
    });

    it('begins when its interval is set while running', async () => {
      bed = await new Bed().select();
      bed.session.configure({ linktestInterval: 3 });
      await bed.clock.pass(3);
      expect((await bed.atPeer()).header.sType).toBe(5);
      expect(() => bed.session.configure({ linktestInterval: -1 })).toThrow('linktestInterval is -1');
      expect(() => bed.session.configure({ linktestFailures: 0 })).toThrow('linktestFailures is 0');
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
      bed = await new Bed({
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
      bed = await new Bed({ entity: 'equipment' }).select();
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
    bed = await new Bed().select();
    const warnings: unknown[] = [];
    bed.session.warnings.subscribe((warning) => warnings.push(warning));
    bed.peer.send(data(1, 5, { sessionId: 9 }));
    await until('the message', () => bed.messages.length === 1);
    expect(warnings).toMatchObject([{ kind: 'foreignSessionId', header: { sessionId: 9 } }]);
    await bed.close();
    bed = await new Bed({ strict: true }).select();
    bed.peer.send(data(1, 5, { sessionId: 9 }));
    expect((await bed.atPeer()).header).toMatchObject({ sType: 7, byte3: 4, sessionId: 9 });
    expect(bed.messages).toEqual([]);
  });

  it('iterates over primaries with a bounded buffer', async () => {
    bed = await new Bed().select();
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

describe('two sessions', () => {
  let active: HsmsSession;
  let passive: HsmsSession;
  const open = async (options: HsmsConnectionOptions = {}): Promise<void> => {
    const passiveConnection = new HsmsPassiveConnection('', 0, 0, undefined, options);
    passive = new HsmsSession(passiveConnection, { entity: 'equipment' });
    await passiveConnection.enable();
    const port = passiveConnection.boundAddress?.port ?? 0;
    active = new HsmsSession(new HsmsActiveConnection('127.0.0.1', port, 0, undefined, options));
    await active.connection.enable();
    await Promise.all([active.selected(), passive.selected()]);
  };
  afterEach(() => Promise.all([active.connection.dispose(), passive.connection.dispose()]));

  it('make requests from within handlers on both ends at once (P-44)', async () => {
    await open();
    passive.primaries.subscribe((primary) => {
      void passive.request(S(2, 17).w()).then(() => primary.reply(A('done')));
    });
    active.primaries.subscribe((primary) => void primary.reply(A('time')));
    const replies = await Promise.all(Array.from({ length: 50 }, () => active.request(S(1, 1).w())));
    expect(replies.map(({ item }) => item?.ascii)).toEqual(Array.from({ length: 50 }, () => 'done'));
  });

  it('keep 10,000 transactions open at once, each with its own system bytes (P-40)', async () => {
    await open();
    const waiting: (() => void)[] = [];
    const seen = new Set<number>();
    passive.primaries.subscribe((primary) => {
      seen.add(primary.header.systemBytes);
      waiting.push(() => void primary.reply());
    });
    const replies = Array.from({ length: 10_000 }, () => active.request(S(1, 1).w()));
    await until('all requests at the peer', () => waiting.length === 10_000, 10_000);
    expect([seen.size, active.openRequests]).toEqual([10_000, 10_000]);
    for (const answer of waiting.reverse()) answer();
    await Promise.all(replies);
    expect(active.openRequests).toBe(0);
  }, 20_000);

  it('deselect, select again, measure, separate', async () => {
    await open();
    await active.deselect();
    expect([active.currentState, passive.currentState]).toEqual(['notSelected', 'notSelected']);
    await active.select();
    await active.select();
    expect([active.currentState, passive.currentState]).toEqual(['selected', 'selected']);
    expect(await passive.linktest()).toBeLessThan(5);
    await passive.deselect();
    expect([active.currentState, passive.currentState]).toEqual(['notSelected', 'notSelected']);
    await active.select();
    active.separate();
    await until('the end', () => passive.currentState === 'notConnected');
    await expect(active.linktest()).rejects.toMatchObject({ code: 'HSMS_NOT_CONNECTED' });
  });

  it('close gracefully: open requests are answered, further ones refused', async () => {
    await open();
    const primary = firstValueFrom(passive.primaries);
    const reply = active.request(S(1, 1).w());
    const closed = active.close();
    await expect(active.request(S(1, 3).w())).rejects.toThrow('the session is being closed');
    await (await primary).reply(A('last'));
    expect((await reply).item?.ascii).toBe('last');
    await closed;
    expect([active.currentState, active.connection.currentState]).toEqual(['notConnected', 'disabled']);
    await active.connection.enable();
    await active.selected();
  });

  it('wait to be selected as long as the signal allows, and complete when disposed of', async () => {
    await open();
    const states = firstValueFrom(active.state.pipe(takeUntil(active.connection.closed), toArray()));
    await active.connection.disable();
    expect(await states).toEqual(['selected', 'notConnected']);
    const abort = new AbortController();
    const waiting = active.selected({ signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    const doomed = active.selected();
    const completed = jest.fn();
    active.primaries.subscribe({ complete: completed });
    await active.connection.dispose();
    await expect(doomed).rejects.toMatchObject({ code: 'HSMS_DISPOSED' });
    expect(completed).toHaveBeenCalled();
  });
});
