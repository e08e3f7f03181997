import type { ProgramId, SpoolMessage } from '../store.js';

/** Which name space a program is in. */
export type ProgramSpace = 'programs' | 'dataSets';

/** A program as the journal tells it; its body is in a file of its own. */
export interface StoredProgram {
  readonly id: ProgramId;
  readonly format: string;
  readonly length: number;
  readonly time: number;
  /** Number of the file with the body. */
  readonly file: number;
  /** CRC-32 of the body. */
  readonly crc: number;
  /** What its owner keeps beside it, as `valueToText` gives it. */
  readonly info?: string;
}

/** A file of the journal, as later ones remember it. */
export interface SegmentNote {
  readonly number: number;
  /** Bytes of it that count. */
  readonly end: number;
  /** First and last message in it. */
  readonly first: number;
  readonly last: number;
}

/** What a file of the journal begins with, before the state of that moment. */
export interface SnapshotHead {
  readonly kind: 'snapshot';
  /** Earlier files that hold messages of the spool. */
  readonly segments: readonly SegmentNote[];
  /** The oldest message that may be there, and the one to come next. */
  readonly head: number;
  readonly next: number;
  /** Messages between them that are known to be lost. */
  readonly lost: readonly IdRange[];
}

/** Ids of messages, both included. */
export interface IdRange {
  readonly from: number;
  readonly through: number;
}

/** One step from a state of the store to the next. Several of them in one frame happen together. */
export type StoreRecord =
  | { readonly kind: 'set'; readonly key: string; readonly value: string }
  | { readonly kind: 'delete'; readonly key: string }
  | { readonly kind: 'append'; readonly id: number; readonly message: SpoolMessage }
  /** Removes all messages up to this one. */
  | { readonly kind: 'remove'; readonly through: number }
  | { readonly kind: 'program'; readonly space: ProgramSpace; readonly program: StoredProgram }
  | { readonly kind: 'programDelete'; readonly space: ProgramSpace; readonly id: ProgramId }
  | SnapshotHead
  /** The snapshot that a file begins with is whole. */
  | { readonly kind: 'snapshotEnd' }
  /** The store was closed in good order. */
  | { readonly kind: 'closed' };

const KINDS = [
  'set',
  'delete',
  'append',
  'remove',
  'program',
  'programDelete',
  'snapshot',
  'snapshotEnd',
  'closed',
] as const satisfies readonly StoreRecord['kind'][];
const APPEND = KINDS.indexOf('append');
/** Kind and length. */
const PREFIX = 5;
/** Of an appended message, before its body: id, time, stream with W, function. */
const MESSAGE_PREFIX = 18;
const W_BIT = 0x80;

/** The bytes of a record: one of its kind, four of its length, then a message as it is, or all others as JSON. */
export function encodeRecord(record: StoreRecord): Buffer {
  if (record.kind === 'append') return encodeAppend(record.id, record.message);
  const { kind, ...fields } = record;
  const text = Buffer.from(
    JSON.stringify(fields, (_name, value: unknown) => (isBytes(value) ? bytesToJson(value) : value)),
  );
  const bytes = Buffer.allocUnsafe(PREFIX + text.length);
  bytes.writeUInt8(KINDS.indexOf(kind), 0);
  bytes.writeUInt32LE(text.length, 1);
  text.copy(bytes, PREFIX);
  return bytes;
}

function encodeAppend(id: number, message: SpoolMessage): Buffer {
  const length = MESSAGE_PREFIX + message.body.length;
  const bytes = Buffer.allocUnsafe(PREFIX + length);
  bytes.writeUInt8(APPEND, 0);
  bytes.writeUInt32LE(length, 1);
  bytes.writeDoubleLE(id, PREFIX);
  bytes.writeDoubleLE(message.time, PREFIX + 8);
  bytes.writeUInt8(message.stream | (message.wBit ? W_BIT : 0), PREFIX + 16);
  bytes.writeUInt8(message.function, PREFIX + 17);
  bytes.set(message.body, PREFIX + MESSAGE_PREFIX);
  return bytes;
}

/**
 * The records of a frame whose checksum was right; undefined for what this version does not know. Bodies of messages are
 * views of `bytes`.
 */
export function decodeRecords(bytes: Buffer): StoreRecord[] | undefined {
  const records: StoreRecord[] = [];
  for (let at = 0; at < bytes.length;) {
    if (bytes.length - at < PREFIX) return undefined;
    const kind = KINDS[bytes.readUInt8(at)];
    const end = at + PREFIX + bytes.readUInt32LE(at + 1);
    if (kind === undefined || end > bytes.length) return undefined;
    records.push(decodeRecord(kind, bytes.subarray(at + PREFIX, end)));
    at = end;
  }
  return records;
}

function decodeRecord(kind: StoreRecord['kind'], bytes: Buffer): StoreRecord {
  if (kind === 'append') {
    const streamAndW = bytes.readUInt8(16);
    const message: SpoolMessage = {
      stream: streamAndW & ~W_BIT,
      function: bytes.readUInt8(17),
      wBit: (streamAndW & W_BIT) !== 0,
      body: bytes.subarray(MESSAGE_PREFIX),
      time: bytes.readDoubleLE(8),
    };
    return { kind, id: bytes.readDoubleLE(0), message };
  }
  const fields = JSON.parse(bytes.toString(), (_name, value: unknown) =>
    isBytesJson(value) ? new Uint8Array(Buffer.from(value.$bytes, 'base64')) : value,
  ) as object;
  return { kind, ...fields } as StoreRecord;
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}

function bytesToJson(bytes: Uint8Array): { readonly $bytes: string } {
  return { $bytes: Buffer.from(bytes).toString('base64') };
}

function isBytesJson(value: unknown): value is { readonly $bytes: string } {
  return typeof value === 'object' && value !== null && '$bytes' in value && typeof value.$bytes === 'string';
}
