import type { Pair } from './contestants.js';
import type { RoundTrips } from './traffic.js';
import { PROGRAM_BYTES, sumOfEvents } from './traffic.js';

/** What one slice of one row measured. Figures that a row does not have are left out. */
export interface Sample {
  /** Messages, events or MiB a second. */
  readonly rate: number;
  readonly p50?: number;
  readonly p99?: number;
  /** CPU time of host and equipment: microseconds for each trip, event or MiB. */
  readonly hostCpu?: number;
  readonly equipmentCpu?: number;
  /** Bytes: the peak of each process, or what each connection holds. */
  readonly hostMemory?: number;
  readonly equipmentMemory?: number;
  readonly selectSeconds?: number;
  /** Events of the slowest tool, and of the slowest hundredth, to those of the median tool. */
  readonly slowest?: number;
  readonly slowestHundredth?: number;
}

export interface Plan {
  readonly rounds: number;
  readonly warmUpMilliseconds: number;
  readonly milliseconds: number;
  readonly tools: number;
  readonly programs: number;
  /** A slice that takes longer than this is given up, and the contestant with it for this row. */
  readonly limitSeconds: number;
}

export interface Row {
  readonly title: string;
  readonly unit: string;
  /** Tools that are connected before it is measured; `many` for the plan's number of them. */
  readonly tools: 1 | 'many';
  measure(pair: Pair, plan: Plan): Promise<Sample>;
}

/** The CPU time of both sides while `work` runs, for each of what it returns. */
async function withCpu(
  pair: Pair,
  work: () => Promise<{ sample: Sample; operations: number }>,
): Promise<Sample> {
  const before = [pair.host.cpu(), pair.equipment.cpu()] as const;
  const { sample, operations } = await work();
  return {
    ...sample,
    hostCpu: (pair.host.cpu() - before[0]) / operations,
    equipmentCpu: (pair.equipment.cpu() - before[1]) / operations,
  };
}

function roundTripRow(inFlight: number): Row {
  return {
    title: `S1F1 → S1F2, ${inFlight} in flight`,
    unit: 'trips/s',
    tools: 1,
    async measure(pair, plan) {
      const run = (milliseconds: number): Promise<RoundTrips> =>
        pair.host.ask<RoundTrips>('roundTrips', [inFlight, milliseconds], plan.limitSeconds);
      await run(plan.warmUpMilliseconds);
      return withCpu(pair, async () => {
        const { count, seconds, p50, p99 } = await run(plan.milliseconds);
        return { sample: { rate: count / seconds, p50, p99 }, operations: count };
      });
    },
  };
}

/** Sends `count` one way; the rate is counted from the first send until the last was read. */
async function oneWay(
  pair: Pair,
  what: 'Events' | 'Programs',
  count: number,
  sizes: readonly number[],
  plan: Plan,
): Promise<{ perSecond: number; sum: number }> {
  const [sender, receiver] = what === 'Events' ? [pair.equipment, pair.host] : [pair.host, pair.equipment];
  const [{ end, sum }, { begin }] = await Promise.all([
    receiver.ask<{ end: number; sum: number }>(`receive${what}`, [count], plan.limitSeconds),
    sender.ask<{ begin: number }>(`send${what}`, [count, ...sizes], plan.limitSeconds),
  ]);
  return { perSecond: (count * 1000) / (end - begin), sum };
}

async function sendEvents(pair: Pair, count: number, plan: Plan): Promise<number> {
  const { perSecond, sum } = await oneWay(pair, 'Events', count, [], plan);
  if (sum !== sumOfEvents(count)) throw new Error(`the values of ${count} events add up to ${sum}`);
  return perSecond;
}

