import type { HsmsPacket } from '../src/index.js';
import { allocated, retained, type Allocation } from './support/allocation.js';
import { CopyCounter } from './support/copies.js';
import { library } from './support/library.js';
import { median, print, printRounds, table } from './support/statistics.js';
import { OVERHEAD } from './support/traffic.js';

const { encodeFrame, FrameDecoder, HsmsPacket: Packet } = library;

const ROUNDS = 9;
const MEASURE_MILLISECONDS = 200;
const CHUNK_BYTES = 64 * 1024;
const SMALL = [24, 260] as const;
const LARGE = 16 * 1024 * 1024 + OVERHEAD;

/** What a subscriber would look at, kept so that no work can be optimised away. */
let sink = 0;

function packetOf(frameBytes: number): HsmsPacket {
  const body = Buffer.alloc(frameBytes - OVERHEAD, 0x5a);
  return Packet.data({ sessionId: 1, stream: 1, function: 1, systemBytes: 0x01020304 }, body);
}

/** A whole number of frames as chunks of 64 KiB, so that it can be read again and again; the last may be shorter. */
function chunksOf(frameBytes: number): Buffer[] {
  const frame = encodeFrame(packetOf(frameBytes));
  let frames = 1;
  while (frameBytes < CHUNK_BYTES && (frames * frameBytes) % CHUNK_BYTES !== 0) frames++;
  const stream = Buffer.alloc(frames * frameBytes, frame);
  const chunks: Buffer[] = [];
  for (let at = 0; at < stream.length; at += CHUNK_BYTES) {
    const part = stream.subarray(at, at + CHUNK_BYTES);
    // Each in memory of its own, as the socket hands them over.
    const chunk = Buffer.allocUnsafeSlow(part.length);
    part.copy(chunk);
    chunks.push(chunk);
  }
  return chunks;
}

interface Case {
  readonly frameBytes: number;
  /** Decodes or encodes once; returns how many packets that were. */
  readonly once: () => number;
  readonly copied: () => number;
  readonly allocation: () => Allocation;
  readonly retention: () => Allocation;
  readonly title: string;
  readonly rounds: number[];
}

function decodeCase(frameBytes: number): Case {
  const chunks = chunksOf(frameBytes);
  const decoder = new FrameDecoder((packet) => (sink += packet.header.systemBytes + packet.body.length));
  const once = (): number => {
    const before = decoder.packets;
    for (const chunk of chunks) decoder.push(chunk);
    return decoder.packets - before;
  };
  return {
    title: 'FrameDecoder',
    frameBytes,
    once,
    copied: () => copiedByDecoder(chunks),
    allocation: () => allocatedByDecoder(chunks, frameBytes),
    retention: () => retained(() => keepAll(chunks)),
    rounds: [],
  };
}

function allocatedByDecoder(chunks: readonly Buffer[], frameBytes: number): Allocation {
  const decoder = new FrameDecoder((packet) => (sink += packet.header.systemBytes));
  // One chunk of small frames, so that the young generation does not fill and nothing is collected.
  const some = frameBytes < CHUNK_BYTES ? chunks.slice(0, 1) : chunks;
  const bytes = some.reduce((sum, chunk) => sum + chunk.length, 0);
  return allocated(bytes / frameBytes, () => some.forEach((chunk) => decoder.push(chunk)));
}

function keepAll(chunks: readonly Buffer[]): HsmsPacket[] {
  const kept: HsmsPacket[] = [];
  const decoder = new FrameDecoder((packet) => kept.push(packet));
  for (const chunk of chunks) decoder.push(chunk);
  return kept;
}

function copiedByDecoder(chunks: readonly Buffer[]): number {
  const counter = new CopyCounter();
  let current: Buffer = Buffer.alloc(0);
  const decoder = new FrameDecoder((packet) => counter.packet(packet, current));
  counter.count(() => {
    for (const chunk of chunks) {
      current = chunk;
      decoder.push(chunk);
    }
  });
  return counter.bytes / decoder.packets;
}

function encodeCase(frameBytes: number): Case {
  const packet = packetOf(frameBytes);
  const batch = frameBytes < CHUNK_BYTES ? 1000 : 1;
  const once = (): number => {
    for (let i = 0; i < batch; i++) sink += encodeFrame(packet).length;
    return batch;
  };
  return {
    title: 'encodeFrame',
    frameBytes,
    once,
    copied: () => {
      const counter = new CopyCounter();
      counter.count(once);
      return counter.bytes / batch;
    },
    allocation: () => allocated(batch, once),
    retention: () => retained(() => Array.from({ length: batch }, () => encodeFrame(packet))),
    rounds: [],
  };
}

/** Packets each second. */
function measure({ once }: Case): number {
  const begin = performance.now();
  let packets = 0;
  let now = begin;
  for (; now - begin < MEASURE_MILLISECONDS; now = performance.now()) packets += once();
  return (packets * 1000) / (now - begin);
}

function row({ title, frameBytes, rounds, copied, allocation, retention }: Case): string[] {
  const { heap, buffers } = allocation();
  const kept = retention();
  return [
    title,
    frameBytes === LARGE ? '16 MiB + 14' : String(frameBytes),
    printRounds(rounds),
    print((median(rounds) * frameBytes) / 2 ** 20),
    print(copied()),
    `${print(heap)} + ${print(buffers)}`,
    `${print(kept.heap)} + ${print(kept.buffers)}`,
  ];
}

function main(): void {
  const cases = [decodeCase, encodeCase].flatMap((make) => [...SMALL, LARGE].map(make));
  cases.forEach(measure);
  for (let round = 0; round < ROUNDS; round++) for (const one of cases) one.rounds.push(measure(one));
  console.log(
    `${ROUNDS} rounds. Copied: bytes through Buffer.copy and TypedArray.set, and bodies moved by a loop; the 14 bytes ` +
      'of prefix and header are read or written as numbers and not counted. Allocated and retained: heapUsed + ' +
      'arrayBuffers for each packet, without a garbage collection in between, and after one with every packet kept.\n',
  );
  const head = ['', 'frame (B)', 'packets/s: median [least – greatest]', 'MiB/s', 'copied (B)'];
  console.log(table([...head, 'allocated (B)', 'retained (B)'], cases.map(row)));
  if (sink === 0) throw new Error('nothing was decoded');
}

main();
