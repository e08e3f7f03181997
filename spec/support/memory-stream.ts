import { Writable } from 'node:stream';

/** A Writable that keeps what it gets; or, told so, never finishes a write. */
export class MemoryStream extends Writable {
  text = '';

  constructor(readonly stuck = false) {
    super({ decodeStrings: false });
  }

  /** What was written, as lines. */
  get lines(): string[] {
    return this.text.split('\n').slice(0, -1);
  }

  override _write(chunk: string | Buffer, _encoding: string, done: () => void): void {
    this.text += String(chunk);
    if (!this.stuck) done();
  }
}
