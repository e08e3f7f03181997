import { isoTime } from '../../log/index.js';
import { wallTime, type CliIo, type CliOutput } from '../io.js';

/** How much may wait for the reader of standard output. */
const LIMIT_BYTES = 16 * 1024 * 1024;

/** Takes whole lines of text. */
export interface Lines {
  /** Prints text that ends without a newline; it gets one. */
  print(text: string): void;
}

/** What was not printed because the reader was too slow. */
export interface Lost {
  readonly texts: number;
  readonly bytes: number;
}

/**
 * Prints to a stream without ever waiting for its reader. When too much waits already, text is dropped; how much, is
 * said as soon as the reader goes on.
 */
export class LineOutput implements Lines {
  readonly #stream: CliOutput;
  readonly #sayLost: (lost: Lost) => string;
  readonly #limit: number;
  #texts = 0;
  #bytes = 0;

  constructor(stream: CliOutput, sayLost: (lost: Lost) => string, limit = LIMIT_BYTES) {
    this.#stream = stream;
    this.#sayLost = sayLost;
    this.#limit = limit;
  }

  print(text: string): void {
    if (this.#stream.destroyed) return;
    if (this.#texts === 0 && this.#stream.writableLength < this.#limit) {
      this.#stream.write(`${text}\n`);
      return;
    }
    if (this.#texts === 0) this.#stream.once('drain', () => this.#onDrain());
    this.#texts++;
    this.#bytes += Buffer.byteLength(text) + 1;
  }

  #onDrain(): void {
    const lost = { texts: this.#texts, bytes: this.#bytes };
    this.#texts = 0;
    this.#bytes = 0;
    this.#stream.write(`${this.#sayLost(lost)}\n`);
  }
}

/** What was lost, as a comment of SML. */
export function lostComment({ texts, bytes }: Lost): string {
  return `// ${texts} messages and events (${bytes} bytes) were not printed: standard output was read too slowly`;
}

/** What was lost, as a record of a wire log. */
export const lostRecord =
  (io: CliIo) =>
  ({ texts, bytes }: Lost): string => {
    const time = isoTime(wallTime(io));
    return JSON.stringify({ time, type: 'dropped', records: texts, bytes, since: time });
  };
