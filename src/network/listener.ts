import { HsmsError } from '../errors.js';
import type { SocketAddress } from './socket-address.js';
import { nodeNetwork, type Network, type NetworkServer, type NetworkSocket } from './network.js';
import { printEndpoint } from './peer-address.js';

/** A listening port: opened, it stays open through whatever becomes of the connections it accepted. */
export class Listener {
  readonly #onSocket: (socket: NetworkSocket) => void;
  readonly #onAcceptFailed: (error: Error) => void;
  readonly #network: Network;
  #server: NetworkServer | undefined;

  /**
   * @param onSocket takes each accepted socket; it must destroy or keep it
   * @param onAcceptFailed called when the system could not accept a connection; the port stays open
   * @param network opens the port; node:net when left out
   */
  constructor(
    onSocket: (socket: NetworkSocket) => void,
    onAcceptFailed: (error: Error) => void,
    network: Network = nodeNetwork,
  ) {
    this.#onSocket = onSocket;
    this.#onAcceptFailed = onAcceptFailed;
    this.#network = network;
  }

  /** Where it listens; undefined when it does not. */
  get address(): SocketAddress | undefined {
    const address = this.#server?.address();
    return typeof address === 'object' && address !== null
      ? { address: address.address, port: address.port }
      : undefined;
  }

  /**
   * Begins to listen.
   * @param host address of the interface; undefined for every interface
   * @returns a promise that rejects with an {@link HsmsError} `HSMS_ADDRESS_IN_USE`, `HSMS_LISTEN_FAILED`, or
   * `HSMS_DISABLED` when it is closed meanwhile.
   */
  open(port: number, host: string | undefined): Promise<void> {
    const server = this.#network.createServer({ allowHalfOpen: true }, (socket) => {
      // The peer may be gone again before anybody looks at this socket.
      socket.on('error', () => {});
      this.#onSocket(socket);
    });
    this.#server = server;
    return new Promise((resolve, reject) => {
      const onClose = (): void =>
        reject(new HsmsError('HSMS_DISABLED', 'disable() was called before the port was open'));
      server.once('error', (cause: NodeJS.ErrnoException) => {
        server.off('close', onClose);
        if (this.#server === server) this.#server = undefined;
        reject(listenError(cause, host, port));
      });
      server.once('close', onClose);
      server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
        // Closed while its address was being looked up.
        if (this.#server !== server) {
          server.close();
          return;
        }
        server.off('close', onClose);
        server.removeAllListeners('error');
        server.on('error', this.#onAcceptFailed);
        resolve();
      });
    });
  }

  /** Stops listening and resolves once every accepted socket is closed. */
  close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return Promise.resolve();
    return new Promise((resolve) => server.close(() => resolve()));
  }
}

function listenError(cause: NodeJS.ErrnoException, host: string | undefined, port: number): HsmsError {
  const where = host === undefined ? `port ${port} of every interface` : printEndpoint(host, port);
  return cause.code === 'EADDRINUSE'
    ? new HsmsError('HSMS_ADDRESS_IN_USE', `cannot listen on ${where}: it is in use by another program`, {
        cause,
      })
    : new HsmsError('HSMS_LISTEN_FAILED', `cannot listen on ${where}: ${cause.message}`, { cause });
}
