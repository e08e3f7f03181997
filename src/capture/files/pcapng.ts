import { BIG, LITTLE, type ByteOrder } from './byte-order.js';
import { ByteWindow } from './byte-window.js';
import { interfaceOf, readOptions, type CaptureInterface } from './pcapng-interface.js';
import { MAX_RECORD_BYTES, type RecordReader, type RecordSink } from './records.js';

const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_DESCRIPTION = 1;
const OBSOLETE_PACKET = 2;
const SIMPLE_PACKET = 3;
const INTERFACE_STATISTICS = 5;
const ENHANCED_PACKET = 6;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

/** Type and length, and the length once more at the end. */
const BLOCK_FRAME_BYTES = 12;
const MAX_BLOCK_BYTES = MAX_RECORD_BYTES + 64 * 1024;

const OPTION_DROPPED_BY_INTERFACE = 5;
const OPTION_DROPPED_BY_SYSTEM = 7;

/** Bytes of a packet block before the packet. */
const PACKET_HEAD_BYTES = 20;

const knownBlocks: ReadonlySet<number> = new Set([
  SECTION_HEADER,
  INTERFACE_DESCRIPTION,
  OBSOLETE_PACKET,
  SIMPLE_PACKET,
  INTERFACE_STATISTICS,
  ENHANCED_PACKET,
]);

/** Whether a file that begins with these bytes is a pcapng file. */
export function isPcapng(bytes: Buffer): boolean {
  return bytes.length >= 4 && bytes.readUInt32BE(0) === SECTION_HEADER;
}

/** Reads the pcapng format: any number of sections, each of its byte order, with any number of interfaces. */
export class PcapngReader implements RecordReader {
  readonly #window = new ByteWindow();
  readonly #onRecord: RecordSink;
  readonly #onFault: (text: string) => void;
  readonly #onDropped: (packets: number) => void;
  #order: ByteOrder = LITTLE;
  #interfaces: CaptureInterface[] = [];
  /** Bytes of a block of no use that are still to come. */
  #toSkip = 0;
  #broken = false;
  #started = false;

  /**
   * @param onFault takes what cannot be read, as a sentence
   * @param onDropped takes how many packets of a section were dropped by who captured
   */
  constructor(onRecord: RecordSink, onFault: (text: string) => void, onDropped: (packets: number) => void) {
    this.#onRecord = onRecord;
    this.#onFault = onFault;
    this.#onDropped = onDropped;
  }

