import { once } from 'node:events';
import type { SecsSession, SessionMessage } from '../../index.js';

/** More messages than these are not remembered: what came first is forgotten first. */
const MAX_NAMES = 10_000;

/** The messages that came while a script did something else, so that no `wait` misses one. */
export class Came {
  readonly #session: SecsSession;
  readonly #names: string[] = [];

  constructor(session: SecsSession) {
    this.#session = session;
    session.events.on('message', ({ message }: SessionMessage) => {
      this.#names.push(message.name);
      if (this.#names.length > MAX_NAMES) this.#names.shift();
    });
  }

  /** Resolves when such a message has come: it, and all that came before it, is not waited for again. */
  async next(name: string, signal: AbortSignal): Promise<void> {
    for (;;) {
      const index = this.#names.indexOf(name);
      if (index >= 0) {
        this.#names.splice(0, index + 1);
        return;
      }
      await once(this.#session.events, 'message', { signal });
    }
  }
}
