import { FrameMemory, freshMemory } from '../../../src/hsms/link/frame-memory.js';
import { WriteQueue } from '../../../src/hsms/link/write-queue.js';
import { encodeFrame } from '../../../src/hsms/wire/frame-encoder.js';
import { HsmsPacket } from '../../../src/hsms/wire/packet.js';

const CAP = 1 << 24;
const data = (systemBytes: number, bodyBytes = 20): HsmsPacket =>
  HsmsPacket.data(
    { sessionId: 0, stream: 1, function: 1, systemBytes },
    Buffer.alloc(bodyBytes, systemBytes),
  );
const joined = (packets: readonly HsmsPacket[]): Buffer => Buffer.concat(packets.map(encodeFrame));

/** What goes to the socket next, as it is at that moment. */
function next(queue: WriteQueue): Buffer {
  return Buffer.concat(queue.nextBatch()?.buffers ?? []);
}

describe('memory of frames', () => {
  it('serves again once everything in it has left', () => {
    const memory = new FrameMemory(100, true);
    const slab = memory.roomFor(60);
    slab.begin();
    slab.used += 60;
    slab.begin();
    slab.used += 40;
    slab.end();
    expect(slab.used).toBe(100);
    slab.end();
    expect([slab.used, memory.roomFor(100)]).toEqual([0, slab]);
  });

  it.each<[string, FrameMemory]>([
    ['that serves once', new FrameMemory(100, false)],
    ['that a closed socket may still read', new FrameMemory(100, true)],
  ])('%s is never written over', (_name, memory) => {
    const slab = memory.roomFor(100);
    slab.begin();
    slab.used += 100;
    slab.retire();
    slab.end();
    expect(slab.used).toBe(100);
    expect(memory.roomFor(1)).not.toBe(slab);
  });

  it('gives a frame that is longer than a slab memory of its own, and keeps the slab for the next', () => {
    const memory = freshMemory();
    const slab = memory.roomFor(10);
    const own = memory.roomFor(10_000);
    expect([own.bytes.length, memory.roomFor(10)]).toEqual([10_000, slab]);
  });

  it('is shared by connections, whose frames do not get into each other', () => {
    const memory = new FrameMemory(4096, true);
    const queues = [new WriteQueue(memory), new WriteQueue(memory), new WriteQueue(memory)];
    for (let round = 0; round < 50; round++) {
      const sent = queues.map((): HsmsPacket[] => []);
      for (let i = 0; i < 30; i++) {
        const which = (i * 7 + round) % 3;
        const packet = data(100 * round + i, (i * 13) % 90);
        sent[which]?.push(packet);
        queues[which]?.push(packet, CAP);
      }
      queues.forEach((queue, which) => expect(next(queue)).toEqual(joined(sent[which] ?? [])));
      for (const queue of queues) queue.batchSent(0);
    }
    expect(memory.roomFor(1).used).toBe(0);
  });

  it('of what waits behind a socket that takes nothing is not the memory of all', () => {
    const memory = new FrameMemory(1000, true);
    const stuck = new WriteQueue(memory);
    const other = new WriteQueue(memory);
    stuck.push(data(1), CAP);
    const atSocket = stuck.nextBatch()?.buffers[0];
    const waiting = Array.from({ length: 100 }, (_, i) => data(10 + i));
    for (const packet of waiting) {
      stuck.push(packet, CAP);
      other.push(data(5), CAP);
      expect(next(other)).toEqual(encodeFrame(data(5)));
      other.batchSent(0);
    }
    // What the socket holds has not been written over.
    expect(atSocket).toEqual(encodeFrame(data(1)));
    stuck.batchSent(0);
    const rest: Buffer[] = [];
    for (let bytes = next(stuck); bytes.length > 0; bytes = next(stuck)) {
      rest.push(bytes);
      stuck.batchSent(0);
    }
    expect(Buffer.concat(rest)).toEqual(joined(waiting));
  });

  it('is free again after a connection has failed, but for what its socket may still read', async () => {
    const memory = new FrameMemory(1000, true);
    const failing = new WriteQueue(memory);
    const gone = failing.push(data(1), CAP).promise;
    expect(failing.fail(new Error('gone'))).toBe(1);
    await expect(gone).rejects.toThrow('gone');
    expect(memory.roomFor(1).used).toBe(0);
    const queue = new WriteQueue(memory);
    void queue.push(data(2), CAP);
    const atSocket = queue.nextBatch()?.buffers[0];
    queue.fail(new Error('gone'));
    void failing.push(data(3), CAP);
    expect(atSocket).toEqual(encodeFrame(data(2)));
  });

  it('of a packet that was given up is free when its turn has come', () => {
    const memory = new FrameMemory(1000, true);
    const queue = new WriteQueue(memory);
    const abort = new AbortController();
    void queue.push(data(1), CAP);
    queue.push(data(2), CAP, abort.signal).promise.catch(() => {});
    void queue.push(data(3), CAP);
    abort.abort();
    expect(next(queue)).toEqual(joined([data(1), data(3)]));
    queue.batchSent(0);
    expect(memory.roomFor(1).used).toBe(0);
  });
});
