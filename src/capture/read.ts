import { Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { readWireLog } from '../log/index.js';
import { BadLines, NoRecords } from './text/bad-lines.js';
import { CaptureDecoder } from './capture-decoder.js';
import { check, isInstance, type KnownNames } from '../check.js';
import {
  CAPTURE_OPTIONS,
  checkCaptureValues,
  type CaptureCounts,
  type CaptureOptions,
} from './capture-options.js';
import { FrameDumpDecoder } from './text/frame-dump.js';
import { HexDumpDecoder } from './text/hex/hex-dump.js';
import { SmlLogDecoder } from './text/sml-log.js';
import type { CaptureEvent } from './events.js';
import { beginsWithFrame, detectFormat, FORMAT_BYTES, FORMATS, type CaptureFormat } from './format.js';
import { eventOf } from './text/log-events.js';

/** How a source is read. Everything is optional. */
export interface ReadCaptureOptions extends CaptureOptions {
  /** What the source is. Default: told by its first bytes. */
  readonly format?: CaptureFormat;
}

/** A source that is being decoded. It can be iterated once. */
export interface CaptureReading {
  readonly format: CaptureFormat;
  /** What became of captured packets so far, also of those printed in hex; undefined where there are none. */
  readonly counts: CaptureCounts | undefined;
  /** What each piece of the source tells, in order: an array a piece, often empty. Throws what the source throws. */
  [Symbol.asyncIterator](): AsyncIterator<readonly CaptureEvent[], void, undefined>;
}

const READ_OPTIONS: KnownNames<ReadCaptureOptions> = {
  owner: 'readCapture()',
  names: { ...CAPTURE_OPTIONS.names, format: true },
};

/** Events of a log handed over at once. */
const BATCH = 256;

/**
 * Begins to read captures (pcap, pcapng), frames, hex text or a wire log, also compressed with gzip: a file's
 * `createReadStream`, `process.stdin`, or any other iterable of chunks, which must not change any more.
 *
 * @example
 * ```ts
 * import { createReadStream } from 'node:fs';
 * import { readCapture } from 'rxsecs/capture';
 *
 * const reading = await readCapture(createReadStream('etcher.pcapng'));
 * for await (const events of reading) {
 *   for (const event of events) if (event.kind === 'message') console.log(event.from, String(event.packet));
 * }
 * console.log(reading.format, reading.counts);
 * ```
 * @throws CaptureFormatError when it is none of these; HsmsArgumentError for what is no source, and for an option that is not as
 * it must be.
 */
export async function readCapture(
  source: AsyncIterable<Uint8Array>,
  given?: ReadCaptureOptions | null,
): Promise<CaptureReading> {
  const { format: known, ...options } = checkCaptureValues(check.options('options', given, READ_OPTIONS));
  if (known !== undefined) check.oneOf('format', known, FORMATS);
  const must = 'an async iterable of bytes, such as a stream for reading';
  check.iterable('source', source, must);
  if (!(Symbol.asyncIterator in source)) check.refuse('source', must, source);
  const plain = new Peeked(asUtf8(new Peeked(gunzipped(new Peeked(source[Symbol.asyncIterator]())))));
  const { head, format } = await detect(plain, known);
  if (format === 'log') {
    return { format, counts: undefined, [Symbol.asyncIterator]: () => logBatches(plain, options) };
  }
  let events: CaptureEvent[] = [];
  const decoder = decoderOf(format, (event) => events.push(event), options, head);
  return {
    format,
    get counts() {
      return 'counts' in decoder ? decoder.counts : undefined;
    },
    async *[Symbol.asyncIterator]() {
      for await (const chunk of plain) {
        if (chunk instanceof Broken) events.push(faultOf(chunk));
        else decoder.push(chunk);
        yield events;
        events = [];
      }
      decoder.end();
      yield events;
    },
  };
}

/** What a terminal or a pipe brings first has to do, unless it does not tell: more may come only after an answer. */
async function detect(
  plain: Peeked,
  known: CaptureFormat | undefined,
): Promise<{ head: Buffer; format: CaptureFormat }> {
  for (let wanted = LEAST_BYTES; ;) {
    const head = await plain.peek(wanted);
    try {
      const format = known ?? detectFormat(head);
      // Words say less than digits: a log may show only further on what it holds.
      const isSure =
        format !== 'hex' || known !== undefined || /^[\s0-9a-f:]*$/i.test(head.toString('latin1'));
      if (isSure || head.length < wanted || head.length >= TEXT_BYTES) return { head, format };
      wanted = head.length + 1;
    } catch (error) {
      if (head.length < wanted || head.length >= FORMAT_BYTES) throw error;
      wanted = head.length + 1;
    }
  }
}

function decoderOf(
  format: Exclude<CaptureFormat, 'log'>,
  onEvent: (event: CaptureEvent) => void,
  options: CaptureOptions,
  head: Buffer,
): FrameDumpDecoder | HexDumpDecoder | SmlLogDecoder | CaptureDecoder {
  switch (format) {
    case 'frames':
      return new FrameDumpDecoder(onEvent, options, beginsWithFrame(head));
    case 'sml':
      return new SmlLogDecoder(onEvent, options);
    case 'hex':
      return new HexDumpDecoder(onEvent, options, head);
    case 'pcap':
    case 'pcapng':
      return new CaptureDecoder(format, onEvent, options);
  }
}

async function* logBatches(
  plain: Peeked,
  { decoding }: ReadCaptureOptions,
): AsyncGenerator<readonly CaptureEvent[], void, undefined> {
  let events: CaptureEvent[] = [];
  const chunks = async function* (): AsyncGenerator<Buffer, void, undefined> {
    for await (const chunk of plain) {
      if (chunk instanceof Broken) events.push(faultOf(chunk));
      else yield chunk;
    }
  };
  const badLines = new BadLines((fault) => void events.push(fault));
  try {
    for await (const record of readWireLog(chunks(), { onBadLine: (error) => badLines.bad(error) })) {
      badLines.endOfRun();
      events.push(eventOf(record, decoding));
      if (events.length < BATCH) continue;
      yield events;
      events = [];
    }
    badLines.endOfRun();
  } catch (error) {
    if (!(error instanceof NoRecords)) throw error;
    events.push({ kind: 'fault', text: error.message });
  }
  yield events;
}

/** The chunks of a source; where compression is broken, that comes as the last one. */
async function* gunzipped(source: Peeked): AsyncGenerator<Buffer | Broken, void, undefined> {
  const head = await source.peek(2);
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    yield* source;
    return;
  }
  const unzip = createGunzip({ chunkSize: FORMAT_BYTES });
  let failure: Error | undefined;
  const raw = Readable.from(source);
  raw.once('error', (error) => (failure = error));
  pipeline(raw, unzip, () => {});
  try {
    for await (const chunk of unzip) yield chunk as Buffer;
  } catch (error) {
    if (failure !== undefined) throw failure;
    yield new Broken((error as Error).message);
  }
}

