import { EventEmitter } from 'node:events';
import type { NetworkListenOptions, NetworkServer } from '../../network/network.js';
import { MemorySocket } from './memory-socket.js';
import { nodeError } from './node-errors.js';

/** Where servers of a network listen. */
export interface Ports {
  /** Takes a port, or any free one for 0; returns undefined where it is taken. */
  bind(server: MemoryServer, host: string | undefined, port: number): number | undefined;
  /** Gives the port back. */
  unbind(server: MemoryServer): void;
}

/** A listening port in memory; behaves as a `net.Server` does. */
export class MemoryServer extends EventEmitter implements NetworkServer {
  readonly #ports: Ports;
  readonly #allowHalfOpen: boolean;
  readonly #sockets = new Set<MemorySocket>();
  #bound: { readonly address: string; readonly port: number } | undefined;
  #closing = false;

  constructor(ports: Ports, allowHalfOpen: boolean) {
    super();
    this.#ports = ports;
    this.#allowHalfOpen = allowHalfOpen;
  }

  listen({ port, host }: NetworkListenOptions, listening: () => void): this {
    const bound = this.#ports.bind(this, host, port);
    if (bound === undefined) {
      const error = nodeError('EADDRINUSE', 'listen', { address: host ?? '::', port });
      process.nextTick(() => this.emit('error', error));
      return this;
    }
    this.#bound = { address: host ?? '::', port: bound };
    this.once('listening', listening);
    process.nextTick(() => {
      if (this.#bound !== undefined) this.emit('listening');
    });
    return this;
  }

  address(): { readonly address: string; readonly port: number; readonly family: string } | null {
    const bound = this.#bound;
    return bound === undefined ? null : { ...bound, family: bound.address.includes(':') ? 'IPv6' : 'IPv4' };
  }

  close(callback?: () => void): this {
    if (callback !== undefined) this.once('close', callback);
    if (this.#bound === undefined) {
      process.nextTick(() => this.emit('close'));
      return this;
    }
    this.#ports.unbind(this);
    this.#bound = undefined;
    this.#closing = true;
    this.#tellIfClosed();
    return this;
  }

  /** A peer has connected: makes this side's socket. */
  makeSocket(): MemorySocket {
    const socket = new MemorySocket(this.#allowHalfOpen);
    this.#sockets.add(socket);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#tellIfClosed();
    });
    return socket;
  }

  #tellIfClosed(): void {
    if (!this.#closing || this.#sockets.size > 0) return;
    this.#closing = false;
    process.nextTick(() => this.emit('close'));
  }
}
