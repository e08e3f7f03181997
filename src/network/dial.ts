import type { Clock, Timer } from '../clock.js';
import { asError } from '../describe-value.js';
import { HsmsError } from '../errors.js';
import { destroy, nodeNetwork, type Network, type NetworkSocket } from './network.js';
import { printEndpoint } from './peer-address.js';

/** Where and how to connect. */
export interface DialOptions {
  readonly address: string;
  readonly port: number;
  /** Local address to connect from; undefined lets the system choose. */
  readonly localAddress: string | undefined;
  /** Seconds for the whole attempt, name look-up included. */
  readonly timeout: number;
  readonly clock: Clock;
  /** Makes the socket; node:net when left out. */
  readonly network?: Network;
}

/** An attempt that can be given up; nothing is called back afterwards. */
export interface Dial {
  cancel(): void;
}

/**
 * Makes one attempt to connect, and calls back exactly once unless it is cancelled.
 * @throws HsmsError `HSMS_CONNECT_FAILED` where a network or a clock of somebody's own throws.
 */
export function dial(
  options: DialOptions,
  onConnected: (socket: NetworkSocket) => void,
  onFailed: (error: HsmsError) => void,
): Dial {
  try {
    return new Attempt(options, onConnected, onFailed);
  } catch (cause) {
    throw dialError(cause, options);
  }
}

class Attempt implements Dial {
  readonly #options: DialOptions;
  readonly #onConnected: (socket: NetworkSocket) => void;
  readonly #onFailed: (error: HsmsError) => void;
  readonly #socket: NetworkSocket;
  #timer: Timer | undefined;

  constructor(
    options: DialOptions,
    onConnected: (socket: NetworkSocket) => void,
    onFailed: (error: HsmsError) => void,
  ) {
    const { address, port, localAddress, timeout, clock, network = nodeNetwork } = options;
    this.#options = options;
    this.#onConnected = onConnected;
    this.#onFailed = onFailed;
    const to = { host: address, port, allowHalfOpen: true };
    const socket = network.connect(localAddress === undefined ? to : { ...to, localAddress });
    this.#socket = socket;
    try {
      socket.once('connect', this.#connected);
      socket.once('error', this.#failed);
      this.#timer = clock.setTimer('connect', timeout, () => this.#timedOut());
    } catch (error) {
      destroy(socket);
      throw error;
    }
  }

  cancel(): void {
    this.#settle();
    this.#socket.on('error', nothing);
    destroy(this.#socket);
  }

  readonly #connected = (): void => {
    const socket = this.#socket;
    if (isSelfConnected(socket)) {
      this.cancel();
      const where = whereOf(this.#options);
      this.#onFailed(
        new HsmsError('HSMS_CONNECT_FAILED', `${where}: nothing listens there (the socket met itself)`),
      );
      return;
    }
    this.#settle();
    this.#onConnected(socket);
  };

  readonly #failed = (cause: unknown): void => {
    this.cancel();
    this.#onFailed(dialError(cause, this.#options));
  };

  #timedOut(): void {
    this.cancel();
    const text = `${whereOf(this.#options)} did not answer within ${this.#options.timeout} s`;
    this.#onFailed(new HsmsError('HSMS_CONNECT_TIMEOUT', text));
  }

  #settle(): void {
    this.#timer?.cancel();
    this.#socket.off('connect', this.#connected);
    this.#socket.off('error', this.#failed);
  }
}

function nothing(): void {}

function whereOf({ address, port }: DialOptions): string {
  return printEndpoint(address, port);
}

function dialError(cause: unknown, options: DialOptions): HsmsError {
  const error: NodeJS.ErrnoException = asError(cause);
  const { code } = error;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new HsmsError(
      'HSMS_NAME_NOT_RESOLVED',
      `the name ${options.address} cannot be resolved to an address`,
      {
        cause,
      },
    );
  }
  // Where a name has several addresses, Node tries each and gathers what went wrong.
  const details = error instanceof AggregateError ? error.errors.map(String).join('; ') : error.message;
  return new HsmsError('HSMS_CONNECT_FAILED', `cannot connect to ${whereOf(options)}: ${details}`, { cause });
}

/** TCP can connect a socket to itself when no program listens on a port of the ephemeral range. */
function isSelfConnected(socket: NetworkSocket): boolean {
  return socket.localPort === socket.remotePort && socket.localAddress === socket.remoteAddress;
}
