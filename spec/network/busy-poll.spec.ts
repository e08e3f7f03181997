import { BusyPoll, PollLearner } from '../../src/network/busy-poll.js';
import type { Clock } from '../../src/clock.js';

/** Feeds waits of one length, and returns how many of them were to be polled. */
function feed(learner: PollLearner, waits: number, sleeping: number, polled: number): number {
  let count = 0;
  for (let i = 0; i < waits; i++) {
    const { polls } = learner;
    if (polls) count++;
    learner.took(polls ? polled : sleeping);
  }
  return count;
}

describe('PollLearner', () => {
  it.each([
    ['sleeps at first', 16, 0.08, 0.01, 0],
    ['tries when it has seen how long sleeping takes', 32, 0.08, 0.01, 16],
    ['keeps to polling that shortens the waits', 2000, 0.08, 0.01, 1984],
    ['rests where polling shortens them by less than a quarter', 32 + 64, 0.08, 0.07, 16],
    ['rests where polling makes them longer: another process needs the processor', 96, 0.08, 0.3, 16],
    ['does not try where the answers take their time', 16 + 64, 2, 0.01, 0],
    ['does not try where the peer seldom sends anything', 80, 1000, 1000, 0],
  ])('%s', (_, waits, sleeping, polled, expected) => {
    expect(feed(new PollLearner(), waits, sleeping, polled)).toBe(expected);
  });

  it('goes by the wait in the middle: a few long ones change nothing', () => {
    const learner = new PollLearner();
    for (let i = 0; i < 16; i++) learner.took(i % 4 === 0 ? 500 : 0.08);
    expect(learner.polls).toBe(true);
    for (let i = 0; i < 16; i++) learner.took(i % 4 === 0 ? 500 : 0.01);
    expect(learner.polls).toBe(true);
  });

  it('drops a trial in which more than a quarter of the waits outlast what is polled for', () => {
    const learner = new PollLearner();
    feed(learner, 16, 0.3, 0);
    for (let i = 0; i < 16; i++) learner.took(i < 5 ? 0.21 : 0.01);
    expect(learner.polls).toBe(false);
  });

  it('rests twice as long each time that it does not pay, and not without end', () => {
    const learner = new PollLearner();
    const rests: number[] = [];
    for (let trial = 0; trial < 13; trial++) {
      let sleeping = 0;
      for (; !learner.polls; sleeping++) learner.took(0.08);
      // The last sixteen were measured.
      rests.push(sleeping - 16);
      feed(learner, 16, 0, 0.08);
    }
    expect(rests).toEqual([...[0, 64, 128, 256, 512, 1024, 2048], ...[4096, 4096, 4096, 4096, 4096, 4096]]);
  });

  it('stops when the waits it polls for have become long, within 64 of them', () => {
    const learner = new PollLearner();
    feed(learner, 32 + 640, 0.08, 0.01);
    expect(learner.polls).toBe(true);
    expect(feed(learner, 1000, 5, 5)).toBe(64);
    expect(learner.polls).toBe(false);
  });

  it('measures both ways again after 8,192 polled waits', () => {
    const learner = new PollLearner();
    feed(learner, 32 + 8191, 0.08, 0.01);
    expect(learner.polls).toBe(true);
    learner.took(0.01);
    expect(learner.polls).toBe(false);
    expect(feed(learner, 32, 0.08, 0.01)).toBe(16);
    expect(learner.polls).toBe(true);
  });
});

/** A clock whose time is set by hand, and that counts the turns of the event loop it is asked for. */
class HandClock implements Clock {
  time = 1000;
  turns = 0;
  #waiting: (() => void)[] = [];

  now(): number {
    return this.time;
  }

  setTimer(): never {
    throw new Error('polling needs no timer');
  }

  afterPoll(callback: () => void): { cancel(): void } {
    this.turns++;
    this.#waiting.push(callback);
    return { cancel: () => {} };
  }

