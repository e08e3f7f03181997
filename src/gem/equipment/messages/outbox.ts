import { deferred, type Deferred } from '../../../reactive/deferred.js';
import { Fifo } from '../../../reactive/fifo.js';
import type { SecsMessage } from '../../../secs2/index.js';
import type { Delivery } from '../events.js';

/** A primary message of ours on its way. */
interface Entry {
  readonly name: string;
  /** Undefined while values for it are awaited. */
  message: SecsMessage | undefined;
  readonly done: Deferred<Delivery>;
  taken: boolean;
}

/** What the outbox needs to know, and to have done. */
export interface OutboxPort {
  /**
   * What may happen to a message now: sent; kept until that is known, as while S1F13 is under way; offered to the spool; or thrown
   * away.
   */
  route(message: SecsMessage): 'send' | 'wait' | 'spool' | 'drop';
  request(message: SecsMessage): Promise<SecsMessage>;
  send(message: SecsMessage): Promise<void>;
  /** Whether the link that a request was on has gone, so that it is not known whether the host got it. */
  isLinkFailure(error: unknown): boolean;
  spool(message: SecsMessage): Promise<Delivery>;
  undelivered(name: string, delivery: 'failed' | 'dropped', why: string): void;
  onError(error: unknown, where: string): void;
  readonly window: number;
  readonly maxQueued: number;
}

/**
 * Our primary messages in the order of happening (G-43): a limited number goes out unanswered, the rest waits. When communications
 * fail, what is unanswered and what waits goes to the spool in that order, or away.
 */
export class Outbox {
  readonly #port: OutboxPort;
  readonly #queue = new Fifo<Entry>();
  readonly #flying = new Set<Entry>();

  constructor(port: OutboxPort) {
    this.#port = port;
  }

  /** How many wait or are unanswered. */
  get size(): number {
    return this.#queue.length + this.#flying.size;
  }

  /** Takes a message in, or one whose values are still awaited: its place in the order is that of this call. */
  post(message: SecsMessage | Promise<SecsMessage>, name: string): Promise<Delivery> {
    const awaited = message instanceof Promise;
    const entry: Entry = {
      name,
      message: awaited ? undefined : message,
      done: deferred<Delivery>(),
      taken: false,
    };
    if (awaited) this.#await(entry, message);
    this.#queue.push(entry);
    if (this.#queue.length > this.#port.maxQueued) this.#drop(this.#queue.shift(), 'too many messages wait');
    this.pump();
    return entry.done.promise;
  }

  /** Sends what may be sent now. */
  pump(): void {
    for (;;) {
      const entry = this.#queue.peek();
      if (entry?.taken === true) {
        this.#queue.shift();
        continue;
      }
      if (entry?.message === undefined) return;
      const route = this.#port.route(entry.message);
      if (route === 'wait' || (route === 'send' && this.#flying.size >= this.#port.window)) return;
      this.#queue.shift();
      if (route === 'send') this.#send(entry, entry.message);
      else if (route === 'spool') this.#spool(entry, entry.message);
      else this.#drop(entry, undefined);
    }
  }

  /** Communications have failed: everything is routed anew, the unanswered first. */
  setAside(): void {
    const flying = [...this.#flying];
    this.#flying.clear();
    for (const entry of flying) {
      entry.taken = true;
      const { message } = entry;
      if (message === undefined) continue;
      if (this.#port.route(message) === 'spool') this.#spool(entry, message);
      else this.#drop(entry, 'communications failed before the host answered');
    }
    this.pump();
  }

  /** The operator has disabled communications: nothing is kept (G-10, 3). */
  abandon(): void {
    const flying = [...this.#flying];
    this.#flying.clear();
    for (const entry of [...flying, ...this.#queue]) {
      entry.taken = true;
      this.#drop(entry, 'communications were disabled');
    }
    while (this.#queue.length > 0) this.#queue.shift();
  }

  #await(entry: Entry, message: Promise<SecsMessage>): void {
    message.then(
      (ready) => {
        entry.message = ready;
        this.pump();
      },
      (error: unknown) => {
        // Values never reject; what does is a fault of ours, and must not block what comes after it.
        this.#port.onError(error, entry.name);
        entry.taken = true;
        this.#drop(entry, 'its values could not be had');
        this.pump();
      },
    );
  }

  #send(entry: Entry, message: SecsMessage): void {
    if (!message.wBit) {
      this.#port.send(message).then(
        () => entry.done.resolve('sent'),
        (error: unknown) => this.#failed(entry, error),
      );
      return;
    }
    this.#flying.add(entry);
    this.#port.request(message).then(
      (reply) => this.#answered(entry, message, reply),
      (error: unknown) => this.#failed(entry, error),
    );
  }

  #answered(entry: Entry, message: SecsMessage, reply: SecsMessage): void {
    if (!this.#land(entry)) return;
    const code = acknowledgeOf(reply);
    if (code === 0) entry.done.resolve('sent');
    else {
      this.#port.undelivered(
        entry.name,
        'failed',
        `${message.name} was answered with code ${code ?? 'none'}`,
      );
      entry.done.resolve('failed');
    }
    this.pump();
  }

  #failed(entry: Entry, error: unknown): void {
    // With the link gone the session says so in a moment, and all that is unanswered goes together.
    if (entry.taken || (this.#flying.has(entry) && this.#port.isLinkFailure(error))) return;
    this.#flying.delete(entry);
    this.#port.undelivered(entry.name, 'failed', error instanceof Error ? error.message : String(error));
    entry.done.resolve('failed');
    this.pump();
  }

  #land(entry: Entry): boolean {
    return this.#flying.delete(entry) && !entry.taken;
  }

  #spool(entry: Entry, message: SecsMessage): void {
    this.#port.spool(message).then(entry.done.resolve, (error: unknown) => {
      this.#port.onError(error, 'the spool');
      this.#drop(entry, 'the spool did not take it');
    });
  }

  #drop(entry: Entry | undefined, why: string | undefined): void {
    if (entry === undefined) return;
    if (why !== undefined) this.#port.undelivered(entry.name, 'dropped', why);
    entry.done.resolve('dropped');
  }
}

/** The acknowledge of S5F2, S6F2, S6F12, S6F14, S10F2: one byte. Undefined where there is none. */
function acknowledgeOf(reply: SecsMessage): number | undefined {
  const { item } = reply;
  if (item === undefined || item.length !== 1) return undefined;
  if (item.format === 'B') return item.binary[0];
  return /^[UI][124]$/.test(item.format) ? item.number : undefined;
}
