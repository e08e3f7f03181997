import fc from 'fast-check';
import { decodeItem, decodeRange } from '../../../src/secs2/codec/decode.js';
import type { DecodeOptions } from '../../../src/secs2/codec/options.js';
import { encodeItem } from '../../../src/secs2/codec/encode.js';
import { Secs2DecodeError, Secs2DepthError, Secs2TextError } from '../../../src/secs2/errors.js';
import { A, B, BOOLEAN, C2, J, L } from '../../../src/secs2/items/factories.js';
import { F4, F8, I1, I2, I4, I8, U1, U2, U4, U8 } from '../../../src/secs2/items/number-factories.js';
import type { Item } from '../../../src/secs2/items/item.js';
import { anyItem } from '../support/arbitraries.js';
import { catchError } from '../support/catch-error.js';

const hex = (item: Item): string => encodeItem(item).toString('hex');
const decodeHex = (text: string): Item => decodeItem(Buffer.from(text.replace(/ /g, ''), 'hex'));

/** Decodes bytes that lie among others. */
function decodeWithin(bytes: Buffer, options?: DecodeOptions): Item {
  const memory = Buffer.concat([Buffer.alloc(9, 0x41), bytes, Buffer.alloc(300, 0x01)]);
  return decodeRange(memory, 9, 9 + bytes.length, options);
}

describe('encodeItem (P-60)', () => {
  it.each<[string, Item, string]>([
    ['L', L(), '0100'],
    ['L nested', L(L(), L(U1(1))), '0102 0100 0101 a50101'],
    ['A', A('MDLN'), '4104 4d444c4e'],
    ['A empty', A(''), '4100'],
    ['B', B(0x01, 0xff), '2102 01ff'],
    ['BOOLEAN', BOOLEAN(true, false), '2502 0100'],
    ['J', J('ｱ¥'), '4502 b15c'],
    ['C2', C2('é', 'UTF-8'), '4904 0002 c3a9'],
    ['C2 UCS-2', C2('é', 'UCS-2'), '4904 0001 00e9'],
    ['I1', I1(-1, 127), '6502 ff7f'],
    ['I2', I2(-2, 256), '6904 fffe 0100'],
    ['I4', I4(-2, 0x01020304), '7108 fffffffe 01020304'],
    ['I8', I8(-1n, 2), '6110 ffffffffffffffff 0000000000000002'],
    ['F8', F8(1.5, -0), '8110 3ff8000000000000 8000000000000000'],
    ['F4', F4(1.5, -0), '9108 3fc00000 80000000'],
    ['U8', U8(0xffffffffffffffffn, 1), 'a110 ffffffffffffffff 0000000000000001'],
    ['U1', U1(255), 'a501 ff'],
    ['U2', U2(0xabcd), 'a902 abcd'],
    ['U4', U4(0xfedcba98), 'b104 fedcba98'],
  ])('%s', (_name, item, expected) => {
    const text = expected.replace(/ /g, '');
    expect(hex(item)).toBe(text);
    expect(item.byteLength).toBe(text.length / 2);
    const back = decodeHex(text);
    expect(back.format).toBe(item.format);
    expect(back.equals(item)).toBe(true);
    expect(hex(back)).toBe(text);
  });

  it.each([
    [255, '41ff'],
    [256, '420100'],
    [65535, '42ffff'],
    [65536, '43010000'],
  ])('writes the fewest length bytes for %i', (length, header) => {
    const bytes = encodeItem(A('x'.repeat(length)));
    expect(bytes.toString('hex', 0, header.length / 2)).toBe(header);
    expect(bytes.length).toBe(header.length / 2 + length);
    expect(decodeItem(bytes).ascii).toBe('x'.repeat(length));
  });

  it('writes long arrays of every size in the order of the wire', () => {
    const count = 1000;
    const numbers = Array.from({ length: count }, (_, i) => i * 7 - 3000);
    const u4 = encodeItem(U4(numbers.map((v) => v + 3000)));
    const i2 = encodeItem(I2(numbers));
    const i8 = encodeItem(I8(numbers));
    const f4 = encodeItem(F4(numbers));
    const f8 = encodeItem(F8(numbers));
    numbers.forEach((v, i) => {
      expect(u4.readUInt32BE(3 + i * 4)).toBe(v + 3000);
      expect(i2.readInt16BE(3 + i * 2)).toBe(v);
      expect(i8.readBigInt64BE(3 + i * 8)).toBe(BigInt(v));
      expect(f4.readFloatBE(3 + i * 4)).toBe(v);
      expect(f8.readDoubleBE(3 + i * 8)).toBe(v);
    });
    expect(Array.from(decodeItem(i2).i2)).toEqual(numbers);
    expect(Array.from(decodeItem(i8).i8, Number)).toEqual(numbers);
    expect(Array.from(decodeItem(f4).f4)).toEqual(numbers);
    expect(Array.from(decodeItem(f8).f8)).toEqual(numbers);
  });

  it('refuses lists beyond maxDepth, and none within', () => {
    const nest = (depth: number): Item => {
      let item: Item = U1(1);
      for (let i = 0; i < depth; i++) item = L(item);
      return item;
    };
    expect(encodeItem(nest(64)).length).toBe(64 * 2 + 3);
    expect(() => encodeItem(nest(65))).toThrow(Secs2DepthError);
    expect(() => encodeItem(nest(65))).toThrow('maxDepth 64');
    expect(encodeItem(nest(65), { maxDepth: 65 }).length).toBe(65 * 2 + 3);
  });
});

