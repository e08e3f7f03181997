import { open, readdir, rename, stat, unlink, type FileHandle } from 'node:fs/promises';
import { makeFolder } from '../../../log/sinks/make-folder.js';
import { takeLock } from './lock.js';

/** A file that is open. */
export interface StoreFile {
  /** Fills `target` from `position` of the file; resolves with how many bytes there were, 0 at the end. */
  read(target: Uint8Array, position: number): Promise<number>;
  /** Writes at `position`; resolves with how many bytes were taken, which may be fewer. */
  write(bytes: Uint8Array, position: number): Promise<number>;
  /** Resolves when the bytes, and the size, would survive the loss of power. */
  sync(): Promise<void>;
  truncate(length: number): Promise<void>;
  size(): Promise<number>;
  close(): Promise<void>;
}

/** All that the file store asks of a file system. Specs put one in its place that fails, and that loses power. */
export interface StoreFs {
  makeFolder(path: string): Promise<void>;
  /** Names in a folder, in any order. */
  list(folder: string): Promise<string[]>;
  /** A new, empty file for reading and writing; replaces one that exists. */
  create(path: string): Promise<StoreFile>;
  /** A file that exists, for reading and writing. */
  open(path: string): Promise<StoreFile>;
  /** Bytes of a file; undefined where there is none. */
  sizeOf(path: string): Promise<number | undefined>;
  /** Puts a file in the place of another at once. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file; one that is not there is passed over. */
  remove(path: string): Promise<void>;
  /** Resolves when names made, renamed and removed in the folder would survive the loss of power. */
  syncFolder(folder: string): Promise<void>;
  /**
   * Takes the folder for this process; resolves with what gives it back.
   * @param force takes it also from holders of which this process cannot tell whether they live
   */
  lock(folder: string, force: boolean): Promise<() => Promise<void>>;
}

/**
 * The file system of Node.
 *
 * @example
 * ```ts
 * import { nodeFs, openFileStore, type StoreFs } from 'rxsecs/gem';
 *
 * const fs: StoreFs = { ...nodeFs }; // with a method of your own, to see what a full disk does
 * const store = await openFileStore('/var/lib/etcher', { fs });
 * ```
 */
export const nodeFs: StoreFs = {
  makeFolder,
  list: (folder) => readdir(folder),
  create: async (path) => new NodeFile(await open(path, 'w+')),
  open: async (path) => new NodeFile(await open(path, 'r+')),
  sizeOf: async (path) => (await unlessMissing(stat(path)))?.size,
  rename,
  remove: async (path) => {
    await unlessMissing(unlink(path));
  },
  syncFolder,
  lock: takeLock,
};

class NodeFile implements StoreFile {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async read(target: Uint8Array, position: number): Promise<number> {
    return (await this.#handle.read(target, 0, target.length, position)).bytesRead;
  }

  async write(bytes: Uint8Array, position: number): Promise<number> {
    return (await this.#handle.write(bytes, 0, bytes.length, position)).bytesWritten;
  }

  sync(): Promise<void> {
    return this.#handle.datasync();
  }

  truncate(length: number): Promise<void> {
    return this.#handle.truncate(length);
  }

  async size(): Promise<number> {
    return (await this.#handle.stat()).size;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows writes names through, and opens no folder.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function unlessMissing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes all of the bytes, however few the system takes at a time. */
export async function writeAll(file: StoreFile, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const taken = await file.write(bytes.subarray(done), position + done);
    if (taken === 0) throw new Error('the file system took none of the bytes');
    done += taken;
  }
}

/** Reads up to `length` bytes, fewer only at the end of the file. */
export async function readUpTo(file: StoreFile, length: number, position: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(length);
  let done = 0;
  while (done < length) {
    const got = await file.read(bytes.subarray(done), position + done);
    if (got === 0) break;
    done += got;
  }
  return bytes.subarray(0, done);
}
