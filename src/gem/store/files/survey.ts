import { decodeRecords, type SnapshotHead, type StoreRecord } from '../engine/records.js';
import { FRAME_HEADER, FrameScanner } from './frame.js';
import { readUpTo, type StoreFile } from './fs.js';
import { judgeHeader, SEGMENT_HEADER } from './segment.js';

/** Disks write whole sectors, or none of one. */
const SECTOR = 512;
const PIECE = 1024 * 1024;

/** A part of a file that is not as it was written. */
export interface Gap {
  readonly offset: number;
  readonly end: number;
}

/** What a file of the journal looks like, before anything in it is believed. */
export interface Survey {
  readonly size: number;
  /** What it says it begins with; undefined when that cannot be read. */
  readonly head: SnapshotHead | undefined;
  /** Whether the snapshot at its beginning is whole. */
  readonly isSound: boolean;
  /** A later version of the format. */
  readonly version: number | undefined;
  readonly gaps: readonly Gap[];
  /** Bytes at the beginning that were safe from a loss of power, as far as the frames tell. */
  readonly synced: number;
}

/** Looks through a file of the journal. */
export async function survey(file: StoreFile, number: number): Promise<Survey> {
  const size = await file.size();
  const header = judgeHeader(await readUpTo(file, Math.min(size, SEGMENT_HEADER), 0), number);
  const gaps: Gap[] = header === 'damaged' ? [{ offset: 0, end: Math.min(size, SEGMENT_HEADER) }] : [];
  let head: SnapshotHead | undefined;
  let isSound = false;
  let synced = 0;
  const scanner = new FrameScanner(file, SEGMENT_HEADER, size, 0);
  for (let found = await scanner.next(); found !== undefined; found = await scanner.next()) {
    if (found.kind === 'gap') {
      gaps.push(found);
      continue;
    }
    synced = Math.max(synced, found.synced);
    // Only the snapshot needs to be read: its head comes first, its end behind it without a gap.
    if (isSound || gaps.length > 0) continue;
    const records: readonly StoreRecord[] = decodeRecords(found.records) ?? [];
    for (const record of records) {
      if (record.kind === 'snapshot') head = record;
      else if (record.kind === 'snapshotEnd') isSound = head !== undefined;
    }
  }
  return {
    size,
    head,
    isSound,
    version: typeof header === 'object' ? header.version : undefined,
    gaps,
    synced,
  };
}

/**
 * Whether this gap is what a crash leaves of writes that were under way: they end too early, or sectors of them are zeros.
 * Anything that was safe before cannot be torn.
 */
export async function isTorn(file: StoreFile, gap: Gap, { size, synced }: Survey): Promise<boolean> {
  if (synced > gap.offset) return false;
  return (gap.end === size && (await isCut(file, gap))) || (await hasEmptySector(file, gap));
}

async function isCut(file: StoreFile, { offset, end }: Gap): Promise<boolean> {
  const start = await readUpTo(file, Math.min(FRAME_HEADER, end - offset), offset);
  if (start.length < FRAME_HEADER) return 'RXSF'.startsWith(start.toString('latin1', 0, 4));
  return start.toString('latin1', 0, 4) === 'RXSF' && FRAME_HEADER + start.readUInt32LE(8) > end - offset;
}

async function hasEmptySector(file: StoreFile, { offset, end }: Gap): Promise<boolean> {
  for (let at = offset; at < end;) {
    const bytes = await readUpTo(file, Math.min(PIECE - (at % SECTOR), end - at), at);
    if (bytes.length === 0) return false;
    for (let from = 0; from < bytes.length;) {
      const to = Math.min(bytes.length, from + SECTOR - ((at + from) % SECTOR));
      if (bytes.subarray(from, to).every((byte) => byte === 0)) return true;
      from = to;
    }
    at += bytes.length;
  }
  return false;
}
