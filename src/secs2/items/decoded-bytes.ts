import type { CodePage } from '../text/code-page.js';

// Looked up once: the global name is one that Node looks up anew each time.
const Bytes = Buffer;

/** The bytes that decoded items read their values from, and what is to be known to read them. */
export class DecodedBytes {
  readonly bytes: Buffer;
  /** Code page of the text of A items, or undefined for one character a byte. */
  readonly codePage: CodePage | undefined;

  constructor(bytes: Uint8Array, codePage: CodePage | undefined) {
    this.bytes = Bytes.isBuffer(bytes)
      ? bytes
      : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.codePage = codePage;
  }
}
