import { isIP, SocketAddress } from 'node:net';
import { HsmsError } from '../errors.js';
import { nodeNetwork, type Network } from './network.js';

const MAPPED_IPV4 = '::ffff:';
const ANYONE: ReadonlySet<string> = new Set(['', '0.0.0.0', '::']);

/**
 * One spelling for each IP address: IPv6 compressed and in lower case, without a zone, and IPv4 mapped into IPv6 as
 * plain IPv4. Returns undefined for what is not an IP address.
 */
export function canonicalIp(address: string): string | undefined {
  const bare = address.split('%', 1)[0] ?? '';
  const version = isIP(bare);
  if (version === 0) return undefined;
  const { address: canonical } = new SocketAddress({
    address: bare,
    family: version === 4 ? 'ipv4' : 'ipv6',
  });
  return plainIp(canonical);
}

/** An address for people: IPv4 mapped into IPv6 as plain IPv4, anything else as it is. */
export function plainIp(address: string): string {
  return address.startsWith(MAPPED_IPV4) && isIP(address.slice(MAPPED_IPV4.length)) === 4
    ? address.slice(MAPPED_IPV4.length)
    : address;
}

/** Whether an expected address means any peer: '', undefined, or the unspecified address. */
export function meansAnyone(expected: string | undefined): boolean {
  return expected === undefined || ANYONE.has(canonicalIp(expected) ?? expected);
}

/** The addresses a host name stands for now, in canonical spelling. */
export type ResolveName = (name: string) => Promise<readonly string[]>;

/**
 * Asks the resolver of a network, the system's when none is given.
 * Rejects with an {@link HsmsError} `HSMS_NAME_NOT_RESOLVED`.
 */
export async function resolveName(name: string, network: Network = nodeNetwork): Promise<readonly string[]> {
  try {
    const found = await network.lookup(name);
    return found.map((address) => canonicalIp(address) ?? address);
  } catch (cause) {
    throw new HsmsError('HSMS_NAME_NOT_RESOLVED', `the name ${name} cannot be resolved to an address`, {
      cause,
    });
  }
}

/** The same resolver, asked once for however many want to know a name at the same time. */
export function sharing(resolve: ResolveName): ResolveName {
  const underWay = new Map<string, Promise<readonly string[]>>();
  return (name) => {
    const asked = underWay.get(name) ?? resolve(name).finally(() => underWay.delete(name));
    underWay.set(name, asked);
    return asked;
  };
}

/** `address:port`, with brackets around IPv6. */
export function printEndpoint(address: string, port: number): string {
  return isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}
