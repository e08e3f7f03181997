import fc from 'fast-check';
import { freshMemory } from '../../../src/hsms/link/frame-memory.js';
import { WriteQueue } from '../../../src/hsms/link/write-queue.js';
import { FrameDecoder } from '../../../src/hsms/wire/frame-decoder.js';
import { encodeFrame } from '../../../src/hsms/wire/frame-encoder.js';
import { HsmsPacket } from '../../../src/hsms/wire/packet.js';
import { A, B, L, S } from '../../../src/secs2/index.js';

const MANY = 1 << 30;
const data = (systemBytes: number, bodyBytes = 0): HsmsPacket =>
  HsmsPacket.data(
    { sessionId: 0, stream: 1, function: 1, systemBytes },
    Buffer.alloc(bodyBytes, systemBytes),
  );

/** Takes every batch; gives the packets they hold and the largest batch. */
function drain(queue: WriteQueue): { packets: HsmsPacket[]; largest: number } {
  const packets: HsmsPacket[] = [];
  let largest = 0;
  const decoder = new FrameDecoder((packet) => packets.push(packet));
  for (let batch = queue.nextBatch(); batch !== undefined; batch = queue.nextBatch()) {
    largest = Math.max(largest, batch.bytes);
    expect(batch.buffers.reduce((sum, { length }) => sum + length, 0)).toBe(batch.bytes);
    for (const buffer of batch.buffers) decoder.push(Buffer.from(buffer));
    queue.batchSent(0);
  }
  expect(decoder.partialBytes).toBe(0);
  return { packets, largest };
}

const order = (packets: readonly HsmsPacket[]): number[] => packets.map(({ header }) => header.systemBytes);

