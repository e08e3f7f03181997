import { Deadline, Deadlines } from '../../../src/session/transactions/deadlines.js';
import { FakeClock, turns } from '../../support/fake-clock.js';

class Calling extends Deadline {
  constructor(readonly onDeadline: () => void) {
    super();
  }
}

describe('Deadlines (P-42)', () => {
  const fixture = (): {
    clock: FakeClock;
    deadlines: Deadlines;
    expired: string[];
    set: (seconds: number, name: string, then?: () => void) => { cancel(): void };
  } => {
    const clock = new FakeClock();
    const deadlines = new Deadlines(clock, 't3');
    const expired: string[] = [];
    const set = (seconds: number, name: string, then?: () => void): { cancel(): void } => {
      const deadline = new Calling(() => {
        expired.push(name);
        then?.();
      });
      deadlines.set(deadline, seconds);
      return { cancel: () => deadline.cancelDeadline() };
    };
    return { clock, deadlines, expired, set };
  };

  it('expires at its time, not before, and once', async () => {
    const { clock, expired, set } = fixture();
    set(45, 'a');
    await clock.pass(44.9);
    expect(expired).toEqual([]);
    await clock.pass(0.1);
    expect(expired).toEqual(['a']);
    await clock.pass(100);
    expect(expired).toEqual(['a']);
    expect(clock.timers).toEqual([]);
  });

  it('counts each from when it was set', async () => {
    const { clock, expired, set } = fixture();
    set(10, 'a');
    await clock.pass(4);
    set(10, 'b');
    await clock.pass(6);
    expect(expired).toEqual(['a']);
    await clock.pass(3.9);
    expect(expired).toEqual(['a']);
    await clock.pass(0.1);
    expect(expired).toEqual(['a', 'b']);
  });

  it('keeps those of different lengths apart', async () => {
    const { clock, expired, set } = fixture();
    set(10, 'long');
    set(1, 'short');
    set(0.25, 'fraction');
    expect(clock.timers).toEqual(['t3', 't3', 't3']);
    await clock.pass(1);
    expect(expired).toEqual(['fraction', 'short']);
    await clock.pass(9);
    expect(expired).toEqual(['fraction', 'short', 'long']);
  });

  it('takes one timer for ten thousand of one length', async () => {
    const { clock, expired, set } = fixture();
    const timers = Array.from({ length: 10_000 }, (_, i) => set(45, String(i)));
    expect(clock.timers).toEqual(['t3']);
    for (const timer of timers.slice(1)) timer.cancel();
    expect(clock.timers).toEqual(['t3']);
    await clock.pass(45);
    expect(expired).toEqual(['0']);
  });

  it('ends the timer of a length that nobody waits for any more, while there are others', async () => {
    const { clock, expired, set } = fixture();
    set(10, 'long');
    const short = set(1, 'short');
    const another = set(1, 'another');
    short.cancel();
    expect(clock.timers).toEqual(['t3', 't3']);
    another.cancel();
    expect(clock.timers).toEqual(['t3']);
    await clock.pass(10);
    expect(expired).toEqual(['long']);
    expect(clock.timers).toEqual([]);
  });

  it('lets one timer run on when all are cancelled, until it is told to rest, and starts anew then', async () => {
    const { clock, deadlines, expired, set } = fixture();
    const a = set(5, 'a');
    set(7, 'other').cancel();
    set(5, 'b').cancel();
    deadlines.stopIdleTimers();
    expect(clock.timers).toEqual(['t3']);
    a.cancel();
    a.cancel();
    expect(clock.timers).toEqual(['t3']);
    deadlines.stopIdleTimers();
    expect(clock.timers).toEqual([]);
    await clock.pass(3);
    set(5, 'c');
    a.cancel();
    await clock.pass(4);
    expect(expired).toEqual([]);
    await clock.pass(1);
    expect(expired).toEqual(['c']);
  });

  it('sets no timer anew for those that follow one another, and counts each in full', async () => {
    const { clock, expired, set } = fixture();
    set(5, 'a').cancel();
    const setTimer = jest.spyOn(clock, 'setTimer');
    for (let i = 0; i < 4; i++) {
      await clock.pass(1);
      set(5, 'answered').cancel();
    }
    set(5, 'b');
    expect(setTimer).not.toHaveBeenCalled();
    // In one step: the timer that was left running fires in between, and goes on.
    await clock.pass(5);
    expect(expired).toEqual(['b']);
    expect(clock.timers).toEqual([]);
  });

  it('takes one out of the middle', async () => {
    const { clock, expired, set } = fixture();
    const [, second, third] = ['a', 'b', 'c', 'd'].map((name) => set(5, name));
    second?.cancel();
    third?.cancel();
    await clock.pass(5);
    expect(expired).toEqual(['a', 'd']);
  });

  it('starts anew once all have expired', async () => {
    const { clock, expired, set } = fixture();
    for (const name of ['a', 'b']) {
      set(5, name);
      await clock.pass(5);
      expect(clock.timers).toEqual([]);
    }
    expect(expired).toEqual(['a', 'b']);
  });

  it('expires along with the first what is due half a millisecond later, for timers fire early', async () => {
    const { clock, expired, set } = fixture();
    for (const name of ['a', 'b', 'c']) {
      set(5, name);
      clock.advance(0.0005);
    }
    clock.advance(4.9985);
    await turns();
    expect(expired).toEqual(['a', 'b']);
    await clock.pass(0.001);
    expect(expired).toEqual(['a', 'b', 'c']);
  });

  it('lets what the kernel holds be read first: a reply read then cancels in time', async () => {
    const { clock, expired, set } = fixture();
    const a = set(5, 'a');
    set(5, 'b');
    clock.advance(5);
    expect(expired).toEqual([]);
    a.cancel();
    await turns();
    expect(expired).toEqual(['b']);
  });

  it('does not expire one that becomes due during that reading before it is confirmed too', async () => {
    const { clock, expired, set } = fixture();
    set(5, 'a');
    clock.advance(1);
    const b = set(5, 'b');
    clock.advance(4);
    clock.advance(1);
    await turns(1);
    expect(expired).toEqual(['a']);
    b.cancel();
    await clock.pass(10);
    expect(expired).toEqual(['a']);
    expect(clock.timers).toEqual([]);
  });

  it('may be set and cancelled from within an expiry', async () => {
    const { clock, expired, set } = fixture();
    set(5, 'first', () => {
      later.cancel();
      set(5, 'again');
    });
    const later = set(5, 'cancelled');
    await clock.pass(5);
    expect(expired).toEqual(['first']);
    set(5, 'as well');
    expect(clock.timers).toEqual(['t3']);
    await clock.pass(5);
    expect(expired).toEqual(['first', 'again', 'as well']);
    expect(clock.timers).toEqual([]);
  });

  it('keeps two lives of one length apart when the only one is cancelled while its expiry is confirmed', async () => {
    const { clock, expired, set } = fixture();
    const a = set(5, 'a');
    clock.advance(5);
    a.cancel();
    set(5, 'b');
    await turns();
    expect(expired).toEqual([]);
    await clock.pass(5);
    expect(expired).toEqual(['b']);
    expect(clock.timers).toEqual([]);
  });
});
