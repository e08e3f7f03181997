import type { Clock, Timer } from '../../clock.js';
import { asError } from '../../describe-value.js';
import { HsmsArgumentError } from '../../errors.js';
import { describeCloseReason, type CloseReason } from '../link/close-reason.js';
import { HsmsConnectionClosedError } from '../link/connection-closed-error.js';
import type { HsmsConnection } from '../connection/connection.js';
import { deferred } from '../../reactive/deferred.js';
import { diagnostics } from '../../connection/diagnostics.js';
import type { HsmsHint } from '../link/hints.js';
import { CONTROL_SESSION_ID, SType } from '../wire/codes.js';
import type { HsmsHeader } from '../wire/header.js';
import { HsmsPacket } from '../wire/packet.js';
import { expiry } from '../../reactive/expiry.js';
import { Deadlines } from '../../session/transactions/deadlines.js';
import { LinktestPolicy, type LinktestOwner } from '../procedures/linktest-policy.js';
import { transition } from '../procedures/procedures.js';
import {
  initialProcedures,
  keyOf,
  type ControlResult,
  type Effect,
  type ProceduresEvent,
} from '../procedures/procedures-state.js';
import type { ControlEvent, HsmsSessionEnd } from './session-events.js';
import type { HsmsSessionSettings } from './session-settings.js';
import { Answers } from './answers.js';
import { SystemBytes } from '../../session/transactions/system-bytes.js';
import { Transactions } from '../../session/transactions/transactions.js';
import { HSMS_RULES } from './transaction-rules.js';
import { watchForNobody } from './watch-for-nobody.js';
import { HsmsTransactionRejectedError } from './rejected-error.js';

/** A control transaction that a user asks for. */
type ControlCommand =
  { readonly type: 'select' | 'deselect'; readonly key: number } | { readonly type: 'linktest' };

/** What a session hears from the core of its connection. */
export interface CoreSession {
  /** The TCP connection is up, or gone. */
  onConnected(connected: boolean): void;
  onSelected(): void;
  onEnded(end: HsmsSessionEnd): void;
  onData(packet: HsmsPacket): void;
}

/** HSMS-GS: whether a Select.req for a session ID is welcome. */
export type Admission = 'yes' | 'noSuchEntity' | 'entityInUse';

/** What a core asks its owner. */
export interface SessionCoreOwner {
  /** Settings in force of what belongs to the connection: Linktest, answers. */
  readonly settings: HsmsSessionSettings;
}

/** Takes the ends of control transactions. */
export interface ControlEvents {
  hasListeners(name: 'control'): boolean;
  publish(name: 'control', event: ControlEvent): void;
}

/** What makes a core one of HSMS-GS (E37.2), with several sessions. */
export interface GeneralCore {
  /** Asked when the peer selects a session; it may attach that before it answers. */
  admit(sessionId: number): Admission;
  /** A session was selected, or is so no more. Called before the session hears of it. */
  onSelection(key: number, selected: boolean): void;
}

/** Connections whose control messages a core answers: two would answer twice. */
const served = new WeakSet<HsmsConnection>();

/**
 * Runs the E37 procedures of one connection: feeds the pure transition function and does what it says. It owns the
 * timers T6, T7 and linktest, and the transactions, which end with each TCP connection.
 */
export class SessionCore implements LinktestOwner {
  readonly connection: HsmsConnection;
  readonly transactions: Transactions;
  readonly systemBytes: SystemBytes;
  readonly #owner: SessionCoreOwner;
  readonly #controlEvents: ControlEvents;
  readonly #general: GeneralCore | undefined;
  /** HSMS-SS: the session. */
  #single: CoreSession | undefined;
  /** HSMS-GS: the sessions, by key. */
  #sessions: Map<number, CoreSession> | undefined;
  readonly #linktest: LinktestPolicy;
  /** By system bytes, these two. There is seldom any: they are made when something is put into them. */
  #t6Timers: Map<number, Timer> | undefined;
  #controls: Map<number, (result: ControlResult) => void> | undefined;
  #t7Timer: Timer | undefined;
  #state;
  /** HSMS-SS: the session, while it is selected and no procedure is under way: its data takes a short way. */
  #undisturbed: CoreSession | undefined;
  /** Why the link is closing, for those whose session ends with it. */
  #closing: { readonly reason: CloseReason; readonly hint?: HsmsHint } | undefined;
  /** Stands for the TCP connection at hand; another object for the next one. */
  #life: object | undefined;
  /** Answers that wait for the socket; another object for each TCP connection. */
  #answers = new Answers();

