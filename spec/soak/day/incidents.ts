import { HsmsActiveConnection, HsmsPacket, HsmsPassiveConnection } from '../../../src/index.js';
import { A, B, S } from '../../../src/secs2/index.js';
import { ScriptedPeer } from '../../../src/testing/index.js';
import { BAD_PEER_INCIDENTS } from './bad-peers.js';
import type { Incident, Pair } from './pair.js';

/** More than the buffers of a connection in memory and the library's queue hold. */
const TOO_MUCH = Buffer.alloc(30_000, 'x');

/** What befalls a pair: programs that do things in any order, a network that fails, strangers, bad peers. */
export const INCIDENTS: readonly Incident[] = [
  { name: 'reset by the network', ends: 'host', run: (pair) => pair.link()?.reset() },
  { name: 'a pulled cable', ends: 'host', run: pulledCable },
  { name: 'a port that refuses', ends: 'host', run: refused },
  { name: 'attempts without an answer', ends: 'host', run: unanswered },
  { name: 'a Select.req that is lost', ends: 'host', run: lostSelect },
  { name: 'a tool that does not read', ends: 'host', run: (pair) => doesNotRead(pair, 'toPassive') },
  { name: 'a host that does not read', ends: 'tool', run: (pair) => doesNotRead(pair, 'toActive') },
  { name: 'answers that are not read', ends: 'tool', run: unreadAnswers },
  { name: 'the host disables', ends: 'tool', run: (pair) => disableAndEnable(pair, 'host', 3) },
  { name: 'the tool disables', ends: 'host', run: (pair) => disableAndEnable(pair, 'tool', 3) },
  { name: 'the host disables for a moment', ends: 'host', run: (pair) => disableAndEnable(pair, 'host', 0) },
  { name: 'both disable and enable again and again', ends: 'host', run: hasty },
  { name: 'the host separates', ends: 'tool', run: (pair) => pair.host.session.separate() },
  { name: 'the tool separates', ends: 'host', run: (pair) => pair.tool.session.separate() },
  { name: 'Deselect and Select', run: deselectAndSelect },
  { name: 'the tool deselects', ends: 'host', run: toolDeselects },
  { name: 'the host is made anew', renews: true, ends: 'tool', run: (pair) => pair.renew('host') },
  {
    name: 'the host is made anew, in order',
    renews: true,
    ends: 'tool',
    run: (pair) => pair.renew('host', 'session'),
  },
  { name: 'the tool is made anew', renews: true, ends: 'host', run: (pair) => pair.renew('tool') },
  {
    name: 'both are made anew',
    renews: true,
    ends: 'host',
    run: (pair) => Promise.all([pair.renew('host'), pair.renew('tool')]),
  },
  { name: 'the host is made anew while it waits for T5', renews: true, run: renewedInT5 },
  { name: 'the host is made anew while it dials', renews: true, run: renewedInDial },
  { name: 'the session closes with requests open', ends: 'host', run: closedWithRequests },
  { name: 'a second connection', run: secondConnection },
  { name: 'a second connection in the place of a dead one', ends: 'tool', run: takeOver },
  { name: 'a port that is taken', run: portTaken },
  { name: 'connections that never are', run: neverUp },
  ...BAD_PEER_INCIDENTS,
];

async function pulledCable(pair: Pair): Promise<void> {
  const { world, port } = pair;
  const before = pair.closes('host');
  world.network.cut(port);
  await world.until('a pulled cable to be noticed', () => pair.closes('host') > before);
  await world.pass(world.random.below(20));
  world.network.heal(port);
}

async function refused({ world, port }: Pair): Promise<void> {
  world.network.refuse(port);
  for (const one of world.network.connections) if (one.passive.port === port) one.reset();
  await world.pass(12);
  world.network.accept(port);
}

async function unanswered(pair: Pair): Promise<void> {
  pair.world.network.cut(pair.port);
  pair.link()?.reset();
  await pair.world.pass(22);
  pair.world.network.heal(pair.port);
}

/** T6 of the host and T7 of the tool run at once. */
async function lostSelect(pair: Pair): Promise<void> {
  const { host, world } = pair;
  await host.connection.disable();
  const before = pair.closes('host');
  host.connection.events.once('established', () => pair.link()?.cut());
  await host.connection.enable();
  await world.until('T6', () => pair.closes('host') > before);
  pair.link()?.heal();
}

async function doesNotRead(pair: Pair, direction: 'toActive' | 'toPassive'): Promise<void> {
  const { world } = pair;
  const side = direction === 'toPassive' ? 'host' : 'tool';
  const link = pair.link();
  const before = pair.closes(side);
  link?.stall(direction);
  const given = new AbortController();
  const { session } = pair[side];
  const sends = Array.from({ length: 8 }, (_, index) =>
    session
      .send(S(12, 1, B(TOO_MUCH)), index % 3 === 0 ? { signal: given.signal } : {})
      .catch((error: unknown) => world.failed('a send', error)),
  );
  await world.pass(1);
  given.abort();
  await world.until(`the ${side} to notice that nothing is read`, () => pair.closes(side) > before);
  link?.heal();
  await Promise.all(sends);
}

