import { createInterface } from 'node:readline';
import { finished } from 'node:stream';
import { SmlError } from '../../secs2/index.js';
import { UsageError } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { TextOfBytes } from '../sml/text-of-bytes.js';
import type { Shell, Task } from './shell.js';

/**
 * Runs lines from standard input one after the other, each when the one before is done, and stops at the first that
 * fails.
 * @param encoding how the lines are written: UTF-8, or UTF-16 by its mark, where nothing is said
 * @returns whether there was a line to run
 * @throws what a line fails with, naming the line where it cannot be read
 */
export async function runScript(
  io: CliIo,
  shell: Shell,
  signal: AbortSignal,
  encoding?: string,
): Promise<boolean> {
  const text = new TextOfBytes('standard input', encoding);
  let failure: Error | undefined;
  text.on('error', (error) => (failure = error));
  finished(io.stdin, { writable: false }, (error) => error && text.destroy(error));
  const lines = createInterface({ input: io.stdin.pipe(text), crlfDelay: Infinity });
  text.once('close', () => lines.close());
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
      // Also where it says nothing that is done here: a comment, a statement of a scenario.
      done ||= line.trim() !== '';
      await run(() => shell.line(line));
      if (signal.aborted) return done;
    }
    if (failure !== undefined) throw failure;
    await run(() => shell.end());
    return done;
  } finally {
    signal.removeEventListener('abort', stop);
    lines.close();
    io.stdin.unpipe(text);
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
