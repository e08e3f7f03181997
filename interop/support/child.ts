import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { within } from './inbox.js';

const STDERR_LINES_KEPT = 60;

/** A child process that is read line by line and cannot outlive this process. */
export class Child {
  /** Resolves, with a sentence on how it ended, when the process has ended and all its output has been read. */
  readonly ended: Promise<string>;
  readonly #name: string;
  readonly #process: ChildProcess;
  readonly #errors: string[] = [];
  readonly #killAtExit = (): void => void this.#process.kill('SIGKILL');

  /**
   * @param onLine takes each line of standard output
   * @param onErrorLine takes each line of standard error, which is also kept for {@link errors}
   */
  constructor(
    name: string,
    command: string,
    args: readonly string[],
    onLine: (line: string) => void,
    onErrorLine: (line: string) => void = () => {},
  ) {
    this.#name = name;
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#process = child;
    process.once('exit', this.#killAtExit);
    eachLine(child.stdout, onLine);
    eachLine(child.stderr, (line) => {
      this.#errors.push(line);
      if (this.#errors.length > STDERR_LINES_KEPT) this.#errors.shift();
      onErrorLine(line);
    });
    // What is written to a process that has just died is lost; `ended` tells of that.
    child.stdin.on('error', () => {});
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(`${name} could not be run: ${error.message}`));
      child.once('close', (code, signal) => resolve(`${name} ended with ${signal ?? `code ${code}`}`));
    });
    void this.ended.then(() => process.off('exit', this.#killAtExit));
  }

  /** The last lines it wrote to standard error. */
  get errors(): string {
    return this.#errors.join('\n');
  }

  write(line: string): void {
    this.#process.stdin?.write(`${line}\n`);
  }

  /** Ends the process with `signal`, and with SIGKILL when that does not help. */
  async stop(signal: 'SIGINT' | 'SIGKILL'): Promise<string> {
    this.#process.kill(signal);
    try {
      return await within(this.ended, `the end of ${this.#name}`);
    } finally {
      this.#process.kill('SIGKILL');
    }
  }
}

function eachLine(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', onLine);
}
