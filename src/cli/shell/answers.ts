import type { SecsPrimary, SecsSession } from '../../index.js';
import { S, type SecsMessage } from '../../secs2/index.js';
import { describeError, UsageError } from '../exit-codes.js';
import type { ReplyFile } from '../replies/reply-file.js';
import type { Scenario } from '../replies/scenario.js';
import type { Report } from '../output/report.js';

/** How many primaries may wait to be answered by hand. */
const WAITING = 1000;

/** What is done with primaries that want a reply. */
export interface AnswerOptions {
  /** Replies from a file. */
  readonly replies: ReplyFile | undefined;
  /** Answer what no rule answers with function 0. */
  readonly abort: boolean;
  /** What is sent besides because a primary came. */
  readonly scenario?: Scenario | undefined;
}

/** Answers the peer's primaries: from a file of replies, or by hand. */
export class Answers {
  readonly #report: Report;
  readonly #options: AnswerOptions;
  #waiting: SecsPrimary[] = [];

  constructor(session: SecsSession, report: Report, options: AnswerOptions) {
    this.#report = report;
    this.#options = options;
    session.events.on('primary', (primary: SecsPrimary) => void this.#answer(primary));
    session.events.on('ended', () => (this.#waiting = []));
  }

  /** Names of the primaries that wait for an answer by hand, oldest first. */
  get waiting(): readonly string[] {
    return this.#waiting.map(({ message }) => message.name);
  }

  /**
   * Sends a secondary message as the answer to the oldest primary that waits for it.
   * @throws UsageError where none does.
   */
  async byHand(answer: SecsMessage): Promise<void> {
    const index = this.#waiting.findIndex(
      ({ message }) =>
        message.stream === answer.stream &&
        (answer.function === 0 || message.function === answer.function - 1),
    );
    const primary = this.#waiting[index];
    if (primary === undefined) {
      const waiting = this.waiting.length === 0 ? 'nothing waits for a reply' : this.waiting.join(', ');
      throw new UsageError(`${answer.name} answers nothing: ${waiting}`);
    }
    this.#waiting.splice(index, 1);
    await primary.reply(answer);
  }

  async #answer(primary: SecsPrimary): Promise<void> {
    if (primary.wantsReply) await this.#reply(primary);
    this.#options.scenario?.follow(primary);
  }

  async #reply(primary: SecsPrimary): Promise<void> {
    const { message } = primary;
    const { replies } = this.#options;
    try {
      const now = replies?.answer(message);
      // A scenario answers it in a while.
      if (now === undefined && replies?.answersLater(message) === true) return;
      const reply = now ?? this.#otherwise(message);
      if (reply === undefined) this.#keep(primary);
      else await primary.reply(reply);
    } catch (error) {
      this.#report.event('error', `${message.name} was not answered: ${describeError(error)}`, {
        error: describeError(error),
      });
    }
  }

  #otherwise({ stream }: SecsMessage): SecsMessage | undefined {
    return this.#options.abort ? S(stream, 0) : undefined;
  }

  #keep(primary: SecsPrimary): void {
    const { name, stream, function: fn } = primary.message;
    if (this.#waiting.length >= WAITING) this.#waiting.shift();
    this.#waiting.push(primary);
    this.#report.event('unanswered', `${name} waits for its reply: S${stream}F${fn + 1}`, { sf: name });
  }
}
