import type { EventEmitter } from 'node:events';
import type { Observable } from 'rxjs';
import { check, isInstance } from '../../check.js';
import { diagnostics } from '../../connection/diagnostics.js';
import { shownShort } from '../../short-inspect.js';
import { HsmsError } from '../../errors.js';
import { iterate, type BufferedIterator, type BufferOptions } from '../../reactive/buffered-iterator.js';
import { nextEvent } from '../../reactive/next-event.js';
import { toldAtEnd } from '../../reactive/told-at-end.js';
import { inVain } from '../../session/in-vain.js';
import { Publisher } from '../../reactive/publisher.js';
import { rejected, handled } from '../../reactive/rejected.js';
import { reportSafely } from '../../reactive/report.js';
import { SecsMessage } from '../../secs2/message.js';
import { Deadlines } from '../../session/transactions/deadlines.js';
import { SecsRequestError } from '../../session/errors.js';
import type {
  Availability,
  SecsSessionEvents,
  SessionMessage,
  SessionWarning,
} from '../../session/events.js';
import { Exchange, NO_OPTIONS, type SendOptions } from '../../session/exchange.js';
import type { DataHeader } from '../../session/header.js';
import type { SecsPrimary } from '../../session/primary.js';
import type { SecsSession } from '../../session/secs-session.js';
import type { SessionEnd } from '../../session/session-end.js';
import type { AutoS9, RequestOptions } from '../../session/settings.js';
import type { Stream9Function } from '../../session/stream9.js';
import { Transactions } from '../../session/transactions/transactions.js';
import { MAX_BLOCK_BODY } from '../block/block.js';
import { Secs1Header } from '../block/header.js';
import { Secs1Connection } from '../connection/connection.js';
import { describeSecs1CloseReason, type Secs1CloseReason } from '../line/close-reason.js';
import { Secs1ConnectionClosedError } from '../line/errors.js';
import type { Secs1Hint } from '../line/hints.js';
import type { Secs1Packet } from '../packet.js';
import { Secs1BrokenReplyError, Secs1GrantError } from './errors.js';
import { grantCode, inquiryFor, ruleFor, ruleOf, type GrantRule } from './grants.js';
import { HeldGrants } from './held-grants.js';
import { Inquiries } from './inquiries.js';
import {
  checkSecs1SessionChanges,
  checkSecs1SessionOptions,
  DEFAULT_SECS1_SESSION_SETTINGS,
  mergeSecs1SessionSettings,
  type Secs1SessionChanges,
  type Secs1SessionOptions,
  type Secs1SessionSettings,
} from './options.js';
import { Secs1Port } from './port.js';

/** Why a session on a line stopped being usable: with its line. */
export type Secs1SessionEnd = SessionEnd<Secs1CloseReason, Secs1Hint>;

/** The events of {@link Secs1Session.events} and what their listeners get. */
export interface Secs1SessionEvents extends SecsSessionEvents<Secs1Header, Secs1SessionEnd> {
  /** The session was disposed of: nothing follows. */
  disposed: [];
}

/**
 * A session on SECS-I (E4): it carries data transactions, and is usable while its line is open. It lives as long as its connection,
 * across lines that come and go; enable the connection to start it.
 *
 * Its Observables are hot, never error, and complete when the connection is disposed of.
 *
 * @example
 * ```ts
 * import { Secs1Connection, Secs1Session, serialLine } from 'rxsecs/secs1';
 * import { S } from 'rxsecs/secs2';
 *
 * const connection = new Secs1Connection(serialLine('/dev/ttyUSB0', { baudRate: 9600 }), 1);
 * const host = new Secs1Session(connection);
 * await connection.enable();
 * await host.usable();
 * console.log(String(await host.request(S(1, 1).w())));
 * ```
 */
export class Secs1Session implements SecsSession, AsyncDisposable {
  readonly protocol = 'secs1';
  readonly connection: Secs1Connection;
  /** Device ID of the messages sent. */
  readonly sessionId: number;
  /** Which side of E5 this is: that of the connection. */
  readonly entity: 'host' | 'equipment';
  /** `usable` while a line is open, otherwise `down`. Hot; a subscriber first gets the current one. */
  readonly availability: Observable<Availability>;
  /** Every message of this session: primaries, replies, and replies that match no request. Hot. */
  readonly messages: Observable<SessionMessage<Secs1Header>>;
  /** Every primary message (odd function) that is for the user to handle. Hot. */
  readonly primaries: Observable<SecsPrimary<Secs1Header>>;
  /** The line was closed, and why. Hot. */
  readonly ended: Observable<Secs1SessionEnd>;
  /** Something odd that did no harm. Hot. */
  readonly warnings: Observable<SessionWarning<Secs1Header>>;

