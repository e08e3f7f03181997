import { check } from '../../check.js';
import { Dialer } from '../../connection/dialer.js';
import { checkHost } from '../../network/host-address.js';
import { canonicalIp } from '../../network/peer-address.js';
import { hintForDial } from '../link/hints.js';
import type { HsmsSettings } from '../link/settings.js';
import { HsmsConnection, type HsmsConnectionDelegate } from './connection.js';
import { checkPort } from './options.js';
import type { HsmsConnectionOptions } from './connection.js';

/**
 * The side that connects (E37 active mode). While enabled it connects at once, and again T5 after the end of each
 * attempt and of each connection, until it is disabled.
 *
 * @example
 * ```ts
 * import { HsmsActiveConnection, HsmsSession } from 'rxsecs';
 *
 * const connection = new HsmsActiveConnection('127.0.0.1', 5000, 0, undefined, { t5: 10 });
 * const host = new HsmsSession(connection);
 * await connection.enable();
 * await host.selected();
 * ```
 */
export class HsmsActiveConnection extends HsmsConnection {
  readonly role = 'active';

  /**
   * @param address address or host name of the peer
   * @param port TCP port of the peer, 1 to 65535
   * @param sessionId session ID, 0 to 65535
   * @throws HsmsArgumentError for an argument or option out of range.
   */
  constructor(
    address: string,
    port: number,
    sessionId: number,
    delegate?: HsmsConnectionDelegate | null,
    options?: HsmsConnectionOptions | null,
  ) {
    super(
      checkHost('address', address, 'the address or host name of the peer'),
      port,
      sessionId,
      delegate,
      options,
      (owner) => {
        const { bindAddress: localAddress } = owner.options;
        if (localAddress !== undefined && canonicalIp(localAddress) === undefined) {
          check.refuse('bindAddress', 'an IP address of this machine', localAddress);
        }
        const times = (): HsmsSettings => owner.settings();
        return new Dialer(owner, { address, port, localAddress, times, hintFor: hintForDial });
      },
    );
    checkPort(port, 1);
  }
}
