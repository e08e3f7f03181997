import { expiry } from '../../src/reactive/expiry.js';
import { FakeClock, turns } from '../support/fake-clock.js';

describe('expiry', () => {
  it('is confirmed after what the kernel holds has been read', async () => {
    const clock = new FakeClock();
    let expired = 0;
    expiry(clock, 't7', 2, () => expired++);
    expect(clock.timers).toEqual(['t7']);
    clock.advance(1.9);
    await turns();
    expect(expired).toBe(0);
    clock.advance(0.1);
    expect(expired).toBe(0);
    await turns();
    expect(expired).toBe(1);
  });

  it.each(['before it fires', 'between firing and being confirmed'])('is cancelled %s', async (when) => {
    const clock = new FakeClock();
    let expired = 0;
    const timer = expiry(clock, 't6', 2, () => expired++);
    if (when !== 'before it fires') clock.advance(2);
    timer.cancel();
    clock.advance(2);
    await turns();
    expect(expired).toBe(0);
    expect(clock.timers).toEqual([]);
  });
});
