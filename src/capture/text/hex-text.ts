import { readHexLine } from './hex-line.js';

const MAX_LINE_LENGTH = 64 * 1024 * 1024;
const MAX_REPEATED_BYTES = 64 * 1024 * 1024;
const LINE_BYTES_SHOWN = 40;

/** Takes what a hex dump says. */
export interface HexSink {
  /** Bytes of one side; `fresh` where a dump begins anew. */
  onBytes(bytes: Buffer, side: 0 | 1, fresh: boolean): void;
  /** Bytes that the offsets pass over. */
  onGap(bytes: number, side: 0 | 1): void;
  onFault(text: string): void;
}

interface Dump {
  next: number;
  last: Buffer;
}

/** Reads bytes that were printed as hex text. Lines that are indented otherwise than the first are the other side's. */
export class HexTextReader {
  readonly #sink: HexSink;
  readonly #decoder = new TextDecoder();
  readonly #dumps: readonly [Dump, Dump] = [
    { next: 0, last: Buffer.alloc(0) },
    { next: 0, last: Buffer.alloc(0) },
  ];
  #indent: number | undefined;
  #repeated = false;
  #rest = '';
  #lines = 0;
  #unread = 0;
  #firstUnread = '';

  constructor(sink: HexSink) {
    this.#sink = sink;
  }

  /** Takes the next bytes of the text. */
  push(chunk: Buffer): void {
    const text = this.#rest + this.#decoder.decode(chunk, { stream: true });
    // Old line ends of the Mac are line ends too.
    const lines = text.split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#line(line);
    if (this.#rest.length > MAX_LINE_LENGTH) {
      this.#rest = '';
      this.#sink.onFault(
        `line ${this.#lines + 1} is longer than ${MAX_LINE_LENGTH} characters: it is left out`,
      );
    }
  }

  /** Nothing more comes. */
  end(): void {
    this.#line(this.#rest);
    this.#rest = '';
    if (this.#unread > 0)
      this.#sink.onFault(`${this.#unread} lines are no hex, the first is ${this.#firstUnread}`);
  }

  #line(text: string): void {
    this.#lines++;
    const line = readHexLine(
      text,
      this.#repeated ? this.#anyOffset(text) : this.#dumps.map(({ next }) => next),
    );
    switch (line.kind) {
      case 'empty':
        return;
      case 'text':
        this.#unread++;
        if (this.#unread === 1) {
          this.#firstUnread = `line ${this.#lines}: ${JSON.stringify(text.slice(0, LINE_BYTES_SHOWN))}`;
        }
        return;
      case 'repeated':
        this.#repeated = true;
        return;
      case 'bytes':
        this.#sink.onBytes(line.bytes, 0, false);
        return;
      case 'dump':
        this.#dump(line.bytes, line.offset, line.indent);
    }
  }

  /** Behind lines that were left out, the offset says how many: any is right. */
  #anyOffset(text: string): number[] {
    return [parseInt(text.trim(), 16)];
  }

  #dump(bytes: Buffer, offset: number, indent: number): void {
    this.#indent ??= indent;
    const side = indent === this.#indent ? 0 : 1;
    const dump = this.#dumps[side];
    const ahead = offset - dump.next;
    if (this.#repeated && ahead > 0) this.#repeat(dump, ahead, side);
    else if (ahead > 0 && dump.next > 0) this.#sink.onGap(ahead, side);
    this.#repeated = false;
    if (bytes.length === 0) return;
    this.#sink.onBytes(bytes, side, offset === 0 || ahead < 0);
    dump.next = offset + bytes.length;
    dump.last = bytes;
  }

  #repeat({ last }: Dump, missing: number, side: 0 | 1): void {
    if (last.length === 0 || missing > MAX_REPEATED_BYTES) {
      this.#sink.onFault(`line ${this.#lines}: ${missing} bytes cannot be repeated here`);
      this.#sink.onGap(missing, side);
      return;
    }
    this.#sink.onBytes(Buffer.alloc(missing, last), side, false);
  }
}
