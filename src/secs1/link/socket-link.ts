import type { Clock, Timer } from '../../clock.js';
import type { NetworkSocket } from '../../network/network.js';
import { localOf, remoteOf, type SocketAddress } from '../../network/socket-address.js';
import type { Secs1CloseReason } from '../line/close-reason.js';
import type { ByteLink, ByteLinkReader } from './byte-link.js';

/** Idle seconds before TCP asks whether the peer is still there. */
const KEEP_ALIVE_SECONDS = 10;

const RESET_CODES: readonly string[] = ['ECONNRESET', 'EPIPE', 'ECONNABORTED'];

/** The bytes of a line on a TCP connection. */
export class SocketLink implements ByteLink {
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  readonly #socket: NetworkSocket;
  readonly #clock: Clock;
  #reader: ByteLinkReader | undefined;
  #closed: (() => void) | undefined;
  #timer: Timer | undefined;

  constructor(socket: NetworkSocket, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
    this.local = localOf(socket);
    this.remote = remoteOf(socket);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, KEEP_ALIVE_SECONDS * 1000);
  }

  read(reader: ByteLinkReader): void {
    this.#reader = reader;
    const socket = this.#socket;
    socket.on('data', (chunk: Buffer) => this.#reader?.onBytes(chunk));
    socket.on('end', () => this.#ended({ kind: 'remoteClosed' }));
    socket.on('error', (error) => this.#ended(reasonOf(error)));
    socket.on('close', () => {
      this.#ended({ kind: 'reset', error: new Error('the socket was closed') });
      this.#timer?.cancel();
      this.#closed?.();
      this.#closed = undefined;
    });
  }

  write(bytes: Buffer, written?: () => void): void {
    // An error is told by the event of that name.
    this.#socket.write(bytes, (error) => {
      if (error === null || error === undefined) written?.();
    });
  }

  close(seconds: number, closed: () => void): void {
    this.#reader = undefined;
    if (this.#socket.closed) {
      closed();
      return;
    }
    this.#closed = closed;
    this.#timer = this.#clock.setTimer('close', seconds, () => this.#socket.destroy());
    // The socket closes when the peer has closed too; closing earlier could destroy the ACK that it has not read yet.
    this.#socket.end();
    this.#socket.resume();
  }

  #ended(reason: Secs1CloseReason): void {
    const reader = this.#reader;
    this.#reader = undefined;
    reader?.onEnded(reason);
  }
}

function reasonOf(error: Error): Secs1CloseReason {
  const code = 'code' in error ? String(error.code) : '';
  return { kind: RESET_CODES.includes(code) ? 'reset' : 'networkError', error };
}
