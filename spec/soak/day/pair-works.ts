import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { attachDelegate, HsmsPacket, type HsmsSession } from '../../../src/index.js';
import { logEvents, WireLog } from '../../../src/log/index.js';
import { SecsMetrics } from '../../../src/metrics/index.js';
import { A, B, L, S, U4, type SecsMessage } from '../../../src/secs2/index.js';
import type { Pair } from './pair.js';
import { ODD_STREAM } from './settings.js';
import type { Work } from './world.js';

const WAFER_MAP = Buffer.alloc(40_000, 'x');

/** What the two of a pair have to say to each other, all day. */
export function pairWorks(pair: Pair): Work[] {
  const { world } = pair;
  const { random, leaks } = world;
  const either = (): HsmsSession => (random.chance(0.5) ? pair.host : pair.tool).session;

  const ask = async (
    session: HsmsSession,
    message: SecsMessage = S(1, 1).w(),
    options = {},
  ): Promise<void> => {
    leaks.signal(world.always);
    leaks.buffer('buffer');
    await session.request(message, { signal: world.always, ...options });
    world.count('requests');
  };

  const acts: readonly (() => Promise<unknown>)[] = [
    // Never answered, answered too late, answered with function 0.
    () => ask(either(), S(ODD_STREAM, 1).w(), { t3: 2 }),
    () => ask(either(), S(ODD_STREAM, 3).w(), { t3: 1 }),
    () => ask(either(), S(ODD_STREAM, 5).w()),
    () => ask(pair.host.session, S(99, 1).w()),
    () => givenUp(pair, either()),
    () => foreign(pair),
    () => unreadable(pair),
    () => either().linktest(),
    () => ask(either(), S(12, 9).w(B(WAFER_MAP))),
    () => inPieces(pair, ask),
    () => listened(pair),
    () => iterated(pair),
    () => watched(pair),
    () => configured(pair),
    () => Promise.all(Array.from({ length: 30 }, () => ask(either()))),
    () => openForLong(pair),
  ];
  let turn = random.below(acts.length);
  return [
    { seconds: 15, act: () => ask(either()) },
    { seconds: 12, act: () => either().send(S(6, 11, L(U4(1), U4(1001), L(A('IDLE'))))) },
    { seconds: 20, act: () => ask(pair.tool.session, S(6, 11).w(L(U4(1), U4(1002), L()))) },
    { seconds: 20, act: () => acts[turn++ % acts.length]?.() ?? Promise.resolve() },
  ];
}

/** Requests and waits that are given up by a signal: before they begin, at once, later. */
async function givenUp({ world }: Pair, session: HsmsSession): Promise<void> {
  const request = (signal: AbortSignal): Promise<unknown> =>
    session.request(S(ODD_STREAM, 1).w(), { signal }).catch((error: unknown) => world.failed('it', error));
  const late = new AbortController();
  const soon = new AbortController();
  const pending = [request(AbortSignal.abort()), request(soon.signal), request(late.signal)];
  pending.push(session.send(S(6, 11), { signal: soon.signal }).catch(() => {}));
  soon.abort();
  await world.pass(1);
  late.abort();
  await Promise.all(pending);
}

/** Data with a session ID that is nobody's, both ways; a reply that nobody waits for; a Reject for nothing. */
async function foreign({ host, tool, sessionId, world }: Pair): Promise<void> {
  for (const { connection } of [host, tool]) {
    const other = { sessionId: sessionId + 1000, stream: 1, function: 1, wBit: true };
    await connection.send(HsmsPacket.data({ ...other, systemBytes: world.random.below(2 ** 32) }));
    const reply = { sessionId, stream: 1, function: 2, systemBytes: world.random.below(2 ** 32) };
    const packet = HsmsPacket.data(reply);
    await connection.send(packet);
    await connection.send(HsmsPacket.rejectReq(packet.header, 3));
  }
}

/** A body that is no item. */
async function unreadable({ host, tool, sessionId, world }: Pair): Promise<void> {
  for (const { connection } of [host, tool]) {
    const systemBytes = world.random.below(2 ** 32);
    await connection.send(
      HsmsPacket.data(
        { sessionId, stream: 6, function: 11, wBit: true, systemBytes },
        Buffer.from([0xff, 1]),
      ),
    );
  }
}

