import { check, type KnownNames } from '../../check.js';
import { systemClock, type Clock } from '../../clock.js';
import { nodeNetwork, type Network } from '../../network/network.js';
import { reportOnConsole, type ErrorReporter } from '../../reactive/report.js';
import { checkDecodeOptions } from '../../secs2/check.js';
import type { DecodeOptions } from '../../secs2/codec/options.js';
import { checkCodePage } from '../../secs2/text/code-page.js';
import { DEFAULT_SECS1_SETTINGS, type Secs1Settings } from '../settings.js';

/** What the constructor of a connection takes besides line and device ID. Everything is optional. */
export interface Secs1ConnectionOptions extends Partial<Secs1Settings> {
  /** Which side this is: the R-bit of its messages, and who is master, follow from that. Default `host`. */
  readonly entity?: 'host' | 'equipment';
  /** Whether this side is master where both ask for the line. Default: the equipment is, the host is not. */
  readonly master?: boolean;
  /** Takes what a delegate method threw or rejected with. Default: the same as `onError`. */
  readonly onDelegateError?: ErrorReporter;
  /** Takes what a listener or subscriber threw or rejected with. Default: print it on standard error. */
  readonly onError?: ErrorReporter;
  /** How `packet.item` decodes the bodies that arrive (E5). */
  readonly decoding?: DecodeOptions;
  /** Time source; a virtual one makes tests independent of real time. Default: the system's. */
  readonly clock?: Clock;
  /** What makes the sockets of a line on TCP. Default: node:net. */
  readonly network?: Network;
}

/** Options that do not change, with their defaults filled in. */
export interface ResolvedSecs1Options {
  readonly entity: 'host' | 'equipment';
  readonly master: boolean;
  readonly onError: ErrorReporter;
  readonly onDelegateError: ErrorReporter;
  readonly clock: Clock;
  readonly network: Network;
  readonly decoding: DecodeOptions | undefined;
}

const SETTINGS = Object.fromEntries(
  Object.keys(DEFAULT_SECS1_SETTINGS).map((name) => [name, true]),
) as Readonly<Record<keyof Secs1Settings, true>>;

const OF_SESSION = 'belongs to the session: new Secs1Session(connection, { … })';
const NO_BAUD = 'belongs to the line: serialLine(path, { baudRate })';

const ELSEWHERE = {
  ...{ t3: OF_SESSION, autoS9: OF_SESSION, supports: OF_SESSION, foreignSessionId: OF_SESSION },
  ...{ inquire: OF_SESSION, grant: OF_SESSION, baudRate: NO_BAUD, baud: NO_BAUD },
};

/** The names of a connection's options. */
export const SECS1_OPTIONS: KnownNames<Secs1ConnectionOptions> = {
  owner: 'a connection',
  names: {
    ...SETTINGS,
    ...{ entity: true, master: true, onDelegateError: true, onError: true },
    ...{ decoding: true, clock: true, network: true },
  },
  elsewhere: ELSEWHERE,
};

const FIXED = 'is fixed once the connection is constructed';

/** The names of the settings that may be changed while a connection runs. */
export const SECS1_CHANGES: KnownNames<Partial<Secs1Settings>> = {
  owner: 'configure()',
  names: SETTINGS,
  elsewhere: {
    ...ELSEWHERE,
    ...{ entity: FIXED, master: FIXED, onDelegateError: FIXED, onError: FIXED },
    ...{ decoding: FIXED, clock: FIXED, network: FIXED },
  },
};

/**
 * Fills in the defaults of options whose names are known.
 * @throws HsmsArgumentError naming the option, its value and what is allowed.
 */
export function resolveSecs1Options(options: Secs1ConnectionOptions): ResolvedSecs1Options {
  const { entity = 'host', onError = reportOnConsole, onDelegateError = onError } = options;
  const { clock = systemClock, network = nodeNetwork, decoding } = options;
  check.oneOf('entity', entity, ['host', 'equipment']);
  const { master = entity === 'equipment' } = options;
  check.boolean('master', master);
  check.fn('onError', onError);
  check.fn('onDelegateError', onDelegateError);
  check.methods('clock', clock, ['now', 'setTimer', 'afterPoll'], 'a Clock');
  check.methods('network', network, ['connect', 'createServer', 'lookup'], 'a Network');
  return { entity, master, onError, onDelegateError, clock, network, decoding: checkDecoding(decoding) };
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
