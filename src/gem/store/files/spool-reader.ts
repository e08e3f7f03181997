import { damagedError } from '../errors.js';
import type { StoreFile, StoreFs } from './fs.js';
import { FrameScanner } from './frame.js';
import type { SegmentNote } from '../engine/records.js';
import { decodeRecords } from '../engine/records.js';
import { SEGMENT_HEADER } from './segment.js';
import type { SpooledMessage } from '../store.js';

/** Where messages are found. */
export interface MessageFiles {
  readonly fs: StoreFs;
  pathOf(number: number): string;
  holderOf(id: number): SegmentNote | undefined;
}

/** Reads messages in the order of their ids, one file and one window of it at a time. */
export class SpoolReader {
  readonly #files: MessageFiles;
  #file: StoreFile | undefined;
  #number = 0;
  #scanner: FrameScanner | undefined;
  /** Messages of the frame that was read last. */
  #ahead: SpooledMessage[] = [];
  /** The message that was read last: it is asked for again until it is removed. */
  #current: SpooledMessage | undefined;
  /** Where the last bytes that are no frame began. */
  #gap = 0;

  constructor(files: MessageFiles) {
    this.#files = files;
  }

  /**
   * The message of this id.
   * @throws StoreError `GEM_STORE_DAMAGED` when it is not where it was written.
   */
  async read(id: number): Promise<SpooledMessage> {
    if (this.#current?.id === id) return this.#current;
    const holder = this.#files.holderOf(id);
    if (holder === undefined) throw this.#missing(undefined, id);
    const passed = (this.#current?.id ?? 0) >= id;
    if (this.#scanner === undefined || this.#number !== holder.number || passed) await this.#open(holder);
    for (;;) {
      const message = this.#ahead.shift() ?? (await this.#next(holder, id));
      if (message === undefined || message.id < id) continue;
      if (message.id > id) {
        await this.close();
        throw this.#missing(holder, id);
      }
      this.#current = message;
      return message;
    }
  }

  /** Reads the next frame; the first message of it, if it has any. Gaps may hold messages that are not asked for. */
  async #next(holder: SegmentNote, id: number): Promise<SpooledMessage | undefined> {
    const scanner = this.#scanner as FrameScanner;
    scanner.limit = holder.end;
    const found = await scanner.next();
    if (found === undefined) {
      await this.close();
      throw this.#missing(holder, id);
    }
    if (found.kind === 'gap') {
      this.#gap = found.offset;
      return undefined;
    }
    for (const record of decodeRecords(found.records) ?? []) {
      if (record.kind !== 'append') continue;
      this.#ahead.push({ ...record.message, body: record.message.body as Buffer, id: record.id });
    }
    return this.#ahead.shift();
  }

  async #open({ number, end }: SegmentNote): Promise<void> {
    await this.close();
    this.#file = await this.#files.fs.open(this.#files.pathOf(number));
    this.#number = number;
    this.#scanner = new FrameScanner(this.#file, SEGMENT_HEADER, end, 0);
  }

  #missing(holder: SegmentNote | undefined, id: number): Error {
    const file = holder === undefined ? 'the journal' : this.#files.pathOf(holder.number);
    const what = `message ${id} of the spool is not there as it was written`;
    return damagedError([{ file, offset: this.#gap, what }]);
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = this.#scanner = this.#current = undefined;
    this.#ahead = [];
    await file?.close();
  }
}
