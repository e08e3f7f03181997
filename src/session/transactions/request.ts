import type { SendListener } from '../../connection/sending.js';
import { deferred, type Deferred } from '../../reactive/deferred.js';
import type { SecsMessage } from '../../secs2/message.js';
import { SecsT3TimeoutError } from '../errors.js';
import type { DataHeader } from '../header.js';
import { Transaction } from './transaction.js';
import type { Transactions } from './transactions.js';

/** The requests of one session that wait for their replies. */
export class OpenRequests {
  readonly transactions: Transactions;
  /** T3 where a request has none of its own, in seconds. */
  t3: number;
  readonly #onT3: (header: DataHeader) => void;
  #size = 0;
  #drained: Deferred<void> | undefined;

  /**
   * @param t3 T3 where a request has none of its own, in seconds
   * @param onT3 T3 of the request with this header has passed
   */
  constructor(transactions: Transactions, t3: number, onT3: (header: DataHeader) => void) {
    this.transactions = transactions;
    this.t3 = t3;
    this.#onT3 = onT3;
  }

  get size(): number {
    return this.#size;
  }

  /** @param t3 T3 of this request in seconds, if it has one of its own */
  open(header: DataHeader, t3: number | undefined): OpenRequest {
    const request = new OpenRequest(header, this, t3);
    this.#size++;
    this.transactions.open(request);
    return request;
  }

  /** Resolves when none is open, or when waiting is given up. */
  async drained(): Promise<void> {
    if (this.#size === 0) return;
    this.#drained ??= deferred();
    await this.#drained.promise;
  }

  /** Ends the waiting in `drained`, whatever is open. */
  stopDraining(): void {
    this.#drained?.resolve();
    this.#drained = undefined;
  }

  expired({ header, foreignSessionId }: Transaction, seconds: number): Error {
    this.#onT3(header);
    return new SecsT3TimeoutError(this.transactions.protocol, header, seconds, foreignSessionId);
  }

  settled(): void {
    if (--this.#size === 0) this.stopDraining();
  }
}

/** A request of the user: the transaction, the promise of its reply, and the listener of its packet, in one object. */
export class OpenRequest extends Transaction implements SendListener {
  readonly reply: Promise<SecsMessage>;
  readonly #open: OpenRequests;
  #resolve: (reply: SecsMessage) => void = nothing;
  #reject: (error: unknown) => void = nothing;
  /** T3: of this request until it is started, if it has one of its own; then as it was started. */
  #seconds: number | undefined;

  constructor(header: DataHeader, open: OpenRequests, t3: number | undefined) {
    super(header);
    this.#open = open;
    this.#seconds = t3;
    // Written out, for an object less: there is one of these for each request.
    this.reply = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  sent(now: number): void {
    const seconds = (this.#seconds ??= this.#open.t3);
    this.#open.transactions.startT3(this, seconds, now);
  }

  unsent(error: unknown): void {
    this.#open.transactions.fail(this, error);
  }

  expired(): Error {
    return this.#open.expired(this, this.#seconds ?? 0);
  }

  answered(reply: SecsMessage): void {
    this.#resolve(reply);
    this.#open.settled();
  }

  failed(error: unknown): void {
    // A request that is not awaited must not bring the process down.
    this.reply.catch(nothing);
    this.#reject(error);
    this.#open.settled();
  }
}

function nothing(): void {}
