import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import { endpointText, type SocketAddress } from '../../index.js';
import { UsageError } from '../exit-codes.js';
import type { Endpoint } from '../values.js';

/** @throws UsageError where a proxy would connect to itself, again and again. */
export async function refuseItself(listening: SocketAddress, target: Endpoint): Promise<void> {
  if (listening.port !== target.port) return;
  const own = new Set(ownAddresses(listening.address));
  // A name that is not known is told when the first client comes.
  const targets = await lookup(target.host, { all: true }).catch(() => []);
  const addresses = targets.map(({ address }) => address.replace(/^::ffff:(?=\d)/, ''));
  if (!addresses.some((address) => own.has(address) || isLoopbackOfAny(address, own))) return;
  const text = endpointText({ address: target.host, port: target.port });
  throw new UsageError(`${text} is where this proxy listens itself: name another port to listen on`);
}

/** The addresses under which a listening socket is reached. */
function ownAddresses(bound: string): string[] {
  if (bound !== '::' && bound !== '0.0.0.0') return [bound];
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return [bound, '127.0.0.1', '::1', ...all.map(({ address }) => address)];
}

/** All of 127.0.0.0/8 leads to a socket that listens on any address. */
function isLoopbackOfAny(address: string, own: ReadonlySet<string>): boolean {
  return address.startsWith('127.') && (own.has('::') || own.has('0.0.0.0'));
}
