import { GemArgumentError } from '../../errors.js';
import { changeRecords } from './changes.js';
import type { Engine } from './engine.js';
import type {
  AppendOptions,
  SpoolAppend,
  SpoolBounds,
  SpooledMessage,
  SpoolMessage,
  StateChanges,
  StoreSpool,
} from '../store.js';

/** The spool over an engine. */
export class Spool implements StoreSpool {
  readonly #engine: Engine;
  readonly bounds: SpoolBounds;
  /** Reads take turns: they share a place in a file. */
  #reading: Promise<unknown> = Promise.resolve();

  constructor(engine: Engine, bounds: Partial<SpoolBounds> = {}) {
    this.#engine = engine;
    const { maxMessages = 1_000_000, maxBytes = 1024 ** 3 } = bounds;
    whole('maxMessages', maxMessages, 1, Number.MAX_SAFE_INTEGER);
    whole('maxBytes', maxBytes, 10, Number.MAX_SAFE_INTEGER);
    this.bounds = { maxMessages, maxBytes };
  }

  get count(): number {
    return this.#engine.ledger.count;
  }

  get bytes(): number {
    return this.#engine.ledger.bytes;
  }

  async append(message: SpoolMessage, options: AppendOptions = {}): Promise<SpoolAppend> {
    const copy = checkedCopy(message);
    const { also } = options;
    const changes = typeof also === 'function' ? undefined : changeRecords(also ?? {});
    return await this.#engine.submit((draft) =>
      draft.append(copy, this.bounds, options.whenFull ?? 'dropNewest', (outcome) =>
        typeof also === 'function' ? changeRecords(also(outcome)) : (changes ?? []),
      ),
    );
  }

  async peek(): Promise<SpooledMessage | undefined> {
    const reading = this.#reading.then(() => this.#read());
    this.#reading = reading.catch(() => {});
    return await reading;
  }

  async #read(): Promise<SpooledMessage | undefined> {
    const { ledger } = this.#engine;
    for (;;) {
      this.#engine.checkOpen();
      if (ledger.count === 0) return undefined;
      const { head } = ledger;
      try {
        const message = await this.#engine.message(head);
        if (ledger.head === head) return message;
      } catch (error) {
        // It may have been removed, and its file with it, while it was looked for.
        if (ledger.head === head) throw error;
      }
    }
  }

  async remove(id: number, also: StateChanges = {}): Promise<boolean> {
    const changes = changeRecords(also);
    return await this.#engine.submit((draft) => {
      const removed = draft.remove(id);
      if (removed) draft.records.push(...changes);
      return removed;
    }, true);
  }

  async clear(also: StateChanges = {}): Promise<number> {
    const changes = changeRecords(also);
    return await this.#engine.submit((draft) => {
      const count = draft.clear();
      draft.records.push(...changes);
      return count;
    });
  }

  /** Resolves when nothing is being read. */
  async idle(): Promise<void> {
    await this.#reading;
  }
}

function checkedCopy({ stream, function: fn, wBit, body, time }: SpoolMessage): SpoolMessage {
  whole('stream', stream, 0, 127);
  whole('function', fn, 0, 255);
  if (typeof wBit !== 'boolean') {
    throw new GemArgumentError(`wBit must be a boolean, received ${typeof wBit}`);
  }
  if (!(body instanceof Uint8Array)) {
    throw new GemArgumentError(`body must be a Uint8Array, received ${typeof body}`);
  }
  if (!Number.isFinite(time)) {
    throw new GemArgumentError(`time must be a number of milliseconds, received ${String(time)}`);
  }
  return { stream, function: fn, wBit, body: Buffer.from(body), time };
}

function whole(name: string, value: number, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new GemArgumentError(
    `${name} must be a whole number from ${least} to ${most}, received ${String(value)}`,
  );
}
