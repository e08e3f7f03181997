import {
  parseMessages,
  type SecsMessage,
  type SmlMessage,
  type SmlParseOptions,
  type SmlWarning,
} from '../../secs2/index.js';
import { UsageError } from '../exit-codes.js';
import { SHELL_COMMANDS, type ShellContext } from './commands.js';
import type { Report } from '../output/report.js';
import { SmlWarnings, warningText } from '../sml/warnings.js';
import { SmlGatherer } from './sml-gatherer.js';

/** A word with which no message begins: not `S1F1`, no name, behind which there is a colon, and no statement of a scenario. */
const NO_MESSAGE =
  /^\s*(?!S\d|if\s*\(|if\s+S\d|every\s+\d|[^<"]*:\s*['"]?S\d+F\d)([a-z][\w-]*)(?!\s*:)(?![\w-])/i;

/** Commands that may be given in the middle of a message. */
const WITHIN_MESSAGES = ['status', 'help', 'quit'];

/** A line that has become something to do. */
export type Task = () => Promise<void>;

/** Makes of lines what they ask for: commands, and SML to be sent. */
export class Shell {
  readonly #context: ShellContext;
  readonly #options: SmlParseOptions;
  readonly #gatherer = new SmlGatherer();

  constructor(context: ShellContext, options: SmlParseOptions = {}) {
    this.#context = context;
    this.#options = options;
  }

  /** Whether a message has begun and is not whole. */
  get pending(): boolean {
    return this.#gatherer.pending;
  }

  /** Forgets a message that has begun. */
  clear(): void {
    this.#gatherer.clear();
  }

  /**
   * Takes a line; gives what is to be done, if it makes something whole.
   * @throws SmlError for SML that cannot be read, UsageError for what is neither SML nor a command.
   */
  line(line: string): Task | undefined {
    const task = this.pending ? this.#commandWithin(line) : this.#command(line);
    const word = this.pending ? undefined : NO_MESSAGE.exec(line)?.[1];
    // Otherwise a mistyped command would ask for the rest of a message.
    if (task === undefined && word !== undefined) {
      const commands = [...SHELL_COMMANDS.keys()].join(', ');
      throw new UsageError(`'${word}' is neither SML, as in S1F1 W., nor a command: ${commands}`);
    }
    return task ?? this.#sml(this.#gatherer.push(line));
  }

  /** No more lines come: what has begun is taken as it is. @throws SmlError */
  end(): Task | undefined {
    return this.#sml(this.#gatherer.take());
  }

  #command(line: string): Task | undefined {
    const [name = '', ...args] = line.trim().split(/\s+/);
    const command = SHELL_COMMANDS.get(name.toLowerCase());
    return command && (async () => command.run(this.#context, args));
  }

  /** A command while a message has begun: told apart from the message, with a word on what is waited for. */
  #commandWithin(line: string): Task | undefined {
    const { waitsFor, inText, inItem } = this.#gatherer;
    if (inText || waitsFor === undefined) return undefined;
    const [name = '', ...args] = line.trim().toLowerCase().split(/\s+/);
    const command = SHELL_COMMANDS.get(name);
    if (command === undefined || !WITHIN_MESSAGES.includes(name) || args.length > 0) {
      // A list may hold anything; between a header and its item no command can be meant as SML.
      if (command === undefined || inItem) return undefined;
      throw new UsageError(`'${name}' is a command, but ${waitsFor}`);
    }
    return async () => {
      await command.run(this.#context, []);
      this.#context.report.event('pending', waitsFor, { waitsFor });
    };
  }

  /** Reads SML; what was put up with is told: at a prompt one by one, otherwise with counts. */
  #read(text: string): readonly SmlMessage[] {
    const { report, prompt } = this.#context;
    const counted = new SmlWarnings();
    const each = (warning: SmlWarning): void => tell(report, warningText(warning));
    const messages = parseMessages(text, {
      ...this.#options,
      onWarning: prompt === true ? each : counted.add,
    });
    for (const line of counted.lines) tell(report, line);
    return messages;
  }

  #sml(text: string | undefined): Task | undefined {
    if (text === undefined) return undefined;
    const messages = this.#read(text);
    if (messages.length === 0) return undefined;
    const open = messages.find(({ message }) => message.itemError !== undefined)?.message.itemError;
    if (open !== undefined) throw open;
    return async () => {
      for (const { message } of messages) await this.#send(message);
    };
  }

  async #send(message: SecsMessage): Promise<void> {
    const { session, answers, signal, beforeSend } = this.#context;
    await beforeSend();
    if (!message.isPrimary) await answers.byHand(message);
    else if (message.wBit) await session.request(message, { signal });
    else await session.send(message, { signal });
  }
}

function tell(report: Report, warning: string): void {
  report.event('sml', `SML: ${warning}`, { warning });
}

/** What a line may be completed to, and the part of it that is. */
export function complete(line: string): [string[], string] {
  const words = line.trimStart().split(/\s+/);
  const last = words.at(-1) ?? '';
  const candidates =
    words.length <= 1 ? [...SHELL_COMMANDS.keys()] : (SHELL_COMMANDS.get(words[0] ?? '')?.complete ?? []);
  const fitting = words.length > 2 ? [] : candidates.filter((word) => word.startsWith(last));
  return [fitting.map((word) => `${word} `), last];
}
