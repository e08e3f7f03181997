import fc from 'fast-check';
import { A, B, decodeItem, L, S, U1, U4, type Item } from '../../../src/secs2/index.js';
import { itemParts } from '../../../src/secs2/codec/parts.js';

const LARGE = 16 * 1024;

describe('itemParts', () => {
  it('gives the bytes of the encoded item', () => {
    const bytes = fc
      .oneof(
        fc.nat(200),
        fc.integer({ min: LARGE - 8, max: LARGE + 8 }),
        fc.integer({ min: 30_000, max: 70_000 }),
      )
      .map((size) => Buffer.alloc(size, 'an uneven text'));
    const leaf = fc.oneof(
      bytes.map((data): Item => B(data)),
      bytes.map((data): Item => A(data.toString('latin1'))),
      bytes.map((data): Item => U1(data)),
      bytes.map((data): Item => decodeItem(B(data).encode())),
      fc.nat().map((n): Item => U4(n)),
    );
    const list = fc.array(leaf, { maxLength: 4 }).map((items): Item => L(items));
    const tree = fc.array(
      fc.oneof(
        leaf,
        list,
        list.map((item) => decodeItem(item.encode())),
      ),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(tree, (items) => {
        const item = L(items);
        const parts = itemParts(item);
        expect(Buffer.concat(parts).equals(item.encode())).toBe(true);
        expect(parts.every(({ length }) => length > 0)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('hands on large binary data where it lies, between what is written', () => {
    const program = B(Buffer.alloc(LARGE, 1));
    const parts = itemParts(L(A('RECIPE-01'), program, U4(7)));
    expect(parts.map(({ length }) => length)).toEqual([2 + 11 + 3, LARGE, 6]);
    expect(parts[1]).toBe(program.binary);
  });

  it('hands on a large item as it came in', () => {
    const bytes = L(B(Buffer.alloc(LARGE))).encode();
    const [, second] = itemParts(L(U4(1), decodeItem(bytes)));
    expect(second?.buffer).toBe(bytes.buffer);
    expect(second).toHaveLength(bytes.length);
  });

  it('copies what is small or not bytes', () => {
    expect(itemParts(B(Buffer.alloc(LARGE - 5)))).toHaveLength(1);
    expect(itemParts(A('x'.repeat(2 * LARGE)))).toHaveLength(1);
  });
});

describe('the parts of a body', () => {
  it('are what was encoded already, or came in; none where there is no item', () => {
    const sent = S(7, 3, L(A('RECIPE-01'), B(Buffer.alloc(LARGE))));
    expect(sent.bodyParts).toHaveLength(2);
    const { body } = sent;
    expect(sent.bodyParts).toEqual([body]);
    expect(S(1, 1).bodyParts).toEqual([]);
  });
});
