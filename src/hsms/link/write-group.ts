import { SType } from '../wire/codes.js';
import { frameBytes } from '../wire/frame-encoder.js';
import type { HsmsPacket } from '../wire/packet.js';
import { deferred, type Deferred } from '../../reactive/deferred.js';
import { rejected } from '../../reactive/rejected.js';
import type { SendListener, Sending } from '../../connection/sending.js';

const SENT = Promise.resolve();

/** A packet that was taken out of its group. */
export interface DroppedPacket {
  /** Of its frame. */
  readonly bytes: number;
  /** Tells its sender. */
  readonly tell: () => void;
}

/**
 * Packets that leave together: small ones that were sent one after the other, or a single one. One of a
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
  /** The promises that were asked for, each in the place of its packet: what befalls one packet is told of no other. */
  #promised: (Deferred<void> | undefined)[] | undefined = undefined;
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
    const promised = (this.#promised ??= []);
    const before = promised[place];
    if (before !== undefined) return before.promise;
    while (promised.length < place) promised.push(undefined);
    const made = deferred();
    promised.push(made);
    return made.promise;
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
    if (this.#promised !== undefined) for (const promised of this.#promised) promised?.resolve();
    if (this.#listeners !== undefined) for (const listener of this.#listeners) tellSent(listener, now);
  }

  /** The packets will not be sent. */
  fail(error: unknown): void {
    if (this.#end !== undefined) return;
    this.#end = 'unsent';
    this.#error = error;
    if (this.#promised !== undefined) for (const promised of this.#promised) reject(promised, error);
    if (this.#listeners !== undefined) for (const listener of this.#listeners) listener?.unsent(error);
  }

  /** Takes a packet that cannot be written out of the group. No listener is called yet. */
  drop(packet: HsmsPacket, error: unknown): DroppedPacket {
    const place = this.packets.indexOf(packet);
    const bytes = frameBytes(packet);
    this.packets.splice(place, 1);
    this.bytes -= bytes;
    const [promised] = this.#promised?.splice(place, 1) ?? [];
    const [listener] = this.#listeners?.splice(place, 1) ?? [];
    if (this.packets.length === 0) {
      this.#end = 'unsent';
      this.#error = error;
    }
    return {
      bytes,
      tell: () => {
        reject(promised, error);
        listener?.unsent(error);
      },
    };
  }
}

/** Raises no `unhandledRejection` for a sender that did not keep the promise. */
function reject(promised: Deferred<void> | undefined, error: unknown): void {
  promised?.promise.catch(() => {});
  promised?.reject(error);
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
