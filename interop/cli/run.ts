import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Child } from '../support/child.js';
import { Inbox } from '../support/inbox.js';

const BIN = join(__dirname, '..', '..', 'bin', 'rxsecs.cjs');
const LIMIT_SECONDS = 20;

/** What a command line that has ended left behind. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line to its end. */
export function rxsecs(args: readonly string[], stdin = ''): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_SECONDS * 1000);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr });
    });
  });
}

/** A command line that runs until it is told to end. */
export class Running {
  readonly lines: Inbox<string>;
  readonly seen: string[] = [];
  readonly #child: Child;

  constructor(args: readonly string[]) {
    this.lines = new Inbox<string>(`rxsecs ${args[0] ?? ''}`, String, () => this.#child.errors);
    this.#child = new Child(`rxsecs ${args.join(' ')}`, process.execPath, [BIN, ...args], (line) => {
      this.seen.push(line);
      this.lines.push(line);
    });
    void this.#child.ended.then((how) => this.lines.end(how));
  }

  /** Waits for a line that holds this text. */
  async prints(text: string): Promise<string> {
    for (;;) {
      const line = await this.lines.next(`a line with '${text}'`);
      if (line.includes(text)) return line;
    }
  }

  /** Ends it with SIGINT; gives how it ended. */
  interrupt(): Promise<string> {
    return this.#child.stop('SIGINT');
  }
}
