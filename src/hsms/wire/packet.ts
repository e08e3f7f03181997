import { check, isInstance } from '../../check.js';
import { HsmsArgumentError } from '../../errors.js';
import { checkDecodeOptions, checkMessage } from '../../secs2/check.js';
import { checkHeader, checkPacket } from './check.js';
import type { DecodeOptions, Item, SecsMessage } from '../../secs2/index.js';
// From where it is made: the index is a table that the engine looks things up in each time, if loaded as CommonJS.
import { readMessage } from '../../secs2/message.js';
import type { WritableBytes } from '../../secs2/codec/writable-bytes.js';
import { CONTROL_SESSION_ID, RejectReason, SType } from './codes.js';
import { checkInteger, HEADER_BYTES, HsmsHeader } from './header.js';

const EMPTY_BODY = Buffer.alloc(0);
const BODY_BYTES_SHOWN = 64;
/** Stands for the place of a body that is not encoded yet. */
const NOT_ENCODED = -1;

/** Header fields of a data message, as {@link HsmsPacket.data} takes them. */
export interface DataFields {
  /** Device ID, 0 to 65535. */
  readonly sessionId: number;
  /** Stream, 0 to 127. */
  readonly stream: number;
  /** Function, 0 to 255: odd for a primary, even for a secondary. */
  readonly function: number;
  /** W-bit: the sender wants a reply. Default false. */
  readonly wBit?: boolean;
  /** System bytes, 0 to 2^32 - 1. */
  readonly systemBytes: number;
}

/**
 * One HSMS message: its header and the raw bytes of its body (E37). Immutable: neither the packet nor the bytes
 * of its body may be changed once it is made.
 *
 * @example
 * ```ts
 * import { HsmsPacket } from 'rxsecs';
 * import { S } from 'rxsecs/secs2';
 *
 * const packet = HsmsPacket.ofMessage(S(1, 1).w(), { sessionId: 0, systemBytes: 1 });
 * console.log(String(packet), packet.header.sType);
 * ```
 */
export class HsmsPacket {
  /** The ten header bytes. */
  readonly header: HsmsHeader;
  /** Memory that holds the body, or what is to be encoded as the body when that is needed. */
  #source: Uint8Array | SecsMessage;
  /** Where the body lies in the memory; of what is to be encoded, {@link NOT_ENCODED} and how many bytes that gives. */
  #start: number;
  #end: number;
  readonly #decoding: DecodeOptions | undefined;
  #message: SecsMessage | undefined;

  /**
   * @param header the ten header bytes
   * @param bytes memory that holds the raw body, taken over without a copy: it must not change afterwards
   * @param start where the body begins in it
   * @param end where the body ends in it
   * @param decoding how `item` and `message` decode the body
   */
  constructor(header: HsmsHeader, bytes?: Uint8Array, start?: number, end?: number, decoding?: DecodeOptions);
  /** @internal Cut out of bytes that are known to hold it. */
  constructor(
    header: HsmsHeader,
    bytes: Uint8Array,
    start: number,
    end: number,
    decoding: DecodeOptions | undefined,
    content: null,
  );
  /** @internal The body is what `content` is encoded to: `end` bytes. */
  constructor(
    header: HsmsHeader,
    bytes: undefined,
    start: number,
    end: number,
    decoding: undefined,
    content: SecsMessage,
  );
  constructor(
    header: HsmsHeader,
    bytes: Uint8Array = EMPTY_BODY,
    start = 0,
    end: number = lengthOf(bytes),
    decoding?: DecodeOptions,
    content?: SecsMessage | null,
  ) {
    if (content === undefined) checkBody(header, bytes, start, end);
    const checked = content === undefined ? checkDecodeOptions(decoding) : decoding;
    this.header = header;
    this.#decoding = checked;
    this.#source = content ?? bytes;
    this.#start = content === undefined || content === null ? start : NOT_ENCODED;
    this.#end = end;
  }

