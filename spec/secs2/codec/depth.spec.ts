import fc from 'fast-check';
import { decodeItem } from '../../../src/secs2/codec/decode.js';
import { depthOf, encodeItem } from '../../../src/secs2/codec/encode.js';
import { Secs2DepthError } from '../../../src/secs2/errors.js';
import { A, L } from '../../../src/secs2/items/factories.js';
import { U1 } from '../../../src/secs2/items/number-factories.js';
import type { Item } from '../../../src/secs2/items/item.js';
import { anyItem } from '../support/arbitraries.js';
import { catchError } from '../support/catch-error.js';

const nested = (depth: number): Item => (depth === 0 ? U1(1) : L(U1(2), nested(depth - 1), A('x')));

/** The nested lists, counted by walking. */
function count(item: Item): number {
  return item.format === 'L' ? 1 + Math.max(0, ...item.items.map(count)) : 0;
}

describe('the depth of lists (P-62)', () => {
  it('is the same for an item that was built and one that was decoded, whatever stands last', () => {
    fc.assert(
      fc.property(anyItem, (item) => {
        expect(depthOf(item)).toBe(count(item));
        expect(depthOf(decodeItem(encodeItem(item)))).toBe(count(item));
      }),
    );
  });

  it.each<[string, Item, number]>([
    ['the deepest list first', L(nested(3), nested(1)), 4],
    ['the deepest list last', L(nested(1), nested(3)), 4],
    ['data after the lists', L(nested(2), U1(1)), 3],
    ['an empty list', L(), 1],
    ['an empty list in a list', L(U1(1), L()), 2],
    ['data of two length bytes', L(A('x'.repeat(300)), U1(1)), 1],
    ['an empty list behind a deeper one', L(nested(2), L()), 3],
    ['such data behind a list', L(L(L()), A('x'.repeat(300))), 3],
    ['no list', A('x'), 0],
  ])('counts %s', (_name, item, depth) => {
    expect(depthOf(item)).toBe(depth);
    expect(depthOf(decodeItem(encodeItem(item)))).toBe(depth);
  });

  it.each([1, 2, 3, 7, 64])('of %i is allowed by a cap of as many, and by none below', (depth) => {
    const built = nested(depth);
    const bytes = encodeItem(built, { maxDepth: depth });
    const decoded = decodeItem(bytes, { maxDepth: depth });
    expect(decoded.equals(built)).toBe(true);
    expect(catchError(() => decodeItem(bytes, { maxDepth: depth - 1 }))).toBeInstanceOf(Secs2DepthError);
    for (const item of [built, decoded]) {
      expect(catchError(() => encodeItem(item, { maxDepth: depth - 1 }))).toBeInstanceOf(Secs2DepthError);
    }
  });

  it('is 64 at the most unless told otherwise', () => {
    const bytes = encodeItem(nested(65), { maxDepth: 65 });
    expect(() => decodeItem(bytes)).toThrow(Secs2DepthError);
    expect(() => encodeItem(nested(65))).toThrow(Secs2DepthError);
  });
});

describe('a body at fault', () => {
  it.each([
    ['0101 0102 a50101 0102 a50102 4105', [0, 1, 1], 12, 'A of 5 bytes, but 0 are left'],
    ['0101 0101 0101 0102 4100 4000', [0, 0, 0, 1], 10, 'item header 0x40 has no length bytes'],
    ['0103 0101 4100 0100 0200', [2], 8, 'item header 0x02 is cut off after 2 bytes'],
    ['0102 4100 0705', [1], 4, 'item header 0x07 is cut off after 2 bytes'],
    ['0102 4100 fd00', [1], 4, 'format code 77 (octal) is not one of E5'],
    ['0102 4100 0500', [1], 4, 'format code 01 (octal) is not one of E5'],
    ['0102 4100 a903ffffff', [1], 4, 'U2 of 3 bytes: not a multiple of 2'],
    ['0102 4100 01024100', [1], 4, 'L of 2 items, but 2 bytes are left'],
  ])('%s is told by its path and place', (hex, path, offset, text) => {
    const bytes = Buffer.from(hex.replace(/ /g, ''), 'hex');
    const error = catchError(() => decodeItem(bytes));
    expect(error).toMatchObject({ path, offset });
    expect(String(error)).toContain(text);
  });

  it('with a header of no length bytes is refused for that, whatever follows (P-60)', () => {
    expect(() => decodeItem(Buffer.from('4000', 'hex'))).toThrow('item header 0x40 has no length bytes');
    expect(() => decodeItem(Buffer.from('0000', 'hex'))).toThrow('item header 0x00 has no length bytes');
  });
});
