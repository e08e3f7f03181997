import { LITTLE, type ByteOrder } from './byte-order.js';

const END_OF_OPTIONS = 0;
const OPTION_TIME_RESOLUTION = 9;
const OPTION_TIME_OFFSET = 14;

/** What a section says of one of its interfaces. */
export interface CaptureInterface {
  readonly linkType: number;
  /** The most bytes captured of a packet; 0 for no limit. */
  readonly snapLength: number;
  /** Microseconds since 1970, from the two halves of a timestamp. */
  readonly microseconds: (high: number, low: number) => number;
  /** Packets that who captured could not take, as last told. */
  dropped: number;
}

/** Where one option of a block lies. */
export interface BlockOption {
  readonly code: number;
  readonly at: number;
  readonly length: number;
}

/** The options of a block, up to the first that is broken. */
export function readOptions(order: ByteOrder, bytes: Buffer, start: number, end: number): BlockOption[] {
  const options: BlockOption[] = [];
  for (let at = start; at + 4 <= end;) {
    const code = order.u16(bytes, at);
    const length = order.u16(bytes, at + 2);
    if (code === END_OF_OPTIONS || at + 4 + length > end) break;
    options.push({ code, at: at + 4, length });
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return options;
}

/** Reads an interface description block. */
export function interfaceOf(order: ByteOrder, bytes: Buffer, start: number, end: number): CaptureInterface {
  // Six decimals where nothing is said.
  let resolution = 6;
  let offset = 0n;
  for (const { code, at, length } of readOptions(order, bytes, start + 8, end)) {
    if (code === OPTION_TIME_RESOLUTION && length === 1) resolution = bytes[at] ?? resolution;
    if (code === OPTION_TIME_OFFSET && length === 8) {
      offset = order === LITTLE ? bytes.readBigInt64LE(at) : bytes.readBigInt64BE(at);
    }
  }
  return {
    linkType: order.u16(bytes, start),
    snapLength: order.u32(bytes, start + 4),
    microseconds: timeReader(resolution, offset),
    dropped: 0,
  };
}

/** Makes microseconds of timestamps; the top bit of the resolution tells powers of two from powers of ten. */
function timeReader(resolution: number, offset: bigint): (high: number, low: number) => number {
  if (resolution === 6 && offset === 0n) return (high, low) => high * 2 ** 32 + low;
  const exponent = BigInt(resolution & 0x7f);
  const perSecond = (resolution & 0x80) === 0 ? 10n ** exponent : 2n ** exponent;
  return (high, low) => {
    const ticks = (BigInt(high) << 32n) | BigInt(low);
    return Number((ticks * 1_000_000n) / perSecond + offset * 1_000_000n);
  };
}
