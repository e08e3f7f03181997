import { contentsOf, perform, textOf, type Op } from './oracle.js';
import { FaultFs } from './fault-fs.js';
import { afterKill, afterPowerLoss, course, openOn, runLoad } from './load.js';
import { randomNumbers } from './random.js';

/** A bit of everything, small enough to crash at each byte of it. */
const MIXED: readonly Op[] = [
  { kind: 'set', key: 'ec/1', value: 10 },
  { kind: 'append', n: 1, bytes: 5 },
  { kind: 'program', id: 'P', n: 1, bytes: 9 },
  { kind: 'append', n: 2, bytes: 7 },
  { kind: 'remove' },
  { kind: 'remove' },
  { kind: 'append', n: 3, bytes: 4 },
  { kind: 'program', id: 'P', n: 2, bytes: 3 },
  { kind: 'delete', key: 'ec/1' },
  { kind: 'remove' },
  { kind: 'deleteProgram', id: 'P' },
];

/** Larger messages, so that files are begun and removed, and the spool is full at times. */
const ROTATING: readonly Op[] = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((n): Op[] => [
  { kind: 'append', n, bytes: 1500, dropOldest: n % 2 === 0 },
  { kind: 'set', key: `k${n % 3}`, value: n },
  ...(n % 3 === 0 ? [{ kind: 'remove' } as const] : []),
  ...(n === 5 ? [{ kind: 'clear' } as const] : []),
]);

interface Point {
  readonly call: number;
  readonly bytes?: number;
}

/** Every call of a load, and every `step`-th byte of its writes. */
async function pointsOf(ops: readonly Op[], step: number): Promise<Point[]> {
  const fs = new FaultFs();
  expect(await runLoad(fs, ops)).toEqual({ done: ops.length, closed: true });
  return fs.calls.flatMap(({ bytes }, call) => {
    const points: Point[] = [{ call }];
    for (let taken = 1; taken <= bytes; taken += step) points.push({ call, bytes: taken });
    return points;
  });
}

async function crashed(ops: readonly Op[], { call, bytes }: Point): Promise<{ fs: FaultFs; done: number }> {
  const fs = new FaultFs();
  fs.faults.set(call, { kind: 'crash', ...(bytes !== undefined && { bytes }) });
  const { done, closed } = await runLoad(fs, ops);
  expect(closed).toBe(false);
  return { fs, done };
}

async function expectContents(fs: FaultFs, allowed: readonly string[]): Promise<void> {
  const store = await openOn(fs);
  expect(store.opening.lost).toEqual([]);
  expect(allowed).toContain(textOf(await contentsOf(store)));
  await store.close();
}

/** What must hold after a crash at each call of a load, and at every `step`-th byte of what it writes. */
function specifyCrashes(ops: readonly Op[], step: number, least: number): void {
  it('G-92: kill -9 loses nothing acknowledged and doubles nothing', async () => {
    const points = await pointsOf(ops, step);
    expect(points.length).toBeGreaterThan(least);
    for (const point of points) {
      const { fs, done } = await crashed(ops, point);
      await expectContents(fs.afterKill(), afterKill(ops, done));
    }
  });

  it('a loss of power, whichever blocks are left, undoes removals alone', async () => {
    const points = await pointsOf(ops, step * 8);
    for (const [index, point] of points.entries()) {
      const { fs, done } = await crashed(ops, point);
      const random = randomNumbers(index);
      for (let n = 0; n < 2; n++) {
        await expectContents(fs.afterPowerLoss(random), afterPowerLoss(ops, done));
      }
    }
  });

  it('a store that crashed goes on, also after a crash of the next process', async () => {
    const points = await pointsOf(ops, step * 40);
    const more: Op = { kind: 'set', key: 'after', value: true };
    for (const [index, point] of points.entries()) {
      const { fs, done } = await crashed(ops, point);
      const left = fs.afterKill();
      left.faults.set(index % 40, { kind: 'crash', bytes: index % 30 });
      await runLoad(left, [more]);
      const store = await openOn(left.afterKill());
      const isThere = store.state.get('after') === true;
      await perform(store, more);
      await store.close();
      const again = await openOn(left.afterKill());
      const found = textOf(await contentsOf(again));
      const allowed = course(ops)
        .slice(done, done + 2)
        .flatMap((contents) => [
          textOf(contents),
          textOf({ ...contents, state: { ...contents.state, after: true } }),
        ]);
      expect(allowed).toContain(found);
      if (isThere) expect(found).toContain('"after"');
      await again.close();
    }
  });
}

/** The specs of crashes, at every byte of some loads, or at every `coarse`-th of those. */
export function specifyAllCrashes(coarse: number): void {
  describe.each([
    ['a bit of everything', MIXED, 1],
    ['files begun and removed', ROTATING, 61],
  ])('a crash in %s', (_name, ops, step) => specifyCrashes(ops, step * coarse, 300 / coarse));
}
