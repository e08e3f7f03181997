import type { SocketAddress } from '../../network/socket-address.js';
import type { Secs1CloseReason } from '../line/close-reason.js';

/** What a {@link ByteLink} tells the connection that reads it. */
export interface ByteLinkReader {
  onBytes(chunk: Buffer): void;
  /** The link has ended by itself; the reader calls `close`. Called once at most. */
  onEnded(reason: Secs1CloseReason): void;
}

/** Carries bytes both ways, from open to closed: a serial port, a TCP connection, memory. */
export interface ByteLink {
  readonly local?: SocketAddress;
  readonly remote?: SocketAddress;
  /** Begins to read. */
  read(reader: ByteLinkReader): void;
  /** Writes bytes, and calls back once the last of them has left this side, as far as that is known; not when it never does. */
  write(bytes: Buffer, written?: () => void): void;
  /** Closes the link, within `seconds`, and calls back once. Nothing is read any more. */
  close(seconds: number, closed: () => void): void;
}
