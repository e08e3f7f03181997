import { check, type KnownNames } from '../check.js';
import type { HsmsSessionSettings } from '../hsms/session/session-settings.js';

/** Options of a {@link SecsBridge}. Times are in seconds, fractions allowed. */
export interface SecsBridgeOptions {
  /**
   * When the line is open. `follow`: while HSMS is selected, so that an equipment on the line sees a failure, and spools, as long as
   * nobody would get its messages. `always`: as long as the bridge is enabled. Default `follow`.
   */
  readonly line?: 'follow' | 'always';
  /** How long a message may wait for a side that is not usable, while it opens. Default 10. */
  readonly holdTimeout?: number;
  /** How long a message may wait for its turn altogether; then it is withdrawn: its sender has given it up. Default 45. */
  readonly queueTimeout?: number;
  /** How many messages may wait for a side that is not usable. Default 1000. */
  readonly maxHeld?: number;
  /**
   * Whether the HSMS session of an equipment is ended when one of its primaries that wants a reply does not go over: most tools spool
   * when a link is lost, and not for an abort. Default true; otherwise it gets function 0, as a host does.
   */
  readonly separateEquipment?: boolean;
  /** Settings of the session on HSMS: Linktest, T3 and the like. */
  readonly hsms?: Partial<HsmsSessionSettings>;
}

const OPTIONS: KnownNames<SecsBridgeOptions> = {
  owner: 'a bridge',
  names: {
    ...{ line: true, holdTimeout: true, queueTimeout: true },
    ...{ maxHeld: true, separateEquipment: true, hsms: true },
  },
};

/** Fills in the defaults. @throws HsmsArgumentError naming the option, its value and what is allowed. */
export function resolveBridgeOptions(
  options: SecsBridgeOptions | null | undefined,
): Required<SecsBridgeOptions> {
  const given = check.options('options', options, OPTIONS);
  const { line = 'follow', holdTimeout = 10, queueTimeout = 45, maxHeld = 1000 } = given;
  const { separateEquipment = true, hsms = {} } = given;
  check.oneOf('line', line, ['follow', 'always']);
  check.seconds('holdTimeout', holdTimeout);
  check.seconds('queueTimeout', queueTimeout);
  check.integer('maxHeld', maxHeld, 0);
  check.boolean('separateEquipment', separateEquipment);
  check.object('hsms', hsms, 'an object of settings');
  return { line, holdTimeout, queueTimeout, maxHeld, separateEquipment, hsms };
}
