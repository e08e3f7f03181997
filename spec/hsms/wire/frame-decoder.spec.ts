import fc from 'fast-check';
import { DEFAULT_MAX_PACKET_BYTES, FrameDecoder } from '../../../src/hsms/wire/frame-decoder.js';
import { encodeFrame } from '../../../src/hsms/wire/frame-encoder.js';
import { HsmsPacket } from '../../../src/hsms/wire/packet.js';

const message = fc.uint8Array({ minLength: 10, maxLength: 300 });

function decodeAll(
  chunks: readonly Buffer[],
  maxPacketBytes?: number,
): { packets: HsmsPacket[]; errors: unknown[] } {
  const packets: HsmsPacket[] = [];
  const decoder = new FrameDecoder((packet) => packets.push(packet), maxPacketBytes);
  const errors = chunks.map((chunk) => decoder.push(chunk)).filter((error) => error !== undefined);
  return { packets, errors };
}

function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  let offset = 0;
  for (let i = 0; offset < bytes.length; i++) {
    const size = sizes[i % sizes.length] as number;
    chunks.push(Buffer.from(bytes.subarray(offset, offset + size)));
    offset += size;
  }
  return chunks;
}

const lengthPrefix = (length: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return bytes;
};

describe('FrameDecoder', () => {
  it('gives the same packets for any segmentation of the same bytes (P-1)', () => {
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 }),
        (messages, sizes) => {
          const frames = messages.map((bytes) => encodeFrame(HsmsPacket.parse(bytes)));
          const { packets, errors } = decodeAll(cut(Buffer.concat(frames), sizes));
          expect(errors).toEqual([]);
          expect(packets.map((packet) => encodeFrame(packet).toString('hex'))).toEqual(
            frames.map((frame) => frame.toString('hex')),
          );
        },
      ),
    );
  });

  it.each([1, 2, 3, 4, 5, 99])('leaves the rest of a chunk unread after %d packets', (most) => {
    const frame = encodeFrame(HsmsPacket.selectReq(5));
    for (const tail of [0, 1, 5]) {
      const chunk = Buffer.concat([frame, frame, frame, frame, frame.subarray(0, tail)]);
      const decoder = new FrameDecoder(() => undefined);
      expect(decoder.push(chunk, most)).toBeUndefined();
      const unread = most > 4 ? 0 : chunk.length - most * frame.length;
      expect([decoder.packets, decoder.unread]).toEqual([Math.min(most, 4), unread]);
      expect(decoder.partialBytes).toBe(most > 4 ? tail : 0);
      if (unread > 0) decoder.push(chunk.subarray(-unread));
      expect([decoder.packets, decoder.unread, decoder.partialBytes]).toEqual([4, 0, tail]);
    }
  });

  it('reads one byte at a time, across the prefix (P-1)', () => {
    const frame = encodeFrame(HsmsPacket.selectReq(5));
    const { packets } = decodeAll(cut(Buffer.concat([frame, frame]), [1]));
    expect(packets.map(({ header }) => header.sType)).toEqual([1, 1]);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])(
    'ends the stream at length %i, after the packets before it (P-2)',
    (length) => {
      const frame = encodeFrame(HsmsPacket.linktestReq(1));
      const bytes = Buffer.concat([frame, lengthPrefix(length), Buffer.alloc(20), frame]);
      for (const sizes of [[bytes.length], [1], [frame.length + 2]]) {
        const { packets, errors } = decodeAll(cut(bytes, sizes));
        expect(packets).toHaveLength(1);
        expect(errors).toMatchObject([{ code: 'HSMS_FRAME_TOO_SHORT', length, limit: 10 }]);
      }
    },
  );

  it.each([
    ['one above the default cap', DEFAULT_MAX_PACKET_BYTES + 1, undefined],
    ['the largest length there is', 0xffffffff, undefined],
    ['one above a cap of its own', 101, 100],
  ])('ends the stream at %s (P-2)', (_name, length, cap) => {
    const limit = cap ?? DEFAULT_MAX_PACKET_BYTES;
    for (const sizes of [[4], [1]]) {
      const { packets, errors } = decodeAll(cut(lengthPrefix(length), sizes), cap);
      expect(packets).toEqual([]);
      expect(errors).toMatchObject([{ code: 'HSMS_FRAME_TOO_LONG', length, limit }]);
    }
  });

  it('takes 16 MiB and a header unless told otherwise (P-2)', () => {
    expect(DEFAULT_MAX_PACKET_BYTES).toBe(16_777_226);
  });

  it('takes a message as long as the cap', () => {
    const frame = encodeFrame(
      HsmsPacket.data({ sessionId: 0, stream: 1, function: 1, systemBytes: 1 }, Buffer.alloc(90)),
    );
    expect(decodeAll([frame], 100)).toMatchObject({ errors: [], packets: [{ length: 100 }] });
  });

  it('changes the cap from the next prefix on', () => {
    const packets: HsmsPacket[] = [];
    const decoder = new FrameDecoder((packet) => packets.push(packet), 50);
    decoder.setMaxPacketBytes(60);
    const frame = encodeFrame(
      HsmsPacket.data({ sessionId: 0, stream: 1, function: 1, systemBytes: 1 }, Buffer.alloc(50)),
    );
    expect(decoder.push(frame)).toBeUndefined();
    expect(packets).toHaveLength(1);
  });

  it('holds no more than twice what has come of a partial frame, whatever it claims (P-2)', () => {
    const decoder = new FrameDecoder(() => {}, 0xffffffff);
    const before = process.memoryUsage().arrayBuffers;
    decoder.push(lengthPrefix(0xfffffff0));
    for (let i = 0; i < 64; i++) decoder.push(Buffer.alloc(1024));
    const held = process.memoryUsage().arrayBuffers - before;
    expect(decoder.partialBytes).toBe(4 + 64 * 1024);
    // What was pushed counts too until it is collected.
    expect(held).toBeLessThan(1024 * 1024);
  });

  it('tells how much of a frame it holds', () => {
    const decoder = new FrameDecoder(() => {});
    const frame = encodeFrame(HsmsPacket.selectReq(5));
    const held = [...frame].map((byte) => {
      decoder.push(Buffer.from([byte]));
      return decoder.partialBytes;
    });
    expect(held).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 0]);
    expect(decoder.packets).toBe(1);
  });

  it('delivers nothing after stop, also from within a packet', () => {
    const packets: HsmsPacket[] = [];
    const decoder = new FrameDecoder((packet) => {
      packets.push(packet);
      decoder.stop();
    });
    const frame = encodeFrame(HsmsPacket.selectReq(5));
    decoder.push(Buffer.concat([frame, frame, frame.subarray(0, 6)]));
    decoder.push(frame);
    expect(packets).toHaveLength(1);
    expect(decoder.partialBytes).toBe(0);
  });

  it.each([10, 100, 1000, 5000, 30_000])(
    'a kept packet of %i body bytes pins 8 KiB or twice its size',
    (bodyBytes) => {
      const frame = encodeFrame(
        HsmsPacket.data({ sessionId: 0, stream: 1, function: 1, systemBytes: 1 }, Buffer.alloc(bodyBytes, 1)),
      );
      const count = Math.ceil(200_000 / frame.length);
      const many = Buffer.concat(Array.from({ length: count }, () => frame));
      for (const sizes of [[65_536], [7000], [many.length]]) {
        const { packets } = decodeAll(cut(many, sizes));
        expect(packets).toHaveLength(count);
        const body = Buffer.alloc(bodyBytes, 1);
        expect(packets.filter((packet) => !packet.body.equals(body))).toEqual([]);
        const pinned = Math.max(...packets.map((packet) => packet.body.buffer.byteLength));
        expect(pinned).toBeLessThanOrEqual(Math.max(8192, 2 * frame.length));
      }
    },
  );

  it('copies each byte of a large frame twice at the most', () => {
    const frame = encodeFrame(
      HsmsPacket.data(
        { sessionId: 0, stream: 1, function: 1, systemBytes: 1 },
        Buffer.alloc(4 * 1024 * 1024),
      ),
    );
    let copied = 0;
    const copy = jest.spyOn(Buffer.prototype, 'copy') as unknown as jest.SpyInstance<number, number[]>;
    copy.mockImplementation(function (this: Buffer, ...args: unknown[]) {
      const [target, at, from = 0, to = this.length] = args as [Buffer, number, number?, number?];
      copied += to - from;
      target.set(this.subarray(from, to), at);
      return to - from;
    });
    try {
      const packets: HsmsPacket[] = [];
      const decoder = new FrameDecoder((packet) => packets.push(packet));
      for (let at = 0; at < frame.length; at += 65_536) decoder.push(frame.subarray(at, at + 65_536));
      expect(packets).toHaveLength(1);
    } finally {
      copy.mockRestore();
    }
    expect(copied).toBeLessThanOrEqual(2 * frame.length + 65_536);
  });

  it('survives any bytes at all', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 64 })), (chunks) => {
        const { errors } = decodeAll(
          chunks.map((chunk) => Buffer.from(chunk)),
          1000,
        );
        expect(errors.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
