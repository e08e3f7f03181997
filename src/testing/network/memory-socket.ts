import { Duplex } from 'node:stream';
import type { NetworkSocket } from '../../network/network.js';
import { nodeError } from './node-errors.js';
import type { Wire, WireReceiver } from './wire.js';

/** The addresses of both ends of a socket, and its two directions. */
export interface MemoryLink {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly outgoing: Wire;
  readonly incoming: Wire;
}

/** One end of a TCP connection in memory. It behaves as a `net.Socket` does on Linux: FIN, RST, half-open, back-pressure. */
export class MemorySocket extends Duplex implements NetworkSocket, WireReceiver {
  #link: MemoryLink | undefined;
  #connecting = true;
  #resets = false;
  /** The other end has sent FIN. */
  #ended = false;
  /** The other end has sent RST after FIN: Node does not read any more and notices at the next write. */
  #broken = false;
  #whenConnected: (() => void) | undefined;

  constructor(allowHalfOpen: boolean) {
    super({ allowHalfOpen });
  }

  get localAddress(): string | undefined {
    return this.#link?.localAddress;
  }

  get localPort(): number | undefined {
    return this.#link?.localPort;
  }

  get remoteAddress(): string | undefined {
    return this.#link?.remoteAddress;
  }

  get remotePort(): number | undefined {
    return this.#link?.remotePort;
  }

  /** Whether the connection is still being made. */
  get connecting(): boolean {
    return this.#connecting;
  }

  /** Does nothing: nothing is held back in memory. */
  setNoDelay(): this {
    return this;
  }

  /** Does nothing: a connection in memory does not die unnoticed unless a test wants it to. */
  setKeepAlive(): this {
    return this;
  }

  /** Closes with RST, whatever was still to be read or sent. */
  resetAndDestroy(): this {
    this.#resets = true;
    return this.destroy();
  }

  /** Gives the socket its two directions. Nothing is read before {@link open}. */
  attach(link: MemoryLink): void {
    this.#link = link;
  }

  /** The connection is made: both directions work from now on. */
  open(): void {
    this.#connecting = false;
    this.emit('connect');
    this.emit('ready');
    this.#whenConnected?.();
    this.#whenConnected = undefined;
    // As Node does: FIN and RST are noticed even when the socket is not read.
    this.#link?.incoming.want();
  }

  onData(bytes: Buffer): boolean {
    if (this.destroyed || this.readableEnded) {
      this.#link?.outgoing.reset();
      return false;
    }
    this.push(bytes);
    return true;
  }

  onEnd(): void {
    this.#ended = true;
    if (!this.destroyed) this.push(null);
  }

  onReset(): void {
    if (this.destroyed) return;
    this.#broken = true;
    if (!this.#ended) this.destroy(nodeError('ECONNRESET', 'read'));
    else this.#link?.outgoing.fail(nodeError('EPIPE', 'write'));
  }

  override _read(): void {
    if (!this.#connecting) this.#link?.incoming.want();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error) => void): void {
    this.#onceConnected(() => {
      if (this.#broken) callback(nodeError('EPIPE', 'write'));
      else this.#link?.outgoing.write(chunk, callback);
    });
  }

  override _writev(chunks: { readonly chunk: Buffer }[], callback: (error?: Error) => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'binary', callback);
  }

  override _final(callback: () => void): void {
    this.#onceConnected(() => {
      this.#link?.outgoing.end();
      callback();
    });
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    const link = this.#link;
    if (link !== undefined) {
      if (!this.#broken) {
        if (this.#resets || link.incoming.unread) link.outgoing.reset();
        else link.outgoing.abandon();
      }
      // What still comes is answered with RST: the socket is gone.
      link.incoming.want();
    }
    callback(error);
  }

  #onceConnected(action: () => void): void {
    if (this.#connecting) this.#whenConnected = action;
    else action();
  }
}
