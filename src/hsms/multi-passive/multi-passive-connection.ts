import { check } from '../../check.js';
import { Acceptor } from '../../connection/acceptor.js';
import type { Connector } from '../../connection/connector.js';
import { checkHost } from '../../network/host-address.js';
import type { NetworkSocket } from '../../network/network.js';
import { meansAnyone } from '../../network/peer-address.js';
import type { HsmsConnectorOwner } from '../connection/connection-host.js';
import { HsmsConnection, type HsmsConnectionDelegate } from '../connection/connection.js';
import type { HsmsConnectionOptions } from '../connection/connection.js';
import { HsmsSecondConnections } from '../connection/second-connections.js';
import type { HsmsHint } from '../link/hints.js';

/** What a {@link HsmsMultiPassiveConnection} needs of its server. */
export interface MultiPassivePort {
  readonly port: number;
  /** Opens the shared port unless it is open. */
  openPort(): Promise<void>;
  /** Says which function hands this connection a socket of its peer. */
  register(connection: HsmsMultiPassiveConnection, offer: (socket: NetworkSocket) => void): void;
}

/**
 * One expected peer of a {@link HsmsMultiPassiveServer}, which makes these: construct none yourself. It behaves as a
 * passive connection of its own; `enable()` opens the server's port if it is not open yet.
 *
 * @example
 * ```ts
 * // given a server
 * import { HsmsSession, type HsmsMultiPassiveConnection } from 'rxsecs';
 *
 * const connection: HsmsMultiPassiveConnection = server.createConnection('10.0.0.7', 0);
 * const host = new HsmsSession(connection);
 * ```
 */
export class HsmsMultiPassiveConnection extends HsmsConnection {
  readonly role = 'passive';

  /** @internal */
  constructor(
    server: MultiPassivePort,
    address: string,
    sessionId: number,
    delegate: HsmsConnectionDelegate | null | undefined,
    options: HsmsConnectionOptions,
  ) {
    let offer: ((socket: NetworkSocket) => void) | undefined;
    super(checkPeer(address), server.port, sessionId, delegate, options, (owner) => {
      const acceptor = new Acceptor(owner, new HsmsSecondConnections(owner));
      offer = (socket) => acceptor.offer(socket);
      return sharedPort(server, owner, acceptor);
    });
    server.register(this, (socket) => offer?.(socket));
  }
}

/** The port is the server's, which hands the sockets of this peer over. */
function sharedPort(
  server: MultiPassivePort,
  owner: HsmsConnectorOwner,
  acceptor: Acceptor<HsmsHint>,
): Connector {
  return {
    boundAddress: undefined,
    async start() {
      await server.openPort();
      owner.setState('listening');
    },
    stop() {
      acceptor.stop();
      return Promise.resolve();
    },
    afterLink() {
      acceptor.afterLink();
      return 'listening';
    },
  };
}

const PEER =
  'the address or host name of one peer, since the peers of one port are told apart by it; the option acceptUnknown serves ' +
  'those that are not known in advance';

function checkPeer(address: string): string {
  const host = checkHost('address', address, PEER);
  return meansAnyone(host) || host.toLowerCase() === 'any' ? check.refuse('address', PEER, address) : host;
}
