import fc from 'fast-check';
import { shortestFloat32 } from '../../../src/secs2/json/float-text.js';

describe('shortestFloat32', () => {
  it.each([
    [0, '0'],
    [-0, '-0'],
    [1, '1'],
    [-2.5, '-2.5'],
    [Math.fround(0.1), '0.1'],
    [Math.fround(-3.4028235e38), '-3.4028235e+38'],
    [Math.fround(16777216), '16777216'],
    [Math.fround(1e10), '10000000000'],
    [2 ** -149, '1e-45'],
    [2 ** -126, '1.1754944e-38'],
    [Math.fround(1 / 3), '0.33333334'],
    [Math.fround(9.5367431640625e-7), '9.536743e-7'],
    // Rounded to eight digits these read back as the number below; the next eight digits up do not.
    [2 ** -96, '1.2621775e-29'],
    [-(2 ** -96), '-1.2621775e-29'],
    [2 ** 87, '1.5474251e+26'],
    [-(2 ** 90), '-1.2379401e+27'],
    [Infinity, 'Infinity'],
    [-Infinity, '-Infinity'],
  ])('%d is %s', (value, text) => {
    expect(shortestFloat32(value)).toBe(text);
  });

  it('reads back as the same number, in at most nine digits', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = shortestFloat32(value);
        expect(Object.is(Math.fround(Number(text)), value)).toBe(true);
        const digits = text
          .replace(/e.*/, '')
          .replace(/\D/g, '')
          .replace(/^0+|0+$/g, '');
        expect(digits.length).toBeLessThanOrEqual(9);
      }),
      { numRuns: 2000 },
    );
  });
});
