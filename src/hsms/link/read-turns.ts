import { afterPoll, type Clock, type Timer } from '../../clock.js';
import type { NetworkSocket } from '../../network/network.js';

/** How many packets one connection may bring before the others have their turn. */
const PACKETS_A_TURN = 512;

/** How many bytes of whole packets: what the program does with large messages takes its time as well. */
const BYTES_A_TURN = 256 * 1024;

/**
 * Lets the other connections have their turn: of a socket that is always full, Node reads two megabytes at a time, a
 * hundred thousand small packets. Reading goes on in the next turn of the event loop.
 */
export class ReadTurns {
  readonly #socket: NetworkSocket;
  readonly #clock: Clock;
  #packets = 0;
  #bytes = 0;
  #turn: Timer | undefined;

  constructor(socket: NetworkSocket, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
  }

  /** How many packets may still be taken in this turn. */
  get packetsLeft(): number {
    return PACKETS_A_TURN - this.#packets;
  }

  /**
   * Packets were taken.
   * @param chunk the bytes that they were in
   * @param unread how many bytes at its end have not been looked at
   */
  took(packets: number, chunk: Buffer, unread: number): void {
    this.#packets += packets;
    this.#bytes += chunk.length;
    // As long as no packet is whole nothing but the bytes is taken, and Node itself sees to it that others get their turn.
    if (packets === 0) return;
    if (this.#packets < PACKETS_A_TURN && this.#bytes < BYTES_A_TURN) return;
    this.#packets = 0;
    this.#bytes = 0;
    this.#socket.pause();
    if (unread > 0) this.#socket.unshift(chunk.subarray(chunk.length - unread));
    this.#turn = afterPoll(this.#clock, () => this.#socket.resume());
  }

  stop(): void {
    this.#turn?.cancel();
  }
}
