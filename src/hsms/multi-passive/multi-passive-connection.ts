import { check } from '../../check.js';
import { checkHost } from '../../network/host-address.js';
import { AcceptingConnection } from '../connection/accepting-connection.js';
import type { HsmsConnectionDelegate } from '../connection/connection.js';
import type { ConnectionState } from '../../connection/events.js';
import type { NetworkSocket } from '../../network/network.js';
import type { HsmsConnectionOptions } from '../connection/options.js';
import { meansAnyone } from '../../network/peer-address.js';

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
 */
export class HsmsMultiPassiveConnection extends AcceptingConnection {
  readonly #server: MultiPassivePort;

  /** @internal */
  constructor(
    server: MultiPassivePort,
    address: string,
    sessionId: number,
    delegate: HsmsConnectionDelegate | null | undefined,
    options: HsmsConnectionOptions,
  ) {
    super(checkPeer(address), server.port, sessionId, delegate, options);
    this.#server = server;
    server.register(this, (socket) => this.offer(socket));
  }

  protected override async start(): Promise<void> {
    await this.#server.openPort();
    this.setState('listening');
  }

  protected override idleState(): ConnectionState {
    return 'listening';
  }
}

const PEER =
  'the address or host name of one peer, since the peers of one port are told apart by it; the option acceptUnknown serves ' +
  'those that are not known in advance';

function checkPeer(address: string): string {
  const host = checkHost('address', address, PEER);
  return meansAnyone(host) || host.toLowerCase() === 'any' ? check.refuse('address', PEER, address) : host;
}
