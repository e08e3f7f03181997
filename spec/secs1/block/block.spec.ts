import fc from 'fast-check';
import { BlockReader, checksum, encodeBlock, isLength } from '../../../src/secs1/block/block.js';
import { Secs1Header } from '../../../src/secs1/block/header.js';

const header = Secs1Header.of({
  rBit: false,
  sessionId: 1,
  stream: 1,
  function: 1,
  wBit: true,
  systemBytes: 0x01020304,
});

describe('blocks', () => {
  it('B-10: are a length byte, header, body and the sum of both, high byte first', () => {
    expect(encodeBlock(header, Buffer.alloc(0)).toString('hex')).toBe('0a00018101800101020304010e');
    expect(
      encodeBlock(header, Buffer.from([0xff, 0xff]))
        .subarray(-4)
        .toString('hex'),
    ).toBe('ffff' + '030c');
  });

  it('B-10: have sums modulo 65,536', () => {
    expect(checksum(Buffer.alloc(300, 255), 0, 300)).toBe((300 * 255) % 65_536);
    expect(checksum(Buffer.from([9, 1, 2, 9]), 1, 3)).toBe(3);
  });

  it('B-10: have a length of 10 to 254', () => {
    expect([0, 9, 10, 254, 255].map(isLength)).toEqual([false, false, true, true, false]);
    expect(encodeBlock(header, Buffer.alloc(244))).toHaveLength(257);
  });

  it('B-10: read the same in whatever pieces they come', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 244 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 }),
        (bodies, sizes) => {
          const bytes = Buffer.concat(bodies.map((body) => encodeBlock(header, body)));
          const reader = new BlockReader();
          const read: string[] = [];
          let inBlock = false;
          let piece = 0;
          for (let at = 0; at < bytes.length;) {
            const chunk = bytes.subarray(at, at + (sizes[piece++ % sizes.length] as number));
            at += chunk.length;
            for (let offset = 0; offset < chunk.length;) {
              if (!inBlock) {
                reader.begin(chunk[offset++] as number);
                inBlock = true;
              }
              offset = reader.take(chunk, offset);
              if (!reader.complete) continue;
              inBlock = false;
              const block = reader.read();
              expect(block?.header.equals(header)).toBe(true);
              read.push(block?.body.toString('hex') ?? '');
            }
          }
          expect(read).toEqual(bodies.map((body) => Buffer.from(body).toString('hex')));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('B-10: are refused with any one bit changed', () => {
    const bytes = encodeBlock(header, Buffer.from('body'));
    const reader = new BlockReader();
    for (let bit = 8; bit < bytes.length * 8; bit++) {
      const wrong = Buffer.from(bytes);
      wrong[bit >> 3] = (wrong[bit >> 3] as number) ^ (1 << (bit & 7));
      reader.begin(bytes[0] as number);
      expect(reader.take(wrong, 1)).toBe(bytes.length);
      expect({ bit, read: reader.read() }).toEqual({ bit, read: undefined });
    }
  });
});
