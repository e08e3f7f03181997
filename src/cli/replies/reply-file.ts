import { statSync } from 'node:fs';
import type { Timer } from '../../index.js';
import { S, type SecsMessage } from '../../secs2/index.js';
import { describeError, UsageError } from '../exit-codes.js';
import { wallTime, type CliIo } from '../io.js';
import type { Report } from '../output/report.js';
import { parseOptionsOf, type SmlOptions } from '../sml/options.js';
import { readSmlFile } from '../sml/text.js';
import { ReplyRules, type DueMessage } from './rules.js';
import type { MacroContext } from './template.js';

/** How often the file is looked at. Polling sees what editors do by renaming, and works on network drives. */
const INTERVAL_SECONDS = 0.5;

/** Replies from a file of SML, which is read again when it changes. */
export class ReplyFile {
  readonly #io: CliIo;
  readonly #file: string;
  readonly #options: SmlOptions;
  readonly #counters = new Map<string, number>();
  #rules: ReplyRules;
  #changed: () => void = () => {};
  #version = '';
  #timer: Timer | undefined;

  /** @throws UsageError for a file that cannot be read, naming line and column where its text cannot be. */
  constructor(io: CliIo, file: string, options: SmlOptions = {}) {
    this.#io = io;
    this.#file = file;
    this.#options = options;
    this.#rules = this.#read();
  }

  /** How many replies it has. */
  get size(): number {
    return this.#rules.size;
  }

  /** The reply to a primary; undefined where there is none. @throws what its macros fail with. */
  answer(primary: SecsMessage): SecsMessage | undefined {
    return this.#rules.answer(this.#context(primary));
  }

  /** Whether a reply to a primary comes later. */
  answersLater(primary: SecsMessage): boolean {
    return this.#rules.answersLater(primary);
  }

  /** What is to be sent because a primary came. */
  due(primary: SecsMessage): ReturnType<ReplyRules['due']> {
    return this.#rules.due(primary);
  }

  /** What is to be sent again and again. */
  get repeated(): readonly DueMessage[] {
    return this.#rules.repeated;
  }

  /** Makes a message that is due. @throws what its macros fail with. */
  make(due: DueMessage, primary: SecsMessage = S(0, 0)): SecsMessage {
    return due.make(this.#context(primary));
  }

  /** Calls when the file was read again. */
  onChange(changed: () => void): void {
    this.#changed = changed;
  }

  /** Says what the file has that was put up with, or is not followed. */
  warn(report: Report): void {
    for (const warning of this.#rules.warnings) {
      report.event('replies', `${this.#file}: ${warning}`, { warning });
    }
  }

  #context(primary: SecsMessage): MacroContext {
    const count = (name: string): number => {
      const value = (this.#counters.get(name) ?? 0) + 1;
      this.#counters.set(name, value);
      return value;
    };
    return { now: new Date(wallTime(this.#io)), count, primary };
  }

  /** Reads the file again whenever it changes; one that cannot be used leaves the replies as they were. */
  watch(report: Report): void {
    this.#timer = this.#io.clock.setTimer('replies', INTERVAL_SECONDS, () => {
      if (versionOf(this.#file) !== this.#version) this.#reload(report);
      this.watch(report);
    });
  }

  /** Looks at the file no more. */
  close(): void {
    this.#timer?.cancel();
  }

  #read(): ReplyRules {
    let text: string;
    // Taken before the text is: a change in between is then seen as one.
    this.#version = versionOf(this.#file);
    try {
      text = readSmlFile(this.#file, this.#options.encoding);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      throw new UsageError(`the replies cannot be read: ${describeError(error)}`, { cause: error });
    }
    return new ReplyRules(this.#file, text, parseOptionsOf(this.#options));
  }

  #reload(report: Report): void {
    try {
      this.#rules = this.#read();
      report.event('replies', `${this.#file} was read again, replies: ${this.size}`, { replies: this.size });
      this.warn(report);
      this.#changed();
    } catch (error) {
      report.event('replies', `the replies stay as they were. ${describeError(error)}`, {
        replies: this.size,
        error: describeError(error),
      });
    }
  }
}

/** Tells whether a file has changed; empty for one that is not there. */
function versionOf(file: string): string {
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.ino} ${stats.size} ${stats.mtimeNs}`;
}
