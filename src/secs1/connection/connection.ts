import type { EventEmitter } from 'node:events';
import type { Observable } from 'rxjs';
import { check, type KnownNames } from '../../check.js';
import type { Clock } from '../../clock.js';
import { ConnectionLife } from '../../connection/connection-life.js';
import { attachDelegate, type ConnectionDelegate } from '../../connection/delegate.js';
import { diagnostics } from '../../connection/diagnostics.js';
import type { BeforeClosedOn, ClosedOn, ConnectionState } from '../../connection/events.js';
import type { SecsConnection } from '../../connection/secs-connection.js';
import { refused, type QueueDepth, type Sending, type SendListener } from '../../connection/sending.js';
import type { SocketAddress } from '../../network/socket-address.js';
import { Publisher } from '../../reactive/publisher.js';
import { rejected } from '../../reactive/rejected.js';
import type { ErrorReporter } from '../../reactive/report.js';
import { MAX_DEVICE_ID, type Secs1Header } from '../block/header.js';
import { Secs1Error } from '../errors.js';
import { describeSecs1CloseReason, type Secs1CloseReason } from '../line/close-reason.js';
import { LineCounters } from '../line/counters.js';
import { describeSecs1Hint, type Secs1Hint } from '../line/hints.js';
import type { ByteLink } from '../link/byte-link.js';
import type { LineHost, LineSource } from '../link/line-source.js';
import { isSecs1Packet, Secs1Packet } from '../packet.js';
import { DEFAULT_SECS1_SETTINGS, mergeSecs1Settings, type Secs1Settings } from '../settings.js';
import type { LineBytes, Secs1EstablishedOn, Secs1EventsOn, Secs1Notice } from './events.js';
import { Secs1Link, type Secs1LinkOwner } from './link.js';
import {
  resolveSecs1Options,
  SECS1_CHANGES,
  SECS1_OPTIONS,
  type ResolvedSecs1Options,
  type Secs1ConnectionOptions,
} from './options.js';

const NO_OPTIONS = {};

const SEND_OPTIONS: KnownNames<{ readonly signal?: AbortSignal }> = {
  owner: 'send()',
  names: { signal: true },
};

/** A line is open. */
export type Secs1EstablishedEvent = Secs1EstablishedOn<Secs1Connection>;

/** A line is about to be closed. Nothing that is sent from here leaves: what a close waits for, a peer could hold up. */
export type Secs1BeforeClosedEvent = BeforeClosedOn<Secs1Connection, Secs1CloseReason, Secs1Hint>;

/** A line was closed. */
export type Secs1ClosedEvent = ClosedOn<Secs1Connection, Secs1CloseReason, Secs1Hint>;

/** The delegate of a SECS-I connection: see {@link ConnectionDelegate}. */
export type Secs1ConnectionDelegate = ConnectionDelegate<Secs1Connection, Secs1Packet, Secs1Notice>;

/** The events of {@link Secs1Connection.events} and what their listeners get. */
export interface Secs1ConnectionEvents extends Secs1EventsOn<Secs1Connection> {
  /** The connection was disposed of: nothing follows. */
  disposed: [];
}

/** The types of SECS-I, for {@link ConnectionLife}. */
interface Secs1Transport {
  readonly connection: Secs1Connection;
  readonly link: Secs1Link;
  readonly established: Secs1EstablishedEvent;
  readonly reason: Secs1CloseReason;
  readonly hint: Secs1Hint;
  readonly notice: Secs1Notice;
}

/** What a session asks to be told of the blocks below its messages. @internal */
export interface BlockListener {
  /** The first of several blocks of a message has come. */
  onBegun(header: Secs1Header): void;
  /** What had come of a message was dropped. */
  onDropped(header: Secs1Header, reason: string): void;
}

