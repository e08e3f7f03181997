import { HEADER_BYTES, Secs1Header } from './header.js';

/** Most bytes of a body that one block holds (E4). */
export const MAX_BLOCK_BODY = 244;

/** Least length byte: a header and nothing more. */
const MIN_LENGTH = HEADER_BYTES;

/** Greatest length byte. */
const MAX_LENGTH = HEADER_BYTES + MAX_BLOCK_BODY;

const CHECKSUM_BYTES = 2;

/** A block as it came: header and body. */
export interface Secs1Block {
  readonly header: Secs1Header;
  /** 0 to 244 bytes. */
  readonly body: Buffer;
}

/** Whether a byte may be the length of a block (E4). */
export function isLength(byte: number): boolean {
  return byte >= MIN_LENGTH && byte <= MAX_LENGTH;
}

/** The sum of some bytes, modulo 65,536. */
export function checksum(bytes: Uint8Array, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += bytes[i] as number;
  return sum & 0xffff;
}

/** A block as it goes out: length byte, header, a piece of a body, checksum. */
export function encodeBlock(header: Secs1Header, body: Uint8Array, start = 0, end = body.length): Buffer {
  const length = HEADER_BYTES + end - start;
  const block = Buffer.allocUnsafe(1 + length + CHECKSUM_BYTES);
  block[0] = length;
  header.writeTo(block, 1);
  block.set(start === 0 && end === body.length ? body : body.subarray(start, end), 1 + HEADER_BYTES);
  block.writeUInt16BE(checksum(block, 1, 1 + length), 1 + length);
  return block;
}

/** Gathers the bytes of one block after another, in whatever pieces they come. */
export class BlockReader {
  readonly #bytes = Buffer.alloc(MAX_LENGTH + CHECKSUM_BYTES);
  #length = 0;
  #have = 0;

  /** A length byte has come: its block follows. */
  begin(length: number): void {
    this.#length = length;
    this.#have = 0;
  }

  /** Whether the last byte of the checksum is there. */
  get complete(): boolean {
    return this.#have === this.#length + CHECKSUM_BYTES;
  }

  /** Takes what belongs to the block at hand, from `offset` on; returns the offset of what does not. */
  take(chunk: Uint8Array, offset: number): number {
    const end = Math.min(chunk.length, offset + this.#length + CHECKSUM_BYTES - this.#have);
    this.#bytes.set(chunk.subarray(offset, end), this.#have);
    this.#have += end - offset;
    return end;
  }

  /** The block, once complete; undefined where its checksum is wrong. */
  read(): Secs1Block | undefined {
    const length = this.#length;
    if (checksum(this.#bytes, 0, length) !== this.#bytes.readUInt16BE(length)) return undefined;
    return {
      header: Secs1Header.read(this.#bytes, 0),
      body: Buffer.from(this.#bytes.subarray(HEADER_BYTES, length)),
    };
  }
}
