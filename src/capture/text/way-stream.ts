import { DEFAULT_MAX_PACKET_BYTES } from '../../hsms/wire/frame-decoder.js';
import { Budget } from '../budget.js';
import { DEFAULT_MAX_HELD_BYTES, type CaptureOptions } from '../capture-options.js';
import type { CaptureListener } from '../events.js';
import { StreamFramer, type FramerListener } from '../framing/framer.js';
import type { Way } from './way.js';

/** Messages out of the bytes of one direction. */
export class WayStream {
  readonly #framer: StreamFramer;

  constructor(
    way: Way,
    onEvent: CaptureListener,
    options: CaptureOptions,
    start: 'message' | 'anywhere' = 'message',
  ) {
    const {
      maxPacketBytes = DEFAULT_MAX_PACKET_BYTES,
      maxHeldBytes = DEFAULT_MAX_HELD_BYTES,
      decoding,
    } = options;
    const at = (time: number): Way & { readonly time: number | undefined } => ({
      time: Number.isNaN(time) ? undefined : time,
      ...way,
    });
    const listener: FramerListener = {
      onMessage: (packet, time) => onEvent({ kind: 'message', ...at(time), packet }),
      onDamaged: (damage, time) => onEvent({ kind: 'damaged', ...at(time), ...damage }),
      onSkipped: (bytes, cause, time) => onEvent({ kind: 'skipped', ...at(time), bytes, cause }),
    };
    this.#framer = new StreamFramer(listener, {
      maxPacketBytes,
      budget: new Budget(maxHeldBytes),
      decoding,
      start,
    });
  }

  /** Whether the next byte begins a message for certain. */
  get isBetween(): boolean {
    return this.#framer.isBetween;
  }

  /** Whether a message's beginning is looked for. */
  get isSearching(): boolean {
    return this.#framer.isSearching;
  }

  /** Takes the next bytes, with the time at which they went, or NaN. */
  push(bytes: Buffer, time = NaN): void {
    this.#framer.data(bytes, 0, bytes.length, time);
  }

  /** Notes that bytes are missing. */
  gap(bytes: number): void {
    this.#framer.gap(bytes, NaN);
  }

  /** Nothing more comes. */
  end(): void {
    this.#framer.end(NaN);
  }
}
