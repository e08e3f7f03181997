import type { IdRange, ProgramSpace, StoredProgram, StoreRecord } from './records.js';
import { LOST, Sizes } from './sizes.js';
import type { ProgramId, SpoolMessage } from '../store.js';

/** Bytes of a message in the spool that count beside its body: those of a header on the wire. */
const HEADER_BYTES = 10;

/** What a message counts for. */
export function sizeOf(message: SpoolMessage): number {
  return message.body.length + HEADER_BYTES;
}

/** The key of an id in maps: text and bytes never meet. */
export function keyOf(id: ProgramId): string {
  return typeof id === 'string' ? `A${id}` : `B${Buffer.from(id).toString('latin1')}`;
}

/** The state of a store, but for the bodies: made by applying records in order, whoever keeps these. */
export class Ledger {
  /** Values of the keyed state, as text. */
  readonly state = new Map<string, string>();
  readonly programs: Readonly<Record<ProgramSpace, Map<string, StoredProgram>>> = {
    programs: new Map(),
    dataSets: new Map(),
  };
  /** Sizes of the messages from `head` to before `next`. */
  readonly sizes = new Sizes();
  /** The oldest message, or `next` where there is none; behind it may be messages that were lost. */
  head = 1;
  /** Id of the message to come. */
  next = 1;
  /** Messages in the spool, and their bytes. */
  count = 0;
  bytes = 0;

  #lost: IdRange[] = [];

  /** Messages that are lost, of those that were not removed. */
  get lost(): readonly IdRange[] {
    this.#lost = this.#lost.filter(({ through }) => through >= this.head);
    return this.#lost;
  }

  apply(record: StoreRecord): void {
    switch (record.kind) {
      case 'set':
        this.state.set(record.key, record.value);
        return;
      case 'delete':
        this.state.delete(record.key);
        return;
      case 'append':
        this.append(record.id, sizeOf(record.message));
        return;
      case 'remove':
        this.#removeThrough(record.through);
        return;
      case 'program':
        this.programs[record.space].set(keyOf(record.program.id), record.program);
        return;
      case 'programDelete':
        this.programs[record.space].delete(keyOf(record.id));
        return;
      case 'snapshot':
        this.#restart(record.head, record.next);
        return;
      case 'snapshotEnd':
      case 'closed':
        return;
    }
  }

  /** Begins an empty spool with this id. */
  startAt(head: number): void {
    this.#removeThrough(head - 1);
  }

  /** Ids that were passed over belong to messages that were lost. */
  append(id: number, size: number): void {
    this.missThrough(id - 1);
    this.sizes.push(size);
    this.next = id + 1;
    this.count++;
    this.bytes += size;
  }

  /** Counts messages up to this one as lost, where none of them is known. */
  missThrough(id: number): void {
    if (this.next <= id) this.#lost.push({ from: this.next, through: id });
    for (; this.next <= id; this.next++) this.sizes.push(LOST);
  }

  #removeThrough(id: number): void {
    while (this.head <= id && this.sizes.length > 0) {
      const size = this.sizes.shift();
      this.head++;
      if (size === LOST) continue;
      this.count--;
      this.bytes -= size;
    }
    if (this.sizes.length === 0 && id >= this.head) this.head = this.next = Math.max(this.next, id + 1);
  }

  /** Removes what was lost from the front, so that `head` is a message that is there, or `next`. */
  skipLost(): void {
    while (this.sizes.length > 0 && this.sizes.at(0) === LOST) {
      this.sizes.shift();
      this.head++;
    }
  }

  /** Forgets all but the messages in the spool, which the snapshot does not repeat. */
  #restart(head: number, next: number): void {
    this.state.clear();
    this.programs.programs.clear();
    this.programs.dataSets.clear();
    this.#removeThrough(head - 1);
    this.missThrough(next - 1);
  }
}
