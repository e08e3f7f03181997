import type { SocketAddress } from '../network/socket-address.js';

/**
 * Where a connection stands.
 *
 * - `disabled`: not enabled.
 * - `connecting`: trying to connect.
 * - `waiting`: the last attempt or link ended; the next attempt follows after T5.
 * - `listening`: waiting for the peer.
 * - `connected`: the link is up.
 * - `closing`: `beforeClosed` is due or published, `closed` not yet.
 */
export type ConnectionState = 'disabled' | 'connecting' | 'waiting' | 'listening' | 'connected' | 'closing';

/** A member of a union that is told apart by `kind`. */
export interface Tagged {
  readonly kind: string;
}

/** A TCP connection of `C` is up. */
export interface EstablishedOn<C> {
  readonly connection: C;
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
}

/** A link of `C` is about to end. */
export interface BeforeClosedOn<C, Reason extends Tagged, Hint extends Tagged> {
  readonly connection: C;
  readonly reason: Reason;
  /** What to look at, where that can be told. */
  readonly hint?: Hint;
  /** Whether a packet sent from a handler of this event can still leave. It does so before the link closes. */
  readonly canSend: boolean;
}

/** A link of `C` has ended. */
export interface ClosedOn<C, Reason extends Tagged, Hint extends Tagged> {
  readonly connection: C;
  readonly reason: Reason;
  /** What to look at, where that can be told. */
  readonly hint?: Hint;
  /** How many packets were accepted for sending and did not leave; the promise of each was rejected. */
  readonly unsent: number;
}
