import { join } from 'node:path';
import { timeOfDay, systemClock, type Clock } from '../../clock.js';
import type { KnownNames } from '../../check.js';
import { check } from '../check-values.js';
import { GemError } from '../errors.js';
import { BodyFiles } from './files/body-files.js';
import type { Draft } from './engine/draft.js';
import { EngineStore, type ClosingEngine } from './engine/engine-store.js';
import { closedError, damagedError, describeDamage, failedError, StoreError } from './errors.js';
import { nodeFs, writeAll, type StoreFs } from './files/fs.js';
import { JournalFiles } from './files/journal-files.js';
import { Journal, type FsyncPolicy } from './files/journal.js';
import { Ledger } from './engine/ledger.js';
import type { StoreDamage, StoreOpening } from './opening.js';
import { recoverJournal, type Recovered } from './files/recover.js';
import { FORMAT_VERSION } from './files/segment.js';
import { SpoolReader } from './files/spool-reader.js';
import type { GemStore, SpoolBounds, SpooledMessage } from './store.js';

/** Settings of a store in a folder. */
export interface FileStoreOptions {
  /**
   * When what was written is made safe from a loss of power. `always` (default): before each promise resolves, one sync for all
   * that wait; only removals from the spool are synced within 0.1 s, so that a loss of power may repeat those of the last
   * moment. `{ seconds }`: that long after, 0.001 to 3600. `never`: when the system likes. The end of the process alone
   * (`kill -9`) loses nothing with any of them.
   */
  readonly fsync?: FsyncPolicy;
  /**
   * What to do with a store that is damaged: `fail` (default) to open, with each place in the error, or `salvage` what can be
   * read. What was lost is in `store.opening.lost` then, and damaged files are kept beside, as `….damaged`.
   */
  readonly damaged?: 'fail' | 'salvage';
  /** How large the spool may become. */
  readonly spool?: Partial<SpoolBounds>;
  /** Bytes after which the journal goes on in a new file, which begins with a snapshot; from 4096. Default 16 MiB. */
  readonly segmentBytes?: number;
  /**
   * Opens the store although a process on another machine or in another container has it, which may only be done when that
   * process has ended. A live process beside this one is never robbed. Default false.
   */
  readonly takeOver?: boolean;
  /**
   * Told of what went wrong without a call that could reject: a sync behind the calls that failed (what was written since the
   * one before may not survive a loss of power), a file that could not be removed. Default: a warning of the process.
   */
  readonly onProblem?: (error: Error) => void;
  /** Times, and the timer `gemStoreSync`. Default: the clock of the process. */
  readonly clock?: Clock;
  /** The file system. Default: `nodeFs`. */
  readonly fs?: StoreFs;
}

const FOLDER = 'the path of a folder';
const BODY_FOLDER = 'bodies';
const MARK = 'store.json';

/**
 * Opens the store in a folder, which is made where it is not there. One process at a time may have it open; what a process left
 * that was killed is taken over.
 *
 * @example
 * ```ts
 * import { openFileStore } from 'rxsecs/gem';
 *
 * const store = await openFileStore('/var/lib/etcher', { fsync: { seconds: 1 } });
 * if (store.opening.torn) console.warn('the last write was cut off', store.opening.torn);
 * ```
 * @throws GemArgumentError (as a rejection) for a setting out of range.
 * @throws StoreError (as a rejection) `GEM_STORE_LOCKED`, `GEM_STORE_DAMAGED`, `GEM_STORE_FORMAT`, or `GEM_STORE_FAILED` when the
 * folder cannot be used.
 */
export async function openFileStore(folder: string, options?: FileStoreOptions): Promise<GemStore> {
  if (check.text('folder', folder, FOLDER) === '') check.refuse('folder', FOLDER, folder);
  const checked = checkedOptions(options);
  const fs = checked.fs ?? nodeFs;
  const bodyFolder = join(folder, BODY_FOLDER);
  try {
    await fs.makeFolder(folder);
    await fs.makeFolder(bodyFolder);
    const unlock = await fs.lock(folder, checked.takeOver ?? false);
    try {
      return await openLocked(folder, fs, checked, unlock);
    } catch (error) {
      await unlock().catch(() => {});
      throw error;
    }
  } catch (error) {
    throw error instanceof GemError ? error : failedError(`opening the store ${folder}`, error);
  }
}

