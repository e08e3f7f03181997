import type { NetworkSocket } from './network.js';
import { plainIp, printEndpoint } from './peer-address.js';

/** One end of a TCP connection. */
export interface SocketAddress {
  /** IP address; IPv4 in its own form also on a socket that serves IPv6. */
  readonly address: string;
  /** TCP port. */
  readonly port: number;
}

/** `address:port`, an IPv6 address in brackets. */
export function endpointText({ address, port }: SocketAddress): string {
  return printEndpoint(address, port);
}

/** The peer's end of a socket. */
export function remoteOf(socket: NetworkSocket): SocketAddress {
  return { address: plainIp(socket.remoteAddress ?? ''), port: socket.remotePort ?? 0 };
}

/** This end of a socket. */
export function localOf(socket: NetworkSocket): SocketAddress {
  return { address: plainIp(socket.localAddress ?? ''), port: socket.localPort ?? 0 };
}
