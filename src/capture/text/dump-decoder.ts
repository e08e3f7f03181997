import { DEFAULT_MAX_PACKET_BYTES } from '../../hsms/wire/frame-decoder.js';
import { Budget } from '../budget.js';
import { DEFAULT_MAX_HELD_BYTES, type CaptureOptions } from '../capture-decoder.js';
import type { CaptureListener, Passage } from '../events.js';
import { StreamFramer, type FramerListener } from '../framing/framer.js';
import { HexTextReader } from './hex-text.js';
import { HEAD_BYTES, headFits } from '../framing/plausible.js';

/** Ends of a dump that has two sides, by name: nobody knows their addresses. */
const sides: readonly [Passage, Passage] = [
  { time: undefined, from: 'a', to: 'b' },
  { time: undefined, from: 'b', to: 'a' },
];
const nowhere: Passage = { time: undefined, from: undefined, to: undefined };

/** Messages out of the bytes of one direction, without time. */
class DumpStream {
  readonly #framer: StreamFramer;

  constructor(
    passage: Passage,
    onEvent: CaptureListener,
    options: CaptureOptions,
    start: 'message' | 'anywhere',
  ) {
    const {
      maxPacketBytes = DEFAULT_MAX_PACKET_BYTES,
      maxHeldBytes = DEFAULT_MAX_HELD_BYTES,
      decoding,
    } = options;
    const listener: FramerListener = {
      onMessage: (packet) => onEvent({ kind: 'message', ...passage, packet }),
      onDamaged: (damage) => onEvent({ kind: 'damaged', ...passage, ...damage }),
      onSkipped: (bytes, cause) => onEvent({ kind: 'skipped', ...passage, bytes, cause }),
    };
    this.#framer = new StreamFramer(listener, {
      maxPacketBytes,
      budget: new Budget(maxHeldBytes),
      decoding,
      start,
    });
  }

  push(bytes: Buffer): void {
    this.#framer.data(bytes, 0, bytes.length, NaN);
  }

  gap(bytes: number): void {
    this.#framer.gap(bytes, NaN);
  }

  end(): void {
    this.#framer.end(NaN);
  }
}

/** Decodes a file of frames side by side, as they go over the wire. */
export class FrameDumpDecoder {
  readonly #stream: DumpStream;

  /** @param atMessage whether the file begins with a frame */
  constructor(onEvent: CaptureListener, options: CaptureOptions, atMessage: boolean) {
    this.#stream = new DumpStream(nowhere, onEvent, options, atMessage ? 'message' : 'anywhere');
  }

  push(chunk: Buffer): void {
    this.#stream.push(chunk);
  }

  end(): void {
    this.#stream.end();
  }
}

/** Decodes frames that were printed as hex text. */
export class HexDumpDecoder {
  readonly #reader: HexTextReader;
  readonly #open: (side: 0 | 1) => DumpStream;
  readonly #streams: [DumpStream | undefined, DumpStream | undefined] = [undefined, undefined];
  readonly #max: number;

  constructor(onEvent: CaptureListener, options: CaptureOptions) {
    this.#max = options.maxPacketBytes ?? DEFAULT_MAX_PACKET_BYTES;
    this.#open = (side) => new DumpStream(sides[side], onEvent, options, 'message');
    this.#reader = new HexTextReader({
      onBytes: (bytes, side, fresh) => this.#take(bytes, side, fresh),
      onGap: (bytes, side) => this.#streams[side]?.gap(bytes),
      onFault: (text) => onEvent({ kind: 'fault', text }),
    });
  }

  push(chunk: Buffer): void {
    this.#reader.push(chunk);
  }

  end(): void {
    this.#reader.end();
    for (const stream of this.#streams) stream?.end();
  }

  #take(bytes: Buffer, side: 0 | 1, fresh: boolean): void {
    let stream = this.#streams[side];
    // A dump that begins with a message does not go on with the one before.
    if (fresh && stream !== undefined && bytes.length >= HEAD_BYTES && headFits(bytes, 0, this.#max)) {
      stream.end();
      stream = undefined;
    }
    stream ??= this.#open(side);
    this.#streams[side] = stream;
    stream.push(bytes);
  }
}
