import type { NetworkSocket } from '../network/network.js';
import { remoteOf, type SocketAddress } from '../network/socket-address.js';
import type { Tagged } from './events.js';

/** Why a peer that connected was turned away. */
export type RefusalReason =
  'unexpectedAddress' | 'nameNotResolved' | 'alreadyConnected' | 'disabled' | 'tooManyUnselected';

/** The notice that a peer was turned away. */
export interface Refusal {
  readonly kind: 'refused';
  readonly reason: RefusalReason;
  readonly remote: SocketAddress;
  readonly error?: Error;
}

/** The notice that a port takes any peer. */
export interface OpenToAnyone {
  readonly kind: 'openToAnyone';
  /** Where it listens. */
  readonly local: SocketAddress;
}

/**
 * What an operator wants to know of a connection over TCP besides the four streams, told apart by `kind`.
 *
 * - `connectFailed`: an attempt to connect failed; the next one follows in `retrySeconds`.
 * - `refused`: a peer connected and was turned away.
 * - `listenFailed`: the port cannot be listened on; `enable()` rejected with the same error.
 * - `openToAnyone`: the port is open, at `local`, and takes any peer; told once after each `enable()`.
 * - `acceptFailed`: the system could not accept a connection, for want of file descriptors say; the port stays open.
 */
export type TcpNotice<Hint extends Tagged> =
  | {
      readonly kind: 'connectFailed';
      readonly error: Error;
      /** Number of this attempt since `enable()` or since the last established connection, from 1. */
      readonly attempt: number;
      /** Seconds until the next attempt (T5). */
      readonly retrySeconds: number;
      /** What to look at, where that can be told. */
      readonly hint?: Hint;
    }
  | Refusal
  | OpenToAnyone
  | { readonly kind: 'listenFailed' | 'acceptFailed'; readonly error: Error };

/** Makes the notice that a peer was turned away. */
export function refusal(socket: NetworkSocket, reason: RefusalReason, error?: Error): Refusal {
  return { kind: 'refused', reason, remote: remoteOf(socket), ...(error === undefined ? {} : { error }) };
}
