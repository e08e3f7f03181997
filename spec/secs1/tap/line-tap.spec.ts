import fc from 'fast-check';
import { encodeBlock } from '../../../src/secs1/block/block.js';
import { Splitter } from '../../../src/secs1/block/splitter.js';
import { LineTap, Secs1Header, type TapEvent, type TapWay } from '../../../src/secs1/index.js';

const header = (fields: Partial<Parameters<typeof Secs1Header.of>[0]> = {}): Secs1Header =>
  Secs1Header.of({
    ...{ rBit: false, sessionId: 1, stream: 1, function: 1, wBit: true, systemBytes: 7 },
    ...fields,
  });

/** An event in short. */
function short(event: TapEvent): string {
  const gap = event.gap === undefined ? '' : ` +${event.gap}`;
  const way = event.way === undefined ? '' : `${event.way === 'first' ? '>' : '<'} `;
  switch (event.kind) {
    case 'handshake':
      return `${way}${event.name}${gap}`;
    case 'block':
      return `${way}block ${event.header.blockNumber}${event.header.eBit ? 'E' : ''} ${event.bytes}${gap}${event.longestGap === undefined ? '' : ` t1 ${event.longestGap}`}`;
    case 'badBlock':
      return `${way}bad ${event.reason} ${event.bytes.length}${gap}`;
    case 'stray':
      return `${way}stray ${event.bytes.toString('hex')}${gap}`;
    case 'message':
      return `${way}message S${event.packet.header.stream}F${event.packet.header.function} ${event.packet.body.length}`;
    case 'dropped':
      return `${way}dropped ${event.reason}`;
    case 'duplicate':
      return `${way}duplicate`;
  }
}

type Push = readonly [hex: string | Buffer, way?: TapWay, at?: number];

function seen(pushes: readonly Push[]): string[] {
  const told: string[] = [];
  const tap = new LineTap((event) => told.push(short(event)));
  for (const [bytes, way, at] of pushes) {
    tap.push(typeof bytes === 'string' ? Buffer.from(bytes, 'hex') : bytes, way, at);
  }
  tap.end();
  return told;
}

const one = encodeBlock(header(), Buffer.alloc(0));
const two = new Splitter(header({ stream: 7, function: 3 }), Buffer.alloc(300, 5), 1);

