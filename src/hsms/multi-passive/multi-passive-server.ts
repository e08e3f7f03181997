import { shownShort } from '../../short-inspect.js';
import type { EventEmitter } from 'node:events';
import type { Observable } from 'rxjs';
import { check, isInstance, type KnownNames } from '../../check.js';
import { HsmsArgumentError } from '../../errors.js';
import type { HsmsConnectionDelegate } from '../connection/connection.js';
import { diagnostics } from '../../connection/diagnostics.js';
import { EnableSwitch, reportUnheard } from '../../connection/enable-switch.js';
import { describeValue } from '../../describe-value.js';
import { Publisher } from '../../reactive/publisher.js';
import { refusal, type RefusalReason } from '../../connection/notices.js';
import type { HsmsNotice } from '../connection/notices.js';
import type { BeforeClosedEvent, ClosedEvent, EstablishedEvent } from '../connection/connection.js';
import { remoteOf, type SocketAddress } from '../../network/socket-address.js';
import { Listener } from '../../network/listener.js';
import { HsmsMultiPassiveConnection } from './multi-passive-connection.js';
import type {
  HsmsMultiPassiveServerEvents,
  HsmsMultiPassiveServerOptions,
  ServerMessageEvent,
  ServerNoticeEvent,
} from './multi-passive-events.js';
import { destroy, type NetworkSocket } from '../../network/network.js';
import {
  CONNECTION_OPTIONS,
  checkPort,
  resolveOptions,
  type ResolvedOptions,
} from '../connection/options.js';
import type { HsmsConnectionOptions } from '../connection/connection.js';
import { resolveName, sharing } from '../../network/peer-address.js';
import { PeerTable } from './peer-table.js';
import { rejected } from '../../reactive/rejected.js';
import { reportSafely } from '../../reactive/report.js';
import { DEFAULT_SETTINGS, mergeSettings } from '../link/settings.js';

const DEFAULT_MAX_UNSELECTED = 1024;

const SERVER_OPTIONS: KnownNames<HsmsMultiPassiveServerOptions> = {
  ...CONNECTION_OPTIONS,
  owner: 'a server',
  names: { ...CONNECTION_OPTIONS.names, maxUnselected: true, acceptUnknown: true },
};

function argumentError(connection: unknown): HsmsArgumentError {
  return new HsmsArgumentError(
    `connection must be one of server.connections, received ${describeValue(connection)}`,
  );
}

/**
 * One listening port for many expected peers, told apart by their addresses (E37 passive mode). Each peer has a
 * connection object of its own; peers are added and removed at any time. Unknown peers are closed at once and
 * reported, unless `acceptUnknown` takes them.
 *
 * Its Observables merge those of all its connections and say which one each event comes from. They are hot, never
 * error, and complete when the server is disposed of.
 *
 * @example
 * ```ts
 * import { HsmsMultiPassiveServer, HsmsSession } from 'rxsecs';
 *
 * const server = new HsmsMultiPassiveServer(5000);
 * const etcher = new HsmsSession(server.createConnection('10.0.0.5', 0));
 * server.notices.subscribe((notice) => console.log(notice)); // unknown peers, among others
 * await server.enable();
 * await etcher.selected();
 * ```
 */
export class HsmsMultiPassiveServer implements AsyncDisposable {
  /** The TCP port to listen on, 0 for any free one, see {@link boundAddress}. */
  readonly port: number;
  /** A TCP connection of one of the peers is up. Hot. */
  readonly established: Observable<EstablishedEvent>;
  /** A packet of one of the peers has arrived. Hot. */
  readonly message: Observable<ServerMessageEvent>;
  /** A TCP connection of one of the peers is about to close. Hot. */
  readonly beforeClosed: Observable<BeforeClosedEvent>;
  /** A TCP connection of one of the peers has closed. Hot. */
  readonly closed: Observable<ClosedEvent>;
  /** Refused peers and the like. Hot. */
  readonly notices: Observable<ServerNoticeEvent>;

