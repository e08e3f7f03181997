import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { violations } from './invariants.js';
import { planOf } from './plan.js';
import { carryOut } from './run.js';
import { FairTime } from './support/fair-time.js';
import { ProcessWatch } from './support/process-watch.js';
import { leftovers, resources } from './support/resources.js';
import { Tally } from './tally.js';

/** A run that broke a promise, and what it broke. */
export interface Failure {
  /** The first seed, and how many runs were side by side: 1, unless it cannot be told which of them it was. */
  readonly seed: number;
  readonly runs: number;
  readonly violations: readonly string[];
}

export interface RunnerOptions {
  /** Seed of the first run; the others have those that follow. */
  readonly seed: number;
  readonly runs: number;
  /** How many runs go side by side. */
  readonly jobs: number;
  readonly onProgress?: (done: number, failures: readonly Failure[]) => void;
}

/** After so many runs the process is to be as it was before them. */
const LOT = 200;

/**
 * Carries out many runs, so many at a time, and looks after each lot whether any handle of the process is left.
 * @returns what broke, and what there was
 */
export async function runFaults(options: RunnerOptions): Promise<{ failures: Failure[]; tally: Tally }> {
  const { seed, runs, jobs, onProgress } = options;
  const fair = new FairTime();
  const watch = new ProcessWatch();
  const tally = new Tally();
  const failures: Failure[] = [];
  const before = resources();
  try {
    for (let done = 0; done < runs;) {
      const lot = Math.min(LOT, runs - done);
      const first = seed + done;
      let next = first;
      const work = async (): Promise<void> => {
        while (next < first + lot) await runOne(next++, fair, tally, failures);
      };
      await Promise.all(Array.from({ length: jobs }, work));
      const left = [
        ...watch.seen,
        ...(await leftovers(fair, before)).map((what) => `left in the process: ${what}`),
      ];
      if (left.length > 0) failures.push({ seed: first, runs: lot, violations: left });
      watch.seen.length = 0;
      done += lot;
      onProgress?.(done, failures);
    }
  } finally {
    watch.stop();
    fair.stop();
  }
  return { failures, tally };
}

async function runOne(seed: number, fair: FairTime, tally: Tally, failures: Failure[]): Promise<void> {
  const plan = planOf(seed);
  try {
    const history = await carryOut(plan, fair);
    tally.add(history);
    const found = violations(history);
    if (found.length > 0) {
      failures.push({ seed, runs: 1, violations: found });
      if (process.env['FAULTS_DUMP'] !== undefined) {
        writeFileSync(
          join(process.env['FAULTS_DUMP'], `faults-${seed}.json`),
          JSON.stringify(history, null, 1),
        );
      }
    }
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    failures.push({ seed, runs: 1, violations: [`the run itself failed: ${text}`] });
  }
}