/**
 * What a user holds of one peer on SECS-I (E4), from construction to `dispose()`: across `enable()`, `disable()` and links that
 * come and go it owns at most one line at a time. There is no Select, no Linktest and no Separate: an open line is usable.
 *
 * Its Observables are hot, never error, and complete when the connection is disposed of. For every line the order is
 * `established`, `message` any number of times, `beforeClosed`, `closed`; each but `message` exactly once.
 *
 * @example
 * ```ts
 * import { Secs1Connection, Secs1Session, serialLine } from 'rxsecs/secs1';
 *
 * const connection = new Secs1Connection(serialLine('/dev/ttyUSB0', { baudRate: 9600 }), 1);
 * const host = new Secs1Session(connection);
 * await connection.enable();
 * ```
 */
export class Secs1Connection implements SecsConnection {
  readonly protocol = 'secs1';
  /** The line in words: `serial port /dev/ttyS0, 9600 baud`. */
  readonly address: string;
  /** Device ID of this connection's messages, 0 to 32767. */
  readonly sessionId: number;
  /** Which side this is. */
  readonly entity: 'host' | 'equipment';
  /** Whether this side goes on where both ask for the line. */
  readonly master: boolean;
  /** What has happened on the lines of this connection since it was made. */
  readonly counters: Readonly<LineCounters>;

  /** A line is open. Hot. */
  readonly established: Observable<Secs1EstablishedEvent>;
  /** A whole message has come. Hot. */
  readonly message: Observable<Secs1Packet>;
  /** The last block of a message of ours has been acknowledged. Hot. */
  readonly sent: Observable<Secs1Packet>;
  /** The line is about to be closed, and why. Hot. */
  readonly beforeClosed: Observable<Secs1BeforeClosedEvent>;
  /** The line was closed, and why. Hot. */
  readonly closed: Observable<Secs1ClosedEvent>;
  /** Where the connection stands. Hot; a subscriber first gets the current state. */
  readonly state: Observable<ConnectionState>;
  /** Failed attempts, failed messages, signs of a wrong set-up: what an operator asks for when nothing seems to happen. Hot. */
  readonly notices: Observable<Secs1Notice>;
  /** The bytes on the line, both ways. Hot. */
  readonly bytes: Observable<LineBytes>;

  readonly #options: ResolvedSecs1Options;
  readonly #counters = new LineCounters();
  readonly #publisher: Publisher<Secs1ConnectionEvents>;
  readonly #life: ConnectionLife<Secs1Transport>;
  #settings: Secs1Settings;
  #blocks: BlockListener | undefined;
  #toldDirection = false;

