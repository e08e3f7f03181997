import type { EventEmitter } from 'node:events';
import type { Observable } from 'rxjs';
import { check } from '../check.js';
import type { Clock } from '../clock.js';
import { checkConnection } from '../hsms/session/check-options.js';
import type { HsmsConnection } from '../hsms/connection/connection.js';
import { HsmsSession } from '../hsms/session/session.js';
import { Publisher } from '../reactive/publisher.js';
import { Secs1Connection } from '../secs1/connection/connection.js';
import type { Secs1Notice } from '../secs1/connection/events.js';
import { Secs1Session } from '../secs1/session/session.js';
import { S } from '../secs2/message.js';
import type { Availability, SessionMessage } from '../session/events.js';
import { isPrimary, type DataHeader } from '../session/header.js';
import { BridgeError } from './errors.js';
import type { BridgeCounters, BridgeEvents, BridgeNotice, BridgePassed, BridgeTold } from './events.js';
import { translated, type BridgeIds } from './mhead.js';
import { resolveBridgeOptions, type SecsBridgeOptions } from './options.js';
import { Side, type Crossing } from './side.js';

/** How many transactions of a side are remembered; of more, the oldest are forgotten. */
const MAX_OPEN = 10_000;

/** Function 0 and stream 9 of the bridge's own leave at once, or not at all. */
const NEVER = new AbortController().signal;

/**
 * Joins an equipment on SECS-I and a host on HSMS, or the other way round: every message of one side goes to the other with its stream,
 * function, W-bit, system bytes and body as they are; device ID and session ID are those of the two connections. In stream 9, the header
 * that is quoted (MHEAD) becomes the one that the other side knows.
 *
 * T3 is the sender's own: the bridge waits for no reply. A message that it has taken and cannot deliver is never lost in silence:
 * a notice tells, and its sender hears of it where E5 has a word for it; see {@link BridgeTold}. So it is with messages that went over and
 * whose reply cannot come, for the other side has gone. What waits for the line when its sender goes is withdrawn.
 *
 * @example
 * ```ts
 * import { HsmsPassiveConnection } from 'rxsecs';
 * import { SecsBridge } from 'rxsecs/bridge';
 * import { Secs1Connection, serialLine } from 'rxsecs/secs1';
 *
 * const tool = new Secs1Connection(serialLine('/dev/ttyUSB0'), 1); // we are the host of the tool
 * const host = new HsmsPassiveConnection('', 5000, 1); // and the equipment of the host
 * const bridge = new SecsBridge(tool, host);
 * bridge.notices.subscribe((notice) => console.log(notice.kind, notice.error.message));
 * await bridge.enable();
 * ```
 */
export class SecsBridge implements AsyncDisposable {
  /** The session on the line. */
  readonly line: Secs1Session;
  /** The session on HSMS: the other entity than the line's. */
  readonly hsms: HsmsSession;
  /** A message has gone over. Hot. */
  readonly passed: Observable<BridgePassed>;
  /** Messages that did not go over, or whose reply cannot come. Hot. */
  readonly notices: Observable<BridgeNotice>;

  readonly #options: Required<SecsBridgeOptions>;
  readonly #clock: Clock;
  readonly #publisher: Publisher<BridgeEvents>;
  readonly #ids: BridgeIds;
  readonly #line: Side;
  readonly #hsms: Side;
  readonly #counters = { fromLine: 0, fromHsms: 0, undelivered: 0, unanswered: 0 };
  #enabled = false;
  #disposed: Promise<void> | undefined;

