import { openFileStore, type FileStoreOptions, type GemStore } from '../../../../src/gem/index.js';
import { FakeClock } from '../../../support/fake-clock.js';
import type { FaultFs } from './fault-fs.js';
import { after, EMPTY, MAX_MESSAGES, perform, textOf, type Contents, type Op } from './oracle.js';

/** Opens the store of a fault-injecting file system. Timers stand still, so what is not synced at once is not synced. */
export function openOn(fs: FaultFs, options: FileStoreOptions = {}): Promise<GemStore> {
  return openFileStore('/store', {
    fs,
    clock: new FakeClock(),
    segmentBytes: 4096,
    spool: { maxMessages: MAX_MESSAGES },
    onProblem: () => {},
    ...options,
  });
}

/** How far a load came. */
export interface Progress {
  /** Steps whose promises resolved. */
  readonly done: number;
  readonly closed: boolean;
}

/** Runs a load until something fails. */
export async function runLoad(
  fs: FaultFs,
  ops: readonly Op[],
  options: FileStoreOptions = {},
): Promise<Progress> {
  let done = 0;
  try {
    const store = await openOn(fs, options);
    for (const op of ops) {
      await perform(store, op);
      done++;
    }
    await store.close();
    return { done, closed: true };
  } catch {
    return { done, closed: false };
  }
}

/** What the store must hold after each number of steps. */
export function course(ops: readonly Op[]): readonly Contents[] {
  const states = [EMPTY];
  for (const op of ops) states.push(after(states.at(-1) ?? EMPTY, op));
  return states;
}

/** The contents that a kill may leave: with the step that was under way, or without. */
export function afterKill(ops: readonly Op[], done: number): string[] {
  return course(ops)
    .slice(done, done + 2)
    .map(textOf);
}

/** The contents that a loss of power may leave: removals from the spool alone may be undone. */
export function afterPowerLoss(ops: readonly Op[], done: number): string[] {
  let safe = done;
  while (safe > 0 && ops[safe - 1]?.kind === 'remove') safe--;
  return course(ops)
    .slice(safe, done + 2)
    .map(textOf);
}
