import fc from 'fast-check';
import { A } from '../../../src/secs2/factories.js';
import { F4, F8, I1, I2, I4, U1, U2, U4 } from '../../../src/secs2/number-factories.js';
import type { Item } from '../../../src/secs2/item.js';
import { printCanonical } from '../../../src/secs2/sml/print-canonical.js';
import { smlStyle, type SmlPrintOptions } from '../../../src/secs2/sml/print-options.js';
import { printData } from '../../../src/secs2/sml/print.js';
import { anyItem } from '../support/arbitraries.js';

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
});
