import type { SecsMessage } from '../../secs2/message.js';
import { Deadline } from './deadlines.js';
import type { DataHeader } from '../header.js';

/** Where a transaction is open. */
export interface TransactionOwner {
  /** T3 of an open transaction has passed. */
  expire(transaction: Transaction): void;
}

/** A primary message of ours that waits for its reply; the deadline is its T3. */
export abstract class Transaction extends Deadline {
  readonly header: DataHeader;
  /** The next one in its chain of the table. */
  next: Transaction | undefined = undefined;
  /** @internal Where it was opened. */
  owner: TransactionOwner | undefined = undefined;

  /** The session ID of a message that would have been the reply, had it been ours. */
  foreignSessionId: number | undefined = undefined;

  /** @internal Its reply has begun to come, and takes longer than one block (E4): T3 no longer runs. */
  replyBegun = false;

  constructor(header: DataHeader) {
    super();
    this.header = header;
  }

  override onDeadline(): void {
    this.owner?.expire(this);
  }

  abstract answered(reply: SecsMessage): void;
  abstract failed(error: unknown): void;
  /** T3 has passed: the error to fail with. */
  abstract expired(): Error;
}
