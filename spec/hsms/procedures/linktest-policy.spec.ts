import { LinktestPolicy } from '../../../src/hsms/procedures/linktest-policy.js';
import { FakeClock } from '../../support/fake-clock.js';

class Bed {
  readonly clock = new FakeClock();
  interval = 10;
  busy = false;
  probing = false;
  readonly failures: unknown[] = [];
  /** When it probed. */
  readonly probes: number[] = [];
  readonly policy = new LinktestPolicy({
    clock: this.clock,
    linktestInterval: () => this.interval,
    busy: () => this.busy,
    probing: () => this.probing,
    failed: (error) => this.failures.push(error),
    probe: () => {
      if (this.probes.push(this.clock.now() / 1000) > 1000) throw new Error('it probes without end');
    },
  });
}

describe('LinktestPolicy (P-27)', () => {
  it('probes every interval on an idle link', () => {
    const { clock, policy, probes } = new Bed();
    policy.start();
    clock.advance(9.9);
    expect(probes).toEqual([]);
    clock.advance(20.1);
    expect(probes).toEqual([10, 20, 30]);
  });

  it('is off at 0, its default', () => {
    const bed = new Bed();
    bed.interval = 0;
    bed.policy.start();
    bed.policy.alive(bed.clock.now());
    expect(bed.clock.timers).toEqual([]);
  });

  it('waits a whole interval from the last sign of life', () => {
    const { clock, policy, probes } = new Bed();
    policy.start();
    clock.advance(7);
    policy.alive(clock.now());
    clock.advance(9.9);
    expect(probes).toEqual([]);
    clock.advance(0.1);
    expect(probes).toEqual([17]);
  });

  it.each([
    [0.001, 10],
    [0.002, 10.002],
  ])('takes an interval less a millisecond for one, and no less: a sign after %d s', (sign, probe) => {
    const { clock, policy, probes } = new Bed();
    policy.start();
    clock.advance(sign);
    policy.alive(clock.now());
    clock.advance(12);
    expect(probes).toEqual([probe]);
  });

  it('never probes a link that is never idle for an interval', () => {
    const { clock, policy, probes } = new Bed();
    policy.start();
    for (let i = 0; i < 50; i++) {
      clock.advance(9);
      policy.alive(clock.now());
    }
    expect(probes).toEqual([]);
    expect(clock.timers).toEqual(['linktest']);
  });

  it('keeps one timer however many frames come', () => {
    const { clock, policy } = new Bed();
    policy.start();
    for (let i = 0; i < 100; i++) policy.alive(clock.now());
    policy.start();
    expect(clock.timers).toEqual(['linktest']);
  });

  it('skips a probe while a reply is outstanding, and goes on afterwards', () => {
    const bed = new Bed();
    bed.policy.start();
    bed.busy = true;
    bed.clock.advance(35);
    expect(bed.probes).toEqual([]);
    bed.busy = false;
    bed.clock.advance(5);
    expect(bed.probes).toEqual([40]);
  });

  it('probes though replies are outstanding once one did not come in time, until the next sign of life', () => {
    const bed = new Bed();
    bed.policy.start();
    bed.busy = true;
    bed.clock.advance(15);
    bed.policy.unanswered();
    bed.clock.advance(15);
    expect(bed.probes).toEqual([20, 30]);
    bed.policy.alive(bed.clock.now());
    bed.clock.advance(50);
    expect(bed.probes).toEqual([20, 30]);
    bed.policy.unanswered();
    bed.policy.start();
    bed.clock.advance(50);
    expect(bed.probes).toEqual([20, 30]);
  });

  it('does not probe while a control message waits for its answer', () => {
    const bed = new Bed();
    bed.policy.start();
    bed.probing = true;
    bed.policy.unanswered();
    bed.clock.advance(35);
    expect(bed.probes).toEqual([]);
  });

  it('stops for good, and is armed again by the next selection', () => {
    const { clock, policy, probes } = new Bed();
    policy.start();
    clock.advance(9);
    policy.stop();
    policy.stop();
    policy.alive(clock.now());
    expect(clock.timers).toEqual([]);
    clock.advance(100);
    expect(probes).toEqual([]);
    policy.start();
    clock.advance(10);
    expect(probes).toEqual([119]);
  });

  it('takes a changed interval from the next time on, and at once when started again (P-20)', () => {
    const bed = new Bed();
    bed.policy.start();
    bed.interval = 2.5;
    bed.clock.advance(12.5);
    expect(bed.probes).toEqual([10, 12.5]);
    bed.interval = 1;
    bed.policy.start();
    bed.clock.advance(1);
    expect(bed.probes).toEqual([10, 12.5, 13.5]);
  });

  it('tells when the clock cannot time the next probe', () => {
    const bed = new Bed();
    const harm = new Error('harm');
    bed.policy.start();
    jest.spyOn(bed.clock, 'setTimer').mockImplementationOnce(() => {
      throw harm;
    });
    bed.clock.advance(10);
    expect(bed.failures).toEqual([harm]);
    expect(bed.probes).toEqual([]);
  });

  it('may be stopped from within a probe', () => {
    const clock = new FakeClock();
    let probes = 0;
    const policy: LinktestPolicy = new LinktestPolicy({
      clock,
      linktestInterval: () => 1,
      busy: () => false,
      probing: () => false,
      failed: () => {},
      probe: () => {
        probes++;
        policy.stop();
      },
    });
    policy.start();
    clock.advance(5);
    expect(probes).toBe(1);
    expect(clock.timers).toEqual([]);
  });

  it('stops probing when the interval is set to 0 while it runs (P-20)', () => {
    const bed = new Bed();
    bed.policy.start();
    bed.interval = 0;
    bed.clock.advance(30);
    expect(bed.probes).toEqual([]);
  });
});
