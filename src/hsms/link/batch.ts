import { FRAME_OVERHEAD_BYTES, writeFrame, writeFrameHead } from '../wire/frame-encoder.js';
import type { HsmsPacket } from '../wire/packet.js';
import { freshMemory, type FrameMemory } from './frame-memory.js';

const NO_PACKETS: readonly HsmsPacket[] = [];

/** What goes to the socket in one go. It is filled, handed over, and then used again for the next go. */
export class Batch {
  /** The bytes in their order. Of the last go, until frames are added again. */
  buffers: readonly Uint8Array[] = [];
  #memory: FrameMemory = freshMemory;
  #bytes = 0;
  /** Small packets that follow one another, which share a buffer: so many of these places are taken. */
  readonly #run: (readonly HsmsPacket[])[] = [];
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
  }

  /** Adds the frames of packets, `bytes` in all, side by side behind those added just before. */
  addFrames(packets: readonly HsmsPacket[], bytes: number): void {
    this.#run[this.#runs++] = packets;
    this.#runBytes += bytes;
    this.#bytes += bytes;
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
    this.buffers = [...this.buffers, bytes];
    this.#bytes += bytes.length;
  }

  /** Nothing more is added. */
  end(): void {
    if (this.#runs === 0) return;
    const joined = this.#memory.take(this.#runBytes);
    let offset = 0;
    for (let i = 0; i < this.#runs; i++) {
      for (const packet of this.#run[i] ?? NO_PACKETS) offset = writeFrame(packet, joined, offset);
      this.#run[i] = NO_PACKETS;
    }
    this.buffers = this.buffers.length === 0 ? [joined] : [...this.buffers, joined];
    this.#runs = 0;
    this.#runBytes = 0;
  }
}