  push(chunk: Buffer): void {
    if (this.#broken) return;
    this.#window.push(chunk);
    while (!this.#broken && this.#next());
  }

  end(): void {
    if (this.#broken) return;
    const left = this.#window.available;
    if (!this.#started) this.#break(`the file ends within its first block, after ${left} bytes`);
    else if (left > 0 || this.#toSkip > 0) {
      this.#onFault(`the file ends within a block: its last ${left} bytes are not used`);
    }
    this.#tellDropped();
  }

  /** Reads a block. @returns false when more bytes are needed. */
  #next(): boolean {
    const window = this.#window;
    if (this.#toSkip > 0) {
      this.#toSkip -= window.skip(this.#toSkip);
      if (this.#toSkip > 0) return false;
    }
    if (!window.ensure(BLOCK_FRAME_BYTES)) return false;
    const { at } = window;
    const isSection = window.buffer.readUInt32BE(at) === SECTION_HEADER;
    if (isSection && !this.#openSection(window.buffer, at)) return false;
    const type = isSection ? SECTION_HEADER : this.#order.u32(window.buffer, at);
    const length = this.#order.u32(window.buffer, at + 4);
    if (length < BLOCK_FRAME_BYTES || length % 4 !== 0) {
      return this.#break(`the block at byte ${window.offset} claims a length of ${length} bytes`);
    }
    if (!knownBlocks.has(type)) {
      this.#toSkip = length;
      return true;
    }
    if (length > MAX_BLOCK_BYTES) {
      return this.#break(`the block at byte ${window.offset} claims a length of ${length} bytes`);
    }
    if (!window.ensure(length)) return false;
    this.#block(type, length);
    window.take(length);
    return true;
  }

  #openSection(bytes: Buffer, at: number): boolean {
    const order = [LITTLE, BIG].find((each) => each.u32(bytes, at + 8) === BYTE_ORDER_MAGIC);
    if (order === undefined) {
      const found = bytes.toString('hex', at + 8, at + 12);
      return this.#break(`the section at byte ${this.#window.offset} has the byte-order mark ${found}`);
    }
    this.#order = order;
    this.#started = true;
    return true;
  }

  #block(type: number, length: number): void {
    const { buffer, at, offset } = this.#window;
    const order = this.#order;
    if (order.u32(buffer, at + length - 4) !== length) {
      this.#break(`the block at byte ${offset} has two lengths, ${length} and another`);
      return;
    }
    const start = at + 8;
    const end = at + length - 4;
    switch (type) {
      case SECTION_HEADER:
        this.#tellDropped();
        this.#interfaces = [];
        return;
      case INTERFACE_DESCRIPTION:
        if (end - start >= 8) this.#interfaces.push(interfaceOf(order, buffer, start, end));
        else this.#onFault(`the interface at byte ${offset} is not described in full`);
        return;
      case INTERFACE_STATISTICS:
        this.#statistics(buffer, start, end);
        return;
      case SIMPLE_PACKET:
        if (end - start >= 4) this.#simplePacket(buffer, start, end);
        return;
      default:
        this.#packet(type, buffer, start, end);
    }
  }

  #packet(type: number, bytes: Buffer, start: number, end: number): void {
    const order = this.#order;
    const { offset } = this.#window;
    if (end - start < PACKET_HEAD_BYTES) {
      this.#onFault(`the packet block at byte ${offset} is too short`);
      return;
    }
    const id = type === ENHANCED_PACKET ? order.u32(bytes, start) : order.u16(bytes, start);
    const source = this.#interfaces[id];
    const captured = order.u32(bytes, start + 12);
    if (source === undefined || captured > end - start - PACKET_HEAD_BYTES) {
      const what = source === undefined ? `interface ${id}, which is not described` : `${captured} bytes`;
      this.#onFault(`the packet block at byte ${offset} claims ${what}; it is left out`);
      return;
    }
    this.#onRecord({
      bytes,
      start: start + PACKET_HEAD_BYTES,
      end: start + PACKET_HEAD_BYTES + captured,
      wireBytes: order.u32(bytes, start + 16),
      linkType: source.linkType,
      time: source.microseconds(order.u32(bytes, start + 4), order.u32(bytes, start + 8)),
    });
  }

  /** Has no time, and belongs to the first interface. */
  #simplePacket(bytes: Buffer, start: number, end: number): void {
    const source = this.#interfaces[0];
    if (source === undefined) {
      this.#onFault(`the packet block at byte ${this.#window.offset} has no interface; it is left out`);
      return;
    }
    const wireBytes = this.#order.u32(bytes, start);
    const limit = source.snapLength === 0 ? Infinity : source.snapLength;
    const captured = Math.min(wireBytes, limit, end - start - 4);
    this.#onRecord({
      bytes,
      start: start + 4,
      end: start + 4 + captured,
      wireBytes,
      linkType: source.linkType,
      time: NaN,
    });
  }

  #statistics(bytes: Buffer, start: number, end: number): void {
    if (end - start < 12) return;
    const source = this.#interfaces[this.#order.u32(bytes, start)];
    if (source === undefined) return;
    let dropped = 0;
    for (const { code, at, length } of readOptions(this.#order, bytes, start + 12, end)) {
      if (length !== 8) continue;
      if (code !== OPTION_DROPPED_BY_INTERFACE && code !== OPTION_DROPPED_BY_SYSTEM) continue;
      const halves = [this.#order.u32(bytes, at), this.#order.u32(bytes, at + 4)];
      const [low = 0, high = 0] = this.#order === LITTLE ? halves : halves.reverse();
      dropped += high * 2 ** 32 + low;
    }
    source.dropped = dropped;
  }

  #tellDropped(): void {
    const dropped = this.#interfaces.reduce((sum, source) => sum + source.dropped, 0);
    if (dropped > 0) this.#onDropped(dropped);
  }

  #break(text: string): false {
    this.#broken = true;
    this.#onFault(`${text}; what follows is not read`);
    return false;
  }
}
