import { check } from '../check.js';
import type { HsmsConnection } from '../hsms/connection/connection.js';
import type { HsmsPacket } from '../hsms/wire/packet.js';

/** What a connection has sent and received, for the matchers `toHaveSent` and `toHaveReceived`. */
export interface Traffic {
  /** Packets handed to the network, oldest first. */
  readonly sent: readonly HsmsPacket[];
  /** Packets that have come, oldest first. */
  readonly received: readonly HsmsPacket[];
}

/**
 * Writes down the packets of a connection from now on, across its TCP connections.
 *
 * @example
 * ```ts
 * import { HsmsActiveConnection } from 'rxsecs';
 * import { recordTraffic } from 'rxsecs/testing';
 *
 * const connection = new HsmsActiveConnection('127.0.0.1', 5000, 0);
 * const { sent, received } = recordTraffic(connection);
 * console.log(sent.length, received.length);
 * ```
 */
export function recordTraffic(connection: HsmsConnection): Traffic {
  check.methods('connection', connection, ['enable', 'sendFor'], 'a connection');
  const sent: HsmsPacket[] = [];
  const received: HsmsPacket[] = [];
  connection.events.on('sent', (packet) => sent.push(packet));
  connection.events.on('message', (packet) => received.push(packet));
  return { sent, received };
}
