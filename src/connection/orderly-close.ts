import type { Clock, Timer } from '../clock.js';
import type { NetworkSocket } from '../network/network.js';

/** What an {@link OrderlyClose} asks and tells the link that it ends. */
export interface OrderlyCloseOwner<Reason> {
  readonly clock: Clock;
  /** Seconds that a close may take; then the socket is closed by force. */
  closeTimeout(): number;
  /** The link is about to end: it reads no more. */
  onBegin(): void;
  /** Tells everybody, and calls `proceed` then. What is sent until then still leaves, if `canSend`. */
  onClosing(reason: Reason, canSend: boolean, proceed: () => void): void;
  /** Calls back once everything that was accepted for sending has been handed to the socket. */
  whenSent(done: () => void): void;
  /** The socket is closed. Called once, after `onClosing`. */
  onClosed(reason: Reason): void;
}

/**
 * The end of a link over TCP, in four phases.
 *
 * - `open`: packets go both ways.
 * - `closing`: what arrives is discarded; what is sent still leaves.
 * - `ended`: nothing more is accepted for sending; the socket is on its way to being closed.
 * - `closed`: the socket is closed.
 */
export class OrderlyClose<Reason> {
  readonly #socket: NetworkSocket;
  readonly #owner: OrderlyCloseOwner<Reason>;
  #phase: 'open' | 'closing' | 'ended' | 'closed' = 'open';
  #reason: Reason | undefined;
  #canSend = true;
  #timer: Timer | undefined;

  constructor(socket: NetworkSocket, owner: OrderlyCloseOwner<Reason>) {
    this.#socket = socket;
    this.#owner = owner;
  }

  /** False from the moment the link is about to end. */
  get open(): boolean {
    return this.#phase === 'open';
  }

  /** Why the link ends; undefined while it does not. */
  get reason(): Reason | undefined {
    return this.#reason;
  }

  /** Whether something may still be sent. */
  get sendable(): boolean {
    return this.#phase === 'open' || (this.#phase === 'closing' && this.#canSend);
  }

  /** Begins the end; later calls do nothing. */
  begin(reason: Reason, canSend: boolean): void {
    if (this.#phase !== 'open') return;
    this.#phase = 'closing';
    this.#reason = reason;
    this.#canSend = canSend;
    this.#owner.onBegin();
    const { clock } = this.#owner;
    try {
      this.#timer = clock.setTimer('close', this.#owner.closeTimeout(), () => this.#destroy(reason));
    } catch {
      // With nothing to bound it, the close is by force.
      this.#canSend = false;
    }
    this.#owner.onClosing(reason, this.#canSend, () => this.#finish(reason));
  }

  /**
   * The socket is closed.
   * @param unexpected the reason where the end was not begun on this side
   */
  socketClosed(unexpected: Reason): void {
    this.begin(unexpected, false);
    if (this.#phase === 'closed' || this.#reason === undefined) return;
    this.#phase = 'closed';
    this.#timer?.cancel();
    this.#owner.onClosed(this.#reason);
  }

  #finish(reason: Reason): void {
    if (this.#phase !== 'closing') return;
    this.#phase = 'ended';
    // The socket closes when the peer has closed as well; closing earlier could destroy what it has not read yet.
    if (this.#canSend) this.#owner.whenSent(() => this.#socket.end());
    else this.#destroy(reason);
  }

  #destroy(reason: Reason): void {
    try {
      this.#socket.destroy();
    } catch {
      this.socketClosed(reason);
    }
  }
}
