import type { Clock, Timer } from '../../clock.js';
import { expiry } from '../../reactive/expiry.js';

/** What {@link FrameWatch} reads each time it sets a timer. */
export interface FrameLimits {
  /** Longest pause between two bytes of one frame, in seconds (T8). */
  readonly t8: number;
  /** Longest time for a whole frame in seconds; 0 means any. */
  readonly frameTimeout: number;
}

/**
 * Bounds the time in which a frame that has begun must go on (T8, E37) and be whole. No timer runs between frames.
 * An expiry is confirmed once the bytes that the kernel holds have been read, so that a busy process does not blame
 * its peer.
 */
export class FrameWatch {
  readonly #clock: Clock;
  readonly #limits: () => FrameLimits;
  readonly #expired: (kind: 't8' | 'frameTimeout', seconds: number) => void;
  #pause: Timer | undefined;
  #whole: Timer | undefined;

  constructor(
    clock: Clock,
    limits: () => FrameLimits,
    expired: (kind: 't8' | 'frameTimeout', seconds: number) => void,
  ) {
    this.#clock = clock;
    this.#limits = limits;
    this.#expired = expired;
  }

  /**
   * Bytes have arrived.
   * @param inFrame they end within a frame
   * @param newFrame that frame began with them
   */
  received(inFrame: boolean, newFrame: boolean): void {
    this.#pause?.cancel();
    this.#pause = undefined;
    if (!inFrame || newFrame) {
      this.#whole?.cancel();
      this.#whole = undefined;
    }
    if (!inFrame) return;
    const { t8, frameTimeout } = this.#limits();
    this.#pause = expiry(this.#clock, 't8', t8, () => this.#expired('t8', t8));
    if (newFrame && frameTimeout > 0) {
      this.#whole = expiry(this.#clock, 'frame', frameTimeout, () =>
        this.#expired('frameTimeout', frameTimeout),
      );
    }
  }

  /** Stops both timers. */
  stop(): void {
    this.received(false, false);
  }
}
