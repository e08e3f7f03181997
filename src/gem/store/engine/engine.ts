import type { Draft } from './draft.js';
import type { Ledger } from './ledger.js';
import type { SpooledMessage } from '../store.js';

/** What carries out the requests of a store. */
export interface Engine {
  readonly ledger: Ledger;
  /**
   * Plans a request in its turn and carries it out; resolves with what `plan` returned.
   * @param lazy whether surviving the end of the process is enough
   */
  submit<T>(plan: (draft: Draft) => T, lazy?: boolean): Promise<T>;
  /** A message that is in the spool. */
  message(id: number): Promise<SpooledMessage>;
  /** Runs once what was carried out so far is safe from a loss of power, and no write that failed can come back. */
  whenSafe(cleanUp: () => Promise<void>): void;
  /** Milliseconds since 1970-01-01 UTC. */
  wallTime(): number;
  /** Throws when the store is closed. */
  checkOpen(): void;
}
