import { afterPoll, systemClock } from '../src/clock.js';

const soon = (set: (done: () => void) => unknown): Promise<void> => new Promise((resolve) => set(resolve));

describe('systemClock', () => {
  it('never goes back', () => {
    const readings = Array.from({ length: 100 }, () => systemClock.now());
    expect(readings).toEqual([...readings].sort((a, b) => a - b));
  });

  it('keeps fractions of a second', async () => {
    const before = systemClock.now();
    await soon((done) => systemClock.setTimer('t5', 0.02, done));
    const elapsed = systemClock.now() - before;
    expect(elapsed).toBeGreaterThanOrEqual(19);
    expect(elapsed).toBeLessThan(900);
  });

  it('does not call back what was cancelled', async () => {
    const called = jest.fn();
    systemClock.setTimer('a', 0, called).cancel();
    systemClock.afterPoll(called).cancel();
    await soon((done) => systemClock.setTimer('b', 0.01, done));
    expect(called).not.toHaveBeenCalled();
  });

  it('calls back after the poll', async () => {
    await expect(soon((done) => systemClock.afterPoll(done))).resolves.toBeUndefined();
  });

  it('gives a turn by the process, where a clock of its own throws', async () => {
    const afterPollOf = jest.fn(() => {
      throw new Error('harm');
    });
    const own = { ...systemClock, afterPoll: afterPollOf };
    await expect(soon((done) => afterPoll(own, done))).resolves.toBeUndefined();
    const called = jest.fn();
    afterPoll(own, called).cancel();
    await soon((done) => systemClock.afterPoll(done));
    expect(called).not.toHaveBeenCalled();
    expect(afterPollOf).toHaveBeenCalledTimes(2);
  });

  it('tells the time of day with fractions, and follows the clock of the machine when that is set', () => {
    const first = systemClock.wallTime?.() ?? 0;
    expect(Math.abs(first - Date.now())).toBeLessThan(20);
    const machine = jest.spyOn(Date, 'now').mockReturnValue(first + 3_600_000);
    expect(Math.abs((systemClock.wallTime?.() ?? 0) - first - 3_600_000)).toBeLessThan(20);
    machine.mockRestore();
    expect(Math.abs((systemClock.wallTime?.() ?? 0) - Date.now())).toBeLessThan(20);
    const times = Array.from({ length: 100 }, () => systemClock.wallTime?.() ?? 0);
    expect(times.some((time) => !Number.isInteger(time))).toBe(true);
    expect([...times].sort((a, b) => a - b)).toEqual(times);
  });
});
