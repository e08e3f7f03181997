import fc from 'fast-check';
import type { GemStore, StoreError } from '../../../src/gem/index.js';
import { FakeClock } from '../../support/fake-clock.js';
import { FaultFs, type Fault } from './support/fault-fs.js';
import { openOn } from './support/load.js';
import { randomNumbers } from './support/random.js';
import {
  after,
  contentsOf,
  EMPTY,
  MAX_MESSAGES,
  perform,
  textOf,
  type Contents,
  type Op,
} from './support/oracle.js';

const OPS: readonly Op[] = [1, 2, 3, 4, 5].flatMap((n): Op[] => [
  { kind: 'append', n, bytes: 1500 },
  { kind: 'set', key: 'k', value: n },
  { kind: 'program', id: `P${n % 2}`, n, bytes: 20 },
  ...(n % 2 === 0 ? [{ kind: 'remove' } as const] : []),
]);

/** Does all of it, going on after what failed; what must be there at the end. */
async function stubborn(
  fs: FaultFs,
  ops: readonly Op[],
  before: (index: number) => void = () => {},
): Promise<{ expected: Contents; failed: unknown[] }> {
  const failed: unknown[] = [];
  const store = await openOn(fs).catch((error: unknown) => {
    failed.push(error);
    return openOn(fs);
  });
  let expected = EMPTY;
  for (const [index, op] of ops.entries()) {
    before(index);
    try {
      await perform(store, op);
      expected = after(expected, op);
    } catch (error) {
      failed.push(error);
    }
  }
  await store.close().catch((error: unknown) => failed.push(error));
  return { expected, failed };
}

async function expectStored(fs: FaultFs, expected: Contents): Promise<void> {
  const store = await openOn(fs);
  expect(store.opening).toMatchObject({ lost: [] });
  expect(textOf(await contentsOf(store))).toBe(textOf(expected));
  await store.close();
}

async function callsOf(ops: readonly Op[]): Promise<FaultFs['calls']> {
  const fs = new FaultFs();
  const { failed } = await stubborn(fs, ops);
  expect(failed).toEqual([]);
  return fs.calls;
}

describe.each([
  ['an I/O error', { kind: 'error', code: 'EIO' }],
  ['a full disk in the middle of a write', { kind: 'error', code: 'ENOSPC', bytes: 7 }],
  ['an I/O error at the very end of a write', { kind: 'error', code: 'EIO', bytes: 10_000 }],
] as const satisfies readonly (readonly [string, Fault])[])('%s', (_name, fault) => {
  it('in any one call fails that step alone', async () => {
    const calls = await callsOf(OPS);
    for (const call of calls.keys()) {
      const fs = new FaultFs();
      fs.faults.set(call, fault);
      const { expected, failed } = await stubborn(fs, OPS);
      expect(failed.length).toBeLessThanOrEqual(1);
      for (const error of failed) expect(error).toMatchObject({ code: 'GEM_STORE_FAILED' });
      await expectStored(fs.afterKill(), expected);
      await expectStored(fs.afterPowerLoss(randomNumbers(call)), expected);
    }
  });
});

it('a disk that stays full fails each step, and the first that finds room works', async () => {
  for (let from = 0; from < OPS.length; from++) {
    const fs = new FaultFs();
    const { expected, failed } = await stubborn(fs, OPS.concat(OPS), (index) => {
      fs.isFull = index >= from && index < from + 6;
    });
    expect(failed.length).toBeGreaterThanOrEqual(5);
    await expectStored(fs.afterKill(), expected);
  }
});

it('short writes are gone on with', async () => {
  const calls = await callsOf(OPS);
  const fs = new FaultFs();
  for (let call = 0; call < calls.length * 4; call++)
    fs.faults.set(call, { kind: 'short', bytes: 1 + (call % 200) });
  const { expected, failed } = await stubborn(fs, OPS);
  expect(failed).toEqual([]);
  await expectStored(fs.afterKill(), expected);
});

