import type { NetworkSocket } from '../../network/network.js';
import { encodeFrame } from '../../hsms/wire/frame-encoder.js';
import { FrameDecoder } from '../../hsms/wire/frame-decoder.js';
import type { HsmsPacket } from '../../hsms/wire/packet.js';

/** How a connection of a scripted peer ended. */
export type PeerEnd = 'closed' | 'reset';

/** What a {@link PeerLink} tells. */
export interface PeerLinkOwner {
  onPacket(packet: HsmsPacket): void;
  /** What came is not HSMS. */
  onBadBytes(error: Error): void;
  /** The other side has sent FIN. */
  onEnd(): void;
  onClosed(how: PeerEnd): void;
}

/** One TCP connection of a scripted peer: any bytes out, frames in. */
export class PeerLink {
  readonly #socket: NetworkSocket;

  constructor(socket: NetworkSocket, owner: PeerLinkOwner) {
    this.#socket = socket;
    let how: PeerEnd = 'closed';
    const decoder = new FrameDecoder((packet) => owner.onPacket(packet));
    socket.on('data', (chunk: Buffer) => {
      const error = decoder.push(chunk);
      if (error !== undefined) owner.onBadBytes(error);
    });
    socket.on('end', () => owner.onEnd());
    socket.on('error', () => (how = 'reset'));
    socket.on('close', () => owner.onClosed(how));
  }

  /** Resolves once the bytes are handed to the network. */
  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.write(bytes, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }

  send(packet: HsmsPacket): Promise<void> {
    return this.write(encodeFrame(packet));
  }

  /** FIN. */
  end(): void {
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** RST. */
  reset(): void {
    const socket = this.#socket as NetworkSocket & { resetAndDestroy?: () => unknown };
    if (socket.resetAndDestroy === undefined) socket.destroy();
    else socket.resetAndDestroy();
  }
}
