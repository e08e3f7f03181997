import type { Clock } from '../clock.js';
import type { Network, NetworkSocket } from '../network/network.js';
import type { SocketAddress } from '../network/socket-address.js';
import type { ConnectionState, Tagged } from './events.js';
import type { TcpNotice } from './notices.js';

/** Gets TCP links for a connection, by dialling or by listening. It works from `start` to `stop`. */
export interface Connector {
  /** Where it listens; undefined when it does not. */
  readonly boundAddress: SocketAddress | undefined;
  /** Begins attempts or listening. May reject; the connection is disabled then. */
  start(): Promise<void>;
  /** Whether it is at work by the time `start` returns, and never rejects. */
  readonly startsAtOnce?: boolean;
  /** Ends attempts or listening; the link is left alone. Never rejects. */
  stop(): Promise<void>;
  /** The link has closed: arms what leads to the next link, and gives the state of the connection until then. */
  afterLink(): ConnectionState;
}

/** What a connector asks and tells the connection that it works for. It is never asked for a packet. */
export interface ConnectorOwner<Hint extends Tagged> {
  readonly clock: Clock;
  readonly network: Network;
  /** Whether the connection is meant to be up. */
  isEnabled(): boolean;
  /** The link that is up or closing. */
  currentLink(): { readonly open: boolean } | undefined;
  /** Takes a connected socket as the link. */
  adopt(socket: NetworkSocket): void;
  /** Changes the state and tells it. */
  setState(state: ConnectionState): void;
  /** Tells an operator. */
  notify(notice: TcpNotice<Hint>): void;
}
