import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { errnoText } from './errno-text.js';
import { UsageError } from './exit-codes.js';

/**
 * The size of a file that is about to be read.
 * @throws UsageError for one that is not there, for a folder, and for a named pipe: to open one waits for its writer, and
 * nothing could end that.
 */
export async function fileSize(file: string): Promise<number> {
  let found: Stats;
  try {
    found = await stat(file);
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${errnoText(error)}`, { cause: error });
  }
  if (found.isDirectory()) throw new UsageError(`${file} is a folder: a file is wanted`);
  const isOpen = /^\/(?:dev\/fd|proc\/[^/]+\/fd)\//.test(file);
  if (found.isFIFO() && !isOpen)
    throw new UsageError(`${file} is a named pipe: pass it as standard input, - < ${file}`);
  return found.size;
}
