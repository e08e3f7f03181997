import type { FileStoreOptions } from '../../../../src/gem/index.js';
import { randomNumbers } from '../support/random.js';
import { MAX_MESSAGES, type Op } from '../support/oracle.js';

/** Steps of one run: more than a process gets through before it is killed. */
const STEPS = 4000;

/** A random load, and the settings it runs with: the same for the same seed. */
export function loadOf(seed: number): { readonly ops: readonly Op[]; readonly options: FileStoreOptions } {
  const random = randomNumbers(seed + 1);
  for (let n = 0; n < 5; n++) random();
  const below = (limit: number): number => Math.floor(random() * limit);
  const fsyncs = ['always', 'never', { seconds: 0.005 }] as const;
  const options: FileStoreOptions = {
    fsync: fsyncs[below(3)] ?? 'always',
    segmentBytes: 4096 * 4 ** below(4),
    spool: { maxMessages: MAX_MESSAGES },
  };
  const larger = 10 ** below(4);
  const op = (n: number): Op => {
    const bytes = below(20 * larger);
    switch (below(10)) {
      case 0:
      case 1:
        return { kind: 'set', key: `key${below(5)}`, value: { n, text: 'x'.repeat(bytes) } };
      case 2:
        return { kind: 'delete', key: `key${below(5)}` };
      case 3:
        return { kind: 'program', id: `P${below(3)}`, n, bytes };
      case 4:
        return below(2) === 0 ? { kind: 'deleteProgram', id: `P${below(3)}` } : { kind: 'clear' };
      case 5:
      case 6:
        return { kind: 'remove' };
      default:
        return { kind: 'append', n, bytes, dropOldest: below(2) === 0 };
    }
  };
  return { ops: Array.from({ length: STEPS }, (_, n) => op(n)), options };
}
