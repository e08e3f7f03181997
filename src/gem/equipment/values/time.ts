import { timeOfDay, type Clock } from '../../../clock.js';
import { formatTime, parseTime, type TimeFormat, type Zone } from './time-format.js';

/** The clock that GEM shows (G-77): the computer's, moved by what the host has set. */
export class GemTime {
  readonly #clock: Clock;
  readonly #zone: Zone;
  readonly #format: () => number | undefined;
  #offset = 0;

  /** @param format gives EC TimeFormat */
  constructor(clock: Clock, zone: Zone, format: () => number | undefined) {
    this.#clock = clock;
    this.#zone = zone;
    this.#format = format;
  }

  /** Milliseconds since 1970-01-01 UTC. */
  now(): number {
    return timeOfDay(this.#clock) + this.#offset;
  }

  /** Moves the GEM clock; the computer's stays. */
  set(ms: number): void {
    this.#offset += ms - this.now();
  }

  /** A moment, now by default, in the format of EC TimeFormat. */
  text(ms: number = this.now()): string {
    return formatTime(ms, (this.#format() ?? 1) as TimeFormat, this.#zone);
  }

  parse(text: string): number | undefined {
    return parseTime(text, this.#zone);
  }
}