  /** Those of the connections. */
  readonly #options: HsmsConnectionOptions;
  readonly #acceptUnknown: HsmsMultiPassiveServerOptions['acceptUnknown'];
  readonly #resolved: ResolvedOptions;
  readonly #maxUnselected: number;
  readonly #publisher: Publisher<HsmsMultiPassiveServerEvents>;
  readonly #peers = new PeerTable<HsmsMultiPassiveConnection>();
  readonly #offers = new WeakMap<HsmsMultiPassiveConnection, (socket: NetworkSocket) => void>();
  readonly #lookingUp = new Set<NetworkSocket>();
  /** Connections of unknown peers that, when last looked at, had not been selected. */
  readonly #strangers = new Set<HsmsMultiPassiveConnection>();
  readonly #resolve = sharing((name) => resolveName(name, this.#resolved.network));
  readonly #listener: Listener;
  /** Whether the port is open: for the server, or for a connection that was enabled by itself. */
  readonly #portSwitch = new EnableSwitch({
    start: () => this.#listener.open(this.port, this.#resolved.bindAddress),
    stop: () => this.#closePort(),
    // The caller that asked for the port reports the failure.
    onStartFailed: () => {},
  });
  readonly #switch = new EnableSwitch({
    start: () => this.#start(),
    stop: () => this.#stop(),
    onStartFailed: (error, isHeard) => this.#onListenFailed(error as Error, isHeard),
  });

  /**
   * @param port TCP port to listen on, 1 to 65535, or 0 for any free one
   * @throws HsmsArgumentError for an argument or option out of range.
   */
  constructor(port: number, options?: HsmsMultiPassiveServerOptions | null) {
    checkPort(port, 0);
    const given = check.options('options', options, SERVER_OPTIONS);
    const { maxUnselected = DEFAULT_MAX_UNSELECTED, acceptUnknown, ...ofConnections } = given;
    mergeSettings(DEFAULT_SETTINGS, ofConnections);
    if (acceptUnknown !== undefined) check.fn('acceptUnknown', acceptUnknown);
    this.port = port;
    this.#maxUnselected = check.number('maxUnselected', maxUnselected, 1);
    this.#acceptUnknown = acceptUnknown;
    this.#options = ofConnections;
    this.#resolved = resolveOptions(ofConnections);
    this.#listener = new Listener(
      (socket) => this.#onSocket(socket),
      (error) => this.#notify({ kind: 'acceptFailed', error }),
      this.#resolved.network,
    );
    const { onError } = this.#resolved;
    this.#publisher = new Publisher(onError);
    const publisher = this.#publisher;
    this.established = publisher.observe('established');
    this.message = publisher.observe('message');
    this.beforeClosed = publisher.observe('beforeClosed');
    this.closed = publisher.observe('closed');
    this.notices = publisher.observe('notice');
  }

  /** The typed node:events emitter under the Observables. */
  get events(): EventEmitter<HsmsMultiPassiveServerEvents> {
    return this.#publisher.emitter;
  }

  /** The connections of all expected peers. */
  get connections(): readonly HsmsMultiPassiveConnection[] {
    return this.#peers.peers;
  }

  /** Where it listens; undefined when it does not. */
  get boundAddress(): SocketAddress | undefined {
    return this.#listener.address;
  }

  /**
   * Adds an expected peer, at any time. Its connection starts enabled when the server is enabled.
   * @param address IP address or host name of the peer
   * @param sessionId session ID, 0 to 65535
   * @param options options over those of the server
   * @throws HsmsArgumentError for an argument or option out of range, or an address that is expected already.
   */
  createConnection(
    address: string,
    sessionId: number,
    delegate?: HsmsConnectionDelegate | null,
    options?: HsmsConnectionOptions | null,
  ): HsmsMultiPassiveConnection {
    const connection = new HsmsMultiPassiveConnection(
      {
        port: this.port,
        openPort: () => this.#portSwitch.enable(),
        register: (made, offer) => this.#offers.set(made, offer),
      },
      address,
      sessionId,
      delegate,
      { ...this.#options, ...check.options('options', options, CONNECTION_OPTIONS) },
    );
    this.#peers.add(connection.address, connection);
    this.#forward(connection);
    this.#publisher.publish('added', connection);
    if (this.#switch.on) void connection.enable();
    return connection;
  }

  /**
   * Disposes of a peer's connection and forgets the peer: its address is unknown from now on.
   * @returns a promise that resolves when the connection is closed.
   */
  removeConnection(connection: HsmsMultiPassiveConnection): Promise<void> {
    if (!isInstance(connection, HsmsMultiPassiveConnection)) {
      return rejected(argumentError(connection));
    }
    if (this.#peers.peers.includes(connection)) this.#peers.delete(connection.address);
    return connection.dispose();
  }

  /**
   * Opens the port and enables every connection. Does nothing when enabled already.
   * @returns a promise that resolves when the port is open. It rejects as `HsmsConnection.enable` does.
   */
  enable(): Promise<void> {
    return this.#switch.enable();
  }

  /** Disables every connection and closes the port. Resolves when all is closed, as `HsmsConnection.disable` does. */
  disable(): Promise<void> {
    // A connection that was enabled by itself has opened the port without the server being enabled.
    return this.#switch.on ? this.#switch.disable() : this.#stop();
  }

  /** Disposes of every connection and of the server. */
  dispose(): Promise<void> {
    return this.#switch.dispose((done) => {
      void Promise.all([...this.connections.map((connection) => connection.dispose()), this.#stop()]).then(
        () => this.#publisher.publish('disposed', undefined, done),
      );
    });
  }

  /** The same as {@link dispose}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  /** @internal What `console.log` shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `${this.constructor.name} (port ${this.port}, ${this.connections.length} expected peers)`;
  }

  async #start(): Promise<void> {
    await this.#portSwitch.enable();
    const { boundAddress } = this;
    if (boundAddress !== undefined && this.#acceptUnknown !== undefined) {
      this.#notify({ kind: 'openToAnyone', local: boundAddress });
    }
    await Promise.all(this.connections.map((connection) => connection.enable()));
  }

  async #stop(): Promise<void> {
    const closed = this.connections.map((connection) => connection.disable());
    await Promise.all([this.#portSwitch.disable(), ...closed]);
  }

  #closePort(): Promise<void> {
    for (const socket of this.#lookingUp) destroy(socket);
    this.#lookingUp.clear();
    return this.#listener.close();
  }

  #onListenFailed(error: Error, isHeard: () => boolean): void {
    if (!this.#publisher.hasListeners('notice')) reportUnheard(error, isHeard, this.#resolved);
    this.#notify({ kind: 'listenFailed', error });
  }

  #forward(connection: HsmsMultiPassiveConnection): void {
    const publisher = this.#publisher;
    connection.hear('established', (event) => publisher.publish('established', event));
    connection.hear('message', (packet) => {
      if (publisher.hasListeners('message')) publisher.publish('message', { connection, packet });
    });
    connection.hear('beforeClosed', (event) => publisher.publish('beforeClosed', event));
    connection.hear('closed', (event) => publisher.publish('closed', event));
    connection.hear('notice', (notice) => publisher.publish('notice', { connection, notice }));
  }

  async #onSocket(socket: NetworkSocket): Promise<void> {
    const address = socket.remoteAddress ?? '';
    // A peer that has already left has no address, and nothing is left to serve.
    if (address === '') {
      this.#refuse(socket, 'unexpectedAddress');
      return;
    }
    let connection = this.#peers.find(address);
    if (connection === undefined && this.#countStrangers() >= this.#maxUnselected) {
      this.#refuse(socket, 'tooManyUnselected');
      return;
    }
    if (connection === undefined && this.#peers.hasNames) {
      this.#lookingUp.add(socket);
      let error: Error | undefined;
      connection = await this.#peers.findByName(address, this.#resolve).catch((failure: Error) => {
        error = failure;
        return undefined;
      });
      if (!this.#lookingUp.delete(socket)) return;
      if (error !== undefined) {
        this.#refuse(socket, 'nameNotResolved', error);
        return;
      }
    }
    connection ??= this.#serveUnknown(socket);
    if (connection === undefined) this.#refuse(socket, 'unexpectedAddress');
    else this.#offers.get(connection)?.(socket);
  }

  #serveUnknown(socket: NetworkSocket): HsmsMultiPassiveConnection | undefined {
    const acceptUnknown = this.#acceptUnknown;
    const peer = remoteOf(socket);
    if (acceptUnknown === undefined || socket.destroyed) return undefined;
    try {
      const unknown = acceptUnknown(peer);
      if (unknown === undefined) return undefined;
      const { sessionId, delegate, options, onCreated } = unknown;
      const connection = this.createConnection(peer.address, sessionId, delegate, options);
      this.#addStranger(connection);
      onCreated?.(connection);
      return connection;
    } catch (error) {
      reportSafely(this.#resolved.onError, error, 'acceptUnknown');
      return undefined;
    }
  }

  /** The connection of an unknown peer is removed once it closes without having been selected. */
  #addStranger(connection: HsmsMultiPassiveConnection): void {
    this.#strangers.add(connection);
    let stranger = true;
    connection.events
      .on('beforeClosed', () => (stranger &&= !connection.seenSelected))
      .on('closed', () => {
        this.#strangers.delete(connection);
        if (stranger) void this.removeConnection(connection);
      });
  }

  /** How many sockets of peers that are not expected, as far as is known, hold a place without being selected. */
  #countStrangers(): number {
    for (const connection of this.#strangers) {
      if (connection.seenSelected) this.#strangers.delete(connection);
    }
    return this.#strangers.size + this.#lookingUp.size;
  }

  #refuse(socket: NetworkSocket, reason: RefusalReason, error?: Error): void {
    const notice = refusal(socket, reason, error);
    destroy(socket);
    this.#notify(notice);
  }

  /** Tells of what concerns none of the connections. */
  #notify(notice: HsmsNotice): void {
    diagnostics.notice.publish({ notice });
    this.#publisher.publish('notice', { notice: shownShort(notice) });
  }
}
