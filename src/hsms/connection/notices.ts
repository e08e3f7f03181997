import type { HsmsHint } from '../link/hints.js';
import type { NetworkSocket } from '../../network/network.js';
import { remoteOf, type SocketAddress } from '../../network/socket-address.js';

/** Why a peer that connected was turned away. */
export type RefusalReason =
  'unexpectedAddress' | 'nameNotResolved' | 'alreadyConnected' | 'disabled' | 'tooManyUnselected';

/**
 * What an operator wants to know besides the four streams, told apart by `kind`.
 *
 * - `connectFailed`: an attempt to connect failed; the next one follows in `retrySeconds`.
 * - `refused`: a peer connected and was turned away.
 * - `listenFailed`: the port cannot be listened on; `enable()` rejected with the same error.
 * - `acceptFailed`: the system could not accept a connection, for want of file descriptors say; the port stays open.
 */
export type HsmsNotice =
  | {
      readonly kind: 'connectFailed';
      readonly error: Error;
      /** Number of this attempt since `enable()` or since the last established connection, from 1. */
      readonly attempt: number;
      /** Seconds until the next attempt (T5). */
      readonly retrySeconds: number;
      /** What to look at, where that can be told. */
      readonly hint?: HsmsHint;
    }
  | {
      readonly kind: 'refused';
      readonly reason: RefusalReason;
      readonly remote: SocketAddress;
      readonly error?: Error;
    }
  | { readonly kind: 'listenFailed' | 'acceptFailed'; readonly error: Error };

/** The notice that a peer was turned away. */
export function refusal(socket: NetworkSocket, reason: RefusalReason, error?: Error): HsmsNotice {
  return { kind: 'refused', reason, remote: remoteOf(socket), ...(error === undefined ? {} : { error }) };
}
