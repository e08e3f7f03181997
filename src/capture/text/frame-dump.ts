import type { CaptureOptions } from '../capture-options.js';
import type { CaptureListener } from '../events.js';
import { UNKNOWN_WAY } from './way.js';
import { WayStream } from './way-stream.js';

/** Decodes a file of frames side by side, as they go over the wire. */
export class FrameDumpDecoder {
  readonly #stream: WayStream;

  /** @param atMessage whether the file begins with a frame */
  constructor(onEvent: CaptureListener, options: CaptureOptions, atMessage: boolean) {
    this.#stream = new WayStream(UNKNOWN_WAY, onEvent, options, atMessage ? 'message' : 'anywhere');
  }

  /** Takes the next bytes of the file. */
  push(chunk: Buffer): void {
    this.#stream.push(chunk);
  }

  /** Nothing more comes. */
  end(): void {
    this.#stream.end();
  }
}
