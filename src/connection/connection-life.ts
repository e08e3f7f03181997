import { shownShort } from '../short-inspect.js';
import type { Clock } from '../clock.js';
import { HsmsError, SecsError, type HsmsErrorCode } from '../errors.js';
import type { SocketAddress } from '../network/socket-address.js';
import { deferred, type Deferred } from '../reactive/deferred.js';
import type { Publisher } from '../reactive/publisher.js';
import { reportSafely, type ErrorReporter } from '../reactive/report.js';
import type { Connector } from './connector.js';
import { diagnostics } from './diagnostics.js';
import { EnableSwitch, reportUnheard, type Switched } from './enable-switch.js';
import type { BeforeClosedOn, ClosedOn, ConnectionState, Tagged } from './events.js';
import type { TcpNotice } from './notices.js';
import type { QueueDepth } from './sending.js';

const EMPTY_QUEUE: QueueDepth = { packets: 0, bytes: 0 };

/** What the life of a connection asks of a link. */
interface LivingLink {
  readonly local?: SocketAddress | undefined;
  readonly remote?: SocketAddress | undefined;
  readonly queued: QueueDepth;
  close(reason: { readonly kind: 'local' }): void;
}

/** The types of one transport. */
interface Transport {
  readonly connection: unknown;
  readonly link: LivingLink;
  readonly established: object;
  readonly reason: Tagged;
  readonly hint: Tagged;
  readonly notice: Tagged;
}

type NoticeOn<T extends Transport> = T['notice'] | TcpNotice<T['hint']>;

/** The events of a connection that its life causes. */
export interface EventsOn<T extends Transport> {
  established: [event: T['established']];
  beforeClosed: [event: BeforeClosedOn<T['connection'], T['reason'], T['hint']>];
  closed: [event: ClosedOn<T['connection'], T['reason'], T['hint']>];
  state: [state: ConnectionState];
  notice: [notice: NoticeOn<T>];
  disposed: [];
}

/** What a {@link ConnectionLife} needs of the connection that it is a part of. */
interface Owner<T extends Transport> {
  readonly connection: T['connection'];
  readonly clock: Clock;
  readonly onError: ErrorReporter;
  readonly publisher: Pick<Publisher<EventsOn<T>>, 'publish' | 'publishBoth' | 'hasListeners'>;
  describeHint(hint: T['hint']): string;
}

/**
 * The part that connections of every transport have in common: the state, the link that is up, `enable()`, `disable()` and
 * `dispose()`, and the events of links that come and go. A packet passes none of it but `link`.
 */
export class ConnectionLife<T extends Transport> implements Switched {
  /** The link that is up or closing. */
  link: T['link'] | undefined;
  readonly #owner: Owner<T>;
  readonly #connector: Connector;
  #state: ConnectionState = 'disabled';
  /** Resolved when the link is gone that is being closed. */
  #linkGone: Deferred<void> | undefined;
  /** Why an attempt to connect failed, when that was last reported. */
  #reportedCause: string | undefined;
  readonly #switch = new EnableSwitch(this);

