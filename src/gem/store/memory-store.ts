import { timeOfDay, systemClock, type Clock } from '../../clock.js';
import type { KnownNames } from '../../check.js';
import { check } from '../check-values.js';
import { piecesOf, spanOf, type Bodies, type WrittenBody } from './engine/bodies.js';
import { fullError } from './files/body-files.js';
import { Draft } from './engine/draft.js';
import { EngineStore, type ClosingEngine } from './engine/engine-store.js';
import { closedError } from './errors.js';
import { Ledger } from './engine/ledger.js';
import type { StoredProgram } from './engine/records.js';
import type { GemStore, NewProgram, ProgramRange, SpoolBounds, SpooledMessage } from './store.js';

/** Settings of a store in memory. */
export interface MemoryStoreOptions {
  /** How large the spool may become. */
  readonly spool?: Partial<SpoolBounds>;
  /** Where the times of programs come from. Default: the clock of the process. */
  readonly clock?: Clock;
}

/**
 * A store that forgets all with the end of the process: for tests, and for tools that begin afresh with each power-on.
 *
 * @example
 * ```ts
 * import { memoryStore } from 'rxsecs/gem';
 *
 * const store = memoryStore();
 * await store.state.write({ set: { 'constants/2': 1 } });
 * console.log(store.state.get('constants/2')); // 1
 * ```
 * @throws GemArgumentError for bounds out of range.
 */
export function memoryStore(options?: MemoryStoreOptions): GemStore {
  const { spool, clock = systemClock } = check.options('options', options, OPTIONS);
  check.clock(clock);
  return new EngineStore(new MemoryEngine(clock), new BodiesInMemory(), { isNew: true, lost: [] }, spool);
}

const OPTIONS: KnownNames<MemoryStoreOptions> = {
  owner: 'a store in memory',
  names: { spool: true, clock: true },
};

class MemoryEngine implements ClosingEngine {
  readonly ledger = new Ledger();
  readonly #clock: Clock;
  readonly #messages = new Map<number, SpooledMessage>();
  #closed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async submit<T>(plan: (draft: Draft) => T): Promise<T> {
    this.checkOpen();
    // As with a store that has to write: no reader sees a change before the caller has it.
    await Promise.resolve();
    const draft = new Draft(this.ledger);
    const result = plan(draft);
    for (const record of draft.take()) {
      if (record.kind === 'append') {
        const body = record.message.body as Buffer;
        this.#messages.set(record.id, { ...record.message, body, id: record.id });
      } else if (record.kind === 'remove') {
        for (let id = this.ledger.head; id <= record.through; id++) this.#messages.delete(id);
      }
      this.ledger.apply(record);
    }
    return result;
  }

  async message(id: number): Promise<SpooledMessage> {
    const message = this.#messages.get(id);
    if (message === undefined) throw closedError();
    return await Promise.resolve(message);
  }

  whenSafe(cleanUp: () => Promise<void>): void {
    void cleanUp();
  }

  wallTime(): number {
    return timeOfDay(this.#clock);
  }

  checkOpen(): void {
    if (this.#closed) throw closedError();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.resolve();
  }
}

class BodiesInMemory implements Bodies {
  readonly #bodies = new Map<number, Buffer>();
  #next = 1;

  async write(body: NewProgram['body'], maxBytes: number): Promise<WrittenBody> {
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of piecesOf(body)) {
      length += piece.length;
      if (length > maxBytes) throw fullError(maxBytes);
      pieces.push(Buffer.from(piece));
    }
    const file = this.#next++;
    this.#bodies.set(file, Buffer.concat(pieces));
    return { file, length, crc: 0 };
  }

  async read(program: StoredProgram, range: ProgramRange): Promise<AsyncIterable<Buffer> | undefined> {
    const body = this.#bodies.get(program.file);
    if (body === undefined) return await Promise.resolve(undefined);
    const { from, to } = spanOf(body.length, range);
    return copyOf(body.subarray(from, to));
  }

  async discard(file: number): Promise<void> {
    this.#bodies.delete(file);
    await Promise.resolve();
  }
}

async function* copyOf(bytes: Buffer): AsyncGenerator<Buffer> {
  if (bytes.length > 0) yield await Promise.resolve(Buffer.from(bytes));
}
