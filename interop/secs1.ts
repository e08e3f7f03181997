/** SECS-I against other people's: `ts-node interop/secs1.ts go-secs|secsgem|secs4js|pty|cli`, the last one with the command line as it is built. */
import { setTimeout as delay } from 'node:timers/promises';
import { outcomeOf } from '../src/session/errors.js';
import { dialLine, listenLine, serialLine, type Secs1ConnectionOptions } from '../src/secs1/index.js';
import { freePort } from './support/free-port.js';
import { within } from './support/inbox.js';
import { runPart, type Part } from './support/suite.js';
import { bridges, onSerialPort, sends } from './secs1/command-line.js';
import { Ours } from './secs1/ours.js';
import { LinePeer, PEERS, type PeerName } from './secs1/peer.js';
import { PtyPair } from './secs1/pty.js';

/** Both read and send the blocks of a message after a single ENQ (B-71). */
const WITHOUT_ENQ: Secs1ConnectionOptions = { blocksWithoutEnq: { accept: true, send: true } };

const OPTIONS: Readonly<Record<PeerName, Secs1ConnectionOptions>> = {
  // It answers a message by S9F7 between whose blocks a reply goes.
  'go-secs': { interleave: 'never' },
  secsgem: {},
  secs4js: WITHOUT_ENQ,
};

/** secsgem begins with S1F13, and loses messages in contention: nothing else may be said before. */
async function greeting(name: PeerName, ours: Ours): Promise<void> {
  if (name === 'secsgem') await within(ours.greeted, 'S1F13 and its answer', 30);
}

/** One block and several, both ways. */
async function talk(
  { checks }: Part,
  what: string,
  ours: Ours,
  peer: LinePeer,
  bytes: number,
): Promise<void> {
  checks.equal(`${what}: our S1F1 is answered`, await ours.s1f1(), 2);
  peer.do('s1f1');
  checks.equal(`${what}: the peer's S1F1 is answered`, (await peer.results.next('S1F2')).function, 2);
  checks.equal(`${what}: our S7F3 of ${bytes} bytes is answered`, await ours.big(bytes), 4);
  peer.do('big', bytes);
  const result = await peer.results.next('S7F4', 60);
  checks.equal(`${what}: the peer's S7F3 is answered`, result, { kind: 'result', name: 'big', function: 4 });
  checks.equal(`${what}: all of its bytes came`, (ours.recipes.at(-1) ?? 0) > bytes, true);
}

/** B-82: both sides ask at once, again and again. */
async function contend(
  { checks }: Part,
  what: string,
  ours: Ours,
  peer: LinePeer,
  count: number,
): Promise<void> {
  const asked = Array.from({ length: count }, (_, i) => (i % 5 === 4 ? ours.big(1000) : ours.s1f1()));
  for (let i = 0; i < count; i++) peer.do('s1f1');
  const expected = Array.from({ length: count }, (_, i) => (i % 5 === 4 ? 4 : 2));
  checks.equal(`${what}: ours are answered`, await Promise.all(asked), expected);
  for (let i = 0; i < count; i++) {
    const { function: fn } = await peer.results.next('S1F2', 30);
    checks.equal(`${what}: the peer's are answered`, fn, 2);
  }
}

/**
 * In contention these lose what they send themselves: secsgem as master takes our ENQ for EOT, secs4js as slave makes way and forgets its
 * own message.
 */
const losesInContention = (name: PeerName, ourEntity: 'host' | 'equipment'): boolean =>
  name === 'secsgem' ? ourEntity === 'host' : name === 'secs4js' && ourEntity === 'equipment';

/**
 * B-82: contention with a peer that loses messages of its own: each of ours ends, with an answer or a reason. How many of the peer's own come through is its affair, and told.
 */
async function contendWithLoser(
  part: Part,
  what: string,
  ours: Ours,
  peer: LinePeer,
  count: number,
): Promise<void> {
  const { checks } = part;
  ours.session.configure({ t3: 10 });
  const asked = Array.from({ length: count }, (_, i) => (i % 5 === 4 ? ours.big(1000) : ours.s1f1()));
  for (let i = 0; i < count; i++) peer.do('s1f1');
  const settled = await Promise.allSettled(asked);
  const odd = settled.flatMap((one) =>
    one.status === 'fulfilled' || ['t3', 'unsent'].includes(outcomeOf(one.reason))
      ? []
      : [String(one.reason)],
  );
  checks.equal(`${what}: ours are answered, or fail with a reason`, odd, []);
  const answered = settled.filter(({ status }) => status === 'fulfilled').length;
  let theirs = 0;
  for (let i = 0; i < count; i++) {
    if ((await peer.results.next('S1F2, or why there is none', 60)).function === 2) theirs++;
  }
  console.log(`${what}: of ${count} each, ${answered} of ours and ${theirs} of the peer's were answered`);
}

