import fc from 'fast-check';
import { isPcap } from '../../src/capture/files/pcap.js';
import { isPcapng } from '../../src/capture/files/pcapng.js';
import {
  ethernet,
  ipv4,
  ipv6,
  PcapngBlocks,
  pcapFile,
  tcp,
  type Captured,
} from '../support/network-packets.js';
import { decodeFile, frame, HOST, onEthernet, show, T0, TOOL, Wire } from './support.js';

const wire = new Wire().open().send('host', frame(1)).send('tool', frame(2));
const packets = onEthernet(wire.segments);
const told = ['opened host', 'host S6F11 1', 'tool S6F11 2'];

/** One segment with a message, in IPv4. */
const message = (n: number): Buffer =>
  ipv4(HOST, TOOL, tcp({ from: HOST, to: TOOL, seq: n * 32, data: frame(n) }));
const asPcap = (linkType: number, ...bytes: Buffer[]): ReturnType<typeof decodeFile> =>
  decodeFile(
    pcapFile(
      bytes.map((each, n) => ({ time: T0 + n, bytes: each })),
      { linkType },
    ),
  );
const lines = (decoded: ReturnType<typeof decodeFile>): string[] => decoded.events.map(show);

describe('pcap files', () => {
  it.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ])('are read with big endian %s and nanoseconds %s', (bigEndian, nanoseconds) => {
    const file = pcapFile(packets, { bigEndian, nanoseconds });
    expect(isPcap(file)).toBe(true);
    const { events } = decodeFile(file);
    expect(events.map(show)).toEqual(told);
    expect(events.map((event) => 'time' in event && event.time)).toEqual([T0, T0 + 3000, T0 + 4000]);
  });

  it('give the same whatever their chunks', () => {
    const file = pcapFile(packets);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (chunk) => {
        expect(lines(decodeFile(file, 'pcap', { chunk }))).toEqual(told);
      }),
      { numRuns: 40 },
    );
  });

  it('tell where they end too early or go wrong', () => {
    const file = pcapFile(packets);
    expect(lines(decodeFile(file.subarray(0, -5)))).toEqual([
      'opened host',
      'host S6F11 1',
      'fault the file ends within a packet: its last 97 bytes are not used',
    ]);
    const wrong = Buffer.from(file);
    wrong.writeUInt32LE(0x7fffffff, 24 + 8);
    expect(lines(decodeFile(wrong))).toEqual([
      'fault the packet at byte 24 claims 2147483647 captured bytes; what follows is not read',
    ]);
    expect(lines(decodeFile(file.subarray(0, 10)))[0]).toContain('ends within its header');
    expect(lines(decodeFile(Buffer.alloc(30, 'x')))[0]).toContain('begins with 78787878');
  });

  it('tell of bytes that the snap length has cut off', () => {
    const bytes = ethernet(ipv4(HOST, TOOL, tcp({ from: HOST, to: TOOL, seq: 1, data: frame(1, 500) })));
    const next = ethernet(
      ipv4(HOST, TOOL, tcp({ from: HOST, to: TOOL, seq: 1 + frame(1, 500).length, data: frame(2) })),
    );
    const cut: Captured[] = [
      { time: T0, bytes, snap: 200 },
      { time: T0 + 1, bytes: next },
      { time: T0 + 2, bytes: next, snap: 40 },
    ];
    const decoded = decodeFile(pcapFile(cut));
    const gap = bytes.length - 200;
    expect(lines(decoded)).toEqual([
      'opened host midway',
      `gap ${gap}`,
      `damaged 1 ${gap}/${frame(1, 500).length - 4} gap`,
      'host S6F11 2',
    ]);
    expect(decoded.counts.truncated).toBe(1);
  });
});

