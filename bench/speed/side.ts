import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** A tick of the times in /proc: 10 ms on every Linux in use. */
const TICK_MICROSECONDS = 10_000;
const END_MILLISECONDS = 2_000;

/** How to start the processes of a contestant. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One side of a contestant: a process that answers questions, and what the system says of it. */
export class Side {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #complaint = '';
  #lastId = 0;

  constructor({ command, args }: Program, env: NodeJS.ProcessEnv) {
    this.#child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
    const { stdout, stderr, stdin } = this.#child;
    if (stdout) createInterface({ input: stdout }).on('line', (line) => this.#onAnswer(line));
    stderr?.on(
      'data',
      (text: Buffer) => (this.#complaint = (this.#complaint + text.toString()).slice(-2000)),
    );
    stdin?.on('error', () => {});
    this.#child.on('error', (error) => this.#failAll(error));
    this.#child.on('exit', () => this.#failAll(new Error('the process ended')));
  }

  /** Asks a question; fails with what went wrong, or when there is no answer within `seconds`. */
  async ask<Value>(name: string, values: readonly number[], seconds: number): Promise<Value> {
    const id = ++this.#lastId;
    let timer: NodeJS.Timeout | undefined;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      timer = setTimeout(() => reject(new Error(`no end of ${name} within ${seconds} s`)), seconds * 1000);
    });
    this.#child.stdin?.write(`${JSON.stringify({ id, name, values })}\n`);
    try {
      return (await answer) as Value;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }

  /** The last line that the process wrote on standard error. */
  get complaint(): string {
    return this.#complaint.trim().split('\n').at(-1) ?? '';
  }

  /** CPU time used so far, in microseconds, of all threads. */
  cpu(): number {
    // The name, in brackets, may hold anything; utime and stime are the 12th and 13th fields behind it.
    const fields = this.#proc('stat').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * TICK_MICROSECONDS;
  }

  /** Bytes of memory: now, or the most since {@link resetPeak}. */
  memory(which: 'VmRSS' | 'VmHWM'): number {
    return Number(new RegExp(`${which}:\\s+(\\d+) kB`).exec(this.#proc('status'))?.[1]) * 1024;
  }

  resetPeak(): void {
    writeFileSync(`/proc/${this.#child.pid}/clear_refs`, '5');
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), END_MILLISECONDS);
    this.#child.stdin?.end();
    await ended;
    clearTimeout(timer);
  }

  #proc(file: string): string {
    return readFileSync(`/proc/${this.#child.pid}/${file}`, 'utf8');
  }

  #onAnswer(line: string): void {
    const { id, value, error } = JSON.parse(line) as Answer;
    if (error === undefined) this.#waiting.get(id)?.resolve(value);
    else this.#waiting.get(id)?.reject(new Error(error));
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
  }
}
