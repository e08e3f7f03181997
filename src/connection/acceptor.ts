import { afterPoll, type Timer } from '../clock.js';
import { asError } from '../describe-value.js';
import { destroy, type NetworkSocket } from '../network/network.js';
import type { ConnectorOwner } from './connector.js';
import type { Tagged } from './events.js';
import { refusal, type RefusalReason } from './notices.js';

/**
 * How many turns of the event loop to wait for the end of the old link when a new socket came first: some tenths of a
 * millisecond. Turns, not time, because a busy process needs turns to read what the kernel already holds.
 */
const SECOND_TURNS = 64;

/** What a transport does with a second connection of its peer while the first one is up. */
export interface SecondConnections {
  /**
   * Finds out whether the peer is still at the other end of the old link, which it closes otherwise, and calls back if it is.
   * Returns false where that is not wanted.
   */
  probe(onAlive: () => void): boolean;
  /** Takes a socket to answer it in its own way. Returns false where it is to be closed at once. */
  keep(socket: NetworkSocket): boolean;
  /** Lets go of the sockets that were kept. */
  stop(): void;
}

/** Takes the sockets that a listening port has accepted from the expected peer: one at a time, by the rules for a second one (P-11). */
export class Acceptor<Hint extends Tagged> {
  readonly #owner: ConnectorOwner<Hint>;
  readonly #second: SecondConnections;
  /** The peer's new connection, while its old one is closing or being probed. */
  #newcomer: NetworkSocket | undefined;
  #decision: Timer | undefined;

  constructor(owner: ConnectorOwner<Hint>, second: SecondConnections) {
    this.#owner = owner;
    this.#second = second;
  }

  /** Takes a socket whose peer is the expected one. */
  offer(socket: NetworkSocket): void {
    // The peer may have left again while its address was looked up.
    if (isGone(socket)) return;
    if (!this.#owner.isEnabled()) this.refuse(socket, 'disabled');
    else if (this.#owner.currentLink() === undefined) this.#owner.adopt(socket);
    else if (this.#newcomer !== undefined && !isGone(this.#newcomer)) this.#takeSecond(socket);
    else {
      this.#newcomer = socket;
      // The end of the old connection may wait in the same turn of the event loop, unread as yet.
      this.#decideLater(SECOND_TURNS);
    }
  }

  /** Closes a socket at once and says why. */
  refuse(socket: NetworkSocket, reason: RefusalReason, error?: Error): void {
    const notice = refusal(socket, reason, error);
    destroy(socket);
    this.#owner.notify(notice);
  }

  /** Lets go of every socket that is no link. */
  stop(): void {
    this.#decision?.cancel();
    if (this.#newcomer !== undefined) destroy(this.#newcomer);
    this.#newcomer = undefined;
    this.#second.stop();
  }

  /** The link has closed: a newcomer that waits for that is taken once `closed` has been published. */
  afterLink(): void {
    if (this.#newcomer !== undefined) this.#decideLater(SECOND_TURNS);
  }

  #decideLater(turns: number): void {
    this.#decision?.cancel();
    this.#decision = afterPoll(this.#owner.clock, () => this.#guard(() => this.#decide(turns)));
  }

  /** A newcomer with whom something goes wrong is let go: the link that is up does not notice. */
  #guard(step: () => void): void {
    const socket = this.#newcomer;
    try {
      step();
    } catch (error) {
      this.#newcomer = undefined;
      if (socket !== undefined) destroy(socket);
      this.#owner.notify({ kind: 'acceptFailed', error: asError(error) });
    }
  }

  /** @param turns of the event loop in which the end of the old connection may still be read */
  #decide(turns: number): void {
    const socket = this.#newcomer;
    const link = this.#owner.currentLink();
    if (socket === undefined) return;
    if (isGone(socket)) {
      this.#newcomer = undefined;
    } else if (link === undefined) {
      this.#newcomer = undefined;
      // Later than the socket was accepted: nobody else is there to catch what goes wrong.
      this.#owner.adopt(socket);
    } else if (!link.open) {
      // `afterLink` decides again.
    } else if (this.#second.probe(() => this.#refuseNewcomer())) {
      // It is refused should the old peer be alive; otherwise the old link closes.
    } else if (turns > 0) {
      // A host that closes and connects again in one go may do the latter first.
      this.#decideLater(turns - 1);
    } else {
      this.#newcomer = undefined;
      this.#takeSecond(socket);
    }
  }

  #refuseNewcomer(): void {
    const socket = this.#newcomer;
    this.#newcomer = undefined;
    if (socket !== undefined) this.refuse(socket, 'alreadyConnected');
  }

  #takeSecond(socket: NetworkSocket): void {
    if (this.#second.keep(socket)) this.#owner.notify(refusal(socket, 'alreadyConnected'));
    else this.refuse(socket, 'alreadyConnected');
  }
}

/** Whether a peer left before its socket was looked at. `end` is emitted once, and had no listener then. */
function isGone(socket: NetworkSocket): boolean {
  if (socket.readableEnded) destroy(socket);
  return socket.destroyed;
}
