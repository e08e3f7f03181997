import { crc32 } from './checksum.js';
import { encodeFrame } from './frame.js';
import type { Ledger } from '../engine/ledger.js';
import { encodeRecord, type SegmentNote, type StoreRecord } from '../engine/records.js';

/*
 * The journal is a row of files, `journal-00000001.log` and so on. Each begins with 20 bytes:
 *
 *   offset  bytes
 *   0       8      'RXSGEMST'
 *   8       4      version of the format
 *   12      4      number of the file
 *   16      4      CRC-32 of these sixteen
 *
 * then frames: a snapshot of all that is kept, but for the messages of the spool, which stay in the files they are in, and
 * the changes since.
 */
const MAGIC = Buffer.from('RXSGEMST');
/** Version of the format of files. */
export const FORMAT_VERSION = 1;
/** Bytes in front of the first frame. */
export const SEGMENT_HEADER = 20;
const SNAPSHOT_FRAME = 256 * 1024;

/** Name of a file of the journal. */
export function segmentName(number: number): string {
  return `journal-${String(number).padStart(8, '0')}.log`;
}

/** Number of a file of the journal; undefined for other names. */
export function segmentNumber(name: string): number | undefined {
  const digits = /^journal-(\d{8,15})\.log$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The bytes in front of the first frame. */
export function segmentHeader(number: number): Buffer {
  const bytes = Buffer.alloc(SEGMENT_HEADER);
  MAGIC.copy(bytes);
  bytes.writeUInt32LE(FORMAT_VERSION, 8);
  bytes.writeUInt32LE(number, 12);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 16)), 16);
  return bytes;
}

/** What the first bytes of a file say of it; a later version writes what cannot be judged here. */
export function judgeHeader(
  bytes: Buffer,
  number: number,
): 'good' | 'damaged' | { readonly version: number } {
  if (bytes.length < SEGMENT_HEADER || bytes.readUInt32LE(16) !== crc32(bytes.subarray(0, 16)))
    return 'damaged';
  if (!MAGIC.equals(bytes.subarray(0, MAGIC.length))) return 'damaged';
  const version = bytes.readUInt32LE(8);
  if (version > FORMAT_VERSION) return { version };
  return bytes.readUInt32LE(12) === number ? 'good' : 'damaged';
}

/** The frames that a file begins with: what a ledger holds, in pieces. */
export function* snapshotFrames(ledger: Ledger, segments: readonly SegmentNote[]): Generator<Buffer> {
  let frame = 0;
  let waiting: Buffer[] = [];
  let bytes = 0;
  for (const record of snapshotRecords(ledger, segments)) {
    const encoded = encodeRecord(record);
    waiting.push(encoded);
    bytes += encoded.length;
    // The head stands alone, so that it can be read first.
    if (frame > 0 && bytes < SNAPSHOT_FRAME) continue;
    yield encodeFrame(waiting, frame++, 0);
    waiting = [];
    bytes = 0;
  }
  waiting.push(encodeRecord({ kind: 'snapshotEnd' }));
  yield encodeFrame(waiting, frame, 0);
}

function* snapshotRecords(ledger: Ledger, segments: readonly SegmentNote[]): Generator<StoreRecord> {
  const { head, next, lost } = ledger;
  yield { kind: 'snapshot', segments, head, next, lost };
  for (const [key, value] of ledger.state) yield { kind: 'set', key, value };
  for (const space of ['programs', 'dataSets'] as const) {
    for (const program of ledger.programs[space].values()) yield { kind: 'program', space, program };
  }
}
