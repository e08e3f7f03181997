import type { Availability, SecsPrimary, SecsSession, Timer } from '../../index.js';
import type { SecsMessage } from '../../secs2/index.js';
import { describeError } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import type { Report } from '../output/report.js';
import type { ReplyFile } from './reply-file.js';
import type { DueMessage } from './rules.js';

/** How many messages may wait for their time. */
const WAITING = 10_000;

/** Sends what the statements of a scenario say, while the session is selected. */
export class Scenario {
  readonly #io: CliIo;
  readonly #session: SecsSession;
  readonly #report: Report;
  readonly #replies: ReplyFile;
  readonly #timers = new Set<Timer>();
  readonly #repeating = new Set<Timer>();
  /** Counts how often everything was stopped: what failed by that is not told. */
  #stops = 0;

  constructor(io: CliIo, session: SecsSession, report: Report, replies: ReplyFile) {
    this.#io = io;
    this.#session = session;
    this.#report = report;
    this.#replies = replies;
    session.events.on('availability', (availability: Availability) => {
      if (availability === 'usable') this.#repeatAll();
      else this.stop();
    });
    replies.onChange(() => {
      if (session.currentAvailability === 'usable') this.#repeatAll();
    });
  }

  /** Does what is to be done because a primary came. */
  follow(primary: SecsPrimary): void {
    for (const due of this.#replies.due(primary.message)) {
      const act = (): void => void this.#send(due, primary.message, due.answers ? primary : undefined);
      if (due.seconds === 0) act();
      else this.#later(due, act);
    }
  }

  /** Sends nothing more. */
  stop(): void {
    this.#stops++;
    cancelAll(this.#timers);
    cancelAll(this.#repeating);
  }

  #later({ name, seconds }: DueMessage, act: () => void): void {
    if (this.#timers.size >= WAITING) {
      this.#fail(name, new Error(`${WAITING} messages wait for their time already`));
      return;
    }
    const timer = this.#io.clock.setTimer('scenario', seconds, () => {
      this.#timers.delete(timer);
      act();
    });
    this.#timers.add(timer);
  }

  #repeatAll(): void {
    cancelAll(this.#repeating);
    for (const due of this.#replies.repeated) this.#repeat(due);
  }

  #repeat(due: DueMessage): void {
    const timer = this.#io.clock.setTimer('scenario', due.seconds, () => {
      this.#repeating.delete(timer);
      this.#repeat(due);
      void this.#send(due);
    });
    this.#repeating.add(timer);
  }

  async #send(due: DueMessage, cause?: SecsMessage, answered?: SecsPrimary): Promise<void> {
    const stops = this.#stops;
    try {
      const message = this.#replies.make(due, cause);
      if (answered !== undefined) await answered.reply(message);
      else if (message.wBit) await this.#session.request(message);
      else await this.#session.send(message);
    } catch (error) {
      if (stops === this.#stops) this.#fail(due.name, error);
    }
  }

  #fail(name: string, error: unknown): void {
    const why = describeError(error);
    this.#report.event('error', `${name} of the scenario failed: ${why}`, { error: why });
  }
}

function cancelAll(timers: Set<Timer>): void {
  for (const timer of timers) timer.cancel();
  timers.clear();
}
