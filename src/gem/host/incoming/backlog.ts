import { RSDA, S6F23, S6F24 } from '../../../e5/index.js';
import type { Clock, Timer } from '../../../clock.js';
import type { ProfileIndex } from '../../profile/profile-index.js';
import type { Backlog } from '../options.js';
import { failureOf, type Talk } from '../talk.js';

/** What the unloading of a spool needs of the host. */
export interface BacklogPort {
  readonly index: ProfileIndex;
  readonly talk: Talk;
  readonly clock: Clock;
  /** Seconds of silence after which it is asked for again. */
  readonly silence: number;
  /** Messages of the tool that wait for their acknowledge: it is not the tool that is silent then. */
  unacknowledged(): number;
}

/** A spool that is said to be empty so often is, whatever S6F23 is answered. */
const EMPTIES = 3;
/** Seconds between two looks at SpoolCountActual while nothing comes. */
const LOOK = 1;

/**
 * Gets the backlog out of a tool's spool (G-116): S6F23 until RSDA 2, SpoolCountActual 0 or CE SpoolingDeactivated. A tool that
 * pauses without a word (MaxSpoolTransmit) is asked again after some silence.
 */
export class BacklogUnload {
  readonly #port: BacklogPort;
  #active = false;
  #heard = 0;
  #deactivated = false;
  #wake: (() => void) | undefined;

  constructor(port: BacklogPort) {
    this.#port = port;
  }

  /** Whether what comes now comes out of the spool. */
  get isActive(): boolean {
    return this.#active;
  }

  /** A primary of the tool that can come out of a spool. */
  heard(): void {
    this.#heard = this.#port.clock.now();
  }

  /** CE SpoolingDeactivated. */
  deactivated(): void {
    this.#deactivated = true;
    this.#wake?.();
  }

  /** How many messages wait; undefined where the tool does not say. */
  async count(signal: AbortSignal): Promise<number | undefined> {
    const known = this.#port.index.roleValue('SpoolCountActual');
    if (known === undefined) return undefined;
    const value = (await this.#port.talk.read([known], { signal })).get(known.name);
    return value === undefined ? undefined : Number(value);
  }

  /** Rejects as requests do; a tool without a spool rejects with what it answers S6F23. */
  async run(what: Exclude<Backlog, 'leave'>, signal: AbortSignal): Promise<void> {
    this.#active = true;
    this.#deactivated = false;
    try {
      for (let empties = 0; empties < EMPTIES;) {
        const rsda = await this.#ask(what, signal);
        // Nothing spooled, or a code of the tool's own: there is nothing to wait for.
        if (rsda !== RSDA.ok && rsda !== RSDA.busy) return;
        if (rsda === RSDA.busy) await this.#sleep(LOOK, signal);
        const outcome = await this.#untilDone(signal);
        if (outcome === 'deactivated') return;
        // A tool that pauses right after its last message stands with an empty spool, and spools on, until it is asked again.
        if (outcome === 'empty') empties++;
      }
    } finally {
      this.#active = false;
      this.#wake = undefined;
    }
  }

  async #ask(what: Exclude<Backlog, 'leave'>, signal: AbortSignal): Promise<number> {
    const message = this.#port.talk.build(S6F23, { rsdc: what === 'transmit' ? 0 : 1 });
    this.#heard = this.#port.clock.now();
    return Number(S6F24.read(await this.#port.talk.request(message, { signal })).rsda);
  }

  /** `again`: the tool has paused. */
  async #untilDone(signal: AbortSignal): Promise<'deactivated' | 'empty' | 'again'> {
    for (;;) {
      if (this.#deactivated) return 'deactivated';
      const left = await this.count(signal).catch((error: unknown) => {
        if (failureOf(error) === 'gone') throw error;
        return undefined;
      });
      if (left === 0 && this.#port.unacknowledged() === 0) return 'empty';
      await this.#sleep(LOOK, signal);
      const silent = (this.#port.clock.now() - this.#heard) / 1000;
      if (silent >= this.#port.silence && this.#port.unacknowledged() === 0) return 'again';
    }
  }

  #sleep(seconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        timer.cancel();
        reject(signal.reason as Error);
      };
      const wake = (): void => {
        timer.cancel();
        signal.removeEventListener('abort', abort);
        resolve();
      };
      const timer: Timer = this.#port.clock.setTimer('backlog', seconds, wake);
      this.#wake = wake;
      if (signal.aborted) abort();
      else signal.addEventListener('abort', abort, { once: true });
    });
  }
}
