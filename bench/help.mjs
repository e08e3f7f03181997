// How long `rxsecs --help` takes, beside a Node that does nothing; fails where the least of 20 is above 0.15 s.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../bin/rxsecs.cjs', import.meta.url));
const RUNS = 20;
const LIMIT_MS = 150;

function times(args) {
  return Array.from({ length: RUNS }, () => {
    const began = performance.now();
    spawnSync(process.execPath, args, { stdio: 'ignore' });
    return performance.now() - began;
  }).sort((a, b) => a - b);
}

const nothing = times(['-e', '0']);
const help = times([bin, '--help']);
const text = (all) => `least ${all[0].toFixed(0)} ms, median ${all[RUNS / 2].toFixed(0)} ms`;
console.log(`node -e 0: ${text(nothing)}`);
console.log(`rxsecs --help: ${text(help)} of ${RUNS}`);
if (help[0] > LIMIT_MS) process.exitCode = 1;
