import type { CaptureEvent } from '../events.js';

/** How many bad lines in a row are reported one by one. */
const TOLD = 100;

/** A source of which nothing is a record: there is no sense in reading all of it. */
export class NoRecords extends Error {}

/** Tells of the lines of a log that are no records, however many there are, in bounded memory. */
export class BadLines {
  readonly #tell: (fault: CaptureEvent) => void;
  #run = 0;
  #records = 0;

  constructor(tell: (fault: CaptureEvent) => void) {
    this.#tell = tell;
  }

  /** A line is no record. @throws NoRecords when none of the first lines is. */
  bad(error: Error): void {
    this.#run++;
    if (this.#run <= TOLD) this.#tell({ kind: 'fault', text: error.message });
    if (this.#run < TOLD || this.#records > 0) return;
    throw new NoRecords(`none of the first ${TOLD} lines is a record of a wire log: the rest is not read`);
  }

  /** A line is a record, or there are no more lines. */
  endOfRun(): void {
    this.#records++;
    if (this.#run > TOLD)
      this.#tell({ kind: 'fault', text: `${this.#run - TOLD} more lines are no records` });
    this.#run = 0;
  }
}
