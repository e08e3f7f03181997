// What building and reading messages by their definitions costs, beside items by hand. `npm run bench:e5`.
import { reportLayout, S1F3, S1F4, S6F11 } from '../../src/e5/index.js';
import {
  A,
  BOOLEAN,
  F8,
  I4,
  L,
  receivedMessage,
  S,
  U1,
  U4,
  type Item,
  type SecsMessage,
} from '../../src/secs2/index.js';
import { WritableBytes } from '../../src/secs2/codec/writable-bytes.js';
import { HandWrittenReader, readItems, valueOf } from './by-hand.js';
import { showLoading } from './load.js';

const ROUNDS = 15;

/** What is kept of each result, so that nothing is left out as unused. */
let seen = 0;

/** Nanoseconds of each, the median of rounds that alternate. */
function measure(runs: Readonly<Record<string, () => unknown>>, times: number): Record<string, number> {
  const names = Object.keys(runs);
  const found: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -2; round < ROUNDS; round++) {
    for (const name of names) {
      const run = runs[name] as () => unknown;
      const start = process.hrtime.bigint();
      for (let i = 0; i < times; i++) if (run() !== undefined) seen++;
      if (round >= 0) found[name]?.push(Number(process.hrtime.bigint() - start) / times);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(found[name] ?? [])]));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

function show(title: string, runs: Readonly<Record<string, () => unknown>>, times: number): void {
  const found = measure(runs, times);
  const [first = NaN] = Object.values(found);
  console.log(title);
  for (const [name, ns] of Object.entries(found)) {
    console.log(`  ${name.padEnd(36)} ${ns.toFixed(0).padStart(8)} ns  ${(ns / first).toFixed(2)}x`);
  }
}

const row = (lot: string): Item[] => [
  ...[F8(21.5), F8(1.25), A('IDLE'), U4(17), U4(4711), A(lot), I4(-4), BOOLEAN(true), U1(3)],
  ...[F8(3.5), A('RECIPE-77'), U4(1), F8(0.125), A('CHAMBER-2')],
];
const given = {
  dataId: 1,
  ceid: 1001,
  reports: [
    { rptid: 7, vs: row('LOT-4711-A') },
    { rptid: 8, vs: row('LOT-4711-B') },
  ],
};
const out = new WritableBytes(Buffer.alloc(64 * 1024));
/** As a frame is written: the body straight to its place. */
const framed = (message: SecsMessage): number => {
  message.writeBody(out, 14);
  return message.bodyBytes;
};

const body = Buffer.from(S6F11.build(given).body);
const plain = S6F11.read(S6F11.build(given));
const reader = new HandWrittenReader();
show(
  `S6F11 of ${body.length} bytes, read into a plain object`,
  {
    'S6F11.read': () => S6F11.read(receivedMessage(6, 11, true, body)),
    'items, taken apart by hand': () => readItems(receivedMessage(6, 11, true, body)),
    'a reader written for it': () => reader.read(receivedMessage(6, 11, true, body).body),
  },
  20_000,
);

const formats = given.reports.map(({ rptid, vs }) => ({ rptid, formats: vs.map(({ format }) => format) }));
const layout = reportLayout(1001, formats);
const values = plain.reports.map(({ vs }) => vs);
const makers: Readonly<Record<string, (value: never) => Item>> = { A, BOOLEAN, I4, U1, U4, F8 };
const itemOf = (value: unknown, like: Item): Item => (makers[like.format] as (value: unknown) => Item)(value);
show(
  'the same, built of plain values and written into a frame',
  {
    'reportLayout(…).build': () => framed(layout.build(1, values)),
    'S6F11.build': () => framed(S6F11.build(plain)),
    'S6F11.build of items made by hand': () => {
      const reports = given.reports.map(({ rptid, vs }, r) => ({
        rptid,
        vs: vs.map((like, i) => itemOf(values[r]?.[i], like)),
      }));
      return framed(S6F11.build({ dataId: 1, ceid: 1001, reports }));
    },
    'items made by hand': () => {
      const reports = given.reports.map(({ rptid, vs }, r) =>
        L(U4(rptid), L(vs.map((like, i) => itemOf(values[r]?.[i], like)))),
      );
      return framed(S(6, 11).w(L(U4(1), U4(1001), L(reports))));
    },
  },
  20_000,
);

const svids = Array.from({ length: 1000 }, (_, i) => 1000 + i);
const svs = svids.map((id) => id * 1.5 + 0.25);
const asked = Buffer.from(S1F3.build(svids).body);
const answered = Buffer.from(S1F4.build(svs).body);
show(
  'S1F3 of 1,000 SVIDs, read',
  {
    'S1F3.read': () => S1F3.read(receivedMessage(1, 3, true, asked)),
    'items, taken apart by hand': () =>
      receivedMessage(1, 3, true, asked).item?.list.map((item) => item.number),
  },
  500,
);
show(
  'S1F4 of 1,000 SVs, read',
  {
    'S1F4.read': () => S1F4.read(receivedMessage(1, 4, false, answered)),
    'items, taken apart by hand': () => receivedMessage(1, 4, false, answered).item?.list.map(valueOf),
  },
  500,
);
show(
  'S1F3 of 1,000 SVIDs, built and written into a frame',
  {
    'S1F3.build': () => framed(S1F3.build(svids)),
    'items made by hand': () => framed(S(1, 3).w(L(svids.map((id) => U4(id))))),
  },
  500,
);
show(
  'S1F4 of 1,000 SVs, built and written into a frame',
  {
    'S1F4.build': () => framed(S1F4.build(svs)),
    'items made by hand': () => framed(S(1, 4, L(svs.map((value) => F8(value))))),
  },
  500,
);
showLoading();
console.log(`Node ${process.version}; ${seen} results`);
