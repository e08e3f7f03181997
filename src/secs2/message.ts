import { encodedLength, encodeItem, writeItem } from './codec/encode.js';
import type { DecodeOptions, EncodeOptions } from './codec/options.js';
import type { WritableBytes } from './codec/writable-bytes.js';
import { isArray, isInstance } from '../check.js';
import { AN_ITEM, check } from './check.js';
import { Secs2ArgumentError, Secs2Error, Secs2ShapeError } from './errors.js';
import { SecsItem, type Item } from './items/item.js';
import type { ItemJson } from './json/json-write.js';
import { LazyItem } from './codec/lazy-item.js';
import { expectItem, type Matched, type Shape } from './items/match.js';
import { itemParts } from './codec/parts.js';
import { inspectMessage, messageToText } from './sml/print/inspect.js';

const EMPTY = Buffer.alloc(0);

/**
 * A SECS-II message: stream, function, W-bit, and at most one item. Immutable.
 *
 * A message that was received keeps its body as it came, and decodes it when `item` is first asked for.
 *
 * @example
 * ```ts
 * import { A, B, L, S } from 'rxsecs/secs2';
 *
 * const message = S(1, 14, L(B(0), L(A('ETCHER'), A('1.0'))));
 * console.log(message.name, message.item.at(0).binary[0]); // S1F14 0
 * console.log(String(message)); // SML
 * ```
 */
export class SecsMessage<I extends Item | undefined = Item | undefined> {
  /** Stream, 0 to 127. */
  readonly stream: number;
  /** Function, 0 to 255: odd in a primary message, even in a secondary one. */
  readonly function: number;
  /** Whether a reply is expected. */
  readonly wBit: boolean;
  private readonly content: LazyItem | { readonly item: Item | undefined };
  private encoded: Buffer | undefined;
  private written = false;

  /** @internal */
  constructor(
    stream: number,
    fn: number,
    wBit: boolean,
    content: LazyItem | { readonly item: Item | undefined },
    encoded?: Buffer,
  ) {
    if (typeof content !== 'object') {
      check.fail('a SecsMessage is made by S(stream, function, item) or message(), not by its constructor');
    }
    this.stream = stream;
    this.function = fn;
    this.wBit = wBit;
    this.content = content;
    this.encoded = encoded;
  }

  /**
   * The item, or undefined where the message has no body.
   *
   * @throws Secs2DecodeError, the same each time, where the body of a received message is not one whole item; `body`
   *   has the bytes all the same.
   */
  get item(): I {
    return this.content.item as I;
  }

  /** Why the body cannot be decoded, or undefined where it can. Never throws. */
  get itemError(): Error | undefined {
    return this.content instanceof LazyItem ? this.content.error : undefined;
  }

  /** The encoded item: of a received message the very bytes of its body; empty where there is no item. */
  get body(): Buffer {
    return (this.encoded ??= this.content instanceof LazyItem ? this.content.body : this.encode());
  }

  /** @internal Bytes of the encoded item. @throws Secs2DepthError where lists nest too deep to be encoded. */
  get bodyBytes(): number {
    const { content } = this;
    if (content instanceof LazyItem) return content.byteLength;
    if (this.encoded !== undefined) return this.encoded.length;
    return content.item === undefined ? 0 : encodedLength(content.item);
  }

  /** @internal Encodes the item at a position of a buffer that has room for it. */
  writeBody(out: WritableBytes, position: number): void {
    const { content, encoded } = this;
    if (content instanceof LazyItem) {
      content.copyTo(out.bytes, position);
    } else if (encoded === undefined && !this.written) {
      const { item } = content;
      if (item !== undefined && writeItem(item, out, position) !== position + item.byteLength) {
        throw new Secs2Error(
          'SECS2_INVALID_ARGUMENT',
          `the item of ${this.name} was changed after it was made`,
        );
      }
      // A message that is sent again will perhaps be sent a thousand times: its body is kept then.
      this.written = true;
    } else out.bytes.set(this.body, position);
  }

  /** @internal The bytes of the body in pieces, large ones where they lie: for a body too large to be copied without need. */
  get bodyParts(): readonly Uint8Array[] {
    const { content, encoded } = this;
    if (encoded !== undefined || content instanceof LazyItem) return [this.body];
    return content.item === undefined ? [] : itemParts(content.item);
  }

  /** @internal Where the body lies, of a message that holds it as bytes. */
  get heldBody(): LazyItem | undefined {
    return this.content instanceof LazyItem ? this.content : undefined;
  }

  /** Stream and function, as in `S1F13`. */
  get name(): string {
    return `S${this.stream}F${this.function}`;
  }

  /** Whether the function is odd: the message begins a transaction. */
  get isPrimary(): boolean {
    return this.function % 2 === 1;
  }

  /** Encodes the item into a fresh buffer. @throws Secs2DepthError where lists nest deeper than `maxDepth` (default 64). */
  encode(options?: EncodeOptions): Buffer {
    if (this.content instanceof LazyItem) return Buffer.from(this.content.body);
    const { item } = this.content;
    return item === undefined ? EMPTY : encodeItem(item, options);
  }

  /**
   * The same message with a reply expected: `S(1, 1).w()`, `S(1, 13).w(L())`. Without an item it keeps the one it has.
   *
   * @throws Secs2ArgumentError on a secondary message, and for what is no item.
   */
  w(): SecsMessage<I>;
  w<J extends Item>(item: J): SecsMessage<J>;
  w(item?: Item): SecsMessage {
    if (item !== undefined) return message(this.stream, this.function, true, item);
    checkHeader(this.stream, this.function, true);
    return new SecsMessage(this.stream, this.function, true, this.content, this.encoded);
  }

