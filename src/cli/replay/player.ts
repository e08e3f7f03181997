import { SecsError, type SecsPrimary, type HsmsSession } from '../../index.js';
import { S, type SecsMessage } from '../../secs2/index.js';
import type { CliIo } from '../io.js';
import type { DiffLine } from './item-diff.js';
import { differences, type Ignore } from './diff.js';
import type { Script, Step } from './script.js';

/** How a recording is played. */
export interface PlayOptions {
  /** How much faster than recorded; Infinity for as fast as the answers allow. */
  readonly speed: number;
  /** Seconds that anything that is expected may take. */
  readonly wait: number;
  readonly ignore: readonly Ignore[];
}

/** A place where the peer did not do what was recorded. */
export interface Difference {
  /** Number of the step, from 1. */
  readonly step: number;
  /** What was expected: `S1F14 to S1F13`. */
  readonly what: string;
  readonly why: 'differs' | 'missing' | 'unexpected';
  readonly text?: string;
  readonly lines?: readonly DiffLine[];
}

/** How it went. */
export interface Outcome {
  readonly sent: number;
  readonly compared: number;
  /** Expected messages whose bodies the recording does not have. */
  readonly notCompared: number;
  readonly notPlayed: number;
  readonly differences: readonly Difference[];
  /** The session ended before the recording did. */
  readonly ended: boolean;
}

type Answer = { readonly message: SecsMessage } | { readonly error: Error };

/** Plays one side of a recording against a peer. */
export class Player {
  readonly #io: CliIo;
  readonly #session: HsmsSession;
  readonly #script: Script;
  readonly #options: PlayOptions;
  readonly #requests = new Map<Step, Promise<Answer>>();
  readonly #primaries = new Map<Step, SecsPrimary>();
  readonly #inbox: SecsPrimary[] = [];
  /** How many more of each name are expected. */
  readonly #wanted = new Map<string, number>();
  readonly #differences: Difference[] = [];
  #wake: (() => void) | undefined;
  #step = 0;
  #sent = 0;
  #compared = 0;
  #notCompared = 0;
  #notPlayed = 0;
  #ended = false;