  /** @throws HsmsArgumentError when the connection is up already, or has sessions of its own. */
  constructor(
    connection: HsmsConnection,
    owner: SessionCoreOwner,
    controlEvents: ControlEvents,
    general?: GeneralCore,
  ) {
    if (connection.currentState === 'connected') {
      throw new HsmsArgumentError('the connection is up already: construct the session before enabling it');
    }
    if (served.has(connection)) {
      throw new HsmsArgumentError(
        'the connection has a session already: one HsmsSession, or one HsmsGeneralSession for several, is allowed',
      );
    }
    served.add(connection);
    this.connection = connection;
    this.#owner = owner;
    this.#controlEvents = controlEvents;
    this.#general = general;
    this.#state = initialProcedures(connection.role, general !== undefined);
    this.transactions = new Transactions(new Deadlines(connection.clock, 't3'), HSMS_RULES);
    this.systemBytes = new SystemBytes(
      (value) =>
        this.transactions.has(value) ||
        (this.#state.open.size > 0 && this.#state.open.has(value)) ||
        this.#controls?.has(value) === true,
    );
    this.#linktest = new LinktestPolicy(this);
    this.#listen();
    if (connection.role === 'passive') watchForNobody(connection);
  }

  get clock(): Clock {
    return this.connection.clock;
  }

  /** The TCP connection at hand, to tell it from a later one; undefined when there is none. */
  get life(): object | undefined {
    return this.#life;
  }

  /** Whether a session is selected. */
  isSelected(key: number): boolean {
    return this.#state.selected.has(key);
  }

  /** Begins a control transaction; resolves with how it ended. */
  control(command: ControlCommand): Promise<ControlResult> {
    const { promise, resolve } = deferred<ControlResult>();
    this.begin(command, resolve);
    return promise;
  }

  /** As {@link control}, for those who need not know, or want to be told. */
  begin(command: ControlCommand, told?: (result: ControlResult) => void): void {
    const systemBytes = this.systemBytes.next();
    const settle = this.#watched(command, told);
    if (settle !== undefined) (this.#controls ??= new Map()).set(systemBytes, settle);
    this.#feed({ ...command, systemBytes });
  }

  #watched(command: ControlCommand, told: ((result: ControlResult) => void) | undefined): typeof told {
    if (!this.#controlEvents.hasListeners('control') && !diagnostics.control.hasSubscribers) return told;
    const { connection } = this;
    const begun = connection.clock.now();
    const sessionId = this.#general !== undefined && 'key' in command ? command.key : undefined;
    return (result) => {
      told?.(result);
      const seconds = (connection.clock.now() - begun) / 1000;
      const event: ControlEvent = { procedure: command.type, sessionId, outcome: result.kind, seconds };
      diagnostics.control.publish({ connection, event });
      this.#controlEvents.publish('control', event);
    };
  }

  /**
   * Sends what a message of the peer calls for. A peer that goes on calling for answers and does not read them is given
   * up: nothing else bounds what would wait for it.
   */
  answer(packet: HsmsPacket): void {
    const answers = this.#answers;
    answers.waiting++;
    this.connection.sendFor(answers, packet);
    if (answers.waiting > this.#owner.settings.maxUnreadAnswers) {
      this.connection.closeLink({ kind: 'unreadAnswers', answers: answers.waiting });
    }
  }

  /** Takes a session, which hears from now on what concerns it. */
  attach(key: number, session: CoreSession): void {
    if (this.#general !== undefined) (this.#sessions ??= new Map()).set(key, session);
    else this.#single = session;
  }

  /** Tells a session that was attached while the TCP connection is up about that. */
  join(key: number): void {
    if (this.#life !== undefined) this.#sessionOf(key)?.onConnected(true);
  }

  /** Forgets a session: its ID is unknown from now on. */
  detach(key: number): void {
    this.#sessions?.delete(key);
  }

  /** The interval was changed. */
  restartLinktest(): void {
    this.#linktest.start();
  }

  /** For the policy of Linktest. */
  linktestInterval(): number {
    return this.#owner.settings.linktestInterval;
  }

  /** For the policy of Linktest. */
  probing(): boolean {
    return this.#state.open.size > 0;
  }

  /** For the policy of Linktest. */
  busy(): boolean {
    return this.transactions.size > 0;
  }

  /** For the policy of Linktest. */
  probe(): void {
    this.begin({ type: 'linktest' });
  }

  /** For the policy of Linktest. */
  failed(error: unknown): void {
    this.connection.closeLink({ kind: 'networkError', error: asError(error) });
  }

  /** T3 has ended a transaction. */
  unanswered(): void {
    this.#linktest.unanswered();
  }

  /** Ends a session without an answer. */
  separate(key: number): void {
    this.#feed({ type: 'separate', key, systemBytes: this.systemBytes.next() });
  }

  #listen(): void {
    const { connection } = this;
    connection.hear('established', () => this.#onEstablished());
    connection.hear('message', (packet) => this.#onPacket(packet));
    connection.hear('beforeClosed', ({ reason, hint, canSend }) =>
      this.#onBeforeClosed(reason, canSend, hint),
    );
  }

  #onEstablished(): void {
    this.#life = {};
    this.#answers = new Answers();
    this.#closing = undefined;
    this.#feed({ type: 'connected' });
    for (const session of this.#all()) session.onConnected(true);
  }

  #onBeforeClosed(reason: CloseReason, canSend: boolean, hint: HsmsHint | undefined): void {
    this.#closing = { reason, ...(hint && { hint }) };
    const bySelf = reason.kind !== 'remoteClosed' && reason.kind !== 'separate';
    if (canSend && bySelf) {
      for (const key of this.#state.selected) {
        void this.connection.send(HsmsPacket.separateReq(this.systemBytes.next(), key));
      }
    }
    this.#life = undefined;
    this.#linktest.stop();
    // Settled first, told then: who asks for the state in a handler finds it changed.
    this.transactions.failWhere(
      () => true,
      () => new HsmsConnectionClosedError(reason, hint, 'no reply will come'),
    );
    this.transactions.linkEnded();
    this.#feed({ type: 'disconnected' });
    for (const session of this.#all()) session.onConnected(false);
  }

  #onPacket(packet: HsmsPacket): void {
    const { header } = packet;
    // Data of a selected session, with nothing else under way, changes no state: the way most packets go.
    if (this.#undisturbed !== undefined && header.isData) {
      this.#linktest.alive(this.connection.receivedAt);
      this.#undisturbed.onData(packet);
      return;
    }
    const { selected, open, unansweredLinktests } = this.#state;
    if (header.isData && open.size === 0 && unansweredLinktests === 0) {
      const key = keyOf(this.#state, header.sessionId);
      if (selected.has(key)) {
        this.#linktest.alive(this.connection.receivedAt);
        this.#sessionOf(key)?.onData(packet);
        return;
      }
    }
    const asks = header.sType === SType.selectReq && !selected.has(keyOf(this.#state, header.sessionId));
    const admission = asks ? (this.#general?.admit(header.sessionId) ?? 'yes') : 'yes';
    this.#feed({ type: 'received', packet, admission });
  }

  #feed(event: ProceduresEvent): void {
    const { state, effects } = transition(this.#state, event);
    this.#state = state;
    const { selected, open, unansweredLinktests, general } = state;
    const undisturbed = !general && selected.size > 0 && open.size === 0 && unansweredLinktests === 0;
    this.#undisturbed = undisturbed ? this.#single : undefined;
    for (const effect of effects) {
      try {
        this.#carryOut(effect);
      } catch (error) {
        // A timer that cannot be set: without it the session could wait for ever.
        this.connection.closeLink({ kind: 'networkError', error: asError(error) });
      }
    }
  }

  #carryOut(effect: Effect): void {
    switch (effect.do) {
      case 'send':
        this.answer(effect.packet);
        break;
      case 'armT6':
        this.#armT6(effect.systemBytes);
        break;
      case 'cancelT6':
        this.#t6Timers?.get(effect.systemBytes)?.cancel();
        this.#forgetT6(effect.systemBytes);
        break;
      case 'armT7':
        this.#armT7();
        break;
      case 'cancelT7':
        this.#t7Timer?.cancel();
        this.#t7Timer = undefined;
        break;
      case 'settle':
        this.#settle(effect.systemBytes, effect.result);
        break;
      case 'selected':
        this.#linktest.start();
        this.#general?.onSelection(effect.key, true);
        this.#sessionOf(effect.key)?.onSelected();
        break;
      case 'ended':
        this.#onEnded(effect.key, effect.by);
        break;
      case 'deliver':
        this.#sessionOf(keyOf(this.#state, effect.packet.header.sessionId))?.onData(effect.packet);
        break;
      case 'rejected':
        this.#onRejected(effect.header);
        break;
      case 'alive':
        this.#linktest.alive(this.connection.receivedAt);
        break;
      case 'close':
        this.connection.closeLink(effect.reason);
        break;
    }
  }

  #settle(systemBytes: number, result: ControlResult): void {
    this.#controls?.get(systemBytes)?.(result);
    this.#controls?.delete(systemBytes);
    if (this.#controls?.size === 0) this.#controls = undefined;
  }

  #onEnded(key: number, by: 'deselect' | 'separate' | 'close'): void {
    if (this.#state.selected.size === 0) this.#linktest.stop();
    const end: HsmsSessionEnd =
      by === 'close' && this.#closing !== undefined
        ? { kind: 'closed', ...this.#closing, text: describeCloseReason(this.#closing.reason) }
        : { kind: by === 'deselect' ? 'deselect' : 'separate' };
    this.#general?.onSelection(key, false);
    this.#sessionOf(key)?.onEnded(end);
  }

  /** A Reject.req that is for no control message of ours: for an open data transaction, perhaps (P-29). */
  #onRejected({ sessionId, systemBytes, byte3 }: HsmsHeader): void {
    this.transactions.failOne(systemBytes, (header) =>
      sessionId === header.sessionId || sessionId === CONTROL_SESSION_ID
        ? new HsmsTransactionRejectedError(header, byte3)
        : undefined,
    );
  }

  /** The sessions at this moment: a handler may add or remove some. */
  #all(): readonly CoreSession[] {
    if (this.#single !== undefined) return [this.#single];
    return this.#sessions === undefined ? [] : [...this.#sessions.values()];
  }

  #sessionOf(key: number): CoreSession | undefined {
    return this.#single ?? this.#sessions?.get(key);
  }

  #armT6(systemBytes: number): void {
    const { t6 } = this.connection.settings;
    const timer = expiry(this.connection.clock, 't6', t6, () => {
      const { maxLinktestFailures } = this.#owner.settings;
      this.#feed({ type: 't6', systemBytes, seconds: t6, maxLinktestFailures });
    });
    (this.#t6Timers ??= new Map()).set(systemBytes, timer);
  }

  #forgetT6(systemBytes: number): void {
    this.#t6Timers?.delete(systemBytes);
    if (this.#t6Timers?.size === 0) this.#t6Timers = undefined;
  }

  #armT7(): void {
    const { t7 } = this.connection.settings;
    this.#t7Timer?.cancel();
    this.#t7Timer = expiry(this.connection.clock, 't7', t7, () => this.#feed({ type: 't7', seconds: t7 }));
  }
}