  /** The same message with no reply expected (W bit 0): `S5F1.build(…).noReply()`. One that expects none is returned as it is. */
  noReply(): SecsMessage<I> {
    return this.wBit ? new SecsMessage(this.stream, this.function, false, this.content, this.encoded) : this;
  }

  /**
   * The item with the type of a shape: `reply.expect(['A', 'A']).items[0].values`.
   *
   * @throws Secs2ShapeError with the path of the first item that differs; what `item` throws.
   */
  expect<const S extends Shape>(shape: S): Matched<S> {
    const item: Item | undefined = this.item;
    if (item === undefined) throw new Secs2ShapeError([], 'an item', `${this.name} without one`);
    return expectItem(item, shape);
  }

  /** Stream, function, W-bit, and the item in its JSON form where there is one. */
  toJSON(): { stream: number; function: number; wBit: boolean; item?: ItemJson } {
    const header = { stream: this.stream, function: this.function, wBit: this.wBit };
    const item: Item | undefined = this.item;
    return item === undefined ? header : { ...header, item: item.toJSON() };
  }

  /** The message as SML; a body that cannot be decoded as its bytes in a comment. */
  toString(): string {
    return messageToText(this);
  }

  /** @internal What `console.log` shows: SML, long values cut. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return inspectMessage(this);
  }
}

/**
 * A message to send.
 *
 * @example
 * ```ts
 * import { A, message } from 'rxsecs/secs2';
 *
 * console.log(String(message(10, 3, true, A('hello'))));
 * ```
 * @param stream - 0 to 127.
 * @param fn - function, 0 to 255: odd in a primary message, even in a secondary one.
 * @param wBit - whether a reply is expected; only a primary message can.
 * @throws Secs2ArgumentError naming the value out of range.
 */
export function message(stream: number, fn: number, wBit: boolean): SecsMessage<undefined>;
export function message<I extends Item>(stream: number, fn: number, wBit: boolean, item: I): SecsMessage<I>;
export function message(stream: number, fn: number, wBit: boolean, item?: Item): SecsMessage;
export function message(stream: number, fn: number, wBit: boolean, item?: Item): SecsMessage {
  if (typeof wBit !== 'boolean') check.boolean('wBit', wBit);
  checkHeader(stream, fn, wBit);
  if (item !== undefined && !isInstance(item, SecsItem)) refuseItem(item);
  return new SecsMessage(stream, fn, wBit, { item });
}

/**
 * A message that expects no reply, as in `S(1, 2, L(A('MDLN'), A('1.0')))`; `S(1, 1).w()` expects one.
 *
 * @example
 * ```ts
 * import { A, L, S } from 'rxsecs/secs2';
 *
 * const request = S(1, 13).w(L());
 * const reply = S(1, 2, L(A('ETCHER'), A('1.0')));
 * console.log(request.name, reply.wBit); // S1F13 false
 * ```
 * @throws Secs2ArgumentError for a stream outside 0 to 127, a function outside 0 to 255, and for what is no item.
 */
export function S(stream: number, fn: number): SecsMessage<undefined>;
export function S<I extends Item>(stream: number, fn: number, item: I): SecsMessage<I>;
export function S(stream: number, fn: number, item?: Item): SecsMessage {
  return message(stream, fn, false, item);
}

/**
 * A message as it was received: any header that the wire can carry, and a body that is decoded when its item is first
 * asked for (E5).
 *
 * @example
 * ```ts
 * import { receivedMessage } from 'rxsecs/secs2';
 *
 * const message = receivedMessage(1, 2, false, Buffer.from('01024101584100', 'hex'));
 * console.log(message.item?.at(0).ascii); // X
 * ```
 * @param body - memory that holds the body.
 * @param start - where the body begins in it.
 * @param end - where it ends.
 * @throws Secs2ArgumentError for a stream outside 0 to 127 or a function outside 0 to 255.
 */
export function receivedMessage(
  stream: number,
  fn: number,
  wBit: boolean,
  body: Uint8Array,
  options?: DecodeOptions,
  start = 0,
  end?: number,
): SecsMessage {
  if (typeof wBit !== 'boolean') check.boolean('wBit', wBit);
  checkHeader(stream, fn, false);
  return new SecsMessage(stream, fn, wBit, new LazyItem(body, options, start, end));
}

/**
 * As {@link receivedMessage}, of a header and bytes that were read, and options that were checked.
 * @internal
 */
export function readMessage(
  stream: number,
  fn: number,
  wBit: boolean,
  memory: Uint8Array,
  options: DecodeOptions | undefined,
  start: number,
  end: number,
): SecsMessage {
  return new SecsMessage(stream, fn, wBit, new LazyItem(memory, options, start, end, true));
}

function checkHeader(stream: number, fn: number, wBit: boolean): void {
  check.integer('stream', stream, 0, 127);
  check.integer('function', fn, 0, 255);
  if (wBit && fn % 2 === 0) {
    throw new Secs2ArgumentError(
      `S${stream}F${fn} cannot expect a reply: only primary messages (odd functions) can`,
    );
  }
}

function refuseItem(value: unknown): never {
  const list = isArray(value) ? ': L([…]) makes a list of items' : '';
  return check.refuse('item', `${AN_ITEM}${list}`, value);
}