it('does not find a step again that was rejected', async () => {
  const calls = await callsOf(OPS);
  for (const call of calls.keys()) {
    const fs = new FaultFs();
    fs.faults.set(call, { kind: 'error', code: 'EIO' });
    const store = await openOn(fs).catch(() => undefined);
    let expected = EMPTY;
    let failed = false;
    for (const step of store === undefined ? [] : OPS) {
      failed ||= await perform(store as GemStore, step).then(
        () => false,
        () => true,
      );
      if (failed) break;
      expected = after(expected, step);
    }
    if (failed) await expectStored(fs.afterKill(), expected);
  }
});

it('keeps what a killed process wrote and never acknowledged, once it was seen', async () => {
  const step: Op = { kind: 'set', key: 'seen', value: 1 };
  const fs = new FaultFs();
  const store = await openOn(fs);
  fs.faults.set(fs.calls.length + 1, { kind: 'crash' });
  await expect(perform(store, step)).rejects.toMatchObject({ code: 'GEM_STORE_FAILED' });
  const left = fs.afterKill();
  expect((await openOn(left)).state.get('seen')).toBe(1);
  for (let seed = 0; seed < 20; seed++) {
    await expectStored(left.afterPowerLoss(randomNumbers(seed)), after(EMPTY, step));
  }
});

it('keeps the body of a replaced program until the replacement is safe', async () => {
  for (let seed = 0; seed < 20; seed++) {
    const fs = new FaultFs();
    const options = { fsync: { seconds: 1 }, clock: new FakeClock() };
    const store = await openOn(fs, options);
    await perform(store, { kind: 'program', id: 'P', n: 1, bytes: 5 });
    await options.clock.pass(1);
    await perform(store, { kind: 'program', id: 'P', n: 2, bytes: 7 });
    const bodies = (of: FaultFs): number =>
      [...of.names.keys()].filter((path) => path.endsWith('.bin')).length;
    expect(bodies(fs)).toBe(2);
    const again = await openOn(fs.afterPowerLoss(randomNumbers(seed)));
    expect(['1.1.1', '2.2.2.2']).toContain(String(await again.programs.read('P')));
    await options.clock.pass(1);
    expect(bodies(fs)).toBe(1);
  }
});

it('says what failed, and why', async () => {
  const fs = new FaultFs();
  const store = await openOn(fs);
  fs.faults.set(fs.calls.length, { kind: 'error', code: 'ENOSPC' });
  const error = (await store.state.write({ set: { a: 1 } }).catch((e: unknown) => e)) as StoreError;
  expect(error.message).toMatch(/^writing to the store failed: ENOSPC: write \/store\/journal-0*1\.log/);
  expect(error.cause).toMatchObject({ code: 'ENOSPC' });
  expect(store.state.get('a')).toBeUndefined();
  await store.close();
});

const op: fc.Arbitrary<Op> = fc.oneof(
  fc.record({
    kind: fc.constant('set'),
    key: fc.constantFrom('a', 'b'),
    value: fc.jsonValue() as fc.Arbitrary<never>,
  }),
  fc.record({ kind: fc.constant('delete'), key: fc.constantFrom('a', 'b') }),
  fc.record({
    kind: fc.constant('append'),
    n: fc.nat(99),
    bytes: fc.constantFrom(0, 1, 500, 3000),
    dropOldest: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('remove') }),
  fc.record({ kind: fc.constant('clear') }),
  fc.record({
    kind: fc.constant('program'),
    id: fc.constantFrom('P', 'Q'),
    n: fc.nat(9),
    bytes: fc.nat(2000),
  }),
  fc.record({ kind: fc.constant('deleteProgram'), id: fc.constantFrom('P', 'Q') }),
);

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constant('error'), code: fc.constantFrom('ENOSPC', 'EIO'), bytes: fc.nat(600) }),
  fc.record({ kind: fc.constant('error'), code: fc.constantFrom('ENOSPC', 'EIO') }),
  fc.record({ kind: fc.constant('short'), bytes: fc.nat(600) }),
  fc.record({ kind: fc.constant('crash'), bytes: fc.nat(600) }),
);