  /** To be made before the session is selected: the peer may be the first to speak. */
  constructor(io: CliIo, session: HsmsSession, script: Script, options: PlayOptions) {
    this.#io = io;
    this.#session = session;
    this.#script = script;
    this.#options = options;
    for (const { kind, message } of script.steps) {
      const { name } = message.packet.message;
      if (kind === 'expect') this.#wanted.set(name, (this.#wanted.get(name) ?? 0) + 1);
    }
    session.events.on('primary', (primary) => this.#onPrimary(primary));
    session.events.on('ended', () => this.#end());
  }

  async play(): Promise<Outcome> {
    const { steps } = this.#script;
    const began = this.#io.clock.now();
    const first = steps[0]?.message.time;
    for (const step of steps) {
      this.#step++;
      const mine = step.kind === 'send' || step.kind === 'answer';
      if (mine && first !== undefined && step.message.time !== undefined) {
        const due = began + (step.message.time - first) / 1000 / this.#options.speed;
        await this.#sleep((due - this.#io.clock.now()) / 1000);
      }
      if (this.#ended || this.#io.interrupted.aborted) this.#notPlayed++;
      else await this.#do(step);
    }
    for (const primary of this.#inbox) this.#unexpected(primary);
    return {
      sent: this.#sent,
      compared: this.#compared,
      notCompared: this.#notCompared,
      notPlayed: this.#notPlayed,
      differences: this.#differences,
      ended: this.#ended,
    };
  }

  async #do(step: Step): Promise<void> {
    const { message } = step.message.packet;
    switch (step.kind) {
      case 'send':
        this.#sent++;
        if (message.wBit) this.#requests.set(step, this.#ask(message));
        else await this.#session.send(message).catch(() => this.#end());
        return;
      case 'await':
        await this.#await(step);
        return;
      case 'expect':
        await this.#expect(step);
        return;
      case 'answer': {
        const primary = this.#primaries.get(step.primary);
        if (primary === undefined || !primary.wantsReply) {
          this.#notPlayed++;
          return;
        }
        this.#sent++;
        await primary.reply(message).catch(() => this.#end());
      }
    }
  }

  #ask(message: SecsMessage): Promise<Answer> {
    return this.#session.request(message, { t3: this.#options.wait }).then(
      (reply) => ({ message: reply }),
      (error: unknown) => ({ error: error as Error }),
    );
  }

  async #await({ message, request }: Extract<Step, { kind: 'await' }>): Promise<void> {
    const asked = this.#requests.get(request);
    const expected = message.packet.message;
    const what = `${expected.name} to ${request.message.packet.message.name}`;
    if (asked === undefined) {
      this.#notPlayed++;
      return;
    }
    const answer = await asked;
    if ('message' in answer) {
      this.#compare(what, message.record?.redacted !== undefined, expected, answer.message);
      return;
    }
    const { error } = answer;
    const code = error instanceof SecsError ? error.code : undefined;
    if (code === 'HSMS_TRANSACTION_ABORTED' && expected.function === 0) this.#compared++;
    else this.#differ({ what, why: 'missing', text: error.message });
    if (code === 'HSMS_CONNECTION_CLOSED' || code === 'HSMS_SESSION_ENDED') this.#end();
  }

  async #expect(step: Step): Promise<void> {
    const expected = step.message.packet.message;
    const { name } = expected;
    const same = (): SecsPrimary[] => this.#inbox.filter((primary) => primary.message.name === name);
    const deadline = this.#io.clock.now() + this.#options.wait * 1000;
    while (same().length === 0 && !this.#ended && this.#io.clock.now() < deadline) {
      await this.#sleep((deadline - this.#io.clock.now()) / 1000, true);
      if (this.#io.interrupted.aborted) break;
    }
    this.#wanted.set(name, (this.#wanted.get(name) ?? 1) - 1);
    const found = same();
    const best = found.find((primary) => primary.message.body.equals(expected.body)) ?? found[0];
    if (best === undefined) {
      this.#differ({ what: name, why: 'missing', text: `it did not come within ${this.#options.wait} s` });
      return;
    }
    this.#inbox.splice(this.#inbox.indexOf(best), 1);
    this.#primaries.set(step, best);
    this.#compare(name, step.message.record?.redacted !== undefined, expected, best.message);
  }

  #compare(what: string, redacted: boolean, expected: SecsMessage, got: SecsMessage): void {
    if (redacted) {
      this.#notCompared++;
      if (expected.name === got.name) return;
    }
    this.#compared++;
    const lines = differences(expected, got, this.#options.ignore);
    if (lines.length > 0) this.#differ({ what, why: 'differs', lines });
  }

  #onPrimary(primary: SecsPrimary): void {
    const waiting = this.#inbox.filter(({ message }) => message.name === primary.message.name).length;
    if ((this.#wanted.get(primary.message.name) ?? 0) > waiting) {
      this.#inbox.push(primary);
      this.#wake?.();
    } else this.#unexpected(primary);
  }

  /** The recording has no answer to it: function 0 says so to the peer. */
  #unexpected(primary: SecsPrimary): void {
    const { message } = primary;
    this.#differ({ what: message.name, why: 'unexpected', text: String(message).slice(0, 500) });
    if (primary.wantsReply) void primary.reply(S(message.stream, 0)).catch(() => {});
  }

  #differ(difference: Omit<Difference, 'step'>): void {
    this.#differences.push({ step: this.#step, ...difference });
  }

  #end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** Waits, unless the session ends or the command is interrupted; or, when asked, until a message comes. */
  async #sleep(seconds: number, forMessage = false): Promise<void> {
    if (!(seconds > 0) || this.#ended || this.#io.interrupted.aborted) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        timer.cancel();
        this.#io.interrupted.removeEventListener('abort', done);
        this.#wake = undefined;
        resolve();
      };
      const timer = this.#io.clock.setTimer('replay', seconds, done);
      this.#io.interrupted.addEventListener('abort', done);
      this.#wake = () => {
        if (forMessage || this.#ended) done();
      };
    });
  }
}
