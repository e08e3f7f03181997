import { encodeFrame, HsmsPacket } from '../../../src/index.js';
import { ScriptedPeer, type ScriptedPeerOptions } from '../../../src/testing/index.js';
import type { Incident, Pair } from './pair.js';

const FRAME = encodeFrame(
  HsmsPacket.data({ sessionId: 1, stream: 6, function: 11, systemBytes: 7 }, Buffer.alloc(90)),
);

interface BadPeer {
  readonly name: string;
  readonly options?: ScriptedPeerOptions;
  /** Whether it selects, or lets itself be selected, first. */
  readonly isSelected: boolean;
  readonly only?: 'host' | 'tool';
  act(peer: ScriptedPeer, pair: Pair): Promise<unknown> | void;
}

const drip = async (peer: ScriptedPeer, { world }: Pair): Promise<void> => {
  for (let i = 0; i < 20 && peer.connected; i++) {
    await peer.sendBytes(FRAME.subarray(i, i + 1));
    await world.pass(2);
  }
};

const half = (peer: ScriptedPeer): Promise<void> => peer.sendBytes(FRAME.subarray(0, 30));

/** What a peer may do to end a connection. */
const BAD_PEERS: readonly BadPeer[] = [
  { name: 'FIN', isSelected: true, act: (peer) => peer.close() },
  { name: 'RST', isSelected: true, act: (peer) => peer.reset() },
  { name: 'Separate', isSelected: true, act: (peer) => peer.send(HsmsPacket.separateReq(9)) },
  { name: 'half a frame, then FIN', isSelected: true, act: (peer) => half(peer).then(() => peer.close()) },
  { name: 'half a frame, then RST', isSelected: true, act: (peer) => half(peer).then(() => peer.reset()) },
  { name: 'half a frame, then nothing', isSelected: true, act: half },
  { name: 'half a length, then nothing', isSelected: true, act: (p) => p.sendBytes(FRAME.subarray(0, 2)) },
  { name: 'a frame that drips', isSelected: true, act: drip },
  {
    name: 'too short a frame',
    isSelected: true,
    act: (peer) => peer.sendBytes(Buffer.from([0, 0, 0, 4, 1])),
  },
  { name: 'too long a frame', isSelected: true, act: (peer) => peer.sendBytes(Buffer.alloc(8, 0xff)) },
  { name: 'no answer to Linktest', isSelected: true, act: (peer) => peer.control({ linktest: 'silence' }) },
  { name: 'Deselect, then nothing', isSelected: true, act: (p) => p.send(HsmsPacket.deselectReq(8)) },
  { name: 'Deselect, then half a frame', isSelected: true, act: deselectAndHalf },
  { name: 'no Select', isSelected: false, only: 'tool', act: () => {} },
  { name: 'data before Select', isSelected: false, only: 'tool', act: (peer) => peer.sendBytes(FRAME) },
  { name: 'text', isSelected: false, act: (peer) => peer.sendBytes(Buffer.from('GET / HTTP/1.1\r\n\r\n')) },
  {
    name: 'no answer to Select',
    options: { select: 'silence' },
    isSelected: false,
    only: 'host',
    act: () => {},
  },
  { name: 'a refused Select', options: { select: 2 }, isSelected: false, only: 'host', act: () => {} },
  { name: 'RST at once', isSelected: false, act: (peer) => peer.reset() },
];

async function deselectAndHalf(peer: ScriptedPeer): Promise<void> {
  await peer.send(HsmsPacket.deselectReq(8));
  await half(peer);
}

/** A bad peer in the place of the tool, and one in the place of the host, for each thing that a peer may do. */
export const BAD_PEER_INCIDENTS: readonly Incident[] = BAD_PEERS.flatMap((bad) =>
  (['host', 'tool'] as const)
    .filter((side) => bad.only === undefined || bad.only === side)
    .map((side) => ({
      name: `${side} gets ${bad.name}`,
      ends: side,
      run: (pair: Pair) => (side === 'host' ? asTool(pair, bad) : asHost(pair, bad)),
    })),
);

async function asTool(pair: Pair, bad: BadPeer): Promise<void> {
  const { world, port, sessionId } = pair;
  await pair.tool.connection.disable();
  const peer = await ScriptedPeer.listen(port, { ...world.network.options, sessionId, ...bad.options });
  const isThere = (): boolean =>
    bad.isSelected ? pair.host.session.currentState === 'selected' : peer.connections > 0;
  await world.until(`the host to meet '${bad.name}'`, isThere);
  await meet(pair, bad, peer, 'host');
  await peer.dispose();
  await pair.tool.connection.enable();
}

async function asHost(pair: Pair, bad: BadPeer): Promise<void> {
  const { world, port, sessionId } = pair;
  await pair.host.connection.disable();
  await world.pass(1);
  const options = { ...world.network.options, sessionId, ...bad.options };
  const peer = await ScriptedPeer.connect('127.0.0.1', port, { ...options, within: 10 });
  if (bad.isSelected) await peer.select();
  await meet(pair, bad, peer, 'tool');
  await peer.dispose();
  await pair.host.connection.enable();
}

async function meet(pair: Pair, bad: BadPeer, peer: ScriptedPeer, side: 'host' | 'tool'): Promise<void> {
  const before = pair.closes(side);
  // The connection may end in the midst of it.
  await Promise.resolve(bad.act(peer, pair)).catch(() => {});
  await pair.world.until(`the ${side} to end after '${bad.name}'`, () => pair.closes(side) > before);
}
