/** A place in a store that cannot be read as it was written. */
export interface StoreDamage {
  /** Path of the file. */
  readonly file: string;
  /** First byte, from 0, that is not as it was written. */
  readonly offset: number;
  /** What is wrong there, and what was lost with it, in a sentence. */
  readonly what: string;
}

/** What the last crash cut off: a write that had not been acknowledged. Nothing that was promised is in it. */
export interface TornWrite {
  readonly file: string;
  /** Where the write begins. */
  readonly offset: number;
  /** Bytes that were passed over. */
  readonly bytes: number;
}

/** What was found when a store was opened. */
export interface StoreOpening {
  /** Whether there was nothing before. */
  readonly isNew: boolean;
  /** The write that a crash cut off, if there was one. */
  readonly torn?: TornWrite;
  /** What was lost; empty unless the store was opened with `damaged: 'salvage'`. */
  readonly lost: readonly StoreDamage[];
}
