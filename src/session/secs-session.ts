import type { EventEmitter } from 'node:events';
import type { Observable } from 'rxjs';
import type { SecsConnection } from '../connection/secs-connection.js';
import type { BufferedIterator, BufferOptions } from '../reactive/buffered-iterator.js';
import type { SecsMessage } from '../secs2/message.js';
import type { Protocol } from './errors.js';
import type { Availability, SessionMessage, SessionWarning } from './events.js';
import type { DataHeader } from './header.js';
import type { SecsPrimary } from './primary.js';
import type { SessionEnd } from './session-end.js';
import type { AutoS9, AutoS9Setting, RequestOptions, SecsSessionSettings } from './settings.js';
import type { Stream9Function } from './stream9.js';

/**
 * What a SECS user holds of a peer, whatever the transport: HSMS and SECS-I sessions are alike here. It carries data
 * transactions (E5) and lives as long as its connection, across links that come and go.
 *
 * Its Observables are hot, never error, and complete when the connection is disposed of.
 */
export interface SecsSession {
  readonly protocol: Protocol;
  /** Session ID (HSMS) or device ID (SECS-I) of the messages sent. */
  readonly sessionId: number;
  /** Which side of E5 this is. */
  readonly entity: 'host' | 'equipment';
  readonly connection: SecsConnection;
  /** What the session can be used for. A subscriber first gets the current value. */
  readonly availability: Observable<Availability>;
  readonly currentAvailability: Availability;
  /** Every data message of this session: primaries, replies, and replies that match no request. */
  readonly messages: Observable<SessionMessage>;
  /** Every primary message that is for the user to handle. */
  readonly primaries: Observable<SecsPrimary>;
  /** The session was usable and is so no more, and why. */
  readonly ended: Observable<SessionEnd>;
  /** Something odd that did no harm. */
  readonly warnings: Observable<SessionWarning>;
  /** The node:events emitter below the Observables; its events are those of `SecsSessionEvents`. */
  readonly events: EventEmitter;
  /** The settings in force. */
  readonly settings: SecsSessionSettings;
  /** Which messages of stream 9 are sent by themselves; `configure` changes it. */
  readonly autoS9: AutoS9;
  /** How many requests wait for their reply. */
  readonly openRequests: number;
  /** Changes settings, also while the session runs: each takes effect the next time it is used. */
  configure(changes: Partial<SecsSessionSettings> & { readonly autoS9?: AutoS9Setting }): void;
  /**
   * Resolves when data messages may be sent: at once, if they may. Rejects with the signal's reason, or with a SecsError when the
   * connection is disposed of.
   */
  usable(options?: { readonly signal?: AbortSignal }): Promise<void>;
  /** Sends a primary message and waits for its reply. A failure is a SecsError with an `outcome`, see {@link SecsRequestError}. */
  request(message: SecsMessage, options?: RequestOptions): Promise<SecsMessage>;
  /** Sends a message that wants no reply. Resolves when it has been handed to the link. */
  send(message: SecsMessage, options?: { readonly signal?: AbortSignal }): Promise<void>;
  /** Reports the message with this header to the peer: sends S9Ffn with its ten bytes as MHEAD (E5). */
  reportError(fn: Stream9Function, header: DataHeader): Promise<void>;
  /** The primaries as an iteration with a bounded buffer, for a consumer that awaits something for each. */
  iteratePrimaries(options?: BufferOptions): BufferedIterator<SecsPrimary>;
  /**
   * Makes no further requests, waits for the open ones, and then ends the session.
   * @param options.within seconds after which it ends whatever is open; by default T3 of each request bounds the wait
   */
  close(options?: { readonly within?: number }): Promise<void>;
}
