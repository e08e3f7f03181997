import { check, isInstance } from '../../check.js';
import type { WireHeader } from '../../session/wire-packet.js';

/** Size of a block's header in bytes (E4). */
export const HEADER_BYTES = 10;

/** Highest device ID: 15 bits. */
export const MAX_DEVICE_ID = 0x7fff;

/** Highest block number: 15 bits. */
export const MAX_BLOCK_NUMBER = 0x7fff;

const TOP_BIT = 0x80;
const LOW_BITS = 0x7f;

/** What {@link Secs1Header.of} takes. */
export interface Secs1HeaderFields {
  /** R-bit: false for a block to the equipment, true for one to the host. */
  readonly rBit: boolean;
  /** Device ID, 0 to 32767. */
  readonly sessionId: number;
  /** Stream, 0 to 127. */
  readonly stream: number;
  /** Function, 0 to 255. */
  readonly function: number;
  /** W-bit: a reply is wanted. */
  readonly wBit: boolean;
  /** System bytes, 0 to 2^32 - 1. */
  readonly systemBytes: number;
  /** E-bit: the block is the last of its message. Default true. */
  readonly eBit?: boolean;
  /** Block number, 0 to 32767. Default 1. */
  readonly blockNumber?: number;
}

const FIELDS = [
  'rBit',
  'sessionId',
  'stream',
  'function',
  'wBit',
  'systemBytes',
  'eBit',
  'blockNumber',
] as const;

/**
 * The ten bytes that head every block (E4). Immutable and lossless: any ten bytes parse, and serialise to the same ten bytes.
 *
 * The header of a message is that of its first block.
 *
 * @example
 * ```ts
 * import { Secs1Header } from 'rxsecs/secs1';
 *
 * const header = Secs1Header.parse(Buffer.from('00018101800100000007', 'hex'));
 * console.log(String(header), header.eBit, header.blockNumber);
 * ```
 */
export class Secs1Header implements WireHeader {
  /** There is nothing but data on a line. */
  readonly isData = true;
  readonly sType = 0;
  /** R-bit: false for a block to the equipment, true for one to the host. */
  readonly rBit: boolean;
  /** Device ID, 0 to 32767: what HSMS calls the session ID. */
  readonly sessionId: number;
  readonly wBit: boolean;
  readonly stream: number;
  readonly function: number;
  /** E-bit: the block is the last of its message. */
  readonly eBit: boolean;
  /** Block number, 0 to 32767. */
  readonly blockNumber: number;
  /** System bytes, an unsigned 32-bit number that ties a reply to its primary. */
  readonly systemBytes: number;

  private constructor(
    rBit: boolean,
    sessionId: number,
    wBit: boolean,
    stream: number,
    fn: number,
    eBit: boolean,
    blockNumber: number,
    systemBytes: number,
  ) {
    this.rBit = rBit;
    this.sessionId = sessionId;
    this.wBit = wBit;
    this.stream = stream;
    this.function = fn;
    this.eBit = eBit;
    this.blockNumber = blockNumber;
    this.systemBytes = systemBytes;
  }

  /**
   * Makes a header from its fields.
   * @throws HsmsArgumentError naming the field, its value and its range.
   */
  static of(fields: Secs1HeaderFields): Secs1Header {
    const given = check.fields('fields', fields, FIELDS);
    const { rBit, sessionId, wBit, stream, systemBytes, eBit = true, blockNumber = 1 } = given;
    check.boolean('rBit', rBit);
    check.boolean('wBit', wBit);
    check.boolean('eBit', eBit);
    check.integer('sessionId', sessionId, 0, MAX_DEVICE_ID);
    check.integer('stream', stream, 0, LOW_BITS);
    check.integer('function', given.function, 0, 0xff);
    check.integer('blockNumber', blockNumber, 0, MAX_BLOCK_NUMBER);
    check.integer('systemBytes', systemBytes, 0, 0xffff_ffff);
    return new Secs1Header(rBit, sessionId, wBit, stream, given.function, eBit, blockNumber, systemBytes);
  }

