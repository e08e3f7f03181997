import { HsmsActiveConnection, HsmsSession } from '../../../src';
import {
  checkHost,
  GemArgumentError,
  hostRules,
  type HostCheckOptions,
  type RuleResult,
} from '../../../src/gem';
import { HostBetween } from './host-bed';
import { HOST_DEFECTS } from './host-defects';

let bed: HostBetween;

afterEach(() => bed.down());

const of = (verdict: RuleResult['verdict'], results: readonly RuleResult[]): string[] =>
  results.filter((result) => result.verdict === verdict).map(({ id }) => id);

describe('checkHost', () => {
  it('has a defect for each rule, and no other', () => {
    bed = new HostBetween();
    const ids = hostRules().map(({ id }) => id);
    expect(Object.keys(HOST_DEFECTS).sort()).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('offers no recipe by default', async () => {
    bed = new HostBetween();
    const results = await bed.check({ rules: ['G-118'] });
    expect(results).toMatchObject([
      {
        id: 'G-118a',
        verdict: 'SKIP',
        reason: expect.stringContaining('offers the process program') as string,
      },
      { id: 'G-118b', verdict: 'PASS' },
    ]);
  });

  it('skips what a host without a set-up cannot be judged by', async () => {
    bed = new HostBetween({ asks: ({ name }) => (/^S2F|^S6F23/.test(name) ? 'drop' : undefined) });
    const results = await bed.check({ rules: ['G-110h', 'G-112', 'G-113', 'G-116'] });
    expect(of('SKIP', results)).toEqual(results.map(({ id }) => id));
  });

  it('waits for its host no longer than its signal', async () => {
    bed = new HostBetween();
    await expect(checkHost(bed.session, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    );
    expect(bed.session.events.listenerCount('primary')).toBe(0);
  });

  it.each<[string, unknown, RegExp]>([
    ['an option that is not known', { operator: () => true }, /options\.operator is no option of checkHost/],
    ['change', { change: 'all' }, /change must be true or false, received the string "all"/],
    ['a rule that is not there', { rules: ['G-40'] }, /rules must be an array of ids of rules \(G-110a/],
    ['profile', { profile: { events: 1 } }, /events/],
  ])('refuses %s', async (_what, options, text) => {
    bed = new HostBetween();
    const run = checkHost(bed.session, options as HostCheckOptions);
    await expect(run).rejects.toThrow(text);
    await expect(run).rejects.toBeInstanceOf(GemArgumentError);
  });

  it('refuses the session of a host', async () => {
    bed = new HostBetween();
    const connection = new HsmsActiveConnection('127.0.0.1', 5009, 0, undefined, bed.network.options);
    await expect(checkHost(new HsmsSession(connection))).rejects.toThrow(
      /judges as an equipment, must be 'equipment'/,
    );
    await connection.dispose();
  });
});
