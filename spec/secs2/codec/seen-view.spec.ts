import { viewOf } from '../../../src/secs2/codec/seen-view.js';

const small = (): Buffer => Buffer.allocUnsafeSlow(100);

/** Asks so often; returns at which time there was a view first. */
function askedUntil(bytes: Buffer, times = 20): number {
  for (let time = 1; time <= times; time++) if (viewOf(bytes) !== undefined) return time;
  return Infinity;
}

describe('the view of memory that is read again and again', () => {
  it('is made for the eighth value, of the very part that is read', () => {
    const bytes = small().subarray(10);
    expect(askedUntil(bytes)).toBe(8);
    bytes.writeUInt32BE(0xdeadbeef, 7);
    expect(viewOf(bytes)?.getUint32(7)).toBe(0xdeadbeef);
    expect(viewOf(bytes)).toBe(viewOf(bytes));
  });

  it('is not made where other memory is read in between', () => {
    const [one, other] = [small(), small()];
    for (let i = 0; i < 20; i++) expect([viewOf(one), viewOf(other)]).toEqual([undefined, undefined]);
  });

  it('is not made of a part of large memory, which it would hold on to; nor does that count as other memory', () => {
    const large = Buffer.allocUnsafeSlow(65_537).subarray(0, 100);
    const one = small();
    expect(askedUntil(large)).toBe(Infinity);
    for (let i = 0; i < 7; i++) expect(viewOf(one)).toBeUndefined();
    expect(viewOf(large)).toBeUndefined();
    expect(viewOf(one)).toBeDefined();
  });
});
