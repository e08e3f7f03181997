import { check } from '../../check.js';
import type { Clock, Timer } from '../../clock.js';
import { describeValue } from '../../describe-value.js';
import { Fifo } from '../../reactive/fifo.js';
import type { Entry, Formatter } from '../record/format.js';
import { WIRE_LOG_RECORD_BYTES, type WireLogDropped } from '../record/record.js';
import type { WireLogSink, WriteOutcome } from './sink.js';
import { isoTime } from '../record/time.js';

/** What is made into text and written in one go: bounds how long that keeps the event loop from other work. */
const WRITE_BYTES = 64 * 1024;

/** Seconds until a sink that failed is tried again. */
const RETRY_SECONDS = 1;

/** Something that went wrong with a log, told apart by `kind`. The connection that is logged never notices. */
export type WireLogProblem =
  /** Records are being lost: the sink is too slow, or failed. `over` says that the loss is over and how much it was. */
  | {
      readonly kind: 'dropped';
      readonly over: boolean;
      readonly records: number;
      readonly bytes: number;
      readonly since: string;
    }
  /** A write failed. With `final` every later record is lost; otherwise it is tried again. */
  | { readonly kind: 'writeFailed'; readonly error: Error; readonly final: boolean }
  /** A write succeeded again. */
  | { readonly kind: 'recovered' }
  /** Something other than a write failed: the rotation of a file, or its compression. */
  | { readonly kind: 'sinkFailed'; readonly error: Error; readonly where: string };

/** What a log has done so far. */
export interface WireLogStats {
  /** Records written, those of kind `dropped` included. */
  readonly written: number;
  /** Records lost. */
  readonly droppedRecords: number;
  /** What they would have counted for. */
  readonly droppedBytes: number;
  /** Records that wait to be written. */
  readonly bufferedRecords: number;
  /** What they count for: frames, and {@link WIRE_LOG_RECORD_BYTES} for each record. */
  readonly bufferedBytes: number;
}

interface Loss {
  records: number;
  bytes: number;
  readonly since: number;
  last: number;
}

/**
 * Holds entries until the sink takes them: up to a limit of bytes; beyond it, it drops and counts. Adding never
 * waits and never throws.
 */
export class LogBuffer {
  readonly #sink: WireLogSink;
  readonly #clock: Clock;
  readonly #format: Formatter;
  readonly #maxBytes: number;
  readonly #report: (problem: WireLogProblem) => void;
  readonly #entries = new Fifo<Entry>();
  /** What is being written, or is to be written again. */
  #batch: Entry[] = [];
  #lines: readonly string[] = [];
  #bytes = 0;
  #writing = false;
  #scheduled: Timer | undefined;
  #loss: Loss | undefined;
  #failing: string | undefined;
  #retryAt = -Infinity;
  #final = false;
  #written = 0;
  #droppedRecords = 0;
  #droppedBytes = 0;
  readonly #waiting = new Set<() => void>();

  constructor(
    sink: WireLogSink,
    options: {
      readonly clock: Clock;
      readonly format: Formatter;
      readonly maxBytes: number;
      readonly report: (problem: WireLogProblem) => void;
    },
  ) {
    this.#sink = sink;
    this.#clock = options.clock;
    this.#format = options.format;
    this.#maxBytes = options.maxBytes;
    this.#report = options.report;
  }

  get stats(): WireLogStats {
    return {
      written: this.#written,
      droppedRecords: this.#droppedRecords,
      droppedBytes: this.#droppedBytes,
      bufferedRecords: this.#batch.length + this.#entries.length,
      bufferedBytes: this.#bytes,
    };
  }

  /** Takes an entry, or drops it. */
  add(entry: Entry): void {
    // Half the buffer must be free before a loss is over: few long gaps say more than many short ones.
    const room = this.#loss === undefined ? this.#maxBytes : this.#maxBytes / 2;
    if (this.#final || (this.#bytes > 0 && this.#bytes + entry.bytes > room)) {
      this.#drop(entry);
      // The sink may have recovered since it was last tried.
      this.#schedule();
      return;
    }
    this.#endLoss();
    this.#push(entry);
    this.#schedule();
  }

  /** Resolves when everything is written, true, or the time is over, false. */
  flush(seconds: number): Promise<boolean> {
    this.#retryAt = -Infinity;
    this.#endLoss();
    if (this.#idle) return Promise.resolve(true);
    this.#schedule();
    return new Promise((resolve) => {
      const done = (flushed: boolean): void => {
        timer.cancel();
        this.#waiting.delete(onIdle);
        resolve(flushed);
      };
      const onIdle = (): void => done(this.#idle);
      const timer = this.#clock.setTimer('flush', seconds, () => done(false));
      this.#waiting.add(onIdle);
    });
  }

  /** Drops what is left, and everything that comes. */
  end(): void {
    this.#final = true;
    this.#scheduled?.cancel();
    this.#abandon();
    const loss = this.#loss;
    this.#loss = undefined;
    if (loss !== undefined) this.#tellLoss(loss, true);
  }

  get #idle(): boolean {
    return this.#batch.length === 0 && this.#entries.length === 0;
  }

  #push(entry: Entry): void {
    this.#entries.push(entry);
    this.#bytes += entry.bytes;
  }

