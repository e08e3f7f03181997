import { FRAME_OVERHEAD_BYTES, writeFrame, writeFrameHead } from '../wire/frame-encoder.js';
import type { HsmsPacket } from '../wire/packet.js';

/** What goes to the socket in one go. */
export class Batch {
  readonly buffers: Uint8Array[] = [];
  #bytes = 0;
  /** Small packets that follow one another: their frames share a buffer. */
  #run: (readonly HsmsPacket[])[] = [];
  #runBytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  /** Adds the frames of packets, `bytes` in all, side by side behind those added just before. */
  addFrames(packets: readonly HsmsPacket[], bytes: number): void {
    this.#run.push(packets);
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
    this.buffers.push(bytes);
    this.#bytes += bytes.length;
  }

  /** Nothing more is added. */
  end(): void {
    if (this.#runBytes === 0) return;
    const joined = Buffer.allocUnsafe(this.#runBytes);
    let offset = 0;
    for (const packets of this.#run) {
      for (const packet of packets) offset = writeFrame(packet, joined, offset);
    }
    this.buffers.push(joined);
    this.#run = [];
    this.#runBytes = 0;
  }
}
