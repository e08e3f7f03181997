import { median, print, printRounds, table } from './support/statistics.js';
import type { OneWay, RoundTrips } from './support/traffic.js';
import { Worker } from './support/worker.js';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 7);
/** What the implementations do in turn, so that each meets the same moods of the machine. */
const SLICES = 3;
const MEASURE_MILLISECONDS = 100;
const WARM_UP_MILLISECONDS = 200;

/**
 * - `floor`: node:net alone; a frame is looked at where it lies and forgotten.
 * - `packets`: the same, but of each frame an object with its own body is made, as everybody must who keeps it.
 */
const IMPLEMENTATIONS = ['floor', 'packets', 'rxsecs'] as const;
type Implementation = (typeof IMPLEMENTATIONS)[number];

interface Case {
  readonly title: string;
  readonly question: 'oneWay' | 'roundTrips';
  readonly frameBytes: number;
  /** Packets sent before the sender waits, or requests in flight. */
  readonly window: number;
  /** The least ratio to the floor that is aimed at. */
  readonly target?: number;
}

const CASES: readonly Case[] = [
  ...[24, 260].flatMap((frameBytes) =>
    [1, 64, 1024].map((window): Case => ({
      title: `${frameBytes} B, one way, awaits every ${window === 1 ? '' : `${window}th `}send`,
      question: 'oneWay',
      frameBytes,
      window,
      target: 0.8,
    })),
  ),
  { title: '24 B, round trips, 1 in flight', question: 'roundTrips', frameBytes: 24, window: 1, target: 0.9 },
  { title: '24 B, round trips, 64 in flight', question: 'roundTrips', frameBytes: 24, window: 64 },
];

interface Sample {
  readonly perSecond: number;
  readonly p50: number | undefined;
  readonly p99: number | undefined;
}

type Samples = Record<Implementation, Sample[]>;

interface Pair {
  readonly implementation: Implementation;
  readonly sender: Worker;
  readonly receiver: Worker;
}

async function start(implementation: Implementation): Promise<Pair> {
  const file = implementation === 'rxsecs' ? 'loopback-rxsecs' : 'loopback-floor';
  const receiver = new Worker(file);
  const sender = new Worker(file);
  const port = await receiver.ask<number>('listen', implementation === 'packets' ? 1 : 0);
  await sender.ask('connect', port);
  return { implementation, sender, receiver };
}

/** One round, in fresh processes: luck of the JIT and of memory layout averages out. */
async function round(shift: number, samples: readonly Samples[]): Promise<void> {
  const pairs = await Promise.all(IMPLEMENTATIONS.map(start));
  // Each is the first in turn.
  const order = [...pairs.slice(shift), ...pairs.slice(0, shift)];
  for (const [index, one] of CASES.entries()) {
    for (const { sender } of order) {
      await sender.ask(one.question, one.frameBytes, one.window, WARM_UP_MILLISECONDS);
    }
    for (let slice = 0; slice < SLICES; slice++) {
      for (const pair of order) samples[index]?.[pair.implementation].push(await measure(one, pair));
    }
  }
  await Promise.all(pairs.flatMap(({ sender, receiver }) => [sender.end(), receiver.end()]));
}

async function measure({ question, frameBytes, window }: Case, { sender, receiver }: Pair): Promise<Sample> {
  await receiver.ask('received');
  if (question === 'roundTrips') {
    const { tripsPerSecond, p50, p99 } = await sender.ask<RoundTrips>(
      question,
      frameBytes,
      window,
      MEASURE_MILLISECONDS,
    );
    return { perSecond: tripsPerSecond, p50, p99 };
  }
  const { packets, packetsPerSecond } = await sender.ask<OneWay>(
    question,
    frameBytes,
    window,
    MEASURE_MILLISECONDS,
  );
  const received = await receiver.ask<number>('received');
  if (received !== packets) throw new Error(`${packets} packets were sent and ${received} arrived`);
  return { perSecond: packetsPerSecond, p50: undefined, p99: undefined };
}

function row({ title, target }: Case, { floor, packets, rxsecs }: Samples): string[] {
  const rates = (samples: readonly Sample[]): number[] => samples.map(({ perSecond }) => perSecond);
  // Of each slice on its own: what slows all for a while cancels out.
  const ratioTo = (other: readonly Sample[]): number =>
    median(rates(rxsecs).map((rate, slice) => rate / (rates(other)[slice] ?? NaN)));
  const ratio = ratioTo(floor);
  return [
    title,
    printRounds(rates(floor)),
    printRounds(rates(packets)),
    printRounds(rates(rxsecs)),
    ratio.toFixed(2),
    ratioTo(packets).toFixed(2),
    target === undefined ? '-' : `≥ ${target}: ${ratio >= target ? 'met' : 'missed'}`,
    latencies(floor),
    latencies(rxsecs),
  ];
}

function latencies(samples: readonly Sample[]): string {
  const at = (which: 'p50' | 'p99'): string => print(median(samples.map((sample) => sample[which] ?? NaN)));
  return samples[0]?.p50 === undefined ? '-' : `${at('p50')} / ${at('p99')}`;
}

async function main(): Promise<void> {
  const samples = CASES.map((): Samples => ({ floor: [], packets: [], rxsecs: [] }));
  for (let i = 0; i < ROUNDS; i++) {
    await round(i % IMPLEMENTATIONS.length, samples);
  }
  const head = ['per second: median [least – greatest]', 'floor', 'floor making packets', 'rxsecs'];
  const ratios = ['rxsecs / floor', 'rxsecs / floor making packets', 'target (rxsecs / floor)'];
  const times = ['floor p50 / p99 (µs)', 'rxsecs p50 / p99 (µs)'];
  const rows = CASES.map((one, index) => row(one, samples[index] as Samples));
  console.log(
    `${ROUNDS} rounds in fresh processes, ${SLICES} slices each; a ratio is the median of the slices' own ratios.\n`,
  );
  console.log(table([...head, ...ratios, ...times], rows));
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
