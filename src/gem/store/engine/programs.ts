import { isInstance } from '../../../check.js';
import { describeValue } from '../../../describe-value.js';
import { check } from '../../check-values.js';
import { GemArgumentError } from '../../errors.js';
import type { Bodies } from './bodies.js';
import { changeRecords } from './changes.js';
import type { Engine } from './engine.js';
import { StoreError } from '../errors.js';
import { keyOf } from './ledger.js';
import type { ProgramSpace, StoredProgram } from './records.js';
import { textToValue, valueToText } from './state-values.js';
import type {
  NewProgram,
  ProgramEntry,
  ProgramId,
  ProgramRange,
  StateChanges,
  StorePrograms,
} from '../store.js';

const MAX_ID = 1000;
const MAX_FORMAT = 100;
const GIB = 1024 ** 3;

/** Programs of one name space, over an engine for what is known of them and bodies elsewhere. */
export class Programs implements StorePrograms {
  readonly #engine: Engine;
  readonly #bodies: Bodies;
  readonly #space: ProgramSpace;
  /** What is under way for an id: writes and deletions of one id take turns. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(engine: Engine, bodies: Bodies, space: ProgramSpace) {
    this.#engine = engine;
    this.#bodies = bodies;
    this.#space = space;
  }

  list(): readonly ProgramEntry[] {
    return [...this.#stored.values()].map(entryOf);
  }

  get(id: ProgramId): ProgramEntry | undefined {
    const program = this.#stored.get(keyOf(checkedId(id)));
    return program && entryOf(program);
  }

  async read(id: ProgramId): Promise<Buffer | undefined> {
    const body = await this.#open(id, {});
    if (body === undefined) return undefined;
    const pieces: Buffer[] = [];
    for await (const piece of body) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  async *stream(id: ProgramId, range: ProgramRange = {}): AsyncGenerator<Buffer> {
    checkBytes('offset', range.offset);
    checkBytes('length', range.length);
    const body = await this.#open(id, range);
    if (body === undefined) {
      throw new StoreError('GEM_STORE_NOT_FOUND', `there is no ${nounOf(this.#space)} ${describe(id)}`);
    }
    yield* body;
  }

  /** A program may be replaced between the look into the list and the opening of its file. */
  async #open(id: ProgramId, range: ProgramRange): Promise<AsyncIterable<Buffer> | undefined> {
    const key = keyOf(checkedId(id));
    for (;;) {
      this.#engine.checkOpen();
      const program = this.#stored.get(key);
      if (program === undefined) return undefined;
      const body = await this.#bodies.read(program, range);
      if (body !== undefined) return body;
      if (this.#stored.get(key) === program) {
        throw new StoreError('GEM_STORE_DAMAGED', `the body of ${describe(id)} is missing`);
      }
    }
  }

  async write(id: ProgramId, program: NewProgram, also?: StateChanges): Promise<ProgramEntry> {
    const given = check.fields('program', program, ['format', 'body', 'info', 'maxBytes']);
    const { format, body, info, maxBytes = GIB } = given;
    const copy = typeof id === 'string' ? id : new Uint8Array(checkedId(id) as Uint8Array);
    const must = `a string of at most ${MAX_FORMAT} characters`;
    if (check.text('format', format, must).length > MAX_FORMAT) check.refuse('format', must, format);
    check.iterable('body', body, 'a Uint8Array or an iterable of them');
    checkBytes('maxBytes', maxBytes);
    const key = keyOf(checkedId(copy));
    const infoText = info === undefined ? undefined : valueToText(info, 'info');
    const changes = changeRecords(also ?? {});
    return await this.#inTurn([key], async () => {
      this.#engine.checkOpen();
      const written = await this.#bodies.write(body, maxBytes);
      const stored: StoredProgram = {
        id: copy,
        format,
        time: this.#engine.wallTime(),
        ...written,
        ...(infoText !== undefined && { info: infoText }),
      };
      let before: StoredProgram | undefined;
      try {
        before = await this.#engine.submit((draft) => {
          draft.records.push(...changes);
          return draft.setProgram(this.#space, stored);
        });
      } catch (error) {
        this.#discard(written);
        throw error;
      }
      if (before !== undefined) this.#discard(before);
      return entryOf(stored);
    });
  }

  async delete(ids: readonly ProgramId[], also?: StateChanges): Promise<number> {
    const keys = check.array('ids', ids, 'an array of ids').map((id) => keyOf(checkedId(id)));
    const copies = ids.map((id) => (typeof id === 'string' ? id : new Uint8Array(id)));
    const changes = changeRecords(also ?? {});
    return await this.#inTurn(keys, async () => {
      const gone = await this.#engine.submit((draft) => {
        draft.records.push(...changes);
        return copies
          .map((id) => draft.deleteProgram(this.#space, id))
          .filter((program) => program !== undefined);
      });
      for (const program of gone) this.#discard(program);
      return gone.length;
    });
  }

  #discard({ file }: { readonly file: number }): void {
    this.#engine.whenSafe(() => this.#bodies.discard(file));
  }

  get #stored(): ReadonlyMap<string, StoredProgram> {
    return this.#engine.ledger.programs[this.#space];
  }

  async #inTurn<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
    const before = Promise.allSettled(keys.map((key) => this.#turns.get(key) ?? Promise.resolve()));
    const mine = before.then(work);
    for (const key of keys) this.#turns.set(key, mine);
    try {
      return await mine;
    } finally {
      for (const key of keys) if (this.#turns.get(key) === mine) this.#turns.delete(key);
    }
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#turns.size > 0) await Promise.allSettled([...this.#turns.values()]);
  }
}

function entryOf({ id, format, length, time, info }: StoredProgram): ProgramEntry {
  const copy = typeof id === 'string' ? id : new Uint8Array(id);
  return { id: copy, format, length, time, ...(info !== undefined && { info: textToValue(info) }) };
}

function checkedId(id: unknown): ProgramId {
  const isId = typeof id === 'string' || isInstance(id, Uint8Array);
  if (isId && id.length > 0 && id.length <= MAX_ID) return id;
  const received = isId ? `${id.length}` : describeValue(id);
  throw new GemArgumentError(
    `a program's id must be a string or Uint8Array of 1 to ${MAX_ID} characters or bytes, received ${received}`,
  );
}

function checkBytes(name: string, value: number | undefined): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= 0)) return;
  throw new GemArgumentError(
    `${name} must be a whole number of bytes from 0, received ${describeValue(value)}`,
  );
}

function describe(id: ProgramId): string {
  return typeof id === 'string' ? JSON.stringify(id) : `0x${Buffer.from(id).toString('hex')}`;
}

function nounOf(space: ProgramSpace): string {
  return space === 'programs' ? 'process program' : 'data set';
}
