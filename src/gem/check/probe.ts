import type { Clock, Timer } from '../../clock.js';
import { S, Secs2Error, type Item, type SecsMessage } from '../../secs2/index.js';
import { outcomeOf, SecsStream9Error } from '../../session/errors.js';
import type { SessionMessage } from '../../session/events.js';
import type { SecsPrimary } from '../../session/primary.js';
import type { SecsSession } from '../../session/secs-session.js';
import { GemError } from '../errors.js';
import { must, RuleFailure, RuleSkip } from './rule.js';
import { Tracer } from './tracer.js';

/** What a primary of the peer is answered: an item or a message; SxF0; S9F5; nothing. */
export type ProbeAnswer = Item | SecsMessage | 'abort' | 'S9F5' | 'silence' | undefined;

/** A message that came by itself: no reply to a request of ours. */
export interface Arrival {
  readonly message: SecsMessage;
  /** When it came, on the clock of the connection, in milliseconds. */
  readonly at: number;
  /** Answers it, where it was left unanswered and wants a reply. */
  answer(answer: ProbeAnswer): void;
}

/** How long things may take. */
export interface ProbeTimes {
  /** Seconds that the peer may take for what it does by itself. */
  readonly patience: number;
  /** Seconds after which what has not come does not come. */
  readonly quiet: number;
}

/** So often a link is made anew that the peer does not take. */
const MOST_TRIES = 4;

/** Something that is put back at the end of a rule. */
interface Undo {
  readonly what: string;
  readonly run: () => Promise<void>;
}

/** Talks with the peer for rules: asks, answers, waits, and puts back. */
export abstract class Probe {
  readonly session: SecsSession;
  readonly times: ProbeTimes;
  readonly clock: Clock;
  readonly #tracer: Tracer;
  readonly #signal: AbortSignal | undefined;
  readonly #overrides = new Map<string, (message: SecsMessage) => ProbeAnswer>();
  readonly #undo: Undo[] = [];
  readonly #taken = new Set<Arrival>();
  readonly #waiting = new Set<() => void>();
  #inbox: Arrival[] = [];
  #order: string[] = [];
  #answeredBy: SecsMessage | undefined;
  /** A link was made anew, and nothing shows yet that the peer takes it. */
  #isDoubtful = false;
  readonly #onMessage = (message: SessionMessage): void => this.#heard(message);
  readonly #onPrimary = (primary: SecsPrimary): void => this.#came(primary);

