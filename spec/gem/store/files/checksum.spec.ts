import fc from 'fast-check';
import { crc32, crc32InJs } from '../../../../src/gem/store/files/checksum.js';

describe('crc32', () => {
  it('is the checksum of gzip', () => {
    expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
    expect(crc32InJs(Buffer.from('123456789'))).toBe(0xcbf43926);
  });

  it('goes on where another left off, both ways', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
        const whole = crc32(Buffer.concat([a, b]));
        expect(crc32(b, crc32(a))).toBe(whole);
        expect(crc32InJs(b, crc32InJs(a))).toBe(whole);
      }),
    );
  });
});
