import { Deadlines } from '../../src/session/transactions/deadlines.js';
import { LinktestPolicy } from '../../src/hsms/procedures/linktest-policy.js';
import { Transactions } from '../../src/session/transactions/transactions.js';
import { FrameDecoder } from '../../src/hsms/wire/frame-decoder.js';
import type { EntityLife } from './history.js';
import { violations } from './invariants.js';
import { planOf, type RunKind, type RunPlan } from './plan.js';
import { carryOut, type RunOptions } from './run.js';
import { runFaults } from './runner.js';
import { FairTime } from './support/fair-time.js';
import { ProcessWatch } from './support/process-watch.js';

// A machine that is busy with other things takes its time.
jest.setTimeout(60_000);

const RANDOM_SEED = (Date.now() ^ (process.pid << 8)) >>> 0;

describe('two entities and a proxy that does harm', () => {
  it.each([
    ['fixed seeds', 1, 24],
    [`seeds from ${RANDOM_SEED}: npm run faults -- --seed ${RANDOM_SEED} --runs 24`, RANDOM_SEED, 24],
  ])('keep every promise: %s', async (_name, seed, runs) => {
    const { failures, tally } = await runFaults({ seed, runs, jobs: 24 });
    expect({ seed, failures }).toEqual({ seed, failures: [] });
    expect(tally.runs).toBe(runs);
  });
});

/** The first plan of a kind that is not cut short. */
function planOfKind(kind: RunKind, from = 1): RunPlan {
  for (let seed = from; ; seed++) {
    const plan = planOf(seed);
    if (plan.kind === kind && plan.end === 'disposeBoth') return { ...plan, operator: [] };
  }
}

describe('the harness notices', () => {
  const lost = new WeakSet<EntityLife>();
  let fair: FairTime;
  let watch: ProcessWatch;
  beforeEach(() => {
    fair = new FairTime();
    watch = new ProcessWatch();
  });
  afterEach(() => {
    jest.restoreAllMocks();
    fair.stop();
    watch.stop();
  });
  const seen = async (plan: RunPlan, options: RunOptions = {}): Promise<string> =>
    violations(await carryOut(plan, fair, options)).join('\n');

  it('nothing in a run to which nothing was done', async () => {
    expect(await seen(planOfKind('steady'))).toBe('');
  });

  it.each<[string, (life: EntityLife, key: string) => void, RegExp]>([
    [
      'is lost',
      (life, key) =>
        life.received.length === 3 && !lost.has(life) ? lost.add(life) : life.received.push(key),
      /was lost|had not all arrived/,
    ],
    [
      'comes twice',
      (life, key) => life.received.push(...(life.received.length === 3 ? [key, key] : [key])),
      /arrived twice/,
    ],
    [
      'overtakes another',
      (life, key) => {
        if (life.received.length === 3) life.received.splice(2, 0, key);
        else life.received.push(key);
      },
      /was lost|arrived twice or late/,
    ],
    ['was never sent', (life, key) => life.received.push(key, 'S1F1 of nobody'), /was never sent/],
  ])('a message that %s', async (_what, onReceived, expected) => {
    const options: RunOptions = { sabotage: { passive: { onReceived } }, patienceMs: 1000 };
    expect(await seen(planOfKind('steady'), options)).toMatch(expected);
  });

  it('a packet that is not the one on the wire', async () => {
    const onPacket = (life: EntityLife, key: string): void => void life.packets.push(key.replace(/^\d/, '9'));
    expect(await seen(planOfKind('steady'), { sabotage: { active: { onPacket } } })).toMatch(
      /that was published is not the one on the wire/,
    );
  });

  it('a link that does not recover', async () => {
    const onHealed: RunOptions['onHealed'] = ({ entities }) => void entities.active.connection.disable();
    expect(await seen(planOfKind('broken'), { onHealed })).toMatch(/no traffic flowed both ways/);
  });

  it('a timer and a listener that are left, and an error that is reported', async () => {
    const onHealed: RunOptions['onHealed'] = ({ entities }) => {
      entities.active.clock.setTimer('forgotten', 0.7, () => {});
      entities.passive.connection.events.on('message', () => {
        throw new Error('a careless listener');
      });
    };
    const found = await seen(planOfKind('broken'), { onHealed });
    expect(found).toMatch(/timers left after disposal: forgotten/);
    expect(found).toMatch(/passive: 1 listeners left/);
    expect(found).toMatch(/errors were reported: .*a careless listener/);
  });

  it('a request that is never settled, an error without a code, a close that is told twice', async () => {
    const history = await carryOut(planOfKind('steady'), fair);
    const { active, passive } = history.entities;
    active.requests[0]!.outcome = undefined;
    passive.requests[0]!.outcome = 'untyped';
    active.lives[0]!.events.push('closed');
    passive.lives[0]!.reasons.push({ kind: 't7', seconds: 1 });
    const found = violations(history).join('\n');
    expect(found).toMatch(/active: S\d+F\d+ was never settled/);
    expect(found).toMatch(/passive: S\d+F\d+ ended with untyped/);
    expect(found).toMatch(/events: established beforeClosed closed closed/);
    expect(found).toMatch(/close reasons: \w+, \w+, t7/);
  });

  // Each breaks the library itself in one place.
  it.each<[string, () => void, RunKind, RegExp]>([
    [
      'a decoder that drops a packet',
      () => {
        const { push } = {
          push: Reflect.get(FrameDecoder.prototype, 'push') as (chunk: Buffer) => undefined,
        };
        let chunks = 0;
        const drop = function (this: FrameDecoder, chunk: Buffer): undefined {
          return ++chunks === 9 ? undefined : push.call(this, chunk);
        };
        jest.spyOn(FrameDecoder.prototype, 'push').mockImplementation(drop);
      },
      'steady',
      /not the one on the wire|was lost|had not all arrived|instead of answered/,
    ],
    [
      'open requests that the end of the link does not fail',
      () => void jest.spyOn(Transactions.prototype, 'failWhere').mockImplementation(() => {}),
      'broken',
      /outlived its connection/,
    ],
    [
      'a linktest timer that is not stopped',
      () => void jest.spyOn(LinktestPolicy.prototype, 'stop').mockImplementation(() => {}),
      'broken',
      /timers left after disposal: .*linktest/,
    ],
    [
      'T3 that never runs',
      () => void jest.spyOn(Deadlines.prototype, 'set').mockReturnValue(),
      'steady',
      /instead of HSMS_T3_TIMEOUT|was never settled|took \d+ ms/,
    ],
  ])(
    '%s',
    async (_what, breakIt, kind, expected) => {
      breakIt();
      const found: string[] = [];
      for (let from = 1, tries = 0; tries < 6 && !expected.test(found.join('\n')); tries++) {
        const plan = planOfKind(kind, from);
        from = plan.seed + 1;
        const short = { ...plan, end: kind === 'steady' ? plan.end : 'abrupt' } as const;
        found.push(await seen(short, { patienceMs: 800 }));
      }
      expect(found.join('\n')).toMatch(expected);
    },
    40_000,
  );
});