  #drop({ time, bytes }: Entry): void {
    this.#droppedRecords++;
    this.#droppedBytes += bytes;
    if (this.#loss === undefined) {
      this.#loss = { records: 1, bytes, since: time, last: time };
      this.#tellLoss(this.#loss, false);
    } else {
      this.#loss.records++;
      this.#loss.bytes += bytes;
      this.#loss.last = time;
    }
  }

  /** Puts what was lost on record, in its place. */
  #endLoss(): void {
    const loss = this.#loss;
    if (loss === undefined || this.#final) return;
    this.#loss = undefined;
    const record: WireLogDropped = {
      time: isoTime(loss.last),
      type: 'dropped',
      records: loss.records,
      bytes: loss.bytes,
      since: isoTime(loss.since),
    };
    this.#push({ kind: 'dropped', time: loss.last, bytes: WIRE_LOG_RECORD_BYTES, record });
    this.#tellLoss(loss, true);
  }

  #tellLoss({ records, bytes, since }: Loss, over: boolean): void {
    this.#report({ kind: 'dropped', over, records, bytes, since: isoTime(since) });
  }

  #schedule(): void {
    if (this.#writing || this.#scheduled !== undefined || this.#final || this.#idle) return;
    if (this.#clock.now() < this.#retryAt) return;
    // After the packets of this turn have been dealt with: an answer is not kept waiting for its record.
    this.#scheduled = this.#clock.afterPoll(() => {
      this.#scheduled = undefined;
      void this.#write();
    });
  }

  async #write(): Promise<void> {
    this.#writing = true;
    if (this.#batch.length === 0) this.#nextBatch();
    const { written, error, final } = await this.#hand(this.#lines);
    this.#writing = false;
    if (this.#final) return;
    this.#settle(written);
    if (error !== undefined) this.#onFailed(error, final === true);
    else if (this.#failing !== undefined) {
      this.#failing = undefined;
      this.#report({ kind: 'recovered' });
    }
    if (this.#idle) this.#endLoss();
    if (this.#idle || error !== undefined) for (const onIdle of [...this.#waiting]) onIdle();
    this.#schedule();
  }

  /** A sink promises never to reject; one that does has written nothing. */
  async #hand(lines: readonly string[]): Promise<WriteOutcome> {
    try {
      const outcome = await this.#sink.write(lines);
      return { ...outcome, written: check.integer('written', outcome.written, 0, lines.length) };
    } catch (error) {
      return { written: 0, error: error instanceof Error ? error : new Error(describeValue(error)) };
    }
  }

  #nextBatch(): void {
    const batch: Entry[] = [];
    const lines: string[] = [];
    let bytes = 0;
    while (bytes < WRITE_BYTES) {
      const entry = this.#entries.shift();
      if (entry === undefined) break;
      try {
        lines.push(this.#format(entry));
        batch.push(entry);
        bytes += entry.bytes;
      } catch (error) {
        this.#failed(entry, error);
      }
    }
    this.#batch = batch;
    this.#lines = lines;
  }

  /** A record that cannot be made into text costs itself and no other. */
  #failed(entry: Entry, cause: unknown): void {
    const error = cause instanceof Error ? cause : new Error(describeValue(cause));
    this.#report({ kind: 'sinkFailed', error, where: `the text of a record (${entry.kind})` });
    this.#bytes -= entry.bytes;
    this.#drop(entry);
  }

  /** The first `count` entries of the batch are written. */
  #settle(written: number): void {
    this.#written += written;
    for (let i = 0; i < written; i++) this.#bytes -= this.#batch[i]?.bytes ?? 0;
    this.#batch = this.#batch.slice(written);
    this.#lines = this.#lines.slice(written);
  }

  #onFailed(error: Error, final: boolean): void {
    this.#retryAt = this.#clock.now() + RETRY_SECONDS * 1000;
    // The same failure is told once, not for every record.
    if (this.#failing !== error.message) this.#report({ kind: 'writeFailed', error, final });
    this.#failing = error.message;
    if (final) {
      this.#final = true;
      this.#abandon();
    }
  }

  #abandon(): void {
    for (const entry of this.#batch) this.#drop(entry);
    for (let entry = this.#entries.shift(); entry !== undefined; entry = this.#entries.shift()) {
      this.#drop(entry);
    }
    this.#batch = [];
    this.#lines = [];
    this.#bytes = 0;
    for (const onIdle of [...this.#waiting]) onIdle();
  }
}
