import { decodeItem } from '../../../src/secs2/codec/decode.js';
import { encodeItem } from '../../../src/secs2/codec/encode.js';
import { A, L } from '../../../src/secs2/items/factories.js';
import type { Item } from '../../../src/secs2/items/item.js';

/** Lists in one another, each with a text before and after the next. */
function nested(depth: number): Item {
  let item: Item = L(A('core'));
  for (let i = 1; i < depth; i++) item = L(A('before'), item, A(`after ${i}`));
  return item;
}

describe('the stacks that items share', () => {
  it('hold nothing over from a body that ends inside its lists', () => {
    const whole = nested(20).encode();
    for (let end = 1; end < whole.length; end++) {
      expect(() => decodeItem(whole.subarray(0, end))).toThrow();
      expect(decodeItem(whole).encode().equals(whole)).toBe(true);
    }
  });

  it('hold nothing over from a body with too many lists or items', () => {
    const whole = nested(20).encode();
    for (const options of [{ maxDepth: 10 }, { maxItems: 30 }]) {
      expect(() => decodeItem(whole, options)).toThrow(/more than|deeper than/);
      const again = decodeItem(whole);
      expect([again.length, again.byteLength]).toEqual([3, whole.length]);
      expect(again.equals(nested(20))).toBe(true);
    }
  });

  it.each([1, 63, 64, 65, 66, 500])('serve %i nested lists as well', (depth) => {
    const maxDepth = { maxDepth: Infinity };
    const bytes = encodeItem(nested(depth), maxDepth);
    const read = decodeItem(bytes, maxDepth);
    expect(read.equals(nested(depth))).toBe(true);
    expect(encodeItem(L(read, nested(depth)), maxDepth)).toEqual(
      Buffer.concat([Buffer.of(1, 2), bytes, bytes]),
    );
    expect(decodeItem(nested(3).encode()).equals(nested(3))).toBe(true);
  });
});
