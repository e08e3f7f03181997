import { connect, type Socket } from 'node:net';
import { codeOf } from '../exit-codes.js';
import type { Endpoint } from '../values.js';

/** What happens on one proxied connection. */
export interface ForwardEvents {
  /** The target has accepted the connection. */
  onConnected(target: Socket): void;
  /** Bytes have come and been passed on. */
  onBytes(from: 'client' | 'target', chunk: Buffer): void;
  /** One side has said that it sends no more; the other direction goes on. */
  onEnd(from: 'client' | 'target'): void;
  /** Both sides are gone. `error` is what ended them, if anything did. */
  onClosed(error: Error | undefined): void;
}

/**
 * Passes everything between a client and a target: bytes as they are, the end of a direction as the end of that
 * direction, a reset as a reset. A side that does not read holds up the other one, not this process's memory.
 * @param client a socket with allowHalfOpen
 * @returns a function that ends both
 */
export function forward(client: Socket, to: Endpoint, events: ForwardEvents): () => void {
  const target = connect({ host: to.host, port: to.port, allowHalfOpen: true, noDelay: true });
  let failure: Error | undefined;
  let open = 2;
  client.setNoDelay(true);
  target.once('connect', () => events.onConnected(target));
  const join = (from: 'client' | 'target', source: Socket, sink: Socket): void => {
    source.on('data', (chunk: Buffer) => {
      if (!sink.write(chunk)) source.pause();
      events.onBytes(from, chunk);
    });
    sink.on('drain', () => source.resume());
    source.on('end', () => {
      sink.end();
      events.onEnd(from);
    });
    source.on('error', (error) => {
      failure ??= error;
      tearDown(sink, error);
    });
    source.on('close', () => {
      // A side that has gone reads no more.
      if (!source.readableEnded) sink.destroy();
      if (--open === 0) events.onClosed(failure);
    });
  };
  join('client', client, target);
  join('target', target, client);
  return () => {
    client.destroy();
    target.destroy();
  };
}

/** Lets the other side see a reset where there was one, and where the target did not accept. */
function tearDown(socket: Socket, error: Error): void {
  const reset = ['ECONNRESET', 'ECONNREFUSED', 'EPIPE'].includes(codeOf(error) ?? '');
  if (reset && !socket.connecting) socket.resetAndDestroy();
  else socket.destroy();
}
