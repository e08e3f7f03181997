import type { Socket } from 'node:net';

const CHUNK_BYTES = 64 * 1024;
const PREFIX_BYTES = 4;
const HEADER_BYTES = 10;

/** Takes a frame where it lies: its header begins at `head`, its body ends at `end`. */
type OnFrame = (bytes: Buffer, head: number, end: number) => void;

/** Frames on a socket with nothing to spare: read where they lie, and written side by side, one write for each tick. */
export class BareLink {
  /** Where the body of the frame begun last is to be written, at once. */
  out = Buffer.allocUnsafeSlow(4096);
  readonly #socket: Socket;
  readonly #onFrame: OnFrame;
  #used = 0;
  #scheduled = false;
  #afterFlush: (() => void) | undefined;
  /** A frame that is not yet whole: its bytes so far. */
  #held: Buffer | undefined;
  #heldBytes = 0;

  constructor(socket: Socket, onFrame: OnFrame) {
    this.#socket = socket;
    this.#onFrame = onFrame;
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('drain', () => this.#flushed());
  }

  /** Writes the head of a frame; returns where its body belongs in `out`. It leaves at the end of the tick. */
  begin(
    sessionId: number,
    byte2: number,
    byte3: number,
    sType: number,
    systemBytes: number,
    bodyBytes: number,
  ): number {
    const frameBytes = PREFIX_BYTES + HEADER_BYTES + bodyBytes;
    if (this.#used + frameBytes > this.out.length) this.#makeRoom();
    const { out } = this;
    const at = this.#used;
    out.writeUInt32BE(HEADER_BYTES + bodyBytes, at);
    out.writeUInt16BE(sessionId, at + 4);
    out[at + 6] = byte2;
    out[at + 7] = byte3;
    out[at + 8] = 0;
    out[at + 9] = sType;
    out.writeUInt32BE(systemBytes, at + 10);
    this.#used += frameBytes;
    if (!this.#scheduled) {
      this.#scheduled = true;
      process.nextTick(this.#flush);
    }
    return at + PREFIX_BYTES + HEADER_BYTES;
  }

  /** Calls back when what was written has left and the socket takes more. */
  afterFlush(callback: () => void): void {
    this.#afterFlush = callback;
  }

  sendLarge(head: Buffer, body: Buffer, done: () => void): void {
    this.#socket.cork();
    this.#socket.write(head);
    this.#socket.write(body, done);
    this.#socket.uncork();
  }

  /** A buffer that grows to the size of a chunk, so that an idle connection holds little. */
  #makeRoom(): void {
    if (this.out.length < CHUNK_BYTES) {
      const grown = Buffer.allocUnsafeSlow(CHUNK_BYTES);
      this.out.copy(grown, 0, 0, this.#used);
      this.out = grown;
    } else this.#write();
  }

  readonly #flush = (): void => {
    this.#scheduled = false;
    this.#write();
    if (!this.#socket.writableNeedDrain) this.#flushed();
  };

  #write(): void {
    this.#socket.write(this.out.subarray(0, this.#used));
    // What the kernel took at once is not looked at again: the buffer can be written anew.
    if (this.#socket.writableLength > 0) this.out = Buffer.allocUnsafeSlow(this.out.length);
    this.#used = 0;
  }

  #flushed(): void {
    const callback = this.#afterFlush;
    this.#afterFlush = undefined;
    callback?.();
  }

  #onData(chunk: Buffer): void {
    let offset = 0;
    const end = chunk.length;
    while (offset < end) {
      if (this.#held === undefined) {
        const left = end - offset;
        const frameBytes = left < PREFIX_BYTES ? Infinity : PREFIX_BYTES + chunk.readUInt32BE(offset);
        if (left >= frameBytes) {
          this.#onFrame(chunk, offset + PREFIX_BYTES, offset + frameBytes);
          offset += frameBytes;
          continue;
        }
        this.#held = Buffer.allocUnsafeSlow(left < PREFIX_BYTES ? 4096 : frameBytes);
        this.#heldBytes = 0;
      }
      offset = this.#hold(this.#held, chunk, offset);
    }
  }

  #hold(held: Buffer, chunk: Buffer, offset: number): number {
    const wanted = this.#heldBytes < PREFIX_BYTES ? PREFIX_BYTES : PREFIX_BYTES + held.readUInt32BE(0);
    const taken = Math.min(wanted - this.#heldBytes, chunk.length - offset);
    chunk.copy(held, this.#heldBytes, offset, offset + taken);
    this.#heldBytes += taken;
    if (this.#heldBytes < PREFIX_BYTES || this.#heldBytes < PREFIX_BYTES + held.readUInt32BE(0)) {
      return offset + taken;
    }
    const frameBytes = this.#heldBytes;
    this.#held = undefined;
    this.#onFrame(held, PREFIX_BYTES, frameBytes);
    return offset + taken;
  }
}
