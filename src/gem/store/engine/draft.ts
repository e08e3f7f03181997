import { keyOf, sizeOf, type Ledger } from './ledger.js';
import type { ProgramSpace, StoredProgram, StoreRecord } from './records.js';
import { LOST } from './sizes.js';
import type { ProgramId, SpoolAppend, SpoolBounds, SpoolMessage } from '../store.js';

/**
 * What several requests, in order, make of a ledger, which does not change yet: each sees what those before it did. The
 * records are written, and only then applied; a draft whose writing failed is thrown away.
 */
export class Draft {
  readonly #ledger: Ledger;
  /** Records of the request that is being planned. */
  records: StoreRecord[] = [];
  /** Programs that this draft stores, or (undefined) deletes. */
  readonly #programs = new Map<string, StoredProgram | undefined>();
  /** Sizes of the messages that this draft appends. */
  readonly #sizes: number[] = [];
  readonly #base: number;
  head: number;
  next: number;
  count: number;
  bytes: number;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
    this.head = ledger.head;
    this.next = this.#base = ledger.next;
    this.count = ledger.count;
    this.bytes = ledger.bytes;
  }

  /** Takes the records of the request that was planned. */
  take(): StoreRecord[] {
    const records = this.records;
    this.records = [];
    return records;
  }

  /**
   * Offers a message to the spool.
   * @param also gives further records for what became of it; when it throws, nothing has happened
   */
  append(
    message: SpoolMessage,
    bounds: SpoolBounds,
    whenFull: 'dropNewest' | 'dropOldest',
    also: (outcome: SpoolAppend) => readonly StoreRecord[],
  ): SpoolAppend {
    const { head, next, count, bytes } = this;
    try {
      const outcome = this.#offer(message, bounds, whenFull);
      this.records.push(...also(outcome));
      return outcome;
    } catch (error) {
      Object.assign(this, { head, next, count, bytes, records: [] });
      this.#sizes.length = next - this.#base;
      throw error;
    }
  }

  #offer(message: SpoolMessage, bounds: SpoolBounds, whenFull: 'dropNewest' | 'dropOldest'): SpoolAppend {
    const size = sizeOf(message);
    const full = !this.#fits(size, bounds);
    const refused = full && (whenFull !== 'dropOldest' || size > bounds.maxBytes);
    const dropped = full && !refused ? this.#makeRoom(size, bounds) : 0;
    const id = refused ? undefined : this.#push(message, size);
    return { id, dropped, full, count: this.count };
  }

  /** Removes the oldest message if it is this one; tells whether it was. */
  remove(id: number): boolean {
    if (this.count === 0 || this.head !== id) return false;
    this.#popOldest();
    this.records.push({ kind: 'remove', through: this.head - 1 });
    return true;
  }

  /** Removes all messages; tells how many. */
  clear(): number {
    const { count } = this;
    if (count === 0) return 0;
    this.head = this.next;
    this.count = this.bytes = 0;
    this.records.push({ kind: 'remove', through: this.next - 1 });
    return count;
  }

  /** Stores a program; gives the one that it replaces. */
  setProgram(space: ProgramSpace, program: StoredProgram): StoredProgram | undefined {
    const before = this.#program(space, program.id);
    this.#programs.set(space + keyOf(program.id), program);
    this.records.push({ kind: 'program', space, program });
    return before;
  }

  /** Deletes a program; gives it, if it was there. */
  deleteProgram(space: ProgramSpace, id: ProgramId): StoredProgram | undefined {
    const before = this.#program(space, id);
    if (before === undefined) return undefined;
    this.#programs.set(space + keyOf(id), undefined);
    this.records.push({ kind: 'programDelete', space, id });
    return before;
  }

  #program(space: ProgramSpace, id: ProgramId): StoredProgram | undefined {
    const key = keyOf(id);
    return this.#programs.has(space + key)
      ? this.#programs.get(space + key)
      : this.#ledger.programs[space].get(key);
  }

  #fits(size: number, { maxMessages, maxBytes }: SpoolBounds): boolean {
    return this.count + 1 <= maxMessages && this.bytes + size <= maxBytes;
  }

  #makeRoom(size: number, bounds: SpoolBounds): number {
    const before = this.count;
    while (this.count > 0 && !this.#fits(size, bounds)) this.#popOldest();
    this.records.push({ kind: 'remove', through: this.head - 1 });
    return before - this.count;
  }

  #push(message: SpoolMessage, size: number): number {
    const id = this.next++;
    this.#sizes.push(size);
    this.count++;
    this.bytes += size;
    this.records.push({ kind: 'append', id, message });
    return id;
  }

  /** Takes the oldest out, and what was lost behind it, so that `head` is a message or `next`. */
  #popOldest(): void {
    this.bytes -= this.#sizeAt(this.head++);
    this.count--;
    while (this.head < this.next && this.#sizeAt(this.head) === LOST) this.head++;
  }

  #sizeAt(id: number): number {
    return id < this.#base
      ? this.#ledger.sizes.at(id - this.#ledger.head)
      : (this.#sizes[id - this.#base] ?? 0);
  }
}
