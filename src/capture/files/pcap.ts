import { BIG, LITTLE, type ByteOrder } from './byte-order.js';
import { ByteWindow } from './byte-window.js';
import { MAX_RECORD_BYTES, type RecordReader, type RecordSink } from './records.js';

const FILE_HEADER_BYTES = 24;
const RECORD_HEADER_BYTES = 16;

/** Magic numbers as the first four bytes read in big endian: the byte order, and fractions of a second in a unit. */
const magics: ReadonlyMap<number, { readonly order: ByteOrder; readonly perMicrosecond: number }> = new Map([
  [0xa1b2c3d4, { order: BIG, perMicrosecond: 1 }],
  [0xd4c3b2a1, { order: LITTLE, perMicrosecond: 1 }],
  [0xa1b23c4d, { order: BIG, perMicrosecond: 1000 }],
  [0x4d3cb2a1, { order: LITTLE, perMicrosecond: 1000 }],
]);

/** Whether a file that begins with these bytes is a pcap file. */
export function isPcap(bytes: Buffer): boolean {
  return bytes.length >= 4 && magics.has(bytes.readUInt32BE(0));
}

/** Reads the pcap format: either byte order, microseconds or nanoseconds. */
export class PcapReader implements RecordReader {
  readonly #window = new ByteWindow();
  readonly #onRecord: RecordSink;
  readonly #onFault: (text: string) => void;
  #order: ByteOrder = BIG;
  #perMicrosecond = 1;
  #linkType = 0;
  #started = false;
  #broken = false;

  /** @param onFault takes what cannot be read, as a sentence */
  constructor(onRecord: RecordSink, onFault: (text: string) => void) {
    this.#onRecord = onRecord;
    this.#onFault = onFault;
  }

  push(chunk: Buffer): void {
    if (this.#broken) return;
    const window = this.#window;
    window.push(chunk);
    if (!this.#started && !this.#start()) return;
    while (window.ensure(RECORD_HEADER_BYTES)) {
      const captured = this.#order.u32(window.buffer, window.at + 8);
      if (captured > MAX_RECORD_BYTES) {
        this.#break(`the packet at byte ${window.offset} claims ${captured} captured bytes`);
        return;
      }
      if (!window.ensure(RECORD_HEADER_BYTES + captured)) return;
      this.#record(window.buffer, window.at, captured);
      window.take(RECORD_HEADER_BYTES + captured);
    }
  }

  end(): void {
    if (this.#broken) return;
    const left = this.#window.available;
    if (!this.#started) this.#break(`the file ends within its header, after ${left} bytes`);
    else if (left > 0) this.#onFault(`the file ends within a packet: its last ${left} bytes are not used`);
  }

  #start(): boolean {
    const window = this.#window;
    if (!window.ensure(FILE_HEADER_BYTES)) return false;
    const { buffer, at } = window;
    const magic = magics.get(buffer.readUInt32BE(at));
    if (magic === undefined) {
      this.#break(`the file begins with ${buffer.toString('hex', at, at + 4)}: that is no pcap file`);
      return false;
    }
    this.#order = magic.order;
    this.#perMicrosecond = magic.perMicrosecond;
    // The upper half tells of frame check sequences, which no IP packet reaches to.
    this.#linkType = this.#order.u32(buffer, at + 20) & 0xffff;
    window.take(FILE_HEADER_BYTES);
    this.#started = true;
    return true;
  }

  #record(bytes: Buffer, at: number, captured: number): void {
    const order = this.#order;
    const fraction = Math.floor(order.u32(bytes, at + 4) / this.#perMicrosecond);
    const start = at + RECORD_HEADER_BYTES;
    this.#onRecord({
      bytes,
      start,
      end: start + captured,
      wireBytes: order.u32(bytes, at + 12),
      linkType: this.#linkType,
      time: order.u32(bytes, at) * 1e6 + fraction,
    });
  }

  #break(text: string): void {
    this.#broken = true;
    this.#onFault(`${text}; what follows is not read`);
  }
}
