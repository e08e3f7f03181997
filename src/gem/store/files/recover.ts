import { join } from 'node:path';
import { damagedError, StoreError } from '../errors.js';
import { FrameScanner } from './frame.js';
import type { StoreFile, StoreFs } from './fs.js';
import { Ledger } from '../engine/ledger.js';
import type { StoreDamage, TornWrite } from '../opening.js';
import { decodeRecords, type IdRange, type SegmentNote, type StoreRecord } from '../engine/records.js';
import { FORMAT_VERSION, SEGMENT_HEADER, segmentName, segmentNumber } from './segment.js';
import { isTorn, survey, type Survey } from './survey.js';

/** What the files of the journal gave. */
export interface Recovered {
  readonly ledger: Ledger;
  readonly notes: ReadonlyMap<number, SegmentNote>;
  /** Files that are not as they were written. */
  readonly damaged: ReadonlySet<number>;
  readonly torn: TornWrite | undefined;
  readonly lost: readonly StoreDamage[];
}

interface LostMessages {
  readonly number: number;
  readonly offset: number;
  readonly from: number;
  readonly through: number;
}

/** The journal in a folder; undefined where there is none. Throws for damage that `salvage` does not allow. */
export async function recoverJournal(
  fs: StoreFs,
  folder: string,
  salvage: boolean,
): Promise<Recovered | undefined> {
  const numbers = (await fs.list(folder))
    .map(segmentNumber)
    .filter((number) => number !== undefined)
    .sort((a, b) => a - b);
  if (numbers.length === 0) return undefined;
  return await new Recovery(fs, folder, salvage, numbers).run();
}

class Recovery {
  readonly #fs: StoreFs;
  readonly #folder: string;
  readonly #salvage: boolean;
  readonly #numbers: readonly number[];
  readonly #ledger = new Ledger();
  readonly #notes = new Map<number, SegmentNote>();
  readonly #damaged = new Set<number>();
  readonly #lost: StoreDamage[] = [];
  readonly #lostMessages: LostMessages[] = [];
  #torn: TornWrite | undefined;

  constructor(fs: StoreFs, folder: string, salvage: boolean, numbers: readonly number[]) {
    this.#fs = fs;
    this.#folder = folder;
    this.#salvage = salvage;
    this.#numbers = numbers;
  }

