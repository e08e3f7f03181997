import { join } from 'node:path';
import { Child } from '../support/child.js';
import { Inbox } from '../support/inbox.js';

const INTEROP = join(__dirname, '..');

/** Python may be slow to load secsgem on a busy machine. */
const START_SECONDS = 30;

/** What the host was told by the equipment. */
export type Told =
  | {
      readonly kind: 'event';
      readonly ceid: number;
      readonly rptid: number;
      readonly values: readonly unknown[];
    }
  | { readonly kind: 'alarm'; readonly alid: number; readonly code: unknown; readonly text: string }
  | { readonly kind: 'terminal'; readonly terminal: unknown; readonly text: string };

type Line =
  | Told
  | { readonly kind: 'ready' }
  | { readonly kind: 'communicating' }
  | { readonly kind: 'result'; readonly number: number; readonly value?: unknown; readonly error?: string };

/** A secsgem GemHostHandler in a process of its own. */
export class SecsgemHost {
  readonly told = new Inbox<Told>('what was told to the host', JSON.stringify, () => this.errors);
  readonly #states = new Inbox<string>('states of the host', String, () => this.errors);
  readonly #results = new Map<
    number,
    (line: { readonly value?: unknown; readonly error?: string }) => void
  >();
  readonly #child: Child;
  #number = 0;

  constructor(port: number) {
    this.#child = new Child(
      'the secsgem GEM host',
      join(INTEROP, '.venv', 'bin', 'python'),
      [join(INTEROP, 'peers', 'gem_host.py'), String(port)],
      (line) => this.#onLine(JSON.parse(line) as Line),
    );
    void this.#child.ended.then((how) => {
      this.told.end(how);
      this.#states.end(how);
      for (const settle of this.#results.values()) settle({ error: how });
    });
  }

  get errors(): string {
    return `standard error of the host:\n${this.#child.errors}`;
  }

  async started(): Promise<void> {
    await this.#states.next('ready', START_SECONDS);
  }

  async communicating(): Promise<void> {
    await this.#states.next('communicating', START_SECONDS);
  }

  /** Calls a method of GemHostHandler; gives its result as JSON has it. */
  async call(method: string, ...args: readonly unknown[]): Promise<unknown> {
    const number = ++this.#number;
    const done = new Promise<{ readonly value?: unknown; readonly error?: string }>((resolve) =>
      this.#results.set(number, resolve),
    );
    this.#child.write(JSON.stringify({ number, do: method, with: args }));
    const { value, error } = await done;
    this.#results.delete(number);
    if (error !== undefined) throw new Error(`${method} of secsgem's host failed: ${error}\n${this.errors}`);
    return value;
  }

  async kill(): Promise<void> {
    await this.#child.stop('SIGKILL');
  }

  #onLine(line: Line): void {
    if (line.kind === 'result') this.#results.get(line.number)?.(line);
    else if (line.kind === 'ready' || line.kind === 'communicating') this.#states.push(line.kind);
    else this.told.push(line);
  }
}
