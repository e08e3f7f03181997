/** Larger runs of frames get memory of their own. */
const SHARED_BYTES = 64 * 1024;

/**
 * Memory in which small frames are laid side by side on their way to the socket. Where the kernel has taken the bytes by
 * the time a write returns, the same memory serves again, for every connection of the process.
 */
export interface FrameMemory {
  /** Memory of exactly `bytes`. */
  take(bytes: number): Buffer;
}

/** Fresh memory each time: for a socket that may hold on to what it was given. */
export const freshMemory: FrameMemory = { take: (bytes) => Buffer.allocUnsafe(bytes) };

/** Memory that serves again once it is released. One user at a time takes, writes, and releases or abandons it. */
class SharedMemory implements FrameMemory {
  #memory: Buffer | undefined;
  #used = 0;

  take(bytes: number): Buffer {
    if (this.#used + bytes > SHARED_BYTES) return Buffer.allocUnsafeSlow(bytes);
    this.#memory ??= Buffer.allocUnsafeSlow(SHARED_BYTES);
    const taken = this.#memory.subarray(this.#used, this.#used + bytes);
    this.#used += bytes;
    return taken;
  }

  /** What was taken has been read by the kernel. */
  release(): void {
    this.#used = 0;
  }

  /** What was taken still belongs to a socket. */
  abandon(): void {
    this.#memory = undefined;
    this.#used = 0;
  }
}

/** The one that all connections of the process share: writes of one thread do not overlap. */
export const sharedMemory = new SharedMemory();
