import { connect } from 'node:net';
import type { CloseReason } from '../../src/index.js';
import { B, S } from '../../src/secs2/index.js';
import type { HarmProxy } from './harm-proxy.js';
import type { Seat, World } from './world.js';

/** More than the buffers of the system take. */
const TOO_MUCH = Buffer.alloc(15 * 2 ** 20, 'x');
/** How a TLS connection begins. */
const CLIENT_HELLO = Buffer.from('16030102000100', 'hex');

/** The pair whose connection ends again and again, and what stands between the two. */
interface Harmed {
  readonly world: World;
  readonly proxy: HarmProxy;
  /** Listens. */
  readonly host: Seat;
  /** Dials, through the proxy. */
  readonly tool: Seat;
}

/** One way in which a connection may end. Those that have to wait for it resolve then. */
export interface End {
  readonly name: string;
  readonly run: (harmed: Harmed) => unknown;
}

/** Reasons for closing that a run of some minutes has to have seen. */
export const REASONS: readonly CloseReason['kind'][] = [
  ...(['local', 'remoteClosed', 'reset', 'separate', 't7', 't8', 'sendTimeout', 'frameTooLong'] as const),
];

/** The ways in turn. */
export const ENDS: readonly End[] = [
  { name: 'RST', run: ({ proxy }) => proxy.reset() },
  { name: 'FIN', run: ({ proxy }) => proxy.end() },
  { name: 'Separate by the host', run: ({ host }) => host.session.separate() },
  { name: 'Separate by the tool', run: ({ tool }) => tool.session.separate() },
  { name: 'half a frame, then RST', run: ({ proxy }) => proxy.half('fromActive', 'reset') },
  { name: 'half a frame, then FIN', run: ({ proxy }) => proxy.half('toActive', 'end') },
  {
    name: 'half a frame, then nothing',
    run: (harmed) => until(harmed, () => harmed.proxy.half('fromActive', 'silence')),
  },
  {
    name: 'half a frame to the tool, then nothing',
    run: (harmed) => until(harmed, () => harmed.proxy.half('toActive', 'silence')),
  },
  { name: 'a tool that does not read', run: (harmed) => notRead(harmed, 'toActive') },
  { name: 'a host that does not read', run: (harmed) => notRead(harmed, 'fromActive') },
  { name: 'the host disables', run: ({ host }) => disabled(host) },
  { name: 'the tool disables', run: ({ tool }) => disabled(tool) },
  { name: 'the host is made anew', run: ({ world }) => world.renew('host') },
  { name: 'the tool is made anew', run: ({ world }) => world.renew('tool') },
  { name: 'a stranger that speaks TLS', run: (harmed) => stranger(harmed, CLIENT_HELLO) },
  { name: 'a stranger that says nothing', run: (harmed) => stranger(harmed, Buffer.alloc(0)) },
  { name: 'a second connection', run: second },
];

/** Does harm, and waits until the connection of a side has ended by it. */
async function until({ world }: Harmed, act: () => void): Promise<void> {
  const before = world.ended;
  act();
  await world.until('a connection to end', () => world.ended > before);
}

/** The sender of too much waits for a peer that reads nothing, and gives it up. */
async function notRead(harmed: Harmed, way: 'fromActive' | 'toActive'): Promise<void> {
  const { session } = harmed[way === 'fromActive' ? 'tool' : 'host'];
  await until(harmed, () => {
    harmed.proxy.stopReading(way);
    session.send(S(12, 1, B(TOO_MUCH))).catch(() => {});
  });
  harmed.proxy.reset();
}

async function disabled({ connection }: Seat): Promise<void> {
  await connection.disable();
  await connection.enable();
}

/** It comes while the tool is away, and is served until it is known. */
async function stranger(harmed: Harmed, bytes: Buffer): Promise<void> {
  const { tool, world } = harmed;
  await tool.connection.disable();
  const socket = connect({ host: '127.0.0.1', port: world.hostPort });
  socket.on('error', () => {});
  await until(harmed, () => void socket.write(bytes));
  socket.destroy();
  await tool.connection.enable();
}

/** It comes while the tool is there, and is turned away. */
async function second({ world }: Harmed): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port: world.hostPort });
  socket.on('error', () => {});
  socket.resume();
  await world.until('a second connection to be turned away', () => socket.destroyed);
}
