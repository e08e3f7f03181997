import { systemClock, type Timer } from '../clock.js';
import { asError } from '../describe-value.js';
import { dial, type Dial } from '../network/dial.js';
import { destroy, type NetworkSocket } from '../network/network.js';
import type { Connector, ConnectorOwner } from './connector.js';
import type { ConnectionState, Tagged } from './events.js';

/** Whom a {@link Dialer} connects to, and how. */
export interface DialerOptions<Hint extends Tagged> {
  /** Address or host name of the peer. */
  readonly address: string;
  readonly port: number;
  /** Local address to connect from; undefined lets the system choose. */
  readonly localAddress: string | undefined;
  /** Asked at each attempt. Both in seconds. */
  times(): { readonly t5: number; readonly connectTimeout: number };
  /** What a failed attempt tells about its cause. */
  hintFor(error: Error): Hint | undefined;
}

const DONE = Promise.resolve();

/** Connects at once, and again T5 after the end of each attempt and of each link. */
export class Dialer<Hint extends Tagged> implements Connector {
  readonly boundAddress = undefined;
  readonly startsAtOnce = true;
  readonly #owner: ConnectorOwner<Hint>;
  readonly #options: DialerOptions<Hint>;
  #dial: Dial | undefined;
  #retryTimer: Timer | undefined;
  #attempt = 0;

  constructor(owner: ConnectorOwner<Hint>, options: DialerOptions<Hint>) {
    this.#owner = owner;
    this.#options = options;
  }

  start(): Promise<void> {
    this.#attempt = 0;
    this.#connect();
    return DONE;
  }

  stop(): Promise<void> {
    this.#retryTimer?.cancel();
    this.#dial?.cancel();
    this.#dial = undefined;
    return DONE;
  }

  afterLink(): ConnectionState {
    this.#attempt = 0;
    this.#retryAfterT5();
    return 'waiting';
  }

  #connect(): void {
    const { address, port, localAddress } = this.#options;
    const { clock, network } = this.#owner;
    const timeout = this.#options.times().connectTimeout;
    this.#attempt++;
    let failed: Error | undefined;
    try {
      this.#dial = dial(
        { address, port, localAddress, timeout, clock, network },
        (socket) => this.#onConnected(socket),
        (error) => this.#onFailed(error),
      );
    } catch (error) {
      failed = asError(error);
    }
    this.#owner.setState('connecting');
    // Whoever was told of that may have disabled the connection.
    if (failed !== undefined && this.#owner.isEnabled()) this.#onFailed(failed);
  }

  #onConnected(socket: NetworkSocket): void {
    this.#dial = undefined;
    try {
      this.#owner.adopt(socket);
    } catch (error) {
      destroy(socket);
      this.#onFailed(asError(error));
    }
  }

  #onFailed(error: Error): void {
    this.#dial = undefined;
    this.#retryAfterT5();
    this.#owner.setState('waiting');
    const hint = this.#options.hintFor(error);
    this.#owner.notify({
      kind: 'connectFailed',
      error,
      attempt: this.#attempt,
      retrySeconds: this.#options.times().t5,
      ...(hint && { hint }),
    });
  }

  #retryAfterT5(): void {
    const { t5 } = this.#options.times();
    const again = (): void => this.#connect();
    try {
      this.#retryTimer = this.#owner.clock.setTimer('t5', t5, again);
    } catch {
      // A clock of somebody's own. Without any timer there would never be another attempt, and nobody to say so.
      this.#retryTimer = systemClock.setTimer('t5', t5, again);
    }
  }
}
