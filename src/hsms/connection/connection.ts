import type { EventEmitter } from 'node:events';
import type { Observable } from 'rxjs';
import type { Clock } from '../../clock.js';
import { check, type KnownNames } from '../../check.js';
import { HsmsError, type HsmsErrorCode } from '../../errors.js';
import { checkPacket } from '../wire/check.js';
import type { HsmsPacket } from '../wire/packet.js';
import { describeCloseReason, type CloseReason } from '../link/close-reason.js';
import { rejected } from '../../reactive/rejected.js';
import { deferred } from '../../reactive/deferred.js';
import { attachDelegate, type ConnectionDelegate } from '../../connection/delegate.js';
import { diagnostics } from '../../connection/diagnostics.js';
import { EnableSwitch } from '../../connection/enable-switch.js';
import { Publisher } from '../../reactive/publisher.js';
import type { Connector, ConnectorOwner } from '../../connection/connector.js';
import type { TcpNotice } from '../../connection/notices.js';
import type { BeforeClosedOn, ClosedOn, ConnectionState, EstablishedOn } from '../../connection/events.js';
import type { SecsConnection } from '../../connection/secs-connection.js';
import type { SocketAddress } from '../../network/socket-address.js';
import { printEndpoint } from '../../network/peer-address.js';
import { describeHint, type HsmsHint } from '../link/hints.js';
import { Link } from '../link/link.js';
import type { NetworkSocket } from '../../network/network.js';
import {
  CONNECTION_OPTIONS,
  CONNECTION_SETTINGS,
  checkSessionId,
  resolveOptions,
  type ConnectionOptions,
  type ResolvedOptions,
} from './options.js';
import { reportSafely, type ErrorReporter } from '../../reactive/report.js';
import { refused, type QueueDepth, type Sending, type SendListener } from '../../connection/sending.js';
import { DEFAULT_SETTINGS, mergeSettings, type HsmsSettings } from '../link/settings.js';

const NO_OPTIONS = {};
const SEND_OPTIONS: KnownNames<{ readonly signal?: AbortSignal }> = {
  owner: 'send()',
  names: { signal: true },
};
const EMPTY_QUEUE: QueueDepth = { packets: 0, bytes: 0 };

/** A TCP connection is up. */
export type EstablishedEvent = EstablishedOn<HsmsConnection>;

/** A TCP connection is about to end. */
export type BeforeClosedEvent = BeforeClosedOn<HsmsConnection, CloseReason, HsmsHint>;

/** A TCP connection has ended; its socket is closed. */
export type ClosedEvent = ClosedOn<HsmsConnection, CloseReason, HsmsHint>;

/** The notice that a passive side with a session was enabled and heard of nobody within T7; told once after each `enable()`. */
export interface NobodyConnected {
  readonly kind: 'nobodyConnected';
  /** T7. */
  readonly seconds: number;
  /** What to look at. */
  readonly hint: HsmsHint;
}

/** What an operator wants to know besides the four streams, told apart by `kind`; see {@link TcpNotice}. */
export type HsmsNotice = TcpNotice<HsmsHint> | NobodyConnected;

/** The delegate of an HSMS connection: see {@link ConnectionDelegate}. */
export type HsmsConnectionDelegate = ConnectionDelegate<HsmsConnection, HsmsPacket, HsmsNotice>;

/** What the constructors of connections take besides the documented arguments. */
export interface HsmsConnectionOptions extends ConnectionOptions {
  /** The delegate, where it is not given as an argument of its own. */
  readonly delegate?: HsmsConnectionDelegate;
}

/** The events of {@link HsmsConnection.events} and what their listeners get. */
export interface HsmsConnectionEvents {
  established: [event: EstablishedEvent];
  message: [packet: HsmsPacket];
  /** The last byte of the packet has been handed to the socket. */
  sent: [packet: HsmsPacket];
  beforeClosed: [event: BeforeClosedEvent];
  closed: [event: ClosedEvent];
  state: [state: ConnectionState];
  notice: [notice: HsmsNotice];
  /** The connection was disposed of: nothing follows. */
  disposed: [];
}

/** What connectors of HSMS ask besides. */
export interface HsmsConnectorOwner extends ConnectorOwner<HsmsHint> {
  readonly options: ResolvedOptions;
  /** The settings in force now. */
  settings(): HsmsSettings;
  currentLink(): Link | undefined;
}

/**
 * What a user holds of one HSMS peer, from construction to `dispose()`: across `enable()`, `disable()` and
 * reconnects it owns at most one TCP connection at a time and publishes what happens on it. It runs no E37
 * procedure: control messages (Select, Linktest, Reject …) reach `message` as data does.
 *
 * Its Observables are hot, never error, and complete when the connection is disposed of. For every TCP connection
 * the order is `established`, `message` any number of times, `beforeClosed`, `closed`; each but `message` exactly
 * once. What a subscriber does from within an event is published after every subscriber has seen that event.
 */
