import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Child } from '../support/child.js';

/** Two pseudo-terminals that socat ties together: what is written to one comes out of the other. */
export class PtyPair {
  readonly #folder = mkdtempSync(join(tmpdir(), 'rxsecs-line-'));
  readonly first = join(this.#folder, 'first');
  readonly second = join(this.#folder, 'second');
  #socat: Child | undefined;

  /** Starts socat; resolves once both ends are there. */
  async start(): Promise<void> {
    const end = (path: string): string => `PTY,link=${path},raw,echo=0`;
    this.#socat = new Child('socat', 'socat', [end(this.first), end(this.second)], () => {});
    for (let i = 0; i < 100; i++) {
      if (existsSync(this.first) && existsSync(this.second)) return;
      await delay(50);
    }
    throw new Error(`socat made no pseudo-terminals: ${this.#socat.errors}`);
  }

  /** Ends socat: both ports are lost. */
  async kill(): Promise<void> {
    await this.#socat?.stop('SIGKILL');
    this.#socat = undefined;
    for (const path of [this.first, this.second]) rmSync(path, { force: true });
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true });
  }
}