  /**
   * Reads the ten bytes at `offset`. Never fails on their content.
   * @throws HsmsArgumentError if fewer than ten bytes are there.
   */
  static parse(bytes: Uint8Array, offset = 0): Secs1Header {
    check.bytes('bytes', bytes);
    check.integer('offset', offset, 0);
    if (bytes.length < offset + HEADER_BYTES) {
      check.fail(`a header is ${HEADER_BYTES} bytes: ${bytes.length} bytes have none at offset ${offset}`);
    }
    return Secs1Header.read(bytes, offset);
  }

  /**
   * As {@link parse}, of bytes that are known to hold a header.
   * @internal
   */
  static read(bytes: Uint8Array, offset: number): Secs1Header {
    const at = (i: number): number => bytes[offset + i] as number;
    return new Secs1Header(
      (at(0) & TOP_BIT) !== 0,
      ((at(0) & LOW_BITS) << 8) | at(1),
      (at(2) & TOP_BIT) !== 0,
      at(2) & LOW_BITS,
      at(3),
      (at(4) & TOP_BIT) !== 0,
      ((at(4) & LOW_BITS) << 8) | at(5),
      ((at(6) << 24) | (at(7) << 16) | (at(8) << 8) | at(9)) >>> 0,
    );
  }

  /** The function: the fourth byte. */
  get byte3(): number {
    return this.function;
  }

  /** The same header on another block of its message. */
  withBlock(blockNumber: number, eBit: boolean): Secs1Header {
    check.integer('blockNumber', blockNumber, 0, MAX_BLOCK_NUMBER);
    check.boolean('eBit', eBit);
    const { rBit, sessionId, wBit, stream, systemBytes } = this;
    return new Secs1Header(rBit, sessionId, wBit, stream, this.function, eBit, blockNumber, systemBytes);
  }

  /** Writes the ten bytes into `target` at `offset`, which must have room for them. */
  writeTo(target: Uint8Array, offset: number): void {
    check.bytes('target', target);
    check.integer('offset', offset, 0, target.length - HEADER_BYTES);
    target[offset] = (this.sessionId >>> 8) | (this.rBit ? TOP_BIT : 0);
    target[offset + 1] = this.sessionId;
    target[offset + 2] = this.stream | (this.wBit ? TOP_BIT : 0);
    target[offset + 3] = this.function;
    target[offset + 4] = (this.blockNumber >>> 8) | (this.eBit ? TOP_BIT : 0);
    target[offset + 5] = this.blockNumber;
    target[offset + 6] = this.systemBytes >>> 24;
    target[offset + 7] = this.systemBytes >>> 16;
    target[offset + 8] = this.systemBytes >>> 8;
    target[offset + 9] = this.systemBytes;
  }

  /** The ten bytes, in a new Buffer. */
  toBytes(): Buffer {
    const bytes = Buffer.alloc(HEADER_BYTES);
    this.writeTo(bytes, 0);
    return bytes;
  }

  /** True when all ten bytes are the same. */
  equals(other: Secs1Header): boolean {
    return (
      this.continues(other) &&
      this.rBit === other.rBit &&
      this.eBit === other.eBit &&
      this.blockNumber === other.blockNumber
    );
  }

  /** True when all but the R-bit, the E-bit and the block number are the same: another block of the same message, or MHEAD of one. */
  continues(other: Secs1Header): boolean {
    if (!isHeader(other)) check.refuse('other', 'a Secs1Header', other);
    return (
      this.systemBytes === other.systemBytes &&
      this.stream === other.stream &&
      this.function === other.function &&
      this.wBit === other.wBit &&
      this.sessionId === other.sessionId
    );
  }

  /** `S1F1 W, device 7, to equipment, block 1 E, system bytes 0x0000002a`. */
  toString(): string {
    return (
      `S${this.stream}F${this.function}${this.wBit ? ' W' : ''}, device ${this.sessionId}, ` +
      `to ${this.rBit ? 'host' : 'equipment'}, block ${this.blockNumber}${this.eBit ? ' E' : ''}, ` +
      `system bytes 0x${this.systemBytes.toString(16).padStart(8, '0')}`
    );
  }

  /** @internal What `console.log` shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

/** Whether a value is a header; a revoked proxy is none. */
function isHeader(value: unknown): boolean {
  return isInstance(value, Secs1Header as unknown as abstract new () => Secs1Header);
}
