import type { LazyItem } from '../../secs2/codec/lazy-item.js';
import { FormatCode, formatName, valueSize } from '../../secs2/formats.js';
import { bigintAt, numberAt } from '../../secs2/items/numbers.js';

/** What reading let pass although the standard does not have it so. */
export type LeniencyKind = 'format' | 'length' | 'array' | 'empty' | 'body';

/** @internal Something that was let pass, at a byte of the body. */
export interface Leniency {
  readonly kind: LeniencyKind;
  readonly position: number;
  readonly problem: string;
}

/** @internal A body that cannot be read, at a byte of it. */
export class ReadFailure extends Error {
  readonly position: number;

  constructor(problem: string, position: number) {
    super(problem);
    this.position = position;
  }
}

/** @internal Where reading stands in a body. */
export class ReadCursor {
  readonly bytes: Buffer;
  /** Where the body begins in them. */
  readonly first: number;
  readonly end: number;
  position: number;
  /** Whether values of an open format are read as items. */
  readonly isExact: boolean;
  readonly isStrict: boolean;
  readonly codePage: string | undefined;
  /** What was let pass, where somebody wants to know. */
  readonly found: Leniency[] | undefined;
  // The header that `open` has read.
  code = 0;
  length = 0;
  start = 0;

  constructor(
    held: LazyItem | undefined,
    message: { readonly body: Buffer },
    isExact: boolean,
    isStrict: boolean,
    codePage: string | undefined,
    found: Leniency[] | undefined,
  ) {
    // A view of the body would take as long to make as a short body to read.
    const isHeld = held !== undefined && Buffer.isBuffer(held.memory);
    this.bytes = isHeld ? held.memory : message.body;
    this.first = isHeld ? held.start : 0;
    this.position = this.first;
    this.end = isHeld ? held.end : this.bytes.length;
    this.isExact = isExact;
    this.isStrict = isStrict;
    this.codePage = codePage;
    this.found = found;
  }

  /** Reads the header at the position: format code, length, and where the data starts. */
  open(): void {
    const { bytes, position, end } = this;
    const head = bytes[position];
    if (head === undefined || position >= end)
      throw new ReadFailure('is missing: the body ends before it', position);
    const lengthBytes = head & 3;
    this.start = position + 1 + lengthBytes;
    if (lengthBytes === 0 || this.start > end) throw new ReadFailure('has no whole item header', position);
    let length = 0;
    for (let p = position + 1; p < this.start; p++) length = (length << 8) | (bytes[p] ?? 0);
    this.code = head >>> 2;
    this.length = length;
    const least = this.code === FormatCode.L ? length * 2 : length;
    if (this.start + least > end) throw new ReadFailure('is cut off: the body ends within it', position);
  }

  /** Lets something pass, or fails where reading is strict. */
  allow(kind: LeniencyKind, position: number, problem: string): void {
    if (this.isStrict) throw new ReadFailure(problem, position);
    this.found?.push({ kind, position, problem });
  }

  /** The name of the format whose header was read. */
  get formatText(): string {
    const count = this.code === FormatCode.L ? this.length : this.length / (valueSize(this.code) || 1);
    return `${formatName(this.code) ?? `format code ${this.code}`}[${count}]`;
  }
}

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

/** @internal One number of a format: a bigint where a number cannot hold it. */
export function oneNumber(code: number, bytes: Buffer, position: number): number | bigint {
  if (code !== FormatCode.U8 && code !== FormatCode.I8) return numberAt(code, bytes, position);
  const value = bigintAt(code, bytes, position);
  return value <= LARGEST && value >= -LARGEST ? Number(value) : value;
}
