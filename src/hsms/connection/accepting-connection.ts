import { randomInt } from 'node:crypto';
import type { Timer } from '../../clock.js';
import { HsmsConnection } from './connection.js';
import { refusal, type RefusalReason } from './notices.js';
import type { ConnectionState } from '../../connection/events.js';
import { keepUntilSelect } from './kept-socket.js';
import type { NetworkSocket } from '../../network/network.js';

/** How many second connections may wait for their Select.req at a time. */
const MAX_KEPT = 8;

/**
 * For so many turns of the event loop the end of the old connection may come after the new one: some tenths of a millisecond. Turns,
 * not time: a busy process needs them to read what the kernel holds already.
 */
const SECOND_TURNS = 64;

/**
 * A connection that takes sockets which a listening port has accepted from its peer: one at a time, by the rules for
 * a second one (P-11).
 */
export abstract class AcceptingConnection extends HsmsConnection {
  readonly role = 'passive';
  /** The peer's new connection, while its old one is closing or being probed. */
  #newcomer: NetworkSocket | undefined;
  #decision: Timer | undefined;
  readonly #kept = new Set<NetworkSocket>();

  /** Whether the TCP connection that is up, or closing, was seen to be selected. */
  get seenSelected(): boolean {
    return this.link?.selected === true;
  }

  /** Takes a socket whose peer is the expected one. */
  protected offer(socket: NetworkSocket): void {
    // The peer may have left again while its address was looked up.
    if (isGone(socket)) return;
    if (!this.enabled) this.refuse(socket, 'disabled');
    else if (this.link === undefined) this.adopt(socket);
    else if (this.#newcomer !== undefined && !isGone(this.#newcomer)) this.#second(socket);
    else {
      // The end of the old connection may wait in the same turn of the event loop, unread as yet.
      this.#newcomer = socket;
      this.#decision?.cancel();
      this.#decision = this.clock.afterPoll(() => this.#decide(SECOND_TURNS));
    }
  }

  /** Closes a socket at once and says why. */
  protected refuse(socket: NetworkSocket, reason: RefusalReason, error?: Error): void {
    const notice = refusal(socket, reason, error);
    socket.destroy();
    this.notify(notice);
  }

  protected override stop(): Promise<void> {
    this.#decision?.cancel();
    this.#newcomer?.destroy();
    this.#newcomer = undefined;
    for (const socket of this.#kept) socket.destroy();
    return Promise.resolve();
  }

  /** The state while no peer is connected. */
  protected abstract idleState(): ConnectionState;

  protected override afterLink(): ConnectionState {
    // Adopted once `closed` of the old connection has been published.
    if (this.#newcomer !== undefined) {
      this.#decision?.cancel();
      this.#decision = this.clock.afterPoll(() => this.#decide(SECOND_TURNS));
    }
    return this.idleState();
  }

  /** @param turns of the event loop in which the end of the old connection may still be read */
  #decide(turns: number): void {
    const socket = this.#newcomer;
    const { link } = this;
    if (socket === undefined) return;
    if (isGone(socket)) {
      this.#newcomer = undefined;
    } else if (link === undefined) {
      this.#newcomer = undefined;
      this.adopt(socket);
    } else if (!link.open) {
      // `afterLink` decides again.
    } else if (this.settings.secondConnection === 'takeOver') {
      link.probe(randomInt(0x1_0000_0000), (alive) => {
        if (!alive) link.close({ kind: 'takenOver' });
        else this.#refuseNewcomer();
      });
    } else if (turns > 0) {
      // A host that closes and connects again in one go may do the latter first.
      this.#decision = this.clock.afterPoll(() => this.#decide(turns - 1));
    } else {
      this.#newcomer = undefined;
      this.#second(socket);
    }
  }

  #refuseNewcomer(): void {
    const socket = this.#newcomer;
    this.#newcomer = undefined;
    if (socket !== undefined) this.refuse(socket, 'alreadyConnected');
  }

  #second(socket: NetworkSocket): void {
    if (this.settings.secondConnection !== 'answerSelect' || this.#kept.size >= MAX_KEPT) {
      this.refuse(socket, 'alreadyConnected');
      return;
    }
    this.#kept.add(socket);
    socket.on('close', () => this.#kept.delete(socket));
    keepUntilSelect(socket, this.clock, this.settings);
    this.notify(refusal(socket, 'alreadyConnected'));
  }
}

/** Whether a peer has left again before its socket was looked at: its end is told once, and nobody has heard it. */
function isGone(socket: NetworkSocket): boolean {
  if (socket.readableEnded) socket.destroy();
  return socket.destroyed;
}
