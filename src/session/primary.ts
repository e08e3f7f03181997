import { isInstance } from '../check.js';
import { HsmsArgumentError } from '../errors.js';
import { rejectedAloud } from '../reactive/rejected.js';
// From where they are made: the index is a table that the engine looks things up in each time, if loaded as CommonJS.
import { SecsItem, type Item } from '../secs2/items/item.js';
import { checkMessage } from '../secs2/check.js';
import { S, type SecsMessage } from '../secs2/message.js';
import { SecsReplyError } from './errors.js';
import { nameOf, type DataHeader } from './header.js';
import type { ReplyPath } from './port.js';

/** Hears of replies that could not be given. */
export interface ReplyOwner<Header extends DataHeader> {
  replyFailed(header: Header, error: unknown): void;
}

/**
 * A primary message of the peer. One that wants a reply (W-bit) is answered exactly once, at any time while the link it came
 * on is up and its session usable.
 *
 * @example
 * ```ts
 * // given a session
 * import type { SecsPrimary } from 'rxsecs';
 * import { S } from 'rxsecs/secs2';
 *
 * const abort = async (primary: SecsPrimary): Promise<void> => {
 *   if (primary.wantsReply) await primary.reply(S(primary.message.stream, 0));
 * };
 * session.primaries.subscribe(abort);
 * ```
 */
export class SecsPrimary<Header extends DataHeader = DataHeader> {
  /** The message; its `item` is decoded when first asked for. */
  readonly message: SecsMessage;
  /** The ten header bytes as they came. */
  readonly header: Header;
  readonly #path: ReplyPath;
  readonly #life: object | undefined;
  readonly #owner: ReplyOwner<Header>;
  #replied = false;
  #deferred = false;

  /** @internal */
  constructor(path: ReplyPath, header: Header, message: SecsMessage, owner: ReplyOwner<Header>) {
    this.#owner = owner;
    this.#path = path;
    this.#life = path.life;
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
   * Says that the answer will take its time. A `Secs1Session` with `grant: 'auto'` then leaves an inquire alone, however long that is;
   * otherwise nothing changes.
   */
  defer(): void {
    this.#deferred = true;
  }

  /** Whether `defer` was called. */
  get deferred(): boolean {
    return this.#deferred;
  }

  /**
   * Answers: with a secondary message of the same stream and the next function (or function 0, to abort), with an item
   * that becomes the body of one, or with no body at all. Session ID and system bytes are those of the primary.
   * @returns a promise that resolves when the reply has been handed to the link. It rejects with a SecsError, here with the
   * codes of HSMS: `HSMS_ALREADY_REPLIED`, `HSMS_SESSION_ENDED`, `HSMS_INVALID_ARGUMENT`, and as `send` of the connection
   * does. A rejection that nobody handles does not end the process: a peer that leaves with answers on their way causes one.
   */
  reply(answer?: SecsMessage | Item | null): Promise<void> {
    const { stream, function: fn } = this.header;
    let message: SecsMessage;
    try {
      message = isInstance(answer, SecsItem) ? S(stream, fn + 1, answer) : (answer ?? S(stream, fn + 1));
      if (message === answer) checkMessage('answer', message);
      this.#check(message);
    } catch (error) {
      return rejectedAloud(error, this.#path.clock, () => this.#owner.replyFailed(this.header, error));
    }
    this.#replied = true;
    try {
      return this.#path.reply(this.header, message, this).promise;
    } catch (error) {
      // It cannot be encoded: another answer is still owed.
      this.#replied = false;
      return rejectedAloud(error, this.#path.clock, () => this.#owner.replyFailed(this.header, error));
    }
  }

  /** @internal */
  sent(): void {}

  /** @internal It was not sent whole: while the link is up, another answer is still owed, an abort say. */
  unsent(error: unknown): void {
    this.#replied = false;
    this.#owner.replyFailed(this.header, error);
  }

  /** @throws SecsError where the message is no reply, or no reply can be sent any more. */
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
    const { protocol } = this.#path;
    if (this.#replied) {
      throw new SecsReplyError(
        protocol,
        'ALREADY_REPLIED',
        `${nameOf(this.header)} has been answered already`,
      );
    }
    if (this.#life === undefined || this.#life !== this.#path.life || !this.#path.isUsable()) {
      throw new SecsReplyError(
        protocol,
        'SESSION_ENDED',
        `${nameOf(this.header)} cannot be answered: the session it came in has ended`,
      );
    }
  }
}
