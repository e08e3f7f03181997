import fc from 'fast-check';
import { decodeItem } from '../../../src/secs2/codec/decode.js';
import { encodedLength, encodeItem, writeItem } from '../../../src/secs2/codec/encode.js';
import { A, L } from '../../../src/secs2/items/factories.js';
import { U2, U4 } from '../../../src/secs2/items/number-factories.js';
import type { Item } from '../../../src/secs2/items/item.js';
import { anyItem } from '../support/arbitraries.js';
import { WritableBytes } from '../../../src/secs2/codec/writable-bytes.js';

/** What lies in a larger buffer after an item was written into it at a position. */
function written(item: Item, position: number): { bytes: Buffer; end: number; around: Set<number> } {
  const out = Buffer.alloc(encodedLength(item) + 2 * position, 0xee);
  const end = writeItem(item, new WritableBytes(out), position);
  const around = new Set([...out.subarray(0, position), ...out.subarray(end)]);
  return { bytes: out.subarray(position, end), end, around };
}

describe('writeItem', () => {
  it('writes an item of any origin where it is told, and nothing beside it (P-61)', () => {
    fc.assert(
      fc.property(anyItem, fc.integer({ min: 1, max: 20 }), (built, position) => {
        const whole = encodeItem(built);
        const decoded = decodeItem(whole);
        // A child of a decoded list begins in the middle of the bytes it was decoded from.
        const child = decodeItem(encodeItem(L(A('before'), built))).at(1);
        const mixed = L(decoded, U2(7), decoded, built);
        for (const item of [built, decoded, child, mixed]) {
          const { bytes, end, around } = written(item, position);
          expect(bytes).toEqual(item === mixed ? encodeItem(mixed) : whole);
          expect(end).toBe(position + encodedLength(item));
          expect([...around]).toEqual([0xee]);
        }
      }),
    );
  });

  it.each([1, 31, 32, 33, 63, 64, 65, 127, 128, 129, 300])('writes %i values as it reads them', (count) => {
    const item = U4(Array.from({ length: count }, (_, i) => i * 0x00d00b05));
    const { bytes, around } = written(item, 9);
    expect([...decodeItem(bytes).u4]).toEqual([...item.u4]);
    expect([...around]).toEqual([0xee]);
  });
});
