/** @internal A value that cannot be written. */
export class WriteFailure extends Error {}

const FIRST_BYTES = 64 * 1024;
/** Memory beyond this is given back after a message. */
const KEPT_BYTES = 1024 * 1024;

/** @internal Where a body is written: memory that grows, and is used again for the next one. */
export class BodyWriter {
  bytes: Buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
  position = 0;
  codePage: string | undefined;
  isBusy = false;

  /** Makes room for so many bytes more. */
  reserve(count: number): void {
    if (this.position + count > this.bytes.length) this.#grow(count);
  }

  /** Takes the body out, and is ready for the next. */
  take(): Buffer {
    const body = Buffer.allocUnsafe(this.position);
    body.set(this.position === this.bytes.length ? this.bytes : this.bytes.subarray(0, this.position));
    return body;
  }

  /** Forgets what was written. */
  reset(): void {
    this.position = 0;
    if (this.bytes.length > KEPT_BYTES) this.bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  }

  #grow(count: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.position + count));
    grown.set(this.bytes.subarray(0, this.position));
    this.bytes = grown;
  }
}
