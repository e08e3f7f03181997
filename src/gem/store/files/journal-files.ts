import { join } from 'node:path';
import { writeAll, type StoreFile, type StoreFs } from './fs.js';
import type { Ledger } from '../engine/ledger.js';
import type { SegmentNote } from '../engine/records.js';
import { segmentHeader, segmentName, snapshotFrames } from './segment.js';

/** The file that the journal is written to. */
export interface Tail {
  readonly number: number;
  readonly file: StoreFile;
  /** Bytes of the snapshot it begins with. */
  readonly begun: number;
  /** Bytes that are written and count. */
  end: number;
  /** Of these, how many are safe from a loss of power. */
  synced: number;
  /** Frames in it. */
  frames: number;
  /** First and last message in it; 0 where there is none. */
  first: number;
  last: number;
}

/** The files of the journal: which there are, what is in them, and which may go. */
export class JournalFiles {
  readonly fs: StoreFs;
  readonly #folder: string;
  readonly #notes: Map<number, SegmentNote>;
  /** Files that were found damaged: they are put aside, never removed. */
  readonly #damaged: ReadonlySet<number>;
  #last: number;
  /** The oldest message when files were last removed; undefined when there are others since. */
  #swept: number | undefined;
  tail: Tail | undefined;

  constructor(
    fs: StoreFs,
    folder: string,
    notes: ReadonlyMap<number, SegmentNote>,
    damaged: ReadonlySet<number>,
  ) {
    this.fs = fs;
    this.#folder = folder;
    this.#notes = new Map(notes);
    this.#damaged = damaged;
    this.#last = Math.max(0, ...notes.keys());
  }

  pathOf(number: number): string {
    return join(this.#folder, segmentName(number));
  }

  /** The file that holds a message. */
  holderOf(id: number): SegmentNote | undefined {
    const { tail } = this;
    if (tail !== undefined && tail.last >= id && tail.first <= id) return noteOf(tail);
    for (const note of this.#notes.values()) if (note.first <= id && note.last >= id) return note;
    return undefined;
  }

  /**
   * Begins the next file with a snapshot. When this fails, the tail is undefined where a file of a higher number may stand
   * behind it, and as it was otherwise.
   */
  async begin(ledger: Ledger): Promise<void> {
    const number = this.#last + 1;
    const path = this.pathOf(number);
    const made = await this.#writeSnapshot(`${path}.tmp`, number, ledger);
    this.#last = number;
    this.#notes.set(number, { number, end: 0, first: 0, last: 0 });
    await this.abandon();
    try {
      await this.fs.rename(`${path}.tmp`, path);
      await this.fs.syncFolder(this.#folder);
    } catch (error) {
      await made.file.close().catch(() => {});
      await this.fs.remove(`${path}.tmp`).catch(() => {});
      throw error;
    }
    this.#notes.delete(number);
    this.#swept = undefined;
    this.tail = made;
  }

  async #writeSnapshot(path: string, number: number, ledger: Ledger): Promise<Tail> {
    const file = await this.fs.create(path);
    try {
      let end = 0;
      let frames = 0;
      const write = async (bytes: Buffer): Promise<void> => {
        await writeAll(file, bytes, end);
        end += bytes.length;
      };
      await write(segmentHeader(number));
      for (const frame of snapshotFrames(ledger, this.#live(ledger.head))) {
        await write(frame);
        frames++;
      }
      await file.sync();
      return { number, file, begun: end, end, synced: end, frames, first: 0, last: 0 };
    } catch (error) {
      await file.close().catch(() => {});
      await this.fs.remove(path).catch(() => {});
      throw error;
    }
  }

  /** Writes no more to the tail; what was written counts as it stands. */
  async abandon(): Promise<void> {
    const { tail } = this;
    if (tail === undefined) return;
    this.tail = undefined;
    this.#notes.set(tail.number, noteOf(tail));
    await tail.file.close().catch(() => {});
  }

  /**
   * Removes the files that hold nothing any more. The one before the tail stays, in case the tail's snapshot is damaged.
   * @param head the oldest message; that those before it are gone must be safe from a loss of power
   */
  async sweep(head: number): Promise<void> {
    if (this.tail === undefined || this.#swept === head) return;
    const numbers = [...this.#notes.keys()].sort((a, b) => a - b);
    for (const number of numbers.slice(0, -1)) {
      if ((this.#notes.get(number)?.last ?? 0) >= head) continue;
      const path = this.pathOf(number);
      if (this.#damaged.has(number)) await this.fs.rename(path, `${path}.damaged`);
      else await this.fs.remove(path);
      this.#notes.delete(number);
    }
    this.#swept = head;
  }

  #live(head: number): SegmentNote[] {
    const notes = [...this.#notes.values(), ...(this.tail === undefined ? [] : [noteOf(this.tail)])];
    return notes.filter(({ last }) => last >= head).sort((a, b) => a.number - b.number);
  }
}

function noteOf({ number, end, first, last }: Tail): SegmentNote {
  return { number, end, first, last };
}
