import { FrameDecoder, type HsmsPacket } from '../../index.js';

/** What a tap makes of the bytes of one direction. */
export interface TapEvents {
  onPacket(packet: HsmsPacket): void;
  /** From here on the bytes are not HSMS; they are counted, no more. */
  onNonsense(problem: string, atByte: number): void;
}

/** Listens to one direction of a byte stream and cuts it into packets for as long as it is HSMS. It never throws. */
export class Tap {
  readonly #events: TapEvents;
  readonly #decoder: FrameDecoder;
  #bytes = 0;
  /** Bytes of the packets that were found. */
  #framedBytes = 0;
  #lost = false;

  constructor(events: TapEvents, maxPacketBytes: number) {
    this.#events = events;
    this.#decoder = new FrameDecoder((packet) => {
      this.#framedBytes += packet.length + 4;
      events.onPacket(packet);
    }, maxPacketBytes);
  }

  /** Bytes that came. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Bytes of a packet that has begun and is not whole. */
  get partialBytes(): number {
    return this.#lost ? 0 : this.#decoder.partialBytes;
  }

  push(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#lost) return;
    try {
      const error = this.#decoder.push(chunk);
      if (error !== undefined) this.#lose(error);
    } catch (error) {
      this.#lose(error);
    }
  }

  #lose(error: unknown): void {
    this.#lost = true;
    this.#decoder.stop();
    const problem = error instanceof Error ? error.message : String(error);
    this.#events.onNonsense(problem, this.#framedBytes);
  }
}