/** Text in UTF-16, as its mark says, becomes UTF-8: PowerShell writes what is redirected so. */
async function* asUtf8(source: Peeked): AsyncGenerator<Buffer | Broken, void, undefined> {
  const head = await source.peek(2);
  const mark = head.toString('hex', 0, 2);
  const name = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : undefined;
  if (name === undefined) {
    yield* source;
    return;
  }
  const decoder = new TextDecoder(name);
  for await (const chunk of source) {
    yield chunk instanceof Broken ? chunk : Buffer.from(decoder.decode(chunk, { stream: true }));
  }
  yield Buffer.from(decoder.decode());
}

/** Where compressed bytes cannot be read any further, and why. */
class Broken {
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}

function faultOf({ why }: Broken): CaptureEvent {
  return { kind: 'fault', text: `the compressed source is broken: ${why}; what follows is not read` };
}

/** Chunks of which the first can be looked at before they are taken. */
class Peeked implements AsyncIterable<Buffer | Broken> {
  readonly #source: AsyncIterator<Uint8Array | Broken>;
  #chunks: (Buffer | Broken)[] = [];
  #ended = false;

  constructor(source: AsyncIterator<Uint8Array | Broken>) {
    this.#source = source;
  }

  /** The first bytes: at least the number asked for, unless the source has fewer, and at most as many as are needed to tell formats. */
  async peek(least: number): Promise<Buffer> {
    let held = this.#chunks.reduce((sum, chunk) => sum + (chunk instanceof Broken ? 0 : chunk.length), 0);
    while (held < least && !this.#ended) {
      const next = await this.#next();
      if (next === undefined) break;
      this.#chunks.push(next);
      if (next instanceof Broken) break;
      held += next.length;
    }
    return Buffer.concat(this.#chunks.filter((chunk) => Buffer.isBuffer(chunk))).subarray(0, FORMAT_BYTES);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer | Broken, void, undefined> {
    try {
      for (const chunk of this.#chunks.splice(0)) yield chunk;
      for (let next = await this.#next(); next !== undefined; next = await this.#next()) yield next;
    } finally {
      await this.#source.return?.();
    }
  }

  async #next(): Promise<Buffer | Broken | undefined> {
    const result = await this.#source.next();
    if (result.done === true) {
      this.#ended = true;
      return undefined;
    }
    const chunk = result.value;
    if (chunk instanceof Broken || Buffer.isBuffer(chunk)) return chunk;
    if (!isInstance(chunk, Uint8Array)) {
      check.refuse('a chunk of the source', 'bytes, as a stream without an encoding gives', chunk);
    }
    return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
}

/** Enough of a log to tell what it holds. */
const TEXT_BYTES = 1024;
/** Enough to tell every format but frames that begin amid a message. */
const LEAST_BYTES = 64;