  /**
   * @param line where the line comes from: `serialLine(…)`, `dialLine(…)`, `listenLine(…)` or one end of `memoryLine()`
   * @param sessionId device ID, 0 to 32767
   * @throws HsmsArgumentError for an argument or option out of range.
   */
  constructor(
    line: LineSource,
    sessionId: number,
    delegate?: Secs1ConnectionDelegate | null,
    options?: Secs1ConnectionOptions | null,
  ) {
    check.methods(
      'line',
      line,
      ['connect'],
      'a line: serialLine(…), dialLine(…), listenLine(…) or an end of memoryLine()',
    );
    this.sessionId = check.integer('sessionId', sessionId, 0, MAX_DEVICE_ID);
    const given = check.options('options', options, SECS1_OPTIONS);
    this.#options = resolveSecs1Options(given);
    this.#settings = mergeSecs1Settings(DEFAULT_SECS1_SETTINGS, given);
    this.address = line.text;
    this.entity = this.#options.entity;
    this.master = this.#options.master;
    this.counters = this.#counters;
    const publisher = new Publisher<Secs1ConnectionEvents>(this.#options.onError);
    this.#publisher = publisher;
    this.established = publisher.observe('established');
    this.message = publisher.observe('message');
    this.sent = publisher.observe('sent');
    this.beforeClosed = publisher.observe('beforeClosed');
    this.closed = publisher.observe('closed');
    this.state = publisher.observeState('state', 'disabled');
    this.notices = publisher.observe('notice');
    this.bytes = publisher.observe('bytes');
    this.#life = new ConnectionLife<Secs1Transport>(
      {
        connection: this,
        clock: this.clock,
        onError: this.onError,
        publisher,
        describeHint: describeSecs1Hint,
      },
      (life) => line.connect(this.#host(life)),
    );
    if (delegate !== undefined && delegate !== null) {
      attachDelegate<Secs1Connection, Secs1Packet, Secs1Notice>(this, delegate, this.#options);
    }
    diagnostics.connectionCreated.publish({ connection: this });
  }

  /** The typed node:events emitter under the Observables, for `once` and `on` of node:events. */
  get events(): EventEmitter<Secs1ConnectionEvents> {
    return this.#publisher.emitter;
  }

  /** Where the connection stands at this moment. */
  get currentState(): ConnectionState {
    return this.#life.state;
  }

  /** This end of a line on TCP that is open. */
  get localAddress(): SocketAddress | undefined {
    return this.#life.link?.local;
  }

  /** The other end of a line on TCP that is open. */
  get remoteAddress(): SocketAddress | undefined {
    return this.#life.link?.remote;
  }

  /** Where a line made by `listenLine` listens; undefined when it does not. */
  get boundAddress(): SocketAddress | undefined {
    return this.#life.boundAddress;
  }

  /** What waits to be sent. */
  get queued(): QueueDepth {
    return this.#life.queued;
  }

  /** The settings in force. */
  get settings(): Secs1Settings {
    return this.#settings;
  }

  /** Time source of this connection. */
  get clock(): Clock {
    return this.#options.clock;
  }

  /** Takes what listeners and subscribers throw, or what their promises reject with. */
  get onError(): ErrorReporter {
    return this.#options.onError;
  }

  /**
   * Changes settings, also while a line is open. Each takes effect the next time it is used.
   * @throws HsmsArgumentError for a value out of range; nothing is changed then.
   */
  configure(changes: Partial<Secs1Settings>): void {
    this.#settings = mergeSecs1Settings(this.#settings, check.options('changes', changes, SECS1_CHANGES));
  }

  /**
   * Begins to open the line. Does nothing when enabled already. May be called from any event.
   * @returns a promise that resolves when attempts have begun, or the port is open. It rejects with a SecsError: `HSMS_ADDRESS_IN_USE`,
   * `HSMS_LISTEN_FAILED`, `SECS1_SERIALPORT_MISSING`; `HSMS_DISABLED` when `disable()` came in between; `HSMS_DISPOSED`.
   */
  enable(): Promise<void> {
    return this.#life.enable();
  }

  /** Closes the line and ends all attempts: at once, whatever is under way (`closeTimeout` at most on TCP). Never rejects. */
  disable(): Promise<void> {
    return this.#life.disable();
  }

  /**
   * Sends one message, block by block.
   * @param options.signal gives the message up while it waits for its turn
   * @returns a promise that resolves when its last block has been acknowledged. It rejects with a SecsError: `SECS1_NOT_CONNECTED`,
   * `SECS1_MESSAGE_TOO_LONG`, `SECS1_QUEUE_FULL`, `SECS1_RETRY_LIMIT`, `SECS1_CONNECTION_CLOSED`; or with the reason of the signal. A rejection that
   * nobody handles does not end the process.
   */
  send(packet: Secs1Packet, options: { readonly signal?: AbortSignal } | null = NO_OPTIONS): Promise<void> {
    let signal: AbortSignal | undefined;
    try {
      if (options !== NO_OPTIONS) ({ signal } = check.options('options', options, SEND_OPTIONS));
      if (!isSecs1Packet(packet)) check.refuse('packet', 'a Secs1Packet', packet);
      check.signal('signal', signal);
    } catch (error) {
      return rejected(error);
    }
    return this.sendFor(undefined, packet, signal).promise;
  }

  /** As `send`; `listener` is called at once with what becomes of the message. @internal */
  sendFor(listener: SendListener | undefined, packet: Secs1Packet, signal?: AbortSignal): Sending {
    const { link } = this.#life;
    if (link !== undefined) return link.send(packet, signal, listener);
    const why = `the message was not sent: the connection is ${this.#life.state}`;
    return refused(new Secs1Error('SECS1_NOT_CONNECTED', why), listener);
  }

  /** Disables the connection for good and completes its Observables. Does nothing the second time. */
  dispose(): Promise<void> {
    return this.#life.dispose();
  }

  /** The same as {@link dispose}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  /** A close reason as a sentence. */
  describeReason(reason: Secs1CloseReason): string {
    return describeSecs1CloseReason(reason);
  }

  /** A hint as a sentence for an operator. */
  describeHint(hint: Secs1Hint): string {
    return describeSecs1Hint(hint);
  }

  /** What `console.log` shows, also of events that carry the connection. @internal */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `${this.constructor.name} (${this.address}, device ${this.sessionId}, ${this.#life.state})`;
  }

  /** Tells one session of the blocks below its messages. Returns false where another session is told already. @internal */
  listenToBlocks(listener: BlockListener): boolean {
    if (this.#blocks !== undefined) return false;
    this.#blocks = listener;
    return true;
  }

  #host(life: ConnectionLife<Secs1Transport>): LineHost {
    const { clock, network } = this.#options;
    return {
      clock,
      network,
      settings: () => this.#settings,
      isEnabled: () => life.enabled,
      currentLink: () => life.link,
      adopt: (link) => this.#adopt(link),
      setState: (state) => life.setState(state),
      notify: (notice) => life.notify(notice),
    };
  }

  #linkOwner(): Secs1LinkOwner {
    const life = this.#life;
    return {
      clock: this.clock,
      master: this.master,
      counters: this.#counters,
      settings: () => this.#settings,
      onMessage: (header, body) => this.#onMessage(header, body),
      onBegun: (header) => this.#blocks?.onBegun(header),
      onDropped: (header, reason) => {
        life.notify({ kind: 'messageDropped', header, reason });
        this.#blocks?.onDropped(header, reason);
      },
      onDuplicate: (header) => life.notify({ kind: 'duplicate', header }),
      onSent: (packet) => {
        if (diagnostics.sent.hasSubscribers) diagnostics.sent.publish({ connection: this, packet });
        this.#publisher.publish('sent', packet);
      },
      onFailed: ({ header }, error) => {
        this.#counters.messagesFailed++;
        const { hint } = error;
        life.notify({ kind: 'messageFailed', header, error, ...(hint && { hint }) });
      },
      onStrayBytes: (byte) => life.notify({ kind: 'strayBytes', byte }),
      onHint: (hint) => life.notify({ kind: 'wrongSetup', hint }),
      onBytes: (direction, bytes) => {
        if (this.#publisher.hasListeners('bytes')) this.#publisher.publish('bytes', { direction, bytes });
      },
      onClosing: (reason, proceed) => life.closing(reason, false, undefined, proceed),
      onClosed: (reason, unsent) => life.closed(reason, unsent, undefined),
    };
  }

  #adopt(bytes: ByteLink): void {
    const link = new Secs1Link(bytes, this.#linkOwner());
    this.#toldDirection = false;
    const { local, remote } = link;
    this.#life.established(link, { connection: this, ...(local && { local }), ...(remote && { remote }) });
    link.read();
  }

  #onMessage(header: Secs1Header, body: Buffer): void {
    // Blocks to the host have the R-bit set.
    if (header.rBit !== (this.entity === 'host')) {
      if (!this.#toldDirection) this.#life.notify({ kind: 'wrongDirection', header });
      this.#toldDirection = true;
      if (this.#settings.wrongDirection === 'reject') return;
    }
    const packet = Secs1Packet.received(header, body, this.#options.decoding);
    if (diagnostics.received.hasSubscribers) diagnostics.received.publish({ connection: this, packet });
    this.#publisher.publish('message', packet);
  }
}
