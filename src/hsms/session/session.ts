import type { EventEmitter } from 'node:events';
import type { Observable } from 'rxjs';
import { HsmsArgumentError, HsmsError } from '../../errors.js';
import type { SecsMessage } from '../../secs2/index.js';
import type { HsmsConnection } from '../connection/connection.js';
import { diagnostics } from '../../connection/diagnostics.js';
import { Publisher } from '../../reactive/publisher.js';
import { rejected, unhandled } from '../../reactive/rejected.js';
import { checkSeconds } from '../link/settings.js';
import { HsmsHeader } from '../wire/header.js';
import { HsmsPacket } from '../wire/packet.js';
import { settled } from './control-error.js';
import { nextEvent } from '../../reactive/next-event.js';
import { OpenRequests, type Request } from '../../session/request.js';
import { HsmsPrimary } from '../../session/primary.js';
import { iterate, type BufferedIterator, type BufferOptions } from '../../reactive/buffered-iterator.js';
import { SINGLE_SESSION } from '../procedures/procedures-state.js';
import { SessionCore, type CoreSession, type SessionEnd } from './session-core.js';
import { HsmsSessionEndedError } from '../../session/session-errors.js';
import type {
  ControlEvent,
  HsmsSessionEvents,
  SessionMessage,
  SessionState,
  SessionWarning,
} from './session-events.js';
import type { HsmsSessionOptions, RequestOptions, SharedConnection } from './session-options.js';
import {
  DEFAULT_SESSION_SETTINGS,
  mergeSessionSettings,
  type HsmsSessionSettings,
} from './session-settings.js';
import { watchRequest } from '../../session/watch.js';

const NO_OPTIONS = {};

/**
 * An HSMS session (E37): runs Select, Deselect, Linktest, Separate and Reject, answers the peer's, and carries data
 * transactions. It lives as long as its connection, across reconnects; enable the connection to start it.
 *
 * Its Observables are hot, never error, and complete when the connection is disposed of.
 */
export class HsmsSession {
  readonly connection: HsmsConnection;
  /** Session ID of the messages sent: the device ID in HSMS-SS. */
  readonly sessionId: number;
  /** Where the session stands. Hot; a subscriber first gets the current state. */
  readonly state: Observable<SessionState>;
  /** Every data message of this session: primaries, replies, and what answers nobody. Hot. */
  readonly messages: Observable<SessionMessage>;
  /** Every primary message (odd function) that is for the user to handle. Hot. */
  readonly primaries: Observable<HsmsPrimary>;
  /** The session was selected and is so no more, and why. Hot. */
  readonly ended: Observable<SessionEnd>;
  /** Something odd that did no harm. Hot. */
  readonly warnings: Observable<SessionWarning>;

  readonly #core: SessionCore;
  readonly #key: number;
  readonly #single: boolean;
  readonly #requests: OpenRequests;
  readonly #options: HsmsSessionOptions;
  readonly #publisher: Publisher<HsmsSessionEvents>;
  #settings: HsmsSessionSettings;
  #state: SessionState = 'notConnected';
  #closing: Promise<void> | undefined;

