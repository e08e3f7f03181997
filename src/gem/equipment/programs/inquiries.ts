import type { Timer } from '../../../clock.js';
import { A, B, L, S, type Item } from '../../../secs2/index.js';
import * as body from '../messages/body.js';
import type { Core } from '../core.js';
import type { Handlers } from '../messages/handler.js';

/** Messages that an inquire of S2F39 announces: they begin with its DATAID. */
const ANNOUNCED: readonly string[] = ['S2F33', 'S2F35', 'S2F37', 'S2F45', 'S2F49'];

/** A conversation that was granted and has no sequel yet. */
interface Granted {
  readonly timer: Timer;
}

/** Inquire and grant of multi-block messages (G-44), and S9F13 where a granted one has no sequel (G-79). */
export class Inquiries {
  readonly #core: Core;
  readonly #granted = new Map<string, Granted>();

  constructor(core: Core) {
    this.#core = core;
  }

  readonly handlers: Handlers = {
    S2F39: ({ item }) => {
      const [dataId, length] = body.pair(item, 'S2F39');
      body.integer(length, 'DATALENGTH');
      const key = String(body.id(dataId, 'DATAID'));
      return { item: B(0), after: () => this.expect(key, 'S2F33', dataId) };
    },
  };

  /** Something was granted: what it announces must come. */
  expect(key: string, message: string, edid: Item): void {
    this.#forget(key);
    const timer = this.#core.clock.setTimer('conversation', this.#core.rules.conversationTimeout, () => {
      this.#granted.delete(key);
      if (!this.#core.isCommunicating()) return;
      this.#core.session
        .send(S(9, 13, L(A(message), edid)))
        .catch((error: unknown) => this.#core.report(error, 'S9F13'));
    });
    this.#granted.set(key, { timer });
  }

  /** A message has come, the sequel of an inquire perhaps. */
  onMessage(name: string, item: Item | undefined): void {
    if (this.#granted.size === 0) return;
    const first = item?.format === 'L' ? item.items[0] : undefined;
    if (first === undefined) return;
    if (ANNOUNCED.includes(name) && /^(A|[UI]\d)$/.test(first.format) && first.length > 0) {
      this.#forget(String(first.format === 'A' ? first.ascii : first.length === 1 ? first.bigint : ''));
    }
    if (name === 'S7F3' || name === 'S7F23') this.#forget(programKey(first));
  }

  stop(): void {
    for (const key of [...this.#granted.keys()]) this.#forget(key);
  }

  #forget(key: string): void {
    this.#granted.get(key)?.timer.cancel();
    this.#granted.delete(key);
  }
}

/** Under which a granted S7F1 is remembered. */
export const programKey = (ppid: Item): string =>
  `PPID ${ppid.format === 'L' ? '' : Buffer.from(ppid.bytes).toString('latin1')}`;
