import { HsmsArgumentError } from '../../errors.js';
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
    delegate: HsmsConnectionDelegate | undefined,
    options: HsmsConnectionOptions,
  ) {
    super(address, server.port, sessionId, delegate, options);
    if (typeof address !== 'string' || meansAnyone(address)) {
      throw new HsmsArgumentError(
        `address is '${String(address)}': the peers of one port are told apart by address, so each needs one. ` +
          'Use the option acceptUnknown for peers that are not known in advance',
      );
    }
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