  /** Raw body; empty for every control message E37 defines. Shared, not copied: do not write to it. */
  get body(): Buffer {
    if (this.#start < 0) return (this.#source as SecsMessage).body;
    const bytes = this.#source as Uint8Array;
    if (this.#start === 0 && this.#end === bytes.length && Buffer.isBuffer(bytes)) return bytes;
    // Made when it is first asked for, and kept: many packets are told by their header alone.
    const body = view(bytes, this.#start, this.#end);
    this.#end -= this.#start;
    this.#start = 0;
    this.#source = body;
    return body;
  }

  /** @internal Writes the body at a position of a buffer that has room for it. */
  writeBody(out: WritableBytes, position: number): void {
    if (this.#start < 0) (this.#source as SecsMessage).writeBody(out, position);
    else if (this.#end > this.#start) out.bytes.set(this.body, position);
  }

  /** @internal The bytes of the body in pieces, none of them copied without need. */
  get bodyParts(): readonly Uint8Array[] {
    return this.#start < 0 ? (this.#source as SecsMessage).bodyParts : [this.body];
  }

  /**
   * A data message (SType 0).
   * @throws HsmsArgumentError for a field out of range.
   */
  static data(fields: DataFields, body?: Uint8Array): HsmsPacket {
    return new HsmsPacket(HsmsHeader.of(fields), body);
  }

  /**
   * The data message that carries a SECS-II message.
   * @throws HsmsArgumentError for a session ID or system bytes out of range.
   */
  static ofMessage(message: SecsMessage, fields: Pick<DataFields, 'sessionId' | 'systemBytes'>): HsmsPacket {
    const { sessionId, systemBytes } = check.fields('fields', fields, ['sessionId', 'systemBytes']);
    checkMessage('message', message);
    const { stream, function: fn, wBit } = message;
    return HsmsPacket.carrying(
      HsmsHeader.of({ sessionId, stream, function: fn, wBit, systemBytes }),
      message,
    );
  }

  /**
   * A packet with this header whose body is the item of `message`, encoded straight into what is written.
   * @internal
   */
  static carrying(header: HsmsHeader, message: SecsMessage): HsmsPacket {
    return new HsmsPacket(header, undefined, 0, message.bodyBytes, undefined, message);
  }

  /** Select.req (SType 1): asks the peer to select the session. */
  static selectReq(systemBytes: number, sessionId: number = CONTROL_SESSION_ID): HsmsPacket {
    return control(SType.selectReq, sessionId, systemBytes);
  }

  /** Select.rsp (SType 2): the answer to `request`, whose session ID and system bytes it echoes, with a {@link SelectStatus}. */
  static selectRsp(request: HsmsHeader, status: number): HsmsPacket {
    checkHeader('request', request);
    check.integer('status', status, 0, 0xff);
    return control(SType.selectRsp, request.sessionId, request.systemBytes, 0, status);
  }

  /** Deselect.req (SType 3): asks the peer to end the session and keep the TCP connection. */
  static deselectReq(systemBytes: number, sessionId: number = CONTROL_SESSION_ID): HsmsPacket {
    return control(SType.deselectReq, sessionId, systemBytes);
  }

  /** Deselect.rsp (SType 4): the answer to `request`, whose session ID and system bytes it echoes, with a {@link DeselectStatus}. */
  static deselectRsp(request: HsmsHeader, status: number): HsmsPacket {
    checkHeader('request', request);
    check.integer('status', status, 0, 0xff);
    return control(SType.deselectRsp, request.sessionId, request.systemBytes, 0, status);
  }

  /** Linktest.req (SType 5): asks the peer for a sign of life. */
  static linktestReq(systemBytes: number): HsmsPacket {
    return control(SType.linktestReq, CONTROL_SESSION_ID, systemBytes);
  }

  /** Linktest.rsp (SType 6): the answer to `request`, whose session ID and system bytes it echoes. */
  static linktestRsp(request: HsmsHeader): HsmsPacket {
    checkHeader('request', request);
    return control(SType.linktestRsp, request.sessionId, request.systemBytes);
  }

  /**
   * Reject.req (SType 7): says why a message could not be taken, with a {@link RejectReason}. It echoes the session ID and system bytes of
   * what it rejects; byte 2 holds its PType for reason 2 and its SType for every other reason (E37).
   */
  static rejectReq(rejected: HsmsHeader, reason: number): HsmsPacket {
    checkHeader('rejected', rejected);
    check.integer('reason', reason, 0, 0xff);
    const byte2 = reason === RejectReason.pTypeNotSupported ? rejected.pType : rejected.sType;
    return control(SType.rejectReq, rejected.sessionId, rejected.systemBytes, byte2, reason);
  }

  /** Separate.req (SType 9): ends the session at once; it is not answered. */
  static separateReq(systemBytes: number, sessionId: number = CONTROL_SESSION_ID): HsmsPacket {
    return control(SType.separateReq, sessionId, systemBytes);
  }

  /**
   * Reads one whole message, header and body, without the length prefix.
   * @throws HsmsArgumentError when there are fewer than ten bytes.
   */
  static parse(message: Uint8Array): HsmsPacket {
    check.bytes('message', message);
    if (message.length < HEADER_BYTES) {
      throw new HsmsArgumentError(
        `a message is at least ${HEADER_BYTES} bytes, its header: ${message.length} given`,
      );
    }
    return new HsmsPacket(HsmsHeader.parse(message), message, HEADER_BYTES);
  }

  /** The SECS-II message that a data message carries; its item is decoded when it is first asked for. */
  get message(): SecsMessage {
    return (this.#message ??= this.#received());
  }

  #received(): SecsMessage {
    const { stream, function: fn, wBit } = this.header;
    if (this.#start < 0) {
      const { body } = this;
      return readMessage(stream, fn, wBit, body, this.#decoding, 0, body.length);
    }
    return readMessage(stream, fn, wBit, this.#source as Uint8Array, this.#decoding, this.#start, this.#end);
  }

  /**
   * The body as a SECS-II item (E5), decoded when it is first asked for; undefined for an empty body.
   * @throws Secs2Error, the same each time, for a body that is not one whole item; `body` has its bytes all the same.
   */
  get item(): Item | undefined {
    return this.message.item;
  }

  /** Why the body cannot be decoded; undefined where it can. Never throws. */
  get itemError(): Error | undefined {
    return this.message.itemError;
  }

  /** Message length in bytes as the length prefix tells it: header and body (E37). */
  get length(): number {
    return HEADER_BYTES + this.#end - (this.#start < 0 ? 0 : this.#start);
  }

  /** True when header and body are the same byte for byte. */
  equals(other: HsmsPacket): boolean {
    checkPacket(other, 'other');
    return this.header.equals(other.header) && this.body.equals(other.body);
  }

  /**
   * `header: {…}`, followed by the body in hex when there is one. Of a body above 64 bytes the first 64 are shown
   * and the rest is counted.
   */
  toString(): string {
    const header = `header: ${this.header.toString()}`;
    if (this.body.length === 0) return header;
    const shown = this.body.toString('hex', 0, BODY_BYTES_SHOWN);
    const left = this.body.length - BODY_BYTES_SHOWN;
    return `${header} body: ${shown}${left > 0 ? `… (${left} more bytes)` : ''}`;
  }

  /** @internal What `console.log` shows. */
  [Symbol.for('nodejs.util.inspect.custom')](
    _depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    const header = `${this.constructor.name} ${this.header.toString()}`;
    return this.header.isData ? `${header}\n${inspect(this.message, options)}` : header;
  }
}

/** Of what may turn out to be no bytes. */
function lengthOf(bytes: Uint8Array): number {
  return isInstance(bytes, Uint8Array) ? bytes.length : 0;
}

function checkBody(header: HsmsHeader, bytes: Uint8Array, start: number, end: number): void {
  checkHeader('header', header);
  check.bytes('body', bytes);
  if (start === 0 && end === bytes.length) return;
  check.integer('start', start, 0, bytes.length);
  check.integer('end', end, start, bytes.length);
}

function view(bytes: Uint8Array, start: number, end: number): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
}

function control(
  sType: SType,
  sessionId: number,
  systemBytes: number,
  byte2: number = 0,
  byte3: number = 0,
): HsmsPacket {
  checkInteger('sessionId', sessionId, 0xffff);
  checkInteger('systemBytes', systemBytes, 0xffffffff);
  const header = HsmsHeader.ofControl(sType, sessionId, systemBytes, byte2, byte3);
  return new HsmsPacket(header, EMPTY_BODY, 0, 0, undefined, null);
}
