import { check } from '../../check.js';
import type { Clock, Timer } from '../../clock.js';
import { A, L } from '../../secs2/items/factories.js';
import type { Item } from '../../secs2/items/item.js';
import { S, type SecsMessage } from '../../secs2/message.js';
import type { SecsPrimary } from '../../session/primary.js';
import type { Secs1Header } from '../block/header.js';
import { announced, grantItem, ruleFor, ruleOf, type GrantRule } from './grants.js';
import type { Inquiry, Secs1SessionOptions } from './options.js';

/** How long the user may take to answer an inquire before it is granted, in seconds. */
const USERS_TURN = 1;

/** GRANT: there is no space for the message. */
const NO_SPACE = 2;

/** What {@link Inquiries} asks and tells its session. */
export interface InquiriesOwner {
  readonly clock: Clock;
  maxMessageBytes(): number;
  conversationTimeout(): number;
  /** The message that a grant was given for has not come: S9F13 of an equipment. */
  onNoSequel(message: SecsMessage): void;
  onError(error: unknown): void;
}

/** Answers inquires of the peer, and sees to it that what they announce comes (E5). */
export class Inquiries {
  readonly #owner: InquiriesOwner;
  readonly #grant: NonNullable<Secs1SessionOptions['grant']>;
  readonly #timers = new Set<Timer>();
  readonly #awaited = new Map<GrantRule, Timer>();

  constructor(owner: InquiriesOwner, grant: Secs1SessionOptions['grant'] = 'auto') {
    this.#owner = owner;
    this.#grant = grant;
  }

  /** A primary has come. */
  onPrimary(primary: SecsPrimary<Secs1Header>): void {
    if (this.#grant === false || !primary.wantsReply) return;
    const rule = ruleOf(primary.header);
    if (rule === undefined) return;
    if (this.#grant !== 'auto') {
      this.#answer(primary, rule);
      return;
    }
    const timer = this.#owner.clock.setTimer('grant', USERS_TURN, () => {
      this.#timers.delete(timer);
      if (!primary.replied && !primary.deferred) this.#answer(primary, rule);
    });
    this.#timers.add(timer);
  }

  /** A message, or its first block, has come: what was announced perhaps. */
  onBegun(header: Secs1Header): void {
    const rule = this.#awaited.size === 0 ? undefined : ruleFor(header);
    if (rule !== undefined) this.#forget(rule);
  }

  /** Ends the timers. */
  stop(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
    for (const rule of [...this.#awaited.keys()]) this.#forget(rule);
  }

  #answer(primary: SecsPrimary<Secs1Header>, rule: GrantRule): void {
    const { message } = primary;
    const told = announced(message);
    const code = this.#codeFor({ message, bytes: told?.bytes });
    primary.reply(grantItem(code)).catch((error: unknown) => this.#owner.onError(error));
    if (code !== 0 || told === undefined) return;
    this.#forget(rule);
    const timer = this.#owner.clock.setTimer('conversation', this.#owner.conversationTimeout(), () => {
      this.#awaited.delete(rule);
      this.#owner.onNoSequel(noSequel(rule, told.id));
    });
    this.#awaited.set(rule, timer);
  }

  #codeFor(inquiry: Inquiry): number {
    if (typeof this.#grant !== 'function') {
      return (inquiry.bytes ?? 0) > this.#owner.maxMessageBytes() ? NO_SPACE : 0;
    }
    try {
      return check.integer('the code of a grant', this.#grant(inquiry), 0, 255);
    } catch (error) {
      this.#owner.onError(error);
      return 1;
    }
  }

  #forget(rule: GrantRule): void {
    this.#awaited.get(rule)?.cancel();
    this.#awaited.delete(rule);
  }
}

/** S9F13: the message that was expected, and what it is about. */
function noSequel(rule: GrantRule, id: Item): SecsMessage {
  const expected = rule.announces[0] ?? 0;
  return S(9, 13, L(A(`S${rule.stream}F${expected}`), id));
}
