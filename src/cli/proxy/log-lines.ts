import { isoTime, type WireLogSink } from '../../log/index.js';
import { describeError } from '../exit-codes.js';
import { wallTime, type CliIo } from '../io.js';
import type { Lines } from '../line-output.js';

/** How much may wait for a slow disk. */
const LIMIT_BYTES = 64 * 1024 * 1024;

/** Lines into the sink of a wire log. A disk that is slow costs lines, which are counted in the log, and holds up nobody. */
export class LogLines implements Lines {
  readonly #io: CliIo;
  readonly #file: string;
  readonly #sink: WireLogSink;
  readonly #limit: number;
  #waiting: string[] = [];
  #waitingBytes = 0;
  #lost: { records: number; bytes: number; since: string } | undefined;
  #writing: Promise<void> | undefined;
  #failed = false;

  constructor(io: CliIo, file: string, sink: WireLogSink, limit = LIMIT_BYTES) {
    this.#io = io;
    this.#file = file;
    this.#sink = sink;
    this.#limit = limit;
    sink.start?.(io.clock, (error, where) => this.#say(`${where}: ${describeError(error)}`));
  }

  /** Whether something could not be written. */
  get failed(): boolean {
    return this.#failed;
  }

  print(text: string): void {
    const bytes = text.length + 1;
    if (this.#failed || (this.#waitingBytes > 0 && this.#waitingBytes + bytes > this.#limit)) {
      this.#lose(bytes);
      return;
    }
    this.#waiting.push(`${text}\n`);
    this.#waitingBytes += bytes;
    this.#writing ??= this.#write();
  }

  /** Everything has been written, or given up. */
  async close(): Promise<void> {
    await this.#writing;
    await this.#sink.close();
    if (this.#lost !== undefined) this.#say(`${this.#lost.records} records are missing at its end`);
  }

  #lose(bytes: number): void {
    this.#lost ??= { records: 0, bytes: 0, since: isoTime(wallTime(this.#io)) };
    this.#lost.records++;
    this.#lost.bytes += bytes;
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const lines = this.#waiting;
      this.#waiting = [];
      this.#waitingBytes = 0;
      const { written, error } = await this.#sink.write(lines);
      if (error !== undefined) {
        this.#failed = true;
        this.#say(describeError(error));
        for (const line of [...lines.slice(written), ...this.#waiting]) this.#lose(line.length);
        this.#waiting = [];
      } else if (this.#lost !== undefined) {
        const time = isoTime(wallTime(this.#io));
        this.#waiting.unshift(`${JSON.stringify({ time, type: 'dropped', ...this.#lost })}\n`);
        this.#lost = undefined;
      }
    }
    this.#writing = undefined;
  }

  #say(problem: string): void {
    this.#io.stderr.write(`rxsecs: the log ${this.#file}: ${problem}\n`);
  }
}
