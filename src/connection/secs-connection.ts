import type { EventEmitter } from 'node:events';
import type { Observable } from 'rxjs';
import type { Clock } from '../clock.js';
import type { SocketAddress } from '../network/socket-address.js';
import type { ErrorReporter } from '../reactive/report.js';
import type { BeforeClosedOn, ClosedOn, ConnectionState, Tagged } from './events.js';

/** A link is up. A serial line has no addresses. */
export interface LinkEstablished {
  readonly connection: SecsConnection;
  readonly local?: SocketAddress;
  readonly remote?: SocketAddress;
}

/** What an operator wants to know besides the four streams, told apart by `kind`; each kind has some of these fields. */
export interface ConnectionNotice extends Tagged {
  readonly error?: Error;
  /** Number of a failed attempt since `enable()` or since the last link, from 1. */
  readonly attempt?: number;
  /** Seconds until the next attempt. */
  readonly retrySeconds?: number;
  readonly hint?: Tagged;
  /** Why a peer was refused. */
  readonly reason?: string;
  /** The peer that was refused. */
  readonly remote?: SocketAddress;
  /** Where a port is open. */
  readonly local?: SocketAddress;
  /** How long nothing has happened. */
  readonly seconds?: number;
}

/**
 * What every connection offers, whatever the transport: HSMS or SECS-I. A connection lives from construction to
 * `dispose()`, across `enable()`, `disable()` and the links that come and go meanwhile.
 *
 * Its Observables are hot, never error, and complete when the connection is disposed of.
 */
export interface SecsConnection extends AsyncDisposable {
  readonly protocol: 'hsms' | 'secs1';
  /** The peer's address, where the transport has addresses. */
  readonly address?: string;
  /** Both ends of the link that is up, where it has addresses. */
  readonly localAddress?: SocketAddress | undefined;
  readonly remoteAddress?: SocketAddress | undefined;
  /** Session ID (HSMS) or device ID (SECS-I) of this connection's messages. */
  readonly sessionId: number;
  /** Time source. */
  readonly clock: Clock;
  /** Takes what listeners and subscribers throw, or what their promises reject with. */
  readonly onError: ErrorReporter;
  /** Where the connection stands. A subscriber first gets the current state. */
  readonly state: Observable<ConnectionState>;
  readonly currentState: ConnectionState;
  /** A link is up. */
  readonly established: Observable<LinkEstablished>;
  /** The link is about to close, and why; what is sent from here still leaves if `canSend`. */
  readonly beforeClosed: Observable<BeforeClosedOn<SecsConnection, Tagged, Tagged>>;
  /** The link has closed, and why. */
  readonly closed: Observable<ClosedOn<SecsConnection, Tagged, Tagged>>;
  /** Failed attempts, refused peers and the like. */
  readonly notices: Observable<ConnectionNotice>;
  /** The node:events emitter below the Observables. */
  readonly events: EventEmitter;
  /** Goes to work. Rejects with a SecsError. */
  enable(): Promise<void>;
  /** Ends the link and all attempts. Never rejects. */
  disable(): Promise<void>;
  /** Disables the connection for good. */
  dispose(): Promise<void>;
  /** A reason of `beforeClosed` and `closed` as a sentence. */
  describeReason(reason: Tagged): string;
  /** A hint as a sentence. */
  describeHint(hint: Tagged): string;
}
