import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HsmsActiveConnection, HsmsPassiveConnection, HsmsSession } from '../../../../src';
import { GemEquipment, GemHost, openFileStore } from '../../../../src/gem';
import { etcherModel } from '../bed';

const PIECE = 2 ** 20;

/** What a transfer there and back came to. */
export interface Transfer {
  readonly bytes: number;
  /** Seconds of each way. */
  readonly down: number;
  readonly up: number;
  /** The links that were cut in the middle. */
  readonly cuts: number;
  /** Most memory of JavaScript, heap and buffers, in bytes: of both sides, with what was there before. */
  readonly peak: number;
  /** That memory before. */
  readonly before: number;
  /** What came back is what was sent. */
  readonly same: boolean;
}

/**
 * Sends a recipe of that many bytes to an equipment of ours, and fetches it again, over real sockets, with the link cut in the middle of
 * each way.
 */
export async function transfer(bytes: number): Promise<Transfer> {
  const folder = mkdtempSync(join(tmpdir(), 'rxsecs-large-'));
  const store = await openFileStore(join(folder, 'store'));
  const passive = new HsmsPassiveConnection('', 0, 0, undefined, { bindAddress: '127.0.0.1' });
  const equipment = new GemEquipment(
    new HsmsSession(passive, { entity: 'equipment', t3: 120 }),
    etcherModel,
    {
      store,
      onError: (error) => console.error(error),
    },
  );
  equipment.start();
  await passive.enable();
  const line = await cutter(passive.boundAddress?.port ?? 0);
  const active = new HsmsActiveConnection('127.0.0.1', line.port, 0, undefined, {
    t5: 0.2,
  });
  const session = new HsmsSession(active, { t3: 120 });
  const host = new GemHost(session, { profile: etcherModel });
  await active.enable();
  host.start();
  await host.ready();

  globalThis.gc?.();
  const used = (): number => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = used();
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, used())), 20);
  let cuts = 0;
  const cutAt = (done: number, at: { next: number }): void => {
    if (done < at.next) return;
    at.next = Infinity;
    cuts++;
    line.cut();
  };
  try {
    const sent = createHash('sha256');
    const block = randomBytes(PIECE);
    const source = function* (): Generator<Uint8Array> {
      for (let left = bytes, n = 0; left > 0; left -= PIECE, n++) {
        block.writeUInt32LE(n);
        const piece = Buffer.from(block.subarray(0, Math.min(left, PIECE)));
        sent.update(piece);
        yield piece;
      }
    };
    let began = performance.now();
    const down = { next: bytes / 2 };
    const result = await host.recipes.downloadStream('BIG', source(), {
      onProgress: (done) => cutAt(done, down),
    });
    if (!result.ok) throw new Error(`the tool refused it: ${result.text}`);
    // The tool stores it when it has all of it.
    while (equipment.programs.list().find(({ id }) => id === 'BIG')?.length !== bytes)
      await new Promise((resolve) => setTimeout(resolve, 20));
    const downSeconds = (performance.now() - began) / 1000;

    await host.ready();
    began = performance.now();
    const received = createHash('sha256');
    const up = { next: bytes / 2 };
    for (let from = 0; from < bytes;) {
      try {
        for await (const piece of host.recipes.uploadStream('BIG', { from })) {
          received.update(piece);
          from += piece.length;
          cutAt(from, up);
        }
      } catch (error) {
        if (cuts < 2) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
        await host.ready();
      }
    }
    const upSeconds = (performance.now() - began) / 1000;
    const same = sent.digest('hex') === received.digest('hex');
    return { bytes, down: downSeconds, up: upSeconds, cuts, peak, before, same };
  } finally {
    clearInterval(watch);
    host.stop();
    equipment.stop();
    await Promise.all([active.dispose(), passive.dispose()]);
    line.close();
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

/** A line to a port that can be cut: both ends see a reset, and may connect again. */
async function cutter(to: number): Promise<{ readonly port: number; cut(): void; close(): void }> {
  const ends = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(one);
      one.pipe(other);
      one.on('error', () => undefined);
      one.on('close', () => {
        ends.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => ends.forEach((end) => end.resetAndDestroy());
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    close() {
      cut();
      server.close();
    },
  };
}
