import { check } from '../check.js';
import type { DecodeOptions } from '../secs2/codec/options.js';
import { checkMessage } from '../secs2/check.js';
import type { Item } from '../secs2/items/item.js';
import { receivedMessage, type SecsMessage } from '../secs2/message.js';
import type { WirePacket } from '../session/wire-packet.js';
import { HEADER_BYTES, Secs1Header, type Secs1HeaderFields } from './block/header.js';

/**
 * A whole message on a line: the header of its first block, and the bodies of all its blocks. Immutable.
 *
 * @example
 * ```ts
 * import { Secs1Packet } from 'rxsecs/secs1';
 * import { S } from 'rxsecs/secs2';
 *
 * const packet = Secs1Packet.of({ rBit: false, sessionId: 1, systemBytes: 7 }, S(1, 1).w());
 * console.log(String(packet), packet.length);
 * ```
 */
export class Secs1Packet implements WirePacket {
  readonly header: Secs1Header;
  /** The body, of whatever length; it is split into blocks on its way. */
  readonly body: Buffer;
  readonly #decoding: DecodeOptions | undefined;
  #message: SecsMessage | undefined;

  private constructor(
    header: Secs1Header,
    body: Buffer,
    message: SecsMessage | undefined,
    decoding: DecodeOptions | undefined,
  ) {
    this.header = header;
    this.body = body;
    this.#message = message;
    this.#decoding = decoding;
  }

  /**
   * A packet that carries a message.
   * @param fields R-bit, device ID and system bytes; the rest comes from the message
   * @throws HsmsArgumentError for fields out of range; Secs2DepthError for a message that cannot be encoded.
   */
  static of(
    fields: Pick<Secs1HeaderFields, 'rBit' | 'sessionId' | 'systemBytes'>,
    message: SecsMessage,
  ): Secs1Packet {
    checkMessage('message', message);
    const { stream, function: fn, wBit } = message;
    const given = check.fields('fields', fields, ['rBit', 'sessionId', 'systemBytes']);
    return Secs1Packet.carrying(Secs1Header.of({ ...given, stream, function: fn, wBit }), message);
  }

  /** As {@link of}, with a header that fits. @internal */
  static carrying(header: Secs1Header, message: SecsMessage): Secs1Packet {
    // The W-bit is that of the header: a request has it, whatever its message says.
    const own = header.wBit && !message.wBit ? message.w() : message;
    return new Secs1Packet(header, message.body, own, undefined);
  }

  /** A message as it came. @internal */
  static received(header: Secs1Header, body: Buffer, decoding?: DecodeOptions): Secs1Packet {
    return new Secs1Packet(header, body, undefined, decoding);
  }

  /** The SECS-II message; its item is decoded when it is first asked for. */
  get message(): SecsMessage {
    const { stream, function: fn, wBit } = this.header;
    return (this.#message ??= receivedMessage(stream, fn, wBit, this.body, this.#decoding));
  }

  /** The body as a SECS-II item (E5); undefined for an empty body. @throws Secs2Error for a body that is not one whole item. */
  get item(): Item | undefined {
    return this.message.item;
  }

  /** Bytes of header and body, as HSMS counts them. */
  get length(): number {
    return HEADER_BYTES + this.body.length;
  }

  /** The header, and how long the body is. */
  toString(): string {
    return `${this.header.toString()}, body of ${this.body.length} bytes`;
  }

  /** @internal What `console.log` shows. */
  [Symbol.for('nodejs.util.inspect.custom')](
    _depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    return `${this.constructor.name} ${this.header.toString()}\n${inspect(this.message, options)}`;
  }
}

/** Whether a value is a packet; a revoked proxy is none. */
export function isSecs1Packet(value: unknown): value is Secs1Packet {
  try {
    return value instanceof Secs1Packet;
  } catch {
    return false;
  }
}
