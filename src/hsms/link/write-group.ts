import { SType } from '../wire/codes.js';
import { writeFrame } from '../wire/frame-encoder.js';
import type { HsmsPacket } from '../wire/packet.js';
import { deferred, type Deferred } from '../../reactive/deferred.js';
import { rejected } from '../../reactive/rejected.js';
import type { SendListener, Sending } from '../../connection/sending.js';
import type { FrameSlab } from './frame-memory.js';

const SENT = Promise.resolve();

/**
 * Packets that leave together: small ones that were sent one after the other, as the bytes of their frames, or a single one. One of
 * a chain, in the order in which they leave.
 */
export class WriteGroup implements Sending {
  readonly packets: HsmsPacket[];
  bytes: number;
  /** Holds a message that ends a session, which no Select may overtake. */
  readonly endsSession: boolean;
  /** The memory that its frames lie in, and where they begin; undefined for a large packet. */
  readonly slab: FrameSlab | undefined;
  readonly start: number;
  /** The body of a large packet. */
  readonly parts: readonly Uint8Array[] | undefined;
  /** The next one in its chain. */
  next: WriteGroup | undefined = undefined;
  /** Those who are told at once what becomes of their packets. */
  #listeners: SendListener[] | undefined = undefined;
  #promised: Deferred<void> | undefined = undefined;
  #end: 'sent' | 'unsent' | undefined = undefined;
  #error: unknown = undefined;
  /** Undoes the listening on the caller's abort signal. */
  unlisten: (() => void) | undefined = undefined;
  aborted = false;

  /**
   * @param bytes of its frame
   * @param held memory with room for that, or the body of a packet too large to be copied
   * @throws what writing the packet throws
   */
  constructor(packet: HsmsPacket, bytes: number, held: FrameSlab | readonly Uint8Array[]) {
    this.packets = [packet];
    this.bytes = bytes;
    this.endsSession = isSessionEnd(packet);
    if (isParts(held)) {
      this.parts = held;
      this.slab = undefined;
      this.start = 0;
      return;
    }
    this.parts = undefined;
    this.slab = held;
    this.start = held.used;
    writeFrame(packet, held, held.used);
    held.used += bytes;
    held.begin();
  }

  /** Resolves when its packets have left. What befalls one of them befalls all: a packet that cannot be written is never in it. */
  get promise(): Promise<void> {
    if (this.#end === 'unsent') return rejected(this.#error);
    if (this.#end === 'sent') return SENT;
    return (this.#promised ??= deferred()).promise;
  }

  /**
   * Adds a packet of `bytes`, for which there is room right behind the others.
   * @throws what writing it throws; it is not added then
   */
  add(packet: HsmsPacket, bytes: number, slab: FrameSlab): void {
    writeFrame(packet, slab, slab.used);
    slab.used += bytes;
    this.packets.push(packet);
    this.bytes += bytes;
  }

  /** Adds the listener of the packet that came last. */
  tell(listener: SendListener): void {
    if (this.#listeners === undefined) this.#listeners = [listener];
    else this.#listeners.push(listener);
  }

  /** The packets have been handed to the socket, at this time of the clock. */
  settle(now: number): void {
    this.slab?.end();
    if (this.#end !== undefined) return;
    this.#end = 'sent';
    this.#promised?.resolve();
    if (this.#listeners !== undefined) for (const listener of this.#listeners) tellSent(listener, now);
  }

  /** The packets will not be sent. */
  fail(error: unknown): void {
    if (this.#end !== undefined) return;
    this.#end = 'unsent';
    this.#error = error;
    // No `unhandledRejection` for a sender that did not keep the promise.
    this.#promised?.promise.catch(() => {});
    this.#promised?.reject(error);
    if (this.#listeners !== undefined) for (const listener of this.#listeners) listener.unsent(error);
  }
}

function isParts(held: FrameSlab | readonly Uint8Array[]): held is readonly Uint8Array[] {
  return Array.isArray(held);
}

/** Calls one listener; one that throws fails its own packet alone. */
function tellSent(listener: SendListener, now: number): void {
  try {
    listener.sent(now);
  } catch (error) {
    listener.unsent(error);
  }
}

/** Whether a message ends a session: data sent before it belongs to that session. */
export function isSessionEnd({ header }: HsmsPacket): boolean {
  const { sType } = header;
  return sType === SType.separateReq || sType === SType.deselectReq || sType === SType.deselectRsp;
}
