import type { BeforeClosedOn, ClosedOn, ConnectionState } from '../../connection/events.js';
import type { TcpNotice } from '../../connection/notices.js';
import type { SocketAddress } from '../../network/socket-address.js';
import type { DropReason } from '../block/assembler.js';
import type { Secs1Header } from '../block/header.js';
import type { Secs1CloseReason } from '../line/close-reason.js';
import type { RetryLimitError } from '../line/errors.js';
import type { Secs1Hint } from '../line/hints.js';
import type { Secs1Packet } from '../packet.js';

/** A line of `C` is open. */
export interface Secs1EstablishedOn<C> {
  readonly connection: C;
  /** Both ends, of a line on TCP. */
  readonly local?: SocketAddress;
  readonly remote?: SocketAddress;
}

/**
 * What an operator wants to know besides the four streams, told apart by `kind`.
 *
 * - those of TCP; `connectFailed` also of a serial port that cannot be opened.
 * - `messageFailed`: a message of ours failed in every try of a block; GEM counts it as a communication failure.
 * - `messageDropped`: what had come of a message of the peer was dropped.
 * - `duplicate`: a block came twice, and was dropped the second time.
 * - `strayBytes`: bytes came that mean nothing; told once for those that follow each other.
 * - `wrongDirection`: a message came with the R-bit of our own messages; told once a link.
 * - `wrongSetup`: something tells of a wrong set-up; told once a link.
 */
export type Secs1Notice =
  | TcpNotice<Secs1Hint>
  | {
      readonly kind: 'messageFailed';
      readonly header: Secs1Header;
      readonly error: RetryLimitError;
      readonly hint?: Secs1Hint;
    }
  | { readonly kind: 'messageDropped'; readonly header: Secs1Header; readonly reason: DropReason }
  | { readonly kind: 'duplicate' | 'wrongDirection'; readonly header: Secs1Header }
  | { readonly kind: 'strayBytes'; readonly byte: number }
  | { readonly kind: 'wrongSetup'; readonly hint: Secs1Hint };

/** Bytes as they are on the line. */
export interface LineBytes {
  readonly direction: 'in' | 'out';
  readonly bytes: Buffer;
}

/** The events of a connection of the type `C`, and what their listeners get. */
export interface Secs1EventsOn<C> {
  established: [event: Secs1EstablishedOn<C>];
  message: [packet: Secs1Packet];
  /** The last block of the message has been acknowledged. */
  sent: [packet: Secs1Packet];
  beforeClosed: [event: BeforeClosedOn<C, Secs1CloseReason, Secs1Hint>];
  closed: [event: ClosedOn<C, Secs1CloseReason, Secs1Hint>];
  state: [state: ConnectionState];
  notice: [notice: Secs1Notice];
  /** Bytes have come, or left. */
  bytes: [bytes: LineBytes];
  /** The connection was disposed of: nothing follows. */
  disposed: [];
}
