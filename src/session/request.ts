import type { SecsMessage } from '../secs2/index.js';
import { deferred, type Deferred } from '../reactive/deferred.js';
import type { SendOutcome } from '../connection/sending.js';
import type { HsmsHeader } from '../hsms/wire/header.js';
import { HsmsT3TimeoutError } from './session-errors.js';
import { nameOf, Transaction, type Transactions } from './transactions.js';

/** The requests of one session that wait for their replies. */
export class OpenRequests {
  readonly transactions: Transactions;
  readonly #t3: () => number;
  readonly #onT3: (header: HsmsHeader) => void;
  #size = 0;
  #allSettled: Deferred<void> | undefined;

  /**
   * @param t3 T3 where a request has none of its own, in seconds
   * @param onT3 T3 of the request with this header has passed
   */
  constructor(transactions: Transactions, t3: () => number, onT3: (header: HsmsHeader) => void) {
    this.transactions = transactions;
    this.#t3 = t3;
    this.#onT3 = onT3;
  }

  get size(): number {
    return this.#size;
  }

  /** T3 where a request has none of its own, in seconds. */
  get t3(): number {
    return this.#t3();
  }

  /** @param t3 T3 of this request in seconds, if it has one of its own */
  open(header: HsmsHeader, t3: number | undefined): Request {
    const request = new Request(header, this, t3);
    this.#size++;
    this.transactions.open(request);
    return request;
  }

  /** Resolves when none is open. */
  async allSettled(): Promise<void> {
    if (this.#size === 0) return;
    this.#allSettled ??= deferred();
    await this.#allSettled.promise;
  }

  expired(header: HsmsHeader, seconds: number): Error {
    this.#onT3(header);
    return new HsmsT3TimeoutError(nameOf(header), seconds);
  }

  settled(): void {
    if (--this.#size > 0) return;
    this.#allSettled?.resolve();
    this.#allSettled = undefined;
  }
}

/** A request of the user: the transaction, and the promise of its reply. */
export class Request extends Transaction implements SendOutcome {
  readonly reply: Promise<SecsMessage>;
  readonly #open: OpenRequests;
  readonly #resolve: (reply: SecsMessage) => void;
  readonly #reject: (error: unknown) => void;
  /** T3: of this request until it is started, if it has one of its own; then as it was started. */
  #seconds: number | undefined;

  constructor(header: HsmsHeader, open: OpenRequests, t3: number | undefined) {
    super(header);
    this.#open = open;
    this.#seconds = t3;
    const { promise, resolve, reject } = deferred<SecsMessage>();
    this.reply = promise;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  sent(now: number): void {
    const seconds = (this.#seconds ??= this.#open.t3);
    this.#open.transactions.startT3(this, seconds, now);
  }

  unsent(error: unknown): void {
    this.#open.transactions.fail(this, error);
  }

  expired(): Error {
    return this.#open.expired(this.header, this.#seconds ?? 0);
  }

  answered(reply: SecsMessage): void {
    this.#resolve(reply);
    this.#open.settled();
  }

  failed(error: unknown): void {
    // A request that nobody awaits must not bring the process down.
    this.reply.catch(nothing);
    this.#reject(error);
    this.#open.settled();
  }
}

function nothing(): void {}
