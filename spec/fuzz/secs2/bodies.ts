import type { Random } from './random.js';

/** Format codes of E5 with the size of their values. */
const FORMATS = [
  [0o10, 1], [0o11, 1], [0o20, 1], [0o21, 1], [0o22, 1], [0o30, 8], [0o31, 1], [0o32, 2], [0o34, 4], [0o40, 8],
  [0o44, 4], [0o50, 8], [0o51, 1], [0o52, 2], [0o54, 4],
] as const; // prettier-ignore

/** Writes random valid bodies into one buffer, and random damage to them. */
export class Bodies {
  private readonly random: Random;
  private readonly buffer = Buffer.alloc(4096);
  private length = 0;

  constructor(random: Random) {
    this.random = random;
  }

  /** The bytes of a random item, with more length bytes than needed here and there. */
  valid(): Buffer {
    this.length = 0;
    this.writeItem(0);
    return Buffer.from(this.buffer.subarray(0, this.length));
  }

  /** The same after one to four random changes: bits, bytes, lengths, cuts, insertions, repetitions. */
  mutated(): Buffer {
    let bytes = this.valid();
    for (let changes = 1 + this.random.below(4); changes > 0; changes--) bytes = this.mutate(bytes);
    return bytes;
  }

  /** Bytes without any shape. */
  noise(): Buffer {
    const bytes = Buffer.alloc(this.random.below(64));
    for (let i = 0; i < bytes.length; i++) bytes[i] = this.random.below(256);
    return bytes;
  }

  private mutate(bytes: Buffer): Buffer {
    const { random } = this;
    const at = random.below(bytes.length + 1);
    switch (random.below(6)) {
      case 0:
        if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
        return bytes;
      case 1:
        if (at < bytes.length) bytes[at] = random.pick([0, 1, 2, 3, 0x7f, 0x80, 0xfe, 0xff]);
        return bytes;
      case 2:
        return bytes.subarray(0, at);
      case 3:
        return Buffer.concat([bytes.subarray(0, at), Buffer.of(random.below(256)), bytes.subarray(at)]);
      case 4:
        return Buffer.concat([
          bytes.subarray(0, at),
          bytes.subarray(Math.min(at + 1 + random.below(4), bytes.length)),
        ]);
      default:
        return Buffer.concat([
          bytes.subarray(0, at),
          bytes.subarray(random.below(at + 1), at),
          bytes.subarray(at),
        ]);
    }
  }

  private writeItem(depth: number): void {
    const { random } = this;
    if (depth < 6 && this.length < 600 && random.below(3) === 0) {
      const count = random.below(5);
      this.writeHeader(0, count);
      for (let i = 0; i < count; i++) this.writeItem(depth + 1);
      return;
    }
    const [code, size] = random.pick(FORMATS);
    const count = random.below(16) === 0 ? random.below(40) : random.below(4);
    const length = this.length > 2500 ? 0 : count * size;
    this.writeHeader(code, length);
    for (let i = 0; i < length; i++) this.buffer[this.length++] = random.below(256);
  }

  private writeHeader(code: number, length: number): void {
    const extra = this.random.below(8) === 0 ? this.random.below(3) : 0;
    const lengthBytes = Math.min(3, (length > 0xff ? 2 : 1) + extra);
    this.buffer[this.length++] = (code << 2) | lengthBytes;
    for (let i = lengthBytes - 1; i >= 0; i--) this.buffer[this.length++] = length >>> (8 * i);
  }
}
