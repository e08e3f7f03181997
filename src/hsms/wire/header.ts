import { check, isInstance } from '../../check.js';
import { HsmsArgumentError } from '../../errors.js';
import { P_TYPE_SECS2, SType } from './codes.js';

/** Size of a message header in bytes (E37). */
export const HEADER_BYTES = 10;

const W_BIT = 0x80;
const STREAM_MASK = 0x7f;

/** What `HsmsHeader.of` takes; everything left out is 0 or false. */
export interface HsmsHeaderFields {
  /** Session ID, 0 to 65535; the device ID for data. */
  readonly sessionId: number;
  /** System bytes, 0 to 2^32 - 1. */
  readonly systemBytes: number;
  /** Header byte 2 of a control message, 0 to 255. Exclusive with `stream` and `wBit`. */
  readonly byte2?: number;
  /** Header byte 3 of a control message (status or reason), 0 to 255. Exclusive with `function`. */
  readonly byte3?: number;
  /** Stream of a data message, 0 to 127. */
  readonly stream?: number;
  /** Function of a data message, 0 to 255. */
  readonly function?: number;
  /** W-bit of a data message: a reply is wanted. */
  readonly wBit?: boolean;
  /** Presentation type, 0 to 255. */
  readonly pType?: number;
  /** Session type, 0 to 255. */
  readonly sType?: number;
}

const FIELDS = [
  'sessionId',
  'systemBytes',
  'byte2',
  'byte3',
  'stream',
  'function',
  'wBit',
  'pType',
  'sType',
] as const;

/**
 * The ten bytes that head every HSMS message (E37). Immutable, and lossless: any ten bytes parse, and serialise
 * to the same ten bytes, whatever PType or SType they claim.
 *
 * @example
 * ```ts
 * import { HsmsHeader, SType } from 'rxsecs';
 *
 * const header = HsmsHeader.parse(Buffer.from('ffff0000000500000001', 'hex'));
 * console.log(header.sType === SType.linktestReq, header.systemBytes); // true 1
 * ```
 */
export class HsmsHeader {
  /** Session ID, 0 to 65535: the device ID for data, 0xFFFF for control messages in HSMS-SS. */
  readonly sessionId: number;
  /** Bytes 2 to 5 and the system bytes as signed numbers, which take no memory of their own as large unsigned ones do. */
  private readonly bytes2to5: number;
  private readonly system: number;

  private constructor(sessionId: number, bytes2to5: number, systemBytes: number) {
    this.sessionId = sessionId;
    this.bytes2to5 = bytes2to5;
    this.system = systemBytes;
  }

  /**
   * Makes a header from its fields.
   * @throws HsmsArgumentError naming the field, its value and its range.
   */
  static of(fields: HsmsHeaderFields): HsmsHeader {
    const given = check.fields('fields', fields, FIELDS);
    const { sessionId, systemBytes, wBit = false, pType = P_TYPE_SECS2, sType = SType.data } = given;
    const stream = given.stream ?? 0;
    check.boolean('wBit', wBit);
    checkInteger('stream', stream, STREAM_MASK);
    if (given.byte2 !== undefined && (given.stream !== undefined || given.wBit !== undefined)) {
      throw new HsmsArgumentError('byte2 holds the W-bit and the stream: give byte2, or stream and wBit');
    }
    if (given.byte3 !== undefined && given.function !== undefined) {
      throw new HsmsArgumentError('byte3 holds the function: give byte3 or function');
    }
    checkInteger('sessionId', sessionId, 0xffff);
    checkInteger('systemBytes', systemBytes, 0xffffffff);
    const byte2 = given.byte2 ?? stream | (wBit ? W_BIT : 0);
    checkInteger('byte2', byte2, 0xff);
    const byte3 = given.byte3 ?? given.function ?? 0;
    checkInteger(given.byte3 === undefined ? 'function' : 'byte3', byte3, 0xff);
    checkInteger('pType', pType, 0xff);
    checkInteger('sType', sType, 0xff);
    return new HsmsHeader(sessionId, packed(byte2, byte3, pType, sType), systemBytes | 0);
  }

  /**
   * The header of a data message, from fields that are known to be in range.
   * @internal
   */
  static ofData(
    sessionId: number,
    stream: number,
    fn: number,
    wBit: boolean,
    systemBytes: number,
  ): HsmsHeader {
    const byte2 = wBit ? stream | W_BIT : stream;
    return new HsmsHeader(sessionId, packed(byte2, fn, P_TYPE_SECS2, SType.data), systemBytes | 0);
  }

  /**
   * The header of a control message, from fields that are known to be in range.
   * @internal
   */
  static ofControl(
    sType: SType,
    sessionId: number,
    systemBytes: number,
    byte2: number,
    byte3: number,
  ): HsmsHeader {
    return new HsmsHeader(sessionId, packed(byte2, byte3, P_TYPE_SECS2, sType), systemBytes | 0);
  }

  /**
   * Reads the ten bytes at `offset`. Never fails on their content.
   * @throws HsmsArgumentError if fewer than ten bytes are there.
   */
  static parse(bytes: Uint8Array, offset = 0): HsmsHeader {
    check.bytes('bytes', bytes);
    check.integer('offset', offset, 0);
    if (bytes.length < offset + HEADER_BYTES) {
      throw new HsmsArgumentError(
        `a header is ${HEADER_BYTES} bytes: ${bytes.length} bytes have none at offset ${offset}`,
      );
    }
    return HsmsHeader.read(bytes, offset);
  }

