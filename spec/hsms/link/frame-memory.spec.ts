import fc from 'fast-check';
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

type Step =
  | { readonly do: 'send'; readonly queue: number; readonly bytes: number }
  | { readonly do: 'giveUp'; readonly queue: number; readonly bytes: number }
  | { readonly do: 'begin' | 'taken' | 'fail'; readonly queue: number };

const queueNumber = fc.nat(3);
const bodyBytes = fc.oneof(
  { weight: 6, arbitrary: fc.nat(60) },
  { weight: 2, arbitrary: fc.nat(900) },
  { weight: 1, arbitrary: fc.integer({ min: 15_000, max: 40_000 }) },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('send' as const), queue: queueNumber, bytes: bodyBytes }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('giveUp' as const), queue: queueNumber, bytes: bodyBytes }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('begin' as const), queue: queueNumber }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('taken' as const), queue: queueNumber }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const), queue: queueNumber }) },
);

/** A connection on shared memory. What its socket was given is read when it has been taken, the latest moment at which it may be. */
class Wire {
  queue: WriteQueue;
  #atSocket: readonly Uint8Array[] = [];
  #taken: Buffer[] = [];
  #sent: HsmsPacket[] = [];

  constructor(readonly memory: FrameMemory) {
    this.queue = new WriteQueue(memory);
  }

  send(packet: HsmsPacket): void {
    this.#sent.push(packet);
    void this.queue.push(packet, CAP);
  }

  giveUp(packet: HsmsPacket): void {
    const abort = new AbortController();
    this.queue.push(packet, CAP, abort.signal).promise.catch(() => {});
    abort.abort();
  }

  begin(): void {
    this.#atSocket = this.queue.nextBatch()?.buffers ?? this.#atSocket;
  }

  taken(): void {
    if (this.#atSocket.length === 0) return;
    this.#taken.push(...this.#atSocket.map((bytes) => Buffer.from(bytes)));
    this.#atSocket = [];
    this.queue.batchSent(0);
  }

  fail(): void {
    this.queue.fail(new Error('gone'));
    this.queue = new WriteQueue(this.memory);
    this.#atSocket = [];
    this.#taken = [];
    this.#sent = [];
  }

  check(): void {
    for (let round = 0; !this.queue.idle; round++) {
      this.begin();
      this.taken();
    }
    expect(Buffer.concat(this.#taken).equals(joined(this.#sent))).toBe(true);
  }
}

describe('connections that share the memory of their frames', () => {
  it('send what they were given, whatever the others do meanwhile', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (steps) => {
        const memory = new FrameMemory(4096, true);
        const wires = Array.from({ length: 4 }, () => new Wire(memory));
        steps.forEach((one, n) => {
          const wire = wires[one.queue] as Wire;
          if (one.do === 'send') wire.send(data(n, one.bytes));
          else if (one.do === 'giveUp') wire.giveUp(data(n, one.bytes));
          else wire[one.do]();
        });
        for (const wire of wires) wire.check();
      }),
      { numRuns: 300 },
    );
  });
});
