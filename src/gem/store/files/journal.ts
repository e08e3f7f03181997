import type { Clock, Timer } from '../../../clock.js';
import { Draft } from '../engine/draft.js';
import { closedError, failedError } from '../errors.js';
import { encodeFrame } from './frame.js';
import { writeAll } from './fs.js';
import type { JournalFiles, Tail } from './journal-files.js';
import type { Ledger } from '../engine/ledger.js';
import { encodeRecord, type StoreRecord } from '../engine/records.js';

/** When what was written is made safe from a loss of power; the end of the process alone loses nothing either way. */
export type FsyncPolicy = 'always' | 'never' | { readonly seconds: number };

/** What the journal needs to know. */
export interface JournalSettings {
  readonly clock: Clock;
  readonly fsync: FsyncPolicy;
  /** Bytes after which the next file is begun. */
  readonly segmentBytes: number;
  /** Told of what went wrong without a call that could reject. */
  readonly onProblem: (error: Error) => void;
}

/** How long removals may wait for a sync of their own, with `always`. */
const REMOVAL_SYNC_SECONDS = 0.1;
/** Bytes that are written together at most, unless one request alone is larger. */
const GROUP_BYTES = 1024 * 1024;

interface Request {
  /** Adds records to the draft; resolves the promise once they are safe. */
  readonly plan: (draft: Draft) => unknown;
  /** Whether surviving the end of the process is enough for now. */
  readonly lazy: boolean;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Planned {
  readonly request: Request;
  readonly result: unknown;
  readonly records: readonly StoreRecord[];
  readonly encoded: readonly Buffer[];
}

/** Carries out requests in order, as many as wait with one write and one sync. */
export class Journal {
  readonly ledger: Ledger;
  readonly files: JournalFiles;
  readonly #settings: JournalSettings;
  readonly #queue: Request[] = [];
  #running: Promise<void> | undefined;
  #timer: Timer | undefined;
  #syncDue = false;
  #closed = false;
  /** Size of the tail at which a file that could not be begun is tried again. */
  #retryAt = 0;
  /** Whether a write that failed may be found by a restart, until the next file is begun. */
  #mustBegin = false;
  #cleanUps: (() => Promise<void>)[] = [];

  constructor(ledger: Ledger, files: JournalFiles, settings: JournalSettings) {
    this.ledger = ledger;
    this.files = files;
    this.#settings = settings;
  }

