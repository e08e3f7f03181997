import type { Holdings } from './support/idle-measure.js';
import { median, print, printRounds, table } from './support/statistics.js';
import { Worker } from './support/worker.js';

const ROUNDS = 3;
const CONNECTIONS = 1000;
/** Connections made before the first look, so that what is loaded and made once is not counted. */
const WARM_UP = 10;
const KINDS = ['rss', 'heapUsed', 'external', 'arrayBuffers'] as const;
const SIDES = ['passive', 'active'] as const;
const IMPLEMENTATIONS = ['floor', 'rxsecs'] as const;

type Side = (typeof SIDES)[number];
type Implementation = (typeof IMPLEMENTATIONS)[number];

interface Growth {
  readonly implementation: Implementation;
  readonly side: Side;
  /** Bytes for each connection, in the order of {@link KINDS}. */
  readonly bytes: readonly number[];
  readonly resources: string;
}

function growth(implementation: Implementation, side: Side, before: Holdings, after: Holdings): Growth {
  const bytes = KINDS.map((kind) => (after.memory[kind] - before.memory[kind]) / CONNECTIONS);
  const resources = Object.keys(after.resources)
    .map((type) => ({ type, more: (after.resources[type] ?? 0) - (before.resources[type] ?? 0) }))
    .filter(({ more }) => more !== 0)
    .map(({ type, more }) => `${print(more / CONNECTIONS)} ${type}`);
  return { implementation, side, bytes, resources: resources.join(', ') };
}

/** Opens the connections between two fresh processes and looks at each before and after. */
async function round(implementation: Implementation): Promise<Growth[]> {
  const workers = {
    passive: new Worker(`idle-${implementation}`),
    active: new Worker(`idle-${implementation}`),
  };
  const { passive, active } = workers;
  try {
    const port = await passive.ask<number>('listen');
    await passive.ask('expect', 0, WARM_UP);
    await active.ask('connect', port, 0, WARM_UP);
    const before = {
      passive: await passive.ask<Holdings>('holdings'),
      active: await active.ask<Holdings>('holdings'),
    };
    await passive.ask('expect', WARM_UP, WARM_UP + CONNECTIONS);
    await active.ask('connect', port, WARM_UP, WARM_UP + CONNECTIONS);
    const after = {
      passive: await passive.ask<Holdings>('holdings'),
      active: await active.ask<Holdings>('holdings'),
    };
    for (const side of SIDES) {
      const up = await workers[side].ask<number>('count');
      if (up !== WARM_UP + CONNECTIONS) throw new Error(`${implementation}: ${up} connections are up`);
    }
    return SIDES.map((side) => growth(implementation, side, before[side], after[side]));
  } finally {
    await Promise.all([active.end(), passive.end()]);
  }
}

async function main(): Promise<void> {
  const all: Growth[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    for (const implementation of IMPLEMENTATIONS) all.push(...(await round(implementation)));
  }
  const rows = SIDES.flatMap((side) =>
    IMPLEMENTATIONS.map((implementation) => {
      const rounds = all.filter((one) => one.side === side && one.implementation === implementation);
      const bytes = KINDS.map((_, kind) => printRounds(rounds.map((one) => one.bytes[kind] ?? NaN)));
      return [`${side}, ${implementation}`, ...bytes, rounds[0]?.resources ?? '-'];
    }),
  );
  const heapOf = (side: Side, implementation: Implementation): number =>
    median(
      all
        .filter((one) => one.side === side && one.implementation === implementation)
        .map((one) => one.bytes[KINDS.indexOf('heapUsed')] ?? NaN),
    );
  console.log(
    `${CONNECTIONS} idle connections, ${ROUNDS} rounds in fresh processes. Bytes for each connection:\n`,
  );
  console.log(table(['side', ...KINDS, 'active resources for each'], rows));
  for (const side of SIDES) {
    const more = heapOf(side, 'rxsecs') - heapOf(side, 'floor');
    console.log(`\nAbove the floor, ${side}: ${print(more)} bytes of heap for each connection.`);
  }
}

void main();
