import { crc32 } from './checksum.js';
import { readUpTo, type StoreFile } from './fs.js';

/*
 * A frame is what is written, and lost, as a whole:
 *
 *   offset  bytes
 *   0       4      'RXSF'
 *   4       4      CRC-32 of all that follows in the frame
 *   8       4      length of the records
 *   12      8      number of the frame in its file, from 0
 *   20      8      bytes at the beginning of the file that were safe from a loss of power when this was written
 *   28             the records
 */
const MAGIC = Buffer.from('RXSF');
export const FRAME_HEADER = 28;
/** Where the part begins that the checksum covers. */
const COVERED = 8;
const WINDOW = 1024 * 1024;

/** What stands in a file of the journal, in order. */
export type Scanned =
  | {
      readonly kind: 'frame';
      readonly offset: number;
      readonly end: number;
      readonly synced: number;
      readonly records: Buffer;
    }
  /** Bytes from `offset` to `end` that are no frame. */
  | { readonly kind: 'gap'; readonly offset: number; readonly end: number };

/** The bytes of a frame. Numbers are little-endian; those of eight bytes are doubles, exact to 2^53. */
export function encodeFrame(records: readonly Buffer[], number: number, synced: number): Buffer {
  let length = 0;
  for (const record of records) length += record.length;
  const frame = Buffer.allocUnsafe(FRAME_HEADER + length);
  MAGIC.copy(frame, 0);
  frame.writeUInt32LE(length, 8);
  frame.writeDoubleLE(number, 12);
  frame.writeDoubleLE(synced, 20);
  let at = FRAME_HEADER;
  for (const record of records) {
    frame.set(record, at);
    at += record.length;
  }
  frame.writeUInt32LE(crc32(frame.subarray(COVERED)), 4);
  return frame;
}

/** Reads frames one after the other, from `offset` up to `limit`, and what lies between them. Memory: a window, or one frame. */
export class FrameScanner {
  readonly #file: StoreFile;
  /** Bytes of the file that count. May grow while scanning. */
  limit: number;
  #offset: number;
  /** Number that the next frame must have; undefined to take any. */
  #number: number | undefined;
  #window: Buffer = Buffer.alloc(0);
  #windowAt = 0;

  constructor(file: StoreFile, offset: number, limit: number, number?: number) {
    this.#file = file;
    this.#offset = offset;
    this.limit = limit;
    this.#number = number;
  }

  /** The next frame or gap; undefined at the limit. Frames are views of memory that is never written again. */
  async next(): Promise<Scanned | undefined> {
    if (this.#offset >= this.limit) return undefined;
    const found = this.#inWindow() ?? (await this.#frameAt(this.#offset));
    if (found !== undefined) return this.#take(found);
    const offset = this.#offset;
    const end = await this.#nextFrame(offset + 1);
    this.#offset = end;
    return { kind: 'gap', offset, end };
  }

  #take(frame: Buffer): Scanned {
    const offset = this.#offset;
    this.#offset += frame.length;
    this.#number = frame.readDoubleLE(12) + 1;
    return {
      kind: 'frame',
      offset,
      end: this.#offset,
      synced: frame.readDoubleLE(20),
      records: frame.subarray(FRAME_HEADER),
    };
  }

  /** The frame at the offset when all of it has been read already. */
  #inWindow(): Buffer | undefined {
    const at = this.#offset - this.#windowAt;
    if (at < 0 || at + FRAME_HEADER > this.#window.length) return undefined;
    const length = this.#lengthOf(this.#window.subarray(at, at + FRAME_HEADER), this.#offset);
    if (length === undefined || at + length > this.#window.length) return undefined;
    return whole(this.#window.subarray(at, at + length));
  }

  async #frameAt(offset: number): Promise<Buffer | undefined> {
    const header = await this.#bytes(offset, FRAME_HEADER);
    if (header.length < FRAME_HEADER) return undefined;
    const length = this.#lengthOf(header, offset);
    return length === undefined ? undefined : whole(await this.#bytes(offset, length));
  }

  /** Length of the frame that this header begins; undefined where it cannot be one. */
  #lengthOf(header: Buffer, offset: number): number | undefined {
    if (!MAGIC.equals(header.subarray(0, MAGIC.length))) return undefined;
    const length = FRAME_HEADER + header.readUInt32LE(8);
    const number = header.readDoubleLE(12);
    const isNext = this.#number === undefined || number === this.#number;
    return isNext && offset + length <= this.limit ? length : undefined;
  }

  /** Where the first whole frame from `offset` on begins, or the limit. Its number may be any above those seen. */
  async #nextFrame(offset: number): Promise<number> {
    const seen = this.#number ?? -1;
    this.#number = undefined;
    for (let at = offset; at < this.limit;) {
      const bytes = await this.#bytes(at, Math.min(WINDOW, this.limit - at));
      const found = bytes.indexOf(MAGIC);
      if (found === -1) {
        at += Math.max(1, bytes.length - MAGIC.length + 1);
        continue;
      }
      const frame = await this.#frameAt(at + found);
      if (frame !== undefined && frame.readDoubleLE(12) > seen) return at + found;
      at += found + 1;
    }
    return this.limit;
  }

  async #bytes(offset: number, length: number): Promise<Buffer> {
    const wanted = Math.min(length, this.limit - offset);
    let at = offset - this.#windowAt;
    if (at < 0 || at + wanted > this.#window.length) {
      const size = Math.min(Math.max(wanted, WINDOW), this.limit - offset);
      this.#window = await readUpTo(this.#file, size, offset);
      this.#windowAt = offset;
      at = 0;
    }
    return this.#window.subarray(at, at + wanted);
  }
}

/** The frame, if its checksum is right. */
function whole(frame: Buffer): Buffer | undefined {
  return frame.readUInt32LE(4) === crc32(frame.subarray(COVERED)) ? frame : undefined;
}