  /** Resolves with what `plan` returned, once the records that it made are applied and safe. */
  submit<T>(plan: (draft: Draft) => T, lazy = false): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#closed) return reject(closedError());
      this.#queue.push({ plan, lazy, resolve: resolve as (value: unknown) => void, reject });
      this.#wake();
    });
  }

  /** Runs once all that was carried out is synced, and no write that failed can be found by a restart. Must not reject. */
  whenSafe(cleanUp: () => Promise<void>): void {
    this.#cleanUps.push(cleanUp);
    if (this.#isSafe) void this.#cleanUp();
  }

  /** Begins the first file of a new store, so that what does not work is known at once. */
  async begin(): Promise<void> {
    await this.#begin();
  }

  async close(): Promise<void> {
    this.#closed = true;
    while (this.#running !== undefined) await this.#running;
    this.#timer?.cancel();
    try {
      if (this.#mustBegin) await this.#begin();
      const { tail } = this.files;
      if (tail !== undefined) await this.#writeClosed(tail);
    } catch (error) {
      throw failedError('closing the journal', error);
    } finally {
      await this.files.abandon();
    }
  }

  async #writeClosed(tail: Tail): Promise<void> {
    // What the last frame tells is how far a loss of power cannot have reached.
    if (tail.synced < tail.end) await tail.file.sync();
    tail.synced = tail.end;
    const frame = encodeFrame([encodeRecord({ kind: 'closed' })], tail.frames, tail.synced);
    await writeAll(tail.file, frame, tail.end);
    await tail.file.sync();
    tail.end += frame.length;
    await this.#sweep();
  }

  #wake(): void {
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    // What is asked in one go is written in one go.
    await Promise.resolve();
    try {
      while (this.#queue.length > 0 || this.#syncDue) {
        if (this.#queue.length > 0) await this.#commit(this.#planGroup());
        else await this.#syncNow();
      }
    } finally {
      // In the turn that found the queue empty: who comes later starts it again.
      this.#running = undefined;
    }
  }

  #planGroup(): Planned[] {
    const draft = new Draft(this.ledger);
    const group: Planned[] = [];
    let bytes = 0;
    let taken = 0;
    for (const request of this.#queue) {
      if (bytes >= GROUP_BYTES) break;
      taken++;
      try {
        const result = request.plan(draft);
        const records = draft.take();
        const encoded = records.map(encodeRecord);
        for (const { length } of encoded) bytes += length;
        group.push({ request, result, records, encoded });
      } catch (error) {
        request.reject(error);
      }
    }
    this.#queue.splice(0, taken);
    return group;
  }

  async #commit(group: readonly Planned[]): Promise<void> {
    try {
      if (group.some(({ records }) => records.length > 0)) await this.#write(group);
    } catch (error) {
      const failed = failedError('writing to the store', error);
      for (const { request } of group) request.reject(failed);
      return;
    }
    for (const { request, records, result } of group) {
      for (const record of records) this.ledger.apply(record);
      request.resolve(result);
    }
    if (this.#isSafe) await this.#sweep();
  }

  async #write(group: readonly Planned[]): Promise<void> {
    const tail = await this.#roomyTail();
    const frames: Buffer[] = [];
    for (const { encoded } of group) {
      if (encoded.length > 0) frames.push(encodeFrame(encoded, tail.frames + frames.length, tail.synced));
    }
    const bytes = frames.length === 1 ? (frames[0] as Buffer) : Buffer.concat(frames);
    await this.#writeBytes(tail, bytes);
    const mustSync = this.#settings.fsync === 'always' && group.some(({ request }) => !request.lazy);
    if (mustSync) await this.#syncOrAbandon(tail);
    tail.end += bytes.length;
    tail.frames += frames.length;
    if (mustSync) tail.synced = tail.end;
    else this.#syncLater();
    noteMessages(tail, group);
  }

  async #writeBytes(tail: Tail, bytes: Buffer): Promise<void> {
    try {
      await writeAll(tail.file, bytes, tail.end);
    } catch (error) {
      // Part of it may stand there; the next write must not begin behind, nor a restart find it.
      try {
        await tail.file.truncate(tail.end);
        await tail.file.sync();
        tail.synced = tail.end;
      } catch {
        await this.#giveUpTail();
      }
      throw error;
    }
  }

  /** After a sync that failed, what the file holds is anybody's guess. */
  async #syncOrAbandon(tail: Tail): Promise<void> {
    try {
      await tail.file.sync();
    } catch (error) {
      await this.#giveUpTail();
      throw error;
    }
  }

  /** Begins a new file, whose snapshot overrules what the tail may hold; where that fails too, with the next write. */
  async #giveUpTail(): Promise<void> {
    await this.files.abandon();
    this.#mustBegin = true;
    await this.#begin().catch(() => {});
  }

  async #begin(): Promise<void> {
    await this.files.begin(this.ledger);
    this.#mustBegin = false;
    this.#retryAt = 0;
    await this.#sweep();
  }

  /** The tail, of a new file where there is none or it has grown large. */
  async #roomyTail(): Promise<Tail> {
    const { files } = this;
    const before = files.tail;
    if (before === undefined || before.end >= this.#limitOf(before)) {
      try {
        // The messages in it are not written again.
        if (before !== undefined && before.synced < before.end) await this.#syncOrAbandon(before);
        await this.#begin();
      } catch (error) {
        if (files.tail === undefined) throw error;
        this.#settings.onProblem(failedError('beginning the next file of the journal', error));
        // There may be room for a small write still.
        this.#retryAt = files.tail.end + this.#settings.segmentBytes / 4;
      }
    }
    return files.tail as Tail;
  }

  /** Size at which the next file is begun; a large state is not written again before as much has changed. */
  #limitOf({ begun }: Tail): number {
    return Math.max(this.#settings.segmentBytes, 2 * begun, this.#retryAt);
  }

  #syncLater(): void {
    const { clock, fsync } = this.#settings;
    if (this.#timer !== undefined || fsync === 'never') return;
    const seconds = fsync === 'always' ? REMOVAL_SYNC_SECONDS : fsync.seconds;
    this.#timer = clock.setTimer('gemStoreSync', seconds, () => {
      this.#timer = undefined;
      this.#syncDue = true;
      this.#wake();
    });
  }

  async #syncNow(): Promise<void> {
    this.#syncDue = false;
    const { tail } = this.files;
    if (tail === undefined || tail.synced === tail.end) return;
    try {
      await this.#syncOrAbandon(tail);
      tail.synced = tail.end;
    } catch (error) {
      this.#settings.onProblem(failedError('the sync of the store', error));
      return;
    }
    await this.#sweep();
  }

  get #isSafe(): boolean {
    const { tail } = this.files;
    return tail !== undefined && tail.synced === tail.end;
  }

  async #cleanUp(): Promise<void> {
    const cleanUps = this.#cleanUps;
    this.#cleanUps = [];
    for (const cleanUp of cleanUps) await cleanUp();
  }

  async #sweep(): Promise<void> {
    await this.#cleanUp();
    try {
      await this.files.sweep(this.ledger.head);
    } catch (error) {
      this.#settings.onProblem(failedError('removing a file that is no longer needed', error));
    }
  }
}

function noteMessages(tail: Tail, group: readonly Planned[]): void {
  for (const { records } of group) {
    for (const record of records) {
      if (record.kind !== 'append') continue;
      if (tail.first === 0) tail.first = record.id;
      tail.last = record.id;
    }
  }
}
