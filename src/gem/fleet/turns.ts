import { systemClock, type Clock, type Timer } from '../../clock.js';

/** How many are let in. */
export interface TurnLimits {
  /** Most at a time. */
  readonly atOnce: number;
  /** Most a second, evenly. Default: any number. */
  readonly perSecond?: number;
  readonly clock?: Clock;
}

/** Lets a limited number in, at a time and a second; the others wait in the order in which they came. */
export class Turns {
  readonly #atOnce: number;
  readonly #pause: number;
  readonly #clock: Clock;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;
  /** The next may enter from then on. */
  #nextAt = -Infinity;
  #timer: Timer | undefined;

  constructor({ atOnce, perSecond = Infinity, clock = systemClock }: TurnLimits) {
    this.#atOnce = atOnce;
    this.#pause = 1000 / perSecond;
    this.#clock = clock;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves with what gives the turn back; rejects with the signal's reason. */
  take(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        signal.removeEventListener('abort', leave);
        resolve(this.#give());
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        this.#admit();
        reject(signal.reason as Error);
      };
      this.#waiting.push(enter);
      signal.addEventListener('abort', leave, { once: true });
      this.#admit();
    });
  }

  /** Lets in who may; who is kept by the rate alone is let in by a timer. */
  #admit(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    while (this.#waiting.length > 0 && this.#taken < this.#atOnce) {
      const now = this.#clock.now();
      if (now < this.#nextAt) {
        this.#timer = this.#clock.setTimer('turn', (this.#nextAt - now) / 1000, () => this.#admit());
        return;
      }
      this.#nextAt = now + this.#pause;
      this.#waiting.shift()?.();
    }
  }

  #give(): () => void {
    this.#taken++;
    let isGiven = true;
    return () => {
      if (!isGiven) return;
      isGiven = false;
      this.#taken--;
      this.#admit();
    };
  }
}
