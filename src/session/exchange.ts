import { check, type KnownNames } from '../check.js';
import type { Clock, Timer } from '../clock.js';
import { diagnostics } from '../connection/diagnostics.js';
import { HsmsArgumentError } from '../errors.js';
import { shownShort } from '../short-inspect.js';
import { describeValue } from '../describe-value.js';
import { rejected, rejectedAloud } from '../reactive/rejected.js';
import { reportOnConsole, reportSafely, type ErrorReporter } from '../reactive/report.js';
import { checkMessage } from '../secs2/check.js';
import type { SecsMessage } from '../secs2/message.js';
import { SecsSessionEndedError } from './errors.js';
import type { SessionMessage, SessionWarning, TransactionEvent } from './events.js';
import { isPrimary, nameOf, type DataHeader } from './header.js';
import type { MessagePort } from './port.js';
import { SecsPrimary, type ReplyOwner } from './primary.js';
import { OpenRequests, type OpenRequest } from './transactions/request.js';
import type { SessionEnd } from './session-end.js';
import {
  allS9,
  mergeAutoS9,
  type AutoS9,
  type AutoS9Setting,
  type RequestOptions,
  type SecsSessionOptions,
} from './settings.js';
import { isStream9Function, stream9Message, type Stream9Function } from './stream9.js';
import type { Incoming, Transactions } from './transactions/transactions.js';
import { watchRequest } from './transactions/watch.js';

/** What an exchange asks and tells the session that it works for. */
export interface ExchangeOwner<Header extends DataHeader> {
  /** The session, for `node:diagnostics_channel`. */
  readonly session: object;
  readonly sessionId: number;
  /** The error of a message that cannot be sent because the session is not usable. */
  notUsable(closing: boolean): Error;
  /** Where events go: the publisher of the session. */
  readonly publisher: ExchangeEvents<Header>;
  /** Takes errors that are not handled. */
  readonly onError?: ErrorReporter;
}

/** As much of a session's `Publisher` as an exchange needs. */
export interface ExchangeEvents<Header extends DataHeader> {
  hasListeners(name: 'message' | 'transaction' | 'warning'): boolean;
  publish(name: 'message', value: SessionMessage<Header>): void;
  publish(name: 'primary', value: SecsPrimary<Header>): void;
  publish(name: 'warning', value: SessionWarning<Header>): void;
  publish(name: 'transaction', value: TransactionEvent<Header>): void;
}

/** No options: always the same object, so that its fields need not be read. */
export const NO_OPTIONS = {};

/** Options of sending a message that wants no reply. */
export interface SendOptions {
  /** Gives the message up while no byte of it has been handed to the link. */
  readonly signal?: AbortSignal;
}

const SEND_OPTIONS: KnownNames<SendOptions> = { owner: 'send()', names: { signal: true } };
const REQUEST_OPTIONS: KnownNames<RequestOptions> = {
  owner: 'request()',
  names: { t3: true, signal: true },
};

/**
 * The data transactions of one session (E5): requests and their replies, primaries of the peer, and stream 9. It knows the
 * transport by its port alone.
 */
export class Exchange<
  Packet extends Incoming<Header>,
  Header extends DataHeader = Packet['header'],
