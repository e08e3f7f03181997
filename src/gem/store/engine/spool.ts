import type { KnownNames } from '../../../check.js';
import { check } from '../../check-values.js';
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

  constructor(engine: Engine, bounds?: Partial<SpoolBounds>) {
    this.#engine = engine;
    const { maxMessages = 1_000_000, maxBytes = 1024 ** 3 } = check.options('spool', bounds, BOUNDS);
    check.integer('maxMessages', maxMessages, 1);
    check.integer('maxBytes', maxBytes, 10);
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

/** What a model says of its spool serves as well: the streams are no matter of the store. */
const BOUNDS: KnownNames<Partial<SpoolBounds> & { readonly streams?: unknown }> = {
  owner: 'a spool',
  names: { maxMessages: true, maxBytes: true, streams: true },
};
const MESSAGE = ['stream', 'function', 'wBit', 'body', 'time'] as const;

function checkedCopy(message: SpoolMessage): SpoolMessage {
  const { stream, function: fn, wBit, body, time } = check.fields('message', message, MESSAGE);
  check.integer('stream', stream, 0, 127);
  check.integer('function', fn, 0, 255);
  check.boolean('wBit', wBit);
  check.bytes('body', body);
  if (!Number.isFinite(time)) check.refuse('time', 'a number of milliseconds', time);
  return { stream, function: fn, wBit, body: Buffer.from(body), time };
}
