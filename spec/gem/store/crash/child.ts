// A process that keeps a store busy until it is killed: tells each step before and after it on standard output, as one line.
// The load follows from the seed, so that whoever reads the lines knows what each step was.
import { writeSync } from 'node:fs';
import { openFileStore } from '../../../../src/gem/store/file-store.js';
import { perform } from '../support/oracle.js';
import { loadOf } from './plan.js';

async function main(): Promise<void> {
  const [folder = '', seed = '0', first = '0'] = process.argv.slice(2);
  const { ops, options } = loadOf(Number(seed));
  // Straight to the pipe: a line that was written is there, whatever happens to the process.
  const tell = (line: string): void => void writeSync(1, `${line}\n`);
  const store = await openFileStore(folder, { ...options });
  tell(`open ${store.opening.lost.length}`);
  for (let index = Number(first); index < ops.length; index++) {
    const op = ops[index];
    if (op === undefined) break;
    tell(`begin ${index}`);
    await perform(store, op);
    tell(`done ${index}`);
  }
  await store.close();
  tell('closed');
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
