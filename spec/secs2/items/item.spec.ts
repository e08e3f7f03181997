import { inspect } from 'node:util';
import { decodeItem } from '../../../src/secs2/codec/decode.js';
import { encodeItem } from '../../../src/secs2/codec/encode.js';
import {
  Secs2AccessError,
  Secs2ArgumentError,
  Secs2DepthError,
  Secs2TextError,
} from '../../../src/secs2/errors.js';
import { A, B, BOOLEAN, C2, J, L } from '../../../src/secs2/items/factories.js';
import { F4, F8, I1, I2, I4, I8, U1, U2, U4, U8 } from '../../../src/secs2/items/number-factories.js';
import type { Item } from '../../../src/secs2/items/item.js';
import { catchError } from '../support/catch-error.js';

const decoded = <I extends Item>(item: I): I => decodeItem(encodeItem(item)) as I;
const both = <I extends Item>(item: I): I[] => [item, decoded(item)];

describe('items', () => {
  it.each<[Item, string, number, unknown]>([
    [B(1, 2), 'B', 2, Uint8Array.of(1, 2)],
    [BOOLEAN(true, false), 'BOOLEAN', 2, [true, false]],
    [A('abc'), 'A', 3, 'abc'],
    [J('ｱ'), 'J', 1, 'ｱ'],
    [C2('日本', 'UCS-2'), 'C2', 4, '日本'],
    [I1(-1, 2), 'I1', 2, Int8Array.of(-1, 2)],
    [I2(-1, 2), 'I2', 2, Int16Array.of(-1, 2)],
    [I4(-1, 2), 'I4', 2, Int32Array.of(-1, 2)],
    [I8(-1n, 2), 'I8', 2, BigInt64Array.of(-1n, 2n)],
    [U1(1), 'U1', 1, Uint8Array.of(1)],
    [U2(1), 'U2', 1, Uint16Array.of(1)],
    [U4(1), 'U4', 1, Uint32Array.of(1)],
    [U8(1), 'U8', 1, BigUint64Array.of(1n)],
    [F4(0.5), 'F4', 1, Float32Array.of(0.5)],
    [F8(0.1), 'F8', 1, Float64Array.of(0.1)],
  ])('%s holds its values with their type', (item, format, length, values) => {
    for (const each of both(item)) {
      if (each.format === 'L') throw new Error('not data');
      expect(each.format).toBe(format);
      expect(each.length).toBe(length);
      expect(
        typeof values === 'object' && ArrayBuffer.isView(values)
          ? Array.from(each.values as Uint8Array)
          : each.values,
      ).toEqual(
        typeof values === 'object' && ArrayBuffer.isView(values) ? Array.from(values as Uint8Array) : values,
      );
      expect([...each]).toEqual([...(each.values as Iterable<unknown>)]);
      expect(Buffer.from(each.bytes).equals(encodeItem(each).subarray(2))).toBe(true);
      expect(each.lengthBytes).toBe(1);
    }
  });

  it('gives the values of each format by name', () => {
    expect(both(U4(7))[1]?.u4[0]).toBe(7);
    const list = L(
      B(1), BOOLEAN(true), A('a'), J('j'), I1(1), I2(2), I4(3), I8(4n), U1(5), U2(6), U4(7), U8(8n), F4(9), F8(10), C2('c', 'UTF-8'), L(),
    ); // prettier-ignore
    for (const item of both(list)) {
      expect([
        item.at(0).binary[0], item.at(1).boolean[0], item.at(2).ascii, item.at(3).jis8, item.at(4).i1[0], item.at(5).i2[0],
        item.at(6).i4[0], item.at(7).i8[0], item.at(8).u1[0], item.at(9).u2[0], item.at(10).u4[0], item.at(11).u8[0],
        item.at(12).f4[0], item.at(13).f8[0], item.at(14).localized.text, item.at(15).list.length,
      ]).toEqual([1, true, 'a', 'j', 1, 2, 3, 4n, 5, 6, 7, 8n, 9, 10, 'c', 0]); // prettier-ignore
    }
  });

  it.each<[string, () => unknown, string]>([
    ['u4 of A', () => A('x').u4, 'item is A, not U4'],
    ['ascii of L', () => L(A('x'), A('y')).ascii, 'item is L of 2 values, not A'],
    ['ascii of a decoded B', () => decoded(B(65, 66, 67, 68)).ascii, 'item is B of 4 values, not A'],
    ['ascii of a decoded J', () => decoded(J('text')).ascii, 'item is J of 4 values, not A'],
    ['list of U1', () => U1(1).list, 'item is U1, not L'],
    ['localized of A', () => A('x').localized, 'item is A, not C2'],
    ['localized of a decoded U4', () => decoded(U4(1)).localized, 'item is U4, not C2'],
    ['localized of L', () => L().localized, 'item is L of 0 values, not C2'],
    ['text of L', () => L(A('x')).text, 'item is L, not A, J or C2'],
    ['text of B', () => B(1).text, 'item is B, not A, J or C2'],
    ['bytes of L', () => L(A('x')).bytes, 'item is L, not anything but L'],
    ['number of two', () => U4(1, 2).number, 'item is U4 of 2 values, not one number'],
    ['number of I8', () => I8(1).number, 'item is I8, not one number'],
    ['number of A', () => A('1').number, 'item is A, not one number'],
    ['number of B', () => B(1).number, 'item is B, not one number'],
    ['bigint of F8', () => F8(1).bigint, 'item is F8, not one integer'],
    ['bigint of F4', () => F4(1).bigint, 'item is F4, not one integer'],
    ['bigint of B', () => B(1).bigint, 'item is B, not one integer'],
    ['bigint of L', () => L().bigint, 'item is L of 0 values, not one integer'],
    ['bigint of none', () => U8().bigint, 'item is U8 of 0 values, not one integer'],
    ['number of L', () => L().number, 'item is L of 0 values, not one number'],
  ])('says what is wrong with %s', (_name, read, message) => {
    const error = catchError(read);
    expect(error).toBeInstanceOf(Secs2AccessError);
    expect(error).toMatchObject({
      code: 'SECS2_WRONG_FORMAT',
      message: expect.stringContaining(message) as string,
    });
  });

  it.each<[Item, number]>([
    [I1(-5), -5],
    [I2(-500), -500],
    [I4(-50000), -50000],
    [U1(200), 200],
    [U2(60000), 60000],
    [U4(4e9), 4e9],
    [F4(0.5), 0.5],
    [F8(0.1), 0.1],
  ])('gives the one number of %s', (item, number) => {
    for (const each of both(item)) {
      expect(each.number).toBe(number);
      if (each.format !== 'F4' && each.format !== 'F8') expect(each.bigint).toBe(BigInt(number));
    }
  });

  it.each([I8(-(2n ** 63n)), U8(2n ** 64n - 1n)])('gives the one bigint of %s', (item) => {
    for (const each of both<Item>(item)) expect(each.bigint).toBe(item.values[0]);
  });

  it('gives the one number of an array of one', () => {
    for (const item of both(U4([7]))) expect([item.number, item.bigint]).toEqual([7, 7n]);
    for (const item of both(F8(Float64Array.of(0.1)))) expect(item.number).toBe(0.1);
    for (const item of both(I8([-7n]))) expect(item.bigint).toBe(-7n);
  });

  it.each([
    [A('x'), 'x'],
    [A('é', 'latin1'), 'é'],
    [J('ｱ'), 'ｱ'],
    [C2('日本', 'Shift-JIS'), '日本'],
  ])('gives the text of %s', (item, text) => {
    for (const each of both<Item>(item)) expect(each.text).toBe(text);
  });

  it('gives the text of A in its code page, and one character a byte besides', () => {
    const item = decodeItem(Buffer.from('4102c4e3', 'hex'), { codePage: 'gbk' });
    expect([item.text, item.ascii]).toEqual(['你', '\u00c4\u00e3']);
  });

  it.each([
    ['4900', 0, undefined, ''],
    ['490102', 0, undefined, ''],
    ['49020002', 2, 'UTF-8', ''],
    ['4903000261', 2, 'UTF-8', 'a'],
  ])('gives the encoding of %s', (bytes, encodingCode, encoding, text) => {
    const item = decodeItem(Buffer.from(bytes, 'hex'));
    expect(item.localized).toEqual({ encodingCode, encoding, text });
    expect(item.length).toBe(text.length);
  });

  it('tells how many bytes it takes, wherever it lies', () => {
    const tree = L(A('before'), L(U4(1, 2), A('')));
    for (const root of both(tree)) {
      const items = [root, root.at(0), root.at(1), root.at(1, 0), root.at(1, 1)];
      expect(items.map(({ byteLength }) => byteLength)).toEqual([24, 8, 14, 10, 2]);
      for (const item of items) expect(item.encode().length).toBe(item.byteLength);
    }
  });

  it('encodes, compares and converts itself', () => {
    const item = L(A('a'), F8(0));
    expect(item.encode().toString('hex')).toBe('010241016181080000000000000000');
    expect(() => item.encode({ maxDepth: 0 })).toThrow(Secs2DepthError);
    const other = L(A('a'), F8(-0));
    expect([item.equals(other), item.identical(other), item.identical(decoded(item))]).toEqual([
      ...[true, false, true],
    ]);
    expect(item.toJSON()).toEqual({ L: [{ A: 'a' }, { F8: [0] }] });
  });

  it('leads along a path, and says where it ends', () => {
    const tree = L(A('a'), L(U4(1), U4(2)));
    expect(tree.at().format).toBe('L');
    expect(tree.at(1, 1).u4[0]).toBe(2);
    expect(catchError(() => tree.at(1, 2))).toMatchObject({
      code: 'SECS2_NO_SUCH_ITEM',
      message: 'no item 1.2: item 1 is a list of 2',
    });
    expect(() => tree.at(0, 0)).toThrow('no item 0.0: item 0 is A');
    expect(() => tree.at(-1)).toThrow('no item -1: root item is a list of 2');
  });

  it('iterates a list', () => {
    expect([...L(A('a'), U1(1))].map((item) => item.format)).toEqual(['A', 'U1']);
  });

  it('keeps the values it was made of, whatever becomes of the array', () => {
    const numbers = Uint32Array.of(1, 2);
    const bytes = Buffer.of(1, 2);
    const children = [A('a')];
    const items = [U4(numbers), B(bytes), A(bytes), L(children)] as const;
    numbers[0] = 9;
    bytes[0] = 9;
    children.pop();
    expect([items[0].u4[0], items[1].binary[0], items[2].bytes[0], items[3].length]).toEqual([1, 1, 1, 1]);
  });

  it('keeps signalling NaNs of a typed array', () => {
    const bits = Uint32Array.of(0x7f800001, 0xffc00abc);
    expect(encodeItem(F4(new Float32Array(bits.buffer))).toString('hex')).toBe('91087f800001ffc00abc');
    const back = decodeItem(encodeItem(F4(new Float32Array(bits.buffer)))) as ReturnType<typeof F4>;
    expect(Buffer.from(back.values.slice().buffer).equals(Buffer.from(bits.buffer))).toBe(true);
  });

  it('shows as SML', () => {
    expect(inspect(L(A('x'), U4(1)))).toBe('<L[2]\n  <A[1] "x">\n  <U4[1] 1>\n>');
    expect(String(U4(1, 2))).toBe('<U4[2] 1 2>');
  });
});

