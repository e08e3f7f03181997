// Measures a host, and prints rates, latency, time of set-up and memory; ends with an error where an event is lost or misread:
//   npm run bench:gem-host [-- SECONDS of each part, default 5] [-- --quick]
// The tools are sessions in a process of their own, which answer at once; all are real sockets on the loopback interface.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { GemFleet, type HostEvent, type ToolProfile } from '../src/gem/index.js';
import { HsmsActiveConnection, HsmsPassiveConnection, HsmsSession } from '../src/index.js';
import { A, B, F4, L, S, U4, U8, type Item, type SecsMessage } from '../src/secs2/index.js';
import { machine } from './support/results.js';

/** Values of one event: a time, a text, numbers. */
const VALUES = 10;
const CEID = 1000;
const RPTID = 7;
/** Seconds until what is measured is compiled. */
const WARM_UP = 3;
/** Messages of a tool that may be unanswered. */
const WINDOW = 64;

/** The events that a tool has, of which the first is the one that is sent. */
const profileOf = (events: number): ToolProfile => ({
  variables: {
    SentAt: { id: 1, format: 'U8' },
    WaferId: { id: 2, format: 'A' },
    ...Object.fromEntries(
      Array.from({ length: VALUES - 2 }, (_, i) => [
        `Value${i}`,
        { id: 3 + i, format: i % 2 ? 'F4' : 'U4' } as const,
      ]),
    ),
  },
  events: Object.fromEntries(Array.from({ length: events }, (_, i) => [`Event${i}`, { id: CEID + i }])),
});

const setupOf = (profile: ToolProfile, own: boolean): object => {
  const names = Object.keys(profile.variables ?? {});
  const events = Object.keys(profile.events ?? {});
  const reports = own
    ? Object.fromEntries(events.map((name, i) => [`Of${name}`, { id: RPTID + i, values: names }]))
    : { P: { id: RPTID, values: names } };
  return {
    reports,
    events: Object.fromEntries(events.map((name) => [name, [own ? `Of${name}` : 'P']])),
    alarms: 'all',
  };
};

// ---- the process of the tools

/** What the process of the tools is told. */
type Order =
  | { readonly do: 'flood'; readonly seconds: number }
  | { readonly do: 'pace'; readonly seconds: number; readonly perSecond: number };

const answers: Readonly<Record<string, Item>> = {
  S1F1: L(A('BENCH'), A('1.0')),
  S1F13: L(B(0), L(A('BENCH'), A('1.0'))),
  S1F17: B(0),
  ...Object.fromEntries(['S2F31', 'S2F33', 'S2F35', 'S2F37', 'S5F3'].map((name) => [name, B(0)])),
  S5F5: L(),
  S6F23: B(2),
};

function event(n: number): SecsMessage {
  const rest = Array.from({ length: VALUES - 2 }, (_, i) => (i % 2 ? F4(n / 2) : U4(n)));
  const values = L([U8(process.hrtime.bigint()), A('WAFER-0001'), ...rest]);
  return S(6, 11).w(L(U4(0), U4(CEID), L(L(U4(RPTID), values))));
}

async function tools(count: number): Promise<void> {
  const sessions: HsmsSession[] = [];
  for (let i = 0; i < count; i++) {
    const connection = new HsmsPassiveConnection('', 0, 0, undefined, { bindAddress: '127.0.0.1' });
    const session = new HsmsSession(connection, { entity: 'equipment' });
    session.events.on('primary', (primary) => {
      const { name, stream } = primary.message;
      if (primary.wantsReply) void primary.reply(answers[name] ?? S(stream, 0));
    });
    await connection.enable();
    sessions.push(session);
  }
  process.on('message', (order: Order) => {
    const sent = order.do === 'flood' ? flood(sessions, order.seconds) : pace(sessions, order);
    void sent.then((events) => process.send?.({ sent: events }));
  });
  process.send?.({
    ports: sessions.map(({ connection }) => (connection as HsmsPassiveConnection).boundAddress?.port),
  });
}

