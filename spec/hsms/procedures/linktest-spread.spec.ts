import { HsmsActiveConnection, HsmsMultiPassiveServer, HsmsSession, SType } from '../../../src/index.js';
import { createTestNetwork } from '../../../src/testing/index.js';
import { LinktestPolicy } from '../../../src/hsms/procedures/linktest-policy.js';
import { FakeClock } from '../../support/fake-clock.js';

const INTERVAL = 15;
/** What a process is promised: so many of 10 ms go at once, and none comes later than this. */
const AT_ONCE = 16;
const LATEST = INTERVAL * 1.05;

/** Policies of one process, all started in the same moment. */
class Crowd {
  readonly probes: { readonly policy: number; readonly at: number }[] = [];
  readonly busy = new Set<number>();
  readonly policies: readonly LinktestPolicy[];

  constructor(
    readonly clock: FakeClock,
    count: number,
  ) {
    this.policies = Array.from({ length: count }, (_, policy) => {
      const owner: LinktestPolicy = new LinktestPolicy({
        clock,
        linktestInterval: () => INTERVAL,
        busy: () => this.busy.has(policy),
        probing: () => false,
        failed: (error) => {
          throw error;
        },
        probe: () => {
          this.probes.push({ policy, at: clock.now() / 1000 });
          owner.alive(clock.now());
        },
      });
      return owner;
    });
    for (const policy of this.policies) policy.start();
  }

  /** When this one has probed. */
  of(policy: number): number[] {
    return this.probes.filter((probe) => probe.policy === policy).map(({ at }) => at);
  }

  /** The most probes within 10 ms, of those from one time on and before another. */
  mostWithin10Ms(from: number, to: number): number {
    const times = this.probes.map(({ at }) => at).filter((at) => at >= from && at < to);
    const counts = times.map(
      (first, index) => times.slice(index, index + 2000).filter((at) => at < first + 0.01).length,
    );
    return Math.max(0, ...counts);
  }
}

