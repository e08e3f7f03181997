import type { DumpLine } from './hex-line.js';
import type { Way } from '../way.js';

const MAX_REPEATED_BYTES = 64 * 1024 * 1024;

/** Where bytes of a text stand. */
export interface BytesPlace {
  readonly way: Way;
  /** Microseconds since 1970, or NaN. */
  readonly time: number;
  /** Whether a dump begins anew. */
  readonly fresh: boolean;
  /** Whether it is the indentation of plain digits that tells the way. */
  readonly indented: boolean;
}

/** Takes the bytes of a text. */
export interface BytesSink {
  onBytes(bytes: Buffer, place: BytesPlace): void;
  /** Bytes that the offsets pass over. */
  onGap(bytes: number, way: Way): void;
}

interface Dump {
  next: number;
  last: Buffer;
  /** The last byte of a line of words, until an offset shows that it is no padding. */
  doubtful: Buffer | undefined;
}

/** Dumps with an offset in front of each line, one at a time for each way: their gaps, and the lines that they leave out. */
export class OffsetDumps {
  readonly #sink: BytesSink;
  readonly #onFault: (text: string) => void;
  readonly #dumps = new Map<Way, Dump>();
  #repeated = false;

  constructor(sink: BytesSink, onFault: (text: string) => void) {
    this.#sink = sink;
    this.#onFault = onFault;
  }

  /** Which offsets a line may have: those where a dump stands; any behind lines that were left out. */
  offsets(line: string): number[] {
    if (this.#repeated) return [parseInt(line.trim(), 16)];
    return [...this.#dumps.values()].flatMap(({ next, doubtful }) =>
      doubtful === undefined ? next : [next, next + 1],
    );
  }

  /** Lines like the one before were left out here. */
  repeat(): void {
    this.#repeated = true;
  }

  /** Takes a line. */
  take({ bytes, offset, words }: DumpLine, way: Way, time: number): void {
    const dump = this.#dumpOf(way);
    if (dump.doubtful !== undefined && offset > dump.next) this.#release(dump, way);
    dump.doubtful = undefined;
    const ahead = offset - dump.next;
    if (this.#repeated && ahead > 0) this.#repeat(dump, ahead, way);
    else if (ahead > 0 && dump.next > 0) this.#sink.onGap(ahead, way);
    this.#repeated = false;
    if (bytes.length === 0) return;
    const sure = words ? bytes.subarray(0, -1) : bytes;
    if (words) dump.doubtful = bytes.subarray(-1);
    this.#sink.onBytes(sure, { way, time, fresh: offset === 0 || ahead < 0, indented: false });
    dump.next = offset + sure.length;
    dump.last = bytes;
  }

  /** Nothing more comes. */
  end(): void {
    for (const [way, dump] of this.#dumps) this.#release(dump, way);
  }

  #dumpOf(way: Way): Dump {
    let dump = this.#dumps.get(way);
    if (dump === undefined) {
      dump = { next: 0, last: Buffer.alloc(0), doubtful: undefined };
      this.#dumps.set(way, dump);
    }
    return dump;
  }

  #release(dump: Dump, way: Way): void {
    if (dump.doubtful === undefined) return;
    this.#sink.onBytes(dump.doubtful, { way, time: NaN, fresh: false, indented: false });
    dump.doubtful = undefined;
    dump.next++;
  }

  #repeat({ last }: Dump, missing: number, way: Way): void {
    if (last.length === 0 || missing > MAX_REPEATED_BYTES) {
      this.#onFault(`${missing} bytes cannot be repeated here`);
      this.#sink.onGap(missing, way);
      return;
    }
    this.#sink.onBytes(Buffer.alloc(missing, last), { way, time: NaN, fresh: false, indented: false });
  }
}