export abstract class HsmsConnection implements SecsConnection {
  readonly protocol = 'hsms';
  /** Active: the peer's address. Passive: the address the peer is expected from, '' for any. */
  readonly address: string;
  /** Active: the peer's TCP port. Passive: the port to listen on, 0 for any free one. */
  readonly port: number;
  /** Session ID of this connection's data messages: the device ID in HSMS-SS (E37.1). */
  readonly sessionId: number;

  /** A TCP connection is up. Hot. */
  readonly established: Observable<EstablishedEvent>;
  /** A packet has arrived, data or control. Hot. */
  readonly message: Observable<HsmsPacket>;
  /**
   * The last byte of a packet, data or control, has been handed to the socket. In the order of the wire, from
   * `established` until before `closed`. Hot.
   */
  readonly sent: Observable<HsmsPacket>;
  /** The TCP connection is about to close, and why; packets sent from here still leave if `canSend`. Hot. */
  readonly beforeClosed: Observable<BeforeClosedEvent>;
  /** The TCP connection has closed, and why. Hot. */
  readonly closed: Observable<ClosedEvent>;
  /** Where the connection stands. Hot; a subscriber first gets the current state. */
  readonly state: Observable<ConnectionState>;
  /** Failed attempts, refused peers and the like: what an operator asks for when nothing seems to happen. Hot. */
  readonly notices: Observable<HsmsNotice>;