/** For some time bytes come one by one, and late. */
async function inPieces(pair: Pair, ask: (session: HsmsSession) => Promise<void>): Promise<void> {
  const link = pair.link();
  if (link === undefined) return;
  [link.splitBytes, link.latency] = [1, 0.05];
  await Promise.all([ask(pair.host.session), ask(pair.tool.session)]).finally(() => {
    [link.splitBytes, link.latency] = [0, 0];
  });
}

/** Subscribers of every stream, delegates and waits that come and go. */
async function listened({ host, tool, world }: Pair): Promise<void> {
  const given = new AbortController();
  const subscriptions = [host, tool].flatMap(({ connection, session }) => [
    ...[connection.established, connection.message, connection.sent, connection.beforeClosed].map((stream) =>
      (stream as typeof connection.message).subscribe(() => world.count('heard')),
    ),
    ...[connection.closed, connection.state, connection.notices].map((stream) =>
      (stream as typeof connection.state).subscribe(() => world.count('heard')),
    ),
    ...[session.state, session.availability, session.messages, session.primaries, session.ended].map(
      (stream) => (stream as typeof session.state).subscribe(() => world.count('heard')),
    ),
    attachDelegate(connection, { onConnectionMessageReceived: () => world.count('heard') }),
  ]);
  const waits = [host, tool].flatMap(({ connection, session }) => [
    once(connection.events, 'disposed', { signal: given.signal }).catch(() => {}),
    session.selected({ signal: given.signal }).catch(() => {}),
    session.usable({ signal: world.always }).catch(() => {}),
  ]);
  await world.pass(15);
  for (const subscription of subscriptions) subscription.unsubscribe();
  given.abort();
  await Promise.all(waits);
}

/** Iterations that end by a break, by a signal, by too small a buffer, and that are left lying. */
async function iterated(pair: Pair): Promise<void> {
  const { world, host } = pair;
  const given = new AbortController();
  const lying = host.session.iteratePrimaries({ signal: given.signal, policy: 'dropOldest', limit: 2 });
  const full = host.session.iteratePrimaries({ limit: 1 });
  const forgotten = host.session.iteratePrimaries({ limit: 1 });
  const one = host.session.iteratePrimaries();
  const first = (async () => {
    for await (const primary of one) return primary;
    return undefined;
  })();
  for (let i = 0; i < 3; i++)
    await pair.tool.session.send(S(6, 1)).catch((error: unknown) => world.failed('it', error));
  await world.pass(5);
  given.abort();
  if (world.leaks.kind === 'iterator') world.leaks.keep('iterator', host.session.iteratePrimaries());
  // That which is full has ended by itself: who forgot it has forgotten nothing that is held.
  const { value } = (await lying.next()) as { value?: unknown };
  world.count(value === undefined && forgotten.dropped === 0 ? 'iterations' : 'iterations with a rest');
  await full.return?.();
  await one.return?.();
  await first;
}

/** Metrics, a wire log and a log of events that watch for a while. */
async function watched({ host, tool, world }: Pair): Promise<void> {
  const sink = new PassThrough().resume();
  const log = new WireLog(sink, { clock: world.clock });
  const metrics = new SecsMetrics({ clock: world.clock });
  const ends = [host, tool].flatMap(({ connection, session }) => {
    metrics.watch(session);
    return [
      log.attach(connection),
      logEvents(session, { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} }),
    ];
  });
  const snapshots = metrics.snapshots(2).subscribe(() => world.count('snapshots'));
  await world.pass(15);
  snapshots.unsubscribe();
  metrics.close();
  for (const end of ends) end();
  await log.close();
}

/** Settings that change while connections run. */
async function configured({ host, tool, world }: Pair): Promise<void> {
  const { linktestInterval } = host.session.settings;
  for (const { connection, session } of [host, tool]) {
    connection.configure({ t8: 4, t5: 4 });
    session.configure({ linktestInterval: 3, t3: 9 });
  }
  await world.pass(12);
  host.session.configure({ linktestInterval, t3: 10 });
  tool.session.configure({ linktestInterval: 50, t3: 10 });
  for (const { connection } of [host, tool]) connection.configure({ t8: 5, t5: 5 });
}

/** A request whose answer may take for ever: kept, if that is what is to be noticed. */
async function openForLong({ host, world }: Pair): Promise<void> {
  const given = new AbortController();
  const request = host.session.request(S(ODD_STREAM, 1).w(), { t3: 1e6, signal: given.signal });
  request.catch(() => {});
  await world.pass(3);
  if (world.leaks.kind !== 'request') given.abort();
}