describe('pcapng files', () => {
  it.each([false, true])(
    'are read with big endian %s: sections, interfaces, blocks of every kind',
    (bigEndian) => {
      const ng = new PcapngBlocks(bigEndian);
      const micro = BigInt(T0);
      const file = Buffer.concat([
        ng.section(),
        ng.block(0x0bad, Buffer.alloc(50, 1)),
        ng.interface(1),
        ng.interface(101, [
          [2, Buffer.from('lo')],
          [9, Buffer.from([9])],
          [14, ng.u64(10n)],
        ]),
        ng.interface(101, [[9, Buffer.from([0x80 | 20])]]),
        ng.enhanced(0, micro, ethernet(message(1))),
        ng.enhanced(1, micro * 1000n + 5999n, message(2)),
        ng.enhanced(2, ((micro + 6n) << 20n) / 1_000_000n, message(3)),
        ng.obsolete(1, micro * 1000n, message(4)),
        ng.simple(ethernet(message(5))),
        ng.statistics(0, 7n),
        new PcapngBlocks(!bigEndian).section(),
        new PcapngBlocks(!bigEndian).interface(228),
        new PcapngBlocks(!bigEndian).enhanced(0, micro, message(6)),
      ]);
      expect(isPcapng(file)).toBe(true);
      for (const chunk of [1, 7, 1000]) {
        const { events } = decodeFile(file, 'pcapng', { chunk });
        const messages = events.flatMap((event) => (event.kind === 'message' ? [event] : []));
        expect(messages.map(({ packet }) => packet.header.systemBytes)).toEqual([1, 2, 3, 4, 5, 6]);
        const faults = events.filter(({ kind }) => kind === 'fault' || kind === 'dropped').map(show);
        expect(faults).toEqual(['dropped 7']);
      }
    },
  );

  it.each([
    [
      'a block length',
      (ng: PcapngBlocks) =>
        Buffer.concat([ng.section(), Buffer.from('0100000009000000', 'hex'), Buffer.alloc(8)]),
      'claims a length of 9',
    ],
    [
      'a byte-order mark',
      (ng: PcapngBlocks) => ng.block(0x0a0d0d0a, Buffer.alloc(16)),
      'the byte-order mark 00000000',
    ],
    [
      'an interface',
      (ng: PcapngBlocks) => Buffer.concat([ng.section(), ng.enhanced(3, 0n, Buffer.alloc(4))]),
      'interface 3, which is not described',
    ],
    [
      'a simple packet',
      (ng: PcapngBlocks) => Buffer.concat([ng.section(), ng.simple(Buffer.alloc(4))]),
      'has no interface',
    ],
    ['the end', (ng: PcapngBlocks) => ng.section().subarray(0, 9), 'ends within its first block'],
    [
      'an end',
      (ng: PcapngBlocks) => Buffer.concat([ng.section(), ng.section().subarray(0, 13)]),
      'ends within a block',
    ],
    [
      'a huge block',
      (ng: PcapngBlocks) =>
        Buffer.concat([ng.section(), Buffer.from('0600000000000010', 'hex'), Buffer.alloc(8)]),
      'claims a length of 268435456',
    ],
    [
      'a second length',
      (ng: PcapngBlocks) => {
        const file = Buffer.concat([ng.section(), ng.interface(1)]);
        file.writeUInt32LE(99, file.length - 4);
        return file;
      },
      'has two lengths',
    ],
    [
      'a short interface',
      (ng: PcapngBlocks) => Buffer.concat([ng.section(), ng.block(1, Buffer.alloc(4))]),
      'not described in full',
    ],
    [
      'a short packet',
      (ng: PcapngBlocks) => Buffer.concat([ng.section(), ng.block(6, Buffer.alloc(8))]),
      'is too short',
    ],
  ])('tell of %s that cannot be', (_what, build, fault) => {
    const events = lines(decodeFile(build(new PcapngBlocks()), 'pcapng'));
    expect(events.length).toBe(1);
    expect(events[0]).toContain(fault);
  });
});

describe('link layers', () => {
  const six = ipv6(
    '[fe80::1]:40000',
    '[::1]:5000',
    tcp({ from: 'a:40000', to: 'b:5000', seq: 1, data: frame(1) }),
  );
  const four = message(1);
  const head = (hex: string, packet: Buffer): Buffer => Buffer.concat([Buffer.from(hex, 'hex'), packet]);

  it.each([
    ['Ethernet', 1, ethernet(four)],
    ['Ethernet with a VLAN tag', 1, ethernet(four, [0x8100])],
    ['Ethernet with two', 1, ethernet(four, [0x88a8, 0x8100])],
    ['null, little endian', 0, head('02000000', four)],
    ['null, big endian', 0, head('00000002', four)],
    ['loopback', 108, head('00000002', four)],
    ['raw IP', 101, four],
    ['raw IPv4', 228, four],
    ['Linux cooked', 113, head('0000030400060000000000000000'.padEnd(28, '0') + '0800', four)],
    [
      'Linux cooked with a tag',
      113,
      head('0000030400060000000000000000'.padEnd(28, '0') + '810000070800', four),
    ],
    ['Linux cooked 2', 276, head('0800000000000001030400060000000000000000', four)],
    ['Linux cooked 2 with a tag', 276, head('810000000000000103040006000000000000000000070800', four)],
    ['null with IPv6', 0, head('1e000000', six)],
    ['Ethernet with IPv6', 1, ethernet(six)],
    ['raw IPv6', 229, six],
  ])('%s', (_name, linkType, bytes) => {
    expect(asPcap(linkType, bytes).events.map(({ kind }) => kind)).toEqual(['opened', 'message']);
  });

  it('counts what leads to no segment', () => {
    const arp = Buffer.concat([Buffer.alloc(12), Buffer.from('0806', 'hex'), Buffer.alloc(28)]);
    const udp = ethernet(ipv4(HOST, TOOL, Buffer.alloc(8), { protocol: 17 }));
    const odd = ethernet(Buffer.from([0x55, 0, 0]));
    expect(asPcap(1, arp, udp, odd, Buffer.alloc(9), ethernet(four).subarray(0, 30)).counts).toMatchObject({
      packets: 5,
      notIp: 1,
      notTcp: 2,
      truncated: 2,
    });
    expect([...asPcap(147, four, four).counts.unknownLinkTypes]).toEqual([[147, 2]]);
    expect(asPcap(0, head('09000000', four), Buffer.alloc(2)).counts).toMatchObject({
      notIp: 1,
      truncated: 1,
    });
    expect(asPcap(276, head('0806'.padEnd(40, '0'), four), Buffer.alloc(3)).counts).toMatchObject({
      notIp: 1,
      truncated: 1,
    });
    const cutShort = ethernet(ipv4(HOST, TOOL, Buffer.alloc(10)));
    expect(
      asPcap(1, cutShort, ethernet(six).subarray(0, 40), ethernet(Buffer.alloc(0))).counts.truncated,
    ).toBe(3);
  });
});