  async run(): Promise<Recovered> {
    for (const number of this.#numbers) this.#notes.set(number, { number, end: 0, first: 0, last: 0 });
    const files = await this.#surveyLatest();
    await this.#replayOlder(files[0]?.survey);
    for (const [index, { number, survey: seen }] of files.entries()) {
      const isLast = index === files.length - 1;
      await this.#replay(number, seen, index > 0 || !seen.isSound, isLast);
    }
    this.#judgeMessages(files[0]?.survey.head?.lost ?? []);
    this.#ledger.skipLost();
    if (this.#lost.length > 0 && !this.#salvage) throw damagedError(this.#lost);
    return {
      ledger: this.#ledger,
      notes: this.#notes,
      damaged: this.#damaged,
      torn: this.#torn,
      lost: this.#lost,
    };
  }

  /** The files to replay as a whole: the latest, and while its snapshot cannot be used, the one before. */
  async #surveyLatest(): Promise<{ readonly number: number; readonly survey: Survey }[]> {
    const files: { number: number; survey: Survey }[] = [];
    for (const number of [...this.#numbers].reverse()) {
      const seen = await this.#with(number, (file) => survey(file, number));
      if (seen.version !== undefined) {
        throw new StoreError(
          'GEM_STORE_FORMAT',
          `${this.#path(number)} has version ${seen.version} of the format; this release reads up to ${FORMAT_VERSION}: use a later one`,
        );
      }
      files.unshift({ number, survey: seen });
      if (seen.isSound) return files;
    }
    return files;
  }

  /** Takes the messages of the spool from the files before the first that is replayed as a whole. */
  async #replayOlder(first: Survey | undefined): Promise<void> {
    const head = first?.head;
    if (head === undefined) return;
    this.#ledger.startAt(head.head);
    for (const segment of head.segments) {
      if (!this.#notes.has(segment.number)) {
        this.#lostMessages.push({
          number: segment.number,
          offset: 0,
          from: segment.first,
          through: segment.last,
        });
        continue;
      }
      this.#notes.set(segment.number, segment);
      await this.#with(segment.number, (file) => this.#takeMessages(file, segment));
    }
  }

  async #takeMessages(file: StoreFile, segment: SegmentNote): Promise<void> {
    const size = await file.size();
    const scanner = new FrameScanner(file, SEGMENT_HEADER, Math.min(segment.end, size), 0);
    let last = segment.first - 1;
    let gap: number | undefined;
    for (let found = await scanner.next(); found !== undefined; found = await scanner.next()) {
      if (found.kind === 'gap') {
        gap ??= found.offset;
        this.#damaged.add(segment.number);
        continue;
      }
      for (const record of decodeRecords(found.records) ?? []) {
        if (record.kind !== 'append') continue;
        this.#missing(segment.number, gap ?? found.offset, last + 1, record.id - 1);
        gap = undefined;
        last = record.id;
        if (record.id >= this.#ledger.next) this.#ledger.apply(record);
      }
    }
    this.#missing(segment.number, gap ?? Math.min(segment.end, size), last + 1, segment.last);
  }

  #missing(number: number, offset: number, from: number, through: number): void {
    if (from > through) return;
    this.#damaged.add(number);
    this.#lostMessages.push({ number, offset, from, through });
  }

  /** @param onTop whether its snapshot is to be laid over what is known already */
  async #replay(number: number, seen: Survey, onTop: boolean, isLast: boolean): Promise<void> {
    await this.#with(number, async (file) => {
      const end = await this.#judgeGaps(file, number, seen, isLast);
      const scanner = new FrameScanner(file, SEGMENT_HEADER, end, 0);
      let first = 0;
      let last = 0;
      for (let found = await scanner.next(); found !== undefined; found = await scanner.next()) {
        if (found.kind === 'gap') continue;
        const records = decodeRecords(found.records);
        if (records === undefined) this.#damage(number, found.offset, 'a frame holds no records');
        for (const record of records ?? []) {
          if (!(onTop && record.kind === 'snapshot')) this.#apply(record);
          if (record.kind !== 'append') continue;
          if (first === 0) first = record.id;
          last = record.id;
        }
      }
      this.#notes.set(number, { number, end, first, last });
      // A write that no promise was given for may be here all the same. It counts from now on, so it must stay.
      if (isLast) await file.sync();
    });
  }

  #apply(record: StoreRecord): void {
    // Laid over an older state, the messages of a file may be known already.
    if (record.kind === 'append' && record.id < this.#ledger.next) return;
    this.#ledger.apply(record);
  }

  /** Notes the gaps of a file as damage, or as what a crash cut off; where the file ends. */
  async #judgeGaps(file: StoreFile, number: number, seen: Survey, isLast: boolean): Promise<number> {
    for (const gap of seen.gaps) {
      if (isLast && seen.isSound && (await isTorn(file, gap, seen))) {
        this.#torn = { file: this.#path(number), offset: gap.offset, bytes: seen.size - gap.offset };
        return gap.offset;
      }
      const bytes = gap.end - gap.offset;
      this.#damage(number, gap.offset, `${bytes} bytes cannot be read; changes in them are lost`);
    }
    if (!seen.isSound && seen.gaps.length === 0) {
      this.#damage(number, seen.size, 'the file ends within its snapshot; what followed is lost');
    }
    return seen.size;
  }

  #damage(number: number, offset: number, what: string): void {
    this.#damaged.add(number);
    this.#lost.push({ file: this.#path(number), offset, what });
  }

  /** Of the messages that cannot be read, those matter that were still in the spool, and were not known to be lost. */
  #judgeMessages(known: readonly IdRange[]): void {
    const isKnown = (id: number): boolean => known.some(({ from, through }) => from <= id && id <= through);
    for (const range of this.#ledger.lost) {
      const from = Math.max(range.from, this.#ledger.head);
      if (isKnown(from) && isKnown(range.through)) continue;
      const place = this.#lostMessages.find(
        (lost) => lost.from <= range.through && range.from <= lost.through,
      );
      const { number = this.#numbers.at(-1) ?? 0, offset = 0 } = place ?? {};
      const which = from === range.through ? `message ${from}` : `messages ${from} to ${range.through}`;
      this.#damage(number, offset, `${which} of the spool cannot be read`);
    }
  }

  #path(number: number): string {
    return join(this.#folder, segmentName(number));
  }

  async #with<T>(number: number, use: (file: StoreFile) => Promise<T>): Promise<T> {
    const file = await this.#fs.open(this.#path(number));
    try {
      return await use(file);
    } finally {
      await file.close().catch(() => {});
    }
  }
}