  readonly #options: ResolvedOptions;
  readonly #publisher: Publisher<HsmsConnectionEvents>;
  #settings: HsmsSettings;
  #state: ConnectionState = 'disabled';
  #link: Link | undefined;
  /** Why an attempt to connect failed, when that was last reported. */
  #reportedCause: string | undefined;
  #linkGone = deferred();
  readonly #connector: Connector;
  readonly #switch = new EnableSwitch({
    start: () => this.#connector.start(),
    stop: () => this.#stop(),
    onStartFailed: (error, isHeard) => {
      this.#setState('disabled');
      if (this.events.listenerCount('notice') === 0) this.#reportUnheard(error, isHeard);
      this.#notify({ kind: 'listenFailed', error: error as Error });
    },
  });

  /**
   * @throws HsmsArgumentError for an argument or option out of range.
   */
  protected constructor(
    address: string,
    port: number,
    sessionId: number,
    delegate: HsmsConnectionDelegate | null | undefined,
    options: HsmsConnectionOptions | null | undefined,
    connectorFor: (owner: HsmsConnectorOwner) => Connector,
  ) {
    checkSessionId(sessionId);
    this.address = address;
    this.port = port;
    this.sessionId = sessionId;
    const given = check.options('options', options, CONNECTION_OPTIONS);
    this.#options = resolveOptions(given);
    this.#settings = mergeSettings(DEFAULT_SETTINGS, given);
    const { onError } = this.#options;
    this.#publisher = new Publisher(onError);
    const publisher = this.#publisher;
    this.established = publisher.observe('established');
    this.message = publisher.observe('message');
    this.sent = publisher.observe('sent');
    this.beforeClosed = publisher.observe('beforeClosed');
    this.closed = publisher.observe('closed');
    this.state = publisher.observeState('state', this.#state);
    this.notices = publisher.observe('notice');
    this.#connector = connectorFor(this.#connectorOwner());
    const attached = delegate ?? given.delegate;
    if (attached !== undefined) attachDelegate(this, attached, this.#options);
    if (diagnostics.connectionCreated.hasSubscribers) {
      // Later: the constructors of subclasses have not run yet.
      queueMicrotask(() => diagnostics.connectionCreated.publish({ connection: this }));
    }
  }

  /** The typed node:events emitter under the Observables, for `once` and `on` of node:events. */
  get events(): EventEmitter<HsmsConnectionEvents> {
    return this.#publisher.emitter;
  }

  /** Where the connection stands at this moment; `state` tells the changes. */
  get currentState(): ConnectionState {
    return this.#state;
  }

  /** The peer of the TCP connection that is up; undefined when none is. */
  get remoteAddress(): SocketAddress | undefined {
    return this.#link?.remote;
  }

  /** This side of the TCP connection that is up; undefined when none is. */
  get localAddress(): SocketAddress | undefined {
    return this.#link?.local;
  }

  /** What has been accepted for sending and not been handed to the socket; nothing when no TCP connection is up. */
  get queued(): QueueDepth {
    return this.#link?.queued ?? EMPTY_QUEUE;
  }

  /** The settings in force. */
  get settings(): HsmsSettings {
    return this.#settings;
  }

  /**
   * Changes settings, also while connected. Each takes effect the next time it is used; a timer that runs keeps
   * the time it was started with.
   * @throws HsmsArgumentError for a value out of range; nothing is changed then.
   */
  configure(changes: Partial<HsmsSettings>): void {
    this.#settings = mergeSettings(this.#settings, check.options('changes', changes, CONNECTION_SETTINGS));
    this.#link?.configured();
  }

  /**
   * Starts the connection: an active one begins to connect, a passive one listens. Does nothing when enabled
   * already. May be called from any event.
   * @returns a promise that resolves when attempts to connect have begun or the port is open, not when the peer is
   * there. It rejects with an HsmsError: `HSMS_ADDRESS_IN_USE` or `HSMS_LISTEN_FAILED` (`enable()` may be tried
   * again), `HSMS_DISABLED` when `disable()` came in between, `HSMS_DISPOSED`. A rejection does not end the process: the
   * notice `listenFailed` reports it or, where notices have no subscriber and the promise is let go of, standard error.
   */
  enable(): Promise<void> {
    return this.#switch.enable();
  }

  /**
   * Ends attempts, listening and the TCP connection: `beforeClosed`, then everything accepted for sending, then
   * `closed`. Does nothing when disabled already. May be called from any event.
   * @returns a promise that resolves when all is closed: at once or, with a connection up, after `closeTimeout`
   * seconds at most. It never rejects.
   */
  disable(): Promise<void> {
    return this.#switch.disable();
  }

  /**
   * Sends one packet.
   * @param options.signal gives up the packet while no byte of it has been handed to the socket
   * @returns a promise that resolves when the last byte has been handed to the socket. It rejects with an HsmsError:
   * `HSMS_NOT_CONNECTED`, `HSMS_FRAME_TOO_LONG`, `HSMS_QUEUE_FULL`, or `HSMS_CONNECTION_CLOSED` when the connection
   * ends first; or with the reason of the signal. A rejection that nobody handles does not end the process.
   */
  send(packet: HsmsPacket, options: { readonly signal?: AbortSignal } | null = NO_OPTIONS): Promise<void> {
    let signal: AbortSignal | undefined;
    try {
      if (options !== NO_OPTIONS) ({ signal } = check.options('options', options, SEND_OPTIONS));
      checkPacket(packet);
      if (signal !== undefined) check.signal('signal', signal);
    } catch (error) {
      return rejected(error);
    }
    return this.sendFor(undefined, packet, signal).promise;
  }

  /**
   * As `send`, but the promise is made only when asked for, and `listener` is called at once with what becomes of the packet.
   * @internal
   */
  sendFor(listener: SendListener | undefined, packet: HsmsPacket, signal?: AbortSignal): Sending {
    if (this.#link !== undefined) return this.#link.send(packet, signal, listener);
    const why = `the packet was not sent: the connection is ${this.#state}`;
    return refused(new HsmsError('HSMS_NOT_CONNECTED', why), listener);
  }

  /** Disables the connection for good and completes its Observables. Does nothing the second time. */
  dispose(): Promise<void> {
    return this.#switch.dispose((done) => this.#publisher.publish('disposed', undefined, done));
  }

  /** The same as {@link dispose}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  /**
   * Ends the TCP connection, if one is up, for a reason that a layer above has. The connection stays enabled.
   * @internal
   */
  closeLink(reason: CloseReason): void {
    this.#link?.close(reason);
  }

  /**
   * Tells an operator what a layer above has noticed.
   * @internal
   */
  tell(notice: NobodyConnected): void {
    this.#notify(notice);
  }

  /**
   * The time of the clock at which the bytes now being dealt with were read.
   * @internal
   */
  get receivedAt(): number {
    return this.#link?.receivedAt ?? this.clock.now();
  }

  /** Which side of E37 this is: the one that connects, or the one that is connected to. */
  abstract readonly role: 'active' | 'passive';

  /** Time source of this connection. */
  get clock(): Clock {
    return this.#options.clock;
  }

  /** The option `onError`: takes what listeners and subscribers throw, or what their promises reject with. */
  get onError(): ErrorReporter {
    return this.#options.onError;
  }

  /** A close reason as a sentence: what happened and, where it can be told, what to look at. */
  describeReason(reason: CloseReason): string {
    return describeCloseReason(reason);
  }

  /** A hint as a sentence for an operator. */
  describeHint(hint: HsmsHint): string {
    return describeHint(hint);
  }

  /** What `console.log` shows, also of events that carry the connection. @internal */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const at = this.address === '' ? `port ${this.port}` : printEndpoint(this.address, this.port);
    return `${this.constructor.name} (${at}, session ${this.sessionId}, ${this.#state})`;
  }

  /** Whether the TCP connection that is up, or closing, was seen to be selected. @internal */
  get seenSelected(): boolean {
    return this.#link?.selected === true;
  }

  /** Where this connection listens; undefined when it does not. */
  protected get listeningAddress(): SocketAddress | undefined {
    return this.#connector.boundAddress;
  }

  #connectorOwner(): HsmsConnectorOwner {
    const { clock, network } = this.#options;
    return {
      clock,
      network,
      options: this.#options,
      settings: () => this.#settings,
      isEnabled: () => this.#switch.on,
      currentLink: () => this.#link,
      adopt: (socket) => this.#adopt(socket),
      setState: (state) => this.#setState(state),
      notify: (notice) => this.#notify(notice),
    };
  }

  /** Changes the state and tells it. */
  #setState(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#publisher.publish('state', state);
  }

  /** Tells an operator. */
  #notify(notice: HsmsNotice): void {
    if (this.events.listenerCount('notice') === 0) this.#reportNotice(notice);
    diagnostics.notice.publish({ connection: this, notice });
    this.#publisher.publish('notice', notice);
  }

  /** A failed `enable()`, unless its caller hears of it by the promise. */
  #reportUnheard(error: unknown, isHeard: () => boolean): void {
    this.clock.afterPoll(() => {
      if (!isHeard()) reportSafely(this.#options.onError, error, 'enable()');
    });
  }

  /** Where notices have no listener: a program that hears nothing for hours should know why. A failed attempt once for each cause. */
  #reportNotice(notice: HsmsNotice): void {
    if (notice.kind !== 'connectFailed') return;
    const { error, hint } = notice;
    const cause = causeOf(error);
    if (cause === this.#reportedCause) return;
    this.#reportedCause = cause;
    const told =
      hint === undefined ? error : new HsmsError(codeOf(error), `${error.message}. ${describeHint(hint)}`);
    reportSafely(this.#options.onError, told, 'an attempt to connect, which is repeated every T5,');
  }

  /** Takes a connected socket as the link of this connection. */
  #adopt(socket: NetworkSocket): void {
    const link = new Link(socket, {
      clock: this.clock,
      decoding: this.#options.decoding,
      settings: () => this.#settings,
      onPacket: (packet) => {
        if (diagnostics.received.hasSubscribers) diagnostics.received.publish({ connection: this, packet });
        this.#publisher.publish('message', packet);
      },
      wantsSent: () => this.#publisher.hasListeners('sent') || diagnostics.sent.hasSubscribers,
      onSent: (packets) => this.#onSent(packets),
      onClosing: (reason, canSend, proceed) => {
        this.#setState('closing');
        const hint = link.hintFor(reason);
        this.#publisher.publish(
          'beforeClosed',
          { connection: this, reason, canSend, ...(hint && { hint }) },
          proceed,
        );
      },
      onClosed: (reason, unsent) => this.#onLinkClosed(reason, unsent, link.hintFor(reason)),
    });
    this.#link = link;
    this.#reportedCause = undefined;
    this.#setState('connected');
    const event: EstablishedEvent = { connection: this, local: link.local, remote: link.remote };
    diagnostics.established.publish(event);
    this.#publisher.publish('established', event);
  }

  #onSent(packets: readonly HsmsPacket[]): void {
    const { hasSubscribers } = diagnostics.sent;
    for (const packet of packets) {
      if (hasSubscribers) diagnostics.sent.publish({ connection: this, packet });
      this.#publisher.publish('sent', packet);
    }
  }

  #onLinkClosed(reason: CloseReason, unsent: number, hint: HsmsHint | undefined): void {
    this.#link = undefined;
    this.#setState(this.#switch.stopping ? 'disabled' : this.#connector.afterLink());
    const event: ClosedEvent = { connection: this, reason, unsent, ...(hint && { hint }) };
    diagnostics.closed.publish(event);
    this.#publisher.publish('closed', event);
    this.#linkGone.resolve();
  }

  async #stop(): Promise<void> {
    const stopped = this.#connector.stop();
    if (this.#link !== undefined) {
      this.#linkGone = deferred();
      this.#link.close({ kind: 'local' });
      await this.#linkGone.promise;
    }
    await stopped;
    this.#setState('disabled');
  }
}

function codeOf(error: Error): HsmsErrorCode {
  return error instanceof HsmsError ? error.code : 'HSMS_CONNECT_FAILED';
}

/** What tells one cause of a failed attempt from another: the code of the system, where there is one. */
function causeOf(error: Error): string {
  const { cause } = error;
  const system = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  return `${codeOf(error)} ${system}`;
}
