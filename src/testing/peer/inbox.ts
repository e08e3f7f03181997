import type { HsmsPacket } from '../../hsms/wire/packet.js';
import { TestFailure } from '../failure.js';
import { differenceOf, nameOfPacket, type Wanted } from '../pattern/message-pattern.js';
import { answerTo, PeerMessage, type Answer } from './peer-message.js';

/** Answers a message that fits a rule: nothing, an item for the reply that fits, a message, or any packet. */
export type Rule = (primary: PeerMessage) => Answer | undefined | void | Promise<Answer | undefined | void>;

/** What an {@link Inbox} asks and tells its peer. */
interface InboxOwner {
  /** Writes the answer of a rule or of a message. */
  write(packet: HsmsPacket): Promise<void>;
  /** A message waits, or a rule has failed. */
  onChange(): void;
}

/** What has come and what becomes of it: a rule takes it, or it waits for the script. */
export class Inbox {
  readonly #owner: InboxOwner;
  readonly #rules: { readonly want: Wanted; readonly rule: Rule }[] = [];
  readonly #waiting: PeerMessage[] = [];
  #failure: Error | undefined;

  constructor(owner: InboxOwner) {
    this.#owner = owner;
  }

  /** Of several rules for one name the last one counts. */
  add(want: Wanted, rule: Rule): void {
    this.#rules.unshift({ want, rule });
  }

  /** Whether there is something for an expectation: a message, or a failure. */
  get ready(): boolean {
    return this.#waiting.length > 0 || this.#failure !== undefined;
  }

  /** The messages that no rule has taken, oldest first. */
  get waiting(): readonly PeerMessage[] {
    return this.#waiting;
  }

  /** Takes the oldest message that no rule has taken. */
  shift(): PeerMessage | undefined {
    return this.#waiting.shift();
  }

  /** Gives a packet to the rule that fits. @returns whether there is one */
  offer(packet: HsmsPacket): boolean {
    const found = this.#rules.find(({ want }) => differenceOf(packet, want) === undefined);
    if (found === undefined) return false;
    void this.#apply(found.rule, this.#messageOf(packet));
    return true;
  }

  /** Keeps a packet for the script. */
  keep(packet: HsmsPacket): void {
    this.#waiting.push(this.#messageOf(packet));
  }

  /** The next expectation fails by this, or by what failed before it. */
  fail(error: Error): void {
    this.#failure ??= error;
  }

  /** Throws what has failed since the last call. */
  rethrow(): void {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure;
  }

  #messageOf(packet: HsmsPacket): PeerMessage {
    return new PeerMessage(packet, (answer) => this.#owner.write(answer));
  }

  async #apply(rule: Rule, message: PeerMessage): Promise<void> {
    try {
      const answer = await rule(message);
      if (answer !== undefined) await this.#owner.write(answerTo(message.header, answer));
    } catch (cause) {
      const text = `the rule for ${nameOfPacket(message.packet)} failed: ${String(cause)}`;
      this.fail(new TestFailure(text, { cause }));
      this.#owner.onChange();
    }
  }
}
