/**
 * What metrics and wire logs cost: round trips of S1F1 between two sessions of one process, 64 in flight, watched in
 * several ways. Each round runs every way once; ratios are taken within a round.
 *
 *     npm run bench:metrics
 */
import { channel } from 'node:diagnostics_channel';
import { EventEmitter } from 'node:events';
import { Writable } from 'node:stream';
import { HsmsActiveConnection, HsmsPassiveConnection, HsmsSession } from '../src/index.js';
import { WireLog } from '../src/log/index.js';
import { SecsMetrics } from '../src/metrics/index.js';
import { A, L, S } from '../src/secs2/index.js';

const ROUNDS = 7;
const REQUESTS = 10_000;
const IN_FLIGHT = 64;

/** Begins to watch; returns how to stop. */
type Way = (host: HsmsSession) => () => Promise<void> | void;

const discard = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

function logging(sink: () => Writable): Way {
  return (host) => {
    const log = new WireLog(sink(), { onProblem: () => {} });
    log.attach(host);
    return () => log.close(0.01);
  };
}

const ways: Readonly<Record<string, Way>> = {
  'nobody watches': () => () => {},
  'metrics of the host': (host) => {
    const metrics = new SecsMetrics();
    metrics.watch(host);
    return () => metrics.close();
  },
  'wire log of the host, discarded': logging(discard),
  'wire log into a sink that takes nothing': logging(() => new Writable({ write: () => {} })),
};

async function pair(): Promise<{ host: HsmsSession; close: () => Promise<unknown> }> {
  const tool = new HsmsPassiveConnection('127.0.0.1', 0, 0);
  const answer = L(A('MDLN'), A('1.0.0'));
  new HsmsSession(tool).primaries.subscribe((primary) => void primary.reply(answer));
  await tool.enable();
  const connection = new HsmsActiveConnection('127.0.0.1', tool.boundAddress?.port ?? 0, 0);
  const host = new HsmsSession(connection);
  await connection.enable();
  await host.selected();
  return { host, close: () => Promise.all([connection.dispose(), tool.dispose()]) };
}

/** Round trips a second. */
async function run(host: HsmsSession): Promise<number> {
  const request = S(1, 1).w();
  let left = REQUESTS;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await host.request(request);
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return (REQUESTS / (performance.now() - begun)) * 1000;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** What the library asks for each packet, or batch, to find that nobody watches, in nanoseconds. */
function checkCost(): number {
  const received = channel('rxsecs:bench');
  const emitter = new EventEmitter();
  const times: number[] = [];
  let watched = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now();
    for (let i = 0; i < 1e6; i++) {
      if (received.hasSubscribers || emitter.listenerCount('sent') > 0) watched++;
    }
    times.push(performance.now() - begun);
  }
  if (watched > 0) throw new Error('somebody watches');
  return median(times);
}

async function main(): Promise<void> {
  const { host, close } = await pair();
  const rates = new Map<string, number[]>(Object.keys(ways).map((name) => [name, []]));
  for (let round = -2; round < ROUNDS; round++) {
    for (const [name, way] of Object.entries(ways)) {
      const stop = way(host);
      const rate = await run(host);
      await stop();
      if (round >= 0) rates.get(name)?.push(rate);
    }
  }
  await close();
  const base = rates.get('nobody watches') ?? [];
  console.log(
    `| round trips of S1F1, ${IN_FLIGHT} in flight, ${ROUNDS} rounds | per second, median | of nobody watching |`,
  );
  console.log('| :-- | --: | --: |');
  for (const [name, found] of rates) {
    const ratio = median(found.map((rate, index) => rate / (base[index] ?? NaN)));
    console.log(`| ${name} | ${Math.round(median(found)).toLocaleString('en')} | ${ratio.toFixed(2)} |`);
  }
  console.log(`\nTo find that nobody watches costs ${checkCost().toFixed(1)} ns a packet at most.`);
}

void main();
