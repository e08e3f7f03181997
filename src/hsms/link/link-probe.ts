import type { Clock, Timer } from '../../clock.js';
import { expiry } from '../../reactive/expiry.js';
import { SType } from '../wire/codes.js';
import type { HsmsHeader } from '../wire/header.js';

/** A Linktest.req that asks whether anything is alive at the other end: any byte within the time says yes. */
export class LinkProbe {
  readonly #systemBytes: number;
  readonly #done: (alive: boolean) => void;
  #timer: Timer | undefined;
  #answered = false;

  /** @param systemBytes of the Linktest.req that was sent */
  constructor(clock: Clock, systemBytes: number, seconds: number, done: (alive: boolean) => void) {
    this.#systemBytes = systemBytes;
    this.#done = done;
    this.#timer = expiry(clock, 'probe', seconds, () => this.#end(false));
  }

  /** A byte has come. */
  heard(): void {
    if (this.#timer !== undefined) this.#end(true);
  }

  /** Whether a packet is the answer to the probe, which is not passed on. True once. */
  takes({ sType, systemBytes }: HsmsHeader): boolean {
    if (this.#answered || sType !== SType.linktestRsp || systemBytes !== this.#systemBytes) return false;
    this.#answered = true;
    return true;
  }

  /** Stops: `done` will not be called. */
  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #end(alive: boolean): void {
    this.stop();
    this.#done(alive);
  }
}
