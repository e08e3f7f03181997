import { Child } from '../support/child.js';
import type { FrameFields } from '../support/frames.js';
import { Inbox } from '../support/inbox.js';
import type { PeerKind, PeerRole } from './kinds.js';
import { Ledger, type Direction } from './ledger.js';

/** A peer may be slow to load on a busy machine. */
const START_SECONDS = 30;

/** A command that a peer has carried out. */
export interface Result {
  readonly name: Command;
  /** The reply that it waited for; null where there is none or it gave up. */
  readonly reply: FrameFields | null;
  readonly error?: string;
}

export type Command = 's1f1' | 's1f13' | 'many' | 'linktest' | 'select' | 'deselect' | 'separate';

/** A line of a peer's output. */
type PeerLine =
  | ({ readonly kind: Direction } & FrameFields)
  | { readonly kind: 'state' | 'gem' | 'tcp'; readonly name: string }
  | ({ readonly kind: 'result' } & Result)
  | { readonly kind: 'ready' };

/** A process of another implementation, and what it tells of itself. */
export class Peer {
  readonly ledger = new Ledger();
  /** States of E37 that it enters. */
  readonly states = this.#inbox<string>('state of', String);
  readonly results = this.#inbox<Result>('result of', JSON.stringify);
  readonly #ready = this.#inbox<string>('readiness of', String);
  readonly #kind: PeerKind;
  readonly #child: Child;

  /** @param port the port that an equipment listens on and a host connects to */
  constructor(kind: PeerKind, role: PeerRole, port: number) {
    this.#kind = kind;
    this.#child = new Child(
      `the ${kind.name} ${role}`,
      kind.command,
      [...kind.args, role, String(port)],
      (line) => this.#onLine(line),
    );
    void this.#child.ended.then((how) => {
      for (const inbox of [this.states, this.results, this.#ready]) inbox.end(how);
    });
  }

  /** Resolves when its program runs: only then does a host connect and an equipment listen. */
  async started(): Promise<void> {
    await this.#ready.next('ready', START_SECONDS);
  }

  /** What it wrote to standard error. */
  get errors(): string {
    return `standard error of the peer:\n${this.#child.errors}`;
  }

  do(command: Command): void {
    this.#child.write(JSON.stringify({ do: command }));
  }

  /** Ends the process as a crash would. */
  async kill(): Promise<void> {
    await this.#child.stop('SIGKILL');
  }

  #inbox<T>(what: string, show: (item: T) => string): Inbox<T> {
    return new Inbox<T>(`${what} the peer`, show, () => this.errors);
  }

  #onLine(text: string): void {
    const line = JSON.parse(text) as PeerLine;
    switch (line.kind) {
      case 'received':
      case 'sent':
        this.ledger.add(line.kind, line);
        break;
      case 'state':
        this.states.push(this.#kind.states[line.name] ?? line.name);
        break;
      case 'result': {
        const { name, reply, error } = line;
        // The end of the connection tells of a Separate.
        if (name !== 'separate') this.results.push({ name, reply, ...(error !== undefined && { error }) });
        break;
      }
      case 'ready':
        this.#ready.push(line.kind);
        break;
      // secsgem tells of its GEM state and its sockets too.
      case 'gem':
      case 'tcp':
        break;
    }
  }
}
