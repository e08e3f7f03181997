import { check } from '../check.js';
import type { NetworkSocket } from './network.js';
import { plainIp, printEndpoint } from './peer-address.js';

/** One end of a TCP connection. */
export interface SocketAddress {
  /** IP address; IPv4 in its own form also on a socket that serves IPv6. */
  readonly address: string;
  /** TCP port. */
  readonly port: number;
}

/**
 * `address:port`, an IPv6 address in brackets. @throws HsmsArgumentError for what is no address.
 *
 * @example
 * ```ts
 * import { endpointText } from 'rxsecs';
 *
 * console.log(endpointText({ address: '::1', port: 5000 })); // [::1]:5000
 * ```
 */
export function endpointText(endpoint: SocketAddress): string {
  const { address, port } = check.fields('endpoint', endpoint, ['address', 'port']);
  return printEndpoint(
    check.text('endpoint.address', address),
    check.integer('endpoint.port', port, 0, 65535),
  );
}

/** The peer's end of a socket. */
export function remoteOf(socket: NetworkSocket): SocketAddress {
  return { address: plainIp(socket.remoteAddress ?? ''), port: socket.remotePort ?? 0 };
}

/** This end of a socket. */
export function localOf(socket: NetworkSocket): SocketAddress {
  return { address: plainIp(socket.localAddress ?? ''), port: socket.localPort ?? 0 };
}
