import { randomInt } from 'node:crypto';

const COUNT = 0x1_0000_0000;

/** Odd, and far from any simple part of the range: a step that spreads the beginnings of many connections over all of it. */
const STEP = 0x9e37_79b1;

/** Where the next counter begins. Random once a process: asking for random numbers takes longer than the rest of a connection. */
let beginning = randomInt(COUNT);

function nextBeginning(): number {
  beginning = (beginning + STEP) >>> 0;
  return beginning;
}

/**
 * Hands out system bytes that are unique among the open transactions of a connection (E37): a counter that starts
 * anywhere, wraps, and skips what is in use.
 */
export class SystemBytes {
  #next: number;
  readonly #inUse: (systemBytes: number) => boolean;

  constructor(inUse: (systemBytes: number) => boolean, start: number = nextBeginning()) {
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
