import { resolve } from 'node:path';
import { Child } from '../support/child.js';
import { Inbox } from '../support/inbox.js';

const here = resolve(__dirname, '..');

/** How each implementation is started. */
export const PEERS = {
  'go-secs': { command: resolve(here, '.build/go-secs-line'), args: [] },
  secsgem: {
    command: resolve(here, '.venv/bin/python'),
    args: [resolve(here, 'secs1/peers/secsgem_line.py')],
  },
  secs4js: { command: process.execPath, args: [resolve(here, 'secs1/peers/secs4js_line.mjs')] },
} as const;

export type PeerName = keyof typeof PEERS;

/** A primary that a peer got, or how a command of its went. */
interface PeerLine {
  readonly kind: 'ready' | 'got' | 'result';
  readonly stream?: number;
  readonly function?: number;
  readonly length?: number;
  readonly name?: string;
  readonly error?: string;
}

/** A process of another implementation on a line. */
export class LinePeer {
  readonly results = new Inbox<PeerLine>('result of the peer', JSON.stringify, () => this.#child.errors);
  readonly got = new Inbox<PeerLine>('primary of the peer', JSON.stringify, () => this.#child.errors);
  readonly #ready = new Inbox<PeerLine>('readiness of the peer', JSON.stringify, () => this.#child.errors);
  readonly #child: Child;

  /** @param where `dial PORT`, `listen PORT` or `serial PATH` */
  constructor(name: PeerName, role: 'host' | 'equipment', ...where: readonly [string, string]) {
    const { command, args } = PEERS[name];
    this.#child = new Child(`the ${name} ${role}`, command, [...args, role, ...where], (text) => {
      const line = JSON.parse(text) as PeerLine;
      if (line.kind === 'ready') this.#ready.push(line);
      else (line.kind === 'got' ? this.got : this.results).push(line);
    });
    void this.#child.ended.then((how) => {
      for (const inbox of [this.results, this.got, this.#ready]) inbox.end(how);
    });
  }

  async started(): Promise<void> {
    await this.#ready.next('ready', 30);
  }

  do(command: 's1f1' | 'big', bytes = 0): void {
    this.#child.write(JSON.stringify({ do: command, bytes }));
  }

  async kill(): Promise<void> {
    await this.#child.stop('SIGKILL');
  }
}
