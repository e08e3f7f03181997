import { randomInt } from 'node:crypto';

const COUNT = 0x1_0000_0000;

/**
 * Hands out system bytes that are unique among the open transactions of a connection (E37): a counter that starts
 * anywhere, wraps, and skips what is in use.
 */
export class SystemBytes {
  #next: number;
  readonly #inUse: (systemBytes: number) => boolean;

  constructor(inUse: (systemBytes: number) => boolean, start: number = randomInt(COUNT)) {
    this.#inUse = inUse;
    this.#next = start;
  }

  next(): number {
    let value = this.#next;
    while (this.#inUse(value)) value = (value + 1) >>> 0;
    this.#next = (value + 1) >>> 0;
    return value;
  }
}
