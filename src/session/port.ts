import type { Sending, SendListener } from '../connection/sending.js';
import type { Clock } from '../clock.js';
import type { SecsMessage } from '../secs2/message.js';
import type { Protocol } from './errors.js';
import type { DataHeader } from './header.js';
import type { Incoming } from './transactions/transactions.js';

/** How a primary is answered. */
export interface ReplyPath {
  readonly protocol: Protocol;
  readonly clock: Clock;
  /** Stands for the link at hand, to tell it from a later one; undefined while there is none. */
  readonly life: object | undefined;
  /** Whether data messages of the session may be sent at this moment. */
  isUsable(): boolean;
  /**
   * Sends a secondary message with the session ID and system bytes of the primary.
   * @throws Secs2DepthError for a message that cannot be encoded.
   */
  reply(primary: DataHeader, message: SecsMessage, listener: SendListener): Sending;
}

/** What a session needs of its transport: one port for each session. */
export interface MessagePort<Packet extends Incoming> extends ReplyPath {
  /** System bytes for the next primary, unlike those of any open transaction. */
  nextSystemBytes(): number;
  /**
   * Makes what is sent of a message.
   * @throws Secs2DepthError for a message that cannot be encoded.
   */
  packet(message: SecsMessage, sessionId: number, wBit: boolean, systemBytes: number): Packet;
  /** Sends a packet. The listener is called at once, and only then the promise, if anybody asked for it, is settled. */
  send(packet: Packet, listener?: SendListener, signal?: AbortSignal): Sending;
  /** Sends what a message of the peer calls for: the transport bounds how much of it may wait. */
  answer(packet: Packet): void;
  /** Tells the peer that its data message was refused because of its session ID, where the transport can. */
  refuse(packet: Packet): void;
  /** T3 has ended a transaction. */
  onT3(): void;
}
