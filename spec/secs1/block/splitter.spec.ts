import { MAX_BODY_BYTES, Splitter } from '../../../src/secs1/block/splitter.js';
import { Secs1Header } from '../../../src/secs1/block/header.js';

const header = Secs1Header.of({
  rBit: true,
  sessionId: 2,
  stream: 7,
  function: 3,
  wBit: true,
  systemBytes: 9,
});
const blocksOf = (splitter: Splitter): Buffer[] =>
  Array.from({ length: splitter.count }, (_, i) => splitter.block(i));

describe('Splitter', () => {
  it.each([
    [0, [0]],
    [244, [244]],
    [245, [244, 1]],
    [488, [244, 244]],
    [500, [244, 244, 12]],
  ])('B-12: splits %i bytes into full blocks and the rest', (length, sizes) => {
    const body = Buffer.from(Array.from({ length }, (_, i) => i % 251));
    const blocks = blocksOf(new Splitter(header, body));
    expect(blocks.map((block) => block.length - 13)).toEqual(sizes);
    expect(Buffer.concat(blocks.map((block) => block.subarray(11, -2)))).toEqual(body);
  });

  it('B-12: numbers them from 1, E on the last alone, all else equal', () => {
    const headers = blocksOf(new Splitter(header, Buffer.alloc(600))).map((block) =>
      Secs1Header.parse(block, 1),
    );
    expect(headers.map(({ blockNumber, eBit }) => [blockNumber, eBit])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
    for (const one of headers) expect(one.continues(header) && one.rBit).toBe(true);
  });

  it('B-12: takes 7,995,148 bytes and not one more', () => {
    expect(MAX_BODY_BYTES).toBe(7_995_148);
    const last = new Splitter(header, Buffer.alloc(MAX_BODY_BYTES)).block(32_766);
    expect(Secs1Header.parse(last, 1)).toMatchObject({ blockNumber: 32_767, eBit: true });
    expect(() => new Splitter(header, Buffer.alloc(MAX_BODY_BYTES + 1))).toThrow(
      'S7F3 has a body of 7995149 bytes: SECS-I carries at most 7995148, in 32767 blocks',
    );
  });

  it('B-13: gives a single block the number 1, or 0 where asked to; of several the first is 1', () => {
    const numbers = (length: number, single: 0 | 1): number[] =>
      blocksOf(new Splitter(header, Buffer.alloc(length), single)).map(
        (b) => Secs1Header.parse(b, 1).blockNumber,
      );
    expect(numbers(3, 1)).toEqual([1]);
    expect(numbers(3, 0)).toEqual([0]);
    expect(numbers(300, 0)).toEqual([1, 2]);
  });
});
