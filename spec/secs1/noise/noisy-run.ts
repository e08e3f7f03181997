import {
  memoryLine,
  Secs1Connection,
  Secs1Packet,
  type Secs1ConnectionOptions,
} from '../../../src/secs1/index.js';
import { B, S } from '../../../src/secs2/index.js';
import { Noise, randomOf } from './noise.js';
import { SyncClock } from './sync-clock.js';

/** What may be switched off, to see that the runs notice. */
export type Mutant = 'none' | 'duplicates' | 'contention';

const MUTANTS: Readonly<Record<Mutant, Secs1ConnectionOptions>> = {
  none: {},
  // B-40: a block that was sent again is delivered again.
  duplicates: { dropDuplicates: false },
  // B-24: nobody makes way.
  contention: { master: true },
};

/** What a run, or many, came to. */
export interface Tally {
  messages: number;
  arrived: number;
  /** Failed at their sender. */
  failed: number;
  /** Arrived, and failed at their sender: the ACK of the last try was lost. */
  both: number;
  /** Arrived altered: the sum of E4 is right for what the noise made of them. */
  altered: number;
  duplicates: number;
  contentions: number;
  triesFailed: number;
}

/** A run that broke a promise. */
export class BrokenPromise extends Error {}

/** T4 is longer than all tries of a block take: otherwise a message may be acknowledged and dropped. */
const TIMES = { t1: 0.1, t2: 0.5, t4: 60, gap: 0.01 } as const;

interface Sent {
  readonly id: number;
  readonly bytes: Buffer;
  outcome: 'open' | 'sent' | { readonly error: unknown };
}

/** One end: what it sends, and what it got. */
class End {
  readonly connection: Secs1Connection;
  readonly sent: Sent[] = [];
  readonly got: Secs1Packet[] = [];

  constructor(connection: Secs1Connection) {
    this.connection = connection;
    connection.message.subscribe((packet) => this.got.push(packet));
  }

  send(id: number, body: Buffer): void {
    const fields = { rBit: this.connection.entity === 'equipment', sessionId: 1, systemBytes: id };
    const packet = Secs1Packet.of(fields, S(6, 11, B(body)));
    const one: Sent = { id, bytes: packet.body, outcome: 'open' };
    this.sent.push(one);
    this.connection.sendFor(
      { sent: () => (one.outcome = 'sent'), unsent: (error) => (one.outcome = { error }) },
      packet,
    );
  }
}

/**
 * Two real ends on a bad line, in virtual time. @throws BrokenPromise where a message did not arrive once and in order, and did not fail
 * at its sender with a reason either; or where anything failed on a line without noise.
 */
export async function noisyRun(seed: number, mutant: Mutant = 'none'): Promise<Tally> {
  const random = randomOf(seed);
  const clock = new SyncClock();
  // Every fourth line is a good one: nothing may fail there.
  const rate = random() < 0.25 ? 0 : random() ** 2 * 0.5;
  // Half of them delay what is written by more than T1, and by less than T2.
  const noise = new Noise(random, rate, 0.9 * (random() < 0.5 ? TIMES.t1 : TIMES.t2));
  const [first, second] = memoryLine({
    latency: 0.001,
    carry: (bytes, from) => noise.carry(bytes, from, clock.now()),
  });
  const options = {
    clock,
    rty: Math.floor(random() * 4) + (rate === 0 ? 3 : 0),
    ...TIMES,
    ...MUTANTS[mutant],
  };
  const host = new End(new Secs1Connection(first, 1, null, options));
  const equipment = new End(new Secs1Connection(second, 1, null, { ...options, entity: 'equipment' }));
  await Promise.all([host.connection.enable(), equipment.connection.enable()]);
  schedule(host, 1000, clock, random);
  schedule(equipment, 2000, clock, random);
  clock.run();
  const tally = emptyTally();
  judge(host, equipment, noise.faults.second, tally);
  judge(equipment, host, noise.faults.first, tally);
  if (rate === 0 && tally.failed > 0)
    throw new BrokenPromise(`${tally.failed} messages failed on a good line`);
  await Promise.all([host.connection.dispose(), equipment.connection.dispose()]);
  return tally;
}

export function emptyTally(): Tally {
  return {
    ...{ messages: 0, arrived: 0, failed: 0, both: 0, altered: 0 },
    ...{ duplicates: 0, contentions: 0, triesFailed: 0 },
  };
}

function schedule(end: End, firstId: number, clock: SyncClock, random: () => number): void {
  const count = 1 + Math.floor(random() * 5);
  const times = Array.from({ length: count }, () => (random() < 0.5 ? 0 : random() * 3)).sort(
    (a, b) => a - b,
  );
  times.forEach((seconds, i) => {
    const length = random() < 0.6 ? Math.floor(random() * 60) : Math.floor(random() * 900);
    const body = Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
    clock.setTimer('send', seconds, () => end.send(firstId + i, body));
  });
}

/** @param faultsBack writes of the receiver that a fault befell: an ACK may be among them */
function judge(from: End, to: End, faultsBack: number, tally: Tally): void {
  const who = from.connection.entity;
  const counts = new Map<number, number>();
  let lastId = 0;
  for (const packet of to.got) {
    const { systemBytes: id } = packet.header;
    const original = from.sent.find((one) => one.id === id);
    if (original?.bytes.equals(packet.body) !== true) {
      tally.altered++;
      continue;
    }
    counts.set(id, (counts.get(id) ?? 0) + 1);
    if (id < lastId) throw new BrokenPromise(`message ${id} of the ${who} came after message ${lastId}`);
    lastId = id;
  }
  for (const one of from.sent) {
    const arrived = counts.get(one.id) ?? 0;
    tally.messages++;
    if (arrived > 1) throw new BrokenPromise(`message ${one.id} of the ${who} arrived ${arrived} times`);
    if (one.outcome === 'open')
      throw new BrokenPromise(`nobody knows what became of message ${one.id} of the ${who}`);
    tally.arrived += arrived;
    if (one.outcome === 'sent') {
      if (arrived === 0 && tally.altered === 0) {
        throw new BrokenPromise(`message ${one.id} of the ${who} was acknowledged and did not arrive`);
      }
      continue;
    }
    if (!(one.outcome.error instanceof Error))
      throw new BrokenPromise(`message ${one.id} failed without a reason`);
    tally.failed++;
    if (arrived === 0) continue;
    tally.both++;
    if (faultsBack === 0)
      throw new BrokenPromise(`message ${one.id} arrived, and failed although no ACK was lost`);
  }
  const { duplicates, contentions, triesFailed } = from.connection.counters;
  tally.duplicates += duplicates;
  tally.contentions += contentions;
  tally.triesFailed += triesFailed;
}
