import { builtItem, builtList, rawItem } from '../../../src/secs2/items/build.js';
import { decodeItem } from '../../../src/secs2/codec/decode.js';
import { encodeItem } from '../../../src/secs2/codec/encode.js';
import { A, B, BOOLEAN, C2, J, L } from '../../../src/secs2/items/factories.js';
import { FormatCode, MAX_ITEM_LENGTH } from '../../../src/secs2/formats.js';
import type { Item } from '../../../src/secs2/items/item.js';
import { F4, F8, I1, I2, I4, I8, U1, U2, U4, U8 } from '../../../src/secs2/items/number-factories.js';

const loosely = (make: unknown): ((...args: unknown[]) => Item) => make as (...args: unknown[]) => Item;

describe('factories', () => {
  it.each<[string, (...values: never[]) => Item, number | bigint, number | bigint]>([
    ['B', B, 0, 255],
    ['I1', I1, -128, 127],
    ['I2', I2, -32768, 32767],
    ['I4', I4, -(2 ** 31), 2 ** 31 - 1],
    ['I8', I8, -(2n ** 63n), 2n ** 63n - 1n],
    ['U1', U1, 0, 255],
    ['U2', U2, 0, 65535],
    ['U4', U4, 0, 2 ** 32 - 1],
    ['U8', U8, 0n, 2n ** 64n - 1n],
  ])('%s takes its least and its greatest value, and none beyond', (name, make, least, greatest) => {
    const factory = loosely(make);
    const bytes = encodeItem(factory(least, greatest));
    expect(decodeItem(bytes).toJSON()).toEqual(factory([least, greatest]).toJSON());
    const one = typeof least === 'bigint' ? 1n : 1;
    for (const value of [(least as number) - (one as number), (greatest as number) + (one as number)]) {
      expect(() => factory(value)).toThrow(`${name}: value 0 must be`);
      expect(() => factory([least, value])).toThrow(`${name}: value 1 must be`);
    }
  });

  it.each<[string, unknown]>([
    ['B', B],
    ['I1', I1],
    ['I2', I2],
    ['I4', I4],
    ['U1', U1],
    ['U2', U2],
    ['U4', U4],
  ])('%s takes integers only', (name, make) => {
    const factory = loosely(make);
    for (const value of [1.5, NaN, Infinity, '1', null, undefined, {}, true]) {
      expect(() => factory(value)).toThrow(`${name}: value 0 must be a whole number from`);
      expect(() => factory([1, value])).toThrow(`${name}: value 1 must be a whole number from`);
    }
    // An array stands for its values alone, not among others.
    expect(() => factory([1], 2)).toThrow(`${name}: value 0 must be a whole number from`);
  });

  it('F4 rounds to single precision, F8 keeps what it is given', () => {
    for (const item of [F4(0.1), F4([0.1])]) expect(item.number).toBe(Math.fround(0.1));
    for (const item of [F8(0.1), F8([0.1])]) expect(item.number).toBe(0.1);
    expect(F8(1e300).number).toBe(1e300);
    expect(F8([1e300]).number).toBe(1e300);
    expect(F4(-Infinity).number).toBe(-Infinity);
    expect(() => F4(1e300)).toThrow(
      'F4: value 0 must be a number from -3.4028235e38 to 3.4028235e38, NaN or an infinity, received 1e+300',
    );
    for (const value of ['1', null, {}]) {
      expect(() => loosely(F4)(value)).toThrow('F4: value 0 must be a number, received');
      expect(() => loosely(F8)(1, value)).toThrow('F8: value 1 must be a number, received');
    }
  });

  it('text factories take bytes as they are, and nothing but text and bytes', () => {
    const bytes = Buffer.from('80ff', 'hex');
    expect(encodeItem(A(bytes)).toString('hex')).toBe('410280ff');
    expect(encodeItem(J(bytes)).toString('hex')).toBe('450280ff');
    expect(encodeItem(C2(bytes, 7)).toString('hex')).toBe('4904000780ff');
    expect(encodeItem(C2('é')).toString('hex')).toBe('49040002c3a9');
    for (const [name, make] of Object.entries({ A, J, C2 })) {
      expect(() => loosely(make)(5)).toThrow(`${name}: value must be a string or a Uint8Array, received 5`);
    }
  });

  it.each([0, 1, 4095, 4096, 100_000])('B takes a copy of %i bytes, in memory of its own', (length) => {
    const memory = Buffer.alloc(length + 20, 7);
    const item = B(memory.subarray(10, 10 + length));
    memory.fill(9);
    const values = item.values as unknown as Uint8Array;
    expect(Object.getPrototypeOf(values)).toBe(Uint8Array.prototype);
    expect([values.length, values.buffer.byteLength]).toEqual([length, length]);
    expect(values.every((byte) => byte === 7)).toBe(true);
  });

  it('A refuses what is not ASCII, from the first character on', () => {
    expect(() => A('é')).toThrow(
      `A: "é" (character 0) is not ASCII: name a code page, as in A(text, 'gbk'), or give the bytes`,
    );
  });

  it('BOOLEAN takes truths, or bytes', () => {
    expect(BOOLEAN([true, false]).values).toEqual([true, false]);
    expect(BOOLEAN().values).toEqual([]);
    expect(() => loosely(BOOLEAN)([true], false)).toThrow('BOOLEAN: value 0 must be');
  });
});

describe('items as they are built', () => {
  const longer = MAX_ITEM_LENGTH + 1;

  it('hold at most 16,777,215 bytes or items (P-63)', () => {
    expect(builtItem<'A'>(FormatCode.A, '', MAX_ITEM_LENGTH).length).toBe(MAX_ITEM_LENGTH);
    expect(rawItem('B', new Uint8Array(MAX_ITEM_LENGTH)).length).toBe(MAX_ITEM_LENGTH);
    const tooLong = [
      [() => builtItem<'A'>(FormatCode.A, '', longer), 'A of 16777216 bytes'],
      [() => rawItem('B', new Uint8Array(longer)), 'B of 16777216 bytes'],
      [() => builtList(new Array<Item>(longer)), 'L of 16777216 items'],
    ] as const;
    for (const [make, what] of tooLong) {
      expect(make).toThrow(`${what}: at most 16777215 fit an item (E5)`);
      expect(make).toThrow(expect.objectContaining({ code: 'SECS2_ITEM_TOO_LONG' }) as Error);
    }
  });

  it.each([
    [0, 1],
    [255, 1],
    [256, 2],
    [65535, 2],
    [65536, 3],
  ])('of %i bytes have %i length bytes', (length, lengthBytes) => {
    expect(B(new Uint8Array(length)).lengthBytes).toBe(lengthBytes);
    expect(rawItem('B', new Uint8Array(length)).lengthBytes).toBe(lengthBytes);
  });

  it('know how deep they nest, and how long they are, wherever their children came from', () => {
    expect([L(), L(A('x')), L(L(L()), L()), L(L(), L(L()))].map(({ depth }) => depth)).toEqual([1, 1, 3, 3]);
    const decoded = decodeItem(encodeItem(L(A('before'), L(U4(1)))));
    expect(L(decoded.at(1), decoded.at(0)).byteLength).toBe(2 + 8 + 8);
  });
});