  /**
   * @param line a connection on SECS-I that has no session; its `entity` says which side this is on the line
   * @param hsms a connection on HSMS that has no session
   * @throws HsmsArgumentError for an argument or option out of range, and for a connection that is up or has a session.
   */
  constructor(line: Secs1Connection, hsms: HsmsConnection, options?: SecsBridgeOptions | null) {
    check.instance('line', line, Secs1Connection, 'a Secs1Connection');
    checkConnection(hsms);
    this.#options = resolveBridgeOptions(options);
    const isHost = line.entity === 'host';
    const off = { stream: false, function: false, body: false, t3: false };
    this.line = new Secs1Session(line, {
      inquire: 'never',
      grant: false,
      autoS9: { device: !isHost, ...off },
    });
    this.hsms = new HsmsSession(hsms, {
      ...this.#options.hsms,
      entity: isHost ? 'equipment' : 'host',
      autoS9: { device: isHost, ...off },
    });
    this.#clock = line.clock;
    this.#publisher = new Publisher<BridgeEvents>(line.onError);
    this.passed = this.#publisher.observe('passed');
    this.notices = this.#publisher.observe('notice');
    this.#ids = { line: line.sessionId, hsms: hsms.sessionId, lineRBit: isHost };
    this.#line = Side.line(this.line);
    this.#hsms = Side.hsms(this.hsms);
    this.#listen(this.#line, this.#hsms);
    this.#listen(this.#hsms, this.#line);
    line.events.on('notice', (notice) => this.#onLineNotice(notice));
  }

  /** The typed node:events emitter under the Observables. */
  get events(): EventEmitter<BridgeEvents> {
    return this.#publisher.emitter;
  }

  /** What has gone over since the bridge was made. */
  get counters(): BridgeCounters {
    return { ...this.#counters };
  }

  /** How many messages wait for a side that is not usable. */
  get held(): number {
    return this.#line.held.length + this.#hsms.held.length;
  }

  /**
   * Goes to work: connects, or listens, on HSMS; the line is opened when HSMS is selected, unless `line` is `always`.
   * Rejects as `enable()` of the two connections does.
   */
  async enable(): Promise<void> {
    this.#enabled = true;
    try {
      if (this.#options.line === 'always') await this.line.connection.enable();
      await this.hsms.connection.enable();
    } catch (error) {
      await this.disable();
      throw error;
    }
  }

  /** Closes both sides and ends all attempts. What waits is told of by notices. Never rejects. */
  async disable(): Promise<void> {
    this.#enabled = false;
    await Promise.all([this.hsms.connection.disable(), this.line.connection.disable()]);
    for (const to of [this.#line, this.#hsms])
      this.#dropHeld(to, gone('BRIDGE_NOT_USABLE', 'the bridge is disabled'));
  }

  /** Disables the bridge for good, and disposes of both connections. */
  dispose(): Promise<void> {
    this.#disposed ??= this.#dispose();
    return this.#disposed;
  }

  /** The same as {@link dispose}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  async #dispose(): Promise<void> {
    await this.disable();
    await Promise.all([this.hsms.connection.dispose(), this.line.connection.dispose()]);
    this.#publisher.publish('disposed', undefined);
  }

  #listen(from: Side, to: Side): void {
    const { events } = from.session;
    events.on('message', (event: SessionMessage) => this.#onMessage(from, to, event));
    events.on('availability', (now: Availability) => this.#onAvailability(from, to, now === 'usable'));
  }

  #onAvailability(side: Side, other: Side, isUsable: boolean): void {
    if (isUsable === side.isUsable) return;
    side.life = isUsable ? {} : undefined;
    if (isUsable) {
      for (const crossing of side.held.splice(0)) this.#send(other, side, crossing);
    } else {
      this.#onGone(side, other);
    }
    if (side.name === 'hsms' && this.#options.line === 'follow') this.#follow(isUsable);
  }

  /** The line is open while HSMS is selected. */
  #follow(isUsable: boolean): void {
    const { connection } = this.line;
    if (!isUsable) void connection.disable();
    else if (this.#enabled) connection.enable().catch((error: unknown) => this.#onLineFailed(error as Error));
  }

  #onLineFailed(error: Error): void {
    // It was closed again, for HSMS is gone: nothing failed.
    if ('code' in error && error.code === 'HSMS_DISABLED') return;
    this.#publisher.publish('notice', { kind: 'lineFailed', error });
    this.#dropHeld(this.#line, error);
  }

  #onLineNotice(notice: Secs1Notice): void {
    // A port that is not there will not be there in time either.
    if (notice.kind === 'connectFailed' || notice.kind === 'listenFailed')
      this.#dropHeld(this.#line, notice.error);
    if (notice.kind !== 'messageDropped' || this.line.entity !== 'equipment') return;
    const fn = notice.reason === 'sequence' ? 7 : notice.reason === 'tooLong' ? 11 : undefined;
    if (fn !== undefined) this.line.reportError(fn, notice.header).catch(() => {});
  }

  /** A side has gone: what it asked is withdrawn, and what it was asked will not be answered. */
  #onGone(side: Side, other: Side): void {
    const why = `the other side has gone (${side.name})`;
    for (const crossing of [...side.open.values()]) {
      crossing.stop.abort(gone('BRIDGE_SENDER_GONE', 'its sender has gone'));
    }
    side.open.clear();
    for (const crossing of [...other.open.values()].filter(({ isOver }) => isOver)) {
      this.#counters.unanswered++;
      this.#tell('unanswered', other, crossing, gone('BRIDGE_NOT_USABLE', why));
    }
  }

  #onMessage(from: Side, to: Side, { message, header }: SessionMessage): void {
    const { life } = from;
    if (life === undefined) return;
    const { message: sent, reported } = translated(message, from.name, this.#ids);
    const stop = new AbortController();
    const crossing: Crossing = {
      ...{ header, message, sent, life, stop },
      ...{ isOver: false, isSettled: false, cancel: () => {} },
    };
    if (header.sessionId !== from.session.sessionId) {
      const text = `it is for device ${header.sessionId}, and the bridge is for ${from.session.sessionId}`;
      this.#failed(from, crossing, new BridgeError('BRIDGE_FOREIGN_ID', text));
      return;
    }
    // A reply, or a report, ends what the other side has asked.
    if (reported !== undefined) to.open.delete(reported);
    else if (!isPrimary(header)) to.open.delete(header.systemBytes);
    else if (header.wBit) this.#remember(from, crossing);
    const timer = this.#clock.setTimer('queue', this.#options.queueTimeout, () =>
      stop.abort(gone('BRIDGE_QUEUE_TIMEOUT', `it waited ${this.#options.queueTimeout} s for its turn`)),
    );
    crossing.cancel = () => timer.cancel();
    stop.signal.addEventListener('abort', () => this.#onStopped(from, to, crossing), { once: true });
    if (to.isUsable && to.held.length === 0) this.#send(from, to, crossing);
    else this.#hold(from, to, crossing);
  }

  #remember(from: Side, crossing: Crossing): void {
    const { open } = from;
    open.set(crossing.header.systemBytes, crossing);
    if (open.size <= MAX_OPEN) return;
    for (const oldest of open.keys()) {
      open.delete(oldest);
      return;
    }
  }

  #hold(from: Side, to: Side, crossing: Crossing): void {
    const { holdTimeout, maxHeld } = this.#options;
    const closed = to.name === 'line' ? 'the line is not open' : 'HSMS is not selected';
    if (to.held.length >= maxHeld) {
      const text = `${closed}, and ${maxHeld} wait already, as many as may`;
      this.#failed(from, crossing, new BridgeError('BRIDGE_OVERFLOW', text));
      return;
    }
    to.held.push(crossing);
    const end = crossing.cancel;
    const timer = this.#clock.setTimer('hold', holdTimeout, () =>
      crossing.stop.abort(gone('BRIDGE_NOT_USABLE', `${closed}, and was not for ${holdTimeout} s`)),
    );
    crossing.cancel = () => {
      end();
      timer.cancel();
    };
  }

  /** What is held is given up here; what has been given to a connection, by its signal. */
  #onStopped(from: Side, to: Side, crossing: Crossing): void {
    if (!to.held.includes(crossing)) return;
    to.held = to.held.filter((one) => one !== crossing);
    this.#failed(from, crossing, crossing.stop.signal.reason as Error);
  }

  #dropHeld(to: Side, error: Error): void {
    const from = to === this.#line ? this.#hsms : this.#line;
    for (const crossing of to.held.splice(0)) this.#failed(from, crossing, error);
  }

  #send(from: Side, to: Side, crossing: Crossing): void {
    const { header, message, sent, stop } = crossing;
    to.send(sent, header.systemBytes, stop.signal).then(
      () => {
        crossing.cancel();
        crossing.isOver = true;
        this.#counters[from === this.#line ? 'fromLine' : 'fromHsms']++;
        this.#publisher.publish('passed', { from: from.name, header, message });
        // It arrived, and the other side went before this was known.
        if (isOpen(from, crossing) && !to.isUsable) {
          this.#counters.unanswered++;
          this.#tell(
            'unanswered',
            from,
            crossing,
            gone('BRIDGE_NOT_USABLE', `the other side has gone (${to.name})`),
          );
        }
      },
      (error: unknown) => this.#failed(from, crossing, error as Error),
    );
  }

  #failed(from: Side, crossing: Crossing, error: Error): void {
    crossing.cancel();
    this.#counters.undelivered++;
    this.#tell('undelivered', from, crossing, error);
  }

  /** Tells the sender of a message, where there is a word for it, and whoever listens. */
  #tell(kind: 'undelivered' | 'unanswered', from: Side, crossing: Crossing, error: Error): void {
    if (crossing.isSettled) return;
    crossing.isSettled = true;
    if (isOpen(from, crossing)) from.open.delete(crossing.header.systemBytes);
    const { header } = crossing;
    const told = from.life === crossing.life ? this.#answer(kind, from, header, error) : 'nobody';
    this.#publisher.publish('notice', { kind, from: from.name, header, error, told });
  }

  #answer(kind: 'undelivered' | 'unanswered', from: Side, header: DataHeader, error: Error): BridgeTold {
    if (!isPrimary(header) || !header.wBit || header.stream === 9) return 'nobody';
    const isForeign = header.sessionId !== from.session.sessionId;
    const isTooLong = 'code' in error && /_(MESSAGE|FRAME)_TOO_LONG$/.test(String(error.code));
    if (kind === 'undelivered' && isTooLong && from.session.entity === 'equipment') {
      void from.session.reportError(11, header).catch(() => {});
      return 's9f11';
    }
    if (isForeign) return 'nobody';
    if (from === this.#hsms && this.hsms.entity === 'host' && this.#options.separateEquipment) {
      this.hsms.separate();
      return 'separate';
    }
    from.send(S(header.stream, 0), header.systemBytes, NEVER).catch(() => {});
    return 'abort';
  }
}

function isOpen(from: Side, crossing: Crossing): boolean {
  return from.open.get(crossing.header.systemBytes) === crossing;
}

function gone(
  code: 'BRIDGE_NOT_USABLE' | 'BRIDGE_QUEUE_TIMEOUT' | 'BRIDGE_SENDER_GONE',
  why: string,
): BridgeError {
  return new BridgeError(code, why);
}
