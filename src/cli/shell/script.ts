import { createInterface } from 'node:readline';
import { SmlError } from '../../secs2/index.js';
import { UsageError } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import type { Shell, Task } from './shell.js';

/**
 * Runs lines from standard input one after the other, each when the one before is done, and stops at the first that
 * fails.
 * @returns whether there was anything to do
 * @throws what a line fails with, naming the line where it cannot be read
 */
export async function runScript(io: CliIo, shell: Shell, signal: AbortSignal): Promise<boolean> {
  const lines = createInterface({ input: io.stdin, crlfDelay: Infinity });
  const stop = (): void => lines.close();
  signal.addEventListener('abort', stop, { once: true });
  let number = 0;
  let done = false;
  const run = async (take: () => Task | undefined): Promise<void> => {
    const task = inLine(number, take);
    done ||= task !== undefined;
    await task?.();
  };
  try {
    for await (const line of lines) {
      number++;
      await run(() => shell.line(line));
      if (signal.aborted) return done;
    }
    await run(() => shell.end());
    return done;
  } finally {
    signal.removeEventListener('abort', stop);
    lines.close();
  }
}

function inLine(number: number, take: () => Task | undefined): Task | undefined {
  try {
    return take();
  } catch (error) {
    if (error instanceof UsageError)
      throw new UsageError(`line ${number}: ${error.message}`, { cause: error });
    if (!(error instanceof SmlError)) throw error;
    throw new UsageError(`the message that ends in line ${number} cannot be read: ${error.message}`, {
      cause: error,
    });
  }
}
