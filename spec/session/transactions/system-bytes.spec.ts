import { SystemBytes } from '../../../src/session/transactions/system-bytes.js';

const MAX = 0xffff_ffff;
const take = (systemBytes: SystemBytes, count: number): number[] =>
  Array.from({ length: count }, () => systemBytes.next());

describe('SystemBytes (P-40)', () => {
  it('counts from its start', () => {
    expect(take(new SystemBytes(() => false, 7), 3)).toEqual([7, 8, 9]);
  });

  it('wraps from 0xFFFFFFFF to 0', () => {
    expect(take(new SystemBytes(() => false, MAX - 1), 4)).toEqual([MAX - 1, MAX, 0, 1]);
  });

  it('skips what is in use, also across the wrap', () => {
    const inUse = new Set([MAX, 0, 1, 3]);
    expect(take(new SystemBytes((value) => inUse.has(value), MAX - 1), 3)).toEqual([MAX - 1, 2, 4]);
  });

  it('asks anew each time: a value is skipped only while it is in use', () => {
    const inUse = new Set([5]);
    const systemBytes = new SystemBytes((value) => inUse.has(value), 5);
    expect(systemBytes.next()).toBe(6);
    inUse.delete(5);
    inUse.add(7);
    expect(systemBytes.next()).toBe(8);
  });

  it('starts at random, within 32 bits', () => {
    const starts = new Set(Array.from({ length: 20 }, () => new SystemBytes(() => false).next()));
    expect(starts.size).toBeGreaterThan(15);
    for (const start of starts) {
      expect(Number.isInteger(start) && start >= 0 && start <= MAX).toBe(true);
    }
    expect(Math.max(...starts)).toBeGreaterThan(0x0100_0000);
  });
});
