import { join } from 'node:path';
import { Child } from '../support/child.js';
import type { FrameFields } from '../support/frames.js';
import { Inbox } from '../support/inbox.js';

const INTEROP = join(__dirname, '..');

/** Python may be slow to load secsgem on a busy machine. */
const START_SECONDS = 30;

/** What a secsgem method returned: the reply it waited for, or null when it gave up. */
interface Result {
  readonly name: string;
  readonly reply: FrameFields | null;
}

/** A line of a peer's output, see peers/recording.py. */
type PeerLine =
  | ({ readonly kind: 'received' | 'sent' } & FrameFields)
  | { readonly kind: 'state' | 'gem' | 'tcp'; readonly name: string }
  | ({ readonly kind: 'result' } & Result)
  | { readonly kind: 'ready' };

/** What a peer can be asked to do. */
export type Command = 'linktest' | 'select' | 'deselect' | 'separate' | 's1f13' | 's2f25';

/** A secsgem process and what it tells of itself. */
export class Peer {
  /** Messages as secsgem read them from the wire. */
  readonly received = this.#inbox<FrameFields>('received by', JSON.stringify);
  /** Messages as secsgem is about to write them. */
  readonly sent = this.#inbox<FrameFields>('sent by', JSON.stringify);
  /** HSMS connection states that it enters. */
  readonly states = this.#inbox<string>('state of', String);
  /** GEM communication states that it enters. */
  readonly gem = this.#inbox<string>('GEM state of', String);
  /** `connected` once it can take messages, `disconnected` once it has forgotten the connection. */
  readonly tcp = this.#inbox<string>('TCP of', String);
  readonly results = this.#inbox<Result>('result of', JSON.stringify);
  readonly #ready = this.#inbox<string>('readiness of', String);
  readonly #child: Child;

  /**
   * Starts `peers/<script>.py`.
   * @param port the port that an equipment listens on and a host connects to
   */
  constructor(script: 'equipment' | 'host', port: number) {
    this.#child = new Child(
      `the secsgem ${script}`,
      join(INTEROP, '.venv', 'bin', 'python'),
      [join(INTEROP, 'peers', `${script}.py`), String(port)],
      (line) => this.#onLine(line),
    );
    void this.#child.ended.then((how) => {
      const boxes = [this.received, this.sent, this.states, this.gem, this.tcp, this.results, this.#ready];
      for (const inbox of boxes) inbox.end(how);
    });
  }

  /** Resolves when its program runs: only then does a host connect and an equipment listen. */
  async started(): Promise<void> {
    await this.#ready.next('ready', START_SECONDS);
  }

  /** What it wrote to standard error: secsgem logs there what it could not handle. */
  get errors(): string {
    return `standard error of the peer:\n${this.#child.errors}`;
  }

  do(command: Command): void {
    this.#child.write(JSON.stringify({ do: command }));
  }

  /** Ends the process as a crash would. secsgem's own way to stop can wait for ever. */
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
      case 'sent': {
        const { kind, ...frame } = line;
        this[kind].push(frame);
        break;
      }
      case 'state':
        this.states.push(line.name);
        break;
      case 'gem':
      case 'tcp':
        this[line.kind].push(line.name);
        break;
      case 'result':
        this.results.push({ name: line.name, reply: line.reply });
        break;
      case 'ready':
        this.#ready.push(line.kind);
        break;
    }
  }
}
