import { PortConnector } from '../../connection/port-connector.js';
import { checkExpectedHost } from '../../network/host-address.js';
import type { SocketAddress } from '../../network/socket-address.js';
import { HsmsConnection, type HsmsConnectionDelegate } from './connection.js';
import { checkPort } from './options.js';
import type { HsmsConnectionOptions } from './connection.js';
import { HsmsSecondConnections } from './second-connections.js';

/**
 * The side that is connected to (E37 passive mode): listens on one port for one peer. The port stays open through
 * drops, so that the peer can come back at any time. Peers from other addresses are closed at once and reported.
 *
 * @example
 * ```ts
 * import { HsmsPassiveConnection, HsmsSession } from 'rxsecs';
 *
 * const connection = new HsmsPassiveConnection('', 5000, 0); // '': a host from any address
 * const equipment = new HsmsSession(connection, { entity: 'equipment' });
 * await connection.enable(); // the port is open
 * await equipment.selected();
 * ```
 */
export class HsmsPassiveConnection extends HsmsConnection {
  readonly role = 'passive';

  /**
   * @param address address or host name the peer is expected from; '' or 'any', or the unspecified address, for anyone
   * @param port TCP port to listen on, 1 to 65535, or 0 for any free one, see {@link boundAddress}
   * @param sessionId session ID, 0 to 65535
   * @throws HsmsArgumentError for an argument or option out of range.
   */
  constructor(
    address: string,
    port: number,
    sessionId: number,
    delegate?: HsmsConnectionDelegate | null,
    options?: HsmsConnectionOptions | null,
  ) {
    const expected = checkExpectedHost('address', address);
    super(expected, port, sessionId, delegate, options, (owner) => {
      const { bindAddress } = owner.options;
      return new PortConnector(owner, new HsmsSecondConnections(owner), {
        address: expected,
        port,
        bindAddress,
      });
    });
    checkPort(port, 0);
  }

  /** Where it listens; undefined when it does not. */
  get boundAddress(): SocketAddress | undefined {
    return this.listeningAddress;
  }
}
