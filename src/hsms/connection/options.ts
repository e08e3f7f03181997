import { systemClock, type Clock } from '../../clock.js';
import { HsmsArgumentError } from '../../errors.js';
import type { DecodeOptions } from '../../secs2/index.js';
import { nodeNetwork, type Network } from '../../network/network.js';
import { reportOnConsole, type ErrorReporter } from '../../reactive/report.js';
import type { HsmsSettings } from '../link/settings.js';

/** What the constructors of connections take besides the documented arguments. Everything is optional. */
export interface HsmsConnectionOptions extends Partial<HsmsSettings> {
  /**
   * Passive: address of the interface to listen on, every interface when left out. Active: local address to
   * connect from, the system's choice when left out.
   */
  readonly bindAddress?: string;
  /** Takes what a delegate method threw or rejected with. Default: the same as `onError`. */
  readonly onDelegateError?: ErrorReporter;
  /** Takes what a listener or subscriber threw or rejected with. Default: print it on standard error. */
  readonly onError?: ErrorReporter;
  /** How `packet.item` decodes the bodies that arrive: code page of A items, depth, trailing bytes (E5). */
  readonly decoding?: DecodeOptions;
  /** Time source; a virtual one makes tests independent of real time. Default: the system's. */
  readonly clock?: Clock;
  /**
   * What makes the sockets; one in memory, see `rxsecs/testing`, makes tests independent of real ones. A multi-passive
   * server uses its own for every peer. Default: node:net.
   */
  readonly network?: Network;
}

/** Options with their defaults filled in; settings are kept apart because they may change. */
export interface ResolvedOptions {
  readonly bindAddress: string | undefined;
  readonly onError: ErrorReporter;
  readonly onDelegateError: ErrorReporter;
  readonly clock: Clock;
  readonly network: Network;
  readonly decoding: DecodeOptions | undefined;
}

export function resolveOptions(options: HsmsConnectionOptions): ResolvedOptions {
  const { bindAddress, onError = reportOnConsole, onDelegateError = onError } = options;
  const { clock = systemClock, network = nodeNetwork } = options;
  return { bindAddress, onError, onDelegateError, clock, network, decoding: options.decoding };
}

/**
 * Checks a TCP port.
 * @throws HsmsArgumentError
 */
export function checkPort(port: number, min: 0 | 1): void {
  if (!Number.isInteger(port) || port < min || port > 65535) {
    throw new HsmsArgumentError(`port is ${String(port)}: a whole number from ${min} to 65535 is allowed`);
  }
}

/**
 * Checks a session ID.
 * @throws HsmsArgumentError
 */
export function checkSessionId(sessionId: number): void {
  if (!Number.isInteger(sessionId) || sessionId < 0 || sessionId > 0xffff) {
    throw new HsmsArgumentError(
      `sessionId is ${String(sessionId)}: a whole number from 0 to 65535 is allowed`,
    );
  }
}
