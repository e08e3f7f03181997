import fc from 'fast-check';
import { encodeFrame, HsmsPacket } from '../../src/index.js';
import type { TcpFields } from '../support/network-packets.js';
import { decodeSegments, frame, HOST, packetsOf, selectReq, show, TOOL, Wire } from './support.js';

const take = (numbers: Iterator<number>): number => numbers.next().value as number;
const lines = (wire: Wire): string[] => decodeSegments(wire.segments).events.map(show);

describe('TCP reassembly', () => {
  it('tells messages of both sides, and the life of the connection', () => {
    const wire = new Wire().open().send('host', selectReq);
    const answer = encodeFrame(HsmsPacket.selectRsp(HsmsPacket.selectReq(1).header, 0));
    wire.send('tool', answer).send('tool', frame(7)).fin('host').fin('tool').add('host', {}, true);
    const { events } = decodeSegments(wire.segments);
    expect(events.map(show)).toEqual([
      'opened host',
      'host sType 1 1',
      'tool sType 2 1',
      'tool S6F11 7',
      'closed fin',
    ]);
    expect(events[0]).toMatchObject({ from: HOST, to: TOOL });
  });

  it('gives a message the time of the segment that completed it', () => {
    const bytes = frame(1, 100);
    const wire = new Wire().open().send('host', bytes.subarray(0, 20)).send('host', bytes.subarray(20));
    const { events } = decodeSegments(wire.segments);
    const [opened, message] = events as { time: number }[];
    expect(message!.time - opened!.time).toBe(4000);
  });

  it('passes over what is sent again, keep-alives and overlaps', () => {
    const bytes = Buffer.concat([frame(1), frame(2)]);
    const wire = new Wire().open().send('host', bytes.subarray(0, 30));
    wire.add('host', { seq: -30, data: bytes.subarray(0, 30) }); // again
    wire.add('host', { seq: -1, data: Buffer.alloc(1) }); // keep-alive with its byte
    wire.add('host', { seq: -1 }); // and without
    wire.add('host', { seq: -10, data: bytes.subarray(20, 40) }); // overlap
    wire.add('host', { seq: 5, data: bytes.subarray(35) }); // behind what overlapped
    wire.lose('host', bytes.length - 30).send('host', frame(3));
    const { events, counts } = decodeSegments(wire.segments);
    expect(events.map(show)).toEqual(['opened host', ...[1, 2, 3].map((n) => `host S6F11 ${n}`)]);
    expect(counts.repeatedBytes).toBe(30 + 1 + 10 + 5);
  });

  it('goes on where sequence numbers wrap', () => {
    const wire = new Wire(0xfffffff0).open();
    for (let n = 1; n <= 5; n++) wire.send('host', frame(n));
    expect(lines(wire)).toEqual(['opened host', ...[1, 2, 3, 4, 5].map((n) => `host S6F11 ${n}`)]);
  });

  it('finds the next message in a connection that was under way', () => {
    const wire = new Wire()
      .send('tool', frame(1, 100).subarray(40))
      .send('tool', frame(2))
      .send('tool', frame(3));
    expect(lines(wire)).toEqual([
      'opened tool midway',
      'skipped 84 midStream',
      'tool S6F11 2',
      'tool S6F11 3',
    ]);
  });

  it('finds it within a segment too', () => {
    const wire = new Wire().send('tool', Buffer.concat([frame(1, 100).subarray(40), frame(2), frame(3)]));
    expect(lines(wire)).toEqual([
      'opened tool midway',
      'skipped 84 midStream',
      'tool S6F11 2',
      'tool S6F11 3',
    ]);
  });

  it('puts the first segments of a connection under way in order', () => {
    const wire = new Wire().send('tool', frame(1)).send('tool', frame(2)).send('tool', frame(3));
    const [one, two, three] = wire.segments as [TcpFields, TcpFields, TcpFields];
    const { events } = decodeSegments([three, one, two]);
    expect(events.map(show)).toEqual(['opened tool midway', ...[1, 2, 3].map((n) => `tool S6F11 ${n}`)]);
  });

  it('tells of bytes lost between messages, and goes on at the next one', () => {
    const wire = new Wire()
      .open()
      .send('host', frame(1))
      .lose('host', frame(2).length)
      .send('host', frame(3));
    expect(lines(wire)).toEqual(['opened host', 'host S6F11 1', 'gap 32', 'host S6F11 3']);
  });

  it('tells which message lacks bytes, and loses no other', () => {
    const bytes = frame(2, 1000);
    const wire = new Wire()
      .open()
      .send('host', frame(1))
      .send('host', bytes.subarray(0, 400))
      .lose('host', 300);
    wire.send('host', Buffer.concat([bytes.subarray(700), frame(3)]));
    expect(lines(wire)).toEqual([
      'opened host',
      'host S6F11 1',
      'gap 300',
      `damaged 2 300/${bytes.length - 4} gap`,
      'host S6F11 3',
    ]);
  });

  it('looks for a message where a gap reaches beyond the end of one', () => {
    const bytes = frame(2, 1000);
    const wire = new Wire().open().send('host', bytes.subarray(0, 400));
    wire
      .lose('host', bytes.length - 400 + 10)
      .send('host', frame(3).subarray(10))
      .send('host', frame(4));
    expect(lines(wire)).toEqual([
      'opened host',
      `gap ${bytes.length - 390}`,
      `damaged 2 ${bytes.length - 400}/${bytes.length - 4} gap`,
      'skipped 22 afterGap',
      'host S6F11 4',
    ]);
  });

  it('waits for a retransmission as long as the receiver asks for it', () => {
    const wire = new Wire().open();
    for (let n = 1; n <= 3; n++) wire.send('host', frame(n));
    const [, , , one, two, three] = wire.segments;
    const ack = { ...wire.segments[2]!, from: TOOL, to: HOST, seq: 2001, ack: two!.seq };
    const duplicates = Array.from({ length: 600 }, () => ack);
    const all = [...wire.segments.slice(0, 3), one!, three!, ...duplicates, two!];
    expect(decodeSegments(all).events.map(show)).toEqual([
      'opened host',
      ...[1, 2, 3].map((n) => `host S6F11 ${n}`),
    ]);
  });

  it('gives up a hole that the receiver does not have', () => {
    const wire = new Wire().open().send('host', frame(1)).lose('host', 33).send('host', frame(3));
    for (let n = 0; n < 300; n++) wire.add('tool', {}, true);
    const { events } = decodeSegments([...wire.segments, ...new Wire(900_000).open().segments]);
    expect(events.map(show).slice(0, 5)).toEqual([
      'opened host',
      'host S6F11 1',
      'gap 33',
      'host S6F11 3',
      'closed reused',
    ]);
    const [, , gap] = events as { time: number }[];
    const [first] = events as { time: number }[];
    expect(gap!.time - first!.time).toBeLessThan(300_000);
  });

  it('tells connections apart that follow each other on the same ports', () => {
    const first = new Wire().open().send('host', frame(1)).send('host', frame(2).subarray(0, 20));
    const second = new Wire(900_000, 800_000).open().send('host', frame(3));
    expect([...first.segments, ...second.segments].length).toBe(9);
    expect(decodeSegments([...first.segments, ...second.segments]).events.map(show)).toEqual([
      'opened host',
      'host S6F11 1',
      'damaged 2 12/28 end',
      'closed reused',
      'opened host',
      'host S6F11 3',
    ]);
  });

  it('ends a connection at RST, and counts what comes after', () => {
    const wire = new Wire().open().send('host', frame(1)).add('tool', { flags: 'R' }).send('host', frame(2));
    const { events, counts } = decodeSegments(wire.segments);
    expect(events.map(show)).toEqual(['opened host', 'host S6F11 1', 'closed rst']);
    expect(counts.lateBytes).toBe(32);
  });

  it('looks again where a length cannot be one', () => {
    const wire = new Wire().open().send('host', frame(1)).send('host', Buffer.from('ffffffff0000', 'hex'));
    wire.send('host', frame(2));
    expect(lines(wire)).toEqual(['opened host', 'host S6F11 1', 'skipped 6 outOfStep', 'host S6F11 2']);
  });

  it('tells no message of connections that are not HSMS', () => {
    const wire = new Wire().open().send('host', Buffer.from('GET / HTTP/1.1\r\n\r\n'));
    wire.send('tool', Buffer.from(`HTTP/1.1 200 OK\r\n\r\n${'hello '.repeat(300_000)}`).subarray(0, 60_000));
    const { events, counts } = decodeSegments(wire.segments);
    expect(events).toEqual([]);
    expect(counts).toMatchObject({ connections: 1, hsmsConnections: 0, foreignBytes: 60_018 });
    expect(decodeSegments(wire.segments, { ports: [5000] }).events.map(show)).toEqual([
      'opened host',
      'skipped 18 outOfStep',
      'skipped 60000 outOfStep',
    ]);
    expect(decodeSegments(wire.segments, { ports: [5001] }).counts.connections).toBe(0);
  });

  it('passes over a message there is no room for, and reads the next', () => {
    const bytes = frame(2, 50_000);
    const wire = new Wire().open().send('host', frame(1)).send('host', bytes.subarray(0, 100));
    wire
      .send('host', bytes.subarray(100, 30_000))
      .send('host', bytes.subarray(30_000))
      .send('host', frame(3));
    const { events, counts } = decodeSegments(wire.segments, { maxHeldBytes: 10_000 });
    expect(events.map(show)).toEqual([
      'opened host',
      'host S6F11 1',
      `damaged 2 ${bytes.length - 100}/${bytes.length - 4} memory`,
      'host S6F11 3',
    ]);
    expect(counts.mostHeldBytes).toBeLessThanOrEqual(10_000);
  });

  it('holds no more behind a hole than there is room for', () => {
    const wire = new Wire().open().send('host', frame(1)).lose('host', 40);
    for (let n = 3; n < 60; n++) wire.send('host', frame(n, 400));
    const { events, counts } = decodeSegments(wire.segments, { maxHeldBytes: 10_000 });
    expect(events.filter(({ kind }) => kind === 'message').length).toBe(58);
    expect(events.map(show)).toContain('gap 40');
    expect(counts.mostHeldBytes).toBeLessThanOrEqual(10_000);
  });
});

