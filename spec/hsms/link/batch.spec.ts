import { Batch } from '../../../src/hsms/link/batch.js';
import { freshMemory, type FrameMemory } from '../../../src/hsms/link/frame-memory.js';
import { WriteGroup } from '../../../src/hsms/link/write-group.js';
import { encodeFrame, frameBytes } from '../../../src/hsms/wire/frame-encoder.js';
import { HsmsPacket } from '../../../src/hsms/wire/packet.js';

const packet = (systemBytes: number, body = 3): HsmsPacket =>
  HsmsPacket.data({ sessionId: 1, stream: 1, function: 1, systemBytes }, Buffer.alloc(body, systemBytes));
const bytesOf = (packets: HsmsPacket[]): Buffer => Buffer.concat(packets.map((one) => encodeFrame(one)));
const group = (one: HsmsPacket, memory: FrameMemory): WriteGroup =>
  new WriteGroup(one, frameBytes(one), memory.roomFor(frameBytes(one)));

/** A batch of groups that each lie somewhere else. */
function scattered(packets: readonly HsmsPacket[]): Batch {
  const memory = freshMemory();
  const batch = new Batch();
  batch.begin();
  for (const one of packets) {
    batch.addFrames(group(one, memory));
    group(packet(99), memory);
  }
  batch.end();
  return batch;
}

describe('Batch', () => {
  it('takes the frames of groups that lie side by side as one buffer, without a copy', () => {
    const [a, b, c] = [packet(1), packet(2), packet(3)];
    const memory = freshMemory();
    const slab = memory.roomFor(0);
    const batch = new Batch();
    batch.begin();
    const both = group(a, memory);
    both.add(b, 17, slab);
    batch.addFrames(both);
    batch.addFrames(group(c, memory));
    expect(batch.bytes).toBe(51);
    batch.end();
    batch.end();
    expect(batch.buffers).toEqual([bytesOf([a, b, c])]);
    expect(batch.buffers[0]?.buffer).toBe(slab.bytes.buffer);
  });

  it('joins short runs of frames that lie here and there', () => {
    const packets = [packet(1), packet(2), packet(3)];
    const batch = scattered(packets);
    expect(batch.buffers).toEqual([bytesOf(packets)]);
    expect(batch.bytes).toBe(51);
  });

  it('hands on long runs as they lie', () => {
    const packets = [packet(1, 2000), packet(2, 2000)];
    const batch = scattered(packets);
    expect(batch.buffers).toEqual(packets.map((one) => encodeFrame(one)));
  });

  it('keeps the order around what is not copied', () => {
    const [small, large, last] = [packet(1), packet(2, 100), packet(3)];
    const memory = freshMemory();
    const batch = new Batch();
    batch.begin();
    batch.addFrames(group(small, memory));
    batch.addHead(large);
    batch.addSlice(large.body);
    batch.addFrames(group(last, memory));
    batch.end();
    expect(batch.buffers).toHaveLength(4);
    expect(batch.buffers[2]).toBe(large.body);
    expect(Buffer.concat(batch.buffers)).toEqual(bytesOf([small, large, last]));
    expect(batch.bytes).toBe(17 + 14 + 100 + 17);
  });
});