async function openLocked(
  folder: string,
  fs: StoreFs,
  options: FileStoreOptions,
  unlock: () => Promise<void>,
): Promise<GemStore> {
  const { fsync = 'always', segmentBytes = 16 * 1024 * 1024, clock = systemClock } = options;
  const onProblem = options.onProblem ?? ((error: Error): void => process.emitWarning(error));
  const salvage = options.damaged === 'salvage';
  const bodies = new BodyFiles(fs, join(folder, BODY_FOLDER), onProblem);

  for (const name of await fs.list(folder)) {
    if (name.endsWith('.tmp')) await fs.remove(join(folder, name));
  }
  const found = await recoverJournal(fs, folder, salvage);
  const missing = found === undefined ? await missingJournal(fs, folder) : [];
  const { ledger, notes, damaged, torn, lost }: Recovered = found ?? nothing();
  const soFar = [...missing, ...lost];
  if (soFar.length > 0 && !salvage) throw damagedError(soFar);
  const losses = [...soFar, ...(await bodies.check(ledger, soFar.length > 0, salvage))];

  const journal = new Journal(ledger, new JournalFiles(fs, folder, notes, damaged), {
    clock,
    fsync,
    segmentBytes,
    onProblem,
  });
  const engine = new FileEngine(journal, clock, unlock);
  const isNew = found === undefined && missing.length === 0;
  const opening: StoreOpening = { isNew, lost: losses, ...(torn && { torn }) };
  const store = new EngineStore(engine, bodies, opening, options.spool);
  if (found === undefined) await begin(fs, folder, journal);
  // The next to open it is not told again.
  else if (losses.length > 0) await journal.begin();
  for (const loss of losses) onProblem(new Error(`lost from the store: ${describeDamage(loss)}`));
  return store;
}

/** Makes the first file, so that a folder that cannot be written to is known at once. */
async function begin(fs: StoreFs, folder: string, journal: Journal): Promise<void> {
  await journal.begin();
  const mark = await fs.create(join(folder, `${MARK}.tmp`));
  try {
    const text = `${JSON.stringify({ format: 'rxsecs gem store', version: FORMAT_VERSION })}\n`;
    await writeAll(mark, Buffer.from(text), 0);
    await mark.sync();
  } finally {
    await mark.close();
  }
  await fs.rename(join(folder, `${MARK}.tmp`), join(folder, MARK));
  await fs.syncFolder(folder);
}

/** A folder that held a store once, and has no journal, is not a new one. */
async function missingJournal(fs: StoreFs, folder: string): Promise<StoreDamage[]> {
  const isUsed =
    (await fs.list(folder)).includes(MARK) ||
    (await fs.list(join(folder, BODY_FOLDER))).some((name) => name.endsWith('.bin'));
  if (!isUsed) return [];
  return [
    {
      file: folder,
      offset: 0,
      what: 'the files of the journal are missing; all state and the spool are lost',
    },
  ];
}

function nothing(): Recovered {
  return { ledger: new Ledger(), notes: new Map(), damaged: new Set(), torn: undefined, lost: [] };
}

class FileEngine implements ClosingEngine {
  readonly ledger: Ledger;
  readonly #journal: Journal;
  readonly #reader: SpoolReader;
  readonly #clock: Clock;
  readonly #unlock: () => Promise<void>;
  #closed = false;

  constructor(journal: Journal, clock: Clock, unlock: () => Promise<void>) {
    this.ledger = journal.ledger;
    this.#journal = journal;
    this.#reader = new SpoolReader(journal.files);
    this.#clock = clock;
    this.#unlock = unlock;
  }

  submit<T>(plan: (draft: Draft) => T, lazy = false): Promise<T> {
    return this.#journal.submit(plan, lazy);
  }

  async message(id: number): Promise<SpooledMessage> {
    try {
      return await this.#reader.read(id);
    } catch (error) {
      throw error instanceof StoreError ? error : failedError('reading the spool', error);
    }
  }

  whenSafe(cleanUp: () => Promise<void>): void {
    this.#journal.whenSafe(cleanUp);
  }

  wallTime(): number {
    return timeOfDay(this.#clock);
  }

  checkOpen(): void {
    if (this.#closed) throw closedError();
  }

  async close(): Promise<void> {
    this.#closed = true;
    try {
      await this.#journal.close();
    } finally {
      await this.#reader.close().catch(() => {});
      await this.#unlock();
    }
  }
}

const OPTIONS: KnownNames<FileStoreOptions> = {
  owner: 'a store in a folder',
  names: {
    ...{ fsync: true, damaged: true, spool: true, segmentBytes: true },
    ...{ takeOver: true, onProblem: true, clock: true, fs: true },
  },
};

const FS = ['makeFolder', 'list', 'create', 'open', 'sizeOf', 'rename', 'remove', 'syncFolder', 'lock'];

function checkedOptions(given: FileStoreOptions | undefined): FileStoreOptions {
  const options = check.options('options', given, OPTIONS);
  const { fsync, damaged, segmentBytes, takeOver, onProblem, clock, fs } = options;
  if (segmentBytes !== undefined) check.integer('segmentBytes', segmentBytes, 4096);
  if (damaged !== undefined) check.oneOf('damaged', damaged, ['fail', 'salvage']);
  if (takeOver !== undefined) check.boolean('takeOver', takeOver);
  if (onProblem !== undefined) check.fn('onProblem', onProblem);
  if (clock !== undefined) check.clock(clock);
  if (fs !== undefined) check.methods('fs', fs, FS, 'a StoreFs');
  return fsync === undefined ? options : { ...options, fsync: checkedPolicy(fsync) };
}

function checkedPolicy(fsync: FsyncPolicy): FsyncPolicy {
  if (fsync === 'always' || fsync === 'never') return fsync;
  const must = "'always', 'never' or { seconds } from 0.001 to 3600";
  const { seconds } = check.fields('fsync', check.object('fsync', fsync, must), ['seconds']);
  check.number('fsync.seconds', seconds, 0.001, 3600);
  return { seconds };
}
