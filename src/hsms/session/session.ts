import type { EventEmitter } from 'node:events';
import type { Observable } from 'rxjs';
import { diagnostics } from '../../connection/diagnostics.js';
import { shownShort } from '../../short-inspect.js';
import { HsmsError } from '../../errors.js';
import { iterate, type BufferedIterator, type BufferOptions } from '../../reactive/buffered-iterator.js';
import { SharedWait } from '../../reactive/shared-wait.js';
import { inVain } from '../../session/in-vain.js';
import { Publisher } from '../../reactive/publisher.js';
import { rejected, handled } from '../../reactive/rejected.js';
import type { SecsMessage } from '../../secs2/index.js';
import { SecsRequestError } from '../../session/errors.js';
import type { Availability, SessionMessage, SessionWarning } from '../../session/events.js';
import { Exchange, NO_OPTIONS } from '../../session/exchange.js';
import type { DataHeader } from '../../session/header.js';
import type { SecsPrimary } from '../../session/primary.js';
import type { SecsSession } from '../../session/secs-session.js';
import type { AutoS9, AutoS9Setting, RequestOptions } from '../../session/settings.js';
import type { Stream9Function } from '../../session/stream9.js';
import type { HsmsConnection } from '../connection/connection.js';
import { check, type KnownNames } from '../../check.js';
import { SINGLE_SESSION } from '../procedures/procedures-state.js';
import type { HsmsHeader } from '../wire/header.js';
import type { HsmsPacket } from '../wire/packet.js';
import { orControlError } from './control-error.js';
import { HsmsPort } from './hsms-port.js';
import { SessionCore } from './session-core.js';
import type { HsmsSessionEnd, HsmsSessionEvents, SessionState } from './session-events.js';
import {
  checkCloseOptions,
  checkConnection,
  checkSessionChanges,
  checkSessionOptions,
} from './check-options.js';
import type { HsmsSessionOptions, SharedConnection } from './session-options.js';
import {
  DEFAULT_SESSION_SETTINGS,
  mergeSessionSettings,
  type HsmsSessionSettings,
} from './session-settings.js';

const SELECTED_OPTIONS: KnownNames<{ readonly signal?: AbortSignal }> = {
  owner: 'selected()',
  names: { signal: true },
};

const AVAILABILITY = { notConnected: 'down', notSelected: 'connected', selected: 'usable' } as const;

/**
 * An HSMS session (E37): runs Select, Deselect, Linktest, Separate and Reject, answers the peer's, and carries data
 * transactions. It lives as long as its connection, across reconnects; enable the connection to start it.
 *
 * Its Observables are hot, never error, and complete when the connection is disposed of.
 *
 * @example
 * ```ts
 * import { HsmsActiveConnection, HsmsSession } from 'rxsecs';
 * import { S } from 'rxsecs/secs2';
 *
 * const connection = new HsmsActiveConnection('127.0.0.1', 5000, 0);
 * const session = new HsmsSession(connection, { t3: 45, linktestInterval: 30 });
 * session.primaries.subscribe((primary) => {
 *   if (primary.wantsReply) void primary.reply(S(primary.message.stream, 0)); // function 0: abort
 * });
 * await connection.enable();
 * await session.selected();
 * const reply = await session.request(S(1, 1).w());
 * console.log(String(reply));
 * ```
 */
export class HsmsSession implements SecsSession, AsyncDisposable {
  readonly protocol = 'hsms';
  readonly connection: HsmsConnection;
  /** Session ID of the messages sent: the device ID in HSMS-SS. */
  readonly sessionId: number;
  /** Which side of E5 this is. */
  readonly entity: 'host' | 'equipment';

  readonly #core: SessionCore;
  readonly #key: number;
  readonly #single: boolean;
  readonly #exchange: Exchange<HsmsPacket>;
  readonly #autoSelect: boolean;
  readonly #publisher: Publisher<HsmsSessionEvents>;
  #settings: HsmsSessionSettings;
  #state: SessionState = 'notConnected';
  /** Those who wait for it to be selected. */
  #selection: SharedWait | undefined;