describe('IP', () => {
  const ends = { from: HOST, to: TOOL };
  const kinds = (bytes: Buffer[]): string[] => asPcap(101, ...bytes).events.map(({ kind }) => kind);
  const segment = tcp({ ...ends, seq: 1, options: 12, data: frame(1, 100) });

  it('passes over options, padding, and the length 0 of offloaded packets', () => {
    const padded = Buffer.concat([ipv4(HOST, TOOL, segment, { options: 8 }), Buffer.alloc(20, 9)]);
    expect(kinds([padded])).toEqual(['opened', 'message']);
    expect(kinds([ipv4(HOST, TOOL, segment, { total: 0 })])).toEqual(['opened', 'message']);
  });

  it('puts IPv4 fragments together in any order, once', () => {
    const part = (offset: number, end: number): Buffer =>
      ipv4(HOST, TOOL, segment.subarray(offset, end), {
        id: 5,
        fragment: { offset, more: end < segment.length },
      });
    const parts = [part(0, 48), part(48, 96), part(48, 96), part(96, segment.length)];
    expect(kinds([parts[3]!, parts[1]!, parts[2]!, parts[0]!])).toEqual(['opened', 'message']);
    expect(asPcap(101, ...parts.slice(0, 3)).counts).toMatchObject({ fragments: 3, fragmentsLost: 1 });
    const far = ipv4(HOST, TOOL, Buffer.alloc(80), { id: 6, fragment: { offset: 65_528, more: true } });
    const cut = pcapFile([{ time: T0, bytes: parts[0]!, snap: 40 }], { linkType: 101 });
    expect(asPcap(101, far).counts).toMatchObject({ fragments: 1, fragmentsLost: 1 });
    expect(decodeFile(cut).counts).toMatchObject({ fragments: 1, fragmentsLost: 1 });
    const udp = ipv4(HOST, TOOL, Buffer.alloc(8), { protocol: 17, fragment: { offset: 0, more: true } });
    expect(asPcap(101, udp).counts).toMatchObject({ notTcp: 1, fragmentsLost: 0 });
  });

  it('gives up the oldest of too many fragmented packets', () => {
    const first = (id: number): Buffer =>
      ipv4(HOST, TOOL, segment.subarray(0, 48), { id, fragment: { offset: 0, more: true } });
    const many = Array.from({ length: 300 }, (_, id) => first(id));
    expect(asPcap(101, ...many).counts).toMatchObject({ fragments: 300, fragmentsLost: 300 });
  });

  it('passes over extension headers of IPv6 and puts its fragments together', () => {
    const v6 = (extensions: string[], payload: Buffer, next: number): Buffer =>
      ipv6(
        '[2001:db8::1]:40000',
        '[2001:db8::2]:5000',
        payload,
        next,
        extensions.map((hex) => Buffer.from(hex, 'hex')),
      );
    const many = ['2b00000000000000', '3300000000000000', `06020000${'00'.repeat(12)}`];
    const { events } = asPcap(101, v6(many, segment, 0));
    expect(events).toMatchObject([
      { kind: 'opened', from: '[2001:db8::1]:40000', to: '[2001:db8::2]:5000' },
      { kind: 'message' },
    ]);
    expect(kinds([v6(['0600000000000007'], segment, 44)])).toEqual(['opened', 'message']);
    const one = v6(['0600000100000007'], segment.subarray(0, 48), 44);
    const two = v6(['0600003000000007'], segment.subarray(48), 44);
    expect(kinds([two, one])).toEqual(['opened', 'message']);
    expect(asPcap(101, v6(['06'], Buffer.alloc(0), 60)).counts.truncated).toBe(1);
    expect(asPcap(101, v6([], Buffer.alloc(8), 17)).counts.notTcp).toBe(1);
    expect(asPcap(101, v6(['06ff000000000000'], segment, 60)).counts.truncated).toBe(1);
  });
});
