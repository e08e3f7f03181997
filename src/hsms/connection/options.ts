import { systemClock, type Clock } from '../../clock.js';
import { check, type KnownNames } from '../../check.js';
import { checkHost } from '../../network/host-address.js';
import { checkDecodeOptions } from '../../secs2/check.js';
import type { DecodeOptions } from '../../secs2/index.js';
import { checkCodePage } from '../../secs2/text/code-page.js';
import { nodeNetwork, type Network } from '../../network/network.js';
import { reportOnConsole, type ErrorReporter } from '../../reactive/report.js';
import { DEFAULT_SETTINGS, type HsmsSettings } from '../link/settings.js';

/** What the constructors of connections take besides the documented arguments. Everything is optional. */
export interface ConnectionOptions extends Partial<HsmsSettings> {
  /** The delegate, where it is not given as an argument of its own. */
  readonly delegate?: object;
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

const NETWORK_METHODS = ['connect', 'createServer', 'lookup'] as const;

const SETTINGS = Object.fromEntries(Object.keys(DEFAULT_SETTINGS).map((name) => [name, true])) as Readonly<
  Record<keyof HsmsSettings, true>
>;

const OF_SESSION = 'belongs to the session: new HsmsSession(connection, { … })';

const ELSEWHERE = {
  ...{
    t3: OF_SESSION,
    linktestInterval: OF_SESSION,
    maxLinktestFailures: OF_SESSION,
    maxUnreadAnswers: OF_SESSION,
  },
  ...{
    entity: OF_SESSION,
    autoS9: OF_SESSION,
    supports: OF_SESSION,
    strict: OF_SESSION,
    autoSelect: OF_SESSION,
  },
};

/** The names of a connection's options. */
export const CONNECTION_OPTIONS: KnownNames<ConnectionOptions> = {
  owner: 'a connection',
  names: {
    ...SETTINGS,
    delegate: true,
    bindAddress: true,
    onDelegateError: true,
    onError: true,
    decoding: true,
    clock: true,
    network: true,
  },
  elsewhere: ELSEWHERE,
};

/** The names of the settings that may be changed while a connection runs. */
export const CONNECTION_SETTINGS: KnownNames<Partial<HsmsSettings>> = {
  owner: 'configure()',
  names: SETTINGS,
  elsewhere: {
    ...ELSEWHERE,
    ...fixed('delegate', 'bindAddress', 'onDelegateError', 'onError', 'decoding', 'clock', 'network'),
  },
};

function fixed(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, 'is fixed once the connection is constructed']));
}

/**
 * Fills in the defaults of options whose names are known.
 * @throws HsmsArgumentError naming the option, its value and what is allowed.
 */
export function resolveOptions(options: ConnectionOptions): ResolvedOptions {
  const { bindAddress, onError = reportOnConsole, onDelegateError = onError } = options;
  const { clock = systemClock, network = nodeNetwork, decoding } = options;
  if (bindAddress !== undefined)
    checkHost('bindAddress', bindAddress, 'the address of an interface of this machine');
  check.fn('onError', onError);
  check.fn('onDelegateError', onDelegateError);
  check.clock(clock);
  check.methods('network', network, NETWORK_METHODS, 'a Network');
  return { bindAddress, onError, onDelegateError, clock, network, decoding: checkDecoding(decoding) };
}

function checkDecoding(decoding: DecodeOptions | undefined): DecodeOptions | undefined {
  try {
    const checked = checkDecodeOptions(decoding, 'decoding');
    if (checked?.codePage !== undefined) checkCodePage(checked.codePage);
    return checked;
  } catch (cause) {
    return check.fail((cause as Error).message);
  }
}

/**
 * Checks a TCP port.
 * @throws HsmsArgumentError
 */
export function checkPort(port: number, min: 0 | 1): void {
  check.integer('port', port, min, 65535);
}

/**
 * Checks a session ID.
 * @throws HsmsArgumentError
 */
export function checkSessionId(sessionId: number): void {
  check.integer('sessionId', sessionId, 0, 0xffff);
}
