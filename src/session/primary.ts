import { HsmsArgumentError, HsmsError } from '../errors.js';
import type { SecsMessage } from '../secs2/index.js';
// From where they are made: the index is a table that the engine looks things up in each time, if loaded as CommonJS.
import { S } from '../secs2/message.js';
import { SecsItem, type Item } from '../secs2/items/item.js';
import { rejected } from '../reactive/rejected.js';
import { HsmsHeader } from '../hsms/wire/header.js';
import { HsmsPacket } from '../hsms/wire/packet.js';
import type { SessionCore } from '../hsms/session/session-core.js';
import { nameOf } from './transactions.js';

/**
 * A primary message of the peer. One that wants a reply (W-bit) is answered exactly once, at any time while the TCP
 * connection it came on is up and its session selected.
 */
export class HsmsPrimary {
  /** The message; its `item` is decoded when first asked for. */
  readonly message: SecsMessage;
  /** The ten header bytes as they came. */
  readonly header: HsmsHeader;
  readonly #core: SessionCore;
  readonly #life: object | undefined;
  readonly #key: number;
  #replied = false;

  /** @internal */
  constructor(core: SessionCore, key: number, header: HsmsHeader, message: SecsMessage) {
    this.#core = core;
    this.#life = core.life;
    this.#key = key;
    this.header = header;
    this.message = message;
  }

  /** Whether the peer wants a reply (W-bit). */
  get wantsReply(): boolean {
    return this.header.wBit;
  }

  /** Whether it has been answered. */
  get replied(): boolean {
    return this.#replied;
  }

  /**
   * Answers: with a secondary message of the same stream and the next function (or function 0, to abort), with an item
   * that becomes the body of one, or with no body at all. Session ID and system bytes are those of the primary.
   * @returns a promise that resolves when the reply has been handed to the socket. It rejects with an HsmsError:
   * `HSMS_ALREADY_REPLIED`, `HSMS_SESSION_ENDED`, `HSMS_INVALID_ARGUMENT`, and as `HsmsConnection.send` does. A
   * rejection that nobody handles does not end the process: a peer that leaves with answers on their way causes one.
   */
  reply(answer?: SecsMessage | Item): Promise<void> {
    const { stream, function: fn, sessionId, systemBytes } = this.header;
    let packet: HsmsPacket;
    try {
      const message = answer instanceof SecsItem ? S(stream, fn + 1, answer) : (answer ?? S(stream, fn + 1));
      this.#check(message);
      const header = HsmsHeader.ofData(sessionId, stream, message.function, false, systemBytes);
      packet = HsmsPacket.carrying(header, message);
    } catch (error) {
      return rejected(error);
    }
    this.#replied = true;
    return this.#core.connection.sendFor(this, packet).promise;
  }

  /** @internal */
  sent(): void {}

  /** @internal It was not sent whole: as long as the link is up, another answer, an abort say, is still owed. */
  unsent(): void {
    this.#replied = false;
  }

  /** @throws HsmsError where the message is no reply, or no reply can be sent any more. */
  #check(message: SecsMessage): void {
    const { stream, function: fn } = this.header;
    if (!this.wantsReply) {
      throw new HsmsArgumentError(`${nameOf(this.header)} came without W-bit: it wants no reply`);
    }
    if (message.stream !== stream || (message.function !== fn + 1 && message.function !== 0)) {
      throw new HsmsArgumentError(
        `${message.name} is no reply to ${nameOf(this.header)}: S${stream}F${fn + 1} or S${stream}F0 is allowed`,
      );
    }
    if (this.#replied) {
      throw new HsmsError('HSMS_ALREADY_REPLIED', `${nameOf(this.header)} has been answered already`);
    }
    if (this.#life === undefined || this.#life !== this.#core.life || !this.#core.isSelected(this.#key)) {
      throw new HsmsError(
        'HSMS_SESSION_ENDED',
        `${nameOf(this.header)} cannot be answered: the session it came in has ended`,
      );
    }
  }
}
