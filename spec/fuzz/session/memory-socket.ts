import { EventEmitter } from 'node:events';
import { Duplex } from 'node:stream';
import type { Network, NetworkServer, NetworkSocket } from '../../../src/index.js';

/** A socket whose other end is the test: bytes are pushed in, and what is written is kept. */
export class MemorySocket extends Duplex implements NetworkSocket {
  readonly localAddress = '127.0.0.1';
  readonly localPort = 5000;
  readonly remoteAddress: string | undefined = '127.0.0.2';
  readonly remotePort = 40_000;
  readonly written: Buffer[] = [];

  constructor() {
    super({ allowHalfOpen: true });
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.written.push(chunk);
    done();
  }

  setNoDelay(): void {}
  setKeepAlive(): void {}
}

/** A network of which the test is the other end. */
export class MemoryNetwork implements Network {
  socket: MemorySocket | undefined;
  #accept: ((socket: NetworkSocket) => void) | undefined;

  connect(): NetworkSocket {
    const socket = (this.socket = new MemorySocket());
    process.nextTick(() => socket.emit('connect'));
    return socket;
  }

  createServer(_options: object, onSocket: (socket: NetworkSocket) => void): NetworkServer {
    this.#accept = onSocket;
    const server = new EventEmitter();
    return Object.assign(server, {
      listen: (_where: object, listening: () => void) => process.nextTick(listening),
      address: () => ({ address: '127.0.0.1', port: 5000 }),
      close: (closed?: () => void) => {
        process.nextTick(() => {
          server.emit('close');
          closed?.();
        });
      },
    });
  }

  lookup(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  /** A peer connects to a listening side. */
  arrive(end: { readonly remoteAddress?: string | undefined } = {}): MemorySocket {
    this.socket = Object.assign(new MemorySocket(), end);
    this.#accept?.(this.socket);
    return this.socket;
  }
}
