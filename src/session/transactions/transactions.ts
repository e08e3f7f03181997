import type { SecsMessage } from '../../secs2/message.js';
import type { Deadlines } from './deadlines.js';
import { SecsStream9Error, SecsTransactionAbortedError, type Protocol } from '../errors.js';
import { isPrimary, type DataHeader } from '../header.js';
import { isStream9Function, mheadOf } from '../stream9.js';
import { TransactionTable } from './transaction-table.js';
import type { Transaction, TransactionOwner } from './transaction.js';

/** How many expired transactions are remembered, to tell a late reply. */
const REMEMBERED = 4096;

/** A data message that has come; its `message` is made when it is first asked for. */
export interface Incoming<Header extends DataHeader = DataHeader> {
  readonly header: Header;
  readonly message: SecsMessage;
}

/** What became of a message that might be an answer. */
export type ReplyMatch = 'answered' | 'late' | 'none';

/** What differs between the transports. */
export interface TransactionRules {
  readonly protocol: Protocol;
  /** Whether the ten bytes of MHEAD are those of a header of ours. */
  isHeader(mhead: Uint8Array, header: DataHeader): boolean;
}

/**
 * The open data transactions of one connection, by system bytes (E5). A reply is matched by system bytes and being
 * secondary and session ID and stream and function: a peer may use the same system bytes for a primary of its own.
 */
export class Transactions implements TransactionOwner {
  readonly #open = new TransactionTable();
  /** Headers of transactions that T3 ended, oldest first. */
  #expired: Map<number, DataHeader> | undefined;
  readonly #deadlines: Deadlines;
  readonly #rules: TransactionRules;

  constructor(deadlines: Deadlines, rules: TransactionRules) {
    this.#deadlines = deadlines;
    this.#rules = rules;
  }

  /** The transport; errors have its codes. */
  get protocol(): Protocol {
    return this.#rules.protocol;
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
    this.#expired?.delete(transaction.header.systemBytes);
    transaction.owner = this;
    this.#open.add(transaction);
  }

  /**
   * Starts T3, if the transaction is still open.
   * @param now the time of the clock, where it is known
   */
  startT3(transaction: Transaction, seconds: number, now?: number): void {
    if (this.#open.get(transaction.header.systemBytes) !== transaction || transaction.replyBegun) return;
    this.#deadlines.set(transaction, seconds, now);
  }

  /** The first block of a message has come: the T3 of the transaction that it answers no longer runs (E4). */
  beginReply(header: DataHeader): void {
    const transaction = this.#open.get(header.systemBytes);
    if (transaction === undefined || !answers(header, transaction.header)) return;
    transaction.replyBegun = true;
    transaction.cancelDeadline();
  }

  /** The rest of a reply that had begun will not come: fails its transaction, if it is open. Returns the header of that one. */
  failReply(header: DataHeader, error: (primary: DataHeader) => Error): DataHeader | undefined {
    const transaction = this.#open.get(header.systemBytes);
    if (transaction?.replyBegun !== true || !answers(header, transaction.header)) return undefined;
    this.fail(transaction, error(transaction.header));
    return transaction.header;
  }

  /** T3 of an open transaction has passed. */
  expire(transaction: Transaction): void {
    const { header } = transaction;
    this.#expired ??= new Map();
    this.#expired.set(header.systemBytes, header);
    const [oldest] = this.#expired.keys();
    if (this.#expired.size > REMEMBERED && oldest !== undefined) this.#expired.delete(oldest);
    if (this.#close(transaction)) transaction.failed(transaction.expired());
  }

  /** The link has ended: no timer is left running while nothing is open, and no late reply can come any more. */
  linkEnded(): void {
    this.#deadlines.stopIdleTimers();
    this.#expired = undefined;
  }

  /** Fails a transaction, if it is still open. */
  fail(transaction: Transaction, error: unknown): void {
    if (this.#close(transaction)) transaction.failed(error);
  }

  /** Fails those whose header is chosen. */
  failWhere(chosen: (header: DataHeader) => boolean, error: () => Error): void {
    for (const transaction of this.#open.all()) {
      if (chosen(transaction.header)) this.fail(transaction, error());
    }
  }

  /** Fails the open transaction with these system bytes, if there is one and `error` gives an error for its header. */
  failOne(systemBytes: number, error: (header: DataHeader) => Error | undefined): void {
    const transaction = this.#open.get(systemBytes);
    const problem = transaction && error(transaction.header);
    if (transaction !== undefined && problem !== undefined) this.fail(transaction, problem);
  }

  /** A message with another session ID has come: if it looks like the reply to an open request, its T3 error will say so. */
  noteForeign(header: DataHeader): void {
    if (header.wBit || isPrimary(header)) return;
    const transaction = this.#open.get(header.systemBytes);
    if (transaction === undefined) return;
    const { sessionId } = transaction.header;
    const { stream, function: fn, systemBytes, wBit } = header;
    const ours = { sessionId, stream, function: fn, systemBytes, wBit };
    if (answers(ours, transaction.header)) transaction.foreignSessionId = header.sessionId;
  }

  /** Offers a message: settles the transaction that it answers. */
  offer(incoming: Incoming): ReplyMatch {
    const { header } = incoming;
    if (header.wBit) return 'none';
    if (header.stream === 9 && isStream9Function(header.function)) return this.#offerStream9(incoming);
    if (isPrimary(header)) return 'none';
    const transaction = this.#open.get(header.systemBytes);
    if (transaction === undefined || !answers(header, transaction.header)) {
      const late = this.#expired?.get(header.systemBytes);
      if (late === undefined || !answers(header, late)) return 'none';
      this.#expired?.delete(header.systemBytes);
      return 'late';
    }
    this.#close(transaction);
    if (header.function === 0) {
      transaction.failed(new SecsTransactionAbortedError(this.#rules.protocol, transaction.header));
    } else transaction.answered(incoming.message);
    return 'answered';
  }

  #offerStream9({ header, message }: Incoming): ReplyMatch {
    const mhead = mheadOf(message);
    const transaction = mhead && this.#open.get(mhead.readUInt32BE(6));
    if (mhead === undefined || transaction === undefined) return 'none';
    if (!this.#rules.isHeader(mhead, transaction.header)) return 'none';
    this.fail(transaction, new SecsStream9Error(this.#rules.protocol, transaction.header, header.function));
    // It is an ordinary message as well, for subscribers that watch stream 9.
    return 'none';
  }

  /** Returns whether it was open. */
  #close(transaction: Transaction): boolean {
    if (!this.#open.delete(transaction)) return false;
    transaction.cancelDeadline();
    return true;
  }
}

function answers(reply: Omit<DataHeader, 'toBytes'>, primary: DataHeader): boolean {
  return (
    reply.sessionId === primary.sessionId &&
    reply.stream === primary.stream &&
    (reply.function === primary.function + 1 || reply.function === 0)
  );
}