> implements ReplyOwner<Header> {
  /** Whether data messages may be sent; the session says so when that changes. */
  usable = false;
  readonly #owner: ExchangeOwner<Header>;
  readonly #publisher: ExchangeEvents<Header>;
  readonly #port: MessagePort<Packet>;
  readonly #transactions: Transactions;
  readonly #requests: OpenRequests;
  readonly #clock: Clock;
  readonly #sessionId: number;
  readonly #supports: SecsSessionOptions['supports'];
  readonly #rejectsForeign: boolean;
  #autoS9: AutoS9;
  #draining: Promise<void> | undefined;
  #drainTimer: Timer | undefined;
  /** Whether failed replies were reported, and on which link. */
  #repliesFailed = false;
  #failedLife: object | undefined;

  constructor(
    owner: ExchangeOwner<Header>,
    port: MessagePort<Packet>,
    transactions: Transactions,
    options: SecsSessionOptions,
    t3: number,
  ) {
    const { entity = 'host', autoS9 = {}, supports, foreignSessionId = 'warn' } = options;
    this.#owner = owner;
    this.#publisher = owner.publisher;
    this.#port = port;
    this.#transactions = transactions;
    this.#clock = port.clock;
    this.#sessionId = owner.sessionId;
    this.#supports = supports;
    this.#rejectsForeign = foreignSessionId === 'reject';
    this.#autoS9 = mergeAutoS9(allS9(entity === 'equipment'), autoS9);
    this.#requests = new OpenRequests(transactions, t3, (header) => this.#onT3(header));
  }

  /** How many requests wait for their reply. */
  get openRequests(): number {
    return this.#requests.size;
  }

  /** Which messages of stream 9 are sent by themselves. */
  get autoS9(): AutoS9 {
    return this.#autoS9;
  }

  /** T3 of requests that have none of their own, in seconds. */
  configureT3(t3: number): void {
    this.#requests.t3 = t3;
  }

  configureS9(setting: AutoS9Setting): void {
    this.#autoS9 = mergeAutoS9(this.#autoS9, setting);
  }

  /** As `SecsSession.request`. */
  request(message: SecsMessage, options: RequestOptions | null): Promise<SecsMessage> {
    let packet: Packet;
    let t3: number | undefined;
    let signal: AbortSignal | undefined;
    try {
      if (options !== NO_OPTIONS) ({ t3, signal } = check.options('options', options, REQUEST_OPTIONS));
      checkMessage('message', message);
      if (!message.isPrimary) {
        check.fail(`${message.name} is no primary message: only odd functions are requests`);
      }
      if (t3 !== undefined) check.seconds('t3', t3);
      if (signal !== undefined) check.signal('signal', signal);
      signal?.throwIfAborted();
      if (!this.usable || this.#draining !== undefined) throw this.#notUsable();
      packet = this.#packet(message, true);
    } catch (error) {
      return signal?.aborted === true ? rejected(error) : this.#refusedAloud(error, 'request()');
    }
    const request = this.#requests.open(packet.header, t3);
    const { reply } = request;
    if (this.#publisher.hasListeners('transaction') || diagnostics.transaction.hasSubscribers) {
      this.#watch(packet.header, reply);
    }
    if (signal !== undefined) this.#abortWith(signal, request);
    this.#port.send(packet, request, signal);
    return reply;
  }

  /** As `SecsSession.send`. */
  send(message: SecsMessage, options: SendOptions | null = NO_OPTIONS): Promise<void> {
    let packet: Packet;
    let signal: AbortSignal | undefined;
    try {
      if (options !== NO_OPTIONS) ({ signal } = check.options('options', options, SEND_OPTIONS));
      checkMessage('message', message);
      if (signal !== undefined) check.signal('signal', signal);
      if (!this.usable) throw this.#notUsable();
      packet = this.#packet(message, message.wBit);
    } catch (error) {
      return this.#refusedAloud(error, 'send()');
    }
    return this.#port.send(packet, undefined, signal).promise;
  }

  /** As `SecsSession.reportError`. */
  reportError(fn: Stream9Function, header: DataHeader): Promise<void> {
    if (!isStream9Function(fn)) {
      return rejected(
        new HsmsArgumentError(
          `the function of stream 9 must be 1, 3, 5, 7, 9 or 11, received ${describeValue(fn)}`,
        ),
      );
    }
    try {
      check.methods('header', header, ['toBytes'], 'the header of a message');
      if (!this.usable) throw this.#notUsable();
      return this.#port.send(this.#stream9(fn, header)).promise;
    } catch (error) {
      return rejected(error);
    }
  }

  /** A data message has come. */
  receive(packet: Packet): void {
    const { header } = packet;
    if (header.sessionId !== this.#sessionId) {
      this.#transactions.noteForeign(header);
      if (this.#turnAway(packet)) return;
    }
    const match = this.#transactions.offer(packet);
    const primary = isPrimary(header);
    const watched = this.#publisher.hasListeners('message');
    if (!primary && !watched) return;
    const { message } = packet;
    const error = primary && match !== 'answered' ? this.#errorIn(header, message) : undefined;
    if (error !== undefined) this.#port.answer(this.#stream9(error, header));
    if (watched) {
      const answered = match === 'answered';
      this.#publisher.publish('message', { message, header, answered, late: match === 'late' });
    }
    if (primary && error === undefined) {
      this.#publisher.publish('primary', new SecsPrimary(this.#port, header, message, this));
    }
  }

  /** The session has ended: fails its open requests. */
  fail(end: SessionEnd): void {
    this.#transactions.failWhere(
      ({ sessionId }) => sessionId === this.#sessionId,
      () => new SecsSessionEndedError(this.#port.protocol, end),
    );
  }

  /**
   * Makes no further requests until `finish` has settled, and calls that once the open ones are settled. While that lasts,
   * another call gives the same promise, and its `within` holds.
   * @param within seconds after which `finish` is called whatever is open; undefined waits for T3 of each
   */
  drain(within: number | undefined, finish: () => Promise<void>): Promise<void> {
    this.#draining ??= this.#drain(finish);
    if (within !== undefined && this.#requests.size > 0) {
      this.#drainTimer?.cancel();
      this.#drainTimer = this.#clock.setTimer('drain', within, () => this.#requests.stopDraining());
    }
    return this.#draining;
  }

  async #drain(finish: () => Promise<void>): Promise<void> {
    await this.#requests.drained();
    this.#drainTimer?.cancel();
    await finish();
    this.#draining = undefined;
  }

  /** Data with a session ID that is not ours is answered, refused or warned of (P-46); returns whether it goes no further. */
  #turnAway(packet: Packet): boolean {
    const { header } = packet;
    if (this.#autoS9.device) {
      this.#port.answer(this.#stream9(1, header));
      return true;
    }
    if (this.#rejectsForeign) {
      this.#port.refuse(packet);
      return true;
    }
    this.#publisher.publish('warning', { kind: 'foreignSessionId', header });
    return false;
  }

  /** The function of stream 9 that answers a primary which is not for the user to handle (P-46). */
  #errorIn(header: DataHeader, message: SecsMessage): Stream9Function | undefined {
    if (header.stream === 9) return undefined;
    const { stream, function: fn, body } = this.#autoS9;
    const verdict = stream || fn ? this.#supports?.(header.stream, header.function) : undefined;
    if (stream && verdict === 'noStream') return 3;
    if (fn && verdict === 'noFunction') return 5;
    return body && message.itemError !== undefined ? 7 : undefined;
  }

  /** Reports a refused call whose promise is not awaited: otherwise `void session.request(…)` would fail in silence. */
  #refusedAloud(error: unknown, where: string): Promise<never> {
    return rejectedAloud(error, this.#clock, () =>
      reportSafely(this.#owner.onError ?? reportOnConsole, error, where),
    );
  }

  /** A reply could not be given. Once for each link by `onError`: a peer that leaves may leave a thousand answers behind. */
  replyFailed(header: Header, error: unknown): void {
    this.#publisher.publish('warning', shownShort({ kind: 'replyFailed', header, error }));
    if (this.#publisher.hasListeners('warning')) return;
    const { life } = this.#port;
    if (this.#repliesFailed && this.#failedLife === life) return;
    this.#repliesFailed = true;
    this.#failedLife = life;
    reportSafely(this.#owner.onError ?? reportOnConsole, error, `the reply to ${nameOf(header)}`);
  }

  #notUsable(): Error {
    return this.#owner.notUsable(this.#draining !== undefined);
  }

  #onT3(header: DataHeader): void {
    this.#port.onT3();
    if (this.#autoS9.t3) this.#port.send(this.#stream9(9, header));
  }

  #stream9(fn: Stream9Function, header: DataHeader): Packet {
    const message = stream9Message(fn, header);
    return this.#port.packet(message, header.sessionId, false, this.#port.nextSystemBytes());
  }

  #packet(message: SecsMessage, wBit: boolean): Packet {
    return this.#port.packet(message, this.#sessionId, wBit, this.#port.nextSystemBytes());
  }

  #abortWith(signal: AbortSignal, request: OpenRequest): void {
    const onAbort = (): void => this.#transactions.fail(request, signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    const unlisten = (): void => signal.removeEventListener('abort', onAbort);
    request.reply.then(unlisten, unlisten);
  }

  #watch(header: Header, reply: Promise<SecsMessage>): void {
    watchRequest(reply, header, this.#clock, (event) => {
      diagnostics.transaction.publish({ session: this.#owner.session, event });
      this.#publisher.publish('transaction', event);
    });
  }
}
