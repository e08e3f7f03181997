import type { StoreOpening } from './opening.js';

/**
 * A value of the keyed state: what JSON knows, and bytes, bigints, NaN, infinities and -0. It is copied on its way in and on
 * its way out, so a stored value never changes under its reader.
 */
export type StateValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly StateValue[]
  | { readonly [name: string]: StateValue };

/** Changes of the keyed state that happen together or not at all. A key in both lists ends up set. */
export interface StateChanges {
  /** Keys to set. A key is any text; `reports/1001` and the like keep kinds apart. */
  readonly set?: Readonly<Record<string, StateValue>>;
  /** Keys to delete; those that are not there are passed over. */
  readonly delete?: readonly string[];
}

/**
 * Where an equipment keeps what survives power: keyed state, process programs, data sets and the spool (G-92). `memoryStore`
 * and `openFileStore` make one; your own is any object of this shape.
 *
 * What every store promises:
 * - A promise that resolves means: done, and durable as far as the store goes. One that rejects means: nothing changed, and later
 *   calls work again once the cause has gone (a disk that was full). After a crash in the middle of a call, all of it has
 *   happened or none.
 * - Calls take effect in the order in which they were made, also when their promises are not awaited one by one. Readers
 *   (`get`, `list`, `count`, `peek` …) see what has resolved, never what is still under way.
 * - Changes handed over as `also` happen together with the call: both or neither, also after a crash.
 *
 * @example
 * ```ts
 * import { openFileStore } from 'rxsecs/gem';
 *
 * const store = await openFileStore('/var/lib/etcher');
 * await store.state.write({ set: { 'constants/2': 1, 'links/20': [1, 2] }, delete: ['links/21'] });
 * store.state.get('links/20'); // [1, 2]
 * await store.close();
 * ```
 */
export interface GemStore {
  /** What was found when the store was opened: whether it is new, what a crash cut off, what was lost to damage. */
  readonly opening: StoreOpening;
  /** Constants, reports, links, enables, the switch, the choice of S2F43, limits, SVs of the spool … */
  readonly state: StoreState;
  /** Process programs by PPID (G-71). */
  readonly programs: StorePrograms;
  /** Data sets of stream 13 by DSNAME (G-73): as process programs, in a name space of their own. */
  readonly dataSets: StorePrograms;
  /** Messages that wait for the host (G-85 to G-90). */
  readonly spool: StoreSpool;
  /**
   * Lets what is under way end, then closes. Calling it again gives the same promise; calls that come later reject with
   * `GEM_STORE_CLOSED`.
   */
  close(): Promise<void>;
}

/** The keyed state. It is held in memory; `get` and `keys` need no waiting. */
export interface StoreState {
  /** A copy of the value of the key; undefined where it has none. Decodes on each call: read what is needed often once. */
  get(key: string): StateValue | undefined;
  /** The keys that begin with `prefix`, all of them by default, in the order of their first setting. */
  keys(prefix?: string): string[];
  /**
   * Applies all the changes or none of them.
   * @throws GemArgumentError (as a rejection) for a value that cannot be stored, named by its key.
   * @throws StoreError (as a rejection) when the changes could not be made durable; nothing has changed then.
   */
  write(changes: StateChanges): Promise<void>;
}

/** A PPID or a DSNAME: text (A) or bytes (B). They never equal each other. Up to 1,000 characters or bytes. */
export type ProgramId = string | Uint8Array;

/** What is known of a program without loading its body. */
export interface ProgramEntry {
  readonly id: ProgramId;
  /** Format of the body, in the caller's words: `A`, `B`, `U1`, `formatted` … Up to 100 characters. */
  readonly format: string;
  /** Bytes of the body. */
  readonly length: number;
  /** When it was stored, in milliseconds since 1970-01-01 UTC. */
  readonly time: number;
  /** What its owner wanted to keep beside it. */
  readonly info?: StateValue;
}

/** A program to store. */
export interface NewProgram {
  readonly format: string;
  /** Kept byte for byte. A large one comes in pieces and is never held whole; an error that the pieces throw stores nothing. */
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
  readonly info?: StateValue;
  /** Bytes above which the body is refused with `GEM_STORE_FULL`, and nothing is stored. Default 1 GiB. */
  readonly maxBytes?: number;
}

/** A part of a body. */
export interface ProgramRange {
  /** Bytes to pass over. Default 0. */
  readonly offset?: number;
  /** Bytes to give, fewer where the body ends. Default: to the end. */
  readonly length?: number;
}

