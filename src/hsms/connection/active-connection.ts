import { check } from '../../check.js';
import { checkHost } from '../../network/host-address.js';
import { canonicalIp } from '../../network/peer-address.js';
import type { Timer } from '../../clock.js';
import { HsmsConnection } from './connection.js';
import type { HsmsConnectionDelegate } from './connection.js';
import { dial, type Dial } from '../../network/dial.js';
import type { ConnectionState } from '../../connection/events.js';
import { hintForDial } from '../link/hints.js';
import { checkPort, type HsmsConnectionOptions } from './options.js';

/**
 * The side that connects (E37 active mode). While enabled it connects at once, and again T5 after the end of each
 * attempt and of each connection, until it is disabled.
 */
export class HsmsActiveConnection extends HsmsConnection {
  readonly role = 'active';
  #dial: Dial | undefined;
  #retryTimer: Timer | undefined;
  #attempt = 0;

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
    );
    checkPort(port, 1);
    const { bindAddress } = this.options;
    if (bindAddress !== undefined && canonicalIp(bindAddress) === undefined) {
      check.refuse('bindAddress', 'an IP address of this machine', bindAddress);
    }
  }

  protected override start(): Promise<void> {
    this.#attempt = 0;
    this.#connect();
    return Promise.resolve();
  }

  protected override stop(): Promise<void> {
    this.#retryTimer?.cancel();
    this.#dial?.cancel();
    this.#dial = undefined;
    return Promise.resolve();
  }

  protected override afterLink(): ConnectionState {
    this.#attempt = 0;
    this.#retryAfterT5();
    return 'waiting';
  }

  #connect(): void {
    this.#attempt++;
    this.#dial = dial(
      {
        address: this.address,
        port: this.port,
        localAddress: this.options.bindAddress,
        timeout: this.settings.connectTimeout,
        clock: this.clock,
        network: this.options.network,
      },
      (socket) => {
        this.#dial = undefined;
        this.adopt(socket);
      },
      (error) => {
        this.#dial = undefined;
        this.#retryAfterT5();
        this.setState('waiting');
        const hint = hintForDial(error);
        this.notify({
          kind: 'connectFailed',
          error,
          attempt: this.#attempt,
          retrySeconds: this.settings.t5,
          ...(hint && { hint }),
        });
      },
    );
    this.setState('connecting');
  }

  #retryAfterT5(): void {
    this.#retryTimer = this.clock.setTimer('t5', this.settings.t5, () => this.#connect());
  }
}