describe('any way that a network and a capture treat the segments of a stream', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 12 });
  const way = fc.record({
    host: sizes,
    tool: sizes,
    cuts: fc.infiniteStream(fc.integer({ min: 1, max: 200 })),
    moves: fc.infiniteStream(fc.integer({ min: 0, max: 12 })),
    again: fc.infiniteStream(fc.integer({ min: 0, max: 5 })),
    overlap: fc.infiniteStream(fc.integer({ min: 0, max: 30 })),
    start: fc.integer({ min: 0, max: 0xffffffff }),
    opened: fc.boolean(),
  });

  it('gives the same packets as the stream itself', () => {
    fc.assert(
      fc.property(way, ({ host, tool, cuts, moves, again, overlap, start, opened }) => {
        const streams = {
          host: Buffer.concat([selectReq, ...host.map((size, n) => frame(n, size))]),
          tool: Buffer.concat(tool.map((size, n) => frame(1000 + n, size))),
        };
        const wire = new Wire(start, start ^ 0x5555);
        if (opened) wire.open();
        const head = wire.segments.length;
        let [a, b] = [0, 0];
        while (a < streams.host.length || b < streams.tool.length) {
          const side = b >= streams.tool.length || (a <= b && a < streams.host.length) ? 'host' : 'tool';
          const at = side === 'host' ? a : b;
          const size = take(cuts);
          const back = Math.min(take(overlap), at);
          wire.lose(side, -back).send(side, streams[side].subarray(at - back, at + size));
          if (side === 'host') a += size;
          else b += size;
        }
        // A segment is captured up to a dozen places late, and perhaps again later on.
        const body = wire.segments.slice(head).flatMap((segment, index) => {
          const copies = take(again) === 0 ? [0, 20] : [0];
          return copies.map((later) => ({ segment, at: index + take(moves) + later }));
        });
        body.sort((x, y) => x.at - y.at);
        const { events } = decodeSegments([
          ...wire.segments.slice(0, head),
          ...body.map(({ segment }) => segment),
        ]);
        expect(events.filter(({ kind }) => kind !== 'message').map(show)).toEqual([
          expect.stringMatching(/^opened/),
        ]);
        const framesOf = (side: 'host' | 'tool'): string => streams[side].toString('hex');
        expect(packetsOf(events, HOST).join('')).toBe(framesOf('host'));
        expect(packetsOf(events, TOOL).join('')).toBe(framesOf('tool'));
      }),
      { numRuns: 300 },
    );
  });
});
