import type { EventEmitter } from 'node:events';
import type { Observable } from 'rxjs';
import type { Clock } from '../../clock.js';
import { check, type KnownNames } from '../../check.js';
import { HsmsError } from '../../errors.js';
import { checkPacket } from '../wire/check.js';
import type { HsmsPacket } from '../wire/packet.js';
import { describeCloseReason, type CloseReason } from '../link/close-reason.js';
import { rejected } from '../../reactive/rejected.js';
import { attachDelegate, type ConnectionDelegate } from '../../connection/delegate.js';
import { diagnostics } from '../../connection/diagnostics.js';
import { Publisher } from '../../reactive/publisher.js';
import type { Connector } from '../../connection/connector.js';
import type { BeforeClosedOn, ClosedOn, ConnectionState, EstablishedOn } from '../../connection/events.js';
import type { SecsConnection } from '../../connection/secs-connection.js';
import type { SocketAddress } from '../../network/socket-address.js';
import { printEndpoint } from '../../network/peer-address.js';
import { describeHint, type HsmsHint } from '../link/hints.js';
import {
  CONNECTION_OPTIONS,
  CONNECTION_SETTINGS,
  checkSessionId,
  resolveOptions,
  type ConnectionOptions,
  type ResolvedOptions,
} from './options.js';
import type { ErrorReporter } from '../../reactive/report.js';
import { refused, type QueueDepth, type Sending, type SendListener } from '../../connection/sending.js';
import { DEFAULT_SETTINGS, mergeSettings, type HsmsSettings } from '../link/settings.js';

import { ConnectionHost, type HsmsConnectorOwner } from './connection-host.js';
import type { HsmsNotice, NobodyConnected } from './notices.js';

const NO_OPTIONS = {};
const SEND_OPTIONS: KnownNames<{ readonly signal?: AbortSignal }> = {
  owner: 'send()',
  names: { signal: true },
};

/** A TCP connection is up. */
export type EstablishedEvent = EstablishedOn<HsmsConnection>;

/** A TCP connection is about to end. */
export type BeforeClosedEvent = BeforeClosedOn<HsmsConnection, CloseReason, HsmsHint>;

/** A TCP connection has ended; its socket is closed. */
export type ClosedEvent = ClosedOn<HsmsConnection, CloseReason, HsmsHint>;

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

/**
 * What a user holds of one HSMS peer, from construction to `dispose()`: across `enable()`, `disable()` and
 * reconnects it owns at most one TCP connection at a time and publishes what happens on it. It runs no E37
 * procedure: control messages (Select, Linktest, Reject …) reach `message` as data does.
 *
 * Its Observables are hot, never error, and complete when the connection is disposed of. For every TCP connection
 * the order is `established`, `message` any number of times, `beforeClosed`, `closed`; each but `message` exactly
 * once. What a subscriber does from within an event is published after every subscriber has seen that event.
 *
 * @example
 * ```ts
 * import { HsmsActiveConnection, HsmsPassiveConnection, type HsmsConnection } from 'rxsecs';
 *
 * function open(role: 'active' | 'passive'): HsmsConnection {
 *   return role === 'active'
 *     ? new HsmsActiveConnection('127.0.0.1', 5000, 0)
 *     : new HsmsPassiveConnection('', 5000, 0);
 * }
 * console.log(open('active').currentState); // 'disabled'
 * ```
 */
export abstract class HsmsConnection implements SecsConnection {
  readonly protocol = 'hsms';
  /** Active: the peer's address. Passive: the address the peer is expected from, '' for any. */
  readonly address: string;
  /** Active: the peer's TCP port. Passive: the port to listen on, 0 for any free one. */
  readonly port: number;
  /** Session ID of this connection's data messages: the device ID in HSMS-SS (E37.1). */
  readonly sessionId: number;

  readonly #options: ResolvedOptions;
  readonly #publisher: Publisher<HsmsConnectionEvents>;
  readonly #host: ConnectionHost<HsmsConnection>;

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
    const settings = mergeSettings(DEFAULT_SETTINGS, given);
    this.#publisher = new Publisher(this.#options.onError);
    this.#host = new ConnectionHost(this, this.#options, settings, this.#publisher, connectorFor);
    const attached = delegate ?? given.delegate;
    if (attached !== undefined) attachDelegate(this, attached, this.#options);
    if (diagnostics.connectionCreated.hasSubscribers) {
      // Later: the constructors of subclasses have not run yet.
      queueMicrotask(() => diagnostics.connectionCreated.publish({ connection: this }));
    }
  }

  /** A TCP connection is up. Hot. */
  get established(): Observable<EstablishedEvent> {
    return this.#publisher.observe('established');
  }

  /** A packet has arrived, data or control. Hot. */
  get message(): Observable<HsmsPacket> {
    return this.#publisher.observe('message');
  }

