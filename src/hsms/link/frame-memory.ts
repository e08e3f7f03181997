import { WritableBytes } from '../../secs2/codec/writable-bytes.js';

/** Memory in which frames lie side by side on their way to the socket. */
export class FrameSlab extends WritableBytes {
  /** Runs of frames in it that have not left. */
  #runs = 0;
  #servesAgain: boolean;

  /** @param servesAgain whether its bytes may be written over once those that were in them have left */
  constructor(bytes: Buffer, servesAgain: boolean) {
    super(bytes);
    this.#servesAgain = servesAgain;
  }

  /** Its next bytes are a run of frames. */
  begin(): void {
    this.#runs++;
  }

  /** A run has left, or will not leave. */
  end(): void {
    if (--this.#runs === 0 && this.#servesAgain) this.used = 0;
  }

  /** A socket that was closed may still read what it was given: nothing is written over any more. */
  retire(): void {
    this.#servesAgain = false;
  }
}

/** Where frames get memory: from one slab until that is full. */
export class FrameMemory {
  readonly #slabBytes: number;
  readonly #servesAgain: boolean;
  #slab: FrameSlab | undefined;

  /** @param servesAgain whether what has left is no longer looked at */
  constructor(slabBytes: number, servesAgain: boolean) {
    this.#slabBytes = slabBytes;
    this.#servesAgain = servesAgain;
  }

  /** Memory with room for `bytes` behind those that are used. */
  roomFor(bytes: number): FrameSlab {
    const slab = this.#slab;
    if (slab !== undefined && slab.used + bytes <= slab.bytes.length) return slab;
    if (bytes > this.#slabBytes) return new FrameSlab(Buffer.allocUnsafeSlow(bytes), false);
    return (this.#slab = new FrameSlab(Buffer.allocUnsafeSlow(this.#slabBytes), this.#servesAgain));
  }
}

const FRESH_BYTES = 8 * 1024;

/** Memory that serves once: for a socket that may hold on to what it was given, and for frames that have to wait. */
export function freshMemory(): FrameMemory {
  return new FrameMemory(FRESH_BYTES, false);
}

/** The one of all sockets that may hold on to what they are given. */
export const heldMemory = freshMemory();

/** The one of all plain sockets of the process: the kernel has taken the bytes by the time a write is done. */
export const sharedMemory = new FrameMemory(64 * 1024, true);
