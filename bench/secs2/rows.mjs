// Measures one library on every row, and prints the medians as JSON: node rows.mjs rxsecs|secs4js
import { adapters } from './adapters.mjs';

const ROUNDS = 9;
const ROUND_NS = 60e6;

let keep;

/** The median of several rounds, in ns an operation. */
function measure(run) {
  // Warm up, and find how many operations fill a round.
  let count = 1;
  for (let spent = 0; spent < ROUND_NS / 2; count *= 2) spent = time(run, count);
  count = Math.max(1, Math.round((count / 2) * (ROUND_NS / Math.max(1, time(run, count / 2)))));
  const rounds = Array.from({ length: ROUNDS }, () => time(run, count) / count);
  return rounds.sort((a, b) => a - b)[ROUNDS >> 1];
}

function time(run, count) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < count; i++) keep = run();
  return Number(process.hrtime.bigint() - start);
}

const name = process.argv[2];
const library = await adapters[name]();
const results = {};
const only = process.argv[3];
for (const [row, operations] of Object.entries(library)) {
  if (only !== undefined && !row.startsWith(only)) continue;
  for (const [operation, run] of Object.entries(operations)) results[`${row}/${operation}`] = measure(run);
}
console.log(JSON.stringify(results));
process.exit(keep === 0 ? 1 : 0);