  readonly #publisher: Publisher<Secs1SessionEvents>;
  readonly #transactions: Transactions;
  readonly #port: Secs1Port;
  readonly #exchange: Exchange<Secs1Packet>;
  readonly #inquiries: Inquiries;
  readonly #held = new HeldGrants();
  #settings: Secs1SessionSettings;

  /**
   * @param connection the connection to run on; construct the session before enabling it
   * @throws HsmsArgumentError for a setting out of range, and when the connection is up or has a session already.
   */
  constructor(connection: Secs1Connection, given?: Secs1SessionOptions | null) {
    check.instance('connection', connection, Secs1Connection, 'a Secs1Connection');
    const options = checkSecs1SessionOptions(given, connection.entity);
    this.connection = connection;
    this.sessionId = connection.sessionId;
    this.entity = connection.entity;
    this.#settings = mergeSecs1SessionSettings(DEFAULT_SECS1_SESSION_SETTINGS, options);
    const publisher = new Publisher<Secs1SessionEvents>(connection.onError);
    this.#publisher = publisher;
    this.availability = publisher.observeState('availability', 'down');
    this.messages = publisher.observe('message');
    this.primaries = publisher.observe('primary');
    this.ended = publisher.observe('ended');
    this.warnings = publisher.observe('warning');
    this.#transactions = new Transactions(new Deadlines(connection.clock, 't3'), {
      protocol: 'secs1',
      isHeader: (mhead, header) => Secs1Header.parse(mhead).continues(header as Secs1Header),
    });
    this.#port = new Secs1Port(connection, this.#transactions);
    this.#exchange = this.#makeExchange(options);
    this.#inquiries = this.#makeInquiries(options);
    this.#listen();
    diagnostics.sessionCreated.publish({ session: this });
  }

  /** The typed node:events emitter under the Observables. */
  get events(): EventEmitter<Secs1SessionEvents> {
    return this.#publisher.emitter;
  }

  get currentAvailability(): Availability {
    return this.#exchange.usable ? 'usable' : 'down';
  }

  /** The settings in force. T1, T2, T4 and RTY are settings of the connection. */
  get settings(): Secs1SessionSettings {
    return this.#settings;
  }

  /** How many requests wait for their reply. */
  get openRequests(): number {
    return this.#exchange.openRequests;
  }

  /** Which messages of stream 9 are sent by themselves; `configure` changes it. */
  get autoS9(): AutoS9 {
    return this.#exchange.autoS9;
  }

  /**
   * Changes settings, also while the session runs. Of `autoS9`, what is left out stays as it is.
   * @throws HsmsArgumentError for a value out of range; nothing is changed then.
   */
  configure(changes: Secs1SessionChanges): void {
    const given = checkSecs1SessionChanges(changes);
    this.#settings = mergeSecs1SessionSettings(this.#settings, given);
    this.#exchange.configureT3(this.#settings.t3);
    if (given.autoS9 !== undefined) this.#exchange.configureS9(given.autoS9);
  }

  /**
   * Resolves when the line is open: at once, if it is. Rejects with the signal's reason, or with `HSMS_DISPOSED` when the connection
   * is disposed of.
   */
  async usable(options?: { readonly signal?: AbortSignal } | null): Promise<void> {
    const { signal } = check.options('options', options, { owner: 'usable()', names: { signal: true } });
    check.signal('signal', signal);
    signal?.throwIfAborted();
    const heard = toldAtEnd(() => inVain('usable()', this.connection));
    try {
      while (!this.#exchange.usable) {
        if (this.#publisher.disposed) {
          throw new HsmsError('HSMS_DISPOSED', 'the connection was disposed of: the line will not be opened');
        }
        await nextEvent(this.#publisher, ['availability', 'disposed'], signal);
      }
    } finally {
      heard();
    }
  }

  /**
   * Sends a primary message and waits for its reply. The W-bit is set in any case. Before a message of several blocks it asks for a
   * grant, where E5 has an inquire and the setting `inquire` wants it; not where the inquire was a request of yours and was granted.
   * @returns a promise of the reply. It rejects with a SecsError: `SECS1_NOT_USABLE` at once; `SECS1_T3_TIMEOUT`; `SECS1_T4_TIMEOUT`;
   * `SECS1_TRANSACTION_ABORTED` (function 0); `SECS1_STREAM_9`; `SECS1_GRANT_REFUSED`; `SECS1_CONNECTION_CLOSED` as soon as the line closes; and as
   * `Secs1Connection.send` does; or with the signal's reason. `outcomeOf` tells them apart, whatever the transport.
   */
  request(message: SecsMessage, options: RequestOptions | null = NO_OPTIONS): Promise<SecsMessage> {
    const rule = this.#ruleBefore(message);
    if (rule !== undefined && !this.#held.take(rule, message)) {
      return handled(this.#inquireAndRequest(rule, message, options));
    }
    const reply = this.#exchange.request(message, options);
    const asked = isInstance(message, SecsMessage) ? ruleOf(message) : undefined;
    if (asked !== undefined) {
      reply.then(
        (grant) => this.#held.note(asked, message, grant),
        () => undefined,
      );
    }
    return reply;
  }

  /**
   * Sends a message that wants no reply; its W-bit is sent as it is.
   * @returns a promise that resolves when its last block has been acknowledged. It rejects with `SECS1_NOT_USABLE` at once, and as
   * `Secs1Connection.send` does.
   */
  send(message: SecsMessage, options: SendOptions | null = NO_OPTIONS): Promise<void> {
    return this.#exchange.send(message, options);
  }

  /** Reports a message of the peer as stream 9 has it, with its ten header bytes as MHEAD (E5). Resolves and rejects as `send` does. */
  reportError(fn: Stream9Function, header: DataHeader): Promise<void> {
    return this.#exchange.reportError(fn, header);
  }

  /**
   * The primaries as an iteration with a bounded buffer, for a consumer that awaits something for each.
   * @throws HsmsArgumentError for a limit out of range.
   */
  iteratePrimaries(options?: BufferOptions): BufferedIterator<SecsPrimary<Secs1Header>> {
    return iterate(this.primaries, options);
  }

  /**
   * Closes gracefully: makes no further requests, waits for the open ones to be settled (each by T3 at the latest), then disables the
   * connection.
   * @param options.within seconds, from 0, after which it goes on whatever is open
   */
  close(options: { readonly within?: number } | null = NO_OPTIONS): Promise<void> {
    let within: number | undefined;
    try {
      ({ within } = check.options('options', options, { owner: 'close()', names: { within: true } }));
      if (within !== undefined) check.seconds('within', within, 'zeroToo');
    } catch (error) {
      return rejected(error);
    }
    return this.#exchange.drain(within, () => this.connection.disable());
  }

  /** Closes gracefully, as {@link close} does, and for good: every Observable completes. */
  async dispose(options: { readonly within?: number } | null = NO_OPTIONS): Promise<void> {
    await this.close(options);
    await this.connection.dispose();
  }

  /** The same as {@link dispose}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  /** @internal What `console.log` shows. */
  [Symbol.for('nodejs.util.inspect.custom')](
    _depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    const { entity, sessionId, connection } = this;
    return `${this.constructor.name} (${entity}, device ${sessionId}, ${this.currentAvailability}) on ${inspect(connection, options)}`;
  }

  #makeExchange(options: Secs1SessionOptions): Exchange<Secs1Packet> {
    return new Exchange<Secs1Packet>(
      {
        session: this,
        sessionId: this.sessionId,
        notUsable: (closing) => this.#notUsable(closing),
        publisher: this.#publisher,
        onError: this.connection.onError,
      },
      this.#port,
      this.#transactions,
      options,
      this.#settings.t3,
    );
  }

  #makeInquiries(options: Secs1SessionOptions): Inquiries {
    const { connection } = this;
    const owner = {
      clock: connection.clock,
      maxMessageBytes: () => connection.settings.maxMessageBytes,
      conversationTimeout: () => this.#settings.conversationTimeout,
      onNoSequel: (message: SecsMessage): void => {
        if (this.entity === 'equipment') void handled(this.#exchange.send(message));
      },
      onError: (error: unknown): void => reportSafely(connection.onError, error, 'the answer to an inquire'),
    };
    return new Inquiries(owner, options.grant);
  }

  #listen(): void {
    const { connection } = this;
    if (connection.currentState === 'connected') {
      check.fail('the connection is up already: construct the session before enabling it');
    }
    const isFirst = connection.listenToBlocks({
      onBegun: (header) => {
        this.#transactions.beginReply(header);
        this.#inquiries.onBegun(header);
      },
      onDropped: (header, reason) => this.#onDropped(header, reason),
    });
    if (!isFirst) check.fail('the connection has a session already: one Secs1Session is allowed');
    const { events } = connection;
    events.on('established', () => this.#onOpen());
    events.on('message', (packet) => {
      this.#inquiries.onBegun(packet.header);
      this.#exchange.receive(packet);
    });
    events.on('beforeClosed', ({ reason, hint }) => this.#onClosing(reason, hint));
    events.once('disposed', () => this.#publisher.publish('disposed', undefined));
    this.#publisher.on('primary', (primary) => this.#inquiries.onPrimary(primary));
  }

  #onOpen(): void {
    this.#port.life = {};
    this.#exchange.usable = true;
    diagnostics.selected.publish({ session: this });
    this.#publisher.publish('availability', 'usable');
  }

  #onClosing(reason: Secs1CloseReason, hint: Secs1Hint | undefined): void {
    this.#port.life = undefined;
    this.#exchange.usable = false;
    this.#inquiries.stop();
    this.#held.clear();
    this.#transactions.failWhere(
      () => true,
      () => new Secs1ConnectionClosedError(reason),
    );
    this.#transactions.linkEnded();
    const text = describeSecs1CloseReason(reason);
    const end: Secs1SessionEnd = { kind: 'closed', reason, text, ...(hint && { hint }) };
    this.#publisher.publish('availability', 'down');
    diagnostics.ended.publish({ session: this, end });
    this.#publisher.publish('ended', shownShort(end));
  }

  /** What had come of a message was dropped: an equipment reports it, and a reply that was one ends its request. */
  #onDropped(header: Secs1Header, reason: string): void {
    if (reason === 'noFirstBlock') return;
    const { body, t3 } = this.#exchange.autoS9;
    const { t4 } = this.connection.settings;
    const primary = this.#transactions.failReply(
      header,
      (asked) => new Secs1BrokenReplyError(asked, reason === 't4' ? 't4' : 'broken', t4),
    );
    const fn = reason === 'sequence' ? 7 : reason === 'tooLong' ? 11 : undefined;
    if (body && fn !== undefined) void handled(this.#exchange.reportError(fn, header));
    if (t3 && primary !== undefined) void handled(this.#exchange.reportError(9, primary));
  }

  /** The rule of E5 whose inquire is due before a message. */
  #ruleBefore(message: SecsMessage): GrantRule | undefined {
    const { inquire } = this.#settings;
    if (inquire === 'never') return undefined;
    const rule = isInstance(message, SecsMessage) ? ruleFor(message) : undefined;
    if (rule === undefined) return undefined;
    const when = typeof inquire === 'string' ? inquire : (inquire[rule.stream] ?? 'multiBlock');
    if (when === 'never') return undefined;
    return when === 'always' || message.body.length > MAX_BLOCK_BODY ? rule : undefined;
  }

  async #inquireAndRequest(
    rule: GrantRule,
    message: SecsMessage,
    options: RequestOptions | null,
  ): Promise<SecsMessage> {
    const inquiry = inquiryFor(rule, message, message.body.length);
    const grant = grantCode(await this.#exchange.request(inquiry, options));
    if (grant !== 0) throw new Secs1GrantError(message, inquiry, grant);
    return this.#exchange.request(message, options);
  }

  #notUsable(closing: boolean): Error {
    const why = closing ? 'the session is being closed' : 'no line is open';
    return new SecsRequestError(
      'SECS1_NOT_USABLE',
      'unsent',
      `the message was not sent: ${why}. Await usable() first`,
    );
  }
}
