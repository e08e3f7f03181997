import { parseMessages, type SecsMessage, type SmlParseOptions } from '../../secs2/index.js';
import { UsageError } from '../exit-codes.js';
import { SHELL_COMMANDS, type ShellContext } from './commands.js';
import { SmlGatherer } from './sml-gatherer.js';

/** A word with which no message begins: not `S1F1`, and no name, behind which there is a colon. */
const NO_MESSAGE = /^\s*(?!S\d)([a-z][\w-]*)(?!\s*:)(?![\w-])/i;

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
    const task = this.pending ? undefined : this.#command(line);
    const word = this.pending ? undefined : NO_MESSAGE.exec(line)?.[1];
    // Otherwise whoever mistypes a command would be asked for the rest of a message.
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

  #sml(text: string | undefined): Task | undefined {
    if (text === undefined) return undefined;
    const messages = parseMessages(text, this.#options);
    if (messages.length === 0) return undefined;
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

/** What a line may be completed to, and the part of it that is. */
export function complete(line: string): [string[], string] {
  const words = line.trimStart().split(/\s+/);
  const last = words.at(-1) ?? '';
  const candidates =
    words.length <= 1 ? [...SHELL_COMMANDS.keys()] : (SHELL_COMMANDS.get(words[0] ?? '')?.complete ?? []);
  const fitting = words.length > 2 ? [] : candidates.filter((word) => word.startsWith(last));
  return [fitting.map((word) => `${word} `), last];
}
