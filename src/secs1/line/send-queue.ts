import type { QueueDepth, Sending, SendListener } from '../../connection/sending.js';
import { deferred, type Deferred } from '../../reactive/deferred.js';
import { Fifo } from '../../reactive/fifo.js';
import { rejected, handled } from '../../reactive/rejected.js';
import { isPrimary } from '../../session/header.js';
import type { Splitter } from '../block/splitter.js';
import type { Secs1Packet } from '../packet.js';

/** What a message costs besides its body while it waits. */
const OVERHEAD_BYTES = 512;

/** A message of ours on its way out. */
export class Outgoing implements Sending {
  readonly packet: Secs1Packet;
  readonly #splitter: Splitter;
  readonly #listener: SendListener | undefined;
  #index = 0;
  #outcome: 'sent' | { readonly error: unknown } | undefined;
  #deferred: Deferred<void> | undefined;

  constructor(packet: Secs1Packet, splitter: Splitter, listener: SendListener | undefined) {
    this.packet = packet;
    this.#splitter = splitter;
    this.#listener = listener;
  }

  /** Replies, and messages of stream 9, may go between two blocks of a primary. */
  get isUrgent(): boolean {
    const { header } = this.packet;
    return !isPrimary(header) || header.stream === 9;
  }

  /** Whether a block of it has been acknowledged. */
  get begun(): boolean {
    return this.#index > 0;
  }

  get settled(): boolean {
    return this.#outcome !== undefined;
  }

  get promise(): Promise<void> {
    if (this.#outcome === 'sent') return Promise.resolve();
    if (this.#outcome !== undefined) return rejected(this.#outcome.error);
    this.#deferred ??= deferred();
    return handled(this.#deferred.promise);
  }

  /** The block that is due. */
  block(): Buffer {
    return this.#splitter.block(this.#index);
  }

  /** The block has arrived. Returns whether it was the last one. */
  advance(): boolean {
    return ++this.#index === this.#splitter.count;
  }

  sent(now: number): void {
    this.#outcome = 'sent';
    this.#listener?.sent(now);
    this.#deferred?.resolve();
  }

  unsent(error: unknown): void {
    this.#outcome = { error };
    this.#listener?.unsent(error);
    this.#deferred?.reject(error);
  }
}

/** What holds for a {@link SendQueue}. */
export interface SendQueueRules {
  /** Blocks of several messages may alternate; `never`: no reply goes between two blocks of a primary either. */
  readonly interleave: boolean | 'never';
  /** All blocks of a message go together. */
  readonly together: boolean;
}

/**
 * The messages of one line that wait to be sent, and whose turn it is, block by block: in the order in which they were given, but
 * replies may go between two blocks of a primary.
 */
export class SendQueue {
  readonly #rules: () => SendQueueRules;
  readonly #waiting = new Fifo<Outgoing>();
  /** Those among the waiting that may go in between. */
  readonly #urgent = new Fifo<Outgoing>();
  /** A primary that waits, begun, for what went in between. */
  #suspended: Outgoing | undefined;
  #current: Outgoing | undefined;
  /** Those that went in between and still stand among the waiting. */
  readonly #wentBetween = new Set<Outgoing>();
  #packets = 0;
  #bytes = 0;

  constructor(rules: () => SendQueueRules) {
    this.#rules = rules;
  }

  get depth(): QueueDepth {
    return { packets: this.#packets, bytes: this.#bytes };
  }

  /** What a message counts with while it waits. */
  static cost(packet: Secs1Packet): number {
    return packet.body.length + OVERHEAD_BYTES;
  }

  /** The message whose block is due, which stays the same until that block has arrived or failed. */
  get current(): Outgoing | undefined {
    return (this.#current ??= this.#choose());
  }

  push(outgoing: Outgoing): void {
    this.#packets++;
    this.#bytes += SendQueue.cost(outgoing.packet);
    this.#waiting.push(outgoing);
    if (outgoing.isUrgent) this.#urgent.push(outgoing);
  }

  /** The block that was due has arrived; returns its message if that is whole. */
  advance(): Outgoing | undefined {
    const outgoing = this.#current;
    if (outgoing === undefined) return undefined;
    if (outgoing.advance()) return this.take();
    const { interleave, together } = this.#rules();
    if (together || interleave === 'never') return undefined;
    if (interleave) {
      if (this.#next() === undefined) return undefined;
      this.#waiting.push(outgoing);
      this.#current = undefined;
    } else if (!outgoing.isUrgent && this.#nextUrgent() !== undefined) {
      this.#suspended = outgoing;
      this.#current = undefined;
    }
    return undefined;
  }

  /** Takes the message at hand out. */
  take(): Outgoing | undefined {
    const outgoing = this.#current;
    this.#current = undefined;
    if (outgoing !== undefined) this.forget(outgoing);
    return outgoing;
  }

  /** A message, waiting or at hand, no longer counts. */
  forget(outgoing: Outgoing): void {
    this.#packets--;
    this.#bytes -= SendQueue.cost(outgoing.packet);
  }

  /** Takes everything out. */
  clear(): Outgoing[] {
    const all = new Set([this.#current, this.#suspended, ...this.#waiting]);
    this.#current = this.#suspended = undefined;
    while (this.#waiting.shift() !== undefined);
    while (this.#urgent.shift() !== undefined);
    this.#packets = this.#bytes = 0;
    this.#wentBetween.clear();
    return [...all].filter((one) => one !== undefined && !one.settled) as Outgoing[];
  }

  #choose(): Outgoing | undefined {
    if (this.#suspended === undefined) {
      const next = this.#next();
      this.#waiting.shift();
      if (next !== undefined && this.#nextUrgent() === next) this.#urgent.shift();
      return next;
    }
    const urgent = this.#nextUrgent();
    if (urgent !== undefined) {
      this.#urgent.shift();
      this.#wentBetween.add(urgent);
      return urgent;
    }
    const suspended = this.#suspended;
    this.#suspended = undefined;
    return suspended;
  }

  #next(): Outgoing | undefined {
    for (let next = this.#waiting.peek(); next !== undefined; next = this.#waiting.peek()) {
      if (!this.#wentBetween.delete(next) && !next.settled) return next;
      this.#waiting.shift();
    }
    return undefined;
  }

  #nextUrgent(): Outgoing | undefined {
    for (let next = this.#urgent.peek(); next !== undefined; next = this.#urgent.peek()) {
      if (!next.settled) return next;
      this.#urgent.shift();
    }
    return undefined;
  }
}