  /** One turn of the event loop, `ms` later; returns whether another was asked for. */
  turn(ms: number): boolean {
    this.time += ms;
    for (const callback of this.#waiting.splice(0)) callback();
    return this.#waiting.length > 0;
  }
}

describe('BusyPoll', () => {
  const clock = new HandClock();
  afterEach(() => {
    while (clock.turn(100)) continue;
    clock.turns = 0;
  });

  it('keeps the event loop awake for as long as it is set to, and no longer', () => {
    new BusyPoll(clock).begin(0.001);
    expect(clock.turn(0.5)).toBe(true);
    expect(clock.turn(0.499)).toBe(true);
    expect(clock.turn(0.001)).toBe(false);
    expect(clock.turn(10)).toBe(false);
  });

  it('lets it fall asleep once what it waited for has come', () => {
    const poll = new BusyPoll(clock);
    poll.begin(0.001);
    expect(clock.turn(0.1)).toBe(true);
    poll.arrived();
    expect(clock.turn(0.1)).toBe(false);
  });

  it('has one chain for all connections of the process', () => {
    const polls = Array.from({ length: 50 }, () => new BusyPoll(clock));
    for (const poll of polls) poll.begin(0.001);
    expect(clock.turns).toBe(1);
    clock.turn(0.1);
    expect(clock.turns).toBe(2);
  });

  it('stays awake for whoever waits longest, when another has what it waited for', () => {
    const [first, second] = [new BusyPoll(clock), new BusyPoll(clock)];
    first.begin(0.001);
    clock.turn(0.1);
    second.begin(0.001);
    first.arrived();
    expect(clock.turn(0.95)).toBe(true);
    expect(clock.turn(0.05)).toBe(false);
  });

  it('does not learn from waits in a crowd, and does not look at the clock for most of them', () => {
    const polls = Array.from({ length: 20 }, () => new BusyPoll(clock));
    const looked = jest.spyOn(clock, 'now');
    for (let trip = 0; trip < 130; trip++) {
      for (const poll of polls) {
        poll.arrived();
        poll.begin('auto');
      }
      clock.time += 0.1;
    }
    // Never polled, though each wait by itself was one that polling shortens; looked at twice in 130 trips of each.
    expect(clock.turns).toBe(0);
    expect(looked.mock.calls.length).toBe(20 * 2);
    looked.mockRestore();
  });

  it('learns again once the crowd is gone', () => {
    const polls = Array.from({ length: 20 }, () => new BusyPoll(clock));
    for (let trip = 0; trip < 2; trip++) {
      for (const poll of polls) {
        poll.arrived();
        poll.begin('auto');
      }
    }
    for (const poll of polls) poll.arrived();
    const [poll] = polls as [BusyPoll];
    for (let trip = 0; trip < 64 + 16; trip++) {
      poll.begin('auto');
      clock.time += 0.1;
      poll.arrived();
    }
    poll.begin('auto');
    expect(clock.turns).toBe(1);
    poll.arrived();
  });

  it('takes bytes that nobody waited for as nothing', () => {
    const poll = new BusyPoll(clock);
    poll.arrived();
    expect(clock.turn(1)).toBe(false);
  });

  it('polls by itself only after it has learnt that it pays', () => {
    const poll = new BusyPoll(clock);
    for (let i = 0; i < 16; i++) {
      poll.begin('auto');
      expect(clock.turn(0.08)).toBe(false);
      poll.arrived();
    }
    poll.begin('auto');
    expect(clock.turn(0.01)).toBe(true);
    expect(clock.turn(0.19)).toBe(false);
  });

  it('costs nothing while nothing is waited for', () => {
    const poll = new BusyPoll(clock);
    for (let i = 0; i < 100; i++) {
      poll.begin('auto');
      clock.turn(0.01);
      poll.arrived();
    }
    while (clock.turn(0.1)) continue;
    const { turns } = clock;
    for (let i = 0; i < 1000; i++) clock.turn(1);
    expect(clock.turns).toBe(turns);
  });
});
