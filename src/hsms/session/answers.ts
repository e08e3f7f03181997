import type { SendListener } from '../../connection/sending.js';

/** Counts the answers that wait for the socket. */
export class Answers implements SendListener {
  waiting = 0;

  sent(): void {
    this.waiting--;
  }

  unsent(): void {
    this.waiting--;
  }
}
