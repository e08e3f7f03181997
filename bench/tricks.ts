// Measures the small tricks that docs/decisions.md lists, each alone against the plain code:
//   npx ts-node -T bench/tricks.ts
// Both take turns in many short rounds, and the figure is that of the fastest twentieth: what else the machine does falls out of it.
import { sharedMemory } from '../src/hsms/link/frame-memory.js';
import { Lane } from '../src/hsms/link/lane.js';
import { HsmsPacket } from '../src/hsms/wire/packet.js';
import { FormatCode } from '../src/secs2/formats.js';
import { WritableBytes } from '../src/secs2/codec/writable-bytes.js';
import { doubleAt, readNumbers, writeNumbers } from '../src/secs2/items/numbers.js';
import { storeNumbers } from '../src/secs2/items/store-numbers.js';
import { percentile, table } from './support/statistics.js';

const ROUNDS = 4000;
const CALLS = 200;

/** What is made goes here, so that the engine cannot leave the making out. */
let kept: unknown;

/** Nanoseconds that one round's call takes. */
function round(call: (n: number) => unknown): number {
  const began = process.hrtime.bigint();
  for (let n = 0; n < CALLS; n++) kept = call(n);
  return Number(process.hrtime.bigint() - began) / CALLS;
}

/** The fastest twentieth of both, in nanoseconds a call. */
function compare(calls: readonly [with_: (n: number) => unknown, without: (n: number) => unknown]): number[] {
  const times = calls.map(() => new Float64Array(ROUNDS));
  for (let r = 0; r < ROUNDS * 1.25; r++) {
    for (let turn = 0; turn < 2; turn++) {
      const which = (r + turn) % 2;
      const call = calls[which];
      const took = call === undefined ? 0 : round(call);
      // The first fifth warms up.
      if (r >= ROUNDS / 4) (times[which] as Float64Array)[r - ROUNDS / 4] = took;
    }
  }
  return times.map((all) => percentile(all.sort(), 0.05));
}

const input = Buffer.from(Array.from({ length: 1024 }, (_, n) => (n * 37) & 0x3f));
const out = Buffer.alloc(1024);
const writable = new WritableBytes(out);

/** Values as a block that is copied, and its bytes swapped. */
function readByBlock(start: number, length: number): Uint32Array {
  const values = new Uint32Array(length / 4);
  const view = Buffer.from(values.buffer, values.byteOffset, length);
  input.copy(view, 0, start, start + length);
  view.swap32();
  return values;
}

function writeByBlock(values: Uint32Array): Buffer {
  out.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), 0);
  return out.subarray(0, values.byteLength).swap32();
}

const few = Uint32Array.of(1, 2, 3, 4);
const four = [1, 2, 3, 4];
const thousand = Array.from({ length: 1000 }, (_, n) => n);
const small = HsmsPacket.linktestReq(1);

function takenFromShared(bytes: number): Buffer {
  const slab = sharedMemory.roomFor(bytes);
  slab.begin();
  const memory = slab.take(bytes);
  slab.end();
  return memory;
}

/** 32 packets put in and taken out again, one by one or side by side. */
function throughLane(add: (lane: Lane) => unknown): unknown {
  const lane = new Lane();
  for (let i = 0; i < 32; i++) add(lane);
  let last: unknown;
  for (let group = lane.take(); group !== undefined; group = lane.take()) {
    group.slab?.end();
    last = group;
  }
  return last;
}

const rows: readonly (readonly [string, number, (n: number) => unknown, (n: number) => unknown])[] = [
  [
    '4 U4 read in a loop; by block and swap',
    1,
    (n) => readNumbers(FormatCode.U4, input, n, 16),
    (n) => readByBlock(n, 16),
  ],
  [
    '4 U4 written in a loop; by block and swap',
    1,
    () => writeNumbers(FormatCode.U4, few, 16, writable, 0),
    () => writeByBlock(few),
  ],
  [
    'array of 4 U4 filled in a loop; by its constructor',
    1,
    () => storeNumbers(FormatCode.U4, four),
    () => new Uint32Array(four),
  ],
  [
    'array of 1,000 U4 filled in a loop; by its constructor',
    1,
    () => storeNumbers(FormatCode.U4, thousand),
    () => new Uint32Array(thousand),
  ],
  ['a double from its parts; by readDoubleBE', 1, (n) => doubleAt(input, n), (n) => input.readDoubleBE(n)],
  ...[64, 1024, 16_384].map(
    (bytes) =>
      [
        `memory of ${bytes} bytes that serves again; by allocUnsafe`,
        1,
        () => takenFromShared(bytes),
        () => Buffer.allocUnsafe(bytes),
      ] as const,
  ),
  [
    'a packet put in and taken out in a group that is shared; in its own',
    32,
    () => throughLane((lane) => lane.add(small, 14, sharedMemory)),
    () => throughLane((lane) => lane.addAlone(small, 14, sharedMemory)),
  ],
];

console.log(
  table(
    ['what', 'with it, ns', 'without it, ns'],
    rows.map(([name, each, with_, without]) => {
      const times = compare([with_, without]).map((time) => (time / each).toPrecision(3));
      return [name, ...times];
    }),
  ),
);
if (kept === null) console.log('nothing was measured');