  /**
   * As {@link parse}, of bytes that are known to hold a header.
   * @internal
   */
  static read(bytes: Uint8Array, offset: number): HsmsHeader {
    return new HsmsHeader(
      ((bytes[offset] as number) << 8) | (bytes[offset + 1] as number),
      packed(
        bytes[offset + 2] as number,
        bytes[offset + 3] as number,
        bytes[offset + 4] as number,
        bytes[offset + 5] as number,
      ),
      packed(
        bytes[offset + 6] as number,
        bytes[offset + 7] as number,
        bytes[offset + 8] as number,
        bytes[offset + 9] as number,
      ),
    );
  }

  /** Byte 2 as it is on the wire: W-bit and stream of data; 0 or a rejected SType or PType for control. */
  get byte2(): number {
    return this.bytes2to5 >>> 24;
  }

  /** Byte 3 as it is on the wire: function of data; status or reason of control. */
  get byte3(): number {
    return (this.bytes2to5 >>> 16) & 0xff;
  }

  /** Presentation type; 0 is SECS-II. */
  get pType(): number {
    return (this.bytes2to5 >>> 8) & 0xff;
  }

  /** Session type; 0 is data. A value outside the {@link SType} table is kept as it is. */
  get sType(): number {
    return this.bytes2to5 & 0xff;
  }

  /** System bytes, an unsigned 32-bit number that ties a reply to its primary. */
  get systemBytes(): number {
    return this.system >>> 0;
  }

  /** Stream of a data message, 0 to 127: byte 2 without its top bit. */
  get stream(): number {
    return (this.bytes2to5 >>> 24) & STREAM_MASK;
  }

  /** W-bit of a data message: the top bit of byte 2. */
  get wBit(): boolean {
    return this.bytes2to5 < 0;
  }

  /** Function of a data message, 0 to 255: byte 3. */
  get function(): number {
    return (this.bytes2to5 >>> 16) & 0xff;
  }

  /** True for a data message of SECS-II: SType 0 and PType 0. */
  get isData(): boolean {
    return (this.bytes2to5 & 0xffff) === ((P_TYPE_SECS2 << 8) | SType.data);
  }

  /**
   * Writes the ten bytes into `target` at `offset`.
   * @throws HsmsArgumentError where there is no room for them.
   */
  writeTo(target: Uint8Array, offset: number): void {
    check.bytes('target', target);
    check.integer('offset', offset, 0, target.length - HEADER_BYTES);
    this.write(target, offset);
  }

  /**
   * As {@link writeTo}, where there is known to be room: this is called for every packet.
   * @internal
   */
  write(target: Uint8Array, offset: number): void {
    const bytes2to5 = this.bytes2to5;
    const systemBytes = this.system;
    target[offset] = this.sessionId >>> 8;
    target[offset + 1] = this.sessionId;
    target[offset + 2] = bytes2to5 >>> 24;
    target[offset + 3] = bytes2to5 >>> 16;
    target[offset + 4] = bytes2to5 >>> 8;
    target[offset + 5] = bytes2to5;
    target[offset + 6] = systemBytes >>> 24;
    target[offset + 7] = systemBytes >>> 16;
    target[offset + 8] = systemBytes >>> 8;
    target[offset + 9] = systemBytes;
  }

  /** The ten bytes, in a new Buffer. */
  toBytes(): Buffer {
    const bytes = Buffer.alloc(HEADER_BYTES);
    this.write(bytes, 0);
    return bytes;
  }

  /** True when every field is the same. */
  equals(other: HsmsHeader): boolean {
    if (!isHeader(other)) check.refuse('other', 'an HsmsHeader', other);
    return (
      this.sessionId === other.sessionId && this.bytes2to5 === other.bytes2to5 && this.system === other.system
    );
  }

  /**
   * The documented form:
   * `{session_id:0x0000, stream:00, function:04, p_type:0x00, s_type:0x07, system:0x00000000, require_response:0}`.
   */
  toString(): string {
    return (
      `{session_id:0x${hex(this.sessionId, 4)}, stream:${decimal2(this.stream)}, ` +
      `function:${decimal2(this.function)}, p_type:0x${hex(this.pType, 2)}, s_type:0x${hex(this.sType, 2)}, ` +
      `system:0x${hex(this.systemBytes, 8)}, require_response:${this.wBit ? 1 : 0}}`
    );
  }

  /** @internal What `console.log` shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

/** Whether a value is a header, whatever it is. The cast is for the constructor, which is private. */
export function isHeader(value: unknown): value is HsmsHeader {
  return isInstance(value, HsmsHeader as unknown as abstract new () => HsmsHeader);
}

/** Four bytes as a signed number, as bit operations give it. */
function packed(first: number, second: number, third: number, fourth: number): number {
  return (first << 24) | (second << 16) | (third << 8) | fourth;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

function decimal2(value: number): string {
  return value.toString().padStart(2, '0');
}

/** Checks one field of a header. @throws HsmsArgumentError */
export function checkInteger(name: string, value: number, max: number): void {
  check.integer(name, value, 0, max);
}
