import type { HsmsPacket } from '../wire/packet.js';
import type { CloseReason } from '../link/close-reason.js';
import type { HsmsHint } from '../link/hints.js';
import type { HsmsConnection } from './connection.js';
import type { NetworkSocket } from '../../network/network.js';
import { remoteOf, type SocketAddress } from '../../network/socket-address.js';

/**
 * Where a connection stands.
 *
 * - `disabled`: not enabled.
 * - `connecting`: an attempt to connect is under way (active).
 * - `waiting`: the attempt or connection ended less than T5 ago (active).
 * - `listening`: waiting for the peer (passive).
 * - `connected`: the TCP connection is up.
 * - `closing`: `beforeClosed` is due or published, `closed` not yet.
 */
export type ConnectionState = 'disabled' | 'connecting' | 'waiting' | 'listening' | 'connected' | 'closing';

/** A TCP connection is up. */
export interface EstablishedEvent {
  readonly connection: HsmsConnection;
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
}

/** A TCP connection is about to end. */
export interface BeforeClosedEvent {
  readonly connection: HsmsConnection;
  readonly reason: CloseReason;
  /** What to look at, where that can be told. */
  readonly hint?: HsmsHint;
  /** Whether a packet sent from a handler of this event can still leave. It does so before the socket closes. */
  readonly canSend: boolean;
}

/** A TCP connection has ended; its socket is closed. */
export interface ClosedEvent {
  readonly connection: HsmsConnection;
  readonly reason: CloseReason;
  /** What to look at, where that can be told. */
  readonly hint?: HsmsHint;
  /** How many packets were accepted for sending and not handed to the socket; the promise of each was rejected. */
  readonly unsent: number;
}

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

/** The events of {@link HsmsConnection.events} and what their listeners get. */
export interface HsmsConnectionEvents {
  established: [event: EstablishedEvent];
  message: [packet: HsmsPacket];
  /** The last byte of the packet has been handed to the socket. */
  sent: [packet: HsmsPacket];
  beforeClosed: [event: BeforeClosedEvent];
  closed: [event: ClosedEvent];
  state: [state: ConnectionState];
  notice: [notice: HsmsNotice];
  /** The connection was disposed of: nothing follows. */
  disposed: [];
}

/** The notice that a peer was turned away. */
export function refusal(socket: NetworkSocket, reason: RefusalReason, error?: Error): HsmsNotice {
  return { kind: 'refused', reason, remote: remoteOf(socket), ...(error === undefined ? {} : { error }) };
}
