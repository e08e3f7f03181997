import type { HsmsPacket } from '../wire/packet.js';
import type { HsmsConnectionDelegate } from '../connection/connection.js';
import type { HsmsNotice } from '../connection/notices.js';
import type { BeforeClosedEvent, ClosedEvent, EstablishedEvent } from '../connection/connection.js';
import type { SocketAddress } from '../../network/socket-address.js';
import type { HsmsMultiPassiveConnection } from './multi-passive-connection.js';
import type { HsmsConnectionOptions } from '../connection/connection.js';

/** How an unknown peer is to be served. */
export interface UnknownPeer {
  /** Session ID of the connection that is made for it, 0 to 65535. */
  readonly sessionId: number;
  readonly delegate?: HsmsConnectionDelegate;
  /** Options of that connection, over those of the server. */
  readonly options?: HsmsConnectionOptions;
  /** Given the connection before it is up: the place to construct an `HsmsSession` on it, whose T7 then bounds the wait for a Select. */
  readonly onCreated?: (connection: HsmsMultiPassiveConnection) => void;
}

/** Options of a {@link HsmsMultiPassiveServer}. Those of connections are the defaults of every connection it makes. */
export interface HsmsMultiPassiveServerOptions extends HsmsConnectionOptions {
  /**
   * How many connections of unknown peers may be up that have not been seen to be selected, those counted whose name is
   * being looked up; further ones are refused. It guards the port against peers that connect and do nothing; an expected
   * address is always served. Default 1024; Infinity for no bound.
   */
  readonly maxUnselected?: number;
  /**
   * Asked for each peer whose address is not expected: says how to serve it, or undefined to refuse it. Not asked when
   * `maxUnselected` is reached. The connection made for it stays, and serves that address, until it is removed; one that
   * closes without having been seen to be selected is removed and disposed of, so that strangers leave nothing behind.
   */
  readonly acceptUnknown?: (peer: SocketAddress) => UnknownPeer | undefined;
}

/** A packet and the connection that it arrived on. */
export interface ServerMessageEvent {
  readonly connection: HsmsMultiPassiveConnection;
  readonly packet: HsmsPacket;
}

/** A notice and the connection that it concerns; none for a peer that belongs to no connection. */
export interface ServerNoticeEvent {
  readonly connection?: HsmsMultiPassiveConnection;
  readonly notice: HsmsNotice;
}

/** The events of {@link HsmsMultiPassiveServer.events} and what their listeners get. */
export interface HsmsMultiPassiveServerEvents {
  /** A peer was added, by `createConnection` or by `acceptUnknown`. */
  added: [connection: HsmsMultiPassiveConnection];
  established: [event: EstablishedEvent];
  message: [event: ServerMessageEvent];
  beforeClosed: [event: BeforeClosedEvent];
  closed: [event: ClosedEvent];
  notice: [event: ServerNoticeEvent];
  /** The server was disposed of: nothing follows. */
  disposed: [];
}
