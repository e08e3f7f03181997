import { fork, type ChildProcess } from 'node:child_process';
import { extname, join } from 'node:path';

const ANSWER_MILLISECONDS = 30_000;
const END_MILLISECONDS = 3_000;

interface Question {
  readonly name: string;
  readonly values: readonly number[];
}

interface Answer {
  readonly value?: unknown;
  readonly error?: string;
}

/** What a worker process can be asked: each question takes numbers and answers with what structured JSON can hold. */
type Answers = Record<string, (...values: number[]) => unknown>;

/** Makes this process a worker: it answers until whoever started it lets go of it. */
export function serve(answers: Answers): void {
  process.on('disconnect', () => process.exit());
  process.on('message', (question: Question) => {
    void answerOne(answers, question).then((answer) => process.send?.(answer));
  });
}

async function answerOne(answers: Answers, { name, values }: Question): Promise<Answer> {
  try {
    return { value: await answers[name]?.(...values) };
  } catch (error) {
    return { error: error instanceof Error ? String(error.stack) : String(error) };
  }
}

/** A process of its own that runs one file of `bench`, so that no two measurements share a heap or a JIT. */
export class Worker {
  readonly #name: string;
  readonly #child: ChildProcess;

  constructor(name: string) {
    this.#name = name;
    // The same extension as this file has: `.ts` under a loader, `.js` when compiled.
    this.#child = fork(join(__dirname, '..', `${name}${extname(__filename)}`));
  }

  /** Asks one question at a time; fails when the answer takes too long. */
  ask<Value>(name: string, ...values: number[]): Promise<Value> {
    const child = this.#child;
    const question: Question = { name, values };
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        child.off('message', onAnswer);
        child.off('exit', onExit);
      };
      const onAnswer = ({ value, error }: Answer): void => {
        end();
        if (error === undefined) resolve(value as Value);
        else reject(new Error(`${this.#name}: ${error}`));
      };
      const onExit = (): void => {
        end();
        reject(new Error(`${this.#name} ended while it was asked '${name}'`));
      };
      const timer = setTimeout(() => {
        end();
        child.kill('SIGKILL');
        reject(new Error(`${this.#name} did not answer '${name}'`));
      }, ANSWER_MILLISECONDS);
      child.on('message', onAnswer);
      child.on('exit', onExit);
      child.send(question);
    });
  }

  /** Ends the process, which may not like it, and resolves when it has ended. */
  end(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#child.kill('SIGKILL'), END_MILLISECONDS);
      this.#child.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
      if (this.#child.connected) this.#child.disconnect();
    });
  }
}
