import { bar, progressBar } from '../../../src/cli/output/progress';
import { CliBed } from '../../support/cli-bed';
import { FakeClock } from '../../support/fake-clock';

const MIB = 1024 * 1024;

describe('bar', () => {
  it.each([
    [0, `x [${'-'.repeat(30)}] 0 % 0.0/10.0 MiB 0.0 MiB/s`],
    [5 * MIB, `x [${'#'.repeat(15)}${'-'.repeat(15)}] 50 % 5.0/10.0 MiB 2.5 MiB/s`],
    [10 * MIB, `x [${'#'.repeat(30)}] 100 % 10.0/10.0 MiB 5.0 MiB/s`],
  ])('shows %d bytes', (done, expected) => {
    expect(bar('x', done, 10 * MIB, 2)).toBe(expected);
  });

  it('shows no rate before time has passed, and all of nothing as done', () => {
    expect(bar('x', 0, 0, 0)).toBe(`x [${'#'.repeat(30)}] 100 % 0.0/0.0 MiB`);
  });
});

describe('progressBar', () => {
  it('draws at most ten times a second, over itself, and goes away', () => {
    const clock = new FakeClock();
    const bed = new CliBed({ isTTY: true, clock });
    const progress = progressBar(bed.io, 'x', 1000);
    for (let i = 0; i <= 1000; i++) {
      progress.update(i);
      clock.advance(0.001);
    }
    progress.end();
    const drawn = bed.stderr.split('\r\u001b[K');
    expect(drawn).toHaveLength(13);
    expect(drawn[12]).toBe('');
    expect(bed.stdout).toBe('');
  });

  it.each([
    ['is no terminal', false, true],
    ['is not wanted', true, false],
  ])('draws nothing where standard error %s', (_name, isTTY, wanted) => {
    const bed = new CliBed({ isTTY });
    const progress = progressBar(bed.io, 'x', 1000, wanted);
    progress.update(500);
    progress.end();
    expect(bed.stderr).toBe('');
  });
});
