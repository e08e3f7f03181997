import { HsmsError } from '../errors.js';
import { deferred } from '../reactive/deferred.js';
import type { SocketAddress } from './socket-address.js';
import { asError } from '../describe-value.js';
import { destroy, nodeNetwork, type Network, type NetworkServer, type NetworkSocket } from './network.js';
import { printEndpoint } from './peer-address.js';

/** A listening port: opened, it stays open through whatever becomes of the connections it accepted. */
export class Listener {
  readonly #onSocket: (socket: NetworkSocket) => unknown;
  readonly #onAcceptFailed: (error: Error) => void;
  readonly #network: Network;
  #server: NetworkServer | undefined;

  /**
   * @param onSocket takes each accepted socket; it must destroy or keep it. One that it throws for, or that its promise rejects for, is
   * closed, and counts as not accepted
   * @param onAcceptFailed called when the system could not accept a connection; the port stays open
   * @param network opens the port; node:net when left out
   */
  constructor(
    onSocket: (socket: NetworkSocket) => unknown,
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
    try {
      return this.#listen(port, host);
    } catch (cause) {
      // A network of somebody's own.
      this.#server = undefined;
      return Promise.reject(listenError(cause, host, port));
    }
  }

  #listen(port: number, host: string | undefined): Promise<void> {
    const server = this.#network.createServer({ allowHalfOpen: true }, (socket) => void this.#accept(socket));
    this.#server = server;
    const { promise, resolve, reject } = deferred();
    const onClose = (): void =>
      reject(new HsmsError('HSMS_DISABLED', 'disable() was called before the port was open'));
    server.once('error', (cause: unknown) => {
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
    return promise;
  }

  /** What goes wrong with one socket is the end of that socket alone. */
  async #accept(socket: NetworkSocket): Promise<void> {
    try {
      // The peer may be gone again before anybody looks at this socket.
      socket.on('error', () => {});
      // Not awaited unless there is something to wait for: what comes with the socket must find its listeners.
      const done = this.#onSocket(socket);
      if (done instanceof Promise) await done;
    } catch (error) {
      destroy(socket);
      this.#onAcceptFailed(asError(error));
    }
  }

  /** Stops listening and resolves once every accepted socket is closed. */
  close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      try {
        server.close(() => resolve());
      } catch {
        resolve();
      }
    });
  }
}

function listenError(cause: unknown, host: string | undefined, port: number): HsmsError {
  const { code, message }: NodeJS.ErrnoException = asError(cause);
  const where = host === undefined ? `port ${port} of every interface` : printEndpoint(host, port);
  return code === 'EADDRINUSE'
    ? new HsmsError('HSMS_ADDRESS_IN_USE', `cannot listen on ${where}: it is in use by another program`, {
        cause,
      })
    : new HsmsError('HSMS_LISTEN_FAILED', `cannot listen on ${where}: ${message}`, { cause });
}
