import { HsmsError } from '../errors.js';
import { Listener } from '../network/listener.js';
import { destroy, type NetworkSocket } from '../network/network.js';
import { canonicalIp, meansAnyone, resolveName, sharing, type ResolveName } from '../network/peer-address.js';
import type { SocketAddress } from '../network/socket-address.js';
import { Acceptor, type SecondConnections } from './acceptor.js';
import type { Connector, ConnectorOwner } from './connector.js';
import type { ConnectionState, Tagged } from './events.js';

/** How many sockets may wait for the name of the expected peer to be looked up. */
const MAX_LOOKING_UP = 64;

/** Whom a {@link PortConnector} listens for, and where. */
export interface PortOptions {
  /** Address or host name that the peer is expected from; see `meansAnyone`. */
  readonly address: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Address of the interface to listen on; every interface when undefined. */
  readonly bindAddress: string | undefined;
}

/** Listens on one port for one peer. The port stays open through drops; peers from other addresses are closed at once and reported. */
export class PortConnector<Hint extends Tagged> implements Connector {
  readonly #owner: ConnectorOwner<Hint>;
  readonly #options: PortOptions;
  readonly #acceptor: Acceptor<Hint>;
  readonly #listener: Listener;
  #lookingUp: Set<NetworkSocket> | undefined;
  #resolve: ResolveName | undefined;

  constructor(owner: ConnectorOwner<Hint>, second: SecondConnections, options: PortOptions) {
    const { network } = owner;
    this.#owner = owner;
    this.#options = options;
    this.#acceptor = new Acceptor(owner, second);
    this.#listener = new Listener(
      (socket) => this.#onSocket(socket),
      (error) => owner.notify({ kind: 'acceptFailed', error }),
      network,
    );
  }

  get boundAddress(): SocketAddress | undefined {
    return this.#listener.address;
  }

  async start(): Promise<void> {
    await this.#listener.open(this.#options.port, this.#options.bindAddress);
    if (this.#owner.currentLink() === undefined) this.#owner.setState('listening');
    const { boundAddress } = this;
    if (boundAddress !== undefined && meansAnyone(this.#options.address)) {
      this.#owner.notify({ kind: 'openToAnyone', local: boundAddress });
    }
  }

  async stop(): Promise<void> {
    for (const socket of this.#lookingUp ?? []) destroy(socket);
    this.#lookingUp?.clear();
    this.#acceptor.stop();
    await this.#listener.close();
  }

  afterLink(): ConnectionState {
    this.#acceptor.afterLink();
    return 'listening';
  }

  #onSocket(socket: NetworkSocket): Promise<void> | undefined {
    const { address } = this.#options;
    if (meansAnyone(address)) {
      this.#acceptor.offer(socket);
      return undefined;
    }
    const expected = canonicalIp(address);
    if (expected === undefined) return this.#offerIfNamed(socket);
    this.#offerIf(socket, [expected]);
    return undefined;
  }

  #offerIf(socket: NetworkSocket, expected: readonly string[]): void {
    const address = canonicalIp(socket.remoteAddress ?? '');
    if (address !== undefined && expected.includes(address)) this.#acceptor.offer(socket);
    else this.#acceptor.refuse(socket, 'unexpectedAddress');
  }

  /** The name is looked up for each connection, for the peer may have moved. */
  async #offerIfNamed(socket: NetworkSocket): Promise<void> {
    const lookingUp = (this.#lookingUp ??= new Set());
    this.#resolve ??= sharing((name) => resolveName(name, this.#owner.network));
    if (lookingUp.size >= MAX_LOOKING_UP) {
      this.#acceptor.refuse(socket, 'tooManyUnselected');
      return;
    }
    lookingUp.add(socket);
    let found: readonly string[] | HsmsError;
    try {
      found = await this.#resolve(this.#options.address);
    } catch (error) {
      found = error as HsmsError;
    }
    if (!lookingUp.delete(socket)) return;
    if (found instanceof HsmsError) this.#acceptor.refuse(socket, 'nameNotResolved', found);
    else this.#offerIf(socket, found);
  }
}