export const EVENTS: Row = {
  title: 'S6F11 of 260 B, one way',
  unit: 'events/s',
  tools: 1,
  async measure(pair, plan) {
    // As many as fill the time, by the rate at the end of the warm-up, which goes on for its whole time.
    let perSecond = await sendEvents(pair, 100, plan);
    const warm = performance.now() + plan.warmUpMilliseconds;
    while (performance.now() < warm) {
      perSecond = await sendEvents(pair, Math.ceil((perSecond * plan.warmUpMilliseconds) / 5000), plan);
    }
    const count = Math.ceil((perSecond * plan.milliseconds) / 1000);
    return withCpu(pair, async () => ({
      sample: { rate: await sendEvents(pair, count, plan) },
      operations: count,
    }));
  },
};

const programsRow: Row = {
  title: 'S7F3 of 15 MiB, one way',
  unit: 'MiB/s',
  tools: 1,
  async measure(pair, plan) {
    const send = async (count: number): Promise<number> => {
      const { perSecond, sum } = await oneWay(pair, 'Programs', count, [PROGRAM_BYTES], plan);
      if (sum !== count * (PROGRAM_BYTES + 1)) throw new Error(`${sum} bytes of ${count} programs were read`);
      return perSecond * (PROGRAM_BYTES / 2 ** 20);
    };
    await send(1);
    await Promise.all([pair.host.ask('collect', [], 10), pair.equipment.ask('collect', [], 10)]);
    pair.host.resetPeak();
    pair.equipment.resetPeak();
    const sample = await withCpu(pair, async () => ({
      sample: { rate: await send(plan.programs) },
      operations: (plan.programs * PROGRAM_BYTES) / 2 ** 20,
    }));
    return {
      ...sample,
      hostMemory: pair.host.memory('VmHWM'),
      equipmentMemory: pair.equipment.memory('VmHWM'),
    };
  },
};

const manyRow: Row = {
  title: 'many connections: S6F11 → S6F12, 1 in flight on each',
  unit: 'events/s',
  tools: 'many',
  async measure(pair, plan) {
    const settle = async (): Promise<readonly [number, number]> => {
      await Promise.all([pair.host.ask('collect', [], 10), pair.equipment.ask('collect', [], 10)]);
      return [pair.host.memory('VmRSS'), pair.equipment.memory('VmRSS')];
    };
    const before = await settle();
    const selectSeconds = await pair.connect(plan.tools, plan.limitSeconds);
    const after = await settle();
    const run = (milliseconds: number): Promise<{ counts: number[]; seconds: number }> =>
      pair.equipment.ask('eventsOfAll', [milliseconds], plan.limitSeconds);
    await run(plan.warmUpMilliseconds);
    return withCpu(pair, async () => {
      const { counts, seconds } = await run(2 * plan.milliseconds);
      const events = counts.reduce((sum, count) => sum + count, 0);
      const sorted = counts.sort((a, b) => a - b);
      const at = (index: number): number => sorted[Math.floor(index)] ?? NaN;
      const middle = at(counts.length / 2);
      const sample = {
        rate: events / seconds,
        selectSeconds,
        hostMemory: (after[0] - before[0]) / plan.tools,
        equipmentMemory: (after[1] - before[1]) / plan.tools,
        slowest: at(0) / middle,
        slowestHundredth: at(counts.length / 100) / middle,
      };
      return { sample, operations: events };
    });
  },
};

/** In fresh processes, as when a factory's host starts. */
const connectingRow: Row = {
  title: 'connecting: 500 tools until all are selected',
  unit: 'tools/s',
  tools: 'many',
  async measure(pair, plan) {
    const tools = Math.min(500, plan.tools);
    return withCpu(pair, async () => {
      const selectSeconds = await pair.connect(tools, plan.limitSeconds);
      return { sample: { rate: tools / selectSeconds, selectSeconds }, operations: tools };
    });
  },
};

export const ONE_IN_FLIGHT = roundTripRow(1);

export const ROWS: readonly Row[] = [
  ONE_IN_FLIGHT,
  roundTripRow(64),
  EVENTS,
  programsRow,
  manyRow,
  connectingRow,
];
