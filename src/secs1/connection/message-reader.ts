import type { Clock, Timer } from '../../clock.js';
import { expiry } from '../../reactive/expiry.js';
import { Assembler, type Assembled, type DropReason, type OpenMessage } from '../block/assembler.js';
import type { Secs1Block } from '../block/block.js';
import type { Secs1Header } from '../block/header.js';
import type { LineCounters } from '../line/counters.js';
import type { Secs1Settings } from '../settings.js';

/** What a {@link MessageReader} asks and tells the link that it reads for. */
export interface MessageReaderOwner {
  readonly clock: Clock;
  readonly counters: LineCounters;
  settings(): Secs1Settings;
  onMessage(header: Secs1Header, body: Buffer): void;
  /** The first of several blocks of a message has come. */
  onBegun(header: Secs1Header): void;
  onDropped(header: Secs1Header, reason: DropReason): void;
  onDuplicate(header: Secs1Header): void;
}

/** Reads messages out of the blocks of one link, with a T4 for each that is open. */
export class MessageReader {
  readonly #owner: MessageReaderOwner;
  readonly #assembler: Assembler;
  readonly #timers = new Map<OpenMessage, Timer>();

  constructor(owner: MessageReaderOwner) {
    this.#owner = owner;
    this.#assembler = new Assembler(() => owner.settings());
  }

  accept(block: Secs1Block): void {
    const open = this.#assembler.at(block.header);
    const made = this.#assembler.accept(block);
    if (!made.some(({ kind }) => kind === 'duplicate')) this.#stopTimer(open);
    for (const one of made) this.#tell(one, open);
  }

  /** Ends the timers. */
  stop(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  #tell(made: Assembled, open: OpenMessage | undefined): void {
    const { counters } = this.#owner;
    switch (made.kind) {
      case 'message':
        return this.#owner.onMessage(made.header, made.body);
      case 'open':
        this.#startTimer(made.message);
        if (made.message !== open) this.#owner.onBegun(made.message.header);
        return;
      case 'duplicate':
        counters.duplicates++;
        // A peer that sends a block again is still sending.
        if (open !== undefined) this.#startTimer(open);
        return this.#owner.onDuplicate(made.header);
      case 'dropped':
        counters.messagesDropped++;
        if (made.message !== undefined && made.reason !== 'tooLong') this.#stopTimer(made.message);
        return this.#owner.onDropped(made.header, made.reason);
    }
  }

  #startTimer(message: OpenMessage): void {
    this.#stopTimer(message);
    const { clock } = this.#owner;
    const onExpired = (): void => {
      this.#timers.delete(message);
      const dropped = this.#assembler.expire(message);
      if (dropped !== undefined) this.#tell(dropped, undefined);
    };
    this.#timers.set(message, expiry(clock, 't4', this.#owner.settings().t4, onExpired));
  }

  #stopTimer(message: OpenMessage | undefined): void {
    if (message === undefined) return;
    this.#timers.get(message)?.cancel();
    this.#timers.delete(message);
  }
}
