import type { SecsMessage } from '../secs2/index.js';
import { HsmsHeader } from '../hsms/wire/header.js';
import type { HsmsPacket } from '../hsms/wire/packet.js';
import { Deadline, type Deadlines } from './deadlines.js';
import {
  HsmsStream9Error,
  HsmsTransactionAbortedError,
  HsmsTransactionRejectedError,
} from './session-errors.js';
import { TransactionTable } from './transaction-table.js';

/** How many expired transactions are remembered, to tell a late reply. */
const REMEMBERED = 4096;

const stream9Functions: ReadonlySet<number> = new Set([1, 3, 5, 7, 9, 11]);

/** A primary message of ours that waits for its reply; the deadline is its T3. */
export abstract class Transaction extends Deadline {
  readonly header: HsmsHeader;
  /** The next one in its chain of the table. */
  next: Transaction | undefined = undefined;
  /** @internal Where it was opened. */
  transactions: Transactions | undefined = undefined;

  constructor(header: HsmsHeader) {
    super();
    this.header = header;
  }

  override onDeadline(): void {
    this.transactions?.expire(this);
  }

  abstract answered(reply: SecsMessage): void;
  abstract failed(error: unknown): void;
  /** T3 has passed: the error to fail with. */
  abstract expired(): Error;
}

/** What became of a packet that might be an answer. */
export type Match = 'answered' | 'late' | 'none';

/**
 * The open data transactions of one connection, by system bytes. A reply is matched by system bytes and being
 * secondary and session ID and stream and function: a peer may use the same system bytes for a primary of its own.
 */
export class Transactions {
  readonly #open = new TransactionTable();
  /** Headers of transactions that T3 ended, oldest first. */
  readonly #expired = new Map<number, HsmsHeader>();
  readonly #deadlines: Deadlines;

  constructor(deadlines: Deadlines) {
    this.#deadlines = deadlines;
  }

  /** How many are open. */
  get size(): number {
    return this.#open.size;
  }

  /** Whether these system bytes belong to an open transaction. */
  has(systemBytes: number): boolean {
    return this.#open.get(systemBytes) !== undefined;
  }

  /** Opens a transaction. T3 does not run yet. */
  open(transaction: Transaction): void {
    if (this.#expired.size > 0) this.#expired.delete(transaction.header.systemBytes);
    transaction.transactions = this;
    this.#open.add(transaction);
  }

  /**
   * Starts T3, if the transaction is still open.
   * @param now the time of the clock, where it is known
   */
  startT3(transaction: Transaction, seconds: number, now?: number): void {
    if (this.#open.get(transaction.header.systemBytes) !== transaction) return;
    this.#deadlines.set(transaction, seconds, now);
  }

  /** T3 of an open transaction has passed. */
  expire(transaction: Transaction): void {
    const { header } = transaction;
    this.#expired.set(header.systemBytes, header);
    const [oldest] = this.#expired.keys();
    if (this.#expired.size > REMEMBERED && oldest !== undefined) this.#expired.delete(oldest);
    if (this.#close(transaction)) transaction.failed(transaction.expired());
  }

  /** Ends what runs while nothing is open. */
  rest(): void {
    this.#deadlines.rest();
  }

  /** Fails a transaction, if it is still open. */
  fail(transaction: Transaction, error: unknown): void {
    if (this.#close(transaction)) transaction.failed(error);
  }

  /** Fails those whose header is chosen. */
  failWhere(chosen: (header: HsmsHeader) => boolean, error: () => Error): void {
    for (const transaction of this.#open.all()) {
      if (chosen(transaction.header)) this.fail(transaction, error());
    }
  }

  /** Offers a data packet: settles the transaction that it answers. */
  offer(packet: HsmsPacket): Match {
    const { header } = packet;
    if (header.wBit) return 'none';
    if (header.stream === 9 && stream9Functions.has(header.function)) return this.#offerStream9(packet);
    if (header.function % 2 === 1) return 'none';
    const transaction = this.#open.get(header.systemBytes);
    if (transaction === undefined || !answers(header, transaction.header)) {
      const late = this.#expired.get(header.systemBytes);
      if (late === undefined || !answers(header, late)) return 'none';
      this.#expired.delete(header.systemBytes);
      return 'late';
    }
    this.#close(transaction);
    if (header.function === 0)
      transaction.failed(new HsmsTransactionAbortedError(nameOf(transaction.header)));
    else transaction.answered(packet.message);
    return 'answered';
  }

  /** A Reject.req with these system bytes has come (P-29). */
  rejected(header: HsmsHeader): void {
    const transaction = this.#open.get(header.systemBytes);
    if (transaction?.header.sessionId !== header.sessionId && header.sessionId !== 0xffff) return;
    if (transaction === undefined) return;
    this.fail(transaction, new HsmsTransactionRejectedError(nameOf(transaction.header), header.byte3));
  }

  #offerStream9({ header, body }: HsmsPacket): Match {
    const named = headerIn(body);
    const transaction = named && this.#open.get(named.systemBytes);
    if (transaction === undefined || !transaction.header.equals(named as HsmsHeader)) return 'none';
    this.fail(
      transaction,
      new HsmsStream9Error(nameOf(transaction.header), header.function, transaction.header),
    );
    // It is an ordinary message as well: whoever watches stream 9 wants to see it.
    return 'none';
  }

  /** Returns whether it was open. */
  #close(transaction: Transaction): boolean {
    if (!this.#open.delete(transaction)) return false;
    transaction.cancelDeadline();
    return true;
  }
}

function answers(reply: HsmsHeader, primary: HsmsHeader): boolean {
  return (
    reply.sessionId === primary.sessionId &&
    reply.stream === primary.stream &&
    (reply.function === primary.function + 1 || reply.function === 0)
  );
}

/** Stream and function, as in `S1F13`. */
export function nameOf(header: HsmsHeader): string {
  return `S${header.stream}F${header.function}`;
}

/** MHEAD of a stream 9 message: `<B[10]>`, the header at fault (E5). */
function headerIn(body: Buffer): HsmsHeader | undefined {
  return body.length === 12 && body[0] === 0x21 && body[1] === 10 ? HsmsHeader.parse(body, 2) : undefined;
}
