import { check } from '../../check.js';
import type { Connector, ConnectorOwner } from '../../connection/connector.js';
import { Dialer } from '../../connection/dialer.js';
import { PortConnector } from '../../connection/port-connector.js';
import { checkExpectedHost, checkHost } from '../../network/host-address.js';
import { printEndpoint } from '../../network/peer-address.js';
import type { Secs1Hint } from '../line/hints.js';
import type { LineHost, LineSource } from './line-source.js';
import { SocketLink } from './socket-link.js';

/** Options of {@link dialLine}. */
export interface DialLineOptions {
  /** Local address to connect from; the system's choice when left out. */
  readonly bindAddress?: string;
}

/** Options of {@link listenLine}. */
export interface ListenLineOptions {
  /** Address or host name that the peer is expected from; anyone when left out. */
  readonly address?: string;
  /** Address of the interface to listen on; every interface when left out. */
  readonly bindAddress?: string;
}

/**
 * A line on TCP, to a peer or a terminal server that listens: this side connects at once, and again T5 after each end.
 *
 * Who connects has nothing to do with who is master.
 *
 * @example
 * ```ts
 * import { dialLine, Secs1Connection } from 'rxsecs/secs1';
 *
 * const connection = new Secs1Connection(dialLine('10.0.0.9', 4001), 1); // a terminal server
 * await connection.enable();
 * ```
 * @throws HsmsArgumentError for an argument out of range.
 */
export function dialLine(address: string, port: number, options?: DialLineOptions | null): LineSource {
  const host = checkHost('address', address, 'the address or host name of the peer');
  check.integer('port', port, 1, 65_535);
  const { bindAddress } = check.options('options', options, {
    owner: 'dialLine()',
    names: { bindAddress: true },
  });
  if (bindAddress !== undefined) checkHost('bindAddress', bindAddress, 'an IP address of this machine');
  return {
    text: printEndpoint(host, port),
    connect: (lineHost) =>
      new Dialer(ownerFor(lineHost), {
        address: host,
        port,
        localAddress: bindAddress,
        times: () => lineHost.settings(),
        hintFor: () => undefined,
      }),
  };
}

/**
 * A line on TCP, of a peer that connects to this side: listens on one port, 0 for any free one, and takes one connection at a time.
 *
 * @example
 * ```ts
 * import { listenLine, Secs1Connection } from 'rxsecs/secs1';
 *
 * const connection = new Secs1Connection(listenLine(4001), 1);
 * await connection.enable();
 * ```
 * @throws HsmsArgumentError for an argument out of range.
 */
export function listenLine(port: number, options?: ListenLineOptions | null): LineSource {
  check.integer('port', port, 0, 65_535);
  const { address = '', bindAddress } = check.options('options', options, {
    owner: 'listenLine()',
    names: { address: true, bindAddress: true },
  });
  const expected = checkExpectedHost('address', address);
  if (bindAddress !== undefined) {
    checkHost('bindAddress', bindAddress, 'the address of an interface of this machine');
  }
  return {
    text: `port ${port}`,
    connect: (host): Connector =>
      new PortConnector(ownerFor(host), secondConnections(host), { address: expected, port, bindAddress }),
  };
}

function ownerFor(host: LineHost): ConnectorOwner<Secs1Hint> {
  const { clock, network } = host;
  return {
    clock,
    network,
    isEnabled: () => host.isEnabled(),
    currentLink: () => host.currentLink(),
    adopt: (socket) => host.adopt(new SocketLink(socket, clock)),
    setState: (state) => host.setState(state),
    notify: (notice) => host.notify(notice),
  };
}

function secondConnections(host: LineHost): ConstructorParameters<typeof PortConnector<Secs1Hint>>[1] {
  return {
    probe(onAlive) {
      const { secondConnection, t2 } = host.settings();
      const link = host.currentLink();
      if (secondConnection !== 'takeOver' || link === undefined) return false;
      link.probe(t2, (alive) => (alive ? onAlive() : link.takenOver()));
      return true;
    },
    keep: () => false,
    stop: () => {},
  };
}
