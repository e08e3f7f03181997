import { connect, createServer, type Server, type Socket } from 'node:net';

/** Bytes of a frame that pass before the rest does not. */
const HALF = 7;

/** Which way bytes go: from the side that connected, or towards it. */
export type Way = 'fromActive' | 'toActive';

interface Life {
  /** The side that connected to the proxy. */
  readonly near: Socket;
  /** The side that the proxy connects to. */
  readonly far: Socket;
}

/** A TCP proxy that keeps nothing, and does harm to the connection that it carries when told to. */
export class HarmProxy {
  readonly #lives = new Set<Life>();
  readonly #server: Server;

  private constructor(targetPort: () => number) {
    this.#server = createServer({ allowHalfOpen: true }, (near) => {
      const far = connect({ host: '127.0.0.1', port: targetPort(), allowHalfOpen: true });
      const life = { near, far };
      this.#lives.add(life);
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        from.on('error', () => to.destroy());
        from.on('close', () => {
          if (near.destroyed && far.destroyed) this.#lives.delete(life);
        });
        from.pipe(to);
      }
    });
  }

  static async listen(targetPort: () => number): Promise<HarmProxy> {
    const proxy = new HarmProxy(targetPort);
    await new Promise<void>((resolve) => proxy.#server.listen({ host: '127.0.0.1', port: 0 }, resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as { port: number }).port;
  }

  /** RST to both ends. */
  reset(): void {
    for (const { near, far } of this.#lives) for (const socket of [near, far]) reset(socket);
  }

  /** FIN to both ends. */
  end(): void {
    for (const { near, far } of this.#lives) {
      near.unpipe();
      far.unpipe();
      for (const socket of [near, far]) socket.resume().end();
    }
  }

  /** Of what comes next on this way the beginning passes; then the connection is reset, ended, or silent on that way. */
  half(way: Way, then: 'reset' | 'end' | 'silence'): void {
    for (const { near, far } of this.#lives) {
      const [from, to] = way === 'fromActive' ? [near, far] : [far, near];
      from.unpipe(to);
      from.once('data', (chunk: Buffer) => {
        if (to.writable) to.write(chunk.subarray(0, HALF));
        if (then === 'end') this.end();
        if (then === 'reset') setTimeout(() => this.reset(), 20);
      });
      // What follows is thrown away.
      from.on('data', () => {});
      // Without its pipe it has stopped.
      from.resume();
      to.once('close', () => from.destroy());
    }
  }

  /** Reads nothing any more on this way, so that its sender has to wait. */
  stopReading(way: Way): void {
    for (const { near, far } of this.#lives) {
      const [from, to] = way === 'fromActive' ? [near, far] : [far, near];
      from.unpipe(to);
      from.pause();
    }
  }

  async close(): Promise<void> {
    this.reset();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function reset(socket: Socket): void {
  if (socket.writableEnded || socket.connecting) socket.destroy();
  else socket.resetAndDestroy();
}
