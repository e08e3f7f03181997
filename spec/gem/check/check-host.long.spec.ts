import { hostRules } from '../../../src/gem';
import { HostBetween } from './host-bed';
import { HOST_DEFECTS } from './host-defects';

let bed: HostBetween;

afterEach(() => bed.down());

jest.setTimeout(60_000);

describe('checkHost', () => {
  it('passes our host by every rule, and shows what each is judged by', async () => {
    bed = new HostBetween();
    const results = await bed.judge();
    expect(results.filter(({ verdict }) => verdict !== 'PASS')).toEqual([]);
    expect(results.map(({ id }) => id)).toEqual(hostRules().map(({ id }) => id));
    expect(results.filter(({ trace }) => trace.length === 0)).toEqual([]);
    // Afterwards the host is as it was.
    expect(bed.host.state).toBe('ready');
  });

  it.each(Object.keys(HOST_DEFECTS))('%s fails on a host that has its defect', async (id) => {
    bed = new HostBetween(HOST_DEFECTS[id]);
    const [result, more] = await bed.judge(id);
    expect(result).toMatchObject({ id, verdict: 'FAIL' });
    expect(result?.reason).not.toMatch(/^not put back/);
    expect(more).toBeUndefined();
  });
});
