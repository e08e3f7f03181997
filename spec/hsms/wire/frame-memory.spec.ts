import { FrameDecoder } from '../../../src/hsms/wire/frame-decoder.js';
import { encodeFrame } from '../../../src/hsms/wire/frame-encoder.js';
import { HsmsPacket } from '../../../src/hsms/wire/packet.js';

/** A frame of so many bytes, prefix and header included. */
const frameOf = (bytes: number): Buffer =>
  encodeFrame(
    HsmsPacket.data({ sessionId: 0, stream: 1, function: 1, systemBytes: 1 }, Buffer.alloc(bytes - 14, 7)),
  );

/** Frames at the beginning of a chunk, as a socket hands it over: with memory of its own, of this size. */
function chunkOf(memory: number, frames: readonly Buffer[]): Buffer {
  const chunk = Buffer.allocUnsafeSlow(memory);
  const used = Buffer.concat(frames).copy(chunk);
  return chunk.subarray(0, used);
}

function decode(chunk: Buffer, maxPacketBytes?: number): { packets: HsmsPacket[]; error: unknown } {
  const packets: HsmsPacket[] = [];
  const decoder = new FrameDecoder((packet) => packets.push(packet), maxPacketBytes);
  return { packets, error: decoder.push(chunk) };
}

/** How many packets lie side by side in one piece of memory, for each such piece in turn. */
function runs(packets: readonly HsmsPacket[]): number[] {
  const counts: number[] = [];
  packets.forEach(({ body }, i) => {
    const before = packets[i - 1]?.body;
    const beside =
      before?.buffer === body.buffer && before.byteOffset + before.length + 14 === body.byteOffset;
    if (beside) counts.push((counts.pop() ?? 0) + 1);
    else counts.push(1);
  });
  return counts;
}

describe('what a packet keeps in memory', () => {
  it.each([
    ['a chunk of 8 KiB', 8192, 20],
    ['a chunk of twice its size', 20_000, 10_000],
    ['a chunk that is hardly larger', 70_000, 69_000],
  ])('is %s, read in place', (_name, memory, bytes) => {
    const chunk = chunkOf(memory, [frameOf(bytes)]);
    const { packets } = decode(chunk);
    expect(packets).toHaveLength(1);
    expect(packets[0]?.body.buffer).toBe(chunk.buffer);
  });

  it.each([
    ['8 KiB', 8193, 20],
    ['twice its size', 20_001, 10_000],
  ])('is a copy where the chunk is more than %s', (_name, memory, bytes) => {
    const chunk = chunkOf(memory, [frameOf(bytes)]);
    const { packets } = decode(chunk);
    expect(packets[0]?.body.buffer).not.toBe(chunk.buffer);
    expect(packets[0]?.body).toEqual(Buffer.alloc(bytes - 14, 7));
  });

  it('shares that copy with the frames beside it, in memory of 8 KiB each', () => {
    // 128 frames of 64 bytes are 8 KiB: wherever the first memory begins, the next is filled.
    const { packets } = decode(
      chunkOf(
        65_536,
        Array.from({ length: 400 }, () => frameOf(64)),
      ),
    );
    const counts = runs(packets);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(400);
    expect(counts.slice(1, -1).every((count) => count === 128)).toBe(true);
    expect(counts.length).toBeGreaterThanOrEqual(4);
    expect(packets.every((packet) => packet.body.buffer.byteLength === 8192)).toBe(true);
  });

  it('gives a frame above half of that memory of its own', () => {
    const { packets } = decode(chunkOf(65_536, [frameOf(4097), frameOf(4096), frameOf(4097)]));
    expect(packets.map((packet) => packet.body.buffer.byteLength)).toEqual([4097, 8192, 4097]);
  });

  it('shares it among the shortest frames, and among those as long as the cap', () => {
    const shortest = decode(
      chunkOf(
        65_536,
        Array.from({ length: 5 }, () => frameOf(14)),
      ),
    );
    expect(shortest.packets).toHaveLength(5);
    const bodies = decode(
      chunkOf(
        65_536,
        Array.from({ length: 5 }, () => frameOf(27)),
      ),
      23,
    );
    expect(runs(bodies.packets)).toEqual([5]);
  });

  it('copies headers alone in one run too', () => {
    const chunk = chunkOf(
      65_536,
      Array.from({ length: 5 }, () => frameOf(14)),
    );
    const copy = jest.spyOn(chunk, 'copy');
    decode(chunk);
    expect(copy.mock.calls).toHaveLength(1);
    expect(copy.mock.results[0]?.value).toBe(5 * 14);
  });

  it.each([
    ['below a header', 9, 'HSMS_FRAME_TOO_SHORT'],
    ['above the cap', 101, 'HSMS_FRAME_TOO_LONG'],
  ])(
    'ends at a length %s that follows in the same chunk, though its bytes are all there (P-2)',
    (_n, length, code) => {
      const bad = Buffer.alloc(4 + length);
      bad.writeUInt32BE(length);
      const { packets, error } = decode(chunkOf(65_536, [frameOf(20), frameOf(30), bad, frameOf(20)]), 100);
      expect(packets.map((packet) => packet.length)).toEqual([16, 26]);
      expect(error).toMatchObject({ code, length });
    },
  );

  it('leaves a frame that is not whole to the next chunk', () => {
    const packets: HsmsPacket[] = [];
    const decoder = new FrameDecoder((packet) => packets.push(packet));
    const last = frameOf(40);
    decoder.push(chunkOf(65_536, [frameOf(20), frameOf(20), last.subarray(0, 30)]));
    expect(packets).toHaveLength(2);
    decoder.push(Buffer.from(last.subarray(30)));
    expect(packets[2]?.length).toBe(36);
  });
});

describe('memory of a frame that is not whole', () => {
  const allocations = (pieces: readonly number[], bytes: number): number[] => {
    const frame = frameOf(bytes);
    const decoder = new FrameDecoder(() => {});
    const allocate = jest.spyOn(Buffer, 'allocUnsafeSlow');
    try {
      let at = 0;
      for (const piece of pieces) decoder.push(Buffer.from(frame.subarray(at, (at += piece))));
      return allocate.mock.calls.map(([size]) => size).filter((size) => size > 0);
    } finally {
      allocate.mockRestore();
    }
  };

  // The frame, or a half of a half … of it, whichever just holds what has come; 512 at first.
  it.each([
    ['begins with a small piece', [20], 4096, [512]],
    ['stays until it is full', [20, 492], 4096, [512]],
    ['grows by a byte too many', [20, 493], 4096, [512, 1024]],
    ['holds just what has come', [1024], 4096, [512, 1024]],
    ['skips what is too small', [1025], 4096, [512, 2048]],
    ['ends at the exact size', [3000, 1095], 4096, [512, 4096]],
    ['is never below the first piece of memory', [600, 100], 900, [512, 900]],
    ['is as large as a frame that is small', [20, 30], 60, [512]],
  ])('%s', (_name, pieces, bytes, expected) => {
    expect(allocations(pieces, bytes)).toEqual(expected);
  });
});