  constructor(session: SecsSession, times: ProbeTimes, signal: AbortSignal | undefined) {
    this.session = session;
    this.times = times;
    this.clock = session.connection.clock;
    this.#signal = signal;
    this.#tracer = new Tracer(session);
    session.events.on('message', this.#onMessage).on('primary', this.#onPrimary);
  }

  /** What the peer's primaries are answered, unless a rule wants something else. */
  protected abstract answerTo(message: SecsMessage): ProbeAnswer;

  /** A primary of the peer has come. */
  protected noted(message: SecsMessage): void {
    void message;
  }

  stop(): void {
    this.session.events.off('message', this.#onMessage).off('primary', this.#onPrimary);
    this.#tracer.stop();
  }

  /** Ends a rule: everything is put back, the last change first. @returns what could not be, as sentences; and the trace */
  async endRule(): Promise<{ readonly left: readonly string[]; readonly trace: readonly string[] }> {
    this.#overrides.clear();
    const left: string[] = [];
    for (let undo = this.#undo.pop(); undo !== undefined; undo = this.#undo.pop()) {
      try {
        await undo.run();
      } catch (error) {
        left.push(`${undo.what}: ${faultOf(error)}`);
      }
    }
    this.#inbox = [];
    this.#taken.clear();
    return { left, trace: this.#tracer.take() };
  }

  /** Has something put back at the end of the rule. */
  later(what: string, run: () => Promise<void>): void {
    this.#undo.push({ what, run });
  }

  /** Takes what was noted until now, for rules that are judged by it later. */
  takeTrace(): readonly string[] {
    return this.#tracer.take();
  }

  /** Puts records of before into the trace of a rule. */
  show(lines: readonly string[]): void {
    this.#tracer.add(lines);
  }

  /** Notes in the trace what is no message. */
  say(text: string): void {
    this.#tracer.say(text);
  }

  /** Answers primaries of this name in another way, until the end of the rule. */
  on(name: string, answer: ProbeAnswer | ((message: SecsMessage) => ProbeAnswer)): void {
    this.#overrides.set(name, typeof answer === 'function' ? answer : () => answer);
  }

  /** Answers them as ever again. */
  off(name: string): void {
    this.#overrides.delete(name);
  }

  /** Sends a request: its reply, or how it failed: `S9F5`, `aborted`, `t3`. @throws where the link has ended */
  async ask(message: SecsMessage): Promise<SecsMessage | string> {
    try {
      const signal = this.#signal;
      return await this.session.request(message, signal === undefined ? {} : { signal });
    } catch (error) {
      const outcome = outcomeOf(error);
      const isEnd = outcome === undefined || ['closed', 'ended', 'cancelled', 'unsent'].includes(outcome);
      if (isEnd) throw error;
      return error instanceof SecsStream9Error ? `S9F${error.errorFunction}` : outcome;
    }
  }

  /** The body of a reply. SKIP where the peer does not serve the message, FAIL where it does not answer. */
  async body(message: SecsMessage): Promise<Item> {
    const reply = await this.ask(message);
    const { name } = message;
    if (reply === 'S9F3' || reply === 'S9F5') throw new RuleSkip(`${name} is not served: ${reply}`);
    if (reply === 'aborted')
      throw new RuleSkip(`${name} is aborted: it is not served, or the peer is OFF-LINE`);
    return bodyOf(message, reply);
  }

  /** The body of a reply to what the peer is known to serve: FAIL whatever else happens. */
  async served(message: SecsMessage): Promise<Item> {
    return bodyOf(message, await this.ask(message));
  }

  /** The acknowledge code of a reply, in its body or first in its list. */
  async code(message: SecsMessage): Promise<number> {
    return codeIn(await this.body(message));
  }

  /** FAIL unless a message is answered by one of these acknowledge codes. */
  async wants(message: SecsMessage, ...codes: readonly number[]): Promise<void> {
    const got = await this.code(message);
    must(codes.includes(got), `${message.name} is answered ${got}, not ${codes.join(' or ')}`);
  }

  /** As `wants`, for what the peer is known to serve. */
  async mustAccept(message: SecsMessage, ...codes: readonly number[]): Promise<void> {
    const got = codeIn(await this.served(message));
    must(codes.includes(got), `${message.name} is answered ${got}, not ${codes.join(' or ')}`);
  }

  /** The next message that came by itself and fits; undefined where none comes in time. It is taken by that. */
  async next(
    fits: string | ((message: SecsMessage) => boolean),
    seconds: number = this.times.patience,
  ): Promise<Arrival | undefined> {
    const isIt = typeof fits === 'function' ? fits : (message: SecsMessage) => message.name === fits;
    const end = this.clock.now() + seconds * 1000;
    for (;;) {
      const found = this.#inbox.find((one) => !this.#taken.has(one) && isIt(one.message));
      if (found !== undefined) {
        this.#taken.add(found);
        return found;
      }
      const left = (end - this.clock.now()) / 1000;
      if (left <= 0) return undefined;
      await this.#change(left);
    }
  }

  /** FAIL where it does not come in time. */
  async comes(
    what: string,
    fits: string | ((message: SecsMessage) => boolean),
    seconds: number = this.times.patience,
  ): Promise<SecsMessage> {
    const found = await this.next(fits, seconds);
    must(found !== undefined, `${what} does not come within ${seconds} s`);
    return found.message;
  }

  /** All that fit and come until nothing has come for a while; the first may take longer. They are taken. */
  async all(name: string, first: number = this.times.quiet): Promise<readonly Arrival[]> {
    const found: Arrival[] = [];
    for (let wait = first; ; wait = this.times.quiet) {
      const one = await this.next(name, wait);
      if (one === undefined) return found;
      found.push(one);
    }
  }

  /** FAIL where something comes that should not. */
  async nothing(
    what: string,
    fits: string | ((message: SecsMessage) => boolean),
    seconds: number = this.times.quiet,
  ): Promise<void> {
    const found = await this.next(fits, seconds);
    must(found === undefined, `${what}: ${String(found?.message)}`);
  }

  /** Names of all that came since `forget`, replies too, in the order of the wire. */
  get order(): readonly string[] {
    return this.#order;
  }

  /** What has come is of no interest any more. */
  forget(): void {
    this.#order = [];
    this.#inbox = [];
    this.#taken.clear();
  }

  /** Lets time pass. */
  async pass(seconds: number): Promise<void> {
    const end = this.clock.now() + seconds * 1000;
    for (let left = seconds; left > 0; left = (end - this.clock.now()) / 1000) await this.#change(left);
  }

  /** Ends the link, and gives the peer a moment to notice. */
  async cut(): Promise<void> {
    this.forget();
    this.#isDoubtful = true;
    await this.session.connection.disable();
    await this.pass(this.times.quiet / 2);
  }

  /** Makes the link again, and waits until it can be used. FAIL where it cannot be made. */
  async link(): Promise<void> {
    await this.session.connection.enable();
    const isUp = await this.#isUsable();
    must(isUp, `the link could not be made again within ${this.times.patience * 6} s`);
  }

  /**
   * Waits until a link can be used that has ended meanwhile. One that the peer does not take for selected, as some do after a link was
   * made anew, is made anew once more. @throws where that does not help
   */
  async ready(): Promise<void> {
    for (let tries = 1; tries <= MOST_TRIES; tries++) {
      const isUp = this.session.currentAvailability === 'usable' || (await this.#isUsable());
      if (!isUp) break;
      if (!this.#isDoubtful || (await this.ask(S(1, 1).w())) !== 'rejected') {
        this.#isDoubtful = false;
        return;
      }
      await this.cut();
      await this.pass(this.times.patience);
      await this.session.connection.enable();
    }
    throw new GemError('GEM_OUTCOME_UNKNOWN', 'the link was lost, and not made again: the run ends here');
  }

  async #isUsable(): Promise<boolean> {
    const late = new AbortController();
    const timer = this.clock.setTimer('link', this.times.patience * 6, () => late.abort());
    const signals = this.#signal === undefined ? [late.signal] : [late.signal, this.#signal];
    try {
      await this.session.usable({ signal: AbortSignal.any(signals) });
      return true;
    } catch (error) {
      if (late.signal.aborted && this.#signal?.aborted !== true) return false;
      throw error;
    } finally {
      timer.cancel();
    }
  }

  /** Something has come, or so much time has passed. */
  #change(seconds: number): Promise<void> {
    this.#signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      const end = (): void => {
        timer.cancel();
        this.#waiting.delete(end);
        this.#signal?.removeEventListener('abort', stop);
        resolve();
      };
      const stop = (): void => {
        end();
        reject(this.#signal?.reason as Error);
      };
      const timer: Timer = this.clock.setTimer('check', seconds, end);
      this.#waiting.add(end);
      this.#signal?.addEventListener('abort', stop, { once: true });
    });
  }

  #came(primary: SecsPrimary): void {
    const { message } = primary;
    // A message of stream 9 that ended a request of ours has been dealt with.
    if (message === this.#answeredBy) return;
    this.noted(message);
    this.#arrived(message, (answer) => this.#reply(primary, answer));
    const override = this.#overrides.get(message.name);
    this.#reply(primary, override === undefined ? this.answerTo(message) : override(message));
  }

  /** Primaries come by their own event; what is left are replies that match no request. */
  #heard({ message, answered }: SessionMessage): void {
    const isPrimary = message.function % 2 === 1;
    this.#order.push(message.name);
    if (!answered && !isPrimary) this.#arrived(message, () => undefined);
    else if (answered && isPrimary) this.#answeredBy = message;
  }