  /**
   * The last byte of a packet, data or control, has been handed to the socket. In the order of the wire, from
   * `established` until before `closed`. Hot.
   */
  get sent(): Observable<HsmsPacket> {
    return this.#publisher.observe('sent');
  }

  /** The TCP connection is about to close, and why; packets sent from here still leave if `canSend`. Hot. */
  get beforeClosed(): Observable<BeforeClosedEvent> {
    return this.#publisher.observe('beforeClosed');
  }

  /** The TCP connection has closed, and why. Hot. */
  get closed(): Observable<ClosedEvent> {
    return this.#publisher.observe('closed');
  }

  /** Where the connection stands. Hot; a subscriber first gets the current state. */
  get state(): Observable<ConnectionState> {
    return this.#publisher.observeState('state', this.#host.life.state);
  }

  /** Failed attempts, refused peers and the like: what an operator asks for when nothing seems to happen. Hot. */
  get notices(): Observable<HsmsNotice> {
    return this.#publisher.observe('notice');
  }

  /**
   * The typed node:events emitter under the Observables, for `once` and `on` of node:events. The listeners of a session are on it as well: take away
   * your own with `off`, for after `removeAllListeners()` the session hears nothing any more.
   */
  get events(): EventEmitter<HsmsConnectionEvents> {
    return this.#publisher.emitter;
  }

  /** Where the connection stands at this moment; `state` tells the changes. */
  get currentState(): ConnectionState {
    return this.#host.life.state;
  }

  /** The peer of the TCP connection that is up; undefined when none is. */
  get remoteAddress(): SocketAddress | undefined {
    return this.#host.life.link?.remote;
  }

  /** This side of the TCP connection that is up; undefined when none is. */
  get localAddress(): SocketAddress | undefined {
    return this.#host.life.link?.local;
  }

  /** What has been accepted for sending and not been handed to the socket; nothing when no TCP connection is up. */
  get queued(): QueueDepth {
    return this.#host.life.queued;
  }

  /** The settings in force. */
  get settings(): HsmsSettings {
    return this.#host.current;
  }

  /**
   * Changes settings, also while connected. Each takes effect the next time it is used; a timer that runs keeps
   * the time it was started with.
   * @throws HsmsArgumentError for a value out of range; nothing is changed then.
   */
  configure(changes: Partial<HsmsSettings>): void {
    this.#host.current = mergeSettings(
      this.#host.current,
      check.options('changes', changes, CONNECTION_SETTINGS),
    );
    this.#host.life.link?.configured();
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
    return this.#host.life.enable();
  }

  /**
   * Ends attempts, listening and the TCP connection: `beforeClosed`, then everything accepted for sending, then
   * `closed`. Does nothing when disabled already. May be called from any event.
   * @returns a promise that resolves when all is closed: at once or, with a connection up, after `closeTimeout`
   * seconds at most. It never rejects.
   */
  disable(): Promise<void> {
    return this.#host.life.disable();
  }

  /**
   * Sends one packet.
   * @param options.signal gives up the packet while no byte of it has been handed to the socket
   * @returns a promise that resolves when the last byte has been handed to the socket. It rejects with a SecsError:
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
    const { link } = this.#host.life;
    if (link !== undefined) return link.send(packet, signal, listener);
    const why = `the packet was not sent: the connection is ${this.#host.life.state}`;
    return refused(new HsmsError('HSMS_NOT_CONNECTED', why), listener);
  }

  /** Disables the connection for good and completes its Observables. Does nothing the second time. */
  dispose(): Promise<void> {
    return this.#host.life.dispose();
  }

  /** The same as {@link dispose}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  /**
   * As `events.on`, for layers above: it makes no emitter.
   * @internal
   */
  hear<Name extends keyof HsmsConnectionEvents>(
    name: Name,
    listener: (...args: HsmsConnectionEvents[Name]) => unknown,
  ): void {
    this.#publisher.on(name, listener);
  }

  /**
   * Ends the TCP connection, if one is up, for a reason that a layer above has. The connection stays enabled.
   * @internal
   */
  closeLink(reason: CloseReason): void {
    this.#host.life.link?.close(reason);
  }

  /**
   * Tells an operator what a layer above has noticed.
   * @internal
   */
  tell(notice: NobodyConnected): void {
    this.#host.life.notify(notice);
  }

  /**
   * The time of the clock at which the bytes now being dealt with were read.
   * @internal
   */
  get receivedAt(): number {
    return this.#host.life.link?.receivedAt ?? this.clock.now();
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
    return `${this.constructor.name} (${at}, session ${this.sessionId}, ${this.#host.life.state})`;
  }

  /** Whether the TCP connection that is up, or closing, was seen to be selected. @internal */
  get seenSelected(): boolean {
    return this.#host.life.link?.selected === true;
  }

  /** Where this connection listens; undefined when it does not. */
  protected get listeningAddress(): SocketAddress | undefined {
    return this.#host.life.boundAddress;
  }
}
