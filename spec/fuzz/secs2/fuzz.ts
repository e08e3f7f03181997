import { fuzzBodies } from './check.js';

/** The value of an option such as `--count 1000`. */
function option(name: string, fallback: number): number {
  const index = process.argv.indexOf(`--${name}`);
  const value = index < 0 ? fallback : Number(process.argv[index + 1]);
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`--${name} must be a whole number`);
  return value;
}

const count = option('count', 100_000);
const seed = option('seed', (Date.now() ^ process.pid) >>> 0);
console.log(`fuzz secs2: ${count} bodies, seed ${seed} (again with --seed ${seed})`);

let peak = 0;
const started = Date.now();
const result = fuzzBodies(seed, count, (done) => {
  peak = Math.max(peak, process.memoryUsage.rss());
  if (done % 1_000_000 === 0) console.log(`${done} bodies, ${Math.round((Date.now() - started) / 1000)} s`);
});
peak = Math.max(peak, process.memoryUsage.rss());
console.log(
  `${result.valid} decoded and came back byte for byte, ${result.refused} refused with an error of this library; ` +
    `slowest ${result.slowestMs.toFixed(1)} ms, memory at most ${Math.round(peak / 2 ** 20)} MiB, ` +
    `${((Date.now() - started) / 1000).toFixed(1)} s`,
);
