import { open, type FileHandle } from 'node:fs/promises';
import { errnoText } from '../../errno-text.js';
import { codeOf, UsageError } from '../../exit-codes.js';

/** @throws UsageError for a file that is there: nothing is overwritten unasked. */
export async function mustNotExist(file: string): Promise<void> {
  const found = await open(file, 'r').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new UsageError(`${file} cannot be written: ${errnoText(error)}`, { cause: error });
  });
  if (found === undefined) return;
  await found.close();
  throw new UsageError(`${file} is there already: --force replaces it, or name another file`);
}

/** Writes a file; one that is there is replaced only if that is wanted. */
export async function writeWhole(file: string, bytes: Uint8Array, replace: boolean): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, replace ? 'w' : 'wx');
    await handle.writeFile(bytes);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${errnoText(error)}`, { cause: error });
  } finally {
    await handle?.close();
  }
}