/** Programs by their id: whole or not there, never half. */
export interface StorePrograms {
  /** All of them, in the order in which the ids were first stored. Loads no body. */
  list(): readonly ProgramEntry[];
  /** The entry of one; undefined where there is none. */
  get(id: ProgramId): ProgramEntry | undefined;
  /**
   * The whole body; undefined where there is no such program. A body of 1 GiB needs 1 GiB: see `stream`.
   * @throws StoreError `GEM_STORE_DAMAGED` (as a rejection) when the bytes are not those that were stored.
   */
  read(id: ProgramId): Promise<Buffer | undefined>;
  /**
   * The body in pieces, or a part of it. Cold: reading begins with the iteration, and goes on undisturbed when the program is
   * replaced or deleted meanwhile. Throws `GEM_STORE_NOT_FOUND` where there is no such program. A body read from its beginning to
   * its end is checked like one of `read`.
   */
  stream(id: ProgramId, range?: ProgramRange): AsyncIterable<Buffer>;
  /** Stores a program, replacing one of that id at once and as a whole. */
  write(id: ProgramId, program: NewProgram, also?: StateChanges): Promise<ProgramEntry>;
  /** Deletes all of these or none; ids that are not there are passed over. Resolves with how many were deleted. */
  delete(ids: readonly ProgramId[], also?: StateChanges): Promise<number>;
}

/** A message on its way into the spool: encoded, without system bytes (G-90). */
export interface SpoolMessage {
  /** 0 to 127. */
  readonly stream: number;
  /** 0 to 255. */
  readonly function: number;
  readonly wBit: boolean;
  /** The encoded item; empty for a message that is a header alone. The store keeps a copy. */
  readonly body: Uint8Array;
  /** When it would have been sent, in milliseconds since 1970-01-01 UTC. */
  readonly time: number;
}

/** A message in the spool. */
export interface SpooledMessage extends SpoolMessage {
  /** Grows with each message and is never used again, not after a restart either. */
  readonly id: number;
  readonly body: Buffer;
}

/** How large the spool may become. A message counts as its body and ten bytes of header. */
export interface SpoolBounds {
  /** Messages, from 1. Default 1,000,000. */
  readonly maxMessages: number;
  /** Bytes, from 10. Default 1 GiB. */
  readonly maxBytes: number;
}

/** What became of a message that was offered to the spool. */
export interface SpoolAppend {
  /** Its id; undefined when it was not taken. */
  readonly id: number | undefined;
  /** How many of the oldest had to go for it. */
  readonly dropped: number;
  /** Whether it did not fit: the spool is FULL (G-85, transition 2), whichever message went. */
  readonly full: boolean;
  /** Messages in the spool now. */
  readonly count: number;
}

/** Changes that depend on what became of the message, such as SpoolFullTime. Called once; must not throw. */
export type AlsoOnAppend = StateChanges | ((outcome: SpoolAppend) => StateChanges);

/** How a message is offered to the spool. */
export interface AppendOptions {
  /** Which message goes when the spool is full: this one, or the oldest (OverWriteSpool, G-89). Default `dropNewest`. */
  readonly whenFull?: 'dropNewest' | 'dropOldest';
  /** Changes of the keyed state that happen together with it, also when the message is not taken. */
  readonly also?: AlsoOnAppend;
}

/** First in, first out, on disk: its size costs no memory. */
export interface StoreSpool {
  /** Messages in it (SpoolCountActual). */
  readonly count: number;
  /** Their bytes, each with ten for its header. */
  readonly bytes: number;
  readonly bounds: SpoolBounds;
  /**
   * Puts a message at the end. A message larger than the whole spool is not taken, whatever `whenFull` says, and drops nothing.
   * Several may be under way at once; each promise is its own message's.
   */
  append(message: SpoolMessage, options?: AppendOptions): Promise<SpoolAppend>;
  /** The oldest message, which stays; undefined when the spool is empty. */
  peek(): Promise<SpooledMessage | undefined>;
  /**
   * Removes the oldest, if it still is the one of this id; resolves with whether it was. False tells that it went meanwhile
   * (`clear`, `dropOldest`). When it resolves, the end of the process cannot bring the message back.
   */
  remove(id: number, also?: StateChanges): Promise<boolean>;
  /** Removes all of them (PURGE); resolves with how many. */
  clear(also?: StateChanges): Promise<number>;
}
