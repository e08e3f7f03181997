import type { CloseReason } from '../../../src/index.js';
import { ProcessWatch } from '../../faults/support/process-watch.js';
import { growths, notFlat } from '../flatness.js';
import { PART_NAMES, runDay, type DayOutcome } from './factory.js';
import { countObjects, judgementFor, type DayFigures, type Judgement } from './figures.js';
import { LEAKS } from './leaks.js';

const HELP = `npm run soak:day -- [--hours N] [--every HOURS] [--seed N] [--leak KIND] [--only PARTS]

A factory for a day, in virtual time and memory: hosts and tools that talk, and everything that may befall their links.
Exits 1 when memory, timers, listeners, requests, queues or connections are not flat, or when anything went wrong.
  --hours N      how long, fractions allowed, default 24
  --every HOURS  how often a look is taken, default half an hour, in less than 12 hours more often
  --seed N       what happens in which order, default 1
  --only PARTS   these parts of it: ${PART_NAMES.join(', ')}
  --leak KIND    keeps what it should not, and has to fail: ${LEAKS.join(', ')}`;

function option(name: string): string | undefined {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? undefined : process.argv[index + 1];
}

function number(name: string, fallback: number): number {
  const value = Number(option(name) ?? fallback);
  if (!(value > 0)) throw new RangeError(`--${name} must be a number above 0`);
  return value;
}

/** What is given, which must be one of these. */
function oneOf<T extends string>(what: string, known: readonly T[], given: string): T {
  const found = known.find((one) => one === given);
  if (found === undefined) throw new RangeError(`--${what} must be one of ${known.join(', ')}`);
  return found;
}

const kibibytes = (bytes: number): string => (bytes / 1024).toFixed(0);

function line(figures: DayFigures, counts: ReadonlyMap<string, number>): string {
  const { seconds, heap, objects, arrayBuffers, timers, listeners, requests, queued, links } = figures;
  const told = ['connects', 'linktests', 'messages', 'requests'].map(
    (name) => `${name} ${counts.get(name) ?? 0}`,
  );
  return (
    `${(seconds / 3600).toFixed(1).padStart(5)} h  heap ${kibibytes(heap)}  objects ${objects}  buffers ${kibibytes(arrayBuffers)}  ` +
    `timers ${timers}  listeners ${listeners}  open ${requests}  queued ${queued}  links ${links}  ${told.join('  ')}`
  );
}

async function main(): Promise<void> {
  if (globalThis.gc === undefined) throw new Error('run it by npm run soak:day: it needs node --expose-gc');
  const hours = number('hours', 24);
  const every = number('every', Math.min(0.5, Math.max(1 / 8, hours / 24)));
  const seed = number('seed', 1);
  const kind = option('leak');
  const leak = kind === undefined ? undefined : oneOf('leak', LEAKS, kind);
  const only = option('only')
    ?.split(',')
    .map((given) => oneOf('only', PART_NAMES, given));
  // Node says that it may not always be able to count objects.
  countObjects();
  await new Promise((resolve) => setImmediate(resolve));
  const watch = new ProcessWatch();
  const began = process.cpuUsage();
  console.log(`soak:day: ${hours} h of virtual time, seed ${seed}; memory in KiB after a collection`);
  const outcome = await runDay({
    hours,
    every,
    seed,
    leak,
    only,
    memory: true,
    onSample: (figures, { counts }) => console.log(line(figures, counts)),
  });
  const { user, system } = process.cpuUsage(began);
  console.log(`${((user + system) / 1e6).toFixed(0)} s of CPU`);
  judge(outcome, judgementFor(hours), watch.seen);
  watch.stop();
}

/** Every end that a connection may have, but `networkError`: a whole day has all of them. */
const REASONS = [
  ...(['local', 'remoteClosed', 'reset', 'separate', 'selectRefused', 'takenOver', 'linktest'] as const),
  ...(['t6', 't7', 't8', 'frameTimeout', 'frameTooShort', 'frameTooLong', 'sendTimeout'] as const),
  'unreadAnswers',
] as const satisfies readonly CloseReason['kind'][];

function judge(
  { samples, counts, wrong }: DayOutcome,
  { allowed, warmUp, isWhole }: Judgement,
  seen: readonly string[],
): void {
  for (const [what, count] of [...counts].sort(([a], [b]) => a.localeCompare(b))) {
    if (!/^pair \d/.test(what)) console.log(`  ${what}: ${count}`);
  }
  for (const { what, growth, perHour, allowed: most } of growths(samples, allowed, warmUp)) {
    console.log(
      `${what}: grew by ${growth.toFixed(1)} after warm-up (${perHour.toFixed(1)} an hour), ` +
        (most === undefined ? 'not judged' : `allowed ${most}`),
    );
  }
  const missing = REASONS.filter((kind) => !counts.has(`closed: ${kind}`));
  const faults = [...wrong, ...seen];
  if (isWhole && missing.length > 0) faults.push(`no connection ended by ${missing.join(', ')}`);
  for (const text of faults) console.log(`WRONG: ${text}`);
  const rising = notFlat(samples, allowed, warmUp);
  for (const { what } of rising) console.log(`NOT FLAT: ${what}`);
  const good = rising.length === 0 && faults.length === 0;
  console.log(good ? 'flat' : 'failed');
  process.exitCode = good ? 0 : 1;
}

if (process.argv.includes('--help')) console.log(HELP);
else
  main().catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
