import { A, B, type Item } from '../../secs2/index.js';
import * as body from './messages/body.js';
import type { Core } from './core.js';
import { acknowledge, BodyError, type Answer, type Handlers } from './messages/handler.js';

/** The host sets the clock; what returns `false` refuses (TIACK 1). The computer's clock is moved here, if anywhere. */
export type ClockSetter = (ms: number) => unknown;

/** Clock (G-77) and loopback (G-78). */
export class Services {
  readonly #core: Core;
  readonly #setClock: () => ClockSetter | undefined;

  constructor(core: Core, setClock: () => ClockSetter | undefined) {
    this.#core = core;
    this.#setClock = setClock;
    const slot = core.values.named('Clock');
    if (slot !== undefined) core.values.provide(slot, () => core.time.text());
  }

  readonly handlers: Handlers = {
    S2F17: ({ item }) => {
      body.nothing(item, 'S2F17');
      return { item: A(this.#core.time.text()) };
    },
    S2F31: ({ item }) => this.#set(item),
    S2F25: ({ item }) => {
      if (item?.format !== 'B')
        throw new BodyError(`S2F25 must be bytes (B), received ${item?.format ?? 'nothing'}`);
      return { item };
    },
  };

  async #set(item: Item | undefined): Promise<Answer> {
    const text = body.text(item, 'TIME');
    const ms = this.#core.time.parse(text);
    const refuse = (why: string): Answer => acknowledge(B(1), 1, `S2F31: TIACK 1, ${why}`);
    if (ms === undefined)
      return refuse(`${JSON.stringify(text)} is no time of 12, 14 or 16 digits, or of ISO 8601`);
    const verdict = await this.#setClock()?.(ms);
    if (verdict === false) return refuse('the application refuses it');
    this.#core.time.set(ms);
    return acknowledge(B(0), 0, undefined);
  }
}
