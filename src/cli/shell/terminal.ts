import { createInterface, clearScreenDown, cursorTo, moveCursor, type Interface } from 'node:readline';
import { ExitCode } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import type { Lines } from '../output/line-output.js';
import { loadHistory, saveHistory } from './history.js';
import { complete } from './shell.js';

const PROMPT = 'rxsecs> ';
/** While a message has begun and is not whole. */
const MORE_PROMPT = '   ...> ';

/** What a terminal tells. */
export interface TerminalEvents {
  /** A line was typed; tells whether more of the same message is to come. */
  onLine(line: string): boolean;
  /** What was typed of a message is not wanted any more. */
  onClear(): void;
  /** Nothing more will be typed. */
  onEnd(): void;
}

/** A prompt on a terminal, with history and completion. What is printed meanwhile appears above it. */
export class Terminal implements Lines {
  readonly #io: CliIo;
  readonly #readline: Interface;
  #history: readonly string[];
  #open = true;

  constructor(io: CliIo, events: TerminalEvents) {
    this.#io = io;
    this.#history = loadHistory(io);
    this.#readline = createInterface({
      input: io.stdin,
      output: io.stdout,
      terminal: true,
      prompt: PROMPT,
      completer: complete,
      history: [...this.#history],
      historySize: 1000,
      removeHistoryDuplicates: true,
    });
    this.#readline.on('history', (history: string[]) => (this.#history = history));
    this.#readline.on('line', (line) => this.#ask(events.onLine(line)));
    this.#readline.on('SIGINT', () => this.#onInterrupt(events));
    this.#readline.on('close', () => {
      this.#open = false;
      saveHistory(io, this.#history);
      events.onEnd();
    });
    this.#readline.prompt();
  }

  print(text: string): void {
    const { stdout } = this.#io;
    if (!this.#open) {
      stdout.write(`${text}\n`);
      return;
    }
    moveCursor(stdout, 0, -this.#readline.getCursorPos().rows);
    cursorTo(stdout, 0);
    clearScreenDown(stdout);
    stdout.write(`${text}\n`);
    // The prompt now starts where the cursor is: readline must not go up to where it drew it last.
    Object.assign(this.#readline, { prevRows: 0 });
    this.#readline.prompt(true);
  }

  close(): void {
    if (this.#open) this.#readline.close();
  }

  #ask(more: boolean): void {
    if (!this.#open) return;
    this.#readline.setPrompt(more ? MORE_PROMPT : PROMPT);
    this.#readline.prompt();
  }

  /** Ctrl-C takes back what was typed; where nothing was, it ends the program. */
  #onInterrupt(events: TerminalEvents): void {
    const typed = this.#readline.line !== '' || this.#readline.getPrompt() === MORE_PROMPT;
    if (!typed) {
      this.#io.interrupt(ExitCode.interrupted);
      return;
    }
    events.onClear();
    this.#io.stdout.write('^C\n');
    Object.assign(this.#readline, { line: '', cursor: 0, prevRows: 0 });
    this.#ask(false);
  }
}
