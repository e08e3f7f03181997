import { FRAME_OVERHEAD_BYTES, writeFrameHead } from '../wire/frame-encoder.js';
import type { HsmsPacket } from '../wire/packet.js';
import type { FrameSlab } from './frame-memory.js';
import type { WriteGroup } from './write-group.js';

/** Runs of frames that are shorter than this on average are joined: a buffer more costs the socket as much as copying so many bytes. */
const JOINED_BYTES = 1024;

/** What goes to the socket in one go. It is filled, handed over, and then used again for the next go. */
export class Batch {
  /** The bytes in their order. Of the last go, until frames are added again. */
  buffers: readonly Uint8Array[] = [];
  #bytes = 0;
  /** Frames that lie side by side. */
  #slab: FrameSlab | undefined;
  #start = 0;
  #end = 0;
  /** Runs of frames before those, when what comes next is known to be elsewhere. */
  #runs: Buffer[] = [];

  get bytes(): number {
    return this.#bytes;
  }

  /** Forgets what was handed over. */
  begin(): void {
    this.buffers = [];
    this.#bytes = 0;
    // Of a batch that could not be finished.
    this.#slab = undefined;
    if (this.#runs.length > 0) this.#runs = [];
  }

  /** Adds the frames of a group that lie in memory. */
  addFrames(group: WriteGroup): void {
    const { slab, start, bytes } = group;
    this.#bytes += bytes;
    if (slab !== this.#slab || start !== this.#end) {
      this.#endRun();
      this.#slab = slab;
      this.#start = start;
    }
    this.#end = start + bytes;
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
    const slab = this.#slab;
    if (slab === undefined) return;
    if (this.#runs.length === 0) {
      this.#slab = undefined;
      this.#add(slab.bytes.subarray(this.#start, this.#end));
      return;
    }
    this.#endRun();
    const runs = this.#runs;
    this.#runs = [];
    const bytes = runs.reduce((sum, run) => sum + run.length, 0);
    if (bytes < runs.length * JOINED_BYTES) this.#add(Buffer.concat(runs, bytes));
    else for (const run of runs) this.#add(run);
  }

  #endRun(): void {
    if (this.#slab === undefined) return;
    this.#runs.push(this.#slab.bytes.subarray(this.#start, this.#end));
    this.#slab = undefined;
  }

  #add(bytes: Uint8Array): void {
    this.buffers = this.buffers.length === 0 ? [bytes] : [...this.buffers, bytes];
  }
}
