import { join } from 'node:path';
import { piecesOf, spanOf, type Bodies, type WrittenBody } from '../engine/bodies.js';
import { crc32 } from './checksum.js';
import { damagedError, failedError, StoreError } from '../errors.js';
import { readUpTo, writeAll, type StoreFile, type StoreFs } from './fs.js';
import type { Ledger } from '../engine/ledger.js';
import type { StoreDamage } from '../opening.js';
import type { StoredProgram } from '../engine/records.js';
import type { NewProgram, ProgramRange } from '../store.js';

const PIECE = 256 * 1024;

/** Bodies of programs, each the only content of a file: `body-00000012.bin`. */
export class BodyFiles implements Bodies {
  readonly #fs: StoreFs;
  readonly #folder: string;
  readonly #onProblem: (error: Error) => void;
  #next = 1;

  constructor(fs: StoreFs, folder: string, onProblem: (error: Error) => void) {
    this.#fs = fs;
    this.#folder = folder;
    this.#onProblem = onProblem;
  }

  /**
   * Compares the files with what the journal says of them; removes those it does not name. Gives what is missing, which is
   * out of the ledger then.
   * @param keep puts files aside that the journal does not name: part of it may be lost
   * @throws StoreError `GEM_STORE_DAMAGED` when something is missing, before anything is removed, unless `salvage`.
   */
  async check(ledger: Ledger, keep: boolean, salvage: boolean): Promise<StoreDamage[]> {
    const lost: StoreDamage[] = [];
    const named = new Set<number>();
    for (const programs of Object.values(ledger.programs)) {
      for (const [key, program] of programs) {
        named.add(program.file);
        const damage = await this.#compare(program);
        if (damage === undefined) continue;
        lost.push(damage);
        programs.delete(key);
        named.delete(program.file);
      }
    }
    if (lost.length > 0 && !salvage) throw damagedError(lost);
    await this.#clean(named, keep || lost.length > 0);
    return lost;
  }

  async #compare(program: StoredProgram): Promise<StoreDamage | undefined> {
    const file = this.#path(program.file);
    const size = await this.#fs.sizeOf(file);
    if (size === program.length) return undefined;
    const id = typeof program.id === 'string' ? program.id : `0x${Buffer.from(program.id).toString('hex')}`;
    const what =
      size === undefined
        ? 'the file is missing'
        : `the file has ${size} bytes where ${program.length} were stored`;
    return { file, offset: Math.min(size ?? 0, program.length), what: `${what}; the body of ${id} is lost` };
  }

  async #clean(named: ReadonlySet<number>, keep: boolean): Promise<void> {
    for (const name of await this.#fs.list(this.#folder)) {
      const number = Number(/^body-(\d{8,15})\.bin/.exec(name)?.[1]);
      if (!Number.isSafeInteger(number)) continue;
      this.#next = Math.max(this.#next, number + 1);
      if (named.has(number) || !name.endsWith('.bin')) continue;
      const path = join(this.#folder, name);
      if (keep) await this.#fs.rename(path, `${path}.damaged`);
      else await this.#fs.remove(path);
    }
  }

  async write(body: NewProgram['body'], maxBytes: number): Promise<WrittenBody> {
    const number = this.#next++;
    try {
      const written = await this.#writeFile(this.#path(number), body, maxBytes);
      await failing(this.#fs.syncFolder(this.#folder), this.#folder);
      return { file: number, ...written };
    } catch (error) {
      await this.discard(number);
      throw error;
    }
  }

  async #writeFile(
    path: string,
    body: NewProgram['body'],
    maxBytes: number,
  ): Promise<Omit<WrittenBody, 'file'>> {
    const file = await failing(this.#fs.create(path), path);
    try {
      let length = 0;
      let crc = 0;
      // What the pieces throw is their owner's, and goes back as it is.
      for await (const piece of piecesOf(body)) {
        if (length + piece.length > maxBytes) throw fullError(maxBytes);
        await failing(writeAll(file, piece, length), path);
        length += piece.length;
        crc = crc32(piece, crc);
      }
      await failing(file.sync(), path);
      return { length, crc };
    } finally {
      await file.close().catch(() => {});
    }
  }

  async read(program: StoredProgram, range: ProgramRange): Promise<AsyncIterable<Buffer> | undefined> {
    const path = this.#path(program.file);
    let file: StoreFile;
    try {
      file = await this.#fs.open(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw failedError(`opening ${path}`, error);
    }
    return pieces(file, path, program, range);
  }

  async discard(file: number): Promise<void> {
    await this.#fs.remove(this.#path(file)).catch((error: unknown) => {
      this.#onProblem(failedError(`removing ${this.#path(file)}`, error));
    });
  }

  #path(number: number): string {
    return join(this.#folder, `body-${String(number).padStart(8, '0')}.bin`);
  }
}

async function failing<T>(call: Promise<T>, path: string): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw failedError(`writing ${path}`, error);
  }
}

async function* pieces(
  file: StoreFile,
  path: string,
  program: StoredProgram,
  range: ProgramRange,
): AsyncGenerator<Buffer> {
  try {
    const { from, to } = spanOf(program.length, range);
    let crc = 0;
    for (let at = from; at < to;) {
      const bytes = await readUpTo(file, Math.min(PIECE, to - at), at);
      if (bytes.length === 0) throw bodyDamaged(path, at, 'the file ends too early');
      crc = crc32(bytes, crc);
      at += bytes.length;
      // The last piece is held back until the whole is known to be right.
      if (at === to && from === 0 && to === program.length && crc !== program.crc) {
        throw bodyDamaged(path, 0, 'its bytes are not those that were stored');
      }
      yield bytes;
    }
  } finally {
    await file.close();
  }
}

function bodyDamaged(file: string, offset: number, what: string): StoreError {
  return damagedError([{ file, offset, what }]);
}

/** The error for a body that is larger than allowed. */
export function fullError(maxBytes: number): StoreError {
  return new StoreError(
    'GEM_STORE_FULL',
    `the body must be at most maxBytes (${maxBytes}) bytes, received more`,
  );
}