describe('LineTap', () => {
  it('B-83: sees hand-shakes, blocks and messages, and the pauses between them', () => {
    const told = seen([
      ['05', 'first', 0],
      ['04', 'second', 12],
      [one.subarray(0, 4), 'first', 20],
      [one.subarray(4), 'first', 150],
      ['06', 'second', 160],
    ]);
    expect(told).toEqual(['> ENQ', '< EOT +12', '> block 1E 0 +8 t1 130', '> message S1F1 0', '< ACK +10']);
  });

  it('B-83: puts blocks together, once those that were refused have come again', () => {
    const bad = Buffer.from(two.block(1));
    bad[20] = 99;
    const told = seen([
      ...([
        ['05', 'first'],
        ['04', 'second'],
        [two.block(0), 'first'],
        ['06', 'second'],
      ] as Push[]),
      ...([
        ['05', 'first'],
        ['04', 'second'],
        [bad, 'first'],
        ['15', 'second'],
      ] as Push[]),
      ...([
        ['05', 'first'],
        ['04', 'second'],
        [two.block(1), 'first'],
        ['06', 'second'],
      ] as Push[]),
    ]);
    expect(told).toEqual([
      ...['> ENQ', '< EOT', '> block 1 244', '< ACK'],
      ...['> ENQ', '< EOT', '> bad checksum 69', '< NAK'],
      ...['> ENQ', '< EOT', '> block 2E 56', '> message S7F3 300', '< ACK'],
    ]);
  });

  it.each<[string, Push[], string[]]>([
    [
      'a block that the peer refused although it is whole',
      [
        ['05', 'first'],
        ['04', 'second'],
        [one, 'first'],
        ['15', 'second'],
        ['05', 'first'],
      ],
      ['> ENQ', '< EOT', '> block 1E 0', '< NAK', '> ENQ'],
    ],
    [
      'a block that was cut, by the NAK for it',
      [
        ['05', 'first'],
        ['04', 'second'],
        [one.subarray(0, 5), 'first'],
        ['15', 'second'],
      ],
      ['> ENQ', '< EOT', '> bad cut 5', '< NAK'],
    ],
    [
      'a block that pauses for longer than T1 may be',
      [['0504'], [one.subarray(0, 5), undefined, 0], ['15', undefined, 10_001]],
      ['ENQ', 'EOT', 'bad cut 5', 'NAK +10001'],
    ],
    [
      'contention: ENQ for ENQ',
      [
        ['05', 'first'],
        ['05', 'second'],
        ['04', 'second'],
        [one, 'first'],
        ['06', 'second'],
      ],
      ['> ENQ', '< ENQ', '< EOT', '> block 1E 0', '> message S1F1 0', '< ACK'],
    ],
    [
      'bytes that mean nothing',
      [
        ['fffb', 'first'],
        ['05ff', 'second'],
        ['01', 'first'],
        ['02', 'second'],
      ],
      ['> stray fffb', '< ENQ', '< stray ff', '> stray 01', '< stray 02'],
    ],
    [
      'what the other end says in the middle of a block',
      [
        ['05', 'first'],
        ['04', 'second'],
        [one.subarray(0, 5), 'first'],
        ['ff', 'second'],
        [one.subarray(5), 'first'],
      ],
      ['> ENQ', '< EOT', '< stray ff', '> block 1E 0', '> message S1F1 0'],
    ],
    [
      'a block that comes twice',
      [
        ['05', 'first'],
        ['04', 'second'],
        [one, 'first'],
        ['06', 'second'],
        ['05', 'first'],
        ['04', 'second'],
        [one, 'first'],
        ['06', 'second'],
      ],
      [
        '> ENQ',
        '< EOT',
        '> block 1E 0',
        '> message S1F1 0',
        '< ACK',
        '> ENQ',
        '< EOT',
        '> block 1E 0',
        '> duplicate',
        '< ACK',
      ],
    ],
    [
      'a message whose first block is missing',
      [['0504'], [two.block(1)], ['06']],
      ['ENQ', 'EOT', 'block 2E 56', 'dropped noFirstBlock', 'ACK'],
    ],
    [
      'both directions in one stream',
      [[Buffer.concat([Buffer.of(5, 4), two.block(0), Buffer.of(6, 5, 4), two.block(1), Buffer.of(6)])]],
      ['ENQ', 'EOT', 'block 1 244', 'ACK', 'ENQ', 'EOT', 'block 2E 56', 'message S7F3 300', 'ACK'],
    ],
    [
      'one direction alone',
      [[Buffer.concat([Buffer.of(5), two.block(0), Buffer.of(5), two.block(1), Buffer.of(6)]), 'first']],
      ['> ENQ', '> block 1 244', '> ENQ', '> block 2E 56', '> message S7F3 300', '> ACK'],
    ],
    [
      'blocks that follow without ENQ',
      [
        ['05', 'first'],
        ['04', 'second'],
        [two.block(0), 'first'],
        ['06', 'second'],
        [two.block(1), 'first'],
        ['06', 'second'],
      ],
      ['> ENQ', '< EOT', '> block 1 244', '< ACK', '> block 2E 56', '> message S7F3 300', '< ACK'],
    ],
    [
      'a block at the end that nobody answers',
      [['0504'], [one]],
      ['ENQ', 'EOT', 'block 1E 0', 'message S1F1 0'],
    ],
    ['a block that the end cuts', [['0504'], [one.subarray(0, 3)]], ['ENQ', 'EOT', 'bad cut 3']],
    ['a length byte where none can be', [['0a'], ['06'], ['0a']], ['stray 0a', 'ACK', 'stray 0a']],
  ])('B-83: sees %s', (_, pushes, told) => {
    expect(seen(pushes)).toEqual(told);
  });

  it('B-83: sees the same however the bytes of an end are cut', () => {
    const stream = Buffer.concat([
      Buffer.of(5, 4),
      two.block(0),
      Buffer.of(6, 5, 4),
      two.block(1),
      Buffer.of(6),
    ]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: stream.length }), { maxLength: 8 }), (cuts) => {
        const ends = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const pieces = ends.slice(1).map((end, i): Push => [stream.subarray(ends[i], end)]);
        expect(seen(pieces)).toEqual(seen([[stream]]));
      }),
      { numRuns: 50 },
    );
  });

  it('B-83: never throws on what comes', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.uint8Array({ maxLength: 20 }), fc.constantFrom<TapWay>('first', 'second', undefined)),
        ),
        (pushes) => {
          const tap = new LineTap(() => {});
          pushes.forEach(([bytes, way], i) => tap.push(bytes, way, i));
          tap.end();
        },
      ),
      { numRuns: 200 },
    );
  });
});
