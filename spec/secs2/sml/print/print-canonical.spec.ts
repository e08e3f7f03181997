import fc from 'fast-check';
import { rawItem } from '../../../../src/secs2/items/build.js';
import { decodeItem } from '../../../../src/secs2/codec/decode.js';
import { A, B, BOOLEAN, C2, J, L } from '../../../../src/secs2/items/factories.js';
import { F4, F8, I1, I2, I4, I8, U1, U2, U4, U8 } from '../../../../src/secs2/items/number-factories.js';
import type { Item, ListItem } from '../../../../src/secs2/items/item.js';
import { printCanonical } from '../../../../src/secs2/sml/print/print-canonical.js';
import { smlStyle, type SmlPrintOptions } from '../../../../src/secs2/sml/print/print-options.js';
import { printData } from '../../../../src/secs2/sml/print/print.js';
import { anyItem } from '../../support/arbitraries.js';

const style = fc.record<SmlPrintOptions>({
  counts: fc.constantFrom('always', 'lists', 'never'),
  quotes: fc.constantFrom('double', 'single'),
  binary: fc.constantFrom('hex', 'decimal'),
  maxLength: fc.constantFrom(0, 1, 3, Infinity, Infinity, Infinity),
});

const single: fc.Arbitrary<Item> = fc.oneof(
  fc.double().map((value) => F8(value)),
  fc.float().map((value) => F4(value)),
  fc.constantFrom(-0, 0, NaN, Infinity, -Infinity).chain((value) => fc.constantFrom(F4(value), F8(value))),
  fc.integer({ min: 0, max: 255 }).chain((value) => fc.constantFrom(U1(value), U2(value), U4(value))),
  fc.integer({ min: -128, max: 127 }).chain((value) => fc.constantFrom(I1(value), I2(value), I4(value))),
  fc
    .string({ unit: fc.constantFrom('a', ' ', '"', "'", '\\', '\n', '~', '\x7f'), maxLength: 4 })
    .map((s) => A(s)),
  fc.string({ minLength: 60, maxLength: 70 }).map((text) => A(text.replace(/["\\']/g, ''))),
  fc.integer({ min: 250, max: 260 }).map((length) => A('x'.repeat(length))),
);

describe('printing the canonical form', () => {
  it('prints the same as the general printer', () => {
    let canonical = 0;
    let all = 0;
    fc.assert(
      fc.property(fc.oneof(single, single, anyItem), style, (item, options) => {
        all++;
        if (item.format === 'L') return;
        const given = smlStyle(options);
        const text = printCanonical(item, given);
        if (text === undefined) return;
        canonical++;
        expect(text).toBe(printData(item, given));
      }),
      { numRuns: 5000 },
    );
    expect(canonical / all).toBeGreaterThan(0.1);
  });

  it('leaves to the general printer what a code page may show', () => {
    expect(printCanonical(A('x'), smlStyle({ codePage: 'gbk' }))).toBeUndefined();
  });

  type Data = Exclude<Item, ListItem>;
  const long = 'x'.repeat(255);

  it.each<[Data, string, string]>([
    [A('x'), '<A[1] "x">', '<A "x">'],
    [A(long), `<A[255] "${long}">`, `<A "${long}">`],
    [U1(0), '<U1[1] 0>', '<U1 0>'],
    [U2(65535), '<U2[1] 65535>', '<U2 65535>'],
    [U4(4294967295), '<U4[1] 4294967295>', '<U4 4294967295>'],
    [I1(-128), '<I1[1] -128>', '<I1 -128>'],
    [I2(0), '<I2[1] 0>', '<I2 0>'],
    [I4(-1), '<I4[1] -1>', '<I4 -1>'],
    [F4(0.1), '<F4[1] 0.1>', '<F4 0.1>'],
    [F8(-0.1), '<F8[1] -0.1>', '<F8 -0.1>'],
    [F8(1e300), '<F8[1] 1e+300>', '<F8 1e+300>'],
  ])('prints %#: %s', (item, counted, bare) => {
    expect(printCanonical(item, smlStyle())).toBe(counted);
    expect(printCanonical(item, smlStyle({ counts: 'lists' }))).toBe(bare);
    expect(printCanonical(item, smlStyle({ maxLength: item.end - item.dataStart }))).toBe(counted);
    expect(printCanonical(item, smlStyle({ maxLength: item.end - item.dataStart - 1 }))).toBeUndefined();
  });

  it('prints an item of a list that was read', () => {
    const list = decodeItem(L(A('x'), U4(1), F8(-1)).encode());
    const texts = [0, 1, 2].map((index) => printCanonical(list.at(index) as Data, smlStyle()));
    expect(texts).toEqual(['<A[1] "x">', '<U4[1] 1>', '<F8[1] -1>']);
  });

  it('puts text in the quotes that are asked for', () => {
    expect(printCanonical(A('x'), smlStyle({ quotes: 'single' }))).toBe("<A[1] 'x'>");
  });

  it.each<[string, Data]>([
    ['no values', A('')],
    ['no numbers', U4()],
    ['a quote', A('"')],
    ['a backslash', A('\\')],
    ['a long text with a quote', A(`${long.slice(1)}"`)],
    ['text of two length bytes', A(`${long}x`)],
    ['two numbers', U4(1, 2)],
    ['two small numbers', U1(1, 2)],
    ['two length bytes', rawItem('U4', Uint8Array.of(0, 0, 0, 1), 2)],
    ['one byte of binary', B(1)],
    ['one boolean', BOOLEAN(true)],
    ['JIS-8', J('x')],
    ['localized text', C2('x')],
    ['a wide signed integer', I8(1)],
    ['a wide integer', U8(1)],
    ['minus zero', F8(-0)],
    ['a float of zero', F4(0)],
    ['a NaN', F4(NaN)],
    ['an infinity', F8(Infinity)],
  ])('leaves %s to the general printer', (_, item) => {
    expect(printCanonical(item, smlStyle())).toBeUndefined();
  });
});
