import { Transform, type TransformCallback } from 'node:stream';
import { UsageError } from '../exit-codes.js';
import { encodingByMark, noSuchText } from './text.js';

/** Bytes in, text out, as they come: UTF-8, UTF-16 by its mark, or as is said. Ends with a UsageError at bytes that are no text. */
export class TextOfBytes extends Transform {
  readonly #name: string;
  readonly #encoding: string | undefined;
  #first = Buffer.alloc(0);
  #decoder: InstanceType<typeof TextDecoder> | undefined;
  #line = 1;

  constructor(name: string, encoding?: string) {
    super({ readableObjectMode: false, decodeStrings: true, encoding: 'utf8' });
    this.#name = name;
    this.#encoding = encoding;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.#decoder !== undefined) return this.#pass(chunk, done);
    // A mark may come in two pieces.
    this.#first = Buffer.concat([this.#first, chunk]);
    if (this.#first.length < 2 && (this.#first[0] ?? 0) >= 0xfe) return done();
    const first = this.#first;
    this.#open(first);
    this.#pass(first, done);
  }

  override _flush(done: TransformCallback): void {
    const rest = this.#decoder === undefined ? this.#first : undefined;
    this.#open(this.#first);
    this.#pass(rest, done, false);
  }

  #open(first: Uint8Array): void {
    this.#decoder ??= new TextDecoder(this.#encoding ?? encodingByMark(first), { fatal: true });
  }

  #pass(chunk: Buffer | undefined, done: TransformCallback, stream = true): void {
    const decoder = this.#decoder as InstanceType<typeof TextDecoder>;
    try {
      const text = decoder.decode(chunk, { stream });
      if (this.#encoding === undefined && text.includes('\0')) {
        throw new UsageError(
          `${this.#name} has zero bytes: say how it is written, as in --encoding utf-16le`,
        );
      }
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#line++;
      done(null, text);
    } catch (error) {
      done(error instanceof UsageError ? error : this.#notText(decoder.encoding, chunk, error));
    }
  }

  #notText(label: string, chunk: Buffer | undefined, cause: unknown): UsageError {
    const readable = new TextDecoder(label).decode(chunk).split('\ufffd', 1)[0] ?? '';
    const line = this.#line + readable.split('\n').length - 1;
    return noSuchText(this.#name, line, label, cause);
  }
}
