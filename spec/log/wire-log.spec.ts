import {
  HsmsActiveConnection,
  HsmsGeneralSession,
  HsmsMultiPassiveServer,
  HsmsPacket,
  HsmsPassiveConnection,
} from '../../src/index.js';
import {
  describeProblem,
  packetOf,
  readWireLog,
  WireLog,
  type LogTarget,
  type WireLogMessage,
  type WireLogOptions,
  type WireLogProblem,
  type WireLogRecord,
} from '../../src/log/index.js';
import { A, L, parseMessages, printMessage, S } from '../../src/secs2/index.js';
import { FakeClock, turns } from '../support/fake-clock.js';
import { MemoryStream } from '../support/memory-stream.js';
import { RawPeer } from '../support/raw-peer.js';
import { data, SessionBed } from '../support/session-bed.js';
import { until } from '../support/until.js';

const recordsOf = async (stream: MemoryStream): Promise<WireLogRecord[]> => {
  const records: WireLogRecord[] = [];
  for await (const record of readWireLog([stream.text])) records.push(record);
  return records;
};

const isMessage = (record: WireLogRecord): record is WireLogMessage => record.type === 'message';

/** A record as one short word or two. */
const brief = (record: WireLogRecord): string => {
  if (record.type === 'message') return `${record.dir ?? ''} ${record.sf ?? record.sType}`;
  if (record.type === 'dropped') return `dropped ${record.records}`;
  const { state = '' } = record as { state?: string };
  return `${record.event} ${state}`.trimEnd();
};