  /**
   * @param connection the connection to run on; construct the session before enabling it
   * @throws HsmsArgumentError for a setting out of range, and when the connection is up or has a session already.
   */
  constructor(connection: HsmsConnection, options?: HsmsSessionOptions | null);
  /** @internal The session shares its connection with others (HSMS-GS). */
  constructor(connection: HsmsConnection, options: HsmsSessionOptions, shared: SharedConnection);
  constructor(connection: HsmsConnection, given?: HsmsSessionOptions | null, shared?: SharedConnection) {
    checkConnection(connection);
    const options = checkSessionOptions(given);
    this.connection = connection;
    this.sessionId = shared?.sessionId ?? connection.sessionId;
    this.entity = options.entity ?? 'host';
    this.#single = shared === undefined;
    this.#autoSelect = options.autoSelect ?? true;
    this.#settings = mergeSessionSettings(DEFAULT_SESSION_SETTINGS, options);
    this.#key = shared?.sessionId ?? SINGLE_SESSION;
    const publisher = new Publisher<HsmsSessionEvents>(connection.onError);
    this.#publisher = publisher;
    this.#core = shared?.core ?? new SessionCore(connection, this, publisher);
    this.#exchange = this.#makeExchange(options);
    this.#core.attach(this.#key, this);
    connection.hear('disposed', () => {
      publisher.publish('disposed', undefined);
      this.#selection?.fail(disposedError);
    });
    diagnostics.sessionCreated.publish({ session: this });
  }

  /** Where the session stands. Hot; a subscriber first gets the current state. */
  get state(): Observable<SessionState> {
    return this.#publisher.observeState('state', this.#state);
  }

  /** The same in words that fit every transport: `usable` is selected. Hot; a subscriber first gets the current one. */
  get availability(): Observable<Availability> {
    return this.#publisher.observeState('availability', this.currentAvailability);
  }

  /** Every data message of this session: primaries, replies, and replies that match no request. Hot. */
  get messages(): Observable<SessionMessage<HsmsHeader>> {
    return this.#publisher.observe('message');
  }

  /** Every primary message (odd function) that is for the user to handle. Hot. */
  get primaries(): Observable<SecsPrimary<HsmsHeader>> {
    return this.#publisher.observe('primary');
  }

  /** The session was selected and is so no more, and why. Hot. */
  get ended(): Observable<HsmsSessionEnd> {
    return this.#publisher.observe('ended');
  }

  /** Something odd that did no harm. Hot. */
  get warnings(): Observable<SessionWarning<HsmsHeader>> {
    return this.#publisher.observe('warning');
  }

  /** The typed node:events emitter under the Observables. */
  get events(): EventEmitter<HsmsSessionEvents> {
    return this.#publisher.emitter;
  }

  /** Where the session stands at this moment. */
  get currentState(): SessionState {
    return this.#state;
  }

  /** The settings in force. T5 to T8 are settings of the connection. */
  get settings(): HsmsSessionSettings {
    return this.#settings;
  }

  /** How many requests wait for their reply. */
  get openRequests(): number {
    return this.#exchange.openRequests;
  }

