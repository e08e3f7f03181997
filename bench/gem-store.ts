// Measures the file store of an equipment, and prints rates and memory:
//   npx ts-node -T bench/gem-store.ts [messages, default 1,000,000]
// Each part has a store of its own in the folder for temporary files; the folder can be chosen with TMPDIR.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryStore, openFileStore, type FileStoreOptions, type GemStore } from '../src/gem/index.js';

/** Two reports of ten values of four bytes, and their ids. */
const BODY = Buffer.alloc(160, 'rxsecs');
/** Messages that are offered before the first of them is awaited. */
const WINDOW = 1000;

const mebibytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MiB`;

async function seconds(work: () => Promise<void>): Promise<number> {
  const began = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - began) / 1e9;
}

function row(name: string, count: number, took: number, note = ''): void {
  const rate = Math.round(count / took).toLocaleString('en');
  console.log(`${name.padEnd(52)} ${rate.padStart(10)} /s  ${took.toFixed(2).padStart(7)} s  ${note}`);
}

async function fill(store: GemStore, count: number): Promise<void> {
  const message = { stream: 6, function: 11, wBit: true, body: BODY, time: 0 };
  for (let n = 0; n < count; n += WINDOW) {
    const some = Math.min(WINDOW, count - n);
    await Promise.all(Array.from({ length: some }, () => store.spool.append(message)));
  }
}

/** As TRANSMIT does it: one message at a time, removed when it was acknowledged. */
async function unload(store: GemStore, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const oldest = await store.spool.peek();
    if (oldest === undefined || !(await store.spool.remove(oldest.id)))
      throw new Error(`message ${n} is missing`);
  }
}

async function withFolder(
  work: (open: (options?: FileStoreOptions) => Promise<GemStore>) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rxsecs-gem-store-'));
  try {
    await work((options = {}) => openFileStore(join(folder, 'store'), options));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function collected(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function policies(count: number): Promise<void> {
  for (const fsync of ['always', { seconds: 1 }, 'never'] as const) {
    await withFolder(async (open) => {
      const store = await open({ fsync });
      const name = typeof fsync === 'object' ? `every ${fsync.seconds} s` : fsync;
      row(`append, fsync ${name}, ${WINDOW} at once`, count, await seconds(() => fill(store, count)));
      row(`unload, fsync ${name}, one at a time`, count, await seconds(() => unload(store, count)));
      await store.close();
    });
  }
  await withFolder(async (open) => {
    const store = await open();
    const few = Math.min(count, 1000);
    row(
      'append, fsync always, one at a time',
      few,
      await seconds(async () => {
        for (let n = 0; n < few; n++) await fill(store, 1);
      }),
    );
    row(
      'state, fsync always, one at a time',
      few,
      await seconds(async () => {
        for (let n = 0; n < few; n++) await store.state.write({ set: { key: n } });
      }),
    );
    await store.close();
  });
  const memory = memoryStore();
  row('append, memory', count, await seconds(() => fill(memory, count)));
  row('unload, memory', count, await seconds(() => unload(memory, count)));
}

async function large(count: number): Promise<void> {
  await withFolder(async (open) => {
    const before = collected();
    let store = await open();
    row(`fill with ${count.toLocaleString('en')}`, count, await seconds(() => fill(store, count)));
    console.log(
      `  memory it holds: ${mebibytes(collected() - before)} for ${mebibytes(store.spool.bytes)} of messages`,
    );
    await store.close();
    const opening = await seconds(async () => {
      store = await open();
    });
    row('open it again, every byte checked', count, opening, `memory ${mebibytes(collected() - before)}`);
    row('unload all of it', count, await seconds(() => unload(store, count)));
    await store.close();
    console.log(`  highest memory of the process: ${mebibytes(process.resourceUsage().maxRSS * 1024)}`);
  });
}

async function bodies(): Promise<void> {
  const size = 256 * 1024 * 1024;
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for (let n = 0; n < 256; n++) yield await Promise.resolve(Buffer.alloc(1024 * 1024, n));
  };
  await withFolder(async (open) => {
    const store = await open();
    const wrote = await seconds(
      async () => void (await store.dataSets.write('log', { format: 'B', body: pieces() })),
    );
    const read = await seconds(async () => {
      let length = 0;
      for await (const piece of store.dataSets.stream('log')) length += piece.length;
      if (length !== size) throw new Error(`${length} bytes were read`);
    });
    console.log(
      `data set of ${mebibytes(size)}: written in ${wrote.toFixed(2)} s, read in ${read.toFixed(2)} s`,
    );
    await store.close();
  });
}

async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? 1_000_000);
  await policies(Math.min(count, 50_000));
  await large(count);
  await bodies();
}

void main();