/** The peer asks for answers and does not read them. */
async function unreadAnswers(pair: Pair): Promise<void> {
  const { world, host, tool } = pair;
  const link = pair.link();
  const before = pair.closes('tool');
  link?.stall('toActive');
  const send = tool.session.send(S(12, 1, B(TOO_MUCH))).catch(() => {});
  for (let i = 0; i < 200; i++) host.connection.send(HsmsPacket.linktestReq(i)).catch(() => {});
  await world.until('the tool to give up a peer that reads no answers', () => pair.closes('tool') > before);
  link?.heal();
  await send;
}

async function disableAndEnable(pair: Pair, side: 'host' | 'tool', seconds: number): Promise<void> {
  const { connection } = pair[side];
  await connection.disable();
  if (seconds > 0) await pair.world.pass(seconds);
  await connection.enable();
}

async function hasty({ host, tool, world }: Pair): Promise<void> {
  const calls: Promise<void>[] = [];
  for (let i = 0; i < 5; i++) {
    calls.push(host.connection.disable(), tool.connection.enable(), host.connection.enable());
    if (i % 2 === 0) await world.turns(i);
    calls.push(tool.connection.disable());
  }
  calls.push(tool.connection.enable(), host.connection.enable());
  for (const { status, ...rest } of await Promise.allSettled(calls)) {
    if (status === 'rejected') world.failed('enable or disable', (rest as PromiseRejectedResult).reason);
  }
}

async function deselectAndSelect({ host, world }: Pair): Promise<void> {
  await host.session.deselect();
  await host.session.send(S(1, 1)).catch((error: unknown) => world.failed('a send', error));
  await world.pass(2);
  await host.session.select();
}

/** Nobody selects again: T7 ends it. */
async function toolDeselects(pair: Pair): Promise<void> {
  const before = pair.closes('host');
  await pair.tool.session.deselect();
  await pair.world.until('T7 after Deselect', () => pair.closes('host') > before);
}

async function renewedInT5(pair: Pair): Promise<void> {
  pair.link()?.reset();
  await pair.world.pass(2);
  await pair.renew('host');
}

async function renewedInDial(pair: Pair): Promise<void> {
  const { world, port } = pair;
  world.network.cut(port);
  pair.link()?.reset();
  await world.pass(7);
  await pair.renew('host');
  await world.pass(1);
  world.network.heal(port);
}

async function closedWithRequests(pair: Pair): Promise<void> {
  const { world, host } = pair;
  const { session } = host;
  const requests = [1, 3, 5].map((fn) =>
    session
      .request(S(64, fn).w(A('x')), { t3: 3 })
      .catch((error: unknown) => world.failed('a request', error)),
  );
  await session.close({ within: 2 });
  await Promise.all(requests);
  await host.connection.enable();
}

/** A stranger knocks while the pair talks: refused, or kept until it selects, as the policy says. */
async function secondConnection({ world, port }: Pair): Promise<void> {
  for (const isPolite of [false, true]) {
    const peer = await ScriptedPeer.connect('127.0.0.1', port, { ...world.network.options, within: 5 });
    if (isPolite) await peer.send(HsmsPacket.selectReq(5)).catch(() => {});
    await world.pass(isPolite ? 1 : 12);
    await peer.dispose();
  }
}

async function takeOver(pair: Pair): Promise<void> {
  const { world, port, policy } = pair;
  const link = pair.link();
  const before = pair.closes('tool');
  link?.cut();
  const peer = await ScriptedPeer.connect('127.0.0.1', port, { ...world.network.options, within: 5 });
  await world.until('a dead connection to end', () => pair.closes('tool') > before);
  if (policy === 'takeOver') {
    await world.pass(0.5);
    await peer.select().catch(() => world.fault('a second connection did not take over'));
  }
  link?.heal();
  link?.reset();
  await peer.dispose();
}

async function portTaken({ world, port, sessionId }: Pair): Promise<void> {
  const { options } = world.network;
  const second = new HsmsPassiveConnection('', port, sessionId, undefined, options);
  let code: unknown;
  await second.enable().catch((error: { code?: unknown }) => (code = error.code));
  if (code !== 'HSMS_ADDRESS_IN_USE') world.fault(`a port that is taken: ${String(code)}`);
  await second.dispose();
}

/** Connections that are disposed of before anything, at once after `enable`, or of which a name is unknown. */
async function neverUp({ world, port, sessionId }: Pair): Promise<void> {
  const { options } = world.network;
  const make = (address: string): HsmsActiveConnection =>
    new HsmsActiveConnection(address, port, sessionId, undefined, options);
  await make('127.0.0.1').dispose();
  for (const address of ['10.9.9.9', 'nowhere.example']) {
    const connection = make(address);
    connection.notices.subscribe(({ kind }) => world.count(`notice: ${kind}`));
    await connection.enable().catch((error: unknown) => world.failed('enable', error));
    await world.pass(1);
    await connection.dispose();
  }
}
