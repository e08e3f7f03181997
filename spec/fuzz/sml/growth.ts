import { parseMessages } from '../../../src/secs2/sml/parse.js';
import { checkError } from './check.js';
import type { Shape } from './shapes.js';

/** How many times longer the second text is. */
export const LONGER = 8;
/**
 * How many times longer it may take. What is quadratic takes 64 times as long, what is linear 8 times; a million lists in one another,
 * which the collector has to follow each time, took up to 18 times; a square root on top of each character makes it 22.
 */
export const ALLOWED = 20;

/** How it is measured. */
interface Measure {
  readonly fewest: number;
  /** A first text takes so long that the clock and the start of a loop do not count, in milliseconds. */
  readonly measurableMs: number;
  /** What grows more is measured again. */
  readonly allowed: number;
}

const THOROUGH: Measure = { fewest: 10_000, measurableMs: 10, allowed: ALLOWED };
/** Texts of more repetitions are not tried: what takes no time at this length is refused at once. */
const MOST = 160_000;
/** What looks too slow is measured again and again: a busy machine disturbs some measurements, a loop spoils all. */
const [FEWEST_ROUNDS, MOST_ROUNDS] = [3, 25];

/** Milliseconds that a text takes. */
export type Stopwatch = (text: string) => number;

/** How many times as long a text of eight times the length takes, each taken at the least of several times. */
export function growthOf(make: Shape[1], timeOf: Stopwatch, measure = THOROUGH): number {
  const { fewest, measurableMs, allowed } = measure;
  timeOf(make(fewest / 2));
  let count = fewest;
  while (count < MOST && timeOf(make(count)) < measurableMs) count *= 2;
  const [text, longer] = [make(count), make(count * LONGER)];
  let [least, leastLonger] = [Infinity, Infinity];
  const growth = (): number => leastLonger / Math.max(least, measurableMs / 10);
  for (let i = 0; i < FEWEST_ROUNDS || (i < MOST_ROUNDS && growth() > allowed); i++) {
    least = Math.min(least, timeOf(text));
    leastLonger = Math.min(leastLonger, timeOf(longer));
  }
  return growth();
}

/** Milliseconds of the processor that something takes. */
export function cpuTimeOf(what: () => void): number {
  const before = process.cpuUsage();
  what();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Milliseconds of the processor that a text takes to be read or refused. */
export function readingTimeOf(text: string): number {
  return cpuTimeOf(() => {
    try {
      parseMessages(text, { maxDepth: Infinity, onWarning: () => {} });
    } catch (error) {
      checkError(error, text);
    }
  });
}