describe('factories', () => {
  it.each<[string, () => unknown, string]>([
    ['U1(256)', () => U1(256), 'U1: value 0 must be a whole number from 0 to 255, received 256'],
    ['U1(1, -1)', () => U1(1, -1), 'U1: value 1 must be a whole number from 0 to 255, received -1'],
    ['I1(128)', () => I1(128), 'a whole number from -128 to 127'],
    ['I2(32768)', () => I2([32768]), 'a whole number from -32768 to 32767'],
    ['I4(1.5)', () => I4(1.5), '2147483647, received 1.5'],
    ['U2(NaN)', () => U2(NaN), '65535, received NaN'],
    ['U4(2^32)', () => U4(2 ** 32), 'a whole number from 0 to 4294967295'],
    ['U4(text)', () => U4('1' as unknown as number), 'received the string "1"'],
    ['I8(2^63)', () => I8(2n ** 63n), 'received the bigint 9223372036854775808n'],
    ['U8(-1)', () => U8(-1n), 'a bigint, or a number that is a safe integer, from 0 to 18446744073709551615'],
    ['U8 unsafe', () => U8(2 ** 53), 'a number that is a safe integer'],
    ['U8 text', () => U8('1' as unknown as bigint), 'received the string "1"'],
    ['F4(1e300)', () => F4(1e300), 'received 1e+300'],
    ['F8(text)', () => F8('1' as unknown as number), 'F8: value 0 must be a number, received the string "1"'],
    ['B(256)', () => B(256), 'B: value 0 must be a whole number from 0 to 255, received 256'],
    [
      'BOOLEAN(1)',
      () => BOOLEAN(1 as unknown as boolean),
      'BOOLEAN: value 0 must be true or false, received 1',
    ],
    ['A(number)', () => A(1 as unknown as string), 'A: value must be a string or a Uint8Array, received 1'],
    [
      'L(number)',
      () => L(1 as unknown as Item),
      "L: child 0 must be an item, as A('x'), U4(1) or L(), received 1",
    ],
    ['L(null)', () => L(U1(1), null as unknown as Item), 'received null'],
    ['L(nothing)', () => L([undefined as unknown as Item]), 'received undefined'],
    ['C2 number', () => C2('x', 70000), 'encoding must be a whole number from 0 to 65535, received 70000'],
  ])('%s is refused', (_name, make, message) => {
    expect(make).toThrow(Secs2ArgumentError);
    expect(make).toThrow(message);
  });

  it.each<[string, () => unknown]>([
    ['bytes', () => A(new Uint8Array(0x1000000))],
    ['values', () => U8(new BigUint64Array(0x200000))],
    ['children', () => L(new Array<Item>(0x1000000).fill(L()))],
  ])('refuses too many %s when built (P-63)', (_name, make) => {
    expect(catchError(make)).toMatchObject({
      code: 'SECS2_ITEM_TOO_LONG',
      message: expect.stringContaining('16777215') as string,
    });
  });

  it('takes as many values as an item can hold', () => {
    expect(encodeItem(B(new Uint8Array(0xffffff))).length).toBe(0xffffff + 4);
  });

  it('takes arrays of another kind, checked', () => {
    expect(Array.from(U4(Uint8Array.of(1, 2) as unknown as number[]).values)).toEqual([1, 2]);
    expect(() => U1(Uint16Array.of(1, 300) as unknown as number[])).toThrow(
      'U1: value 1 must be a whole number from 0 to 255, received 300',
    );
    expect(Array.from(F4([1, Infinity, NaN]).values)).toEqual([1, Infinity, NaN]);
  });

  it('takes ASCII only, unless a code page is named', () => {
    expect(catchError(() => A('aé'))).toMatchObject({
      code: 'SECS2_NOT_ENCODABLE',
      message: expect.stringContaining('"é" (character 1) is not ASCII') as string,
    });
    expect(() => A(`${'a'.repeat(50)}é`)).toThrow(Secs2TextError);
    expect(A('é', 'latin1').ascii).toBe('é');
    expect(A('a'.repeat(50)).length).toBe(50);
  });

  it('takes BOOLEAN bytes as they are', () => {
    const item = BOOLEAN(Uint8Array.of(0, 1, 2));
    expect(item.values).toEqual([false, true, true]);
    expect(encodeItem(item).toString('hex')).toBe('2503000102');
  });
});
