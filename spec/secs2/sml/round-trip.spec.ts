import fc from 'fast-check';
import { decodeItem } from '../../../src/secs2/codec/decode.js';
import { A, B, BOOLEAN, C2, J, L } from '../../../src/secs2/items/factories.js';
import { F4, F8, I8, U1, U2, U4, U8 } from '../../../src/secs2/items/number-factories.js';
import type { Item } from '../../../src/secs2/items/item.js';
import { message } from '../../../src/secs2/message.js';
import { parseItem } from '../../../src/secs2/sml/parse.js';
import type { SmlPrintOptions } from '../../../src/secs2/sml/print/print-options.js';
import { printItem, printMessage } from '../../../src/secs2/sml/print/print.js';
import { expectSameBytes } from './support/same-bytes.js';

const hex = (text: string): Item => decodeItem(Buffer.from(text.replace(/ /g, ''), 'hex'));

describe('canonical SML', () => {
  it.each<[Item, string]>([
    [L(), '<L[0]>'],
    [L(L(), U1(1)), '<L[2]\n  <L[0]>\n  <U1[1] 1>\n>'],
    [A(''), '<A[0]>'],
    [A('MDLN 1'), '<A[6] "MDLN 1">'],
    [A('a"b\\c\r\n'), '<A[7] "a" 0x22 "b" 0x5C "c" 0x0D 0x0A>'],
    [A("it's"), '<A[4] "it" 0x27 "s">'],
    [hex('4103 61 e9 ff'), '<A[3] "a" 0xE9 0xFF>'],
    [J('ｱ¥"'), '<J[3] "ｱ¥" 0x22>'],
    [hex('4502 41 80'), '<J[2] 0x41 0x80>'],
    [C2('日本\n', 'UTF-8'), '<C2[7] UTF-8 "日本" 0x0A>'],
    [C2('日', 'Shift-JIS'), '<C2[2] Shift-JIS "日">'],
    [C2('', 'UCS-2'), '<C2[0] UCS-2>'],
    [C2(Uint8Array.of(0x41, 0xff), 'UTF-8'), '<C2[2] 2 0x41 0xFF>'],
    [C2(Uint8Array.of(1), 7), '<C2[1] 7 0x01>'],
    [C2(Uint8Array.of(), 99), '<C2[0] 99>'],
    [hex('4900'), '<C2[0]>'],
    [hex('490141'), '<C2[0] RAW 0x41>'],
    [B(0, 10, 255), '<B[3] 0x00 0x0A 0xFF>'],
    [B(), '<B[0]>'],
    [BOOLEAN(true, false), '<BOOLEAN[2] T F>'],
    [hex('2502 01 02'), '<BOOLEAN[2] T 0x02>'],
    [U4(1, 4294967295), '<U4[2] 1 4294967295>'],
    [I8(-(2n ** 63n)), '<I8[1] -9223372036854775808>'],
    [U8(2n ** 64n - 1n, 0), '<U8[2] 18446744073709551615 0>'],
    [F4(0.1, -0, NaN, Infinity, 1e10), '<F4[5] 0.1 -0 NaN Inf 10000000000>'],
    [F4(0.1), '<F4[1] 0.1>'],
    [F8(0.1, -0, 1e300, -Infinity), '<F8[4] 0.1 -0 1e+300 -Inf>'],
    [F8(-0), '<F8[1] -0>'],
    [hex('9104 7f800001'), '<F4[1] NaN(0x7F800001)>'],
    [hex('8108 fff8000000000000'), '<F8[1] NaN(0xFFF8000000000000)>'],
    [hex('420001 41'), '<A[1]!2 "A">'],
    [hex('03000001 020000'), '<L[1]!3\n  <L[0]!2>\n>'],
  ])('%#: %s', (item, text) => {
    expect(printItem(item)).toBe(text);
    expect(parseItem(text, { strict: true }).identical(item)).toBe(true);
  });

  it.each<[SmlPrintOptions, string]>([
    [{ indent: 4 }, '<L[2]\n    <A[2] "ab">\n    <B[2] 0x01 0x0A>\n>'],
    [{ indent: '\t' }, '<L[2]\n\t<A[2] "ab">\n\t<B[2] 0x01 0x0A>\n>'],
    [{ indent: 0, counts: 'never' }, '<L\n<A "ab">\n<B 0x01 0x0A>\n>'],
    [{ counts: 'lists' }, '<L[2]\n  <A "ab">\n  <B 0x01 0x0A>\n>'],
    [{ quotes: 'single', binary: 'decimal' }, "<L[2]\n  <A[2] 'ab'>\n  <B[2] 1 10>\n>"],
    [{ maxLength: 1 }, '<L[2]\n  <A[2] "a" /* 1 more */>\n  /* 1 more */\n>'],
    [{ maxLength: 0 }, '<L[2]\n  /* 2 more */\n>'],
  ])('prints with %j', (options, text) => {
    expect(printItem(L(A('ab'), B(1, 10)), options)).toBe(text);
  });

  it.each<[Item, string]>([
    [U4(1, 2, 3), '<U4[3] 1 2 /* 1 more */>'],
    [F8(1, 2, 3), '<F8[3] 1 2 /* 1 more */>'],
    [U8(1, 2, 3), '<U8[3] 1 2 /* 1 more */>'],
    [BOOLEAN(true, true, true), '<BOOLEAN[3] T T /* 1 more */>'],
    [J('abc'), '<J[3] "ab" /* 1 more */>'],
    [C2('abc'), '<C2[3] UTF-8 "ab" /* 1 more */>'],
    [A('abc'), '<A[3] "ab" /* 1 more */>'],
  ])('cuts %s', (item, text) => {
    expect(printItem(item, { maxLength: 2 })).toBe(text);
    expect(parseItem(text).format).toBe(item.format);
  });

  it('prints and reads A text in a code page', () => {
    const item = A('中文"\n', 'gbk');
    const text = printItem(item, { codePage: 'gbk' });
    expect(text).toBe('<A[6] "中文" 0x22 0x0A>');
    expect(parseItem(text, { codePage: 'gbk' }).identical(item)).toBe(true);
    expect(printItem(item)).toBe('<A[6] 0xD6 0xD0 0xCE 0xC4 0x22 0x0A>');
    // Bytes that are no text in it stay bytes.
    expect(printItem(A(Uint8Array.of(0x41, 0xff, 0x80)), { codePage: 'gbk' })).toBe('<A[3] "A" 0xFF 0x80>');
  });

  it('prints messages', () => {
    expect(printMessage(message(1, 1, true))).toBe('S1F1 W.');
    expect(printMessage(message(1, 2, false, L(A('x'))), { counts: 'never' })).toBe(
      'S1F2\n<L\n  <A "x">\n>.',
    );
  });

  it('caps the depth both ways, and survives any depth it is allowed', () => {
    let item: Item = U2(1);
    for (let i = 0; i < 65; i++) item = L(item);
    expect(() => printItem(item)).toThrow('maxDepth 64');
    const text = printItem(item, { maxDepth: 65 });
    expect(() => parseItem(text)).toThrow('lists nest deeper than maxDepth 64');
    expect(parseItem(text, { maxDepth: 65 }).identical(item)).toBe(true);
    const deep = decodeItem(Buffer.concat([Buffer.alloc(200_000, '0101', 'hex'), Buffer.of(1, 0)]), {
      maxDepth: 1e6,
    });
    expect(parseItem(printItem(deep, { maxDepth: 1e6 }), { maxDepth: 1e6 }).identical(deep)).toBe(true);
  });

  it('reads back as the same bytes, whatever the item and the style', () => {
    expectSameBytes(200);
  });

  it.each(['gbk', 'big5', 'shift_jis', 'utf-8', 'latin1'])(
    'reads A back in code page %s, whatever its bytes',
    (codePage) => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
          const item = A(bytes);
          return parseItem(printItem(item, { codePage }), { codePage }).identical(item);
        }),
        { numRuns: 300 },
      );
    },
  );
});