describe('decodeItem', () => {
  it.each([
    ['non-minimal length bytes', '43000003 414243'],
    ['non-minimal list', '020002 a50101 030000 00'],
    ['NaN payloads F4', '9108 7f800001 ffc12345'],
    ['NaN payloads F8', '8110 7ff0000000000001 fff8000000000abc'],
    ['BOOLEAN bytes', '2504 00 01 02 ff'],
    ['non-ASCII A', '4104 c4e3 bac3'],
    ['C2 without header', '4901 41'],
    ['undefined JIS bytes', '4503 80 a0 ff'],
  ])('forwards %s byte for byte (P-61)', (_name, text) => {
    const item = decodeHex(text);
    // Reading the values must not change what goes out.
    if (item.format !== 'L') void item.values;
    expect(hex(item)).toBe(text.replace(/ /g, ''));
    // In a list that was built around it, too.
    expect(hex(L(item, U1(1)))).toBe(`0102${text.replace(/ /g, '')}a50101`);
  });

  it.each<[string, string, string, number, number[]]>([
    ['', 'SECS2_EMPTY_BODY', 'no bytes', 0, []],
    ['41', 'SECS2_TRUNCATED', 'header 0x41 is cut off', 0, []],
    ['4201', 'SECS2_TRUNCATED', 'cut off after 2 bytes', 0, []],
    ['4102 41', 'SECS2_TRUNCATED', 'A of 2 bytes, but 1 are left', 0, []],
    ['43ffffff', 'SECS2_TRUNCATED', 'A of 16777215 bytes, but 0 are left', 0, []],
    ['40', 'SECS2_NO_LENGTH_BYTES', '0x40 has no length bytes', 0, []],
    ['05 00', 'SECS2_UNKNOWN_FORMAT', 'format code 01 (octal)', 0, []],
    ['fd 00', 'SECS2_UNKNOWN_FORMAT', 'format code 77 (octal)', 0, []],
    ['b103 010203', 'SECS2_PARTIAL_VALUE', 'U4 of 3 bytes: not a multiple of 4', 0, []],
    ['8104 01020304', 'SECS2_PARTIAL_VALUE', 'F8 of 4 bytes: not a multiple of 8', 0, []],
    ['03ffffff', 'SECS2_TRUNCATED', 'L of 16777215 items, but 0 bytes are left', 0, []],
    ['0102 a503010203', 'SECS2_TRUNCATED', 'an item is missing', 7, [1]],
    ['0102 a50101 0102 4100 b10100', 'SECS2_PARTIAL_VALUE', 'U4 of 1 bytes', 9, [1, 1]],
    ['a50101 00', 'SECS2_TRAILING_BYTES', '1 bytes after', 3, []],
  ])('%s: %s', (text, code, message, offset, path) => {
    expect(() => decodeHex(text)).toThrow(Secs2DecodeError);
    expect(() => decodeHex(text)).toThrow(message);
    expect(catchError(() => decodeHex(text))).toMatchObject({ code, offset, path });
    // Behind and before other bytes, as in a frame, it is told in the same way.
    expect(() => decodeWithin(Buffer.from(text.replace(/ /g, ''), 'hex'))).toThrow(message);
    expect(catchError(() => decodeWithin(Buffer.from(text.replace(/ /g, ''), 'hex')))).toMatchObject({
      code,
      offset,
      path,
    });
  });

  it('tells within other bytes what is too deep or too much', () => {
    const deep = Buffer.concat([Buffer.alloc(6, '0101', 'hex'), Buffer.of(0xa5, 0)]);
    expect(catchError(() => decodeWithin(deep, { maxDepth: 2 }))).toMatchObject({
      code: 'SECS2_TOO_DEEP',
      offset: 4,
    });
    const many = Buffer.from('0102a50001020101a500a500', 'hex');
    expect(catchError(() => decodeWithin(many, { maxItems: 4 }))).toMatchObject({
      code: 'SECS2_TOO_MANY_ITEMS',
      offset: 4,
      path: [1],
    });
    expect(decodeWithin(many, { maxItems: 6 }).equals(decodeItem(many))).toBe(true);
  });

  describe('of wide lists, which are read in pieces', () => {
    const numbers = (count: number): Item => L(Array.from({ length: count }, (_, i) => U4(i)));

    it.each([4095, 4096, 4097, 8191, 8192, 8193, 20_000])(
      'reads all of %i items, in their order',
      (count) => {
        const item = decodeItem(numbers(count).encode());
        expect(item.list.map((child) => child.number)).toEqual(Array.from({ length: count }, (_, i) => i));
        expect([item.length, item.byteLength]).toEqual([count, 3 + 6 * count]);
        expect(item.format === 'L' && item.depth).toBe(1);
      },
    );

    it('reads them in one another, before and behind others', () => {
      const wide = numbers(5000);
      const many = L(
        Array.from({ length: 4500 }, (_, i) => (i === 4200 ? L(U4(1), wide, L(wide, U4(2))) : U4(i))),
      );
      const built = L(wide, U4(7), L(many, L()), wide);
      const item = decodeItem(built.encode());
      expect(item.equals(built)).toBe(true);
      expect(item.at(2, 0, 4200, 2, 0, 4999).number).toBe(4999);
      expect(item.at(2, 0, 4499).number).toBe(4499);
      expect(item.format === 'L' && item.depth).toBe(6);
      expect(item.encode().equals(built.encode())).toBe(true);
    });

    it.each([
      ['in its first piece', 4095],
      ['at the beginning of its second', 4096],
      ['in its third', 9000],
    ])('names the item at fault %s', (_where, index) => {
      const body = (fault: string): Buffer =>
        Buffer.concat([
          Buffer.from('022710', 'hex'),
          Buffer.alloc(index * 2, '4100', 'hex'),
          Buffer.from(fault, 'hex'),
          Buffer.alloc((10_000 - index - 1) * 2, '4100', 'hex'),
        ]);
      expect(catchError(() => decodeItem(body('b101')))).toMatchObject({
        code: 'SECS2_PARTIAL_VALUE',
        offset: 3 + 2 * index,
        path: [index],
      });
      expect(catchError(() => decodeItem(body('01010102a500b101')))).toMatchObject({
        code: 'SECS2_PARTIAL_VALUE',
        path: [index, 0, 1],
      });
    });

    it('takes no room for items that are not there', () => {
      const error = catchError(() =>
        decodeItem(Buffer.concat([Buffer.from('02ffff', 'hex'), Buffer.alloc(131_072, 0x41)])),
      );
      expect(error).toMatchObject({ code: 'SECS2_TRUNCATED' });
    });
  });

  it('ignores trailing bytes when told to', () => {
    const item = decodeItem(Buffer.from('a5010100', 'hex'), { trailingBytes: 'ignore' });
    expect(item.u1[0]).toBe(1);
    expect(hex(item)).toBe('a50101');
  });

  it('caps the depth, and survives any depth it is allowed', () => {
    const nested = (depth: number): Buffer =>
      Buffer.concat([Buffer.alloc(depth * 2, '0101', 'hex'), Buffer.of(0xa5, 0)]);
    expect(decodeItem(nested(64)).at(...new Array<number>(64).fill(0)).format).toBe('U1');
    expect(catchError(() => decodeItem(nested(65)))).toMatchObject({
      code: 'SECS2_TOO_DEEP',
      offset: 128,
      maxDepth: 64,
    });
    const deep = 200_000;
    const item = decodeItem(nested(deep), { maxDepth: deep });
    expect(item.format === 'L' && item.depth).toBe(deep);
    expect(encodeItem(item, { maxDepth: deep }).equals(nested(deep))).toBe(true);
    expect(encodeItem(L(item), { maxDepth: deep + 1 }).length).toBe(deep * 2 + 4);
  });

  it('names the item at fault in a hostile depth without an endless message', () => {
    const error = catchError(() =>
      decodeItem(Buffer.alloc(100_000, '0101', 'hex'), { maxDepth: 1e6 }),
    ) as Error;
    expect(error).toMatchObject({ code: 'SECS2_TRUNCATED' });
    expect(error.message.length).toBeLessThan(300);
  });

  it('knows the depth of uneven trees', () => {
    const item = decodeItem(encodeItem(L(L(), L(L(U1(1)), U1(2)), U1(3))));
    expect(item.format === 'L' && item.depth).toBe(3);
  });

  it('reads the very bytes unless a copy is asked for', () => {
    const bytes = Buffer.from('410141', 'hex');
    const shared = decodeItem(bytes);
    const copied = decodeItem(bytes, { copy: true });
    bytes[2] = 0x42;
    expect([shared.ascii, copied.ascii]).toEqual(['B', 'A']);
  });

  it('takes any Uint8Array, at any offset', () => {
    const whole = Uint8Array.from([9, 9, 0x41, 2, 0x68, 0x69, 9]);
    const item = decodeItem(whole.subarray(2, 6));
    expect(item.ascii).toBe('hi');
    expect(hex(item)).toBe('41026869');
  });

  it('refuses an unknown code page before it reads', () => {
    expect(() => decodeItem(Buffer.from('4100', 'hex'), { codePage: 'klingon' })).toThrow(Secs2TextError);
  });

  it.each([0, 1, 3, 8, 11, 23, 24, 25, 100])('reads text of %i bytes', (length) => {
    const text = Array.from({ length }, (_, i) => String.fromCharCode(33 + (i % 90))).join('');
    expect(decodeItem(encodeItem(A(text))).ascii).toBe(text);
  });
});

describe('any item', () => {
  it('comes back from its bytes the same, and goes out the same', () => {
    fc.assert(
      fc.property(anyItem, (item) => {
        const bytes = encodeItem(item);
        expect(bytes.length).toBe(item.byteLength);
        const back = decodeItem(bytes);
        expect(back.equals(item)).toBe(true);
        expect(back.identical(item)).toBe(true);
        expect(encodeItem(back).equals(bytes)).toBe(true);
        expect(encodeItem(L(back, item)).equals(Buffer.concat([Buffer.of(1, 2), bytes, bytes]))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('decodes any bytes or refuses them with an error of its own', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          expect(encodeItem(decodeItem(bytes)).equals(bytes)).toBe(true);
        } catch (error) {
          if (!(error instanceof Secs2DecodeError)) throw error;
          expect(error.offset).toBeLessThanOrEqual(bytes.length);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
