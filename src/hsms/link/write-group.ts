import { SType } from '../wire/codes.js';
import { frameBytes } from '../wire/frame-encoder.js';
import type { HsmsPacket } from '../wire/packet.js';
import { deferred, type Deferred } from '../../reactive/deferred.js';
import { rejected } from '../../reactive/rejected.js';
import type { SendListener, Sending } from '../../connection/sending.js';

const SENT = Promise.resolve();

/** Packets that were taken out of their group. */
export interface DroppedPackets {
  /** Of their frames. */
  readonly bytes: number;
  /** Tells their senders. */
  readonly tell: () => void;
}

/**
 * Packets that leave, and are settled, together: small ones that were sent one after the other, or a single one. One of a
 * chain, in the order in which they leave.
 */
export class WriteGroup implements Sending {
  readonly packets: HsmsPacket[];
  bytes: number;
  /** Holds a message that ends a session, which no Select may overtake. */
  readonly endsSession: boolean;
  /** The next one in its chain. */
  next: WriteGroup | undefined = undefined;
  /** Who is told at once what becomes of the packets, each in the place of its packet. */
  #listeners: (SendListener | undefined)[] | undefined = undefined;
  /** The places of the packets whose senders share the promise. */
  #sharing: number[] | undefined = undefined;
  #deferred: Deferred<void> | undefined = undefined;
  #end: 'sent' | 'unsent' | undefined = undefined;
  #error: unknown = undefined;
  /** Undoes the listening on the caller's abort signal. */
  unlisten: (() => void) | undefined = undefined;
  aborted = false;

  constructor(packet: HsmsPacket, bytes: number) {
    this.packets = [packet];
    this.bytes = bytes;
    this.endsSession = isSessionEnd(packet);
  }

  /** Asked for when the packet that came last was accepted: it is the promise of that one. */
  get promise(): Promise<void> {
    if (this.#end === 'unsent') return rejected(this.#error);
    if (this.#end === 'sent') return SENT;
    const place = this.packets.length - 1;
    if (this.#sharing === undefined) this.#sharing = [place];
    else this.#sharing.push(place);
    this.#deferred ??= deferred();
    return this.#deferred.promise;
  }

  /** Sets the listener of the packet that came last. */
  tell(listener: SendListener): void {
    this.#listeners ??= [];
    while (this.#listeners.length < this.packets.length - 1) this.#listeners.push(undefined);
    this.#listeners.push(listener);
  }

  /** The packets have been handed to the socket, at this time of the clock. */
  settle(now: number): void {
    if (this.#end !== undefined) return;
    this.#end = 'sent';
    this.#deferred?.resolve();
    if (this.#listeners !== undefined) for (const listener of this.#listeners) tellSent(listener, now);
  }

  /** The packets will not be sent. Raises no `unhandledRejection` for a caller that did not keep the promise. */
  fail(error: unknown): void {
    if (this.#end !== undefined) return;
    this.#end = 'unsent';
    this.#error = error;
    this.#reject(error);
    if (this.#listeners !== undefined) for (const listener of this.#listeners) listener?.unsent(error);
  }

  /**
   * Takes a packet that cannot be written out of the group, and with it those whose senders were given the same promise: what
   * that rejects with is true of all of them. No listener is called yet.
   */
  drop(packet: HsmsPacket, error: unknown): DroppedPackets {
    const place = this.packets.indexOf(packet);
    const shared = this.#sharing?.includes(place) === true ? this.#sharing : undefined;
    const promised = shared === undefined ? undefined : this.#deferred;
    if (shared !== undefined) this.#deferred = this.#sharing = undefined;
    const told: (SendListener | undefined)[] = [];
    let bytes = 0;
    for (const index of [...(shared ?? [place])].sort((a, b) => b - a)) {
      for (const gone of this.packets.splice(index, 1)) bytes += frameBytes(gone);
      if (this.#listeners !== undefined) told.push(...this.#listeners.splice(index, 1));
      this.#sharing = this.#sharing?.map((at) => (at > index ? at - 1 : at));
    }
    this.bytes -= bytes;
    if (this.packets.length === 0) {
      this.#end = 'unsent';
      this.#error = error;
    }
    return {
      bytes,
      tell: () => {
        promised?.promise.catch(() => {});
        promised?.reject(error);
        for (const listener of told) listener?.unsent(error);
      },
    };
  }

  #reject(error: unknown): void {
    this.#deferred?.promise.catch(() => {});
    this.#deferred?.reject(error);
  }
}

/** Calls one listener; one that throws fails its own packet alone. */
function tellSent(listener: SendListener | undefined, now: number): void {
  try {
    listener?.sent(now);
  } catch (error) {
    listener?.unsent(error);
  }
}

/** Whether a message ends a session: data sent before it belongs to that session. */
export function isSessionEnd({ header }: HsmsPacket): boolean {
  const { sType } = header;
  return sType === SType.separateReq || sType === SType.deselectReq || sType === SType.deselectRsp;
}
