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
  const { address, port, localAddress, timeout, clock, network = nodeNetwork } = options;
  const where = printEndpoint(address, port);
  const attempt = <T>(step: () => T): T => {
    try {
      return step();
    } catch (cause) {
      throw dialError(cause, where, address);
    }
  };
  const socket = attempt(() =>
    network.connect({
      host: address,
      port,
      allowHalfOpen: true,
      ...(localAddress === undefined ? {} : { localAddress }),
    }),
  );
  const settle = (): void => {
    timer.cancel();
    socket.off('connect', connected);
    socket.off('error', failed);
  };
  const giveUp = (): void => {
    settle();
    socket.on('error', () => {});
    destroy(socket);
  };
  const connected = (): void => {
    if (isSelfConnected(socket)) {
      giveUp();
      onFailed(
        new HsmsError('HSMS_CONNECT_FAILED', `${where}: nothing listens there (the socket met itself)`),
      );
      return;
    }
    settle();
    onConnected(socket);
  };
  const failed = (cause: unknown): void => {
    giveUp();
    onFailed(dialError(cause, where, address));
  };
  const onTimeout = (): void => {
    giveUp();
    onFailed(new HsmsError('HSMS_CONNECT_TIMEOUT', `${where} did not answer within ${timeout} s`));
  };
  let timer: Timer = { cancel: () => {} };
  attempt(() => {
    try {
      socket.once('connect', connected);
      socket.once('error', failed);
      timer = clock.setTimer('connect', timeout, onTimeout);
    } catch (error) {
      destroy(socket);
      throw error;
    }
  });
  return { cancel: giveUp };
}

function dialError(cause: unknown, where: string, name: string): HsmsError {
  const error: NodeJS.ErrnoException = asError(cause);
  const { code } = error;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new HsmsError('HSMS_NAME_NOT_RESOLVED', `the name ${name} cannot be resolved to an address`, {
      cause,
    });
  }
  // Where a name has several addresses, Node tries each and gathers what went wrong.
  const details = error instanceof AggregateError ? error.errors.map(String).join('; ') : error.message;
  return new HsmsError('HSMS_CONNECT_FAILED', `cannot connect to ${where}: ${details}`, { cause });
}

/** TCP can connect a socket to itself when no program listens on a port of the ephemeral range. */
function isSelfConnected(socket: NetworkSocket): boolean {
  return socket.localPort === socket.remotePort && socket.localAddress === socket.remoteAddress;
}