  /** @param connectorFor makes what gets the links; it is called once, before the constructor returns */
  constructor(owner: Owner<T>, connectorFor: (life: ConnectionLife<T>) => Connector) {
    this.#owner = owner;
    this.#connector = connectorFor(this);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Whether the connection is meant to be up. */
  get enabled(): boolean {
    return this.#switch.on;
  }

  /** Where the connector listens; undefined when it does not. */
  get boundAddress(): SocketAddress | undefined {
    return this.#connector.boundAddress;
  }

  /** What waits to be sent. */
  get queued(): QueueDepth {
    return this.link?.queued ?? EMPTY_QUEUE;
  }

  enable(): Promise<void> {
    return this.#switch.enable();
  }

  disable(): Promise<void> {
    return this.#switch.disable();
  }

  dispose(): Promise<void> {
    return this.#switch.dispose((done) => this.#owner.publisher.publish('disposed', undefined, done));
  }

  /** For the switch. */
  get startsAtOnce(): boolean {
    return this.#connector.startsAtOnce === true;
  }

  /** For the switch: gets the connector to work. */
  start(): Promise<void> {
    return this.#connector.start();
  }

  /** For the switch: `start` has failed. */
  onStartFailed(error: unknown, isHeard: () => boolean): void {
    this.setState('disabled');
    if (!this.#owner.publisher.hasListeners('notice')) reportUnheard(error, isHeard, this.#owner);
    this.notify({ kind: 'listenFailed', error: error as Error });
  }

  /** Changes the state and tells it. */
  setState(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#owner.publisher.publish('state', state);
  }

  /** Tells an operator. */
  notify(notice: NoticeOn<T>): void {
    const { connection } = this.#owner;
    if (!this.#owner.publisher.hasListeners('notice')) this.#reportNotice(notice);
    diagnostics.notice.publish({ connection, notice });
    this.#owner.publisher.publish('notice', shownShort(notice));
  }

  /** A link is up. */
  established(link: T['link'], event: T['established']): void {
    this.link = link;
    this.#reportedCause = undefined;
    this.#state = 'connected';
    diagnostics.established.publish(event);
    this.#owner.publisher.publishBoth('state', 'connected', 'established', event);
  }

  /** The link is about to end; `proceed` is called when everybody has been told. */
  closing(reason: T['reason'], canSend: boolean, hint: T['hint'] | undefined, proceed: () => void): void {
    this.setState('closing');
    const { connection } = this.#owner;
    this.#owner.publisher.publish(
      'beforeClosed',
      shownShort({ connection, reason, canSend, ...(hint && { hint }) }),
      proceed,
    );
  }

  /** The link has ended. */
  closed(reason: T['reason'], unsent: number, hint: T['hint'] | undefined): void {
    this.link = undefined;
    this.#state = this.#switch.stopping ? 'disabled' : this.#connector.afterLink();
    const { connection } = this.#owner;
    const event = shownShort({ connection, reason, unsent, ...(hint && { hint }) });
    diagnostics.closed.publish(event);
    this.#owner.publisher.publishBoth('state', this.#state, 'closed', event);
    this.#linkGone?.resolve();
    this.#linkGone = undefined;
  }

  /** Where notices have no listener: a program that hears nothing for hours should know why. A failed attempt once for each cause. */
  #reportNotice(notice: NoticeOn<T>): void {
    if (!isFailedAttempt(notice)) return;
    const { error, hint } = notice;
    const cause = causeOf(error);
    if (cause === this.#reportedCause) return;
    this.#reportedCause = cause;
    const text = hint === undefined ? error.message : `${error.message}. ${this.#owner.describeHint(hint)}`;
    const code = error instanceof SecsError ? error.code : 'HSMS_CONNECT_FAILED';
    const told = new HsmsError(code as HsmsErrorCode, text);
    told.name = error.name;
    // Where in the library it was noticed says nothing of the network.
    told.stack = `${told.name}: ${text}`;
    reportSafely(this.#owner.onError, told, 'an attempt to connect, which is repeated every T5,');
  }

  /** For the switch: ends attempts, listening and the link. */
  async stop(): Promise<void> {
    const stopped = this.#connector.stop();
    if (this.link !== undefined) {
      this.#linkGone = deferred();
      const { promise } = this.#linkGone;
      this.link.close({ kind: 'local' });
      await promise;
    }
    await stopped;
    this.setState('disabled');
  }
}

function isFailedAttempt(notice: Tagged): notice is TcpNotice<Tagged> & { readonly kind: 'connectFailed' } {
  return notice.kind === 'connectFailed';
}

/** What tells one cause of a failed attempt from another: the code of the system or, where it has none, what it said. */
function causeOf(error: Error): string {
  const { cause } = error;
  const code = error instanceof SecsError ? error.code : error.name;
  if (typeof cause !== 'object' || cause === null) return code;
  if ('code' in cause) return `${code} ${String(cause.code)}`;
  return cause instanceof Error ? `${code} ${cause.message}` : code;
}