describe('WriteQueue', () => {
  it('counts the packets that wait, at the socket or half sent as well', () => {
    const queue = new WriteQueue();
    const abort = new AbortController();
    void queue.push(data(1), MANY);
    void queue.push(data(2), MANY);
    void queue.push(HsmsPacket.linktestReq(3), MANY);
    queue.push(data(4), MANY, abort.signal).promise.catch(() => {});
    void queue.push(data(5, 600_000), MANY);
    expect(queue.packets).toBe(5);
    abort.abort();
    expect(queue.packets).toBe(4);
    const counts: number[] = [];
    while (queue.nextBatch() !== undefined) {
      counts.push(queue.packets);
      queue.batchSent(0);
      counts.push(queue.packets);
    }
    expect(counts).toEqual([4, 1, 1, 1, 1, 0]);
  });

  it('gives packets of any size in order, in bounded batches', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat(100), fc.nat(20_000), fc.nat(700_000)), { maxLength: 12 }),
        (sizes) => {
          const queue = new WriteQueue();
          const sent = sizes.map((size, index) => data(index, size));
          for (const packet of sent) void queue.push(packet, MANY);
          const { packets, largest } = drain(queue);
          expect(packets.length).toBe(sent.length);
          packets.forEach((packet, index) => expect(packet.equals(sent[index] as HsmsPacket)).toBe(true));
          expect(largest).toBeLessThanOrEqual(256 * 1024 + 16 * 1024);
          expect([queue.idle, queue.bytes]).toEqual([true, 0]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('sends large binary data of an item from where it lies', () => {
    const queue = new WriteQueue();
    const program = B(Buffer.alloc(600_000, 3));
    const packet = HsmsPacket.ofMessage(S(7, 3, L(A('RECIPE-01'), program)), {
      sessionId: 0,
      systemBytes: 1,
    });
    queue.push(packet, MANY);
    const buffers: Uint8Array[] = [];
    for (let batch = queue.nextBatch(); batch !== undefined; batch = queue.nextBatch()) {
      buffers.push(...batch.buffers);
      queue.batchSent(0);
    }
    const lent = buffers.filter(({ buffer }) => buffer === (program.binary as Uint8Array).buffer);
    expect(lent.reduce((sum, { length }) => sum + length, 0)).toBe(600_000);
    expect(Buffer.concat(buffers).equals(encodeFrame(packet))).toBe(true);
  });

  it('joins small frames into one buffer', () => {
    const queue = new WriteQueue(freshMemory());
    for (let i = 0; i < 100; i++) void queue.push(data(i, 10), MANY);
    expect(queue.nextBatch()?.buffers).toHaveLength(1);
  });

  it('has one batch at the socket at a time', () => {
    const queue = new WriteQueue();
    void queue.push(data(1), MANY);
    queue.nextBatch();
    void queue.push(data(2), MANY);
    expect(queue.nextBatch()).toBeUndefined();
    expect(queue.idle).toBe(false);
    queue.batchSent(0);
    expect(queue.nextBatch()).toMatchObject({ bytes: 14 });
  });

  it('lets control messages overtake data, but neither Separate nor Deselect (P-30)', () => {
    const header = HsmsPacket.linktestReq(50).header;
    const queue = new WriteQueue();
    for (const packet of [
      data(1),
      HsmsPacket.selectReq(11),
      HsmsPacket.selectRsp(HsmsPacket.selectReq(12).header, 0),
      HsmsPacket.separateReq(2),
      HsmsPacket.deselectReq(3),
      HsmsPacket.deselectRsp(HsmsPacket.deselectReq(4).header, 0),
      HsmsPacket.linktestReq(10),
      HsmsPacket.linktestRsp(header),
      HsmsPacket.rejectReq(HsmsPacket.selectReq(13).header, 3),
    ]) {
      void queue.push(packet, MANY);
    }
    expect(order(drain(queue).packets)).toEqual([11, 12, 10, 50, 13, 1, 2, 3, 4]);
  });

  it('does not let a Select overtake what ends the session before it', () => {
    const queue = new WriteQueue();
    for (const packet of [
      data(1),
      HsmsPacket.separateReq(2),
      HsmsPacket.selectReq(3),
      HsmsPacket.linktestReq(4),
    ]) {
      void queue.push(packet, MANY);
    }
    expect(order(drain(queue).packets)).toEqual([4, 1, 2, 3]);
    void queue.push(data(5), MANY);
    void queue.push(HsmsPacket.selectReq(6), MANY);
    expect(order(drain(queue).packets)).toEqual([6, 5]);
  });

  it('does not let a control message into the middle of a large frame', () => {
    const queue = new WriteQueue();
    void queue.push(data(1, 600_000), MANY);
    void queue.push(data(2), MANY);
    const chunks = [...(queue.nextBatch()?.buffers ?? [])];
    void queue.push(HsmsPacket.linktestReq(9), MANY);
    queue.batchSent(0);
    for (let batch = queue.nextBatch(); batch !== undefined; batch = queue.nextBatch()) {
      chunks.push(...batch.buffers);
      queue.batchSent(0);
    }
    const packets: HsmsPacket[] = [];
    new FrameDecoder((packet) => packets.push(packet)).push(Buffer.concat(chunks));
    expect(order(packets)).toEqual([1, 9, 2]);
  });

  it('settles each packet when its last byte has gone', async () => {
    const queue = new WriteQueue();
    const settled: string[] = [];
    void queue.push(data(1), MANY).promise.then(() => settled.push('small'));
    void queue.push(data(2, 300_000), MANY).promise.then(() => settled.push('large'));
    queue.nextBatch();
    await Promise.resolve();
    expect(settled).toEqual([]);
    queue.batchSent(0);
    await Promise.resolve();
    expect(settled).toEqual(['small']);
    queue.nextBatch();
    queue.batchSent(0);
    await Promise.resolve();
    expect(settled).toEqual(['small', 'large']);
  });

  it('refuses what passes the cap, names the figures, and takes control messages all the same', async () => {
    const queue = new WriteQueue();
    void queue.push(data(1, 986), 1000);
    await expect(queue.push(data(2), 1000).promise).rejects.toMatchObject({
      code: 'HSMS_QUEUE_FULL',
      message: expect.stringContaining(
        'a packet of 14 bytes was not accepted: 1000 bytes wait already',
      ) as string,
    });
    void queue.push(HsmsPacket.linktestReq(3), 1000);
    expect(order(drain(queue).packets)).toEqual([3, 1]);
  });

  it('counts what a packet takes besides its bytes', async () => {
    const queue = new WriteQueue();
    const cap = 100 * (14 + 512);
    for (let i = 0; i < 100; i++) void queue.push(data(i), cap);
    await expect(queue.push(data(100), cap).promise).rejects.toMatchObject({
      code: 'HSMS_QUEUE_FULL',
      message: expect.stringContaining('100 packets are queued') as string,
    });
    // Room comes back as packets leave.
    expect(drain(queue).packets).toHaveLength(100);
    await expect(Promise.race([queue.push(data(100), cap).promise, Promise.resolve('waits')])).resolves.toBe(
      'waits',
    );
  });

  it('bounds control messages too, which have a MiB above the cap', async () => {
    const queue = new WriteQueue();
    const refused = jest.fn();
    const count = 2 * Math.ceil((1024 * 1024) / (14 + 512));
    for (let i = 0; i < count; i++) queue.push(HsmsPacket.linktestReq(i), 1000).promise.catch(refused);
    await Promise.resolve();
    await Promise.resolve();
    const { length } = drain(queue).packets;
    expect(length).toBeGreaterThan(count / 2 - 2);
    expect(length).toBeLessThan(count / 2 + 4);
    await new Promise(setImmediate);
    expect(refused).toHaveBeenCalledTimes(count - length);
  });

  it('holds a bounded number of packets that were given up', async () => {
    const queue = new WriteQueue();
    const first = queue.push(data(0), 10_000).promise;
    const given: unknown[] = [];
    for (let i = 1; i < 100; i++) {
      const abort = new AbortController();
      queue
        .push(data(i), 10_000, abort.signal)
        .promise.catch((error: { code?: string }) => given.push(error.code));
      abort.abort();
    }
    await new Promise(setImmediate);
    expect(given.filter((code) => code === 'HSMS_QUEUE_FULL').length).toBeGreaterThan(70);
    expect(drain(queue).packets).toHaveLength(1);
    await first;
  });

  it('takes one packet above the cap when nothing waits', () => {
    const queue = new WriteQueue();
    void queue.push(data(1, 5000), 1000);
    expect(order(drain(queue).packets)).toEqual([1]);
  });

  it('gives up an aborted packet that has not begun', async () => {
    const queue = new WriteQueue();
    const abort = new AbortController();
    void queue.push(data(1), MANY);
    const aborted = queue.push(data(2), MANY, abort.signal).promise;
    void queue.push(data(3), MANY);
    abort.abort(new Error('not wanted any more'));
    await expect(aborted).rejects.toThrow('not wanted any more');
    expect(queue.bytes).toBe(28);
    expect(order(drain(queue).packets)).toEqual([1, 3]);
    expect(queue.idle).toBe(true);
  });

  it('sends a packet whose abort comes after its first byte', async () => {
    const queue = new WriteQueue();
    const abort = new AbortController();
    const sent = queue.push(data(1, 600_000), MANY, abort.signal).promise;
    const first = queue.nextBatch()?.bytes ?? 0;
    abort.abort();
    queue.batchSent(0);
    let rest = 0;
    for (let batch = queue.nextBatch(); batch !== undefined; batch = queue.nextBatch()) {
      rest += batch.bytes;
      queue.batchSent(0);
    }
    await expect(sent).resolves.toBeUndefined();
    expect(first + rest).toBe(600_014);
  });

  it('takes nothing with a signal that is aborted already', async () => {
    const queue = new WriteQueue();
    await expect(queue.push(data(1), MANY, AbortSignal.abort('why')).promise).rejects.toBe('why');
    expect(queue.nextBatch()).toBeUndefined();
    expect(queue.idle).toBe(true);
  });

  it('fails what was not handed over whole, and counts it', async () => {
    const queue = new WriteQueue();
    const results: Promise<string>[] = [];
    const push = (packet: HsmsPacket): void =>
      void results.push(
        queue.push(packet, MANY).promise.then(
          () => 'sent',
          (error: Error) => error.message,
        ),
      );
    push(data(0));
    queue.nextBatch();
    queue.batchSent(0);
    push(data(1));
    push(data(2, 600_000));
    push(data(3));
    push(HsmsPacket.linktestReq(4));
    queue.nextBatch();
    expect(queue.fail(new Error('gone'))).toBe(4);
    expect(await Promise.all(results)).toEqual(['sent', 'gone', 'gone', 'gone', 'gone']);
    expect([queue.idle, queue.bytes, queue.nextBatch()]).toEqual([true, 0, undefined]);
  });
});
