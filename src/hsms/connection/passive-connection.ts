import { HsmsError } from '../../errors.js';
import { AcceptingConnection } from './accepting-connection.js';
import type { HsmsConnectionDelegate } from './connection.js';
import type { ConnectionState } from '../../connection/events.js';
import type { SocketAddress } from '../../network/socket-address.js';
import { checkExpectedHost } from '../../network/host-address.js';
import { Listener } from '../../network/listener.js';
import type { NetworkSocket } from '../../network/network.js';
import { checkPort, type HsmsConnectionOptions } from './options.js';
import { canonicalIp, meansAnyone, resolveName, sharing } from '../../network/peer-address.js';

/** How many sockets may wait for the name of the expected peer to be looked up. */
const MAX_LOOKING_UP = 64;

/**
 * The side that is connected to (E37 passive mode): listens on one port for one peer. The port stays open through
 * drops, so that the peer can come back at any time. Peers from other addresses are closed at once and reported.
 */
export class HsmsPassiveConnection extends AcceptingConnection {
  readonly #listener = new Listener(
    (socket) => this.#onSocket(socket),
    (error) => this.notify({ kind: 'acceptFailed', error }),
    this.options.network,
  );
  readonly #lookingUp = new Set<NetworkSocket>();
  readonly #resolve = sharing((name) => resolveName(name, this.options.network));

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
    super(checkExpectedHost('address', address), port, sessionId, delegate, options);
    checkPort(port, 0);
  }

  /** Where it listens; undefined when it does not. */
  get boundAddress(): SocketAddress | undefined {
    return this.#listener.address;
  }

  protected override async start(): Promise<void> {
    await this.#listener.open(this.port, this.options.bindAddress);
    if (this.link === undefined) this.setState('listening');
  }

  protected override async stop(): Promise<void> {
    for (const socket of this.#lookingUp) socket.destroy();
    this.#lookingUp.clear();
    await super.stop();
    await this.#listener.close();
  }

  protected override idleState(): ConnectionState {
    return 'listening';
  }

  #onSocket(socket: NetworkSocket): void {
    if (meansAnyone(this.address)) {
      this.offer(socket);
      return;
    }
    const expected = canonicalIp(this.address);
    if (expected === undefined) void this.#offerIfNamed(socket);
    else this.#offerIf(socket, [expected]);
  }

  #offerIf(socket: NetworkSocket, expected: readonly string[]): void {
    const address = canonicalIp(socket.remoteAddress ?? '');
    if (address !== undefined && expected.includes(address)) this.offer(socket);
    else this.refuse(socket, 'unexpectedAddress');
  }

  /** The name is looked up for each connection, for the peer may have moved. */
  async #offerIfNamed(socket: NetworkSocket): Promise<void> {
    if (this.#lookingUp.size >= MAX_LOOKING_UP) {
      this.refuse(socket, 'tooManyUnselected');
      return;
    }
    this.#lookingUp.add(socket);
    let found: readonly string[] | HsmsError;
    try {
      found = await this.#resolve(this.address);
    } catch (error) {
      found = error as HsmsError;
    }
    if (!this.#lookingUp.delete(socket)) return;
    if (found instanceof HsmsError) this.refuse(socket, 'nameNotResolved', found);
    else this.#offerIf(socket, found);
  }
}