  #reply(primary: SecsPrimary, answer: ProbeAnswer): void {
    // The link may have ended meanwhile: its owner is told by what it asks next.
    const ignored = (): void => undefined;
    if (answer === 'S9F5') this.session.reportError(5, primary.header).catch(ignored);
    else if (primary.wantsReply && !primary.replied && answer !== undefined && answer !== 'silence')
      primary.reply(answer === 'abort' ? S(primary.header.stream, 0) : answer).catch(ignored);
  }

  #arrived(message: SecsMessage, answer: Arrival['answer']): void {
    this.#inbox.push({ message, at: this.clock.now(), answer });
    for (const wake of [...this.#waiting]) wake();
  }
}

/** What went wrong with the peer, as a sentence. @throws the error again where it is none of the peer's */
export function faultOf(error: unknown): string {
  const isJudged = error instanceof RuleFailure || error instanceof RuleSkip;
  if (isJudged) return error.message;
  if (error instanceof Secs2Error) return `what came cannot be read: ${error.message}`;
  const outcome = outcomeOf(error);
  const isLost = outcome === 'closed' || outcome === 'ended' || (outcome === 'unsent' && isOfSession(error));
  if (!isLost || !(error instanceof Error)) throw error;
  return `the link was lost: ${error.message}`;
}

const isOfSession = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(HSMS|SECS1|SECS)_/.test(String(error.code));

function bodyOf({ name }: SecsMessage, reply: SecsMessage | string): Item {
  if (typeof reply === 'string') throw new RuleFailure(`${name} is not answered: ${howText(reply)}`);
  if (reply.item === undefined) throw new RuleFailure(`${reply.name} has no body`);
  return reply.item;
}

const howText = (how: string): string =>
  how === 't3' ? 'T3 has passed' : how === 'aborted' ? 'it is aborted (F0)' : how;

/** An acknowledge code: a body of one byte, or the first of its list. */
export function codeIn(body: Item): number {
  const item = body.format === 'L' ? body.list[0] : body;
  must(
    item !== undefined && (item.format === 'B' || item.format === 'U1') && item.length === 1,
    `there is no acknowledge code in ${String(body)}`,
  );
  return item.format === 'B' ? (item.binary[0] ?? -1) : item.number;
}

/** The list that a body must be. */
export function listOf(item: Item | undefined): readonly Item[] {
  must(item !== undefined && item.format === 'L', `a list is wanted: ${String(item)}`);
  return item.list;
}
