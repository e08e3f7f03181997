import { WriteGroup } from '../../../src/hsms/link/write-group.js';
import { Batch } from '../../../src/hsms/link/batch.js';
import { freshMemory } from '../../../src/hsms/link/frame-memory.js';
import { encodeFrame } from '../../../src/hsms/wire/frame-encoder.js';
import { HsmsPacket } from '../../../src/hsms/wire/packet.js';

const packet = (systemBytes: number, body = 3): HsmsPacket =>
  HsmsPacket.data({ sessionId: 1, stream: 1, function: 1, systemBytes }, Buffer.alloc(body, systemBytes));
const bytesOf = (packets: HsmsPacket[]): Buffer => Buffer.concat(packets.map((one) => encodeFrame(one)));

describe('Batch', () => {
  it('lays the frames of groups that follow one another side by side in one buffer', () => {
    const [a, b, c] = [packet(1), packet(2), packet(3)];
    const batch = new Batch();
    batch.begin(freshMemory);
    const both = new WriteGroup(a, 17);
    both.packets.push(b);
    both.bytes = 34;
    batch.addFrames(both);
    batch.addFrames(new WriteGroup(c, 17));
    expect(batch.bytes).toBe(51);
    batch.end();
    batch.end();
    expect(batch.buffers).toEqual([bytesOf([a, b, c])]);
  });

  it('keeps the order around what is not copied', () => {
    const [small, large, last] = [packet(1), packet(2, 100), packet(3)];
    const batch = new Batch();
    batch.begin(freshMemory);
    batch.addFrames(new WriteGroup(small, 17));
    batch.addHead(large);
    batch.addSlice(large.body);
    batch.addFrames(new WriteGroup(last, 17));
    batch.end();
    expect(batch.buffers).toHaveLength(4);
    expect(batch.buffers[2]).toBe(large.body);
    expect(Buffer.concat(batch.buffers)).toEqual(bytesOf([small, large, last]));
    expect(batch.bytes).toBe(17 + 14 + 100 + 17);
  });
});
