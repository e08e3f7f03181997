import type { Timer } from '../../src/clock.js';
import { createTestNetwork, VirtualClock } from '../../src/testing/index.js';

describe('VirtualClock', () => {
  const clockWithLog = (): { clock: VirtualClock; log: string[]; set: (name: string, s: number) => void } => {
    const clock = new VirtualClock();
    const log: string[] = [];
    const set = (name: string, s: number): void =>
      void clock.setTimer(name, s, () => log.push(`${name} at ${clock.now() / 1000}`));
    return { clock, log, set };
  };

  it('fires timers in the order of their times, each at its own time', () => {
    const { clock, log, set } = clockWithLog();
    set('t3', 45);
    set('t8', 5);
    set('t6', 5);
    clock.advance(4.9);
    expect(log).toEqual([]);
    clock.advance(40.1);
    expect([log, clock.now()]).toEqual([['t8 at 5', 't6 at 5', 't3 at 45'], 45_000]);
  });

  it('names the timers pending, the next one first', () => {
    const { clock, set } = clockWithLog();
    set('t3', 45);
    set('t8', 5);
    clock.setTimer('t6', 1, () => {}).cancel();
    clock.advance(1.5);
    expect(clock.pending).toEqual([
      { name: 't8', seconds: 3.5 },
      { name: 't3', seconds: 43.5 },
    ]);
    expect(clock.describePending()).toBe('timers pending: t8 in 3.5 s, t3 in 43.5 s');
    expect(new VirtualClock().describePending()).toBe('timers pending: none');
  });

  it('has a time of day that passes with it', () => {
    const clock = new VirtualClock(new Date('2026-11-23T20:00:00Z'));
    clock.advance(90.5);
    expect(new Date(clock.wallTime()).toISOString()).toBe('2026-11-23T20:01:30.500Z');
    expect(new VirtualClock().wallTime()).toBe(0);
  });

  it('lets sums of fractions be what they should', () => {
    const { clock, log, set } = clockWithLog();
    set('t5', 1.1);
    for (let i = 0; i < 11; i++) clock.advance(0.1);
    expect(log).toHaveLength(1);
  });

  it('lets promises and confirmations run between timers', async () => {
    const { clock, log, set } = clockWithLog();
    clock.setTimer('first', 1, () => {
      clock.afterPoll(() => {
        void Promise.resolve().then(() => set('then', 1));
      });
    });
    set('last', 3);
    await clock.advanceAsync(3);
    expect(log).toEqual(['then at 2', 'last at 3']);
    expect(clock.now()).toBe(3000);
  });

  it('does not call back what was cancelled after the poll', async () => {
    const { clock } = clockWithLog();
    const called = jest.fn();
    const timer = clock.afterPoll(called);
    timer.cancel();
    timer.cancel();
    clock.afterPoll(called);
    await clock.settle();
    expect(called).toHaveBeenCalledTimes(1);
  });

  it('waits for a condition no longer than it takes', async () => {
    const { clock, log, set } = clockWithLog();
    set('a', 1);
    set('b', 2);
    set('c', 3);
    await clock.until(() => log.length === 2);
    expect(clock.now()).toBe(2000);
    await clock.until(() => true);
    expect(clock.now()).toBe(2000);
  });

  it('says what did not happen, when, and what is pending', async () => {
    const { clock, set } = clockWithLog();
    set('t3', 45);
    clock.advance(1);
    await expect(clock.until(() => false, { within: 10, what: 'the reply' })).rejects.toMatchObject({
      code: 'HSMS_TEST_FAILED',
      message: 'waited 10 s of virtual time in vain for the reply (1 s to 11 s)\ntimers pending: t3 in 34 s',
    });
    expect(clock.now()).toBe(11_000);
  });

  it('waits for a promise, and takes what becomes of it', async () => {
    const { clock } = clockWithLog();
    const after = (seconds: number): Promise<void> =>
      new Promise((resolve) => clock.setTimer('x', seconds, resolve));
    await expect(clock.settled(after(7).then(() => 'done'))).resolves.toBe('done');
    expect(clock.now()).toBe(7000);
    const failure = after(1).then(() => Promise.reject(new Error('no')));
    await expect(clock.settled(failure)).rejects.toThrow('no');
    await expect(clock.settled(new Promise(() => {}), { within: 1 })).rejects.toThrow(
      'waited 1 s of virtual time in vain for the promise (8 s to 9 s)\ntimers pending: none',
    );
  });

  it.each([-1, NaN, Infinity])('cannot let %p seconds pass', async (seconds) => {
    const { clock } = clockWithLog();
    expect(() => clock.advance(seconds)).toThrow(
      `seconds must be a finite number from 0, received ${seconds}`,
    );
    await expect(clock.advanceAsync(seconds)).rejects.toMatchObject({ code: 'HSMS_INVALID_ARGUMENT' });
    expect(clock.now()).toBe(0);
  });

  it('tells an endless loop at one instant from the passing of time', () => {
    const { clock } = clockWithLog();
    const again = (): void => void clock.setTimer('poll', 0, again);
    again();
    expect(() => clock.advance(1)).toThrow('timer poll is set again and again without time passing');
  });

  it('tells two ends that keep each other busy for ever', async () => {
    const { clock } = createTestNetwork();
    let next: Timer;
    const again = (): void => void (next = clock.afterPoll(again));
    again();
    await expect(clock.settle()).rejects.toThrow('still busy after 100000 turns');
    next!.cancel();
  }, 30_000);
});
