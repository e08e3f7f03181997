import { FRAME_OVERHEAD_BYTES, writeFrame, writeFrameHead } from '../wire/frame-encoder.js';
import type { HsmsPacket } from '../wire/packet.js';
import { freshMemory, type FrameMemory } from './frame-memory.js';
import type { DroppedPacket, WriteGroup } from './write-group.js';

/** What goes to the socket in one go. It is filled, handed over, and then used again for the next go. */
export class Batch {
  /** The bytes in their order. Of the last go, until frames are added again. */
  buffers: readonly Uint8Array[] = [];
  #memory: FrameMemory = freshMemory;
  #bytes = 0;
  /** Small packets that follow one another, which share a buffer: the number of these places that are taken. */
  readonly #run: (WriteGroup | undefined)[] = [];
  #dropped: DroppedPacket[] = [];
  #runs = 0;
  #runBytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Forgets what was handed over.
   * @param memory where small frames are written into
   */
  begin(memory: FrameMemory): void {
    this.#memory = memory;
    this.buffers = [];
    this.#bytes = 0;
    // Of a batch that could not be finished.
    this.#runs = 0;
    this.#runBytes = 0;
  }

  /** The packets that could not be written; their senders are to be told. */
  takeDropped(): readonly DroppedPacket[] {
    const dropped = this.#dropped;
    if (dropped.length > 0) this.#dropped = [];
    return dropped;
  }

  /** Adds the frames of a group, side by side behind those added just before. */
  addFrames(group: WriteGroup): void {
    this.#run[this.#runs++] = group;
    this.#runBytes += group.bytes;
    this.#bytes += group.bytes;
  }

  /** Adds prefix and header of a packet whose body follows in slices. */
  addHead(packet: HsmsPacket): void {
    const head = Buffer.allocUnsafe(FRAME_OVERHEAD_BYTES);
    writeFrameHead(packet, head, 0);
    this.addSlice(head);
  }

  /** Adds bytes as they are. */
  addSlice(bytes: Uint8Array): void {
    this.end();
    this.#add(bytes);
    this.#bytes += bytes.length;
  }

  /** Nothing more is added. */
  end(): void {
    if (this.#runs === 0) return;
    const joined = this.#memory.take(this.#runBytes);
    let end = this.#write(joined);
    while (end < 0) end = this.#write(joined);
    if (end > 0) this.#add(end === joined.length ? joined : joined.subarray(0, end));
    for (let i = 0; i < this.#runs; i++) this.#run[i] = undefined;
    this.#runs = 0;
    this.#runBytes = 0;
  }

  /** Writes the frames; returns where they end, or -1 where one could not be written, which was dropped. */
  #write(joined: Buffer): number {
    let offset = 0;
    for (let i = 0; i < this.#runs; i++) {
      const group = this.#run[i];
      if (group === undefined) continue;
      for (const packet of group.packets) {
        try {
          offset = writeFrame(packet, joined, offset);
        } catch (error) {
          const dropped = group.drop(packet, error);
          this.#bytes -= dropped.bytes;
          this.#dropped.push(dropped);
          return -1;
        }
      }
    }
    return offset;
  }

  #add(bytes: Uint8Array): void {
    this.buffers = this.buffers.length === 0 ? [bytes] : [...this.buffers, bytes];
  }
}
