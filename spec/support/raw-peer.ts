import { connect, createServer, type Server, type Socket } from 'node:net';
import { encodeFrame, FrameDecoder, type HsmsPacket } from '../../src/index.js';
import { until } from './until.js';

/** The other end of a connection as a bare socket: it sends any bytes and keeps what it gets. */
export class RawPeer {
  readonly packets: HsmsPacket[] = [];
  bytesReceived = 0;
  /** The other side has sent FIN. */
  ended = false;
  /** The socket is closed for good. */
  closed = false;
  /** Code of the error that closed it, ECONNRESET say. */
  errorCode: string | undefined;
  /** Its own port, kept beyond the close. */
  localPort = 0;
  /** Answers a FIN with its own, as an orderly peer does. */
  closesBack = true;
  readonly #decoder = new FrameDecoder((packet) => this.packets.push(packet));

  constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.bytesReceived += chunk.length;
      this.#decoder.push(chunk);
    });
    socket.on('end', () => {
      this.ended = true;
      if (this.closesBack) socket.end();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => (this.errorCode = error.code));
    socket.on('close', () => (this.closed = true));
  }

  /** Connects to a listening side. */
  static async connect(
    port: number,
    options: { host?: string; localAddress?: string } = {},
  ): Promise<RawPeer> {
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true, ...options });
    const peer = new RawPeer(socket);
    socket.once('connect', () => (peer.localPort = socket.localPort ?? 0));
    await until(`connect to ${port}`, () => socket.readyState === 'open' || peer.closed);
    return peer;
  }

  send(...packets: HsmsPacket[]): void {
    this.socket.write(Buffer.concat(packets.map(encodeFrame)));
  }

  write(bytes: Uint8Array): void {
    this.socket.write(bytes);
  }

  async receives(count: number): Promise<HsmsPacket[]> {
    await until(`${count} packets at the peer`, () => this.packets.length >= count);
    return this.packets;
  }

  async isClosed(): Promise<void> {
    await until('the close of the peer socket', () => this.closed);
  }
}

/** A listening port that serves every connection as a {@link RawPeer}. */
export class RawServer {
  readonly peers: RawPeer[] = [];

  private constructor(
    readonly server: Server,
    readonly port: number,
  ) {
    server.on('connection', (socket) => this.peers.push(new RawPeer(socket)));
  }

  static async listen(options: { port?: number; host?: string } = {}): Promise<RawServer> {
    const server = createServer({ allowHalfOpen: true });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
    });
    const address = server.address();
    return new RawServer(server, typeof address === 'object' && address !== null ? address.port : 0);
  }

  /** The peer of the connection with this number, from 0, once it is there. */
  async peer(index = 0): Promise<RawPeer> {
    await until(`connection ${index} at the server`, () => this.peers.length > index);
    return this.peers[index] as RawPeer;
  }

  async close(): Promise<void> {
    for (const { socket } of this.peers) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
