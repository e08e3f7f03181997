import { A, decodeItem } from '../../../src/secs2/index.js';
import { createTestNetwork } from '../../../src/testing/index.js';
import { random } from '../../gem/pair/random.js';
import { figuresOf, type DayFigures } from './figures.js';
import { GemPart } from './gem-part.js';
import { GeneralPart } from './general-part.js';
import { INCIDENTS } from './incidents.js';
import { Leaks, type Leak } from './leaks.js';
import { Pair } from './pair.js';
import { LinePart } from './line-part.js';
import { pairWorks } from './pair-works.js';
import { ServerPart } from './server-part.js';
import { DayWorld, type Part } from './world.js';

/** Seconds between two incidents of a part, about. */
const INCIDENT_SECONDS = 90;
/** Seconds without anything, before a look. */
const QUIET_SECONDS = 90;
const PAIRS = 6;
/** Pairs that keep their connections and sessions all day: what these gather must not be hidden by new ones. */
const LASTING_PAIRS = 3;
const WINDOW_BYTES = 16 * 1024;

export interface DayOptions {
  readonly hours: number;
  /** Hours between two looks. */
  readonly every: number;
  readonly seed: number;
  readonly leak?: Leak | undefined;
  /** Parts of the factory; all where left out. */
  readonly only?: readonly PartName[] | undefined;
  /** Whether memory is looked at. */
  readonly memory: boolean;
  readonly onSample?: (figures: DayFigures, world: DayWorld) => void;
}

export interface DayOutcome {
  readonly samples: readonly DayFigures[];
  readonly counts: ReadonlyMap<string, number>;
  readonly wrong: readonly string[];
}

/** A factory for some hours, in virtual time. */
export async function runDay(options: DayOptions): Promise<DayOutcome> {
  const network = createTestNetwork({ windowBytes: WINDOW_BYTES });
  const world = new DayWorld(network, random(options.seed), new Leaks(options.leak));
  const { clock } = network;
  fillTables();
  const parts: Part[] = (options.only ?? PART_NAMES).flatMap(
    (name) => MAKERS[name](world) as readonly Part[],
  );
  await clock.settled(Promise.all(parts.map((part) => part.start())));
  const works = parts.flatMap((part) => [
    ...part.works.map((work) => world.repeat(part.name, work)),
    world.repeat(part.name, { seconds: INCIDENT_SECONDS, act: () => part.incident() }),
  ]);
  const samples: DayFigures[] = [];
  const end = options.hours * 3600;
  while (clock.now() / 1000 < end) {
    const next = clock.now() / 1000 + options.every * 3600;
    world.openGate();
    await clock.advanceAsync(options.every * 3600 - 2 * QUIET_SECONDS);
    world.closeGate();
    await atRest(world, parts);
    await clock.advanceAsync(Math.max(QUIET_SECONDS, next - clock.now() / 1000));
    const figures = figuresOf(world, parts, clock.now() / 1000, options.memory);
    if (figures.requests + figures.queued > 0) {
      world.fault(`at rest ${figures.requests} requests are open, and ${figures.queued} packets wait`);
    }
    samples.push(figures);
    options.onSample?.(figures, world);
  }
  world.isOver = true;
  world.openGate();
  await clock.settled(Promise.all(works));
  await clock.settled(Promise.all(parts.map((part) => part.stop())));
  const left = clock.pending.map(({ name }) => name);
  if (left.length > 0) world.fault(`timers left in the end: ${left.join(', ')}`);
  return { samples, counts: world.counts, wrong: world.wrong };
}

/** The parts of the factory, by name. */
const MAKERS = {
  pairs: (world: DayWorld) =>
    Array.from({ length: PAIRS }, (_, index) => {
      const id = index + 1;
      const incidents = id > LASTING_PAIRS ? INCIDENTS : INCIDENTS.filter(({ renews }) => renews !== true);
      return new Pair(world, 5000 + id, id, incidents, pairWorks);
    }),
  gem: (world: DayWorld) => [new GemPart(world, 6001)],
  general: (world: DayWorld) => [new GeneralPart(world, 6002)],
  server: (world: DayWorld) => [new ServerPart(world, 6003)],
  line: (world: DayWorld) => [new LinePart(world, 6004)],
} as const satisfies Record<string, (world: DayWorld) => Part[]>;

export type PartName = keyof typeof MAKERS;
export const PART_NAMES = Object.keys(MAKERS) as PartName[];

/** Fills the tables of texts that recur, which have an end: else they would fill for hours. */
function fillTables(): void {
  for (let i = 0; i < 20_000; i++) {
    const read = decodeItem(A(`text ${i}`).encode());
    if (read.format === 'A' && read.text === '') throw new Error('a text was lost');
  }
}

/** Waits until nothing is under way and everything is up. */
async function atRest(world: DayWorld, parts: readonly Part[]): Promise<void> {
  const isResting = (): boolean => world.busy === 0 && parts.every((part) => part.isReady());
  try {
    await world.clock.until(isResting, { within: 900 });
  } catch {
    const unready = parts.filter((part) => !part.isReady()).map(({ name }) => name);
    world.fault(`no rest within 900 s: ${world.busy} works under way; not ready: ${unready.join(', ')}`);
  }
}
