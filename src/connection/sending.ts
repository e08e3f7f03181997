import { rejected } from '../reactive/rejected.js';

/** Called at once with what became of a packet, so that a layer above needs no promise of its own. */
export interface SendListener {
  /** Its last byte was handed to the socket, at this time of the clock. */
  sent(now: number): void;
  unsent(error: unknown): void;
}

/** A packet under way. The promise of its end is made when it is first asked for. */
export interface Sending {
  /** Resolves when the last byte has been handed to the socket. */
  readonly promise: Promise<void>;
}

/** What stands for a packet that is not accepted for sending. */
export function refused(error: unknown, listener: SendListener | undefined): Sending {
  listener?.unsent(error);
  return { promise: rejected(error) };
}

/** What waits to be sent. */
export interface QueueDepth {
  readonly packets: number;
  /** Their frames, length prefixes included. */
  readonly bytes: number;
}