describe('Linktests of many sessions (P-27)', () => {
  it(`leave after the interval, to the millisecond, where ${AT_ONCE} are due at once`, () => {
    const clock = new FakeClock();
    const setTimer = jest.spyOn(clock, 'setTimer');
    const crowd = new Crowd(clock, AT_ONCE);
    clock.advance(3 * INTERVAL);
    const times = [15, 30, 45].flatMap((at) => Array.from({ length: AT_ONCE }, () => at));
    expect(crowd.probes.map(({ at }) => at)).toEqual(times);
    expect(new Set(setTimer.mock.calls.map(([, seconds]) => seconds))).toEqual(new Set([INTERVAL]));
  });

  it('leave after the interval, however many there are, where they are not due at once', () => {
    const clock = new FakeClock();
    const crowds = Array.from({ length: 4 }, () => {
      const crowd = new Crowd(clock, AT_ONCE);
      clock.advance(0.01);
      return crowd;
    });
    clock.advance(INTERVAL);
    expect(crowds.map((crowd) => [...new Set(crowd.probes.map(({ at }) => at.toFixed(3)))])).toEqual(
      [15, 15.01, 15.02, 15.03].map((at) => [at.toFixed(3)]),
    );
  });

  it('are spread, by 5 % of the interval at most, and go on moving apart', () => {
    const clock = new FakeClock();
    const COUNT = 2000;
    const crowd = new Crowd(clock, COUNT);
    const most: number[] = [];
    for (let round = 1; round <= 6; round++) {
      const begin = clock.now() / 1000;
      clock.advance(LATEST);
      most.push(crowd.mostWithin10Ms(begin, clock.now() / 1000));
    }
    // Without a spread: 2,000 each time.
    expect(most[0]).toBeLessThanOrEqual(AT_ONCE + 30);
    expect(Math.max(...most.slice(2))).toBeLessThanOrEqual(2 * AT_ONCE);
    for (let policy = 0; policy < COUNT; policy += 7) {
      const times = [0, ...crowd.of(policy)];
      const waits = times.slice(1).map((at, index) => at - (times[index] ?? 0));
      expect(waits.length).toBeGreaterThanOrEqual(5);
      expect(Math.min(...waits)).toBeGreaterThan(INTERVAL - 0.001);
      expect(Math.max(...waits)).toBeLessThan(LATEST);
      // Each has a share of its own, which it keeps.
      const late = waits.filter((wait) => wait > INTERVAL + 0.001).map((wait) => wait.toFixed(6));
      expect(new Set(late).size).toBeLessThanOrEqual(1);
    }
  });

  it('are counted from the last sign of life, put off or not', () => {
    const clock = new FakeClock();
    const crowd = new Crowd(clock, AT_ONCE + 1);
    clock.advance(INTERVAL);
    expect(crowd.probes).toHaveLength(AT_ONCE);
    crowd.policies[AT_ONCE]?.alive(clock.now());
    clock.advance(INTERVAL - 0.5);
    expect(crowd.of(AT_ONCE)).toEqual([]);
    clock.advance(0.5 + LATEST - INTERVAL);
    expect(crowd.of(AT_ONCE)).toHaveLength(1);
  });

  it('do not leave while a reply is outstanding, put off or not', () => {
    const clock = new FakeClock();
    const crowd = new Crowd(clock, AT_ONCE + 1);
    clock.advance(INTERVAL);
    crowd.busy.add(AT_ONCE);
    clock.advance(1);
    expect(crowd.of(AT_ONCE)).toEqual([]);
    // The next one is judged anew, an interval after the one that was left out.
    crowd.busy.clear();
    clock.advance(INTERVAL);
    const [first = 0, ...more] = crowd.of(AT_ONCE);
    expect(more).toEqual([]);
    expect(first).toBeGreaterThan(2 * INTERVAL);
  });

  it('that are left out make no crowd', () => {
    const clock = new FakeClock();
    const crowd = new Crowd(clock, 3 * AT_ONCE);
    for (let policy = 0; policy < 2 * AT_ONCE; policy++) crowd.busy.add(policy);
    clock.advance(INTERVAL);
    expect(crowd.probes).toHaveLength(AT_ONCE);
  });

  it('are put off no more by a policy that was stopped, and judged anew by one that was started again', () => {
    const clock = new FakeClock();
    const crowd = new Crowd(clock, AT_ONCE + 2);
    clock.advance(INTERVAL);
    crowd.policies[AT_ONCE]?.stop();
    for (const policy of crowd.policies.slice(0, AT_ONCE)) policy.start();
    crowd.policies[AT_ONCE + 1]?.start();
    clock.advance(INTERVAL);
    expect(crowd.of(AT_ONCE)).toEqual([]);
    expect(crowd.of(AT_ONCE + 1)).toEqual([]);
    clock.advance(INTERVAL * 0.05);
    expect(crowd.of(AT_ONCE + 1)).toHaveLength(1);
  });

  it('of different clocks have nothing to do with each other', () => {
    const crowds = [new FakeClock(), new FakeClock()].map((clock) => new Crowd(clock, AT_ONCE));
    for (const { clock, probes } of crowds) {
      clock.advance(INTERVAL);
      expect(probes).toHaveLength(AT_ONCE);
    }
  });

  it('of sessions selected in one moment do not leave in one', async () => {
    const COUNT = 120;
    const { clock, options } = createTestNetwork();
    const server = new HsmsMultiPassiveServer(5000, { ...options, bindAddress: '127.0.0.1' });
    const sent: number[] = [];
    const hosts: HsmsSession[] = [];
    for (let tool = 1; tool <= COUNT; tool++) {
      new HsmsSession(server.createConnection(`10.0.0.${tool}`, 0), { entity: 'equipment' });
      const host = new HsmsSession(
        new HsmsActiveConnection('127.0.0.1', 5000, 0, undefined, {
          ...options,
          bindAddress: `10.0.0.${tool}`,
        }),
        { linktestInterval: INTERVAL },
      );
      host.connection.events.on('sent', ({ header }) => {
        if (header.sType === SType.linktestReq) sent.push(clock.now() / 1000);
      });
      hosts.push(host);
    }
    await server.enable();
    await Promise.all(hosts.map((host) => host.connection.enable()));
    await clock.until(() => hosts.every(({ currentState }) => currentState === 'selected'));
    await clock.advanceAsync(LATEST + 0.1);
    expect(sent).toHaveLength(COUNT);
    expect(sent.filter((at) => at < INTERVAL + 0.001)).toHaveLength(AT_ONCE);
    expect(Math.max(...sent)).toBeLessThan(LATEST + 0.001);
    expect(new Set(sent.map((at) => Math.floor(at * 100))).size).toBeGreaterThan(40);
    await Promise.all(
      [...hosts.map((host) => host.dispose()), server.dispose()].map((end) => clock.settled(end)),
    );
  });
});