/**
 * The contents that are allowed now. What failed may be found after a crash all the same, as long as nothing succeeded since;
 * a loss of power may undo removals that were the last steps.
 */
class Expectation {
  sure: Contents = EMPTY;
  #maybe: Contents[] = [];
  #beforeRemovals: Contents[] = [];

  done(step: Op): void {
    // Nothing was written, so nothing was superseded.
    if (step.kind === 'remove' && this.sure.spool.length === 0) return;
    if (step.kind === 'deleteProgram' && !(step.id in this.sure.programs)) return;
    if (step.kind === 'remove') this.#beforeRemovals.push(this.sure);
    else this.#beforeRemovals = [];
    this.sure = after(this.sure, step);
    this.#maybe = [];
  }

  failed(step: Op): void {
    this.#maybe.push(after(this.sure, step));
  }

  allows(text: string, powerLost: boolean): boolean {
    const undone = powerLost ? this.#beforeRemovals : [];
    return [this.sure, ...this.#maybe, ...undone].map(textOf).includes(text);
  }
}

it('keeps its promises under random loads, faults, kills and losses of power', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ ops: fc.array(op, { maxLength: 12 }), powerLost: fc.boolean() }), {
        maxLength: 4,
      }),
      fc.array(fc.tuple(fc.nat(120), fault), { maxLength: 8 }),
      fc.nat(),
      async (lives, faults, seed) => {
        const random = randomNumbers(seed);
        let fs = new FaultFs();
        for (const { ops, powerLost } of lives) {
          const expectation = new Expectation();
          // The spool cannot be looked at without emptying it, so each life begins with an empty store.
          fs = new FaultFs();
          for (const [call, what] of faults) fs.faults.set(call, what);
          const store = await openOn(fs).catch(() => openOn(fs).catch(() => undefined));
          for (const step of store === undefined ? [] : ops) {
            await perform(store as never, step).then(
              () => expectation.done(step),
              () => expectation.failed(step),
            );
          }
          expect(store?.spool.count ?? 0).toBe(expectation.sure.spool.length);
          const left = powerLost ? fs.afterPowerLoss(random) : fs.afterKill();
          const again = await openOn(left);
          const found = textOf(await contentsOf(again));
          expect(expectation.allows(found, powerLost) ? 'allowed' : found).toBe('allowed');
          await again.close();
        }
      },
    ),
    { numRuns: Number(process.env['GEM_STORE_RUNS'] ?? 80) },
  );
});

it('writes what is asked at once together, in order', async () => {
  const fs = new FaultFs();
  const store = await openOn(fs);
  const before = fs.calls.length;
  const all = Array.from({ length: 100 }, (_, n) =>
    n % 2 === 0
      ? perform(store, { kind: 'append', n, bytes: 20, dropOldest: true })
      : perform(store, { kind: 'set', key: 'last', value: n }),
  );
  await Promise.all(all);
  const names = fs.calls.slice(before).map(({ name }) => name);
  expect(names.filter((name) => name === 'sync').length).toBeLessThanOrEqual(2);
  expect(store.state.get('last')).toBe(99);
  expect(store.spool.count).toBe(MAX_MESSAGES);
  await store.close();
});

it('does not write a large state again with each change', async () => {
  const fs = new FaultFs();
  const store = await openOn(fs);
  await store.state.write({ set: { large: 'x'.repeat(50_000) } });
  for (let n = 0; n < 100; n++) await store.state.write({ set: { n } });
  await store.close();
  expect(fs.calls.filter(({ name, path }) => name === 'create' && path.includes('journal')).length).toBe(2);
});