  /**
   * @param connection the connection to run on; construct the session before enabling it
   * @throws HsmsArgumentError for a setting out of range, and when the connection is up or has a session already.
   */
  constructor(connection: HsmsConnection, options?: HsmsSessionOptions);
  /** @internal The session shares its connection with others (HSMS-GS). */
  constructor(connection: HsmsConnection, options: HsmsSessionOptions, shared: SharedConnection);
  constructor(connection: HsmsConnection, options: HsmsSessionOptions = {}, shared?: SharedConnection) {
    this.connection = connection;
    this.sessionId = shared?.sessionId ?? connection.sessionId;
    this.#single = shared === undefined;
    this.#options = options;
    this.#settings = mergeSessionSettings(DEFAULT_SESSION_SETTINGS, options);
    this.#key = shared?.sessionId ?? SINGLE_SESSION;
    const { onError } = connection;
    this.#publisher = new Publisher(onError);
    const publisher = this.#publisher;
    this.state = publisher.observeState('state', this.#state);
    this.messages = publisher.observe('message');
    this.primaries = publisher.observe('primary');
    this.ended = publisher.observe('ended');
    this.warnings = publisher.observe('warning');
    this.#core = shared?.core ?? this.#makeCore();
    shared?.register(this.#entity());
    this.#requests = new OpenRequests(
      this.#core.transactions,
      () => this.#settings.t3,
      (header) => this.#onT3(header),
    );
    connection.events.once('disposed', () => this.#publisher.publish('disposed', undefined));
    diagnostics.sessionCreated.publish({ session: this });
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
    return this.#requests.size;
  }

  /**
   * Changes settings, also while the session runs: each takes effect the next time it is used.
   * @throws HsmsArgumentError for a value out of range; nothing is changed then.
   */
  configure(changes: Partial<HsmsSessionSettings>): void {
    this.#settings = mergeSessionSettings(this.#settings, changes);
    if (changes.linktestInterval !== undefined && this.#state === 'selected') this.#core.restartLinktest();
  }

  /**
   * Resolves when the session is selected: at once, if it is. Rejects with the signal's reason, or with `HSMS_DISPOSED`
   * when the connection is disposed of.
   */
  async selected(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    const { signal } = options;
    signal?.throwIfAborted();
    while (this.#state !== 'selected') {
      if (this.#publisher.emitter.disposed) {
        throw new HsmsError(
          'HSMS_DISPOSED',
          'the connection was disposed of: the session will not be selected',
        );
      }
      await nextEvent(this.#publisher.emitter, ['state', 'disposed'], signal);
    }
  }

  /**
   * Sends a primary message and waits for its reply. The W-bit is set in any case. May be called, and awaited, from
   * within any event.
   * @returns a promise of the reply. It rejects with an HsmsError: `HSMS_NOT_SELECTED` at once;
   * `HSMS_T3_TIMEOUT`; `HSMS_TRANSACTION_ABORTED` (function 0); `HSMS_TRANSACTION_REJECTED`; `HSMS_STREAM_9`;
   * `HSMS_SESSION_ENDED`, `HSMS_CONNECTION_CLOSED` as soon as the session or connection has ended; and as
   * `HsmsConnection.send` does; or with the signal's reason.
   */
  request(message: SecsMessage, options: RequestOptions = NO_OPTIONS): Promise<SecsMessage> {
    const { signal } = options;
    if (!message.isPrimary) {
      return rejected(
        new HsmsArgumentError(`${message.name} is no primary message: only odd functions are requests`),
      );
    }
    const seconds = options.t3;
    try {
      if (seconds !== undefined) checkSeconds('t3', seconds, false);
      signal?.throwIfAborted();
    } catch (error) {
      return rejected(error);
    }
    if (this.#state !== 'selected' || this.#closing !== undefined) return rejected(this.#notSelected());
    const packet = this.#packet(message, true);
    const request = this.#requests.open(packet.header, seconds);
    const { reply } = request;
    if (this.#watched) this.#watch(packet, reply);
    if (signal !== undefined) this.#abortWith(signal, request);
    this.connection.sendFor(request, packet, signal);
    return reply;
  }

  /**
   * Sends a message that wants no reply; its W-bit is sent as it is.
   * @returns a promise that resolves when it has been handed to the socket. It rejects with `HSMS_NOT_SELECTED` at
   * once, before anything is written, and as `HsmsConnection.send` does.
   */
  send(message: SecsMessage, options: { readonly signal?: AbortSignal } = NO_OPTIONS): Promise<void> {
    if (this.#state !== 'selected') return rejected(this.#notSelected());
    return this.connection.send(this.#packet(message, message.wBit), options);
  }

  /**
   * The primaries as an iteration with a bounded buffer, for a consumer that awaits something for each.
   * @throws HsmsArgumentError for a limit out of range.
   */
  iteratePrimaries(options?: BufferOptions): BufferedIterator<HsmsPrimary> {
    return iterate(this.primaries, options);
  }

  /**
   * Selects the session (active side only; it does so by itself when the TCP connection comes up). Resolves at once if
   * it is. Rejects with an HsmsError: `HSMS_CONTROL_REFUSED`, `HSMS_T6_TIMEOUT` …; unhandled, that ends no process.
   */
  select(): Promise<void> {
    return settled('Select', this.#core.control({ type: 'select', key: this.#key }));
  }

  /** Ends the session and keeps the TCP connection, for T7 at most. Rejects as `select` does. */
  deselect(): Promise<void> {
    return settled('Deselect', this.#core.control({ type: 'deselect', key: this.#key }));
  }

  /** Sends Linktest.req; resolves with the seconds until the answer. Rejects as `select` does. */
  linktest(): Promise<number> {
    const { clock } = this.connection;
    const before = clock.now();
    const done = settled('Linktest', this.#core.control({ type: 'linktest' }));
    return unhandled(done.then(() => (clock.now() - before) / 1000));
  }

  /** Ends the session at once with Separate.req, and with it the TCP connection unless it is shared. Does nothing when not selected. */
  separate(): void {
    this.#core.separate(this.#key);
  }

  /**
   * Closes gracefully: makes no further requests, waits for the open ones to be settled (each by T3 at the latest), then
   * sends Separate.req and, unless other sessions share the connection, disables that.
   */
  close(): Promise<void> {
    this.#closing ??= this.#requests.allSettled().then(async () => {
      if (this.#single) await this.connection.disable();
      else this.separate();
      this.#closing = undefined;
    });
    return this.#closing;
  }

  #makeCore(): SessionCore {
    const entity = this.#entity();
    const publisher = this.#publisher;
    const onControl = (event: ControlEvent): void => publisher.publish('control', event);
    return new SessionCore(this.connection, {
      general: false,
      find: () => entity,
      all: () => [entity],
      admit: () => 'yes',
      onControl: () => (publisher.hasListeners('control') ? onControl : undefined),
      settings: () => this.#settings,
    });
  }

  #entity(): CoreSession {
    return {
      onConnected: (connected) => this.#onConnected(connected),
      onSelected: () => {
        diagnostics.selected.publish({ session: this });
        this.#setState('selected');
      },
      onEnded: (end) => this.#onEnded(end),
      onData: (packet) => this.#onData(packet),
    };
  }

  #onConnected(connected: boolean): void {
    if (this.#state !== 'selected') this.#setState(connected ? 'notSelected' : 'notConnected');
    const { autoSelect = true } = this.#options;
    if (connected && autoSelect && this.connection.role === 'active') void this.select();
  }

  #onEnded(end: SessionEnd): void {
    this.#setState(end.kind === 'closed' ? 'notConnected' : 'notSelected');
    this.#core.transactions.failWhere(
      ({ sessionId }) => sessionId === this.sessionId,
      () => new HsmsSessionEndedError(end),
    );
    diagnostics.ended.publish({ session: this, end });
    this.#publisher.publish('ended', end);
  }

  #onData(packet: HsmsPacket): void {
    const { header } = packet;
    if (header.sessionId !== this.sessionId && !this.#acceptsForeign(packet)) return;
    const match = this.#core.transactions.offer(packet);
    const { emitter } = this.#publisher;
    const isPrimary = header.function % 2 === 1;
    const watched = emitter.hasListeners('message');
    if (!isPrimary && !watched) return;
    const { message } = packet;
    const known = !isPrimary || match === 'answered' || this.#isKnown(packet, message);
    if (watched) {
      const answered = match === 'answered';
      this.#publisher.publish('message', { message, header, answered, late: match === 'late' });
    }
    if (isPrimary && known) {
      this.#publisher.publish('primary', new HsmsPrimary(this.#core, this.#key, header, message));
    }
  }

  /** Data with a session ID that is not ours (P-46). */
  #acceptsForeign({ header }: HsmsPacket): boolean {
    if (this.#autoS9) {
      this.#core.answer(this.#core.stream9(1, header));
      return false;
    }
    if (this.#options.strict === true) {
      this.#core.answer(HsmsPacket.rejectReq(header, 4));
      return false;
    }
    this.#publisher.publish('warning', { kind: 'foreignSessionId', header });
    return true;
  }

  /** Whether a primary is one for the user to handle; if it is not, stream 9 tells the peer why (P-46). */
  #isKnown({ header }: HsmsPacket, message: SecsMessage): boolean {
    if (!this.#autoS9 || header.stream === 9) return true;
    const verdict = this.#options.supports?.(header.stream, header.function);
    let fn: number | undefined;
    if (verdict === 'noStream') fn = 3;
    else if (verdict === 'noFunction') fn = 5;
    else if (message.itemError !== undefined) fn = 7;
    if (fn !== undefined) this.#core.answer(this.#core.stream9(fn, header));
    return fn === undefined;
  }

  get #autoS9(): boolean {
    const { entity = 'host', autoS9 = entity === 'equipment' } = this.#options;
    return autoS9;
  }

  #onT3(header: HsmsHeader): void {
    this.#core.unanswered();
    if (this.#autoS9) void this.connection.send(this.#core.stream9(9, header));
  }

  #abortWith(signal: AbortSignal, request: Request): void {
    const onAbort = (): void => this.#core.transactions.fail(request, signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    const unlisten = (): void => signal.removeEventListener('abort', onAbort);
    request.reply.then(unlisten, unlisten);
  }

  #packet(message: SecsMessage, wBit: boolean): HsmsPacket {
    const systemBytes = this.#core.systemBytes.next();
    const header = HsmsHeader.ofData(this.sessionId, message.stream, message.function, wBit, systemBytes);
    return HsmsPacket.carrying(header, message);
  }

  get #watched(): boolean {
    return this.#publisher.hasListeners('transaction') || diagnostics.transaction.hasSubscribers;
  }

  #watch({ header }: HsmsPacket, reply: Promise<SecsMessage>): void {
    watchRequest(reply, header, this.connection.clock, (event) => {
      diagnostics.transaction.publish({ session: this, event });
      this.#publisher.publish('transaction', event);
    });
  }

  #notSelected(): HsmsError {
    const why = this.#closing === undefined ? `the session is ${this.#state}` : 'the session is being closed';
    return new HsmsError('HSMS_NOT_SELECTED', `the message was not sent: ${why}. Await selected() first`);
  }

  #setState(state: SessionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#publisher.publish('state', state);
  }
}