async function overTcp(
  part: Part,
  name: PeerName,
  entity: 'host' | 'equipment',
  dials: boolean,
): Promise<void> {
  const port = await freePort();
  const what = `${name}, we are ${entity} and ${dials ? 'dial' : 'listen'}`;
  const line = dials ? dialLine('127.0.0.1', port) : listenLine(port, { bindAddress: '127.0.0.1' });
  const ours = new Ours(line, entity, { ...OPTIONS[name], t2: 2 });
  part.cleanUp(() => ours.session.connection.dispose());
  const peer = new LinePeer(
    name,
    entity === 'host' ? 'equipment' : 'host',
    dials ? 'listen' : 'dial',
    String(port),
  );
  part.cleanUp(() => peer.kill());
  await peer.started();
  await ours.up();
  await greeting(name, ours);
  await talk(part, what, ours, peer, 1000);
  if (losesInContention(name, entity)) {
    // secsgem may wait for ever afterwards, and each of ours that it does not take costs all tries.
    await contendWithLoser(part, `${what}, contention`, ours, peer, name === 'secsgem' ? 4 : 10);
    if (name !== 'secsgem') await talk(part, `${what}, afterwards`, ours, peer, 1000);
    return;
  }
  await contend(part, `${what}, contention`, ours, peer, name === 'go-secs' ? 50 : 10);
  if (name !== 'go-secs') return;
  await talk(part, what, ours, peer, 1_000_000);
  part.checks.equal(
    `${what}: nothing failed`,
    ours.notices.filter((kind) => kind === 'messageFailed'),
    [],
  );
}

async function overPty(part: Part, name: PeerName): Promise<void> {
  const pty = new PtyPair();
  part.cleanUp(() => pty.remove());
  await pty.start();
  const ours = new Ours(serialLine(pty.first), 'equipment', OPTIONS[name]);
  part.cleanUp(() => ours.session.connection.dispose());
  // First: what a port got before it is opened is thrown away, and secsgem waits for ever for an answer to its first ENQ.
  await ours.up();
  const peer = new LinePeer(name, 'host', 'serial', pty.second);
  part.cleanUp(() => peer.kill());
  await peer.started();
  await greeting(name, ours);
  await talk(part, `${name} on a serial port`, ours, peer, 1000);
}

/** Our own ends on serial ports, which are lost and come back. */
async function portsLost(part: Part): Promise<void> {
  const { checks } = part;
  const pty = new PtyPair();
  part.cleanUp(() => pty.remove());
  await pty.start();
  const host = new Ours(serialLine(pty.first, { baudRate: 9600 }), 'host');
  const equipment = new Ours(serialLine(pty.second, { baudRate: 9600 }), 'equipment');
  for (const { session } of [host, equipment]) part.cleanUp(() => session.connection.dispose());
  await Promise.all([host.up(), equipment.up()]);
  for (const round of ['before', 'after']) {
    const asked = Array.from({ length: 20 }, () => [host.s1f1(), equipment.s1f1()]).flat();
    checks.equal(`${round}: all are answered`, await Promise.all(asked), Array<number>(40).fill(2));
    checks.equal(
      `${round}: several blocks`,
      await Promise.all([host.big(5000), equipment.big(5000)]),
      [4, 4],
    );
    if (round === 'after') return;
    const lost = Promise.all([host.closed('portLost'), equipment.closed('portLost')]);
    // What is being written when a port is lost may keep the system busy for a while.
    await delay(200);
    await pty.kill();
    await lost;
    checks.equal('the session says that it is not usable', host.session.currentAvailability, 'down');
    await pty.start();
    const signal = AbortSignal.timeout(20_000);
    await Promise.all([host.session.usable({ signal }), equipment.session.usable({ signal })]);
  }
}

const [which = ''] = process.argv.slice(2);
runPart(`SECS-I, ${which}`, async (part) => {
  if (which === 'pty') {
    await portsLost(part);
    await overPty(part, 'secsgem');
    await overPty(part, 'secs4js');
    return;
  }
  if (which === 'cli') {
    await sends(part);
    await bridges(part);
    await onSerialPort(part);
    return;
  }
  if (!(which in PEERS)) throw new Error(`no such peer: ${which}`);
  const name = which as PeerName;
  await overTcp(part, name, 'host', true);
  await overTcp(part, name, 'equipment', false);
  if (name === 'secsgem') return;
  await overTcp(part, name, 'host', false);
  await overTcp(part, name, 'equipment', true);
});
