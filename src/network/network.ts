import { lookup } from 'node:dns/promises';
import type { EventEmitter } from 'node:events';
import { connect, createServer, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * One end of a TCP connection, as far as this library uses it: a `net.Socket` is one. Besides the events of a stream it
 * emits `connect` once it is connected, and before that `error` (with Node's `code`) when it cannot be.
 */
export interface NetworkSocket extends Duplex {
  /** IP address of this end; undefined while it is not connected. */
  readonly localAddress?: string | undefined;
  /** Port of this end. */
  readonly localPort?: number | undefined;
  /** IP address of the other end. */
  readonly remoteAddress?: string | undefined;
  /** Port of the other end. */
  readonly remotePort?: number | undefined;
  /** Whether to send small writes at once. */
  setNoDelay(noDelay?: boolean): unknown;
  /** Whether to probe an idle connection, and after how many milliseconds. */
  setKeepAlive(enable?: boolean, initialDelay?: number): unknown;
}

/** A listening port, as far as this library uses it: a `net.Server` is one. It emits `error` and `close`. */
export interface NetworkServer extends EventEmitter {
  /** Begins to listen; `listening` is called once it does, `error` emitted when it cannot. */
  listen(options: NetworkListenOptions, listening: () => void): unknown;
  /** Where it listens. */
  address(): { readonly address: string; readonly port: number } | string | null;
  /** Stops listening; calls back, and emits `close`, once every accepted socket is closed. */
  close(callback?: () => void): unknown;
}

/** What {@link Network.connect} takes. */
export interface NetworkConnectOptions {
  /** Address or name of the peer. */
  readonly host: string;
  readonly port: number;
  /** Address to connect from; the system's choice when left out. */
  readonly localAddress?: string;
  /** The socket stays writable when the peer has ended. */
  readonly allowHalfOpen: boolean;
}

/** What {@link NetworkServer.listen} takes. */
export interface NetworkListenOptions {
  /** 0 for any free port. */
  readonly port: number;
  /** Address of the interface; every interface when left out. */
  readonly host?: string;
}

/**
 * What makes sockets for connections: node:net unless told otherwise. Another one carries them through TLS or a proxy,
 * or, in tests, through memory.
 */
export interface Network {
  /** Begins to connect, as `net.connect` does. */
  connect(options: NetworkConnectOptions): NetworkSocket;
  /** Makes a server that does not listen yet, as `net.createServer` does. `onSocket` gets each accepted socket. */
  createServer(
    options: { readonly allowHalfOpen: boolean },
    onSocket: (socket: NetworkSocket) => void,
  ): NetworkServer;
  /** The addresses that a host name stands for now. Rejects when there are none. */
  lookup(name: string): Promise<readonly string[]>;
}

/**
 * The network of this machine: node:net and the system's resolver.
 *
 * @example
 * ```ts
 * import { HsmsActiveConnection, nodeNetwork, type Network } from 'rxsecs';
 *
 * // The sockets of Node, with TCP keep-alive off.
 * const network: Network = { ...nodeNetwork };
 * const connection = new HsmsActiveConnection('127.0.0.1', 5000, 0, undefined, { network });
 * ```
 */
export const nodeNetwork: Network = {
  connect: (options) => connect(options),
  createServer: (options, onSocket) => createServer(options, onSocket),
  lookup: async (name) => (await lookup(name, { all: true })).map(({ address }) => address),
};

/** Closes a socket at once; one of somebody's own network that cannot even do that is let go. */
export function destroy(socket: NetworkSocket): void {
  try {
    socket.destroy();
  } catch {
    // Nothing else can be done with it.
  }
}

/** What a socket writes by; somebody's own network may have put something in front of it. */
const WRITING = ['write', '_write', '_writev', '_writeGeneric', 'cork', 'uncork'] as const;

/** Whether this is a TCP socket and nothing else: other streams, TLS among them, may hold on to what they were given. */
export function isPlainSocket(socket: NetworkSocket): boolean {
  if (Object.getPrototypeOf(socket) !== Socket.prototype) return false;
  return !WRITING.some((name) => Object.hasOwn(socket, name));
}
