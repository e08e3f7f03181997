import type { Timer } from '../../clock.js';
import type { SecsMessage } from '../../secs2/index.js';
import { HsmsHeader } from '../wire/header.js';
import type { HsmsPacket } from '../wire/packet.js';
import type { Deadlines } from './deadlines.js';
import {
  HsmsStream9Error,
  HsmsTransactionAbortedError,
  HsmsTransactionRejectedError,
} from './session-errors.js';

/** How many expired transactions are remembered, to tell a late reply. */
const REMEMBERED = 4096;

const stream9Functions: ReadonlySet<number> = new Set([1, 3, 5, 7, 9, 11]);

/** A primary message of ours that waits for its reply. */
interface OpenTransaction {
  readonly header: HsmsHeader;
  readonly resolve: (reply: SecsMessage) => void;
  readonly reject: (error: unknown) => void;
  timer: Timer | undefined;
}

/** What became of a packet that might be an answer. */
export type Match = 'answered' | 'late' | 'none';

/**
 * The open data transactions of one connection, by system bytes. A reply is matched by system bytes and being
 * secondary and session ID and stream and function: a peer may use the same system bytes for a primary of its own.
 */
export class Transactions {
  readonly #open = new Map<number, OpenTransaction>();
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
    return this.#open.has(systemBytes);
  }

  /** Opens the transaction of a primary message with this header. T3 does not run yet. */
  open(header: HsmsHeader, resolve: (reply: SecsMessage) => void, reject: (error: unknown) => void): void {
    this.#expired.delete(header.systemBytes);
    this.#open.set(header.systemBytes, { header, resolve, reject, timer: undefined });
  }

  /** Starts T3, if the transaction is still open; `expired` makes the error it fails with. */
  startT3(systemBytes: number, seconds: number, expired: () => Error): void {
    const transaction = this.#open.get(systemBytes);
    if (transaction === undefined) return;
    transaction.timer = this.#deadlines.set(seconds, () => {
      this.#expired.set(systemBytes, transaction.header);
      const [oldest] = this.#expired.keys();
      if (this.#expired.size > REMEMBERED && oldest !== undefined) this.#expired.delete(oldest);
      this.#close(transaction)?.reject(expired());
    });
  }

  /** Fails one transaction, if it is still open. */
  fail(systemBytes: number, error: unknown): void {
    this.#close(this.#open.get(systemBytes))?.reject(error);
  }

  /** Fails those whose header is chosen. */
  failWhere(chosen: (header: HsmsHeader) => boolean, error: () => Error): void {
    for (const transaction of [...this.#open.values()]) {
      if (chosen(transaction.header)) this.#close(transaction)?.reject(error());
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
      transaction.reject(new HsmsTransactionAbortedError(nameOf(transaction.header)));
    else transaction.resolve(packet.message);
    return 'answered';
  }

  /** A Reject.req with these system bytes has come (P-29). */
  rejected(header: HsmsHeader): void {
    const transaction = this.#open.get(header.systemBytes);
    if (transaction?.header.sessionId !== header.sessionId && header.sessionId !== 0xffff) return;
    if (transaction === undefined) return;
    this.#close(transaction)?.reject(
      new HsmsTransactionRejectedError(nameOf(transaction.header), header.byte3),
    );
  }

  #offerStream9({ header, body }: HsmsPacket): Match {
    const named = headerIn(body);
    const transaction = named && this.#open.get(named.systemBytes);
    if (transaction === undefined || !transaction.header.equals(named as HsmsHeader)) return 'none';
    this.#close(transaction)?.reject(
      new HsmsStream9Error(nameOf(transaction.header), header.function, transaction.header),
    );
    // It is an ordinary message as well: whoever watches stream 9 wants to see it.
    return 'none';
  }

  #close(transaction: OpenTransaction | undefined): OpenTransaction | undefined {
    if (transaction === undefined || !this.#open.delete(transaction.header.systemBytes)) return undefined;
    transaction.timer?.cancel();
    return transaction;
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