describe('WireLog', () => {
  let stream: MemoryStream;
  let log: WireLog;
  let bed: SessionBed;
  const problems: WireLogProblem[] = [];

  const open = (options: WireLogOptions = {}): void => {
    problems.length = 0;
    stream = new MemoryStream();
    log = new WireLog(stream, { onProblem: (problem) => problems.push(problem), ...options });
  };
  /** A selected session, logged from the start. */
  const session = async (options: WireLogOptions = {}): Promise<void> => {
    open(options);
    bed = new SessionBed({ entity: 'host' });
    log.attach(bed.session, { name: 'etcher' });
    await bed.select();
  };
  const end = async (): Promise<void> => {
    await log.close();
    await bed.close();
  };
  const done = async (): Promise<WireLogRecord[]> => {
    await end();
    return await recordsOf(stream);
  };

  it('writes what happens to a connection and its session, in order', async () => {
    await session();
    bed.peer.send(data(1, 5, { wBit: true }), HsmsPacket.linktestReq(6));
    await bed.peer.receives(1);
    await bed.session.send(S(1, 13).w(L(A('x'))));
    await bed.peer.receives(2);
    await bed.connection.disable();
    const records = await done();
    expect(records.map(brief)).toEqual([
      ...['state listening', 'state connected', 'established'],
      ...['in select.req', 'selected', 'out select.rsp'],
      ...['in S1F1', 'in linktest.req', 'out linktest.rsp', 'out S1F13'],
      ...['state closing', 'beforeClosed', 'ended', 'out separate.req', 'state disabled', 'closed'],
    ]);
    const [first] = records.filter(isMessage);
    expect(first).toMatchObject({
      name: 'etcher',
      from: `127.0.0.1:${bed.peer.localPort}`,
      to: expect.stringMatching(/^127.0.0.1:\d+$/) as string,
    });
    expect(records.at(-1)).toMatchObject({ event: 'closed', reason: 'local', unsent: 0, name: 'etcher' });
    expect(new Set(records.map(({ time }) => typeof time))).toEqual(new Set(['string']));
    expect(problems).toEqual([]);
    expect(log.stats).toMatchObject({ written: records.length, bufferedBytes: 0, droppedRecords: 0 });
  });

  it('keeps every packet byte for byte, in the order of each direction', async () => {
    await session();
    const packets = Array.from({ length: 200 }, (_, index) =>
      HsmsPacket.data(
        { sessionId: 0, stream: 6, function: 11, systemBytes: index },
        Buffer.alloc((index * 37) % 3000, index),
      ),
    );
    bed.peer.send(...packets);
    const answers = packets.map((packet) => bed.connection.send(packet));
    await Promise.all(answers);
    await bed.peer.receives(200);
    await until('all of it', () => bed.messages.length === 200);
    const messages = (await done()).filter(isMessage);
    for (const dir of ['in', 'out'] as const) {
      const logged = messages
        .filter((record) => record.dir === dir && record.sType === 'data')
        .map((r) => packetOf(r));
      expect(logged).toHaveLength(200);
      logged.forEach((packet, index) => expect(packet.equals(packets[index]!)).toBe(true));
    }
  });

  it('leaves bodies out by rule, adds SML, and filters', async () => {
    await session({
      redact: ['S7F3'],
      sml: { counts: 'never' },
      events: false,
      filter: ({ header }) => header.isData,
    });
    await bed.session.send(S(7, 3).w(A('SECRET RECIPE')));
    await bed.session.send(S(1, 1).w(A('x')));
    await bed.peer.receives(2);
    const records = (await done()).filter(isMessage);
    expect(stream.text).not.toContain(Buffer.from('SECRET').toString('base64').slice(0, 6));
    expect(records).toMatchObject([
      { sf: 'S7F3', redacted: { bytes: 15, rule: 'S7F3' } },
      { sf: 'S1F1', sml: 'S1F1 W\n<A "x">.' },
    ]);
    expect(() => packetOf(records[0]!)).toThrow('left out by the rule S7F3');
  });

  it('writes down what an onlooker saw, by the same rules', async () => {
    open({ redact: ['S7'], filter: ({ header }) => header.isData });
    const packet = HsmsPacket.ofMessage(S(7, 3).w(A('recipe')), { sessionId: 1, systemBytes: 2 });
    log.packet(packet, { from: '10.0.0.1:40000', to: '10.0.0.2:5000', name: '#1' });
    log.packet(HsmsPacket.linktestReq(3));
    log.event('closed', 'both sides are gone', { bytes: 7 });
    await log.close();
    const [seen, closed, ...rest] = await recordsOf(stream);
    expect(seen).toMatchObject({ sf: 'S7F3', from: '10.0.0.1:40000', to: '10.0.0.2:5000', name: '#1' });
    expect(seen).toMatchObject({ redacted: { bytes: 8, rule: 'S7' } });
    expect(seen).not.toHaveProperty('dir');
    expect(closed).toMatchObject({ type: 'event', event: 'closed', text: 'both sides are gone', bytes: 7 });
    expect(rest).toEqual([]);
  });

  it('writes down no events of an onlooker where none are wanted, and says SML without a direction', async () => {
    open({ format: 'sml', events: false });
    log.event('closed', 'both sides are gone');
    log.packet(HsmsPacket.linktestReq(3));
    await log.close();
    expect(stream.text).toMatch(/^\/\/ \S+ seen session 65535 system 3 Linktest.req\n$/);
  });

  it('finds out at the start that nothing can be written', async () => {
    const never = { write: () => Promise.resolve({ written: 0 }), close: () => Promise.resolve() };
    const closed = new WireLog({ ...never, open: () => Promise.reject(new Error('no disk')) });
    await expect(closed.open()).rejects.toThrow('no disk');
    await new WireLog(never).open();
  });

  it('writes SML that reads as SML, with all else in comments', async () => {
    await session({ format: 'sml', redact: ['S7F3'], clock: new FakeClock() });
    await bed.session.send(S(6, 11).w(L(A('x'))));
    await bed.session.send(S(7, 3).w(A('recipe')));
    bed.peer.send(data(1, 7), HsmsPacket.rejectReq(data(1, 1).header, 4));
    await until('the message', () => bed.messages.length === 1);
    await turns();
    await end();
    const ends = `127.0.0.1:\\d+ > 127.0.0.1:\\d+`;
    for (const expected of [
      `^// 1970-01-01T00:00:00.000000Z \\[etcher\\] in ${ends} session 65535 system 1 Select.req$`,
      `^// 1970-01-01T00:00:00.000000Z \\[etcher\\] connected: .*$`,
      `^// 1970-01-01T00:00:00.000000Z \\[etcher\\] out ${ends} session 0 system \\d+$`,
      `session 0 system \\d+ S7F3 W: the body, 8 bytes, was left out by the rule S7F3$`,
      `session 0 system 1 Reject.req 4$`,
    ]) {
      expect(stream.text).toMatch(new RegExp(expected, 'm'));
    }
    const messages = [...parseMessages(stream.text)].map(({ message }) => printMessage(message));
    expect(messages).toEqual(['S6F11 W\n<L[1]\n  <A[1] "x">\n>.', 'S1F1.']);
  });

  it('keeps a filter and a problem handler that throw from harming anything', async () => {
    const printed = jest.spyOn(console, 'error').mockImplementation(() => {});
    const throws = (): never => {
      throw new Error('mine');
    };
    await session({ filter: throws, onProblem: throws, maxBufferedBytes: 600 });
    await Promise.all([1, 2, 3, 4, 5].map(() => bed.session.send(S(1, 1).w(A('x'.repeat(400))))));
    await bed.peer.receives(5);
    const records = await done();
    expect(records.filter(isMessage).length).toBeGreaterThan(0);
    expect(printed.mock.calls.flat().join()).toContain('records are being lost');
    printed.mockRestore();
  });

  it('logs a connection once, however it is attached, and stops when told', async () => {
    open();
    bed = new SessionBed();
    const stop = log.attach(bed.session);
    log.attach(bed.connection);
    await bed.select();
    stop();
    bed.peer.send(HsmsPacket.linktestReq(6));
    await bed.peer.receives(1);
    const messages = (await done()).filter(isMessage);
    expect(messages.map(brief)).toEqual(['in select.req', 'out select.rsp']);
    expect(bed.session.events.listenerCount('warning')).toBe(0);
    expect(bed.connection.events.listenerCount('sent')).toBe(0);
  });

  it('tells requests that got no answer, control that failed, and warnings', async () => {
    open();
    bed = new SessionBed({ linktestInterval: 30, maxLinktestFailures: 3, t3: 10 });
    log.attach(bed.session);
    await bed.select();
    bed.session.request(S(1, 1).w()).catch(() => {});
    bed.peer.send(data(3, 8, { sessionId: 9 }));
    await until('the message', () => bed.messages.length === 1);
    await bed.clock.pass(10);
    await bed.clock.pass(30);
    await bed.clock.pass(5);
    const events = (await done()).filter(({ type }) => type === 'event');
    expect(events).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ event: 'transaction', sf: 'S1F1', outcome: 't3', seconds: 10 }),
        expect.objectContaining({ event: 'warning', warning: 'foreignSessionId', session: 0 }),
        expect.objectContaining({ event: 'control', procedure: 'linktest', outcome: 't6' }),
      ]) as object[],
    );
  });

  it('logs all connections of a server, those added later and the refused as well', async () => {
    open();
    const server = new HsmsMultiPassiveServer(0, { bindAddress: '127.0.0.1', clock: new FakeClock() });
    server.createConnection('127.0.0.2', 1);
    log.attach(server, { name: 'fab' });
    server.createConnection('127.0.0.3', 2);
    await server.enable();
    const port = server.boundAddress?.port ?? 0;
    const peers = await Promise.all(
      ['127.0.0.2', '127.0.0.3', '127.0.0.4'].map((localAddress) => RawPeer.connect(port, { localAddress })),
    );
    await peers[2]!.isClosed();
    peers[0]!.send(HsmsPacket.selectReq(1));
    peers[1]!.send(HsmsPacket.selectReq(2));
    await until('the packets', () => log.stats.bufferedRecords + log.stats.written >= 9);
    for (const { socket } of peers) socket.destroy();
    const [first] = server.connections;
    await server.dispose();
    expect(first?.events.listenerCount('sent')).toBe(0);
    await log.close();
    const records = await recordsOf(stream);
    expect(
      records
        .filter(isMessage)
        .map(({ name, system }) => `${name} ${system}`)
        .sort(),
    ).toEqual(['fab 127.0.0.2 1', 'fab 127.0.0.3 2']);
    expect(records).toContainEqual(
      expect.objectContaining({
        name: 'fab',
        event: 'notice',
        notice: 'refused',
        reason: 'unexpectedAddress',
      }),
    );
  });

  it('logs every session of a general session, and what failed to connect', async () => {
    open();
    const passive = new HsmsPassiveConnection('127.0.0.1', 0, 0);
    const tool = new HsmsGeneralSession(passive, { acceptUnknown: () => ({}) });
    log.attach(tool);
    await passive.enable();
    const active = new HsmsActiveConnection('127.0.0.1', passive.boundAddress?.port ?? 0, 0);
    const host = new HsmsGeneralSession(active);
    await active.enable();
    await host.addSession(4).selected();
    await host.addSession(5).selected();
    await active.dispose();
    await passive.dispose();
    const lost = new HsmsActiveConnection('127.0.0.1', 1, 0);
    log.attach(lost, { name: 'lost' });
    const failed = new Promise((resolve) => lost.notices.subscribe(resolve));
    await lost.enable();
    await failed;
    await lost.dispose();
    await log.close();
    const records = await recordsOf(stream);
    expect(records.filter((record) => record.type === 'event' && record.event === 'selected')).toMatchObject([
      { session: 4 },
      { session: 5 },
    ]);
    expect(records).toContainEqual(
      expect.objectContaining({
        ...{ name: 'lost', event: 'notice', notice: 'connectFailed', attempt: 1, retrySeconds: 10 },
        ...{ code: 'HSMS_CONNECT_FAILED', hint: 'bothActive' },
      }),
    );
  });

  it('never holds up the link: a sink that takes nothing costs records, counted and told', async () => {
    problems.length = 0;
    stream = new MemoryStream(true);
    log = new WireLog(stream, { maxBufferedBytes: 20_000, onProblem: (problem) => problems.push(problem) });
    bed = new SessionBed();
    log.attach(bed.connection);
    await bed.select();
    const packets = Array.from({ length: 2000 }, (_, index) =>
      HsmsPacket.data({ sessionId: 0, stream: 6, function: 11, systemBytes: index }, Buffer.alloc(250)),
    );
    bed.peer.send(...packets);
    await until('all packets', () => bed.messages.length === 2000);
    expect(log.stats.bufferedBytes).toBeLessThanOrEqual(20_000);
    expect(log.stats.droppedRecords).toBeGreaterThan(1900);
    expect(problems).toMatchObject([{ kind: 'dropped', over: false }]);
    const begun = performance.now();
    await log.close(0.05);
    expect(performance.now() - begun).toBeLessThan(2000);
    const { written, droppedRecords, bufferedRecords } = log.stats;
    expect({ written, bufferedRecords }).toEqual({ written: 0, bufferedRecords: 0 });
    // 2000 data, Select both ways, three events at least, and the record of the loss.
    expect(droppedRecords).toBeGreaterThanOrEqual(2005);
    expect(problems.at(-1)).toMatchObject({ kind: 'dropped', over: true });
    await bed.close();
  });

  it('closes once, as a disposable too, and takes no sink or option that it cannot use', async () => {
    open();
    {
      await using inner = new WireLog(stream);
      expect(inner.close()).toBe(inner.close());
    }
    expect(stream.destroyed).toBe(false);
    expect(() => new WireLog(stream, { maxBufferedBytes: -1 })).toThrow(
      'maxBufferedBytes must be a number from 0, received -1',
    );
    expect(() => new WireLog(stream, { format: 'xml' as 'sml' })).toThrow(
      "format must be 'ndjson' or 'sml', received",
    );
    expect(() => new WireLog(stream, { redact: ['recipes'] })).toThrow('received the string "recipes"');
  });

  it.each<[WireLogProblem, string]>([
    [
      { kind: 'dropped', over: false, records: 1, bytes: 9, since: 'noon' },
      'records are being lost since noon',
    ],
    [
      { kind: 'dropped', over: true, records: 3, bytes: 9, since: 'noon' },
      '3 records (9 bytes) since noon were lost',
    ],
    [{ kind: 'writeFailed', error: new Error('EIO'), final: true }, 'EIO; nothing more can be written'],
    [{ kind: 'writeFailed', error: new Error('EIO'), final: false }, 'EIO; it will be tried again'],
    [{ kind: 'recovered' }, 'it can be written again'],
    [{ kind: 'sinkFailed', error: new Error('EIO'), where: 'the rotation' }, 'the rotation failed: EIO'],
  ])('describes %j', (problem, text) => expect(describeProblem(problem)).toBe(text));

  it('attaches to a connection that is up already', async () => {
    bed = new SessionBed();
    await bed.select();
    open();
    const target: LogTarget = bed.connection;
    log.attach(target);
    bed.peer.send(HsmsPacket.linktestReq(3));
    await bed.peer.receives(1);
    const [record] = (await done()).filter(isMessage);
    expect(record).toMatchObject({ dir: 'in', from: `127.0.0.1:${bed.peer.localPort}` });
  });
});