/** As fast as they are acknowledged. */
async function flood(sessions: readonly HsmsSession[], seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1000;
  let sent = 0;
  const one = async (session: HsmsSession): Promise<void> => {
    while (performance.now() < until) await session.request(event(sent++));
  };
  await Promise.all(sessions.flatMap((session) => Array.from({ length: WINDOW }, () => one(session))));
  return sent;
}

/** So many a second, in steps of a millisecond. */
async function pace(
  sessions: readonly HsmsSession[],
  { seconds, perSecond }: { readonly seconds: number; readonly perSecond: number },
): Promise<number> {
  const began = performance.now();
  const open: Promise<unknown>[] = [];
  let sent = 0;
  for (let now = 0; now < seconds * 1000; now = performance.now() - began) {
    const due = Math.floor((now / 1000) * perSecond);
    while (sent < due) {
      const session = sessions[sent % sessions.length] as HsmsSession;
      open.push(session.request(event(sent++)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(open);
  return sent;
}

// ---- the process of the host

interface Tools {
  readonly child: ChildProcess;
  readonly ports: readonly number[];
}

async function start(count: number): Promise<Tools> {
  const child = fork(__filename, ['tools', String(count)], {
    execArgv: ['-r', 'ts-node/register/transpile-only'],
  });
  const [{ ports }] = (await once(child, 'message')) as [{ readonly ports: readonly number[] }];
  return { child, ports };
}

async function order({ child }: Tools, what: Order): Promise<number> {
  child.send(what);
  const [{ sent }] = (await once(child, 'message')) as [{ readonly sent: number }];
  return sent;
}

const row = (name: string, result: string): void => console.log(`${name.padEnd(66)} ${result}`);
const round = (value: number): string => Math.round(value).toLocaleString('en');

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

async function sessionsTo(ports: readonly number[]): Promise<HsmsSession[]> {
  const sessions = ports.map((port) => new HsmsSession(new HsmsActiveConnection('127.0.0.1', port, 0)));
  for (const session of sessions) await session.connection.enable();
  await Promise.all(sessions.map((session) => session.selected()));
  return sessions;
}

/** What a way of reading comes to: how many events, and the CPU time of the process for each. */
interface Rate {
  readonly perSecond: number;
  readonly cpu: number;
}

async function measured(some: Tools, seconds: number, count: () => number): Promise<Rate> {
  await order(some, { do: 'flood', seconds: Math.min(WARM_UP, seconds) });
  const [before, began, cpu] = [count(), performance.now(), cpuSeconds()];
  const sent = await order(some, { do: 'flood', seconds });
  const read = count() - before;
  if (read !== sent) throw new Error(`${sent} events were acknowledged, ${read} were read`);
  return { perSecond: (read / (performance.now() - began)) * 1000, cpu: ((cpuSeconds() - cpu) / read) * 1e6 };
}

/** GemHost: by name. */
async function byName(some: Tools, seconds: number): Promise<Rate> {
  const sessions = await sessionsTo(some.ports);
  const fleet = new GemFleet();
  const profile = profileOf(1);
  let read = 0;
  let sum = 0;
  for (const [i, session] of sessions.entries()) {
    const host = fleet.add(`T${i}`, session, { profile, setup: setupOf(profile, false) });
    host.emitter.on('event', ({ values }: HostEvent) => {
      if (values['WaferId'] !== 'WAFER-0001') throw new Error('an event was misread');
      for (let n = 0; n < VALUES - 2; n++) sum += values[`Value${n}`] as number;
      read++;
    });
    await host.ready();
  }
  const rate = await measured(some, seconds, () => read);
  if (!(sum > 0)) throw new Error('no values came');
  fleet.stop();
  await Promise.all(sessions.map(({ connection }) => connection.dispose()));
  return rate;
}

/** A session and its items, by hand. */
async function byHand(some: Tools, seconds: number): Promise<Rate> {
  const sessions = await sessionsTo(some.ports);
  const ack = B(0);
  let read = 0;
  let sum = 0;
  for (const session of sessions) {
    session.events.on('primary', (primary) => {
      void primary.reply(ack);
      const values = primary.message.item?.at(2, 0, 1).list ?? [];
      if (values[1]?.ascii !== 'WAFER-0001') throw new Error('an event was misread');
      for (let n = 2; n < VALUES; n++) sum += values[n]?.number ?? 0;
      read++;
    });
  }
  const rate = await measured(some, seconds, () => read);
  if (!(sum > 0)) throw new Error('no values came');
  await Promise.all(sessions.map(({ connection }) => connection.dispose()));
  return rate;
}

async function rates(count: number, seconds: number): Promise<void> {
  const some = await start(count);
  const named = await byName(some, seconds);
  const hand = await byHand(some, seconds);
  const show = ({ perSecond, cpu }: Rate): string =>
    `${round(perSecond)} /s, ${cpu.toFixed(1)} µs CPU of the host each`;
  row(`S6F11 of ${VALUES} values from ${count} tools, to named values`, show(named));
  row('the same, items read by hand', show(hand));
  row('rate by name to that by hand', (named.perSecond / hand.perSecond).toFixed(2));
  some.child.kill();
}

/** From the making of the message to the subscriber. */
async function latency(count: number, perSecond: number, seconds: number): Promise<void> {
  const some = await start(count);
  const sessions = await sessionsTo(some.ports);
  const fleet = new GemFleet();
  const profile = profileOf(1);
  const took: number[] = [];
  for (const [i, session] of sessions.entries()) {
    const host = fleet.add(`T${i}`, session, { profile, setup: setupOf(profile, false) });
    host.events.subscribe(({ values }) =>
      took.push(Number(process.hrtime.bigint() - BigInt(values['SentAt'] as bigint)) / 1e6),
    );
    await host.ready();
  }
  await order(some, { do: 'pace', seconds: Math.min(WARM_UP, seconds), perSecond });
  took.length = 0;
  const sent = await order(some, { do: 'pace', seconds, perSecond });
  if (took.length !== sent) throw new Error(`${sent} events were acknowledged, ${took.length} came`);
  took.sort((a, b) => a - b);
  const at = (share: number): string => (took[Math.floor(took.length * share)] ?? NaN).toFixed(3);
  row(
    `event made → subscriber at ${round(sent / seconds)} /s from ${count} tools`,
    `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, p99.9 ${at(0.999)} ms`,
  );
  fleet.stop();
  await Promise.all(sessions.map(({ connection }) => connection.dispose()));
  some.child.kill();
}

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

async function heap(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

/** The set-up of many tools, and what each costs. */
async function setups(count: number, events: number): Promise<void> {
  const some = await start(count);
  const sessions = await sessionsTo(some.ports);
  const profile = profileOf(events);
  const setup = setupOf(profile, true);
  const before = await heap();
  const fleet = new GemFleet({ setupsAtOnce: 50 });
  const began = performance.now();
  const cpu = cpuSeconds();
  const hosts = sessions.map((session, i) => fleet.add(`T${i}`, session, { profile, setup }));
  await Promise.all(hosts.map((host) => host.ready()));
  const [took, used] = [(performance.now() - began) / 1000, cpuSeconds() - cpu];
  const each = ((await heap()) - before) / count;
  row(
    `set-up of ${count} tools, ${events} events and reports each`,
    `${took.toFixed(2)} s, ${used.toFixed(2)} s CPU`,
  );
  row(
    'heap of the host process for each of these tools',
    `${round(each / 1024)} KiB (${mebibytes(each * count)} in all)`,
  );
  if (fleet.health().notReady.length > 0) throw new Error('not all tools are ready');
  fleet.stop();
  await Promise.all(sessions.map(({ connection }) => connection.dispose()));
  some.child.kill();
}

async function main(): Promise<void> {
  const isQuick = process.argv.includes('--quick');
  const seconds = isQuick ? 0.5 : Number(process.argv[2] ?? 5);
  console.log(`${machine()}\n`);
  await rates(4, seconds);
  await latency(10, 20_000, seconds);
  await setups(isQuick ? 20 : 500, 100);
  console.log(`\nload at the end: ${loadavg()[0]?.toFixed(1)}`);
}

if (process.argv[2] === 'tools') void tools(Number(process.argv[3]));
else
  void main().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
