import type { Transaction } from './transaction.js';

const FIRST_SIZE = 16;

/** The table before anything was added: many connections never ask anything. */
const NONE: (Transaction | undefined)[] = [undefined];

/**
 * Open transactions by system bytes. It is a table of chains and not a Map: what is added to a Map and deleted again thousands of
 * times a second outlives many collections of garbage. System bytes are handed out in order, so a chain is seldom
 * longer than one.
 */
export class TransactionTable {
  #chains = NONE;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(systemBytes: number): Transaction | undefined {
    let found = this.#chains[this.#index(systemBytes)];
    while (found !== undefined && found.header.systemBytes !== systemBytes) found = found.next;
    return found;
  }

  /** Adds a transaction; its system bytes are in use by no other one. */
  add(transaction: Transaction): void {
    if (this.#chains === NONE) this.#chains = emptyTable(FIRST_SIZE);
    else if (this.#size === this.#chains.length) this.#grow();
    this.#size++;
    this.#link(transaction);
  }

  /** Takes a transaction out; returns whether it was there. */
  delete(transaction: Transaction): boolean {
    const index = this.#index(transaction.header.systemBytes);
    let before: Transaction | undefined;
    let found = this.#chains[index];
    while (found !== undefined && found !== transaction) {
      before = found;
      found = found.next;
    }
    if (found === undefined) return false;
    if (before === undefined) this.#chains[index] = found.next;
    else before.next = found.next;
    found.next = undefined;
    this.#size--;
    return true;
  }

  /** All that are there at this moment, in the order of their system bytes. */
  all(): Transaction[] {
    const all: Transaction[] = [];
    for (const first of this.#chains) for (let one = first; one !== undefined; one = one.next) all.push(one);
    return all.sort((a, b) => a.header.systemBytes - b.header.systemBytes);
  }

  #link(transaction: Transaction): void {
    const index = this.#index(transaction.header.systemBytes);
    transaction.next = this.#chains[index];
    this.#chains[index] = transaction;
  }

  #grow(): void {
    const all = this.all();
    this.#chains = emptyTable(2 * this.#chains.length);
    for (const transaction of all) this.#link(transaction);
  }

  #index(systemBytes: number): number {
    return systemBytes & (this.#chains.length - 1);
  }
}

function emptyTable(size: number): (Transaction | undefined)[] {
  return new Array<Transaction | undefined>(size).fill(undefined);
}