  /** Where the session stands at this moment, in words that fit every transport. */
  get currentAvailability(): Availability {
    return AVAILABILITY[this.#state];
  }

  /** Which messages of stream 9 are sent by themselves; `configure` changes it. */
  get autoS9(): AutoS9 {
    return this.#exchange.autoS9;
  }

  /**
   * Changes settings, also while the session runs: each takes effect the next time it is used. Of `autoS9`, what is left out
   * stays as it is.
   * @throws HsmsArgumentError for a value out of range; nothing is changed then.
   */
  configure(changes: Partial<HsmsSessionSettings> & { readonly autoS9?: AutoS9Setting }): void {
    const given = checkSessionChanges(changes);
    this.#settings = mergeSessionSettings(this.#settings, given);
    this.#exchange.configureT3(this.#settings.t3);
    if (given.autoS9 !== undefined) this.#exchange.configureS9(given.autoS9);
    if (given.linktestInterval !== undefined && this.#state === 'selected') this.#core.restartLinktest();
  }

  /**
   * Resolves when the session is selected: at once, if it is. Rejects with the signal's reason, with `HSMS_DISPOSED` when the
   * connection is disposed of, and with `HSMS_SESSION_ENDED` when `close()` is called meanwhile. `disable()` of the connection alone
   * does not end the waiting: it may be enabled again.
   */
  selected(options?: { readonly signal?: AbortSignal } | null): Promise<void> {
    let signal: AbortSignal | undefined;
    try {
      if (options !== undefined) ({ signal } = check.options('options', options, SELECTED_OPTIONS));
      check.signal('signal', signal);
      signal?.throwIfAborted();
    } catch (error) {
      return refused(error);
    }
    if (this.#state === 'selected') return Promise.resolve();
    return this.#publisher.disposed ? Promise.reject(disposedError()) : this.#selectionWait().wait(signal);
  }

  #selectionWait(): SharedWait {
    return (this.#selection ??= new SharedWait(() => inVain('selected()', this.connection)));
  }

  /** The same as {@link selected}, under the name that fits every transport. */
  usable(options?: { readonly signal?: AbortSignal }): Promise<void> {
    return this.selected(options);
  }

  /**
   * Sends a primary message and waits for its reply. The W-bit is set in any case. May be called, and awaited, from
   * within any event.
   * @returns a promise of the reply. It rejects with a SecsError: `HSMS_NOT_SELECTED` at once;
   * `HSMS_T3_TIMEOUT`; `HSMS_TRANSACTION_ABORTED` (function 0); `HSMS_TRANSACTION_REJECTED`; `HSMS_STREAM_9`;
   * `HSMS_SESSION_ENDED`, `HSMS_CONNECTION_CLOSED` as soon as the session or connection has ended; and as
   * `HsmsConnection.send` does; or with the signal's reason. `outcomeOf` tells them apart, whatever the transport.
   */
  request(message: SecsMessage, options: RequestOptions = NO_OPTIONS): Promise<SecsMessage> {
    return this.#exchange.request(message, options);
  }

  /**
   * Sends a message that wants no reply; its W-bit is sent as it is.
   * @returns a promise that resolves when it has been handed to the socket. It rejects with `HSMS_NOT_SELECTED` at
   * once, before anything is written, and as `HsmsConnection.send` does.
   */
  send(message: SecsMessage, options: { readonly signal?: AbortSignal } = NO_OPTIONS): Promise<void> {
    return this.#exchange.send(message, options);
  }

  /**
   * Reports a message of the peer as stream 9 has it: sends S9F1, S9F3, S9F5, S9F7, S9F9 or S9F11 with the ten header bytes as
   * MHEAD (E5). Resolves and rejects as `send` does.
   */
  reportError(fn: Stream9Function, header: DataHeader): Promise<void> {
    return this.#exchange.reportError(fn, header);
  }

  /**
   * The primaries as an iteration with a bounded buffer, for a consumer that awaits something for each.
   * @throws HsmsArgumentError for a limit out of range.
   */
  iteratePrimaries(options?: BufferOptions): BufferedIterator<SecsPrimary<HsmsHeader>> {
    return iterate(this.primaries, options);
  }

  /**
   * Selects the session (active side only; it does so by itself when the TCP connection comes up). Resolves at once if
   * it is. Rejects with an HsmsError: `HSMS_CONTROL_REFUSED`, `HSMS_T6_TIMEOUT` …; unhandled, that ends no process.
   */
  select(): Promise<void> {
    return orControlError('Select', this.#core.control({ type: 'select', key: this.#key }));
  }

  /** Ends the session and keeps the TCP connection, for T7 at most. Rejects as `select` does. */
  deselect(): Promise<void> {
    return orControlError('Deselect', this.#core.control({ type: 'deselect', key: this.#key }));
  }

  /** Sends Linktest.req; resolves with the seconds until the answer. Rejects as `select` does. */
  linktest(): Promise<number> {
    const { clock } = this.connection;
    const before = clock.now();
    const done = orControlError('Linktest', this.#core.control({ type: 'linktest' }));
    return handled(done.then(() => (clock.now() - before) / 1000));
  }

  /** Ends the session at once with Separate.req, and with it the TCP connection unless it is shared. Does nothing when not selected. */
  separate(): void {
    this.#core.separate(this.#key);
  }

  /**
   * Closes gracefully: makes no further requests, waits for the open ones to be settled (each by T3 at the latest), then
   * sends Separate.req and, unless other sessions share the connection, disables that.
   * @param options.within seconds, from 0, after which it goes on whatever is open; those requests then fail with the session
   */
  close(options: { readonly within?: number } | null = NO_OPTIONS): Promise<void> {
    let within: number | undefined;
    try {
      within = checkCloseOptions(options);
    } catch (error) {
      return rejected(error);
    }
    this.#selection?.fail(
      () => new HsmsError('HSMS_SESSION_ENDED', 'the session was closed while it was waited for'),
    );
    return this.#exchange.drain(within, async () => {
      if (this.#single) await this.connection.disable();
      else this.separate();
    });
  }

  /**
   * Closes gracefully, as {@link close} does, and for good: disposes of the connection, unless other sessions share it, so that every
   * Observable completes. It is how a program ends: `await using session = …`, or this.
   */
  async dispose(options: { readonly within?: number } | null = NO_OPTIONS): Promise<void> {
    await this.close(options);
    if (this.#single) await this.connection.dispose();
  }

  /** The same as {@link dispose}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  #makeExchange(options: HsmsSessionOptions): Exchange<HsmsPacket> {
    return new Exchange<HsmsPacket>(
      {
        session: this,
        sessionId: this.sessionId,
        notUsable: (closing) => this.#notSelected(closing),
        publisher: this.#publisher,
        onError: this.connection.onError,
      },
      new HsmsPort(this.#core, this.#key),
      this.#core.transactions,
      options,
      this.#settings.t3,
    );
  }

  /** @internal The TCP connection is up, or gone. */
  onConnected(connected: boolean): void {
    if (this.#state !== 'selected') this.#setState(connected ? 'notSelected' : 'notConnected');
    if (connected && this.#autoSelect && this.connection.role === 'active') {
      this.#core.begin({ type: 'select', key: this.#key });
    }
  }

  /** @internal */
  onSelected(): void {
    diagnostics.selected.publish({ session: this });
    this.#setState('selected');
  }

  /** @internal What `console.log` shows. */
  [Symbol.for('nodejs.util.inspect.custom')](
    _depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    const { entity, sessionId, connection } = this;
    return `${this.constructor.name} (${entity}, session ${sessionId}, ${this.currentState}) on ${inspect(connection, options)}`;
  }

  /** @internal */
  onEnded(end: HsmsSessionEnd): void {
    this.#setState(end.kind === 'closed' ? 'notConnected' : 'notSelected');
    this.#exchange.fail(end);
    diagnostics.ended.publish({ session: this, end });
    this.#publisher.publish('ended', shownShort(end));
  }

  /** @internal */
  onData(packet: HsmsPacket): void {
    this.#exchange.receive(packet);
  }

  #notSelected(closing: boolean): Error {
    const why = closing ? 'the session is being closed' : `the session is ${this.#state}`;
    return new SecsRequestError(
      'HSMS_NOT_SELECTED',
      'unsent',
      `the message was not sent: ${why}. Await selected() first`,
    );
  }

  #setState(state: SessionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#exchange.usable = state === 'selected';
    if (state === 'selected') {
      this.#selection?.end();
      this.#selection = undefined;
    }
    this.#publisher.publish('state', state);
    this.#publisher.publish('availability', AVAILABILITY[state]);
  }
}

/** A rejection that is heard of where nobody handles it. */
function refused(error: unknown): Promise<never> {
  return Promise.resolve().then((): never => {
    throw error;
  });
}

function disposedError(): HsmsError {
  return new HsmsError('HSMS_DISPOSED', 'the connection was disposed of: the session will not be selected');
}
