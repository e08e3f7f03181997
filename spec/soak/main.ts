import { monitorEventLoopDelay } from 'node:perf_hooks';
import { ProcessWatch } from '../faults/support/process-watch.js';
import { growths, notFlat, type Sample } from './flatness.js';
import { REASONS } from './ends.js';
import { pass, World } from './world.js';

const HELP = `npm run soak -- [--minutes N] [--every SECONDS] [--slow N]

Seven hosts and seven tools in one process, six of them on one port: requests and events both ways, linktests, process
programs of up to 15 MiB, and a link that ends every few seconds, each time in another way. Exits 1 when memory or handles are not flat.
  --minutes N      how long, fractions allowed, default 1
  --every SECONDS  how often a line is printed, default 1/40 of the run, 30 at most
  --slow N         waits N times as long between messages, to leave the processor to others`;

/** By then each way of ending the link has had its turn. */
const ALL_ENDS_SECONDS = 240;

function option(name: string, fallback: number): number {
  const index = process.argv.indexOf(`--${name}`);
  const value = index < 0 ? fallback : Number(process.argv[index + 1]);
  if (!(value > 0)) throw new RangeError(`--${name} must be a number above 0`);
  return value;
}

const collect = globalThis.gc;
const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

function sample(seconds: number): Sample {
  collect?.();
  collect?.();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  const handles = process
    .getActiveResourcesInfo()
    .filter((kind) => !/Timeout|Immediate|Pipe|TTY/.test(kind)).length;
  return { seconds, heap: heapUsed, arrayBuffers, rss, handles };
}

async function main(): Promise<void> {
  if (collect === undefined) throw new Error('run it by npm run soak: it needs node --expose-gc');
  const seconds = option('minutes', 1) * 60;
  const every = option('every', Math.min(30, seconds / 40));
  // Keeps what it should not, to see that it is noticed.
  const kept: unknown[] = [];
  const leaks = process.argv.includes('--leak');
  const watch = new ProcessWatch();
  const everyMs = Math.min(7000, seconds * 20);
  const world = new World(
    (message) => leaks && kept.push({ message, at: new Date() }),
    everyMs,
    option('slow', 1),
  );
  await world.start();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const samples: Sample[] = [];
  const started = performance.now();
  const elapsed = (): number => (performance.now() - started) / 1000;
  console.log(`soak: ${seconds} s; memory in MiB after a collection, event-loop delay in ms`);
  while (elapsed() < seconds) {
    await pass(every * 1000);
    const lag = [delay.percentile(50), delay.percentile(99), delay.max].map((ns) => (ns / 1e6).toFixed(1));
    await world.pause();
    const now = sample(elapsed());
    samples.push(now);
    const { messages, requests, failed, reconnects, linktests, large } = world.counts;
    console.log(
      `${now.seconds.toFixed(0).padStart(5)} s  heap ${mebibytes(now.heap)}  buffers ${mebibytes(now.arrayBuffers)}  ` +
        `rss ${mebibytes(now.rss)}  handles ${now.handles}  delay p50 ${lag[0]} p99 ${lag[1]} max ${lag[2]}  ` +
        `messages ${messages}  requests ${requests} (${failed} failed)  connects ${reconnects}  linktests ${linktests}  large ${large}`,
    );
    delay.reset();
    world.resume();
  }
  await world.stop();
  const told = [...world.reasons].sort().map(([kind, count]) => `${kind} ${count}`);
  console.log(`ends of the pair's link, both sides counted: ${told.join(', ')}`);
  const missing = REASONS.filter((kind) => !world.reasons.has(kind));
  if (seconds >= ALL_ENDS_SECONDS && missing.length > 0)
    world.wrong.push(`no link ended by ${missing.join(', ')}`);
  judge(samples, [...world.wrong, ...watch.seen]);
  watch.stop();
}

function judge(samples: readonly Sample[], wrong: readonly string[]): void {
  for (const { what, growth, perHour, allowed } of growths(samples)) {
    const unit = what === 'handles' ? '' : ' MiB';
    const print = (value: number): string => (what === 'handles' ? value.toFixed(2) : mebibytes(value));
    const bound = allowed === undefined ? 'not judged' : `allowed ${print(allowed)}${unit}`;
    console.log(
      `${what}: grew by ${print(growth)}${unit} after warm-up (${print(perHour)}${unit} an hour), ${bound}`,
    );
  }
  for (const text of wrong) console.log(`WRONG: ${text}`);
  const rising = notFlat(samples);
  for (const { what } of rising) console.log(`NOT FLAT: ${what}`);
  const good = rising.length === 0 && wrong.length === 0;
  console.log(good ? 'flat' : 'failed');
  process.exitCode = good ? 0 : 1;
}

if (process.argv.includes('--help')) console.log(HELP);
else void main();
